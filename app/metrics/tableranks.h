// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "metrics/table.h"

#include <limits>

namespace kdra::metrics {

// The rank of what is no number, no time and no text: it comes last in both orders.
inline constexpr quint32 unranked = std::numeric_limits<quint32>::max();

// For each cell its place when the column is put into rising order: numbers by size, times by age, words by the order
// of the language; equal cells have the same. Whoever sorts by them compares integers. Pure; any thread.
std::vector<quint32> ranksOf(const TableColumn &column);

} // namespace kdra::metrics
