// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/latest.h"
#include "models/rowjudge.h"

#include <QAbstractTableModel>
#include <QFuture>
#include <QHash>
#include <QTimer>

namespace kdra::models {

// A table over the records of one cluster that follows its batches. Order and filter of big tables are computed on a
// worker over the immutable snapshot and published as one permutation; batches change rows in blocks meanwhile.
class RecordTableModel : public QAbstractTableModel {
    Q_OBJECT
public:
    explicit RecordTableModel(std::shared_ptr<const TableSchema> schema, QObject *parent = nullptr);
    ~RecordTableModel() override;

    // Another cluster (or none): the only reset there is.
    void setSnapshot(store::SnapshotPtr snapshot);
    void apply(const store::Batch &batch);
    // While nobody looks, rows that go still go, but arriving ones, filters and orders wait until somebody does.
    void setActive(bool active);

    const RowFilter &filter() const { return m_filter; }
    void setFilter(RowFilter filter);
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;

    const store::Snapshot &snapshot() const { return *m_snapshot; }
    RowKey rowKey(int row) const { return m_rows[static_cast<size_t>(row)]; }
    Item itemAt(int row) const;
    // -1 when the object is not shown. As rowsOf().
    int rowOf(const Item &item) const;
    // The rows of those that are shown, in the order of `items`. Linear in the table the first time an item is asked
    // for, whatever their number; what was found is remembered.
    std::vector<int> rowsOf(const QList<Item> &items) const;
    const TableSchema &schema() const { return *m_schema; }
    // For workers.
    const store::SnapshotPtr &sharedSnapshot() const { return m_snapshot; }
    const std::shared_ptr<const TableSchema> &sharedSchema() const { return m_schema; }
    const QList<Column> &columns() const { return m_columns; }
    // No order or filter is being computed, and none is due.
    bool isSettled() const { return !m_computing && !m_due.isActive(); }

    // Up to this many objects are ordered at once on the GUI thread; more on a worker.
    void setWorkerThreshold(quint32 objects) { m_workerThreshold = objects; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    void settled();

private:
    struct Touched {
        std::vector<RowKey> added, changed;
        std::vector<int> removedRows;
    };
    void compute();
    void computeIfActive();
    void judgeAnew();
    void letTimePass();
    bool accepts(const store::Snapshot &snapshot, RowKey row);
    void publish(std::vector<RowKey> rows);
    void permute(std::vector<RowKey> rows);
    void removeTail(size_t keep);
    void append(std::span<const RowKey> rows);
    Touched sortOut(const store::Batch &batch);
    void applyUnseen(const store::Batch &batch);
    void removeRowBlocks(std::vector<int> rows);
    void insertSorted(std::vector<RowKey> rows);
    void tellChanged(const std::vector<RowKey> &rows);
    bool isInOrder(int row) const;
    void renumber(size_t from);
    quint32 &position(RowKey row);
    int rowOf(RowKey row) const;
    void findItems(const QList<Item> &items) const;
    bool isFound(const Item &item) const;
    quint32 objectCount() const;

    std::shared_ptr<const TableSchema> m_schema;
    QList<Column> m_columns;
    store::SnapshotPtr m_snapshot;
    RowFilter m_filter;
    RowJudge m_judge;
    std::vector<RowKey> m_rows;
    std::array<std::vector<quint32>, store::kindCount> m_positions; // row by slot; noPosition when not shown
    mutable QHash<store::Uid, RowKey> m_found; // where items were the last time they were asked for
    int m_sortColumn = -1;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
    quint32 m_workerThreshold = 5000;

    Latest m_latest;
    QFuture<std::vector<RowKey>> m_future;
    bool m_computing = false;
    bool m_active = true;
    bool m_behind = false; // inactive, and something waits
    std::vector<RowKey> m_touchedSince; // by batches since the computation that runs was started
    QTimer m_due;
    QTimer m_clock; // while the filter asks about ages
};

} // namespace kdra::models
