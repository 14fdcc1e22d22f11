// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/nodeload.h"

#include "models/cells.h"
#include "models/roles.h"

#include <unordered_set>

namespace kdra::models {

void NodeLoad::reset(const store::Snapshot &snapshot)
{
    m_loads.clear();
    m_ids.clear();
    m_strings = snapshot.strings;
    snapshot.table<store::Kind::Pod>().forEach([&](const auto &pod) { add(snapshot, *pod, 1); });
}

void NodeLoad::add(const store::Snapshot &snapshot, const store::PodRecord &pod, int sign)
{
    if (pod.node == StringId::Empty || pod.phase == store::PodRecord::Phase::Succeeded
        || pod.phase == store::PodRecord::Phase::Failed)
        return;
    const auto known = m_loads.find(pod.node);
    if (known == m_loads.end())
        m_ids.insert_or_assign(snapshot.view(pod.node), pod.node);
    Load &load = known == m_loads.end() ? m_loads[pod.node] : *known;
    load.pods += static_cast<quint32>(sign);
    load.failing += pod.meta.severity == store::Severity::Failing ? static_cast<quint32>(sign) : 0U;
    load.cpuMilli += sign * qint64(pod.cpuMilliRequested);
    load.memory += sign * static_cast<qint64>(pod.memoryRequested);
}

QSet<StringId> NodeLoad::apply(const store::Batch &batch)
{
    QSet<StringId> touched;
    m_strings = batch.snapshot->strings;
    const store::KindDelta &delta = batch.delta(store::Kind::Pod);
    const auto count = [&](const store::Snapshot &snapshot, store::Slot slot, int sign) {
        const auto pod = snapshot.table<store::Kind::Pod>().at(slot);
        if (!pod)
            return;
        add(snapshot, *pod, sign);
        if (pod->node != StringId::Empty)
            touched.insert(pod->node);
    };
    for (const store::Slot slot : delta.removed)
        count(*batch.previous, slot, -1);
    for (const store::Slot slot : delta.changed) {
        count(*batch.previous, slot, -1);
        count(*batch.snapshot, slot, 1);
    }
    for (const store::Slot slot : delta.added)
        count(*batch.snapshot, slot, 1);
    return touched;
}

NodeLoad::Load NodeLoad::load(std::string_view node) const
{
    const auto id = m_ids.find(node);
    return id == m_ids.end() ? Load() : m_loads.value(id->second);
}

NodeLoadColumns::NodeLoadColumns(QObject *parent)
    : KExtraColumnsProxyModel(parent)
{
    appendColumn(tr("Pods"));
    appendColumn(tr("CPU requested (%)"));
    appendColumn(tr("Memory requested (%)"));
}

void NodeLoadColumns::setSnapshot(const store::Snapshot &snapshot)
{
    m_load.reset(snapshot);
    for (int column = 0; rowCount() > 0 && column <= Memory; ++column)
        extraColumnDataChanged({}, 0, column, {Qt::DisplayRole});
}

void NodeLoadColumns::apply(const store::Batch &batch)
{
    const QSet<StringId> touched = m_load.apply(batch);
    const auto *source = qobject_cast<RecordTableModel *>(sourceModel());
    if (touched.isEmpty() || !source)
        return;
    std::unordered_set<std::string_view> names;
    for (const StringId node : touched)
        names.insert(batch.snapshot->view(node));
    for (int row = 0; row < source->rowCount(); ++row) {
        if (!names.contains(recordAt(source->snapshot(), source->rowKey(row)).name))
            continue;
        for (int column = 0; column <= Memory; ++column)
            extraColumnDataChanged({}, row, column, {Qt::DisplayRole, SortRole, FractionRole});
    }
}

QVariant NodeLoadColumns::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole && section >= columnCount() - 3)
        return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
    return KExtraColumnsProxyModel::headerData(section, orientation, role);
}

QVariant NodeLoadColumns::extraColumnData(const QModelIndex &, int row, int extraColumn, int role) const
{
    const auto *source = qobject_cast<RecordTableModel *>(sourceModel());
    if (!source)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
    if (role == ItemRole)
        return source->index(row, 0).data(ItemRole);
    if (role != Qt::DisplayRole && role != SortRole && role != FractionRole && role != Qt::ToolTipRole)
        return {};
    const store::Snapshot &snapshot = source->snapshot();
    const auto node = recordOf<store::Kind::Node>(snapshot, source->rowKey(row));
    if (!node)
        return {};
    const NodeLoad::Load load = m_load.load(node.name());
    const qint64 used = extraColumn == Pods ? load.pods : extraColumn == Cpu ? load.cpuMilli : load.memory;
    const qint64 all = extraColumn == Pods ? node->podsAllocatable
        : extraColumn == Cpu               ? node->cpuMilliAllocatable
                                           : static_cast<qint64>(node->memoryAllocatable);
    const double fraction = all > 0 ? static_cast<double>(used) / static_cast<double>(all) : 0;
    if (role == FractionRole)
        return extraColumn == Pods ? QVariant() : QVariant(qMin(fraction, 1.0));
    if (role == Qt::ToolTipRole)
        return extraColumn == Pods ? tr("%1 of %2 pods").arg(number(used), number(all)) : QString();
    if (extraColumn == Pods)
        return role == SortRole ? QVariant(used) : QVariant(number(used));
    const qint64 percent = qRound64(fraction * 100);
    return role == SortRole ? QVariant(percent) : QVariant(number(percent));
}

} // namespace kdra::models
