// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/metrics/linecontent.h"

#include <QPainter>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace kdra::ui {

using namespace Qt::StringLiterals;
using metrics::AxisPlacement;
using metrics::DrawStyle;
using metrics::PanelSeries;
using metrics::Stacking;

namespace {
constexpr double pixelsPerTick = 38;
constexpr double fillOfStacks = 0.35;

void mirror(std::vector<metrics::Column> &columns)
{
    for (metrics::Column &column : columns) {
        column.first = -column.first;
        column.last = -column.last;
        column.min = -std::exchange(column.max, -column.min);
        column.minFirst = !column.minFirst;
    }
}

// What the numbers of a unit are drawn by: plain ones are alike.
QString kindOf(const QString &unit)
{
    return unit == "short"_L1 || unit == "none"_L1 ? QString() : unit;
}

}

LineContent::LineContent(const Palette &palette)
    : m_palette(palette)
{
}

void LineContent::setData(const metrics::Panel &panel, const metrics::PanelData &data)
{
    m_panel = panel;
    m_data = data;
    chooseAxes();
    m_reduced = false;
    m_painted = false;
}

void LineContent::chooseAxes()
{
    const auto &series = m_data.series;
    // In percent of the whole the unit is that, for all.
    const bool percent = m_panel.stacking == Stacking::Percent;
    const auto mayBeLeft = [](const PanelSeries &one) { return one.field.axis != AxisPlacement::Right; };
    // The panel's unit is the left axis', if any series has it; else that of the first one.
    QString left = m_panel.field.unit;
    const auto hasUnit = [&](const PanelSeries &one) {
        return mayBeLeft(one) && kindOf(one.field.unit) == kindOf(left);
    };
    if (std::ranges::none_of(series, hasUnit)) {
        const auto first = std::ranges::find_if(series, mayBeLeft);
        left = first == series.end() ? left : first->field.unit;
    }
    m_sides = {};
    m_right.clear();
    for (const PanelSeries &one : series) {
        const bool other = one.field.axis == AxisPlacement::Auto && !percent && kindOf(one.field.unit) != kindOf(left);
        m_right.push_back(one.field.axis == AxisPlacement::Right || other);
        Side &side = m_sides[m_right.back() ? 1 : 0];
        if (!side.used) {
            side.unit = metrics::Unit(percent ? u"percentunit"_s : m_right.back() ? one.field.unit : left);
            side.field = m_right.back() ? one.field : m_panel.field;
        }
        side.used = true;
    }
}

bool LineContent::sharesRightAxis() const
{
    for (size_t i = 0; i < m_right.size(); ++i) {
        if (m_right[i] && kindOf(m_data.series[i].field.unit) != kindOf(m_sides[1].field.unit))
            return true;
    }
    return false;
}

bool LineContent::isEmpty() const
{
    return std::ranges::none_of(m_data.series, [](const PanelSeries &one) { return one.statistics.count > 0; });
}

void LineContent::setPalette(const Palette &palette)
{
    m_palette = palette;
    colourLines();
    m_painted = false;
}

void LineContent::setHidden(const QSet<QString> &names)
{
    m_hidden = names;
    m_reduced = false;
    m_painted = false;
}

void LineContent::setHighlighted(const QString &name)
{
    if (name == m_highlighted)
        return;
    m_highlighted = name;
    colourLines();
    m_painted = false;
}

SeriesLook LineContent::look(int series) const
{
    SeriesLook look = seriesLook(series, m_palette);
    if (const auto colour = namedColour(m_data.series[size_t(series)].color, m_palette))
        look.colour = *colour;
    return look;
}

void LineContent::arrange(const View &view)
{
    if (m_reduced && view == m_view)
        return;
    m_view = view;
    reduce();
    m_picture.range = rangeOf(false);
    m_picture.rightRange = rangeOf(true);
    m_reduced = true;
    m_painted = false;
}

void LineContent::stackAll(const metrics::ColumnGrid &grid)
{
    for (const bool right : {false, true}) {
        std::vector<metrics::StackPart> parts;
        std::vector<size_t> seriesOf;
        for (size_t i = 0; i < m_data.series.size(); ++i) {
            if (!isShown(i) || m_right[i] != right)
                continue;
            parts.push_back({m_data.series[i].points, m_data.series[i].field.mirrored});
            seriesOf.push_back(i);
        }
        metrics::visitStack(parts, m_panel.stacking, [&](size_t part, const metrics::StackEdges &edges) {
            PlotLine line;
            line.right = right;
            line.columns = metrics::reduce(edges.times, edges.upper, grid);
            if (edges.onPrevious)
                line.lowerLine = std::ssize(m_picture.lines) - 1;
            else
                line.lower = metrics::reduce(edges.times, edges.lower, grid);
            m_picture.lines.push_back(std::move(line));
            m_lineOf.push_back(seriesOf[part]);
        });
    }
}

void LineContent::reduce()
{
    m_picture.size = m_view.size;
    m_picture.ratio = m_view.ratio;
    m_picture.draw = m_panel.draw;
    m_picture.stacked = isStacked();
    m_picture.fill = m_panel.fillOpacity > 0 ? std::min(1.0, m_panel.fillOpacity / 100.0)
        : isStacked()                        ? fillOfStacks
                                             : 0;
    m_picture.lines.clear();
    m_lineOf.clear();
    const metrics::ColumnGrid grid{.from = m_view.span.from,
        .to = m_view.span.to,
        .columns = std::max(1, qRound(m_view.size.width() * m_view.ratio)),
        .gap = m_data.gap};
    const double step = double(m_data.gap) / 1.5;
    // Thin bars stand without spaces: stripes tell nothing.
    const double room = step * grid.columns / double(m_view.span.length());
    m_picture.barWidth = std::max(1.0, room < 6 ? room : 0.8 * room);

    if (isStacked())
        stackAll(grid);
    for (size_t i = 0; i < m_data.series.size() && !isStacked(); ++i) {
        if (!isShown(i))
            continue;
        const metrics::Series &points = *m_data.series[i].points;
        PlotLine line;
        line.right = m_right[i];
        line.columns = metrics::reduce(points.times, points.values, grid);
        if (m_data.series[i].field.mirrored)
            mirror(line.columns);
        m_picture.lines.push_back(std::move(line));
        m_lineOf.push_back(i);
    }
    colourLines();
}

void LineContent::colourLines()
{
    for (size_t i = 0; i < m_picture.lines.size(); ++i) {
        const SeriesLook seen = look(int(m_lineOf[i]));
        PlotLine &line = m_picture.lines[i];
        line.colour = seen.colour;
        line.dash = seen.dash;
        line.strong = !m_highlighted.isEmpty() && m_data.series[m_lineOf[i]].name == m_highlighted;
        line.faded = !m_highlighted.isEmpty() && !line.strong;
    }
}

metrics::AxisRange LineContent::rangeOf(bool right) const
{
    const Side &side = m_sides[right ? 1 : 0];
    double low = std::numeric_limits<double>::infinity();
    double high = -low;
    const auto see = [&](const metrics::Column &column) {
        for (const double value : {column.min, column.max}) {
            if (m_panel.logarithmic && !(value > 0))
                continue;
            low = std::min(low, value);
            high = std::max(high, value);
        }
    };
    const int columns = qRound(m_view.size.width() * m_view.ratio);
    bool mirrored = false;
    for (size_t i = 0; i < m_picture.lines.size(); ++i) {
        const PlotLine &line = m_picture.lines[i];
        if (line.right != right)
            continue;
        mirrored = mirrored || m_data.series[m_lineOf[i]].field.mirrored;
        for (const metrics::Column &column : line.columns) {
            if (column.column >= 0 && column.column < columns)
                see(column);
        }
        // What comes from the left and leaves to the right is seen too.
        if (!line.columns.empty() && low > high)
            see(line.columns.front());
    }
    if (low > high)
        low = high = m_panel.logarithmic ? 1 : 0;
    const bool fromZero = mirrored || m_picture.stacked || m_picture.fill > 0 || m_panel.draw == DrawStyle::Bars;
    if (fromZero && !m_panel.logarithmic) {
        low = std::min(low, 0.0);
        high = std::max(high, 0.0);
    }
    metrics::Ends ends{.low = low, .high = high};
    const bool percent = m_panel.stacking == Stacking::Percent;
    if (percent && high > 0)
        ends = {.low = low < 0 ? -1.0 : 0.0, .high = 1, .lowFixed = true, .highFixed = true};
    if (side.field.min && std::isfinite(*side.field.min) && !percent) {
        ends.low = *side.field.min;
        ends.lowFixed = true;
    }
    if (side.field.max && std::isfinite(*side.field.max) && !percent) {
        ends.high = *side.field.max;
        ends.highFixed = true;
    }
    if (ends.low > ends.high) {
        // All values are beyond the one end that was asked for.
        (ends.lowFixed && !ends.highFixed ? ends.high : ends.low) =
            ends.lowFixed && !ends.highFixed ? ends.low : ends.high;
    }
    const int most = std::max(1, int(m_view.size.height() / pixelsPerTick));
    return metrics::niceRange(ends, most, side.unit, m_panel.logarithmic);
}

std::vector<metrics::Tick> LineContent::ticksOf(bool right) const
{
    const Side &side = m_sides[right ? 1 : 0];
    const metrics::AxisRange &range = right ? m_picture.rightRange : m_picture.range;
    const int most = std::max(1, int(m_view.size.height() / pixelsPerTick));
    std::vector<metrics::Tick> ticks = metrics::valueTicks(range, most, side.unit, side.field.decimals);
    for (metrics::Tick &tick : ticks)
        tick.at = range.part(tick.at);
    return ticks;
}

std::vector<metrics::Tick> LineContent::ticks() const
{
    // Everything is at the right: an axis of nothing would only mislead.
    return m_sides[1].used && !m_sides[0].used ? std::vector<metrics::Tick>() : ticksOf(false);
}

std::vector<metrics::Tick> LineContent::rightTicks() const
{
    return m_sides[1].used ? ticksOf(true) : std::vector<metrics::Tick>();
}

void LineContent::paintThresholds(QPainter &painter) const
{
    const metrics::FieldOptions &field = m_panel.field;
    const auto style = field.thresholdStyle;
    if (style == metrics::ThresholdStyle::None || field.thresholds.isEmpty())
        return;
    const double width = m_view.size.width();
    const double height = m_view.size.height();
    const auto place = [&](double from) {
        const metrics::AxisRange &range = m_sides[0].used ? m_picture.range : m_picture.rightRange;
        const double value =
            field.thresholdsInPercent ? range.low + (field.max.value_or(range.high) - range.low) * from / 100 : from;
        return yOf(value, range, height);
    };
    double bottom = height;
    for (qsizetype i = 0; i < field.thresholds.size(); ++i) {
        const metrics::Threshold &one = field.thresholds[i];
        const QColor colour = namedColour(one.color, m_palette).value_or(m_palette.unknown);
        if (one.from)
            bottom = place(*one.from);
        if (std::isnan(bottom))
            continue;
        const bool last = i + 1 == field.thresholds.size();
        const double top = last || !field.thresholds[i + 1].from ? 0 : place(*field.thresholds[i + 1].from);
        if (style != metrics::ThresholdStyle::Lines && !std::isnan(top)) {
            const QRectF band(
                QPointF(0, std::clamp(top, 0.0, height)), QPointF(width, std::clamp(bottom, 0.0, height)));
            QColor wash = colour;
            wash.setAlphaF(0.10F * colour.alphaF());
            if (band.height() > 0)
                painter.fillRect(band, wash);
        }
        if (style != metrics::ThresholdStyle::Bands && one.from && bottom >= 0 && bottom <= height) {
            painter.setPen(QPen(colour, 1, Qt::DashLine));
            const double y = std::floor(bottom) + 0.5;
            painter.drawLine(QPointF(0, y), QPointF(width, y));
        }
    }
}

void LineContent::paint(QPainter &painter, bool vectors)
{
    paintThresholds(painter);
    if (vectors) {
        paintVectors(painter, m_picture);
        return;
    }
    if (!m_painted)
        m_raster.paint(m_picture);
    m_painted = true;
    painter.drawImage(QPointF(0, 0), m_raster.image());
}

} // namespace kdra::ui
