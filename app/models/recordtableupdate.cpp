// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/recordtablemodel.h"

#include "base/whenfinished.h"
#include "models/roles.h"

#include <QtConcurrent>

#include <algorithm>
#include <unordered_set>

// How RecordTableModel's rows follow batches, filters and orders.
namespace kdra::models {

namespace {

constexpr quint32 noPosition = 0xffffffff;
// More single insertions or removals than this are done by one permutation and one block instead.
constexpr size_t blockLimit = 64;

} // namespace

void RecordTableModel::compute()
{
    m_due.stop();
    m_touchedSince.clear();
    const auto token = m_latest.next();
    if (objectCount() <= m_workerThreshold) {
        m_computing = false;
        publish(orderedRows(*m_snapshot, *m_schema, m_filter, m_sortColumn, m_sortOrder));
        Q_EMIT settled();
        return;
    }
    m_computing = true;
    m_future =
        QtConcurrent::run([snapshot = m_snapshot, schema = m_schema, filter = m_filter, column = m_sortColumn,
                              order = m_sortOrder] { return orderedRows(*snapshot, *schema, filter, column, order); });
    whenFinished(m_future, this, [this, token](std::vector<RowKey> rows) {
        if (!token.isCurrent())
            return;
        m_computing = false;
        // The answer is about the snapshot of then: what batches have touched since is judged by the snapshot of now.
        if (!m_touchedSince.empty()) {
            std::unordered_set<quint32> touched;
            for (const RowKey row : m_touchedSince)
                touched.insert(row.value());
            std::erase_if(rows, [&](RowKey row) { return touched.contains(row.value()); });
            for (const quint32 value : touched) {
                const RowKey row(static_cast<store::Kind>(value >> 28), value & 0x0fffffff);
                if (accepts(*m_snapshot, row))
                    rows.push_back(row);
            }
            m_touchedSince.clear();
            m_due.start();
        }
        publish(std::move(rows));
        if (isSettled())
            Q_EMIT settled();
    });
}

bool RecordTableModel::accepts(const store::Snapshot &snapshot, RowKey row)
{
    // Ids of another pool are other texts.
    if (snapshot.strings != m_judge.strings())
        m_judge = RowJudge(*m_schema, m_filter, snapshot.strings);
    return m_judge.accepts(snapshot, row);
}

void RecordTableModel::computeIfActive()
{
    if (m_active)
        compute();
    else
        m_behind = true;
}

void RecordTableModel::publish(std::vector<RowKey> rows)
{
    // The rows that stay, then those that leave, which go as one block; then the new ones come as one block.
    std::vector<bool> stays(m_rows.size(), false);
    std::vector<RowKey> arriving;
    for (const RowKey row : rows) {
        if (const int at = rowOf(row); at >= 0)
            stays[static_cast<size_t>(at)] = true;
        else
            arriving.push_back(row);
    }
    std::vector<RowKey> staying;
    std::vector<RowKey> leaving;
    for (size_t i = 0; i < m_rows.size(); ++i)
        (stays[i] ? staying : leaving).push_back(m_rows[i]);
    const size_t keep = staying.size();
    if (!leaving.empty()) {
        staying.insert(staying.end(), leaving.begin(), leaving.end());
        permute(std::move(staying));
        removeTail(keep);
    }
    if (m_rows.empty()) {
        append(rows);
        return;
    }
    append(arriving);
    permute(std::move(rows));
}

void RecordTableModel::permute(std::vector<RowKey> rows)
{
    Q_ASSERT(rows.size() == m_rows.size());
    if (rows == m_rows)
        return;
    Q_EMIT layoutAboutToBeChanged({}, VerticalSortHint);
    const QModelIndexList from = persistentIndexList();
    std::vector<RowKey> keys;
    keys.reserve(static_cast<size_t>(from.size()));
    for (const QModelIndex &index : from)
        keys.push_back(rowKey(index.row()));
    m_rows = std::move(rows);
    renumber(0);
    QModelIndexList to;
    to.reserve(from.size());
    for (qsizetype i = 0; i < from.size(); ++i)
        to.append(index(rowOf(keys[static_cast<size_t>(i)]), from[i].column()));
    changePersistentIndexList(from, to);
    Q_EMIT layoutChanged({}, VerticalSortHint);
}

void RecordTableModel::removeTail(size_t keep)
{
    beginRemoveRows({}, static_cast<int>(keep), static_cast<int>(m_rows.size()) - 1);
    for (size_t i = keep; i < m_rows.size(); ++i)
        position(m_rows[i]) = noPosition;
    m_rows.resize(keep);
    endRemoveRows();
}

void RecordTableModel::append(std::span<const RowKey> rows)
{
    if (rows.empty())
        return;
    const size_t first = m_rows.size();
    beginInsertRows({}, static_cast<int>(first), static_cast<int>(first + rows.size()) - 1);
    m_rows.insert(m_rows.end(), rows.begin(), rows.end());
    renumber(first);
    endInsertRows();
}

RecordTableModel::Touched RecordTableModel::sortOut(const store::Batch &batch)
{
    Touched touched;
    const auto judge = [&](RowKey row) {
        const int at = rowOf(row);
        const bool shown = accepts(*batch.snapshot, row);
        if (shown)
            (at < 0 ? touched.added : touched.changed).push_back(row);
        else if (at >= 0)
            touched.removedRows.push_back(at);
        if (m_computing)
            m_touchedSince.push_back(row);
    };
    for (const store::Kind kind : m_schema->kinds()) {
        const store::KindDelta &delta = batch.delta(kind);
        for (const std::vector<store::Slot> *slots : {&delta.removed, &delta.added, &delta.changed}) {
            for (const store::Slot slot : *slots)
                judge(RowKey(kind, slot));
        }
    }
    return touched;
}

void RecordTableModel::applyUnseen(const store::Batch &batch)
{
    std::vector<int> removedRows;
    for (const store::Kind kind : m_schema->kinds()) {
        const store::KindDelta &delta = batch.delta(kind);
        m_behind = m_behind || !delta.added.empty() || !delta.changed.empty();
        for (const store::Slot slot : delta.removed) {
            if (const int at = rowOf(RowKey(kind, slot)); at >= 0)
                removedRows.push_back(at);
        }
    }
    removeRowBlocks(std::move(removedRows));
    m_snapshot = batch.snapshot;
}

void RecordTableModel::apply(const store::Batch &batch)
{
    if (!m_active) {
        applyUnseen(batch);
        return;
    }
    const bool first = m_rows.empty();
    Touched touched = sortOut(batch);
    // While rows go, the old snapshot still knows them.
    removeRowBlocks(std::move(touched.removedRows));
    m_snapshot = batch.snapshot;
    if (first && !touched.added.empty() && !m_computing) {
        if (objectCount() <= m_workerThreshold) {
            compute();
            return;
        }
        append(touched.added);
        compute();
        return;
    }
    tellChanged(touched.changed);
    if (touched.added.size() <= blockLimit) {
        insertSorted(std::move(touched.added));
    } else {
        append(touched.added);
        if (m_sortColumn >= 0 && !m_due.isActive())
            m_due.start();
    }
}

void RecordTableModel::removeRowBlocks(std::vector<int> rows)
{
    if (rows.empty())
        return;
    if (rows.size() > blockLimit) {
        std::vector<bool> leaves(m_rows.size(), false);
        for (const int row : rows)
            leaves[static_cast<size_t>(row)] = true;
        std::vector<RowKey> staying;
        std::vector<RowKey> leaving;
        for (size_t i = 0; i < m_rows.size(); ++i)
            (leaves[i] ? leaving : staying).push_back(m_rows[i]);
        const size_t keep = staying.size();
        staying.insert(staying.end(), leaving.begin(), leaving.end());
        permute(std::move(staying));
        removeTail(keep);
        return;
    }
    std::ranges::sort(rows, std::greater());
    for (size_t i = 0; i < rows.size();) {
        const int last = rows[i];
        int first = last;
        while (++i < rows.size() && rows[i] == first - 1)
            --first;
        beginRemoveRows({}, first, last);
        for (int row = first; row <= last; ++row)
            position(rowKey(row)) = noPosition;
        m_rows.erase(m_rows.begin() + first, m_rows.begin() + last + 1);
        renumber(static_cast<size_t>(first));
        endRemoveRows();
    }
}

void RecordTableModel::insertSorted(std::vector<RowKey> rows)
{
    if (m_sortColumn < 0) {
        append(rows);
        return;
    }
    const auto before = [&](RowKey a, RowKey b) {
        return goesBefore(m_schema->sortKey(*m_snapshot, a, m_sortColumn), a,
            m_schema->sortKey(*m_snapshot, b, m_sortColumn), b, m_sortOrder);
    };
    std::ranges::sort(rows, before);
    // From the back, so that what is in front keeps its place; rows for the same place go in as one block.
    for (auto end = rows.end(); end != rows.begin();) {
        const auto place = std::lower_bound(m_rows.begin(), m_rows.end(), *(end - 1), before) - m_rows.begin();
        auto begin = end - 1;
        while (begin != rows.begin() && (place == 0 || !before(*(begin - 1), m_rows[static_cast<size_t>(place) - 1])))
            --begin;
        const auto count = end - begin;
        beginInsertRows({}, static_cast<int>(place), static_cast<int>(place + count) - 1);
        m_rows.insert(m_rows.begin() + place, begin, end);
        renumber(static_cast<size_t>(place));
        endInsertRows();
        end = begin;
    }
}

bool RecordTableModel::isInOrder(int row) const
{
    const auto before = [&](int a, int b) {
        return goesBefore(m_schema->sortKey(*m_snapshot, rowKey(a), m_sortColumn), rowKey(a),
            m_schema->sortKey(*m_snapshot, rowKey(b), m_sortColumn), rowKey(b), m_sortOrder);
    };
    return (row == 0 || before(row - 1, row)) && (row + 1 >= rowCount() || before(row, row + 1));
}

void RecordTableModel::tellChanged(const std::vector<RowKey> &changed)
{
    std::vector<int> rows;
    rows.reserve(changed.size());
    for (const RowKey row : changed)
        rows.push_back(rowOf(row));
    std::ranges::sort(rows);
    const QList<int> roles = {Qt::DisplayRole, Qt::ToolTipRole, Qt::AccessibleDescriptionRole, SeverityRole, SortRole};
    for (size_t i = 0; i < rows.size();) {
        const int first = rows[i];
        int last = first;
        while (++i < rows.size() && rows[i] == last + 1)
            ++last;
        Q_EMIT dataChanged(index(first, 0), index(last, columnCount() - 1), roles);
    }
    if (m_sortColumn >= 0 && !m_due.isActive()
        && !std::ranges::all_of(rows, [this](int row) { return isInOrder(row); }))
        m_due.start();
}

} // namespace kdra::models
