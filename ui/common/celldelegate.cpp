// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/celldelegate.h"

#include "models/roles.h"
#include "ui/common/severityglyph.h"
#include "ui/common/theme.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

namespace kdra::ui {

namespace {

constexpr int glyphSize = 9;

QColor mix(const QColor &a, const QColor &b, double part)
{
    const auto channel = [part](int from, int to) { return qRound(from + (to - from) * part); };
    return QColor(channel(a.red(), b.red()), channel(a.green(), b.green()), channel(a.blue(), b.blue()));
}

} // namespace

CellDelegate::CellDelegate(const Theme &theme, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
{
}

void CellDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Palette &palette = m_theme.palette();
    const bool selected = option.state & QStyle::State_Selected;
    if (selected)
        painter->fillRect(option.rect, mix(palette.panel, palette.accent, m_theme.isDark() ? 0.26 : 0.16));
    else if (option.state & QStyle::State_MouseOver)
        painter->fillRect(option.rect, palette.panel2);

    QRect area = option.rect.adjusted(Metrics::space2, 0, -Metrics::space2, 0);
    if (const QVariant fraction = index.data(models::FractionRole); fraction.isValid()) {
        QRect track(area.left(), option.rect.center().y() - 1, qMax(0, area.width() - 40), 4);
        painter->fillRect(track, palette.line);
        const double part = fraction.toDouble();
        track.setWidth(qRound(track.width() * part));
        painter->fillRect(track, part > 0.9 ? palette.warning : palette.accent);
    }
    if (const QVariant icon = index.data(Qt::DecorationRole); icon.isValid()) {
        const QRect place(area.left(), area.center().y() - Metrics::iconSize / 2, Metrics::iconSize, Metrics::iconSize);
        icon.value<QIcon>().paint(painter, place);
        area.setLeft(place.right() + Metrics::space2);
    }
    if (const QVariant severity = index.data(models::SeverityRole); severity.isValid()) {
        const QRectF glyph(area.left(), area.top(), glyphSize, area.height());
        paintSeverity(*painter, glyph, static_cast<store::Severity>(severity.toInt()), palette);
        area.setLeft(area.left() + glyphSize + Metrics::space2);
    }
    const QVariant alignment = index.data(Qt::TextAlignmentRole);
    const int flags = alignment.isValid() ? alignment.toInt() : int(Qt::AlignLeft | Qt::AlignVCenter);
    const QVariant font = index.data(Qt::FontRole);
    painter->setFont(font.isValid() ? font.value<QFont>() : option.font);
    painter->setPen(index.column() == 0 || selected ? palette.text : mix(palette.text, palette.dim, 0.35));
    m_text.draw(*painter, area, Qt::Alignment::fromInt(flags), index.data().toString(), option.textElideMode);

    painter->setPen(palette.line);
    painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
    if (option.state & QStyle::State_HasFocus) {
        painter->setPen(palette.accent);
        painter->drawRect(option.rect.adjusted(0, 0, -1, -1));
    }
}

QSize CellDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const int width = option.fontMetrics.horizontalAdvance(index.data().toString());
    return {width + glyphSize + 3 * Metrics::space2, Metrics::rowHeight};
}

bool CellDelegate::helpEvent(
    QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option, const QModelIndex &index)
{
    if (event->type() != QEvent::ToolTip)
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    QString text = index.data(Qt::ToolTipRole).toString();
    if (text.isEmpty() && sizeHint(option, index).width() > option.rect.width())
        text = index.data().toString();
    // It may come from a cluster and look like HTML.
    QToolTip::showText(event->globalPos(), text.isEmpty() ? text : Qt::convertFromPlainText(text), view);
    return true;
}

} // namespace kdra::ui
