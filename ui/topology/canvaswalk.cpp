// SPDX-License-Identifier: GPL-3.0-or-later
// The keyboard's attention on the canvas, and the view that follows it.
#include "ui/topology/canvas.h"

namespace kdra::ui {

using Clock = std::chrono::steady_clock;

models::Item Canvas::itemOf(const Stop &stop) const
{
    if (stop.isPod()) {
        const auto pod = m_scene.podAt(stop.place());
        return pod ? models::Item{store::Kind::Pod, pod->meta.uid} : models::Item();
    }
    return stop.isTile() ? tileItem(stop.tile) : models::Item();
}

Stop Canvas::currentStop() const
{
    return present(m_scene, m_stop);
}

int Canvas::currentTile() const
{
    return currentStop().tile;
}

void Canvas::setCurrentTile(int tile)
{
    setCurrentStop(stopAtTile(m_scene, tile));
}

void Canvas::setCurrentStop(const Stop &stop)
{
    if (m_stop == stop && m_chip < 0)
        return;
    m_stop = stop;
    m_chip = -1;
    update();
    Q_EMIT currentStopChanged();
    if (m_drop && m_drop->byKey)
        aimDrop();
}

Stop Canvas::stopAt(QPointF point) const
{
    if (const PodPlace place = placeAt(point); place.tile >= 0)
        return {m_scene.layout().tileGroup(place.tile), place.tile, place.cell};
    return {m_scene.layout().groupAt(m_camera.view().toWorld(point)), -1, -1};
}

QRect Canvas::stopOnScreen(const Stop &stop) const
{
    const Layout &layout = m_scene.layout();
    if (stop.isNull())
        return {};
    const View &view = m_camera.view();
    const QRectF world = stop.isPod() ? m_scene.cells(stop.tile, view.scale).rect(stop.cell)
        : stop.isTile()               ? layout.tileRect(stop.tile)
                                      : layout.groupRect(stop.group);
    return view.toWindow(world).toAlignedRect();
}

void Canvas::goTo(const Stop &stop, bool select)
{
    setCurrentStop(stop);
    if (const models::Item item = itemOf(stop); select && !item.isNull())
        m_selection.set(item);
    showStop(stop);
}

void Canvas::walk(int dx, int dy, bool select)
{
    const Stop next = step(m_scene, currentStop(), dx, dy, m_camera.target().scale);
    if (!next.isNull())
        goTo(next, select);
}

// Into the group or the tile: near enough that what is inside can be told apart.
bool Canvas::walkInside(bool select)
{
    const Stop stop = currentStop();
    const Stop next = inside(m_scene, stop);
    if (next == stop || stop.isNull())
        return false;
    if (next.isPod() && m_camera.target().scale < readableScale(next.tile))
        frameTile(next.tile);
    goTo(next, select);
    return true;
}

bool Canvas::walkOutside()
{
    const Stop stop = currentStop();
    if (stop.isNull())
        return false;
    const Stop next = outside(stop);
    setCurrentStop(next);
    if (const models::Item item = itemOf(next); !item.isNull())
        m_selection.set(item);
    else if (stop.isTile())
        m_selection.clear();
    return true;
}

// From where a pod is large enough to be aimed at.
double Canvas::readableScale(int tile) const
{
    const CellGrid grid = m_scene.cells(tile, 1);
    return 12 / std::max(0.1, std::min(grid.pitchX, grid.pitchY));
}

// Moves the view as little as needed.
void Canvas::showStop(const Stop &stop)
{
    const Layout &layout = m_scene.layout();
    if (stop.isNull())
        return;
    const double scale = m_camera.target().scale;
    const QRectF world = stop.isPod() ? m_scene.cells(stop.tile, scale).rect(stop.cell)
        : stop.isTile()               ? layout.tileRect(stop.tile)
                                      : layout.groupRect(stop.group);
    const QRectF shown = m_camera.target().toWindow(world);
    const QRectF room = QRectF(rect()).marginsRemoved(m_margins);
    if (shown.isEmpty() || room.contains(shown) || (shown.width() > room.width() && shown.intersects(room)))
        return;
    View view = m_camera.target();
    view.offset.rx() += std::max(0.0, room.left() - shown.left()) - std::max(0.0, shown.right() - room.right());
    view.offset.ry() += std::max(0.0, room.top() - shown.top()) - std::max(0.0, shown.bottom() - room.bottom());
    m_camera.flyTo(view, Clock::now());
    userMoved();
    animate();
}

// What is selected, with what it is related to; else where the keyboard is.
void Canvas::frameSelection()
{
    QRectF area;
    double largest = 3;
    const auto add = [&](PodPlace place) {
        if (place.tile < 0 || m_scene.layout().tileGroup(place.tile) < 0)
            return;
        const QRectF tile = m_scene.layout().tileRect(place.tile);
        // A pod's place inside its tile depends on the scale: near enough to read it, the tile around it.
        area |= tile;
        if (place.cell >= 0)
            largest = std::max(largest, readableScale(place.tile));
    };
    for (const PodPlace place : m_marks.empty() ? std::vector<PodPlace>() : markedPlaces())
        add(place);
    for (const PodPlace place : relatedPlaces())
        add(place);
    if (area.isEmpty()) {
        const Stop stop = currentStop();
        if (stop.isGroup())
            return frameGroup(stop.group);
        add(stop.place());
    }
    if (area.isEmpty())
        return;
    constexpr double margin = 16;
    m_camera.flyTo(m_camera.framing(area.adjusted(-margin, -margin, margin, margin), largest), Clock::now());
    userMoved();
    animate();
}

} // namespace kdra::ui
