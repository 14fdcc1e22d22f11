// SPDX-License-Identifier: GPL-3.0-or-later
// What lines tell at a time: for the crosshair and its tip.
#include "ui/metrics/linecontent.h"

#include <QPainter>

#include <algorithm>
#include <cmath>
#include <limits>

namespace kdra::ui {

using metrics::PanelSeries;
using metrics::Stacking;

namespace {
constexpr size_t none = std::numeric_limits<size_t>::max();
}

double LineContent::shownValue(size_t series, size_t index) const
{
    const double value = m_data.series[series].points->values[index];
    return m_data.series[series].field.mirrored ? -value : value;
}

double LineContent::stackTop(size_t series, size_t index) const
{
    const qint64 time = m_data.series[series].points->times[index];
    const double own = shownValue(series, index);
    double top = 0;
    double whole = 0;
    for (size_t i = 0; i < m_data.series.size(); ++i) {
        if (!isShown(i) || m_right[i] != m_right[series])
            continue;
        // Mostly all have the same times.
        const metrics::Series &points = *m_data.series[i].points;
        const size_t count = std::min(points.times.size(), points.values.size());
        size_t at = index;
        if (at >= count || points.times[at] != time)
            at = size_t(std::lower_bound(points.times.begin(), points.times.begin() + std::ptrdiff_t(count), time)
                - points.times.begin());
        if (at == count || points.times[at] != time || !std::isfinite(points.values[at]))
            continue;
        const double value = shownValue(i, at);
        whole += std::abs(value);
        if (i <= series && (value < 0) == (own < 0))
            top += value;
    }
    return m_panel.stacking == Stacking::Percent && whole > 0 ? top / whole : top;
}

std::optional<LineContent::Sample> LineContent::sampleAt(size_t series, qint64 time) const
{
    const metrics::Series &points = *m_data.series[series].points;
    const size_t count = std::min(points.times.size(), points.values.size());
    if (count == 0)
        return {};
    auto at = size_t(std::lower_bound(points.times.begin(), points.times.begin() + std::ptrdiff_t(count), time)
        - points.times.begin());
    if (at == count || (at > 0 && time - points.times[at - 1] <= points.times[at] - time))
        --at;
    const qint64 reach = m_data.gap > 0 ? m_data.gap : std::numeric_limits<qint64>::max();
    if (std::abs(points.times[at] - time) > reach || std::isnan(points.values[at]))
        return {};
    const double top = isStacked() ? stackTop(series, at) : shownValue(series, at);
    const metrics::AxisRange &range = m_right[series] ? m_picture.rightRange : m_picture.range;
    return Sample{points.times[at], points.values[at], yOf(top, range, m_view.size.height())};
}

std::vector<LineContent::Found> LineContent::allAt(qint64 time) const
{
    std::vector<Found> found;
    for (size_t i = 0; i < m_data.series.size(); ++i) {
        if (!isShown(i))
            continue;
        if (const auto sample = sampleAt(i, time))
            found.push_back({i, *sample});
    }
    // What has no place on its axis comes last.
    const auto place = [](const Found &one) {
        return std::isnan(one.sample.y) ? std::numeric_limits<double>::infinity() : one.sample.y;
    };
    std::ranges::stable_sort(found, {}, place);
    return found;
}

QString LineContent::besideChosen(qint64 time, int direction) const
{
    const std::vector<Found> found = allAt(time);
    if (found.empty())
        return {};
    const auto nameOf = [this](const Found &one) { return m_data.series[one.series].name; };
    const auto chosen = std::ranges::find(found, m_chosen, nameOf);
    if (m_chosen.isEmpty() || chosen == found.end())
        return nameOf(direction < 0 ? found.back() : found.front());
    const auto at = std::clamp<std::ptrdiff_t>(chosen - found.begin() + direction, 0, std::ssize(found) - 1);
    return nameOf(found[size_t(at)]);
}

Tip LineContent::tipAt(qint64 time, double y) const
{
    const std::vector<Found> found = allAt(time);
    Tip tip{.time = time};
    if (found.empty())
        return tip;
    size_t nearest = none;
    double least = std::numeric_limits<double>::infinity();
    for (size_t i = 0; i < found.size(); ++i) {
        if (!m_chosen.isEmpty() && m_data.series[found[i].series].name == m_chosen) {
            nearest = i;
            break;
        }
        const double distance = std::abs(found[i].sample.y - y);
        if (distance < least) {
            least = distance;
            nearest = i;
        }
    }
    const size_t first = nearest == none || found.size() <= mostRows
        ? 0
        : std::min(found.size() - mostRows, nearest > mostRows / 2 ? nearest - mostRows / 2 : 0);
    for (size_t i = first; i < std::min(found.size(), first + mostRows); ++i) {
        const PanelSeries &series = m_data.series[found[i].series];
        tip.rows.append({.look = look(int(found[i].series)),
            .name = series.name,
            .value = series.text(found[i].sample.value),
            .nearest = i == nearest});
    }
    tip.time = found[nearest == none ? 0 : nearest].sample.time;
    tip.more = int(found.size()) - int(tip.rows.size());
    return tip;
}

void LineContent::paintValues(QPainter &painter, qint64 time) const
{
    // More dots than that are no dots.
    constexpr size_t most = 40;
    painter.setRenderHint(QPainter::Antialiasing);
    for (const size_t series : m_lineOf) {
        const bool chosen = !m_chosen.isEmpty() && m_data.series[series].name == m_chosen;
        if (m_picture.lines.size() > most && !chosen)
            continue;
        const auto sample = sampleAt(series, time);
        if (!sample || !(sample->y >= 0 && sample->y <= m_view.size.height()))
            continue;
        const double x = double(sample->time - m_view.span.from) / double(m_view.span.length()) * m_view.size.width();
        painter.setPen(QPen(chosen ? m_palette.text : m_palette.panel, 1.5));
        painter.setBrush(look(int(series)).colour);
        const double radius = chosen ? 5 : 3.5;
        painter.drawEllipse(QPointF(x, sample->y), radius, radius);
    }
}

qint64 LineContent::neighbour(qint64 time, int direction) const
{
    qint64 best = direction < 0 ? std::numeric_limits<qint64>::min() : std::numeric_limits<qint64>::max();
    bool any = false;
    for (const size_t series : m_lineOf) {
        const std::vector<qint64> &times = m_data.series[series].points->times;
        if (direction < 0) {
            const auto it = std::ranges::lower_bound(times, time);
            if (it != times.begin()) {
                best = std::max(best, *std::prev(it));
                any = true;
            }
        } else if (const auto it = std::ranges::upper_bound(times, time); it != times.end()) {
            best = std::min(best, *it);
            any = true;
        }
    }
    return any ? best : time;
}

} // namespace kdra::ui
