// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "metrics/series.h"

// The arithmetic of time ranges and steps. Milliseconds throughout; pure.
namespace kdra::metrics {

// The shortest step that people read easily (1 s, 2 s, 5 s, 10 s, 15 s, 30 s, 1 min ... 1 h, 2 h ... days), gives at
// most `points` points over `span`, is not under `minStep`, and stays under the server's limit of maxPoints.
qint64 niceStep(qint64 span, qint64 points, qint64 minStep = 0);

// from..to as the server is asked for it: both ends on multiples of the step, from rounded up and to down, so that
// every point of it is inside and a range that moves on by less than a step is the same range. `points`: what the width
// can show.
Range snapped(qint64 from, qint64 to, qint64 points, qint64 minStep = 0);

// With a given step; the step grows by itself when there would be more than maxPoints.
Range snappedTo(qint64 from, qint64 to, qint64 step);

// How many points a series of the range has at most.
qint64 pointsOf(const Range &range);

// Grafana's $__rate_interval: a window for rate() that holds at least four scrapes, whatever the step.
qint64 rateInterval(qint64 step, qint64 scrapeInterval);

// True when no point was missing between two that follow each other: closer than one and a half steps.
inline bool isConnected(qint64 before, qint64 after, qint64 step)
{
    return after - before < step + step / 2;
}

} // namespace kdra::metrics
