// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/template.h"

#include <QListView>

namespace kdra::ui {

class TemplateCardDelegate;
class TemplateModel;
class Theme;

// Templates as cards that can be dragged, or picked up with Space.
class TemplateList : public QListView {
    Q_OBJECT
public:
    TemplateList(const Theme &theme, TemplateModel &model, QWidget *parent = nullptr);

    // Null: the keyboard is at none.
    environments::TemplatePtr current() const;
    const TemplateCardDelegate &cards() const { return *m_cards; }

Q_SIGNALS:
    // Enter, a double click, or the card's button.
    void chosen(const QString &id);
    void pickedUp(const QString &id, const QString &title);
    void typed(const QString &text);
    // With or without a drop.
    void dragEnded();
    void menuRequested(const QString &id, const QPoint &globalPosition);

protected:
    void startDrag(Qt::DropActions actions) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    void choose(const QModelIndex &index);

    const Theme &m_theme;
    TemplateModel &m_model;
    TemplateCardDelegate *m_cards;
};

} // namespace kdra::ui
