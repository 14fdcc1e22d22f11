// SPDX-License-Identifier: GPL-3.0-or-later
// What the scene's cells are coloured by: one step a cell, kept with every change.
#include "ui/topology/scene.h"

#include <algorithm>
#include <span>

namespace kdra::ui {

double NodeTile::load(Overlay overlay) const
{
    const auto share = [](quint64 part, quint64 whole) {
        return whole ? static_cast<double>(part) / static_cast<double>(whole) : -1.0;
    };
    switch (overlay) {
    case Overlay::Cpu:
        return share(cpuMilliRequested, cpuMilliAllocatable);
    case Overlay::Memory:
        return share(memoryRequested, memoryAllocatable);
    case Overlay::PodCount:
        return share(static_cast<quint64>(cells.count()), podsAllocatable);
    case Overlay::Status:
    case Overlay::Restarts:
    case Overlay::Age:
    case Overlay::Image:
        break;
    }
    return -1;
}

quint8 Scene::stepOf(const Pod &pod) const
{
    const NodeTile &node = tile(pod.tile);
    switch (m_overlay) {
    case Overlay::Status:
        break;
    case Overlay::Cpu:
        if (node.isWorkload()) {
            const auto host = nodeOfPod(pod);
            return requestStep(pod.cpuMilli, host ? host->cpuMilliAllocatable : 0);
        }
        return requestStep(pod.cpuMilli, node.cpuMilliAllocatable);
    case Overlay::Memory:
        if (node.isWorkload()) {
            const auto host = nodeOfPod(pod);
            return requestStep(pod.memory, host ? host->memoryAllocatable : 0);
        }
        return requestStep(pod.memory, node.memoryAllocatable);
    case Overlay::PodCount:
        return node.podsAllocatable ? loadStep(node.load(m_overlay)) : noStep;
    case Overlay::Restarts:
        return restartStep(pod.restarts);
    case Overlay::Age:
        return ageStep(pod.created, m_nowMs / 1000);
    case Overlay::Image: {
        if (pod.image == StringId::Empty)
            return noStep;
        return static_cast<quint8>(std::ranges::find(m_images, pod.image) - m_images.begin());
    }
    }
    return static_cast<quint8>(pod.severity);
}

bool Scene::setStep(PodPlace place, quint8 step)
{
    NodeTile &tile = m_tiles[static_cast<size_t>(place.tile)];
    quint8 &held = tile.steps[static_cast<size_t>(place.cell)];
    if (held == step)
        return false;
    if (held < stepCount) {
        --tile.byStep[held];
        --m_byStep[held];
    }
    if (step < stepCount) {
        ++tile.byStep[step];
        ++m_byStep[step];
    }
    held = step;
    return true;
}

// After something about the node: the steps of all its pods may differ. O(its pods).
bool Scene::restep(int index)
{
    const std::vector<store::Slot> &slots = tile(index).cells.pods();
    bool changed = false;
    for (size_t cell = 0; cell < slots.size(); ++cell) {
        if (slots[cell] != store::noSlot)
            changed |= setStep({index, static_cast<int>(cell)}, stepOf(m_pods[slots[cell]]));
    }
    return changed;
}

// A pod more or less can take the whole node into another part of the scale.
void Scene::restepByCount(int index)
{
    if (m_overlay != Overlay::PodCount || !tile(index).podsAllocatable)
        return;
    const quint8 step = loadStep(tile(index).load(m_overlay));
    const auto count = static_cast<quint32>(tile(index).cells.count());
    if (tile(index).byStep[step] != count)
        restep(index);
}

void Scene::setOverlay(Overlay overlay, qint64 nowMs)
{
    m_overlay = overlay;
    m_nowMs = nowMs;
    m_filter = allSteps;
    m_images = {};
    if (overlay == Overlay::Image)
        rankImages();
    restepAll();
}

void Scene::restepAll()
{
    for (size_t i = 0; i < m_tiles.size(); ++i)
        restep(static_cast<int>(i));
}

// The node that a pod runs on, where tiles are not nodes. Null: not known, or not scheduled.
store::Ref<store::NodeRecord> Scene::nodeOfPod(const Pod &pod) const
{
    if (m_nodeSlots.empty())
        nodes().forEach([this](const auto &node) { m_nodeSlots.emplace(node.name(), node.slot()); });
    const auto it = m_nodeSlots.find(std::string(m_snapshot->view(pod.node)));
    return it == m_nodeSlots.end() ? store::Ref<store::NodeRecord>() : nodes().at(it->second);
}

// Where tiles are workloads, nodes matter only for what their pods take of them. They change all the time (conditions,
// images); what they have to give hardly ever does.
void Scene::applyNodes(const store::Batch &batch)
{
    const store::KindDelta &delta = batch.delta(store::Kind::Node);
    bool differs = !delta.added.empty() || !delta.removed.empty();
    if (differs)
        m_nodeSlots.clear();
    if (m_overlay != Overlay::Cpu && m_overlay != Overlay::Memory)
        return;
    for (const store::Slot slot : delta.changed) {
        const auto before = batch.previous->table<store::Kind::Node>().at(slot);
        const auto now = nodes().at(slot);
        differs = differs || !before || !now || before->cpuMilliAllocatable != now->cpuMilliAllocatable
            || before->memoryAllocatable != now->memoryAllocatable;
    }
    if (!differs)
        return;
    for (size_t i = 0; i < m_tiles.size(); ++i) {
        if (restep(static_cast<int>(i)))
            touch(static_cast<int>(i));
    }
}

// Which images most pods run. One that stays among them keeps its step and so its colour. Whether it is another set.
bool Scene::rankImages()
{
    QHash<StringId, quint32> counts;
    for (const Pod &pod : m_pods) {
        if (pod.tile >= 0 && pod.image != StringId::Empty)
            ++counts[pod.image];
    }
    std::vector<std::pair<quint32, StringId>> ranking;
    ranking.reserve(static_cast<size_t>(counts.size()));
    for (auto it = counts.cbegin(); it != counts.cend(); ++it)
        ranking.emplace_back(*it, it.key());
    const size_t wanted = std::min(ranking.size(), m_images.size());
    std::ranges::partial_sort(
        ranking, ranking.begin() + static_cast<std::ptrdiff_t>(wanted), [this](const auto &a, const auto &b) {
            return a.first != b.first ? a.first > b.first : m_snapshot->view(a.second) < m_snapshot->view(b.second);
        });
    const auto best = std::span(ranking).first(wanted);
    const std::array before = m_images;
    for (StringId &image : m_images) {
        if (std::ranges::find(best, image, &std::pair<quint32, StringId>::second) == best.end())
            image = StringId::Empty;
    }
    for (const auto &[count, image] : best) {
        if (std::ranges::find(m_images, image) == m_images.end())
            *std::ranges::find(m_images, StringId::Empty) = image;
    }
    return m_images != before;
}

QStringList Scene::stepNames() const
{
    QStringList names = ui::stepNames(m_overlay);
    for (size_t step = 0; m_overlay == Overlay::Image && step < m_images.size(); ++step)
        names[static_cast<qsizetype>(step)] = shortImageName(m_snapshot->string(m_images[step]));
    return names;
}

SceneChange Scene::updateAges(qint64 nowMs)
{
    m_nowMs = nowMs;
    SceneChange change;
    if (m_overlay != Overlay::Age && !(m_overlay == Overlay::Image && rankImages()))
        return change;
    for (size_t i = 0; i < m_tiles.size(); ++i) {
        if (restep(static_cast<int>(i)))
            change.tiles.push_back(static_cast<int>(i));
    }
    return change;
}

} // namespace kdra::ui
