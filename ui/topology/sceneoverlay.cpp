// SPDX-License-Identifier: GPL-3.0-or-later
// What the scene's cells are coloured by: one step a cell, kept with every change.
#include "ui/topology/scene.h"

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
        return requestStep(pod.cpuMilli, node.cpuMilliAllocatable);
    case Overlay::Memory:
        return requestStep(pod.memory, node.memoryAllocatable);
    case Overlay::PodCount:
        return node.podsAllocatable ? loadStep(node.load(m_overlay)) : noStep;
    case Overlay::Restarts:
        return restartStep(pod.restarts);
    case Overlay::Age:
        return ageStep(pod.created, m_nowMs / 1000);
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
    for (size_t i = 0; i < m_tiles.size(); ++i)
        restep(static_cast<int>(i));
}

SceneChange Scene::updateAges(qint64 nowMs)
{
    m_nowMs = nowMs;
    SceneChange change;
    if (m_overlay != Overlay::Age)
        return change;
    for (size_t i = 0; i < m_tiles.size(); ++i) {
        if (restep(static_cast<int>(i)))
            change.tiles.push_back(static_cast<int>(i));
    }
    return change;
}

} // namespace kdra::ui
