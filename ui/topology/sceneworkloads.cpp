// SPDX-License-Identifier: GPL-3.0-or-later
// Tiles of workloads: which pods they hold as controllers come and go.
#include "ui/topology/labels.h"
#include "ui/topology/scene.h"

#include "store/labels.h"
#include <QCoreApplication>
#include <QSet>

#include <algorithm>

namespace kdra::ui {

using store::Kind;
using store::Slot;

namespace {

// A controller that is not listed is called what its pods are called, without what it appended.
QString nameFromPod(std::string_view pod)
{
    const size_t dash = pod.rfind('-');
    return store::toQString(dash == std::string_view::npos ? pod : pod.substr(0, dash));
}

} // namespace

int Scene::labelValueOf(StringId labels)
{
    const auto known = m_valueByLabels.constFind(labels);
    if (known != m_valueByLabels.cend())
        return *known;
    int index = -1;
    if (const auto value = store::labelValue(m_snapshot->view(labels), m_label.toStdString())) {
        const QString text = store::toQString(*value);
        index = static_cast<int>(m_labelValues.indexOf(text));
        if (index < 0) {
            index = static_cast<int>(m_labelValues.size());
            m_labelValues += text;
        }
    }
    m_valueByLabels.insert(labels, index);
    return index;
}

int Scene::tileOfWorkload(store::Ref<store::PodRecord> ref)
{
    const store::PodRecord &pod = *ref;
    const Controllers::Controller controller = m_controllers.of(*m_snapshot, pod);
    WorkloadKey key{controller.uid, controller.uid.isNull() ? pod.meta.ns : StringId::Empty, -1};
    if (m_grouping == Grouping::PodLabel)
        key.labelValue = labelValueOf(pod.meta.labels);
    const auto it = m_tileByWorkload.constFind(key);
    if (it != m_tileByWorkload.cend())
        return *it;
    const int index = newTile();
    m_tileByWorkload.insert(key, index);
    NodeTile &tile = m_tiles[static_cast<size_t>(index)];
    tile.kind = TileKind::Workload;
    tile.uid = key.uid;
    tile.nsId = key.ns;
    tile.labelValue = key.labelValue;
    tile.ready = store::NodeRecord::Ready::True;
    tile.ns = m_snapshot->string(pod.meta.ns);
    if (controller.uid.isNull()) {
        tile.objectKind = Kind::Pod;
        tile.name = QCoreApplication::translate("kdra::ui::Scene", "Bare pods");
    } else if (!controller.isListed) {
        tile.ownerKind = m_snapshot->string(pod.meta.ownerKind);
        tile.name = nameFromPod(ref.name());
    }
    describeWorkload(tile, controller);
    return index;
}

void Scene::describeWorkload(NodeTile &tile, const Controllers::Controller &controller)
{
    tile.slot = controller.isListed ? controller.record.slot() : store::noSlot;
    if (controller.isListed) {
        const auto record = workloadAt(*m_snapshot, controller.record);
        tile.objectKind = controller.record.kind();
        tile.ownerKind = QString::fromLatin1(store::kindInfo(tile.objectKind).name);
        tile.name = store::toQString(record.name());
        tile.ns = m_snapshot->string(record->meta.ns);
        tile.severity = record->meta.severity;
        tile.paused = record->paused;
        tile.desired = record->desired;
        tile.readyPods = record->ready;
    }
    switch (m_grouping) {
    case Grouping::Namespace:
        tile.group = tile.ns;
        break;
    case Grouping::Workload:
        tile.group = tile.isBarePods() ? QString() : tile.ownerKind;
        break;
    case Grouping::PodLabel:
        tile.group = tile.labelValue < 0 ? QString() : m_labelValues[tile.labelValue];
        break;
    default:
        break;
    }
    putAlerts(tile);
}

// Controllers come, change and go on watches of their own, before or after their pods.
void Scene::applyWorkloads(const store::Batch &batch)
{
    QSet<store::Uid> affected; // whose pods may have another controller on top now
    QSet<store::Uid> changed;
    const auto uidBefore = [&](Kind kind, Slot slot) {
        const auto record = workloadAt(*batch.previous, {kind, slot});
        return record ? record->meta.uid : store::Uid();
    };
    for (const Kind kind : Controllers::kinds) {
        const store::KindDelta &delta = batch.delta(kind);
        for (const Slot slot : delta.removed) {
            const store::Uid uid = uidBefore(kind, slot);
            affected.insert(m_controllers.top(*batch.previous, uid).uid);
            m_controllers.remove(uid);
        }
        for (const Slot slot : delta.changed) {
            const auto now = workloadAt(*m_snapshot, {kind, slot});
            const auto before = workloadAt(*batch.previous, {kind, slot});
            if (before && now && before->meta.owner != now->meta.owner) {
                affected.insert(m_controllers.top(*batch.previous, now->meta.uid).uid);
                affected.insert(now->meta.uid);
            }
            if (now)
                changed.insert(now->meta.uid);
        }
    }
    for (const Kind kind : Controllers::kinds) {
        for (const Slot slot : batch.delta(kind).added) {
            m_controllers.put(*m_snapshot, {kind, slot});
            if (const auto now = workloadAt(*m_snapshot, {kind, slot}))
                affected.insert(now->meta.uid);
        }
    }
    if (affected.isEmpty() && changed.isEmpty())
        return;
    const size_t count = m_tiles.size();
    for (size_t i = 0; i < count; ++i) {
        NodeTile &tile = m_tiles[i];
        if (!tile.shown || !tile.isWorkload() || tile.isBarePods())
            continue;
        bool moved = affected.contains(tile.uid);
        if (!moved && !affected.isEmpty() && tile.isKnown()) {
            const auto record = workloadAt(*m_snapshot, {tile.objectKind, tile.slot});
            moved = record && affected.contains(record->meta.owner);
        }
        if (moved) {
            resettle(static_cast<int>(i));
        } else if (changed.contains(tile.uid)) {
            describeWorkload(tile, m_controllers.top(*m_snapshot, tile.uid));
            touch(static_cast<int>(i));
        }
    }
}

// What no record says of a workload, its pods say.
void Scene::judgeByPods(NodeTile &tile) const
{
    if (!tile.isWorkload() || tile.slot != store::noSlot)
        return;
    using store::Severity;
    tile.severity = Severity::Healthy;
    for (const Severity severity : {Severity::Failing, Severity::Warning, Severity::Progressing, Severity::Unknown}) {
        if (tile.bySeverity[static_cast<size_t>(severity)]) {
            tile.severity = severity;
            return;
        }
    }
}

// Asks for each pod of a tile again where it belongs.
void Scene::resettle(int index)
{
    const std::vector<Slot> seated = m_tiles[static_cast<size_t>(index)].cells.pods();
    for (const Slot slot : seated) {
        if (slot == store::noSlot)
            continue;
        if (const auto pod = pods().at(slot); pod && tileOfPod(pod) != index)
            putPod(pod, false);
    }
    NodeTile &tile = m_tiles[static_cast<size_t>(index)];
    if (!tile.shown || !tile.isWorkload())
        return;
    describeWorkload(tile, m_controllers.top(*m_snapshot, tile.uid));
    m_layoutDirty = true;
    touch(index);
}

} // namespace kdra::ui
