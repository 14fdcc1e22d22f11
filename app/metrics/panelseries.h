// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "metrics/dashboard.h"
#include "metrics/downsample.h"
#include "metrics/series.h"
#include "metrics/units.h"

namespace kdra::metrics {

// The answer to one of a panel's queries.
struct PanelAnswer {
    QString refId = {};
    Answer answer = {};
};

// A series of a panel with its name and how its values are written: the panel's options and what overrides them.
struct PanelSeries {
    QString name = {}; // plain text, whatever it looks like
    QString refId = {};
    QString color = {}; // as named in the panel; empty: by its place
    FieldOptions field = {};
    Unit unit = {};
    Statistics statistics = {};
    std::shared_ptr<const std::vector<Series>> owner = {}; // of `points`
    const Series *points = nullptr;

    // A value as the panel writes it: by its mappings, the unit and the decimals; `noValue` for NaN when there is one.
    QString text(double value) const;
    // The mapping or the threshold that a value falls under; null for none.
    const ValueMapping *mapping(double value) const;
    const Threshold *threshold(double value) const;
    // What the value's colour is called: of its mapping, else of its threshold; may be empty.
    QString colorOf(double value) const;
};

struct PanelData {
    std::vector<PanelSeries> series = {};
    qint64 gap = 0; // points that are farther apart than this are not joined, milliseconds
};

// In the order of the panel's queries; hidden queries are left out. Series without a legend are named by the labels
// that differ. Pure; any thread; costs a pass over all values.
PanelData panelDataOf(const Panel &panel, const QList<PanelAnswer> &answers);

} // namespace kdra::metrics
