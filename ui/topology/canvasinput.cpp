// SPDX-License-Identifier: GPL-3.0-or-later
// Mouse and keyboard of the canvas.
#include "ui/topology/canvas.h"
#include "ui/topology/describe.h"

#include <QApplication>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QToolTip>
#include <QWheelEvent>

#include <cmath>

namespace kdra::ui {

using Clock = std::chrono::steady_clock;

PodPlace Canvas::placeAt(QPointF point) const
{
    const QPointF world = m_camera.view().toWorld(point);
    const int tile = m_scene.layout().tileAt(world);
    if (tile < 0)
        return {};
    const double scale = m_camera.view().scale;
    const CellGrid grid = m_scene.cells(tile, scale);
    const int cell = grid.cellAt(world);
    // A pod smaller than a finger's breadth of pixels cannot be meant.
    const bool aimed = std::min(grid.pitchX, grid.pitchY) * scale >= 5;
    return {tile, aimed && m_scene.tile(tile).cells.podAt(cell) != store::noSlot ? cell : -1};
}

models::Item Canvas::tileItem(int tile) const
{
    if (tile < 0 || m_scene.tile(tile).uid.isNull())
        return {};
    return {store::Kind::Node, m_scene.tile(tile).uid};
}

models::Item Canvas::itemAt(QPointF point) const
{
    const PodPlace place = placeAt(point);
    if (const auto pod = m_scene.podAt(place))
        return {store::Kind::Pod, pod->meta.uid};
    return tileItem(place.tile);
}

void Canvas::select(const models::Item &item, bool toggle)
{
    if (toggle)
        m_selection.toggle(item);
    else
        m_selection.set(item);
}

void Canvas::wheelEvent(QWheelEvent *event)
{
    const QPoint pixels = event->pixelDelta();
    const double steps = pixels.isNull() ? event->angleDelta().y() / 120.0 : pixels.y() / 60.0;
    if (steps != 0) {
        m_camera.zoomAt(event->position(), std::pow(1.25, steps), Clock::now());
        userMoved();
        animate();
    }
    event->accept();
}

void Canvas::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton || event->button() == Qt::MiddleButton) {
        m_pressed = m_last = event->position();
        m_dragging = event->button() == Qt::MiddleButton;
    }
}

void Canvas::mouseMoveEvent(QMouseEvent *event)
{
    if (m_pressed) {
        if (!m_dragging && (event->position() - *m_pressed).manhattanLength() >= QApplication::startDragDistance()) {
            m_dragging = true;
            m_last = *m_pressed;
        }
        if (m_dragging) {
            setCursor(Qt::ClosedHandCursor);
            m_camera.panBy(event->position() - m_last);
            m_last = event->position();
            userMoved();
        }
        return;
    }
    const PodPlace place = placeAt(event->position());
    if (place == m_hover)
        return;
    for (const PodPlace changed : {std::exchange(m_hover, place), place}) {
        if (changed.tile >= 0 && changed.tile < m_scene.layout().tileCount())
            updateWorld(m_scene.layout().tileRect(changed.tile), 4);
    }
}

void Canvas::mouseReleaseEvent(QMouseEvent *event)
{
    const bool click = m_pressed && !m_dragging && event->button() == Qt::LeftButton;
    m_pressed.reset();
    if (std::exchange(m_dragging, false))
        unsetCursor();
    if (!click)
        return;
    const models::Item item = itemAt(event->position());
    const bool toggle = event->modifiers() & Qt::ControlModifier;
    const PodPlace place = placeAt(event->position());
    if (place.tile >= 0)
        setCurrentTile(place.tile);
    if (!item.isNull())
        select(item, toggle);
    else if (!toggle && place.tile < 0)
        m_selection.clear();
}

void Canvas::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    const QPointF world = m_camera.view().toWorld(event->position());
    if (const int tile = m_scene.layout().tileAt(world); tile >= 0)
        frameTile(tile);
    else if (const int group = m_scene.layout().groupAt(world); group >= 0)
        frameGroup(group);
    else
        frameAll();
}

void Canvas::leaveEvent(QEvent *)
{
    if (m_hover.tile >= 0) {
        m_hover = {};
        update();
    }
}

void Canvas::contextMenuEvent(QContextMenuEvent *event)
{
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    const models::Item item = byKey ? tileItem(m_current) : itemAt(event->pos());
    if (item.isNull())
        return;
    if (!m_selection.contains(item))
        m_selection.set(item);
    const QPoint position = byKey ? mapToGlobal(tileOnScreen(m_current).center()) : event->globalPos();
    Q_EMIT contextMenuRequested(item, position);
    event->accept();
}

bool Canvas::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const QPoint point = static_cast<QHelpEvent *>(event)->pos();
        const PodPlace place = placeAt(point);
        if (place.tile < 0)
            QToolTip::hideText();
        else
            QToolTip::showText(static_cast<QHelpEvent *>(event)->globalPos(),
                place.cell >= 0 ? podToolTip(m_scene, place) : nodeToolTip(m_scene, place.tile), this);
        return true;
    }
    // Esc ends a search here before it means anything to the window.
    if (event->type() == QEvent::ShortcutOverride && !m_searchText.isEmpty()
        && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
        event->accept();
        return true;
    }
    return QWidget::event(event);
}

void Canvas::keyPressEvent(QKeyEvent *event)
{
    const bool control = event->modifiers() & Qt::ControlModifier;
    if (!control && !(event->modifiers() & Qt::AltModifier) && searchKey(event))
        return;
    switch (event->key()) {
    case Qt::Key_Left:
        return walk(-1, 0, !control);
    case Qt::Key_Right:
        return walk(1, 0, !control);
    case Qt::Key_Up:
        return walk(0, -1, !control);
    case Qt::Key_Down:
        return walk(0, 1, !control);
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        return zoomBy(1.25);
    case Qt::Key_Minus:
        return zoomBy(0.8);
    case Qt::Key_0:
        return frameAll();
    case Qt::Key_F:
        if (!control)
            return frameAll();
        break;
    case Qt::Key_Space:
        if (const models::Item item = tileItem(m_current); !item.isNull())
            select(item, true);
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (!m_selection.isEmpty())
            Q_EMIT inspectRequested();
        return;
    default:
        break;
    }
    QWidget::keyPressEvent(event);
}

void Canvas::walk(int dx, int dy, bool select)
{
    const std::vector<int> &order = m_scene.layout().order();
    if (order.empty())
        return;
    const int next = m_current < 0 ? order.front() : m_scene.layout().neighbour(m_current, dx, dy);
    setCurrentTile(next);
    showTile(next);
    if (const models::Item item = tileItem(next); select && !item.isNull())
        m_selection.set(item);
}

void Canvas::setCurrentTile(int tile)
{
    if (m_current == tile)
        return;
    m_current = tile;
    update();
    Q_EMIT currentTileChanged(tile);
}

// Moves the view as little as needed.
void Canvas::showTile(int tile)
{
    const QRectF shown = m_camera.target().toWindow(m_scene.layout().tileRect(tile));
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

} // namespace kdra::ui
