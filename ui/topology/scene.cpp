// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topology/scene.h"

#include <algorithm>

namespace kdra::ui {

using store::Kind;
using store::KindPhase;
using store::Slot;

namespace {

constexpr int trayTile = 0;
// More changed pods than this in one frame is a storm: shown, but not animated one by one.
constexpr size_t calmLimit = 60;

bool isBroken(const store::KindState &state)
{
    return state.phase == KindPhase::Stale || state.phase == KindPhase::Failed;
}

bool hasEnded(const store::PodRecord &pod)
{
    return pod.phase == store::PodRecord::Phase::Succeeded || pod.phase == store::PodRecord::Phase::Failed;
}

} // namespace

Scene::Scene()
{
    reset(nullptr);
}

void Scene::reset(const store::SnapshotPtr &snapshot)
{
    m_snapshot = snapshot;
    if (!m_snapshot) {
        auto empty = std::make_shared<store::Snapshot>();
        empty->strings = std::make_shared<StringPool>();
        m_snapshot = std::move(empty);
    }
    m_tiles.assign(1, {});
    m_tiles.front().kind = TileKind::Tray;
    m_tiles.front().shown = true;
    m_freeTiles.clear();
    m_tileByName.clear();
    m_tileByNodeId.clear();
    m_tileByNodeSlot.clear();
    m_tileByWorkload.clear();
    m_valueByLabels.clear();
    m_labelValues.clear();
    if (showsWorkloads())
        m_controllers.reset(*m_snapshot);
    m_pods.clear();
    m_podCount = 0;
    m_byStep = {};
    m_nodeSlots.clear();
    m_serverCells = 0;
    m_piCells = 0;
    m_trayRoom = 0;
    m_nextHeartbeat = 0;
    if (!showsWorkloads()) {
        m_tileByName.reserve(nodes().size());
        nodes().forEach([this](const auto &node) { putNode(node); });
    }
    seatAll();
    if (m_overlay == Overlay::Image && rankImages())
        restepAll();
    m_snapshot->table<Kind::Lease>().forEach([this](const auto &lease) { putLease(lease); });
    for (NodeTile &tile : m_tiles)
        judgeByPods(tile);
    readStates();
    relayout();
    m_change = {};
    m_touched.assign(m_tiles.size(), false);
    m_layoutDirty = false;
}

SceneChange Scene::apply(const store::Batch &batch)
{
    if (!batch.previous || batch.previous->revision != m_snapshot->revision
        || (batch.previous->strings != m_snapshot->strings && (nodes().size() || pods().size()))) {
        reset(batch.snapshot);
        return {.tiles = {}, .groups = {}, .pods = {}, .layout = true, .states = true};
    }
    m_snapshot = batch.snapshot;
    const store::KindDelta &nodeDelta = batch.delta(Kind::Node);
    const store::KindDelta &podDelta = batch.delta(Kind::Pod);
    const store::KindDelta &leaseDelta = batch.delta(Kind::Lease);

    for (const Slot slot : podDelta.removed)
        removePod(slot);
    if (showsWorkloads()) {
        applyWorkloads(batch);
        applyNodes(batch);
    } else {
        for (const Slot slot : nodeDelta.removed)
            removeNode(slot);
        for (const auto *slots : {&nodeDelta.added, &nodeDelta.changed}) {
            for (const Slot slot : *slots)
                putNode(nodes().at(slot));
        }
    }
    for (const Slot slot : podDelta.added)
        putPod(pods().at(slot), true);
    for (const Slot slot : podDelta.changed)
        putPod(pods().at(slot), false);
    for (const auto *slots : {&leaseDelta.added, &leaseDelta.changed}) {
        for (const Slot slot : *slots)
            putLease(m_snapshot->table<Kind::Lease>().at(slot));
    }
    if (batch.statesChanged)
        readStates();
    return takeChange(podDelta.added.size() + podDelta.changed.size() + podDelta.removed.size());
}

SceneChange Scene::takeChange(size_t events)
{
    if (tile(trayTile).cells.used() > m_trayRoom)
        m_layoutDirty = true;
    for (const int index : m_change.tiles)
        judgeByPods(m_tiles[static_cast<size_t>(index)]);
    if (m_layoutDirty)
        relayout();
    if (events > calmLimit)
        m_change.pods.clear();
    std::vector<bool> seen(m_groups.size(), false);
    for (const int index : m_change.tiles) {
        const int group = index < m_layout.tileCount() ? m_layout.tileGroup(index) : -1;
        if (group >= 0 && !seen[static_cast<size_t>(group)]) {
            seen[static_cast<size_t>(group)] = true;
            summarize(group);
            m_change.groups.push_back(group);
        }
        m_touched[static_cast<size_t>(index)] = false;
    }
    return std::exchange(m_change, {});
}

void Scene::touch(int index)
{
    if (m_touched.size() < m_tiles.size())
        m_touched.resize(m_tiles.size(), false);
    if (!m_touched[static_cast<size_t>(index)]) {
        m_touched[static_cast<size_t>(index)] = true;
        m_change.tiles.push_back(index);
    }
}

void Scene::readStates()
{
    const bool podsStale = isBroken(m_snapshot->state(Kind::Pod));
    const bool nodesStale = isBroken(m_snapshot->state(Kind::Node));
    m_change.states = m_change.states || podsStale != m_podsStale || nodesStale != m_nodesStale;
    m_podsStale = podsStale;
    m_nodesStale = nodesStale;
    // While we do not hear the leases, silence is ours, not the nodes'.
    m_leasesLive = m_snapshot->state(Kind::Lease).phase == KindPhase::Live;
    const bool live = m_snapshot->state(Kind::Pod).phase == KindPhase::Live;
    if (live && !m_podsLive) {
        // The first list came in pieces; from here on cells stay where they are.
        seatAll();
        if (m_overlay == Overlay::Image && rankImages())
            restepAll();
        m_change.pods.clear();
        m_serverCells = 0;
        m_piCells = 0;
        m_layoutDirty = true;
    }
    m_podsLive = live;
}

int Scene::tileNamed(std::string_view name)
{
    const auto [it, added] = m_tileByName.try_emplace(std::string(name), -1);
    if (!added)
        return it->second;
    it->second = newTile();
    m_tiles[static_cast<size_t>(it->second)].name = store::toQString(name);
    return it->second;
}

int Scene::newTile()
{
    int index = static_cast<int>(m_tiles.size());
    if (m_freeTiles.empty()) {
        m_tiles.emplace_back();
    } else {
        index = m_freeTiles.back();
        m_freeTiles.pop_back();
    }
    NodeTile &tile = m_tiles[static_cast<size_t>(index)];
    tile = {};
    tile.shown = true;
    m_layoutDirty = true;
    return index;
}

int Scene::tileOfPod(store::Ref<store::PodRecord> pod)
{
    return showsWorkloads() ? tileOfWorkload(pod) : tileOfNodeId(pod->node);
}

int Scene::tileOfNodeId(StringId node)
{
    if (node == StringId::Empty)
        return trayTile;
    const auto id = static_cast<size_t>(node);
    if (id >= m_tileByNodeId.size())
        m_tileByNodeId.resize(std::max(id + 1, m_tileByNodeId.size() * 2), -1);
    int &index = m_tileByNodeId[id];
    if (index < 0)
        index = tileNamed(m_snapshot->view(node));
    return index;
}

void Scene::putNode(store::Ref<store::NodeRecord> node)
{
    const int index = tileNamed(node.name());
    NodeTile &tile = m_tiles[static_cast<size_t>(index)];
    const edge::PiIdentity pi = edge::identifyPi(*node, *m_snapshot);
    const TileKind kind = node->controlPlane ? TileKind::ControlPlane : (pi.isPi() ? TileKind::Pi : TileKind::Server);
    const QString zone = m_snapshot->string(node->zone);
    QString group;
    if (m_grouping == Grouping::NodeLabel) {
        const int value = labelValueOf(node->meta.labels);
        group = value < 0 ? QString() : m_labelValues[value];
    }
    if (tile.kind != kind || tile.zone != zone || tile.group != group || !tile.isKnown())
        m_layoutDirty = true;
    tile.group = group;
    tile.slot = node.slot();
    tile.uid = node->meta.uid;
    tile.kind = kind;
    tile.pi = pi;
    tile.zone = zone;
    tile.severity = node->meta.severity;
    tile.ready = node->ready;
    tile.pressures = node->pressures;
    tile.unschedulable = node->unschedulable;
    tile.podsAllocatable = node->podsAllocatable;
    tile.cpuMilliAllocatable = node->cpuMilliAllocatable;
    tile.memoryAllocatable = node->memoryAllocatable;
    putAlerts(tile);
    if (hasLoad(m_overlay))
        restep(index);
    if (m_tileByNodeSlot.size() <= node.slot())
        m_tileByNodeSlot.resize(node.slot() + 1, -1);
    m_tileByNodeSlot[node.slot()] = index;
    touch(index);
}

void Scene::removeNode(Slot slot)
{
    if (slot >= m_tileByNodeSlot.size() || m_tileByNodeSlot[slot] < 0)
        return;
    const int index = std::exchange(m_tileByNodeSlot[slot], -1);
    NodeTile &tile = m_tiles[static_cast<size_t>(index)];
    if (tile.slot != slot)
        return;
    tile.slot = store::noSlot;
    tile.uid = {};
    putAlerts(tile);
    tile.severity = store::Severity::Unknown;
    tile.lateSeconds = 0;
    tile.heardMs = 0;
    tile.podsAllocatable = 0;
    tile.cpuMilliAllocatable = 0;
    tile.memoryAllocatable = 0;
    if (hasLoad(m_overlay))
        restep(index);
    touch(index);
    releaseIfUnused(index);
}

void Scene::releaseIfUnused(int index)
{
    NodeTile &tile = m_tiles[static_cast<size_t>(index)];
    if (index == trayTile || tile.cells.count() || !tile.shown || (tile.isKnown() && !tile.isWorkload()))
        return;
    if (tile.isWorkload()) {
        m_tileByWorkload.remove({tile.uid, tile.nsId, tile.labelValue});
    } else {
        m_tileByName.erase(tile.name.toStdString());
        std::ranges::replace(m_tileByNodeId, index, -1);
    }
    tile.shown = false;
    m_freeTiles.push_back(index);
    m_layoutDirty = true;
}

void Scene::putLease(store::Ref<store::LeaseRecord> lease)
{
    const auto it = m_tileByName.find(std::string(lease.name()));
    if (it == m_tileByName.end())
        return;
    NodeTile &tile = m_tiles[static_cast<size_t>(it->second)];
    tile.heardMs = lease->seenMs;
    tile.leaseSeconds = lease->durationSeconds;
    if (tile.lateSeconds) {
        tile.lateSeconds = 0;
        touch(it->second);
    }
    const qint64 due = tile.heardMs + qint64(tile.leaseSeconds) * 1000;
    m_nextHeartbeat = m_nextHeartbeat ? std::min(m_nextHeartbeat, due) : due;
}

// Whether its badge changes.
bool Scene::putAlerts(NodeTile &tile) const
{
    const models::AlertMark alert = m_alerts.objects.value(tile.uid);
    const bool changes = tile.alerts != alert.count || tile.alertSeverity != alert.worst;
    tile.alerts = alert.count;
    tile.alertSeverity = alert.worst;
    return changes;
}

SceneChange Scene::setAlerts(const models::AlertMarks &alerts)
{
    if (alerts == m_alerts)
        return {};
    m_alerts = alerts;
    for (size_t i = 0; i < m_tiles.size(); ++i) {
        if (putAlerts(m_tiles[i]) && m_tiles[i].shown)
            touch(static_cast<int>(i));
    }
    return takeChange(0);
}

SceneChange Scene::updateHeartbeats(qint64 nowMs)
{
    m_nextHeartbeat = 0;
    for (size_t i = 0; i < m_tiles.size(); ++i) {
        NodeTile &tile = m_tiles[i];
        if (!tile.shown || !tile.heardMs || !tile.isKnown())
            continue;
        const qint64 silence = nowMs - tile.heardMs;
        const qint64 allowed = qint64(tile.leaseSeconds) * 1000;
        const bool isLate = m_leasesLive && silence > allowed;
        // By the second for a minute, then by ten: the badge says no more than that.
        qint64 late = isLate ? silence / 1000 : 0;
        const bool fine = late < 60;
        if (!fine)
            late -= late % 10;
        if (tile.lateSeconds != static_cast<quint32>(late)) {
            tile.lateSeconds = static_cast<quint32>(late);
            touch(static_cast<int>(i));
        }
        const qint64 due = isLate ? nowMs + (fine ? 1000 : 10'000) : std::max(tile.heardMs + allowed, nowMs) + 50;
        m_nextHeartbeat = m_nextHeartbeat ? std::min(m_nextHeartbeat, due) : due;
    }
    return takeChange(0);
}

// All pods into cells, the oldest first. Equal ages by slot, which is the order of the list: namespace and name.
void Scene::seatAll()
{
    for (NodeTile &tile : m_tiles) {
        tile.cells = {};
        tile.severities.clear();
        tile.bySeverity = {};
        tile.steps.clear();
        tile.byStep = {};
        tile.cpuMilliRequested = 0;
        tile.memoryRequested = 0;
    }
    m_pods.assign(pods().slotCount(), {});
    m_podCount = 0;
    m_byStep = {};
    std::vector<quint64> order;
    order.reserve(pods().size());
    pods().forEach([&](const auto &pod) { order.push_back(quint64(pod->meta.created) << 32 | pod.slot()); });
    std::ranges::sort(order);
    for (const quint64 key : order)
        putPod(pods().at(static_cast<Slot>(key)), true);
}

void Scene::putPod(store::Ref<store::PodRecord> pod, bool added)
{
    if (pod.slot() >= m_pods.size())
        m_pods.resize(std::max<size_t>(pod.slot() + 1, pods().slotCount()));
    Pod &entry = m_pods[pod.slot()];
    const int index = tileOfPod(pod);
    NodeTile &tile = m_tiles[static_cast<size_t>(index)];
    const store::Severity before = entry.severity;
    if (entry.tile >= 0 && entry.tile != index)
        removePod(pod.slot());
    const bool seated = entry.tile < 0;
    if (seated) {
        entry.tile = index;
        entry.cell = tile.cells.add(pod.slot());
        if (static_cast<size_t>(entry.cell) >= tile.severities.size()) {
            tile.severities.resize(static_cast<size_t>(entry.cell) + 1, emptyCell);
            tile.steps.resize(static_cast<size_t>(entry.cell) + 1, emptyCell);
        }
        ++m_podCount;
        if (tile.isWorkload() && roomFor(tile.cells.used()) > tile.room)
            m_layoutDirty = true;
    } else {
        tile.cpuMilliRequested -= entry.cpuMilli;
        tile.memoryRequested -= entry.memory;
        --tile.bySeverity[static_cast<size_t>(entry.severity)];
    }
    entry.severity = pod->meta.severity;
    entry.cpuMilli = hasEnded(*pod) ? 0 : pod->cpuMilliRequested;
    entry.memory = hasEnded(*pod) ? 0 : pod->memoryRequested;
    entry.restarts = pod->restarts;
    entry.created = pod->meta.created;
    entry.image = pod->image;
    entry.node = pod->node;
    tile.cpuMilliRequested += entry.cpuMilli;
    tile.memoryRequested += entry.memory;
    ++tile.bySeverity[static_cast<size_t>(entry.severity)];
    tile.severities[static_cast<size_t>(entry.cell)] = static_cast<quint8>(entry.severity);
    setStep({entry.tile, entry.cell}, stepOf(entry));
    if (seated)
        restepByCount(index);
    touch(index);
    if (m_change.pods.size() > calmLimit)
        return;
    const PodPlace place{entry.tile, entry.cell};
    if (seated)
        m_change.pods.push_back({place, SceneChange::Kind::Appeared, entry.severity});
    else if (!added && entry.severity == store::Severity::Failing && before != store::Severity::Failing)
        m_change.pods.push_back({place, SceneChange::Kind::Failed, entry.severity});
}

void Scene::removePod(Slot slot)
{
    if (slot >= m_pods.size() || m_pods[slot].tile < 0)
        return;
    Pod &entry = m_pods[slot];
    NodeTile &tile = m_tiles[static_cast<size_t>(entry.tile)];
    tile.cells.remove(entry.cell);
    tile.severities[static_cast<size_t>(entry.cell)] = emptyCell;
    setStep({entry.tile, entry.cell}, emptyCell);
    restepByCount(entry.tile);
    --tile.bySeverity[static_cast<size_t>(entry.severity)];
    tile.cpuMilliRequested -= entry.cpuMilli;
    tile.memoryRequested -= entry.memory;
    --m_podCount;
    touch(entry.tile);
    if (m_change.pods.size() <= calmLimit)
        m_change.pods.push_back({{entry.tile, entry.cell}, SceneChange::Kind::Gone, entry.severity});
    const int index = entry.tile;
    entry = {};
    releaseIfUnused(index);
}

} // namespace kdra::ui
