// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "metrics/panelseries.h"
#include "metrics/table.h"

namespace kdra::ui {

// What a panel's answers are made into before they are shown. A value.
struct PanelContents {
    metrics::PanelData data = {};
    metrics::Table table = {}; // of PanelKind::Table, in place of `data`
    std::vector<std::vector<quint32>> ranks = {}; // of the table's columns: metrics::ranksOf()
};

// Pure; any thread.
PanelContents contentsOf(const metrics::Panel &panel, const QList<metrics::PanelAnswer> &answers);

// About how many microseconds that takes; costs a look at each series.
qint64 costOfContents(const metrics::Panel &panel, const QList<metrics::PanelAnswer> &answers);

} // namespace kdra::ui
