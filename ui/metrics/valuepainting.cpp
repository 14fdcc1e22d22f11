// SPDX-License-Identifier: GPL-3.0-or-later
// How the numbers of stat, gauge and bar gauge panels look.
#include "ui/common/severityglyph.h"
#include "ui/common/theme.h"
#include "ui/metrics/lineraster.h"
#include "ui/metrics/valuebody.h"
#include "ui/metrics/viewstate.h"

#include <QPainter>
#include <QPainterPath>

#include <cmath>

namespace kdra::ui {

namespace {
constexpr double gaugeStart = 216; // degrees, counterclockwise from the right
constexpr double gaugeSweep = 252;
constexpr double glyph = 10;

// The largest size at which a text fits.
QFont fitted(QFont font, const QString &text, const QSizeF &room, int largest)
{
    font.setPixelSize(largest);
    const QFontMetricsF metrics(font);
    const double width = metrics.horizontalAdvance(text);
    const double shrink = std::min({1.0, room.width() / std::max(1.0, width), room.height() / metrics.height()});
    font.setPixelSize(std::max(10, int(largest * shrink)));
    return font;
}

}

void ValueGrid::paintText(QPainter &painter, const QRectF &place, const ValueCell &cell, const QColor &colour,
    Qt::Alignment alignment, int largest) const
{
    const double mark = cell.severity ? glyph + 6 : 0;
    const QFont font =
        fitted(m_theme.font(Theme::FontRole::Huge), cell.text, QSizeF(place.width() - mark, place.height()), largest);
    painter.setFont(font);
    const QFontMetricsF metrics(font);
    const QString text = metrics.elidedText(cell.text, Qt::ElideRight, place.width() - mark);
    const double width = metrics.horizontalAdvance(text) + mark;
    double left = place.left();
    if (alignment & Qt::AlignHCenter)
        left = place.center().x() - width / 2;
    else if (alignment & Qt::AlignRight)
        left = place.right() - width;
    if (cell.severity)
        paintSeverity(
            painter, QRectF(left, place.center().y() - glyph / 2, glyph, glyph), *cell.severity, m_theme.palette());
    painter.setPen(colour);
    painter.drawText(QRectF(left + mark, place.top(), width - mark + 2, place.height()),
        Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, text);
}

void ValueGrid::paintSpark(QPainter &painter, const QRectF &place, const ValueCell &cell, const QColor &colour) const
{
    const metrics::Series &points = *m_data.series[cell.series].points;
    if (points.times.size() < 2 || place.height() < 10)
        return;
    const TimeSpan span = m_state.span();
    LinePicture picture{.size = place.size(), .fill = 0.18};
    PlotLine line{
        .columns = metrics::reduce(points.times, points.values,
            {.from = span.from, .to = span.to, .columns = std::max(1, int(place.width())), .gap = m_data.gap}),
        .colour = colour};
    double low = std::numeric_limits<double>::infinity();
    double high = -low;
    for (const metrics::Column &column : line.columns) {
        low = std::min(low, column.min);
        high = std::max(high, column.max);
    }
    if (line.columns.empty())
        return;
    if (!(high > low)) {
        high += std::abs(high) / 2 + 1;
        low -= std::abs(low) / 2 + 1;
    }
    picture.range = {low, high, false};
    picture.lines.push_back(std::move(line));
    painter.save();
    painter.translate(place.topLeft());
    paintVectors(painter, picture);
    painter.restore();
}

void ValueGrid::paintStat(QPainter &painter, const QRectF &place, const ValueCell &cell) const
{
    const Palette &palette = m_theme.palette();
    const QRectF inside = place.adjusted(4, 2, -4, -2);
    const bool named = m_cells.size() > 1;
    const bool spark = inside.height() >= 64 && m_data.series[cell.series].points->times.size() > 1;
    const double nameHeight = named ? 15 : 0;
    const double sparkHeight = spark ? std::min(inside.height() * 0.36, 90.0) : 0;
    QRectF words = inside.adjusted(0, nameHeight, 0, -sparkHeight);
    if (spark)
        paintSpark(painter, QRectF(inside.left(), inside.bottom() - sparkHeight, inside.width(), sparkHeight), cell,
            cell.colour.value_or(palette.accent));
    if (named) {
        painter.setFont(m_theme.font(Theme::FontRole::Small));
        painter.setPen(palette.dim);
        painter.drawText(QRectF(inside.left(), inside.top(), inside.width(), nameHeight),
            Qt::AlignHCenter | Qt::AlignVCenter | Qt::TextSingleLine,
            painter.fontMetrics().elidedText(cell.name, Qt::ElideMiddle, int(inside.width())));
    }
    paintText(painter, words, cell, std::isnan(cell.value) ? palette.dim : cell.colour.value_or(palette.text),
        Qt::AlignHCenter, int(std::clamp(words.height() * 0.72, 14.0, 64.0)));
}

void ValueGrid::paintGauge(QPainter &painter, const QRectF &place, const ValueCell &cell) const
{
    const Palette &palette = m_theme.palette();
    const bool named = m_cells.size() > 1;
    const QRectF inside = place.adjusted(6, 4, -6, named ? -18 : -4);
    // The arc is open below: it is as high as 0.85 of its width.
    const double radius = std::min(inside.width() / 2, inside.height() / 1.82) - 2;
    if (radius < 12)
        return;
    const double thick = std::clamp(radius * 0.2, 5.0, 22.0);
    // In a low panel the number has no room inside: it stands beside.
    const bool beside = radius < 36 && inside.width() > radius * 5;
    const QPointF centre(inside.center().x() - (beside ? radius * 1.2 : 0), inside.center().y() + radius * 0.09);
    const auto arc = [&](double at, double from, double to, double width, const QColor &colour) {
        const QRectF box(centre.x() - at, centre.y() - at, 2 * at, 2 * at);
        painter.setPen(QPen(colour, width, Qt::SolidLine, Qt::FlatCap));
        painter.setBrush(Qt::NoBrush);
        painter.drawArc(box, qRound((gaugeStart - from * gaugeSweep) * 16), -qRound((to - from) * gaugeSweep * 16));
    };
    const double middle = radius - thick / 2 - 5;
    arc(middle, 0, 1, thick, palette.line);
    if (!std::isnan(cell.part))
        arc(middle, 0, cell.part, thick, cell.colour.value_or(palette.accent));
    // Thresholds as a thin ring around.
    const metrics::FieldOptions &field = m_data.series[cell.series].field;
    for (qsizetype i = 0; i < field.thresholds.size(); ++i) {
        const auto part = [&](const metrics::Threshold &one) {
            const double from = one.from.value_or(-std::numeric_limits<double>::infinity());
            const double at = field.thresholdsInPercent ? from / 100 : (from - cell.low) / (cell.high - cell.low);
            return std::clamp(at, 0.0, 1.0);
        };
        const double from = part(field.thresholds[i]);
        const double to = i + 1 < field.thresholds.size() ? part(field.thresholds[i + 1]) : 1;
        if (const auto colour = namedColour(field.thresholds[i].color, palette); colour && to > from)
            arc(radius - 1, from, to, 3, *colour);
    }
    const double room = middle - thick / 2;
    const QRectF words = beside
        ? QRectF(centre.x() + radius + 8, inside.top(), inside.right() - centre.x() - radius - 8, inside.height())
        : QRectF(centre.x() - room * 0.86, centre.y() - room * 0.45, room * 1.72, room * 0.9);
    paintText(painter, words, cell, std::isnan(cell.value) ? palette.dim : palette.text,
        beside ? Qt::AlignLeft : Qt::AlignHCenter, beside ? 20 : int(std::clamp(radius * 0.42, 12.0, 44.0)));
    painter.setFont(m_theme.font(Theme::FontRole::Small));
    painter.setPen(palette.dim);
    const metrics::Unit &unit = m_data.series[cell.series].unit;
    if (radius > 44) {
        // The ends of the scale.
        const double y = centre.y() + std::sin((gaugeSweep / 2 - 90) * M_PI / 180) * middle + thick / 2 + 2;
        const double dx = std::cos((gaugeSweep / 2 - 90) * M_PI / 180) * middle;
        const double half = std::min(dx, 40.0);
        const QString low = unit.text(cell.low);
        const QString high = unit.text(cell.high);
        const QFontMetricsF metrics(painter.font());
        if (metrics.horizontalAdvance(low) < 2 * half && metrics.horizontalAdvance(high) < 2 * half) {
            painter.drawText(QRectF(centre.x() - dx - half, y, 2 * half, 14), Qt::AlignCenter, low);
            painter.drawText(QRectF(centre.x() + dx - half, y, 2 * half, 14), Qt::AlignCenter, high);
        }
    }
    if (named)
        painter.drawText(QRectF(place.left() + 4, place.bottom() - 18, place.width() - 8, 16),
            Qt::AlignHCenter | Qt::AlignVCenter | Qt::TextSingleLine,
            painter.fontMetrics().elidedText(cell.name, Qt::ElideMiddle, int(place.width() - 8)));
}

void ValueGrid::paintBar(QPainter &painter, const QRectF &place, const ValueCell &cell) const
{
    const Palette &palette = m_theme.palette();
    const QRectF inside = place.adjusted(2, 2, -2, -2);
    // The name above the bar where there is room, beside it else.
    const bool above = inside.height() >= 34;
    const QFontMetricsF metrics(m_theme.font(Theme::FontRole::SmallStrong));
    double values = 0;
    double names = 0;
    for (const ValueCell &one : m_cells) {
        values = std::max(values, metrics.horizontalAdvance(one.text) + (one.severity ? glyph + 6 : 0));
        names = std::max(names, metrics.horizontalAdvance(one.name));
    }
    values = std::min(values + 4, inside.width() * 0.4);
    names = std::min(names + 4, inside.width() * 0.35);
    const double height = above ? std::min(10.0, inside.height() - 20) : std::min(10.0, inside.height() - 6);
    const double left = above ? inside.left() : inside.left() + names + 8;
    const double right = above ? inside.right() : inside.right() - values - 8;
    const double y = above ? inside.top() + 20 : inside.center().y() - height / 2;
    const QRectF track(left, y, std::max(4.0, right - left), height);
    painter.setPen(Qt::NoPen);
    painter.setBrush(palette.panel2);
    painter.drawRoundedRect(track, 2, 2);
    painter.setPen(QPen(palette.line, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(track.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2);
    if (!std::isnan(cell.part)) {
        // From the zero, when there is one between the ends.
        const double zero = std::clamp((0 - cell.low) / (cell.high - cell.low), 0.0, 1.0);
        const double from = std::min(zero, cell.part);
        const double to = std::max(zero, cell.part);
        painter.setPen(Qt::NoPen);
        painter.setBrush(cell.colour.value_or(palette.accent));
        painter.drawRoundedRect(QRectF(track.left() + from * track.width(), track.top(),
                                    std::max(2.0, (to - from) * track.width()), height),
            2, 2);
    }
    painter.setFont(m_theme.font(Theme::FontRole::Small));
    painter.setPen(palette.dim);
    const QRectF name = above ? QRectF(inside.left(), inside.top(), inside.width() - values - 8, 18)
                              : QRectF(inside.left(), inside.top(), names, inside.height());
    painter.drawText(name, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
        QFontMetricsF(painter.font()).elidedText(cell.name, Qt::ElideMiddle, name.width()));
    const QRectF value = above ? QRectF(inside.right() - values, inside.top(), values, 18)
                               : QRectF(inside.right() - values, inside.top(), values, inside.height());
    paintText(
        painter, value, cell, std::isnan(cell.value) ? palette.dim : palette.text, Qt::AlignRight, Metrics::textBody);
}

} // namespace kdra::ui
