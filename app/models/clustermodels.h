// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/fleettreemodel.h"
#include "models/freshnessmodel.h"
#include "models/nodeloadcolumns.h"
#include "models/recordtablemodel.h"

#include <QSortFilterProxyModel>

namespace kdra::models {

// Sorts by SortRole: numbers as numbers, texts in natural order.
class NaturalOrder : public QSortFilterProxyModel {
    Q_OBJECT
public:
    explicit NaturalOrder(QObject *parent = nullptr);

protected:
    bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;
};

// All models of the cluster that is shown, fed together so that they agree. GUI thread.
class ClusterModels : public QObject {
    Q_OBJECT
public:
    explicit ClusterModels(QObject *parent = nullptr);

    RecordTableModel pods, nodes, workloads, network, events;
    NodeLoadColumns nodesWithLoad; // over nodes
    NaturalOrder sortedNodes; // over nodesWithLoad
    FleetTreeModel fleet;
    FreshnessModel freshness;

    // Another cluster; null for none.
    void setSnapshot(store::SnapshotPtr snapshot);
    void apply(const store::Batch &batch);
    const store::SnapshotPtr &snapshot() const { return m_snapshot; }

    // Shows only this namespace in the tables of namespaced kinds; empty for all.
    void setNamespace(const QString &ns);
    // Names of all namespaces in natural order.
    QStringList namespaces() const;

Q_SIGNALS:
    // After every model has taken over the snapshot.
    void updated();

private:
    std::array<RecordTableModel *, 5> tables() { return {&pods, &nodes, &workloads, &network, &events}; }
    store::SnapshotPtr m_snapshot;
};

} // namespace kdra::models
