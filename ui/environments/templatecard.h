// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/template.h"

#include <QPixmap>
#include <QStyledItemDelegate>

namespace kdra::ui {

class Theme;

// What hangs on the pointer while a template is dragged: icon and title. `ratio`: device pixels per pixel.
QPixmap dragPicture(const Theme &theme, const environments::Template &of, double ratio);

// Rows of a TemplateModel as cards: icon, title, a line of description, badges as words, and a button on the card that
// the pointer or the keyboard is at.
class TemplateCardDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    explicit TemplateCardDelegate(const Theme &theme, QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    // The button of a card whose row has that rectangle.
    QRect buttonRect(const QRect &row) const;

Q_SIGNALS:
    void buttonPressed(const QModelIndex &index);

protected:
    bool editorEvent(QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &option,
        const QModelIndex &index) override;

private:
    void paintHeading(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index) const;
    void paintCard(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index) const;
    void paintBadges(QPainter &painter, const QRect &area, const QModelIndex &index) const;
    void paintButton(QPainter &painter, const QRect &rect, bool pointedAt, bool unreviewed) const;

    const Theme &m_theme;
    QPersistentModelIndex m_pressed;
};

} // namespace kdra::ui
