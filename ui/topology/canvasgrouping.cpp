// SPDX-License-Identifier: GPL-3.0-or-later
// Changing what the canvas is grouped by without holding up the GUI thread.
#include "ui/topology/canvas.h"

#include "base/whenfinished.h"

#include <QDateTime>
#include <QtConcurrentRun>

namespace kdra::ui {

void Canvas::setGrouping(Grouping grouping, const QString &label)
{
    if (m_wantedGrouping == grouping && m_wantedLabel == label)
        return;
    m_wantedGrouping = grouping;
    m_wantedLabel = label;
    // A workload has no room for a number of pods.
    if (showsWorkloads(grouping) && m_scene.overlay() == Overlay::PodCount)
        setOverlay(Overlay::Status);
    ++m_regrouping;
    m_isRegrouping = false;
    m_missed.clear();
    if (m_scene.showsWorkloads() || showsWorkloads(grouping)) {
        startRegrouping();
        return;
    }
    m_scene.setGrouping(grouping, label);
    m_followsAll = true;
    worldChanged(false);
    Q_EMIT groupingChanged();
}

void Canvas::startRegrouping()
{
    m_isRegrouping = true;
    m_missed.clear();
    const quint64 number = ++m_regrouping;
    whenFinished(
        QtConcurrent::run([snapshot = m_scene.snapshot(), grouping = m_wantedGrouping, label = m_wantedLabel,
                              window = size(), overlay = m_scene.overlay(), now = QDateTime::currentMSecsSinceEpoch()] {
            auto scene = std::make_shared<Scene>();
            scene->setGrouping(grouping, label);
            scene->setOverlay(overlay, now);
            scene->setWindow(window);
            scene->reset(snapshot);
            return scene;
        }),
        this, [this, number](const std::shared_ptr<Scene> &scene) {
            if (number == m_regrouping)
                finishRegrouping(*scene);
        });
}

void Canvas::finishRegrouping(Scene &scene)
{
    m_isRegrouping = false;
    const int attended = currentTile();
    const store::Uid current = attended >= 0 ? m_scene.tile(attended).uid : store::Uid();
    const Overlay overlay = m_scene.overlay();
    const Steps filter = m_scene.filter();
    std::swap(m_scene, scene);
    m_scene.setAlerts(scene.alerts());
    if (m_scene.overlay() != overlay)
        m_scene.setOverlay(overlay, QDateTime::currentMSecsSinceEpoch());
    m_scene.setFilter(filter);
    for (const store::Batch &batch : std::exchange(m_missed, {}))
        m_scene.apply(batch);
    // What was on its way belongs to places of before.
    m_effects.clear();
    m_hover = {};
    m_stop = stopAtTile(m_scene, m_scene.tileOf(current));
    m_mapFor.reset();
    findMarks();
    if (!m_searchText.isEmpty()) {
        m_search = search(m_scene, m_searchText.startsWith(u'/') ? m_searchText.sliced(1) : m_searchText);
        m_hit.reset();
        Q_EMIT searchChanged();
    }
    m_followsAll = true;
    worldChanged(false);
    scheduleHeartbeats();
    Q_EMIT currentStopChanged();
    Q_EMIT groupingChanged();
    Q_EMIT sceneChanged();
}

} // namespace kdra::ui
