// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/column.h"
#include "models/query.h"
#include "models/selection.h"
#include "store/subject.h"

#include <QVariant>

#include <memory>
#include <span>

namespace kdra::models {

// What a row sorts by: the number, then the text in natural order.
struct SortKey {
    qint64 number = 0;
    std::string_view text;
};

// Which rows to show; empty fields let everything through. UTF-8.
struct RowFilter {
    std::string ns = {};
    std::string text = {}; // in lower case; anywhere in what the schema searches
    std::string node = {}; // pods of this node
    store::Subject about = {}; // events about this object
    std::vector<store::Uid> owners = {}; // controlled by one of these
    bool problemsOnly = false; // severity Warning and worse, or unknown
    Query query = {};
    qint64 now = 0; // seconds since the Unix epoch, for a query about ages
    bool operator==(const RowFilter &) const = default;
};

// How the records of some kinds make a table: immutable, called on the GUI thread and on workers.
class TableSchema {
public:
    virtual ~TableSchema() = default;

    virtual std::span<const store::Kind> kinds() const = 0;
    // Translated; asked once, on the GUI thread.
    virtual QList<Column> columns() const = 0;
    // The row is alive in the snapshot for each of these. `now` in seconds since the Unix epoch.
    virtual QVariant display(const store::Snapshot &snapshot, RowKey row, int column, qint64 now) const = 0;
    virtual QString toolTip(const store::Snapshot &snapshot, RowKey row, int column) const;
    virtual SortKey sortKey(const store::Snapshot &snapshot, RowKey row, int column) const = 0;
    // Whether the row is one of this table whatever the filter.
    virtual bool belongs(const store::Snapshot &snapshot, RowKey row) const;
    // Texts that the filter's text is looked for in.
    virtual bool matchesText(const store::Snapshot &snapshot, RowKey row, std::string_view lower) const;
    // Whether the row passes everything in the filter but its query, which is RowJudge's.
    virtual bool accepts(const store::Snapshot &snapshot, RowKey row, const RowFilter &filter) const;
    // The cell as queries see it, by the column's type.
    virtual FieldValue field(const store::Snapshot &snapshot, RowKey row, int column) const = 0;
    // The column whose cell carries the severity glyph.
    virtual int severityColumn() const { return 0; }
};

// Whether `text` contains `lower` when ASCII letters are lowered.
bool containsFolded(std::string_view text, std::string_view lower);

std::shared_ptr<const TableSchema> podSchema();
std::shared_ptr<const TableSchema> nodeSchema();
// Deployments, stateful sets, daemon sets, jobs, cron jobs, and replica sets that nobody owns.
std::shared_ptr<const TableSchema> workloadSchema();
// Services and ingresses.
std::shared_ptr<const TableSchema> networkSchema();
std::shared_ptr<const TableSchema> eventSchema();

// The order that `column` gives; column -1 keeps the order of the slots. Any thread.
std::vector<RowKey> orderedRows(const store::Snapshot &snapshot, const TableSchema &schema, const RowFilter &filter,
    int column, Qt::SortOrder order);

// Whether a goes before b; never both ways for different rows.
bool goesBefore(const SortKey &a, RowKey rowA, const SortKey &b, RowKey rowB, Qt::SortOrder order);

} // namespace kdra::models
