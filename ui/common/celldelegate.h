// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/celltext.h"

#include <QStyledItemDelegate>

namespace kdra::ui {

class Theme;

// Cells of tables and trees: severity glyph, text, a bar behind a fraction, a quiet selection. Text is elided, and
// shown whole in a tool tip when it does not fit.
class CellDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    explicit CellDelegate(const Theme &theme, QObject *parent = nullptr);

    void setRemembered(int texts) { m_text.setRemembered(texts); }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
        const QModelIndex &index) override;

private:
    const Theme &m_theme;
    mutable CellText m_text; // painting is const
};

} // namespace kdra::ui
