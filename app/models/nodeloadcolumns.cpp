// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/nodeloadcolumns.h"

#include "models/cells.h"
#include "models/roles.h"

#include <unordered_set>

namespace kdra::models {

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
    const store::NodeLoad::Load load = m_load.load(node.name());
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
