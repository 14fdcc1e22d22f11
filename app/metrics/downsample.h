// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "metrics/dashboard.h"
#include "metrics/series.h"

#include <functional>
#include <span>
#include <vector>

namespace kdra::metrics {

// What of a series falls into one column of pixels. Drawing first, least, most and last of it looks like drawing all of
// it (M4, Jugel et al., VLDB 2014): no peak is lost.
struct Column {
    int column = 0; // -1: the last point before the range; the number of columns: the first after it
    bool joined = false; // the line comes from the column before
    bool minFirst = true; // the least comes before the most
    quint32 points = 0;
    float firstAt = 0; // in columns from the left end, of `first` and `last`
    float lastAt = 0;
    double first = 0;
    double min = 0;
    double max = 0;
    double last = 0;
};

// The columns of a plot: `from` is its left end, `to` its right one, milliseconds.
struct ColumnGrid {
    // What 64 bits can tell apart: more than any screen, and more than six thousand years.
    static constexpr int mostColumns = 32'768;
    static constexpr qint64 longest = 200'000'000'000'000;

    qint64 from = 0;
    qint64 to = 1;
    int columns = 1;
    qint64 gap = 0; // points that are farther apart are not joined; 0: all are
};

// The columns that have points, from left to right, with one beyond each end when there is a point there. A NaN is a
// gap, and so is an infinity, which has no place on an axis. `times` rise; both have the same length. Pure; any thread.
std::vector<Column> reduce(std::span<const qint64> times, std::span<const double> values, const ColumnGrid &grid);

// How far apart points of an answer may be and still be joined: one and a half of what is usual in it. Milliseconds.
qint64 usualGap(std::span<const Series> series);

// Series on top of each other: each with the sum of those below it. Positive and negative values have stacks of their
// own. Of a series that has no value at a time, neither edge is a number. Percent: of the sum of all at that time.
struct Stack {
    std::vector<qint64> times;
    std::vector<std::vector<double>> lower; // by series, as many as times
    std::vector<std::vector<double>> upper;
};
Stack stacked(std::span<const Series *const> series, Stacking stacking);

// The same one series after the other, without keeping them: many long ones would fill the memory.
struct StackPart {
    const Series *series = nullptr;
    bool mirrored = false; // with the sign of its values changed
};
struct StackEdges {
    std::span<const qint64> times;
    std::span<const double> lower; // both are gone after the visit
    std::span<const double> upper;
    bool onPrevious = false; // `lower` is the `upper` of the one before
};
void visitStack(
    std::span<const StackPart> parts, Stacking stacking, const std::function<void(size_t, const StackEdges &)> &visit);

// What one number a series is made of; NaN where there is none. Numbers that are not finite count for Last alone.
struct Statistics {
    double first = 0;
    double last = 0; // as it is, NaN too
    double lastNotNull = 0;
    double min = 0;
    double max = 0;
    double sum = 0;
    qint64 count = 0;
    double of(Reduction reduction) const;
};
Statistics statisticsOf(std::span<const double> values);

} // namespace kdra::metrics
