// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topology/relationpainter.h"

#include "ui/topology/glyphs.h"
#include "ui/topology/raster.h"

#include <QPainter>

#include <cmath>

namespace kdra::ui {

using relations::Relation;

namespace {

// Relations are told apart by the line as well as by the word.
Qt::PenStyle lineOf(Relation relation)
{
    switch (relation) {
    case Relation::Selects:
    case Relation::Routes:
        return Qt::DashLine;
    case Relation::Scales:
    case Relation::Mounts:
        return Qt::DotLine;
    case Relation::Owns:
    case Relation::RunsOn:
        break;
    }
    return Qt::SolidLine;
}

} // namespace

RelationPainter::RelationPainter(const PaintStyle &style, const Theme &theme)
    : m_style(style)
    , m_kindFont(theme.font(Theme::FontRole::Small))
    , m_nameFont(theme.font(Theme::FontRole::Strong))
{
}

void RelationPainter::paintVeil(QPainter &painter, const QRect &window, const RelationMap &map) const
{
    QRegion faded(window);
    for (const QRectF &lit : map.lit) {
        if (lit.intersects(window))
            faded -= lit.toAlignedRect().adjusted(-2, -2, 2, 2);
    }
    QColor veil = m_style.palette().background;
    veil.setAlphaF(0.62F);
    for (const QRect &rect : faded)
        painter.fillRect(rect, veil);
}

void RelationPainter::paintEdges(QPainter &painter, const RelationMap &map, bool isPath) const
{
    const Palette &palette = m_style.palette();
    painter.setRenderHint(QPainter::Antialiasing);
    QColor colour = palette.accent;
    // Many lines together are as strong as a few.
    const bool many = map.edges.size() > 30;
    if (many)
        colour.setAlphaF(0.55F);
    const double width = isPath ? 2.5 : many ? 1.1 : 1.6;
    for (const Edge &edge : map.edges) {
        QPen pen(
            colour, width + (edge.count > 1 ? std::min(std::log2(edge.count) * 0.5, 2.0) : 0), lineOf(edge.relation));
        pen.setCapStyle(Qt::RoundCap);
        painter.setPen(pen);
        painter.setBrush(Qt::NoBrush);
        painter.drawPath(edge.path);
        const double size = isPath ? 9 : 6.5;
        const auto wing = [&](double turn) {
            return edge.tip - QPointF(std::cos(edge.angle + turn), std::sin(edge.angle + turn)) * size;
        };
        painter.setPen(Qt::NoPen);
        painter.setBrush(colour);
        const QPointF head[]{edge.tip, wing(0.45), wing(-0.45)};
        painter.drawPolygon(head, 3);
    }
    painter.setFont(m_kindFont);
    for (const Edge &edge : map.edges) {
        if (edge.label.isEmpty())
            continue;
        painter.setPen(Qt::NoPen);
        painter.setBrush(palette.background);
        painter.drawRoundedRect(edge.labelRect, 4, 4);
        painter.setPen(palette.text);
        painter.drawText(edge.labelRect, Qt::AlignCenter, edge.label);
    }
}

void RelationPainter::paintChips(QPainter &painter, const RelationMap &map, const Related &related, int current) const
{
    const Palette &palette = m_style.palette();
    painter.setRenderHint(QPainter::Antialiasing);
    const QFontMetricsF kindMetrics(m_kindFont);
    const QFontMetricsF nameMetrics(m_nameFont);
    for (size_t i = 0; i < map.chips.size(); ++i) {
        const Chip &chip = map.chips[i];
        const RelatedObject *object = chip.object < 0 ? nullptr : &related.objects[static_cast<size_t>(chip.object)];
        const bool selected = object && object->selected;
        const QRectF box = chip.rect.adjusted(0.5, 0.5, -0.5, -0.5);
        painter.setPen(QPen(selected ? palette.accent : palette.line, selected ? 2 : 1));
        painter.setBrush(selected ? mixed(palette.panel2, palette.accent, 0.14) : palette.panel2);
        painter.drawRoundedRect(box, Metrics::radius, Metrics::radius);
        double x = box.left() + 10;
        if (object) {
            const double mark = 12;
            paintSeverityGlyph(painter, {x, box.center().y() - mark / 2, mark, mark}, object->severity,
                palette.severity(object->severity));
            x += mark + 8;
        }
        const double top = box.center().y() - (kindMetrics.height() + nameMetrics.height()) / 2;
        painter.setFont(m_kindFont);
        painter.setPen(palette.dim);
        painter.drawText(QPointF(x, top + kindMetrics.ascent()), chip.kind);
        painter.setFont(m_nameFont);
        painter.setPen(palette.text);
        painter.drawText(QPointF(x, top + kindMetrics.height() + nameMetrics.ascent()), chip.name);
        if (static_cast<int>(i) == current) {
            painter.setPen(QPen(palette.text, 1, Qt::DotLine));
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(chip.rect.adjusted(-3, -3, 3, 3), Metrics::radius + 2, Metrics::radius + 2);
        }
    }
}

} // namespace kdra::ui
