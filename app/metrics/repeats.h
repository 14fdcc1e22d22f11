// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "metrics/variables.h"

namespace kdra::metrics {

inline constexpr qsizetype mostRepeats = 100; // of one panel or row

// `dashboard` as it is shown: panels and rows that repeat by a variable are there once for each of its chosen values,
// with that value in `scoped`, beside or below each other; what was below makes room. Ids of copies are new ones, the
// same for the same values. More than mostRepeats values are cut off with a note. Panels of a row end up without
// overlapping, `y` as small as it can be with the order kept. Pure; any thread.
Dashboard expanded(const Dashboard &dashboard, const Scope &scope);

// Moves panels up until they touch what is above them, and down from where they overlap, as Grafana's grid does.
void compact(QList<Panel> &panels);

} // namespace kdra::metrics
