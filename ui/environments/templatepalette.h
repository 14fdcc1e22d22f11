// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/environments/templatemodel.h"

#include <QFrame>

class QLabel;
class QLineEdit;
class QMenu;

namespace kdra::ui {

class TemplateList;
class Theme;

// The templates beside the canvas: searched, dragged onto a node, a site or the whole cluster, picked up with Space,
// created with Enter. GUI thread.
class TemplatePalette : public QFrame {
    Q_OBJECT
public:
    explicit TemplatePalette(const Theme &theme, QWidget *parent = nullptr);

    // Until then they are said to be on their way.
    void setTemplates(const QList<environments::TemplatePtr> &templates, const QList<TemplateProblem> &problems);
    TemplateList &list() const { return *m_list; }
    TemplateModel &model() { return m_model; }
    QLineEdit &search() const { return *m_search; }

Q_SIGNALS:
    // To be created; with a review, unless the user wants none for this template.
    void chosen(const QString &id);
    // To be created with a review this time.
    void reviewRequested(const QString &id);
    // To be put somewhere with the keyboard: TopologyPage::pickUp().
    void pickedUp(const QString &id, const QString &title);
    // With or without a drop.
    void dragEnded();
    // For what else can be done with a template.
    void menuAboutToShow(const QString &id, QMenu *menu);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    bool searchKey(int key);
    void updateWords();
    void updateEmptiness();
    void selectFirst();
    void showMenu(const QString &id, const QPoint &position);

    TemplateModel m_model;
    QLabel *m_title;
    QLineEdit *m_search;
    TemplateList *m_list;
    QLabel *m_empty;
    QLabel *m_hint;
    bool m_known = false;
};

} // namespace kdra::ui
