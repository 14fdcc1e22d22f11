// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tableschema.h"

#include <QStringList>

namespace kdra::models {

// Where in a query the cursor is, and with what it could go on.
struct QueryPlace {
    int column = -1; // whose value is being written; -1: a key, or a word
    qsizetype from = 0; // what a completion replaces: text[from, from + length), UTF-16
    qsizetype length = 0;
    QString prefix; // what of it is already written
};

// Pure; any thread.
QueryPlace queryPlace(const QString &text, qsizetype cursor, const QList<Column> &columns);

// The keys that go on from `prefix`, with the operator that comes first to mind: "restarts>", "ns:". Aliases are found,
// and the column's own key is offered.
QStringList keyCompletions(const QList<Column> &columns, const QString &prefix);

// The values of a column that there are, in natural order, at most `limit`; empty for amounts. Any thread: linear in
// the objects, so away from the GUI thread when there are many.
QStringList columnValues(const store::Snapshot &snapshot, const TableSchema &schema, int column, qsizetype limit);

} // namespace kdra::models
