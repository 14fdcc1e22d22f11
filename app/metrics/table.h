// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "metrics/dashboard.h"
#include "metrics/series.h"

#include <QVariant>

namespace kdra::metrics {

// A column of a table: its cells are numbers (double), texts (QString), times (QDateTime, UTC), or nothing (invalid).
struct TableColumn {
    enum class Type : quint8 { Text, Number, Time };

    QString name = {};
    Type type = Type::Text;
    QString refId = {}; // of the query that its values are from; empty: of several, or computed
    Labels labels = {}; // of the series that its values are from, when they are from one
    FieldOptions field = {}; // the panel's, with what its overrides change
    QList<QVariant> cells = {};
};

struct Table {
    QList<TableColumn> columns = {}; // each with `rows` cells
    qsizetype rows = 0;
    QStringList notes = {}; // whole sentences: what could not be carried out, or was cut off
};

inline constexpr qsizetype mostTableRows = 10'000;
inline constexpr qsizetype mostTableColumns = 500;

// What a panel's table shows: the answers to its queries (in their order, one for each, hidden ones too; null columns
// for those without one) in Grafana's form, through the panel's transformations. Pure; any thread; costs a pass over
// all values for each transformation. `panel` is interpolated already.
Table panelTable(const Panel &panel, const QList<Answer> &answers);

} // namespace kdra::metrics
