// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/downsample.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

namespace kdra::metrics {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

// Finite numbers, without the branches of std::isfinite.
bool hasPlace(double value)
{
    return std::abs(value) <= std::numeric_limits<double>::max();
}

}

std::vector<Column> reduce(std::span<const qint64> times, std::span<const double> values, const ColumnGrid &grid)
{
    std::vector<Column> columns;
    const size_t count = std::min(times.size(), values.size());
    if (count == 0 || grid.to <= grid.from || grid.columns < 1 || grid.columns > ColumnGrid::mostColumns
        || grid.to - grid.from > ColumnGrid::longest)
        return columns;
    columns.reserve(std::min(count, size_t(grid.columns)) + 2);
    const qint64 gap = grid.gap > 0 ? grid.gap : std::numeric_limits<qint64>::max();
    const qint64 length = grid.to - grid.from;
    const double scale = grid.columns / double(length);

    // From the last point before the range to the first after it.
    auto index = size_t(std::ranges::lower_bound(times.first(count), grid.from) - times.begin());
    if (index > 0)
        --index;

    bool open = false; // the line can go on
    qint64 before = 0;
    while (index < count) {
        const double value = values[index];
        if (!hasPlace(value)) {
            open = false;
            ++index;
            continue;
        }
        const qint64 time = times[index];
        const double place = double(time - grid.from) * scale;
        // In whole numbers, so that a point on an edge is in one column only. The right end belongs to the last one.
        const int at = time < grid.from ? -1
            : time > grid.to            ? grid.columns
                             : int(std::min<qint64>((time - grid.from) * grid.columns / length, grid.columns - 1));
        Column column{.column = at,
            .joined = open && time - before <= gap,
            .points = 1,
            .firstAt = float(place),
            .lastAt = float(place),
            .first = value,
            .min = value,
            .max = value,
            .last = value};
        open = true;
        before = time;
        ++index;
        if (at == grid.columns) {
            columns.push_back(column);
            break;
        }
        // Only the times of one column are looked at from here: a comparison of integers each.
        const qint64 end = at < 0    ? grid.from
            : at == grid.columns - 1 ? grid.to + 1
                                     : grid.from + ((at + 1) * length + grid.columns - 1) / grid.columns;
        for (; index < count && times[index] < end; ++index) {
            const double next = values[index];
            if (!hasPlace(next)) {
                open = false;
                continue;
            }
            open = true;
            before = times[index];
            if (next < column.min) {
                column.min = next;
                column.minFirst = false;
            } else if (next > column.max) {
                column.max = next;
                column.minFirst = true;
            }
            column.last = next;
            ++column.points;
        }
        column.lastAt = float(double(before - grid.from) * scale);
        columns.push_back(column);
    }
    return columns;
}

qint64 usualGap(std::span<const Series> series)
{
    // The usual distance of a few points of each series; the least of them, because all were asked for with one step.
    constexpr size_t samples = 32;
    qint64 least = std::numeric_limits<qint64>::max();
    std::vector<qint64> distances;
    for (const Series &one : series) {
        const size_t count = one.times.size();
        if (count < 2)
            continue;
        distances.clear();
        const size_t every = std::max<size_t>(1, (count - 1) / samples);
        for (size_t i = 1; i < count; i += every)
            distances.push_back(one.times[i] - one.times[i - 1]);
        const auto middle = distances.begin() + std::ptrdiff_t(distances.size() / 2);
        std::ranges::nth_element(distances, middle);
        if (*middle > 0)
            least = std::min(least, *middle);
    }
    return least == std::numeric_limits<qint64>::max() ? 0 : least + least / 2;
}

namespace {

// The values of a part at `times`, NaN where it has none.
void align(const StackPart &part, std::span<const qint64> times, std::vector<double> &values)
{
    const Series &one = *part.series;
    const double sign = part.mirrored ? -1 : 1;
    const size_t points = std::min(one.times.size(), one.values.size());
    values.resize(times.size());
    // Mostly all have the same times.
    if (points == times.size() && std::ranges::equal(one.times, times)) {
        for (size_t i = 0; i < points; ++i)
            values[i] = hasPlace(one.values[i]) ? sign * one.values[i] : nan;
        return;
    }
    size_t from = 0;
    for (size_t i = 0; i < times.size(); ++i) {
        while (from < points && one.times[from] < times[i])
            ++from;
        const bool there = from < points && one.times[from] == times[i] && hasPlace(one.values[from]);
        values[i] = there ? sign * one.values[from] : nan;
    }
}

// 1: none is below zero, -1: all are; 0: neither, or some are no numbers.
int signOf(std::span<const double> values)
{
    const auto below = std::ranges::count_if(values, [](double value) { return value < 0; });
    if (below > 0)
        return below == std::ssize(values) ? -1 : 0;
    return std::ranges::any_of(values, [](double value) { return !(value >= 0); }) ? 0 : 1;
}

}

void visitStack(
    std::span<const StackPart> parts, Stacking stacking, const std::function<void(size_t, const StackEdges &)> &visit)
{
    std::vector<qint64> times;
    for (const StackPart &part : parts) {
        if (part.series->times == times)
            continue;
        std::vector<qint64> merged;
        merged.reserve(std::max(times.size(), part.series->times.size()));
        std::ranges::set_union(times, part.series->times, std::back_inserter(merged));
        times = std::move(merged);
    }
    const size_t count = times.size();
    std::vector<double> values, lower(count), upper(count), above(count, 0.0), below(count, 0.0), whole;
    if (stacking == Stacking::Percent) {
        whole.assign(count, 0.0);
        for (const StackPart &part : parts) {
            align(part, times, values);
            for (size_t i = 0; i < count; ++i)
                whole[i] += std::isnan(values[i]) ? 0 : std::abs(values[i]);
        }
    }
    int before = 0;
    for (size_t at = 0; at < parts.size(); ++at) {
        align(parts[at], times, values);
        const int sign = signOf(values);
        for (size_t i = 0; i < whole.size(); ++i)
            values[i] = whole[i] > 0 ? values[i] / whole[i] : values[i];
        if (sign != 0) {
            std::vector<double> &sums = sign < 0 ? below : above;
            lower = sums;
            for (size_t i = 0; i < count; ++i)
                sums[i] += values[i];
            upper = sums;
        } else {
            for (size_t i = 0; i < count; ++i) {
                double &sum = values[i] < 0 ? below[i] : above[i];
                const bool there = !std::isnan(values[i]);
                lower[i] = there ? sum : nan;
                sum += there ? values[i] : 0;
                upper[i] = there ? sum : nan;
            }
        }
        visit(at, {.times = times, .lower = lower, .upper = upper, .onPrevious = sign != 0 && sign == before});
        before = sign;
    }
}

Stack stacked(std::span<const Series *const> series, Stacking stacking)
{
    std::vector<StackPart> parts;
    for (const Series *one : series)
        parts.push_back({.series = one});
    Stack stack;
    visitStack(parts, stacking, [&stack](size_t, const StackEdges &edges) {
        if (stack.times.empty())
            stack.times.assign(edges.times.begin(), edges.times.end());
        stack.lower.emplace_back(edges.lower.begin(), edges.lower.end());
        stack.upper.emplace_back(edges.upper.begin(), edges.upper.end());
    });
    return stack;
}

Statistics statisticsOf(std::span<const double> values)
{
    Statistics result{.first = nan, .last = nan, .lastNotNull = nan};
    // Four at a time: none waits for the one before it.
    constexpr size_t lanes = 4;
    constexpr double infinity = std::numeric_limits<double>::infinity();
    std::array<double, lanes> least, most, sums{};
    std::array<qint64, lanes> counts{};
    least.fill(infinity);
    most.fill(-infinity);
    const auto see = [&](size_t lane, double value) {
        const bool shown = hasPlace(value);
        least[lane] = shown && value < least[lane] ? value : least[lane];
        most[lane] = shown && value > most[lane] ? value : most[lane];
        sums[lane] += shown ? value : 0;
        counts[lane] += shown;
    };
    size_t at = 0;
    for (; at + lanes <= values.size(); at += lanes) {
        for (size_t lane = 0; lane < lanes; ++lane)
            see(lane, values[at + lane]);
    }
    for (; at < values.size(); ++at)
        see(0, values[at]);
    const qint64 count = std::accumulate(counts.begin(), counts.end(), qint64(0));
    result.min = count ? *std::ranges::min_element(least) : nan;
    result.max = count ? *std::ranges::max_element(most) : nan;
    result.sum = count ? std::accumulate(sums.begin(), sums.end(), 0.0) : nan;
    result.count = count;
    if (!values.empty())
        result.last = values.back();
    const auto first = std::ranges::find_if(values, hasPlace);
    if (first != values.end()) {
        result.first = *first;
        auto last = values.size() - 1;
        while (!hasPlace(values[last]))
            --last;
        result.lastNotNull = values[last];
    }
    return result;
}

double Statistics::of(Reduction reduction) const
{
    switch (reduction) {
    case Reduction::Last:
        return last;
    case Reduction::LastNotNull:
        return lastNotNull;
    case Reduction::Min:
        return min;
    case Reduction::Max:
        return max;
    case Reduction::Mean:
        return count > 0 ? sum / double(count) : nan;
    case Reduction::Sum:
        return sum;
    case Reduction::Count:
        return double(count);
    case Reduction::First:
        return first;
    case Reduction::Range:
        return max - min;
    case Reduction::Delta:
        return lastNotNull - first;
    }
    return nan;
}

} // namespace kdra::metrics
