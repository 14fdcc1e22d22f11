// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QString>
#include <QTimeZone>

namespace kdra::metrics {

// From when to when, as people say it: "now-6h" to "now", "now/d" to "now/d", or absolute times. The words are
// Grafana's (https://grafana.com/docs/grafana/latest/dashboards/use-dashboards/#time-units-and-relative-ranges), so
// that a range can be carried over.
struct TimeRange {
    QString from = QStringLiteral("now-1h");
    QString to = QStringLiteral("now");
    bool operator==(const TimeRange &) const = default;

    // It moves on with the clock: its end is "now".
    bool isLive() const { return to == QLatin1StringView("now"); }
};

// Both ends in milliseconds since the epoch.
struct Moments {
    qint64 from = 0;
    qint64 to = 0;
    qint64 length() const { return to - from; }
    bool operator==(const Moments &) const = default;
};

// What a range means at `now` (milliseconds since the epoch) for somebody in `zone`: "now-90m", "now-1d/d" (rounded
// down, as a `to` rounded up to the last millisecond), ISO 8601, or milliseconds since the epoch. Units: s m h d w M y.
// Errors: not understood (which end, and what is), an end before the beginning.
Result<Moments> resolve(const TimeRange &range, qint64 now, const QTimeZone &zone);

// The same range in milliseconds since the epoch, as a zoom gives it.
TimeRange absoluteRange(const Moments &moments);

// "Last 6 hours", "Yesterday", "26 Nov 14:00 to 15:30": as a button says it.
QString textOf(const TimeRange &range, const QTimeZone &zone);

} // namespace kdra::metrics
