// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tableschema.h"

namespace kdra::models {

// What goes to the clipboard from the rows of a table. Pure; any thread, and away from the GUI thread for many rows.

// Cells as they are shown, tabs between them and a line for each row; tabs and line breaks in cells become spaces.
// `now` in seconds since the Unix epoch, for ages.
QString asTsv(const store::Snapshot &snapshot, const TableSchema &schema, std::span<const RowKey> rows,
    const QList<int> &columns, bool header, qint64 now);
// The same from cells that somebody else has read.
QString tsvLine(const QStringList &cells);

// A name a line; of what an event is about, for events.
QString asNames(const store::Snapshot &snapshot, std::span<const RowKey> rows);

enum class KubectlVerb : quint8 { Get, Describe, Delete };
// A command a namespace, quoted for a POSIX shell: "kubectl -n team get pod a b --context prod". Several kinds are
// written kind/name. `context` empty: kubectl's current one. Rows that are gone are left out.
QString asKubectl(
    const store::Snapshot &snapshot, std::span<const RowKey> rows, KubectlVerb verb, const QString &context);

// As one word of a POSIX shell.
QString shellQuoted(const QString &word);

} // namespace kdra::models
