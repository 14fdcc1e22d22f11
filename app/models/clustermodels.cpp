// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/clustermodels.h"

#include "base/naturalcompare.h"
#include "models/roles.h"

#include <algorithm>

namespace kdra::models {

NaturalOrder::NaturalOrder(QObject *parent)
    : QSortFilterProxyModel(parent)
{
    setSortRole(SortRole);
    setDynamicSortFilter(true);
}

bool NaturalOrder::lessThan(const QModelIndex &left, const QModelIndex &right) const
{
    const QVariant a = left.data(SortRole);
    const QVariant b = right.data(SortRole);
    if (a.typeId() != QMetaType::QString || b.typeId() != QMetaType::QString)
        return QSortFilterProxyModel::lessThan(left, right);
    return naturalCompare(a.toString().toStdString(), b.toString().toStdString()) < 0;
}

ClusterModels::ClusterModels(QObject *parent)
    : QObject(parent)
    , pods(podSchema())
    , nodes(nodeSchema())
    , workloads(workloadSchema())
    , network(networkSchema())
    , events(eventSchema())
    , m_snapshot(std::make_shared<store::Snapshot>())
{
    nodesWithLoad.setSourceModel(&nodes);
    sortedNodes.setSourceModel(&nodesWithLoad);
}

void ClusterModels::setSnapshot(store::SnapshotPtr snapshot)
{
    m_snapshot = snapshot ? std::move(snapshot) : std::make_shared<store::Snapshot>();
    for (RecordTableModel *table : tables())
        table->setSnapshot(m_snapshot);
    nodesWithLoad.setSnapshot(*m_snapshot);
    fleet.setSnapshot(m_snapshot);
    freshness.setSnapshot(m_snapshot);
    Q_EMIT updated();
}

void ClusterModels::apply(const store::Batch &batch)
{
    m_snapshot = batch.snapshot;
    for (RecordTableModel *table : tables())
        table->apply(batch);
    nodesWithLoad.apply(batch);
    fleet.apply(batch);
    freshness.setSnapshot(batch.snapshot);
    Q_EMIT updated();
}

void ClusterModels::setNamespace(const QString &ns)
{
    for (RecordTableModel *table : {&pods, &workloads, &network, &events}) {
        RowFilter filter = table->filter();
        filter.ns = ns.toStdString();
        table->setFilter(std::move(filter));
    }
}

QStringList ClusterModels::namespaces() const
{
    std::vector<std::string_view> names;
    m_snapshot->table<store::Kind::Namespace>().forEach([&](const auto &ns) { names.push_back(ns.name()); });
    std::ranges::sort(names, [](std::string_view a, std::string_view b) { return naturalCompare(a, b) < 0; });
    QStringList result;
    for (const std::string_view name : names)
        result.append(store::toQString(name));
    return result;
}

} // namespace kdra::models
