// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tableschema.h"

#include "base/naturalcompare.h"
#include "models/rowjudge.h"

#include <algorithm>

namespace kdra::models {

QString TableSchema::toolTip(const store::Snapshot &, RowKey, int) const
{
    return {};
}

bool TableSchema::belongs(const store::Snapshot &, RowKey) const
{
    return true;
}

bool TableSchema::matchesText(const store::Snapshot &snapshot, RowKey row, std::string_view lower) const
{
    const AnyRecord record = recordAt(snapshot, row);
    return containsFolded(record.name, lower) || containsFolded(snapshot.view(record.meta->ns), lower);
}

bool TableSchema::accepts(const store::Snapshot &snapshot, RowKey row, const RowFilter &filter) const
{
    const AnyRecord record = recordAt(snapshot, row);
    if (!record || !belongs(snapshot, row))
        return false;
    if (!filter.ns.empty() && record.meta->ns != StringId::Empty && snapshot.view(record.meta->ns) != filter.ns)
        return false;
    if (filter.problemsOnly && record.meta->severity < store::Severity::Warning)
        return false;
    if (!filter.owners.empty() && !std::ranges::contains(filter.owners, record.meta->owner))
        return false;
    return filter.text.empty() || matchesText(snapshot, row, filter.text);
}

bool containsFolded(std::string_view text, std::string_view lower)
{
    const auto equal = [](char a, char b) { return (a >= 'A' && a <= 'Z' ? static_cast<char>(a | 0x20) : a) == b; };
    return std::ranges::search(text, lower, equal).begin() != text.end() || lower.empty();
}

bool goesBefore(const SortKey &a, RowKey rowA, const SortKey &b, RowKey rowB, Qt::SortOrder order)
{
    const int sign = order == Qt::AscendingOrder ? 1 : -1;
    if (a.number != b.number)
        return (a.number < b.number ? -1 : 1) * sign < 0;
    if (const int text = naturalCompare(a.text, b.text))
        return text * sign < 0;
    return rowA < rowB;
}

std::vector<RowKey> orderedRows(const store::Snapshot &snapshot, const TableSchema &schema, const RowFilter &filter,
    int column, Qt::SortOrder order)
{
    struct Entry {
        SortKey key;
        RowKey row;
    };
    std::vector<Entry> entries;
    RowJudge judge(schema, filter, snapshot.strings);
    for (const store::Kind kind : schema.kinds()) {
        withTable(snapshot, kind, [&](const auto &table) {
            entries.reserve(entries.size() + table.size());
            table.forEach([&](const auto &ref) {
                const RowKey row(kind, ref.slot());
                if (judge.accepts(snapshot, row))
                    entries.push_back({column < 0 ? SortKey() : schema.sortKey(snapshot, row, column), row});
            });
        });
    }
    std::ranges::sort(
        entries, [&](const Entry &a, const Entry &b) { return goesBefore(a.key, a.row, b.key, b.row, order); });
    std::vector<RowKey> rows;
    rows.reserve(entries.size());
    for (const Entry &entry : entries)
        rows.push_back(entry.row);
    return rows;
}

} // namespace kdra::models
