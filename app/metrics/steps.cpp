// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/steps.h"

#include <algorithm>

namespace kdra::metrics {

namespace {

constexpr qint64 second = 1000;
constexpr qint64 minute = 60 * second;
constexpr qint64 hour = 60 * minute;
constexpr qint64 day = 24 * hour;

constexpr qint64 niceSteps[] = {1, 2, 5, 10, 20, 50, 100, 200, 500, second, 2 * second, 5 * second, 10 * second,
    15 * second, 20 * second, 30 * second, minute, 2 * minute, 5 * minute, 10 * minute, 15 * minute, 20 * minute,
    30 * minute, hour, 2 * hour, 3 * hour, 4 * hour, 6 * hour, 8 * hour, 12 * hour, day};

constexpr qint64 longest = 1000LL * 365 * day;

qint64 floorTo(qint64 value, qint64 step)
{
    const qint64 rest = value % step;
    return value - (rest < 0 ? rest + step : rest);
}

} // namespace

qint64 niceStep(qint64 span, qint64 points, qint64 minStep)
{
    span = std::clamp<qint64>(span, 0, longest);
    points = std::clamp<qint64>(points, 2, maxPoints);
    // `points` points have one step less between them.
    const qint64 least = std::max({span / (points - 1) + (span % (points - 1) != 0), minStep, qint64(1)});
    const auto *step = std::ranges::lower_bound(niceSteps, least);
    return step != std::end(niceSteps) ? *step : (least + day - 1) / day * day;
}

Range snappedTo(qint64 from, qint64 to, qint64 step)
{
    step = std::max<qint64>(step, 1);
    to = std::max(from, to);
    if ((to - from) / step + 1 > maxPoints)
        step = niceStep(to - from, maxPoints, step);
    const qint64 end = floorTo(to, step);
    const qint64 start = floorTo(from + step - 1, step);
    return {.start = std::min(start, end), .end = end, .step = step};
}

Range snapped(qint64 from, qint64 to, qint64 points, qint64 minStep)
{
    return snappedTo(from, to, niceStep(to - from, points, minStep));
}

qint64 pointsOf(const Range &range)
{
    return range.end < range.start ? 0 : (range.end - range.start) / std::max<qint64>(range.step, 1) + 1;
}

qint64 rateInterval(qint64 step, qint64 scrapeInterval)
{
    return std::max(step + scrapeInterval, 4 * scrapeInterval);
}

} // namespace kdra::metrics
