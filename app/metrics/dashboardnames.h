// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLatin1StringView>

#include <initializer_list>

// The words that stand for enumerators in a dashboard's file, in the order of the enumerators in dashboard.h.
namespace kdra::metrics::names {

using namespace Qt::StringLiterals;

inline constexpr std::initializer_list<QLatin1StringView> panelKinds = {"timeSeries"_L1, "stat"_L1, "gauge"_L1,
    "barGauge"_L1, "table"_L1, "heatmap"_L1, "stateTimeline"_L1, "text"_L1, "unsupported"_L1};
inline constexpr std::initializer_list<QLatin1StringView> drawStyles = {"line"_L1, "bars"_L1, "points"_L1};
inline constexpr std::initializer_list<QLatin1StringView> stackings = {"none"_L1, "normal"_L1, "percent"_L1};
inline constexpr std::initializer_list<QLatin1StringView> thresholdStyles = {
    "none"_L1, "lines"_L1, "bands"_L1, "both"_L1};
inline constexpr std::initializer_list<QLatin1StringView> axes = {"auto"_L1, "left"_L1, "right"_L1};
inline constexpr std::initializer_list<QLatin1StringView> reductions = {"last"_L1, "lastNotNull"_L1, "min"_L1, "max"_L1,
    "mean"_L1, "sum"_L1, "count"_L1, "first"_L1, "range"_L1, "delta"_L1};
inline constexpr std::initializer_list<QLatin1StringView> variableKinds = {
    "query"_L1, "custom"_L1, "interval"_L1, "datasource"_L1, "constant"_L1, "textBox"_L1};

// The word of an enumerator.
template <class Enumerator> QString nameOf(const std::initializer_list<QLatin1StringView> &all, Enumerator value)
{
    return *(all.begin() + static_cast<int>(value));
}

} // namespace kdra::metrics::names
