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

// What one pod adds to its node.
NodeLoad::Load NodeLoad::shareOf(const store::PodRecord &pod)
{
    if (pod.node == StringId::Empty || pod.phase == store::PodRecord::Phase::Succeeded
        || pod.phase == store::PodRecord::Phase::Failed)
        return {};
    return {.pods = 1,
        .failing = pod.meta.severity == store::Severity::Failing ? 1U : 0U,
        .cpuMilli = pod.cpuMilliRequested,
        .memory = static_cast<qint64>(pod.memoryRequested)};
}

void NodeLoad::add(const store::Snapshot &snapshot, const store::PodRecord &pod, int sign)
{
    const Load share = shareOf(pod);
    if (share == Load())
        return;
    const auto known = m_loads.find(pod.node);
    if (known == m_loads.end())
        m_ids.insert_or_assign(snapshot.view(pod.node), pod.node);
    Load &load = known == m_loads.end() ? m_loads[pod.node] : *known;
    load.pods += static_cast<quint32>(sign) * share.pods;
    load.failing += static_cast<quint32>(sign) * share.failing;
    load.cpuMilli += sign * share.cpuMilli;
    load.memory += sign * share.memory;
}

QSet<StringId> NodeLoad::apply(const store::Batch &batch)
{
    QSet<StringId> touched;
    m_strings = batch.snapshot->strings;
    const store::KindDelta &delta = batch.delta(store::Kind::Pod);
    const auto count = [&](const store::Snapshot &snapshot, store::Ref<store::PodRecord> pod, int sign) {
        if (pod && pod->node != StringId::Empty) {
            add(snapshot, *pod, sign);
            touched.insert(pod->node);
        }
    };
    const auto &before = batch.previous->table<store::Kind::Pod>();
    const auto &after = batch.snapshot->table<store::Kind::Pod>();
    for (const store::Slot slot : delta.removed)
        count(*batch.previous, before.at(slot), -1);
    for (const store::Slot slot : delta.changed) {
        const store::Ref<store::PodRecord> old = before.at(slot);
        const store::Ref<store::PodRecord> now = after.at(slot);
        // Most changes of a pod change nothing of what it asks for.
        if (old && now && old->node == now->node && shareOf(*old) == shareOf(*now))
            continue;
        count(*batch.previous, old, -1);
        count(*batch.snapshot, now, 1);
    }
    for (const store::Slot slot : delta.added)
        count(*batch.snapshot, after.at(slot), 1);
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
    if (const int rows = rowCount(); rows > 0)
        tellChanged(0, rows - 1);
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
    // Neighbours in one signal: every signal makes the proxies and views above look again.
    const auto isTouched = [&](int row) {
        return names.contains(recordAt(source->snapshot(), source->rowKey(row)).name);
    };
    for (int row = 0; row < source->rowCount(); ++row) {
        if (!isTouched(row))
            continue;
        const int first = row;
        while (row + 1 < source->rowCount() && isTouched(row + 1))
            ++row;
        tellChanged(first, row);
    }
}

void NodeLoadColumns::tellChanged(int firstRow, int lastRow)
{
    const int firstColumn = proxyColumnForExtraColumn(Pods);
    Q_EMIT dataChanged(
        index(firstRow, firstColumn), index(lastRow, firstColumn + Memory), {Qt::DisplayRole, SortRole, FractionRole});
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
