// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "metrics/units.h"

#include <QTimeZone>

#include <vector>

namespace kdra::metrics {

// A place on an axis with what is written there.
struct Tick {
    double at = 0;
    QString text = {};
    bool operator==(const Tick &) const = default;
};

// The two ends of an axis. A value, in the numbers of the series.
struct AxisRange {
    double low = 0;
    double high = 1;
    bool logarithmic = false; // then both are greater than 0
    bool operator==(const AxisRange &) const = default;

    // Where a value is: 0 at the low end, 1 at the high end. Never infinite, also at 1e308; NaN for what has no place
    // (NaN, and on a logarithmic axis what is not greater than 0).
    double part(double value) const;
    double valueAt(double part) const;
};

// The step of ticks that is round in the unit: powers of two of bytes, parts of an hour or a day of time, else 1, 2
// or 5.
double niceStep(double span, int most, const Unit &unit);

// A range that has room for the values and whose ends are round; `low` = `high` gets some room. An end that is `fixed`
// stays.
struct Ends {
    double low = 0;
    double high = 0;
    bool lowFixed = false;
    bool highFixed = false;
};
AxisRange niceRange(const Ends &ends, int most, const Unit &unit, bool logarithmic);

// At most about `most` ticks, all in one scale of the unit, with as many decimals as their step needs.
std::vector<Tick> valueTicks(const AxisRange &range, int most, const Unit &unit, std::optional<int> decimals = {},
    const QLocale &locale = QLocale());

// Ticks of time: at whole minutes, hours, days of the time zone, also across a change of clocks. Milliseconds since the
// epoch. Where a day begins the date is written, else the time of day.
std::vector<Tick> timeTicks(qint64 from, qint64 to, int most, const QTimeZone &zone, const QLocale &locale = QLocale());

} // namespace kdra::metrics
