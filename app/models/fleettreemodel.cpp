// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/fleettreemodel.h"

#include "base/naturalcompare.h"
#include "models/format.h"
#include "models/roles.h"

#include <algorithm>

namespace kdra::models {

namespace {
store::Ref<store::NodeRecord> nodeAt(const store::Snapshot &snapshot, store::Slot slot)
{
    return snapshot.table<store::Kind::Node>().at(slot);
}
} // namespace

QString FleetTreeModel::keyOf(const store::NodeRecord &node, const store::Snapshot &snapshot) const
{
    if (m_grouping == Grouping::Site)
        return snapshot.string(node.zone);
    // Sorts the control plane to the top.
    return node.controlPlane ? QStringLiteral("0") : QStringLiteral("1");
}

QString FleetTreeModel::title(const Group &group) const
{
    if (m_grouping == Grouping::Role)
        return group.key == QLatin1Char('0') ? tr("Control plane") : tr("Workers");
    return group.key.isEmpty() ? tr("Without a site") : group.key;
}

bool FleetTreeModel::goesBefore(store::Slot a, store::Slot b) const
{
    const int order = naturalCompare(nodeAt(*m_snapshot, a).name(), nodeAt(*m_snapshot, b).name());
    return order != 0 ? order < 0 : a < b;
}

int FleetTreeModel::groupRow(quint32 id) const
{
    const auto it = std::ranges::find(m_groups, id, &Group::id);
    return it == m_groups.end() ? -1 : static_cast<int>(it - m_groups.begin());
}

int FleetTreeModel::findGroup(const QString &key) const
{
    const auto it = std::ranges::find(m_groups, key, &Group::key);
    return it == m_groups.end() ? -1 : static_cast<int>(it - m_groups.begin());
}

void FleetTreeModel::setSnapshot(store::SnapshotPtr snapshot)
{
    beginResetModel();
    m_snapshot = snapshot ? std::move(snapshot) : std::make_shared<store::Snapshot>();
    rebuild();
    endResetModel();
}

void FleetTreeModel::setGrouping(Grouping grouping)
{
    if (grouping == m_grouping)
        return;
    beginResetModel();
    m_grouping = grouping;
    rebuild();
    endResetModel();
}

void FleetTreeModel::rebuild()
{
    m_groups.clear();
    m_groupOfNode.clear();
    std::map<QString, std::vector<store::Slot>> groups;
    m_snapshot->table<store::Kind::Node>().forEach(
        [&](const auto &node) { groups[keyOf(*node, *m_snapshot)].push_back(node.slot()); });
    // Nobody listens between begin and end of a reset, so the inserting signals would only confuse.
    for (auto &[key, nodes] : groups) {
        std::ranges::sort(nodes, [this](store::Slot a, store::Slot b) { return goesBefore(a, b); });
        for (const store::Slot slot : nodes)
            m_groupOfNode.insert(slot, m_nextId);
        m_groups.push_back({key, m_nextId++, std::move(nodes)});
    }
    std::ranges::sort(m_groups,
        [](const Group &a, const Group &b) { return naturalCompare(a.key.toStdString(), b.key.toStdString()) < 0; });
    for (Group &group : m_groups) {
        for (const store::Slot slot : group.nodes)
            group.severity = std::max(group.severity, nodeAt(*m_snapshot, slot)->meta.severity);
    }
}

void FleetTreeModel::apply(const store::Batch &batch)
{
    const store::KindDelta &delta = batch.delta(store::Kind::Node);
    std::map<QString, std::vector<store::Slot>> arriving;
    std::vector<store::Slot> changed;
    for (const store::Slot slot : delta.removed)
        removeNode(slot);
    const auto judge = [&](store::Slot slot) {
        const auto node = nodeAt(*batch.snapshot, slot);
        if (!node)
            return;
        const QString key = keyOf(*node, *batch.snapshot);
        if (const auto id = m_groupOfNode.constFind(slot); id != m_groupOfNode.cend()) {
            if (m_groups[static_cast<size_t>(groupRow(*id))].key == key) {
                changed.push_back(slot);
                return;
            }
            removeNode(slot);
        }
        arriving[key].push_back(slot);
    };
    std::ranges::for_each(delta.added, judge);
    std::ranges::for_each(delta.changed, judge);

    m_snapshot = batch.snapshot;
    for (auto &[key, nodes] : arriving)
        insertNodes(key, std::move(nodes));

    std::map<int, std::pair<int, int>> rows; // first and last changed row by group
    for (const store::Slot slot : changed) {
        const int group = groupRow(m_groupOfNode.value(slot));
        const auto &nodes = m_groups[static_cast<size_t>(group)].nodes;
        const auto place =
            std::ranges::lower_bound(nodes, slot, [this](store::Slot a, store::Slot b) { return goesBefore(a, b); });
        const int row = static_cast<int>(place - nodes.begin());
        const auto [it, isNew] = rows.try_emplace(group, row, row);
        it->second = {std::min(it->second.first, row), std::max(it->second.second, row)};
    }
    for (const auto &[group, range] : rows) {
        const QModelIndex parent = index(group, 0);
        Q_EMIT dataChanged(index(range.first, 0, parent), index(range.second, 0, parent),
            {Qt::DisplayRole, Qt::ToolTipRole, Qt::AccessibleDescriptionRole, SeverityRole});
    }
    if (!delta.isEmpty()) {
        for (int group = 0; group < rowCount(); ++group)
            updateSeverity(group);
    }
}

void FleetTreeModel::removeNode(store::Slot slot)
{
    const auto id = m_groupOfNode.constFind(slot);
    if (id == m_groupOfNode.cend())
        return;
    const int row = groupRow(*id);
    Group &group = m_groups[static_cast<size_t>(row)];
    const auto node = std::ranges::find(group.nodes, slot);
    const int nodeRow = static_cast<int>(node - group.nodes.begin());
    if (group.nodes.size() == 1) {
        beginRemoveRows({}, row, row);
        m_groups.erase(m_groups.begin() + row);
        m_groupOfNode.remove(slot);
        endRemoveRows();
        return;
    }
    beginRemoveRows(index(row, 0), nodeRow, nodeRow);
    group.nodes.erase(node);
    m_groupOfNode.remove(slot);
    endRemoveRows();
}

void FleetTreeModel::insertNodes(QString key, std::vector<store::Slot> nodes)
{
    const auto before = [this](store::Slot a, store::Slot b) { return goesBefore(a, b); };
    std::ranges::sort(nodes, before);
    const int row = findGroup(key);
    if (row < 0) {
        const std::string text = key.toStdString();
        const auto place = std::ranges::find_if(
            m_groups, [&](const Group &group) { return naturalCompare(group.key.toStdString(), text) > 0; });
        const int at = static_cast<int>(place - m_groups.begin());
        beginInsertRows({}, at, at);
        for (const store::Slot slot : nodes)
            m_groupOfNode.insert(slot, m_nextId);
        m_groups.insert(place, Group{std::move(key), m_nextId++, std::move(nodes)});
        endInsertRows();
        return;
    }
    Group &group = m_groups[static_cast<size_t>(row)];
    // From the back; what goes to the same place goes as one block.
    for (auto end = nodes.end(); end != nodes.begin();) {
        const auto place = std::ranges::lower_bound(group.nodes, *(end - 1), before);
        auto begin = end - 1;
        while (begin != nodes.begin() && (place == group.nodes.begin() || !before(*(begin - 1), *(place - 1))))
            --begin;
        const int at = static_cast<int>(place - group.nodes.begin());
        beginInsertRows(index(row, 0), at, at + static_cast<int>(end - begin) - 1);
        for (auto slot = begin; slot != end; ++slot)
            m_groupOfNode.insert(*slot, group.id);
        group.nodes.insert(place, begin, end);
        endInsertRows();
        end = begin;
    }
}

void FleetTreeModel::updateSeverity(int row)
{
    Group &group = m_groups[static_cast<size_t>(row)];
    store::Severity worst = store::Severity::Healthy;
    for (const store::Slot slot : group.nodes)
        worst = std::max(worst, nodeAt(*m_snapshot, slot)->meta.severity);
    group.severity = worst;
    // Its tool tip counts the nodes, which may differ even when the severity does not.
    Q_EMIT dataChanged(index(row, 0), index(row, 0), {SeverityRole, Qt::ToolTipRole, Qt::AccessibleDescriptionRole});
}

QModelIndex FleetTreeModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return parent.isValid() ? createIndex(row, column, m_groups[static_cast<size_t>(parent.row())].id)
                            : createIndex(row, column, quintptr(0));
}

QModelIndex FleetTreeModel::parent(const QModelIndex &child) const
{
    if (!child.isValid() || child.internalId() == 0)
        return {};
    const int row = groupRow(static_cast<quint32>(child.internalId()));
    return row < 0 ? QModelIndex() : createIndex(row, 0, quintptr(0));
}

int FleetTreeModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return static_cast<int>(m_groups.size());
    if (parent.internalId() != 0 || parent.column() != 0)
        return 0;
    return static_cast<int>(m_groups[static_cast<size_t>(parent.row())].nodes.size());
}

int FleetTreeModel::columnCount(const QModelIndex &) const
{
    return 1;
}

QVariant FleetTreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    return section == 0 && orientation == Qt::Horizontal && role == Qt::DisplayRole ? QVariant(tr("Name")) : QVariant();
}

QVariant FleetTreeModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (index.internalId() == 0) {
        const Group &group = m_groups[static_cast<size_t>(index.row())];
        switch (role) {
        case Qt::DisplayRole:
            return title(group);
        case Qt::ToolTipRole:
            return tr("%n nodes", nullptr, static_cast<int>(group.nodes.size()));
        case Qt::AccessibleDescriptionRole:
            return severityName(group.severity);
        case SeverityRole:
            return static_cast<int>(group.severity);
        default:
            return {};
        }
    }
    const Group &group = m_groups[static_cast<size_t>(groupRow(static_cast<quint32>(index.internalId())))];
    const auto node = nodeAt(*m_snapshot, group.nodes[static_cast<size_t>(index.row())]);
    if (!node)
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return store::toQString(node.name());
    case Qt::ToolTipRole:
        return store::toQString(node.text(node->readyMessage));
    case Qt::AccessibleDescriptionRole:
        return severityName(node->meta.severity);
    case SeverityRole:
        return static_cast<int>(node->meta.severity);
    case ItemRole:
        return QVariant::fromValue(Item{store::Kind::Node, node->meta.uid});
    default:
        return {};
    }
}

store::Slot FleetTreeModel::slotOf(const QModelIndex &index) const
{
    if (!index.isValid() || !checkIndex(index) || index.internalId() == 0)
        return store::noSlot;
    const Group &group = m_groups[static_cast<size_t>(groupRow(static_cast<quint32>(index.internalId())))];
    return group.nodes[static_cast<size_t>(index.row())];
}

QString FleetTreeModel::siteOf(const QModelIndex &index) const
{
    const bool isSite = m_grouping == Grouping::Site && index.isValid() && checkIndex(index) && index.internalId() == 0;
    return isSite ? m_groups[static_cast<size_t>(index.row())].key : QString();
}

QModelIndex FleetTreeModel::indexOf(const Item &item) const
{
    if (item.kind != store::Kind::Node)
        return {};
    const std::optional<RowKey> key = find(*m_snapshot, item);
    const auto id = key ? m_groupOfNode.constFind(key->slot()) : m_groupOfNode.cend();
    if (id == m_groupOfNode.cend())
        return {};
    const int group = groupRow(*id);
    const auto &nodes = m_groups[static_cast<size_t>(group)].nodes;
    return index(static_cast<int>(std::ranges::find(nodes, key->slot()) - nodes.begin()), 0, index(group, 0));
}

} // namespace kdra::models
