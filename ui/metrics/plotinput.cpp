// SPDX-License-Identifier: GPL-3.0-or-later
// What mouse and keys do in a plot.
#include "ui/metrics/plotitems.h"
#include "ui/metrics/plotview.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>

#include <cmath>

namespace kdra::ui {

namespace {
constexpr double wheelZoom = 1.25; // of the span, for a notch
constexpr double wheelMove = 0.1;
constexpr double keyZoom = 0.5;
constexpr double notch = 120;
}

void PlotView::setMarked(std::optional<TimeSpan> span)
{
    m_marked = span;
    m_crosshair->setMarked(span);
}

void PlotView::zoomAround(qint64 time, double factor)
{
    const TimeSpan span = m_state.span();
    const double part = double(time - span.from) / double(span.length());
    const double length = std::min(double(span.length()) * factor, 1e13);
    const auto from = time - qint64(part * length);
    setMarked({});
    m_state.zoomTo({from, from + qint64(length)});
}

void PlotView::mousePressEvent(QMouseEvent *event)
{
    const bool inside = plotArea().contains(event->position());
    const bool move = event->button() == Qt::MiddleButton
        || (event->button() == Qt::LeftButton && event->modifiers() & Qt::ShiftModifier);
    if (!inside || (!move && event->button() != Qt::LeftButton)) {
        event->ignore();
        return;
    }
    m_drag = move ? Drag::Move : Drag::Zoom;
    m_pressed = event->position();
    m_spanAtPress = m_state.span();
    setMarked({});
    if (move)
        viewport()->setCursor(Qt::ClosedHandCursor);
    event->accept();
}

void PlotView::mouseMoveEvent(QMouseEvent *event)
{
    const QPointF at = event->position();
    const QRectF area = plotArea();
    m_byKeys = false;
    choose({});
    if (m_drag == Drag::Move) {
        const auto moved = qint64((m_pressed.x() - at.x()) / area.width() * double(m_spanAtPress.length()));
        m_pointer = at;
        m_state.zoomTo({m_spanAtPress.from + moved, m_spanAtPress.to + moved}, false);
        return;
    }
    if (m_drag == Drag::Zoom) {
        const double x = std::clamp(at.x(), area.left(), area.right());
        if (std::abs(at.x() - m_pressed.x()) >= QApplication::startDragDistance() || m_marked) {
            const qint64 one = timeAt(m_pressed.x());
            const qint64 other = timeAt(x);
            setMarked(TimeSpan{std::min(one, other), std::max(one, other)});
        }
    }
    const bool over = area.contains(at) || m_drag == Drag::Zoom;
    m_pointer = over ? std::optional(at) : std::nullopt;
    const std::optional<qint64> time =
        over ? std::optional(timeAt(std::clamp(at.x(), area.left(), area.right()))) : std::nullopt;
    // The nearest series may be another one at the same time.
    if (time == m_state.crosshair())
        updateTip();
    else
        m_state.setCrosshair(time);
}

void PlotView::mouseReleaseEvent(QMouseEvent *event)
{
    const Drag was = std::exchange(m_drag, Drag::None);
    viewport()->unsetCursor();
    if (was == Drag::Zoom && m_marked) {
        const TimeSpan span = *m_marked;
        setMarked({});
        // A trembling hand did not mean to zoom.
        if (xOf(span.to) - xOf(span.from) >= 4)
            m_state.zoomTo(span);
    }
    event->accept();
}

void PlotView::mouseDoubleClickEvent(QMouseEvent *event)
{
    m_drag = Drag::None;
    setMarked({});
    if (event->button() == Qt::LeftButton && plotArea().contains(event->position()))
        m_state.back();
    event->accept();
}

void PlotView::wheelEvent(QWheelEvent *event)
{
    const QPoint delta = event->angleDelta();
    const double turned = double(delta.y() != 0 ? delta.y() : delta.x()) / notch;
    if (event->modifiers() & Qt::ControlModifier && turned != 0) {
        zoomAround(timeAt(event->position().x()), std::pow(wheelZoom, -turned));
        event->accept();
        return;
    }
    const bool sideways = std::abs(delta.x()) > std::abs(delta.y());
    if ((event->modifiers() & Qt::ShiftModifier || sideways) && turned != 0) {
        const double notches = double(sideways ? delta.x() : delta.y()) / notch;
        const TimeSpan span = m_state.span();
        const auto moved = qint64(-notches * wheelMove * double(span.length()));
        m_state.zoomTo({span.from + moved, span.to + moved}, false);
        event->accept();
        return;
    }
    // The page scrolls.
    event->ignore();
}

void PlotView::moveCrosshair(qint64 time, bool mark)
{
    const TimeSpan span = m_state.span();
    const qint64 from = m_state.crosshair().value_or(time);
    time = std::clamp(time, span.from, span.to);
    m_byKeys = true;
    m_pointer = {};
    if (mark) {
        // The end that the crosshair is at moves.
        const TimeSpan old = m_marked.value_or(TimeSpan{from, from});
        const qint64 anchor = old.from == from ? old.to : old.from;
        setMarked(TimeSpan{std::min(anchor, time), std::max(anchor, time)});
    } else {
        setMarked({});
    }
    if (time == m_state.crosshair())
        updateTip();
    else
        m_state.setCrosshair(time);
}

void PlotView::choose(const QString &series)
{
    if (series == m_chosen)
        return;
    m_chosen = series;
    m_content->setChosen(series);
    m_crosshair->update();
}

void PlotView::keyPressEvent(QKeyEvent *event)
{
    const TimeSpan span = m_state.span();
    const bool mark = event->modifiers() & Qt::ShiftModifier;
    const qint64 at = m_state.crosshair().value_or(span.from + span.length() / 2);
    const auto page = [&](int direction) {
        const qint64 moved = direction * span.length() / 2;
        m_state.zoomTo({span.from + moved, span.to + moved}, false);
    };
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right: {
        const int direction = event->key() == Qt::Key_Left ? -1 : 1;
        // The first press shows where the crosshair is.
        if (!m_state.crosshair())
            moveCrosshair(at, false);
        else
            moveCrosshair(event->modifiers() & Qt::ControlModifier ? at + direction * span.length() / 10
                                                                   : m_content->neighbour(at, direction),
                mark);
        break;
    }
    case Qt::Key_Up:
    case Qt::Key_Down: {
        const QString series = m_content->besideChosen(at, event->key() == Qt::Key_Up ? -1 : 1);
        if (series.isEmpty()) {
            event->ignore();
            return;
        }
        choose(series);
        moveCrosshair(at, false);
        break;
    }
    case Qt::Key_Space:
        if (m_chosen.isEmpty()) {
            event->ignore();
            return;
        }
        Q_EMIT isolateRequested(m_chosen);
        break;
    case Qt::Key_Home:
        moveCrosshair(span.from, mark);
        break;
    case Qt::Key_End:
        moveCrosshair(span.to, mark);
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_marked && m_marked->length() > 0) {
            const TimeSpan wanted = *m_marked;
            setMarked({});
            m_state.zoomTo(wanted);
        } else {
            zoomAround(at, keyZoom);
        }
        break;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        zoomAround(at, keyZoom);
        break;
    case Qt::Key_Minus:
        zoomAround(at, 1 / keyZoom);
        break;
    case Qt::Key_PageUp:
        page(-1);
        break;
    case Qt::Key_PageDown:
        page(1);
        break;
    case Qt::Key_Backspace:
        setMarked({});
        m_state.back();
        break;
    case Qt::Key_Escape:
        if (!m_marked && !m_state.crosshair() && m_drag == Drag::None) {
            event->ignore();
            return;
        }
        m_drag = Drag::None;
        setMarked({});
        choose({});
        m_state.setCrosshair({});
        break;
    default:
        // Everything else is the panel's and the page's; QGraphicsView would scroll.
        event->ignore();
        return;
    }
    event->accept();
}

void PlotView::leaveEvent(QEvent *event)
{
    m_pointer = {};
    if (m_drag == Drag::None && !m_byKeys)
        m_state.setCrosshair({});
    updateTip();
    QChartView::leaveEvent(event);
}

void PlotView::focusInEvent(QFocusEvent *event)
{
    QChartView::focusInEvent(event);
    if (event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason)
        m_byKeys = m_state.crosshair().has_value();
}

void PlotView::focusOutEvent(QFocusEvent *event)
{
    m_byKeys = false;
    setMarked({});
    updateTip();
    QChartView::focusOutEvent(event);
}

} // namespace kdra::ui
