// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/liverange.h"

#include "metrics/steps.h"

#include <algorithm>
#include <unordered_map>

namespace kdra::metrics {
namespace {

constexpr qint64 pauseAfterPartial = 60'000; // milliseconds

// Positions of the points of a series that are in [from, to).
std::pair<std::ptrdiff_t, std::ptrdiff_t> pointsWithin(const Series &series, qint64 from, qint64 to)
{
    const auto begin = std::ranges::lower_bound(series.times, from);
    const auto end = std::ranges::lower_bound(begin, series.times.end(), to);
    return {begin - series.times.begin(), end - series.times.begin()};
}

void append(Series &to, const Series &from, std::pair<std::ptrdiff_t, std::ptrdiff_t> points)
{
    to.times.insert(to.times.end(), from.times.begin() + points.first, from.times.begin() + points.second);
    to.values.insert(to.values.end(), from.values.begin() + points.first, from.values.begin() + points.second);
}

} // namespace

std::optional<Range> LiveRange::missing(const Range &window) const
{
    const bool due = m_wholeAt && window.end >= m_wholeAt;
    const bool continues = m_covered && !due && window.step == m_window.step && window.start >= m_window.start
        && window.start <= m_covered && window.end >= m_window.end;
    if (!continues)
        return window;
    if (window.end <= m_covered)
        return {};
    const qint64 again = (m_overlap + window.step - 1) / window.step * window.step;
    return Range{.start = std::max(window.start, m_covered - again), .end = window.end, .step = window.step};
}

void LiveRange::take(const Range &asked, const Range &window, const Answer &answer)
{
    if (asked.step != window.step)
        return;
    const bool whole = asked.start <= window.start || asked.step != m_window.step || !m_covered;
    std::unordered_map<QString, const Series *> fresh;
    for (const Series &series : *answer.series)
        fresh.emplace(textOf(series.labels), &series);

    auto joined = std::make_shared<std::vector<Series>>();
    // Old series keep their places, so that colours and legends do not jump.
    for (const Series &old : *m_answer.series) {
        const auto kept =
            whole ? std::pair<std::ptrdiff_t, std::ptrdiff_t>() : pointsWithin(old, window.start, asked.start);
        const auto found = fresh.find(textOf(old.labels));
        const Series *now = found != fresh.end() ? std::exchange(found->second, nullptr) : nullptr;
        if (kept.first == kept.second && !now)
            continue;
        const auto taken = now ? pointsWithin(*now, window.start, window.end + 1) : decltype(kept)();
        Series series{.labels = old.labels};
        const auto size = static_cast<size_t>(kept.second - kept.first + taken.second - taken.first);
        series.times.reserve(size);
        series.values.reserve(size);
        append(series, old, kept);
        if (now)
            append(series, *now, taken);
        if (!series.times.empty())
            joined->push_back(std::move(series));
    }
    for (const Series &series : *answer.series) {
        const auto found = fresh.find(textOf(series.labels));
        if (found == fresh.end() || !found->second)
            continue;
        found->second = nullptr;
        Series added{.labels = series.labels};
        append(added, series, pointsWithin(series, window.start, window.end + 1));
        if (!added.times.empty())
            joined->push_back(std::move(added));
    }
    m_answer = answer;
    m_answer.series = std::move(joined);
    m_covered = asked.end;
    // What was missing may be there later.
    if (answer.partial && (whole || !m_wholeAt))
        m_wholeAt = window.end + pauseAfterPartial;
    else if (whole)
        m_wholeAt = 0;
    m_window = window;
}

qint64 LiveRange::newest() const
{
    qint64 newest = 0;
    for (const Series &series : *m_answer.series) {
        if (!series.times.empty())
            newest = std::max(newest, series.times.back());
    }
    return newest;
}

void LiveRange::reset()
{
    *this = LiveRange(m_overlap);
}

} // namespace kdra::metrics
