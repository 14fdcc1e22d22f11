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
    if (tile < 0 || m_scene.tile(tile).uid.isNull() || !m_scene.tile(tile).isKnown())
        return {};
    return {m_scene.tile(tile).objectKind, m_scene.tile(tile).uid};
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
    if (event->button() == Qt::LeftButton
        && pressChip(chipAt(event->position()), event->modifiers() & Qt::ControlModifier))
        return;
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
    const bool overChip = chipAt(event->position()) >= 0;
    if (overChip != (cursor().shape() == Qt::PointingHandCursor))
        overChip ? setCursor(Qt::PointingHandCursor) : unsetCursor();
    const PodPlace place = overChip ? PodPlace() : placeAt(event->position());
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
        setCurrentStop({m_scene.layout().tileGroup(place.tile), place.tile, place.cell});
    if (!item.isNull())
        select(item, toggle);
    else if (!toggle && place.tile < 0)
        m_selection.clear();
}

void Canvas::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || chipAt(event->position()) >= 0)
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
    if (const int chip = byKey ? m_chip : chipAt(event->pos()); chip >= 0 && showsRelations()) {
        const Chip &one = relationMap().chips[static_cast<size_t>(chip)];
        if (const models::Item item = chipItem(one); !item.isNull())
            Q_EMIT contextMenuRequested(item, mapToGlobal(one.rect.center().toPoint()));
        event->accept();
        return;
    }
    const models::Item item = byKey ? itemOf(currentStop()) : itemAt(event->pos());
    if (item.isNull())
        return;
    if (!m_selection.contains(item))
        m_selection.set(item);
    const QPoint position = byKey ? mapToGlobal(stopOnScreen(currentStop()).center()) : event->globalPos();
    Q_EMIT contextMenuRequested(item, position);
    event->accept();
}

bool Canvas::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const QPoint point = static_cast<QHelpEvent *>(event)->pos();
        const PodPlace place = placeAt(point);
        if (const int chip = chipAt(point); chip >= 0)
            QToolTip::showText(
                static_cast<QHelpEvent *>(event)->globalPos(), Qt::convertFromPlainText(chips().at(chip).name), this);
        else if (place.tile < 0)
            QToolTip::hideText();
        else
            QToolTip::showText(static_cast<QHelpEvent *>(event)->globalPos(),
                Qt::convertFromPlainText(
                    place.cell >= 0 ? podToolTip(m_scene, place) : nodeToolTip(m_scene, place.tile)),
                this);
        return true;
    }
    // Esc leaves what can be left here before it means anything to the window.
    if (event->type() == QEvent::ShortcutOverride
        && (m_drop || !m_searchText.isEmpty() || m_scene.isFiltered() || showsRelations() || !currentStop().isNull())
        && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
        event->accept();
        return true;
    }
    return QWidget::event(event);
}

void Canvas::keyPressEvent(QKeyEvent *event)
{
    const bool control = event->modifiers() & Qt::ControlModifier;
    const bool shift = event->modifiers() & Qt::ShiftModifier;
    if (dropKey(event) || filterKey(event))
        return;
    if (!control && !(event->modifiers() & Qt::AltModifier) && searchKey(event))
        return;
    const bool confirms =
        event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->key() == Qt::Key_Space;
    if (m_chip >= 0 && confirms) {
        pressChip(m_chip, control || event->key() == Qt::Key_Space);
        return;
    }
    switch (event->key()) {
    case Qt::Key_R:
        if (!shift)
            break;
        return setRelationsShown(!m_relationsShown);
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
            return shift ? frameSelection() : frameAll();
        break;
    case Qt::Key_Space:
        if (const models::Item item = itemOf(currentStop()); !item.isNull())
            select(item, true);
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        // In with Return, out with Esc; at a pod there is nothing further in but the inspector.
        if ((shift || !walkInside(!control)) && !m_selection.isEmpty())
            Q_EMIT inspectRequested();
        return;
    case Qt::Key_Escape:
        if (leaveOne())
            return;
        break;
    default:
        break;
    }
    QWidget::keyPressEvent(event);
}

// Keys of overlay and filter, as long as no search is under way. "/" begins one that starts with an O.
bool Canvas::filterKey(QKeyEvent *event)
{
    if (!m_searchText.isEmpty())
        return false;
    if (event->key() == Qt::Key_Escape && m_scene.isFiltered()) {
        setFilter(allSteps);
        return true;
    }
    if (event->key() == Qt::Key_O && !(event->modifiers() & ~Qt::ShiftModifier)) {
        Q_EMIT overlayStepRequested(event->modifiers() & Qt::ShiftModifier ? -1 : 1);
        return true;
    }
    return false;
}

} // namespace kdra::ui
