// SPDX-License-Identifier: GPL-3.0-or-later
// How the scene's tiles become groups, and where things are.
#include "ui/topology/scene.h"

#include <QCoreApplication>
#include <QHash>

#include <algorithm>

namespace kdra::ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(kdra::ui::Scene)
};

// Cells that nearly all tiles get by with; the few others shrink theirs.
int commonCells(std::vector<int> &used, int smallest)
{
    if (used.empty())
        return smallest;
    const auto nth = used.begin() + static_cast<std::ptrdiff_t>((used.size() - 1) * 95 / 100);
    std::ranges::nth_element(used, nth);
    return std::max(*nth, smallest);
}

GroupSpec groupOf(const NodeTile &tile, Grouping grouping)
{
    if (tile.isTray())
        return {Words::tr("Pending"), 3};
    switch (grouping) {
    case Grouping::Namespace:
        return {tile.group, 0};
    case Grouping::Workload:
        return tile.group.isEmpty() ? GroupSpec{Words::tr("No controller"), 1} : GroupSpec{tile.group, 0};
    case Grouping::NodeLabel:
    case Grouping::PodLabel:
        return tile.group.isEmpty() ? GroupSpec{Words::tr("No such label"), 1} : GroupSpec{tile.group, 0};
    case Grouping::Site:
    case Grouping::Role:
        break;
    }
    if (grouping == Grouping::Role) {
        switch (tile.kind) {
        case TileKind::ControlPlane:
            return {Words::tr("Control plane"), 0};
        case TileKind::Pi:
            return {Words::tr("Raspberry Pis"), 2};
        case TileKind::Server:
        case TileKind::Workload:
        case TileKind::Tray:
            return {Words::tr("Workers"), 1};
        }
    }
    if (!tile.isKnown() && tile.zone.isEmpty())
        return {Words::tr("Nodes that are not listed"), 2};
    if (tile.zone.isEmpty())
        return {Words::tr("No site"), 1};
    return {tile.zone, 0};
}

} // namespace

void Scene::setGrouping(Grouping grouping, const QString &label)
{
    if (m_grouping == grouping && m_label == label)
        return;
    const bool hadWorkloads = showsWorkloads();
    m_grouping = grouping;
    m_label = label;
    if (hadWorkloads || showsWorkloads()) {
        reset(m_snapshot);
        return;
    }
    m_valueByLabels.clear();
    m_labelValues.clear();
    if (grouping == Grouping::NodeLabel)
        nodes().forEach([this](const auto &node) { putNode(node); });
    relayout();
    takeChange(0); // the caller knows
}

// The smallest room with so many cells; the largest one when there is none.
int Scene::roomFor(int cells)
{
    int room = 0;
    while (room + 1 < static_cast<int>(metrics::workloadRooms.size())
        && metrics::workloadRooms[static_cast<size_t>(room)].columns
                * metrics::workloadRooms[static_cast<size_t>(room)].rows
            < cells)
        ++room;
    return room;
}

void Scene::setWindow(const QSizeF &window)
{
    m_window = window.expandedTo({1, 1});
    relayout();
    m_change.layout = false; // the caller knows
}

void Scene::relayout()
{
    LayoutInput input;
    input.aspect = std::clamp(m_window.width() / m_window.height(), 0.2, 8.0);
    // In a small window it takes more of the height to be read.
    input.headerShare = std::clamp(22 / m_window.height(), 0.026, 0.13);
    std::vector<int> servers;
    std::vector<int> pis;
    QHash<QString, int> groups;
    m_groups.clear();
    input.tiles.resize(m_tiles.size());
    for (size_t i = 0; i < m_tiles.size(); ++i) {
        NodeTile &tile = m_tiles[i];
        // Every new pod waits for the scheduler for a moment: once there, the tray stays.
        if (!tile.shown || (tile.isTray() && !tile.cells.count() && !m_trayRoom))
            continue;
        if (tile.isWorkload()) {
            // It grows when it must and shrinks when it is far too large.
            const int room = roomFor(tile.cells.used());
            if (room > tile.room || room + 1 < tile.room)
                tile.room = room;
        } else if (!tile.isTray())
            (tile.kind == TileKind::Pi ? pis : servers).push_back(tile.cells.used());
        const GroupSpec spec = groupOf(tile, m_grouping);
        auto it = groups.find(spec.name);
        if (it == groups.end()) {
            it = groups.insert(spec.name, static_cast<int>(input.groups.size()));
            input.groups.push_back(spec);
            TileGroup &group = m_groups.emplace_back();
            group.name = spec.name;
            group.rank = spec.rank;
            group.isTray = tile.isTray();
        }
        input.tiles[i] = {tile.isWorkload() ? tile.name + u'/' + tile.ns : tile.name, *it, tile.kind, tile.room};
    }
    // Tiles do not change size because of a few pods more or less.
    const int serverCells = commonCells(servers, 2 * metrics::serverColumns);
    const int piCells = commonCells(pis, 2 * metrics::piColumns);
    if (serverCells > m_serverCells || serverCells < m_serverCells / 3)
        m_serverCells = serverCells;
    if (piCells > m_piCells || piCells < m_piCells / 3)
        m_piCells = piCells;
    if (m_tiles.front().cells.used() > m_trayRoom)
        m_trayRoom = std::max(60, m_tiles.front().cells.used() * 3 / 2);
    input.serverCells = m_serverCells;
    input.piCells = m_piCells;
    input.trayCells = m_trayRoom;
    m_layout = Layout::build(input);
    for (int i = 0; i < m_layout.groupCount(); ++i)
        summarize(i);
    m_layoutDirty = false;
    m_change.layout = true;
}

void Scene::summarize(int index)
{
    TileGroup &group = m_groups[static_cast<size_t>(index)];
    group.nodes = group.workloads = group.controlPlanes = group.pis = group.silent = group.notReady = 0;
    group.pods = group.failingPods = 0;
    m_layout.forTilesIn(m_layout.groupRect(index), [&](int tileIndex) {
        if (m_layout.tileGroup(tileIndex) != index)
            return;
        const NodeTile &tile = m_tiles[static_cast<size_t>(tileIndex)];
        group.nodes += tile.isTray() || tile.isWorkload() ? 0 : 1;
        group.workloads += tile.isWorkload() && !tile.isBarePods() ? 1 : 0;
        group.controlPlanes += tile.kind == TileKind::ControlPlane ? 1 : 0;
        group.pis += tile.kind == TileKind::Pi ? 1 : 0;
        group.silent += tile.isSilent() ? 1 : 0;
        group.notReady += tile.isKnown() && !tile.isWorkload() && tile.ready == store::NodeRecord::Ready::False ? 1 : 0;
        group.pods += static_cast<quint32>(tile.cells.count());
        group.failingPods += tile.bySeverity[static_cast<size_t>(store::Severity::Failing)];
    });
}

PodPlace Scene::placeOf(store::Slot pod) const
{
    return pod < m_pods.size() ? PodPlace{m_pods[pod].tile, m_pods[pod].cell} : PodPlace{};
}

int Scene::tileOf(const store::Uid &object) const
{
    if (object.isNull())
        return -1;
    const auto it =
        std::ranges::find_if(m_tiles, [&](const NodeTile &tile) { return tile.shown && tile.uid == object; });
    return it == m_tiles.end() ? -1 : static_cast<int>(it - m_tiles.begin());
}

PodPlace Scene::placeOf(const store::Uid &pod) const
{
    for (store::Slot slot = 0; slot < m_pods.size(); ++slot) {
        if (m_pods[slot].tile >= 0 && pods().at(slot)->meta.uid == pod)
            return placeOf(slot);
    }
    return {};
}

store::Ref<store::PodRecord> Scene::podAt(PodPlace place) const
{
    if (place.tile < 0 || place.tile >= static_cast<int>(m_tiles.size()))
        return {};
    const store::Slot slot = tile(place.tile).cells.podAt(place.cell);
    return slot == store::noSlot ? store::Ref<store::PodRecord>() : pods().at(slot);
}

store::Ref<store::NodeRecord> Scene::nodeAt(int index) const
{
    if (index < 0 || index >= static_cast<int>(m_tiles.size()) || tile(index).isWorkload() || !tile(index).isKnown())
        return {};
    return nodes().at(tile(index).slot);
}

} // namespace kdra::ui
