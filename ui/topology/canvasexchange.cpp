// SPDX-License-Identifier: GPL-3.0-or-later
// A canvas among others, each of a cluster of its own.
#include "ui/topology/canvas.h"

namespace kdra::ui {

void Canvas::setCluster(const QString &name)
{
    m_cluster = name;
    setAccessibleName(name.isEmpty() ? tr("Topology") : tr("Topology of %1").arg(name));
}

void Canvas::exchange(Canvas &other)
{
    endDrop();
    other.endDrop();
    std::swap(m_scene, other.m_scene);
    std::swap(m_camera, other.m_camera);
    std::swap(m_picture, other.m_picture);
    std::swap(m_effects, other.m_effects);
    std::swap(m_followsAll, other.m_followsAll);
    std::swap(m_oldestEvent, other.m_oldestEvent);
    std::swap(m_stop, other.m_stop);
    std::swap(m_searchText, other.m_searchText);
    std::swap(m_search, other.m_search);
    std::swap(m_hit, other.m_hit);
    takeOver();
    other.takeOver();
}

// What belongs to the window rather than to the cluster is made anew for what is shown now.
void Canvas::takeOver()
{
    m_hover = {};
    m_pressed.reset();
    if (std::exchange(m_dragging, false))
        unsetCursor();
    m_chip = -1;
    m_related = {};
    m_placement = -1;
    m_mapFor.reset();
    findMarks();
    askRelations();
    m_camera.setWindow(size());
    m_camera.setWorld(m_scene.layout().bounds(), m_margins);
    scheduleHeartbeats();
    // A grouping under way was of the other cluster, and the one that came may not have followed yet.
    if (m_isRegrouping || m_scene.grouping() != m_wantedGrouping || m_scene.groupingLabel() != m_wantedLabel)
        startRegrouping();
    if (isVisible())
        animate();
    viewMoved();
    Q_EMIT sceneChanged();
    Q_EMIT searchChanged();
    Q_EMIT relationsChanged();
    Q_EMIT currentStopChanged();
}

} // namespace kdra::ui
