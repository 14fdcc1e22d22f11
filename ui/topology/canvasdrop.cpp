// SPDX-License-Identifier: GPL-3.0-or-later
// A template over the canvas, dragged with the mouse or picked up with the keyboard: where it would go, whether it fits
// there, and the drop.
#include "ui/common/dropbubble.h"
#include "ui/common/fitglyph.h"
#include "ui/common/templatedrop.h"
#include "ui/topology/canvas.h"

#include <QApplication>
#include <QDragEnterEvent>
#include <QKeyEvent>
#include <QMimeData>
#include <QPainter>

namespace kdra::ui {

using namespace std::chrono_literals;
using environments::Fit;

namespace {

// The verdict follows the cluster, at most twice a second.
constexpr auto renewal = 500ms;
// The view moves while the pointer rests near its edge: not at once, it may only be passing.
constexpr int edge = 32;
constexpr auto patience = 300ms;
constexpr double fastest = 14; // pixels a step

} // namespace

void Canvas::setDropSource(environments::DropSource source)
{
    endDrop();
    m_dropSource = std::move(source);
    setAcceptDrops(bool(m_dropSource));
}

const DropBubble *Canvas::dropBubble() const
{
    return m_drop ? m_drop->bubble.data() : nullptr;
}

bool Canvas::beginDrop(const QString &templateId)
{
    endDrop();
    std::shared_ptr<const environments::DropAdvice> advice;
    if (!templateId.isEmpty() && m_dropSource)
        advice = m_dropSource(templateId);
    if (!advice)
        return false;
    m_drop.emplace();
    m_drop->templateId = templateId;
    m_drop->advice = std::move(advice);
    // Over the tools that lie over the canvas.
    m_drop->bubble = new DropBubble(m_theme, parentWidget() ? parentWidget() : this);
    connect(this, &QObject::destroyed, m_drop->bubble, &QObject::deleteLater);
    m_dropRenewal.start(renewal, this);
    leaveEvent(nullptr);
    lightUp();
    update();
    return true;
}

void Canvas::endDrop()
{
    if (!m_drop)
        return;
    // Not at once: the parent may be at its children, as when it is hidden.
    if (DropBubble *bubble = m_drop->bubble) {
        bubble->hide();
        bubble->deleteLater();
    }
    m_drop.reset();
    m_dropRenewal.stop();
    m_edgeScroll.stop();
    m_fits.clear();
    m_picture.invalidate();
    update();
}

// Which tiles stand out: those of the nodes that it fits on.
void Canvas::lightUp()
{
    std::vector<Fit> fits(m_scene.tiles().size(), Fit::Unknown);
    for (size_t i = 0; i < fits.size(); ++i) {
        const NodeTile &tile = m_scene.tiles()[i];
        if (tile.shown && !tile.isWorkload() && !tile.isTray() && tile.isKnown())
            fits[i] = m_drop->advice->node(tile.slot);
    }
    fits.swap(m_fits);
    if (fits.size() != m_fits.size()) {
        m_picture.invalidate();
        update();
        return;
    }
    for (size_t i = 0; i < fits.size(); ++i) {
        if (fits[i] == m_fits[i])
            continue;
        const QRectF rect = m_scene.layout().tileRect(static_cast<int>(i));
        m_picture.invalidate(rect);
        updateWorld(rect, 2);
    }
}

void Canvas::renewAdvice()
{
    auto advice = m_dropSource(m_drop->templateId);
    if (!advice || advice == m_drop->advice)
        return;
    m_drop->advice = std::move(advice);
    lightUp();
    judgeDrop(false);
}

// Where it would go now.
void Canvas::aimDrop()
{
    const DropTarget target = ui::dropTarget(m_scene, m_drop->byKey ? currentStop() : stopAt(m_drop->point));
    if (target != m_drop->target || !m_drop->isJudged) {
        updateTarget();
        m_drop->target = target;
        judgeDrop(true);
    }
    placeBubble();
}

void Canvas::judgeDrop(bool moved)
{
    Drop &drop = *m_drop;
    const environments::Verdict verdict = drop.advice->verdict(drop.target.target);
    const bool changed = moved || verdict != drop.verdict;
    drop.verdict = verdict;
    drop.isJudged = true;
    if (!changed)
        return;
    drop.bubble->tell(verdict, dropSentence(drop.target.target, verdict), drop.target.target.name,
        drop.byKey
            ? tr("Arrow keys choose, Page Up and Page Down go between site and node. Tab goes to the fleet. Enter "
                 "drops, Esc cancels.")
            : QString());
    updateTarget();
    placeBubble();
    if (drop.byKey)
        announce(this, drop.bubble->spoken());
}

void Canvas::placeBubble()
{
    QRect anchor = heldByPointer.translated(m_drop->point.toPoint());
    if (m_drop->byKey) {
        anchor = stopOnScreen(m_drop->target.stop) & rect();
        if (anchor.isEmpty())
            anchor = QRect(width() / 2 - DropBubble::widest / 2, qRound(m_margins.top()), DropBubble::widest, 1);
        else if (m_drop->target.stop.isGroup())
            anchor.setHeight(std::min(anchor.height(), 40)); // beside its name
    }
    DropBubble &bubble = *m_drop->bubble;
    const QPoint origin = bubble.parentWidget() == this ? QPoint() : pos();
    constexpr int margin = Metrics::space1;
    bubble.place(anchor.translated(origin), rect().adjusted(margin, margin, -margin, -margin).translated(origin));
    if (bubble.isHidden()) {
        bubble.show();
        bubble.raise();
    }
}

void Canvas::updateTarget()
{
    if (m_drop->target.stop.isNull())
        update();
    else
        update(stopOnScreen(m_drop->target.stop).adjusted(-10, -10, 10, 10) & rect());
}

void Canvas::paintDrop(QPainter &painter)
{
    const Stop stop = m_drop->target.stop;
    const DeviceView view = deviceView();
    const double ratio = view.ratio;
    const Fit fit = m_drop->verdict.fit;
    QColor colour = fitColour(fit, m_style.palette());
    constexpr double width = 3;
    QPen pen(colour, width * ratio);
    if (fit == Fit::DoesNotFit || fit == Fit::Unknown)
        pen.setDashPattern({3, 2});
    QRectF box;
    // What was painted before has left its brush.
    painter.setBrush(Qt::NoBrush);
    if (stop.isNull()) {
        box = QRectF(QPointF(), QSizeF(size()) * ratio);
        box.adjust(4 * ratio, 4 * ratio, -4 * ratio, -4 * ratio);
    } else {
        const QRectF world =
            stop.isTile() ? m_scene.layout().tileRect(stop.tile) : m_scene.layout().groupRect(stop.group);
        const double out = (width / 2 + 1) * ratio;
        box = QRectF(view.rect(world)).adjusted(-out, -out, out, out);
        QColor tint = colour;
        tint.setAlphaF(0.12F);
        painter.setBrush(tint);
    }
    painter.setPen(pen);
    const double radius = std::min({10.0 * ratio, box.width() * 0.3, box.height() * 0.3});
    painter.drawRoundedRect(box, radius, radius);
    painter.setBrush(Qt::NoBrush);
}

void Canvas::dragEnterEvent(QDragEnterEvent *event)
{
    if (!(event->possibleActions() & Qt::CopyAction) || !beginDrop(templateIn(event->mimeData())))
        return;
    m_drop->point = event->position();
    aimDrop();
    // Accepted whatever the verdict: what follows is judged place by place.
    event->setDropAction(Qt::CopyAction);
    event->accept();
}

void Canvas::dragMoveEvent(QDragMoveEvent *event)
{
    if (!m_drop || m_drop->byKey)
        return;
    m_drop->point = event->position();
    aimDrop();
    const bool atEdge = !rect().adjusted(edge, edge, -edge, -edge).contains(event->position().toPoint());
    if (!atEdge) {
        m_edgeScroll.stop();
    } else if (!m_edgeScroll.isActive()) {
        m_drop->atEdge.start();
        m_edgeScroll.start(16ms, Qt::PreciseTimer, this);
    }
    // The pointer's shape says no where it does not fit; the bubble says why.
    event->setDropAction(Qt::CopyAction);
    event->setAccepted(m_drop->verdict.fit != Fit::DoesNotFit);
}

void Canvas::dragLeaveEvent(QDragLeaveEvent *)
{
    if (m_drop && !m_drop->byKey)
        endDrop();
}

void Canvas::dropEvent(QDropEvent *event)
{
    if (!m_drop || m_drop->byKey)
        return;
    m_drop->point = event->position();
    aimDrop();
    if (m_drop->verdict.fit != Fit::DoesNotFit) {
        event->setDropAction(Qt::CopyAction);
        event->accept();
        drop();
    } else {
        event->ignore();
        endDrop();
    }
}

// Told from the event loop: what comes of it may be a dialog, and the drag is still under way.
void Canvas::drop()
{
    QMetaObject::invokeMethod(
        this, [this, id = m_drop->templateId, target = m_drop->target.target] { Q_EMIT templateDropped(id, target); },
        Qt::QueuedConnection);
    endDrop();
}

// Where there is more to be seen beyond the edge the pointer is at.
void Canvas::scrollAtEdge()
{
    if (m_drop->atEdge.durationElapsed() < patience)
        return;
    const QRectF world = m_camera.view().toWindow(m_scene.layout().bounds());
    const QRectF room = QRectF(rect()).marginsRemoved(m_margins);
    const auto speed = [](double depth) { return std::clamp(depth / edge, 0.0, 1.0) * fastest; };
    const auto step = [&](double at, double size, double before, double beyond) {
        return std::min(speed(edge - at), std::max(0.0, before))
            - std::min(speed(at - (size - edge)), std::max(0.0, beyond));
    };
    const QPointF by(step(m_drop->point.x(), width(), room.left() - world.left(), world.right() - room.right()),
        step(m_drop->point.y(), height(), room.top() - world.top(), world.bottom() - room.bottom()));
    if (by.isNull())
        return;
    m_camera.panBy(by);
    userMoved();
}

void Canvas::pickUp(const QString &templateId, const QString &title)
{
    const QPointer<QWidget> cameFrom = QApplication::focusWidget();
    if (!beginDrop(templateId))
        return;
    m_drop->byKey = true;
    m_drop->cameFrom = cameFrom;
    setFocus(Qt::OtherFocusReason);
    m_drop->title = title;
    announce(this, tr("%1 is picked up.").arg(title));
    const Stop stop = currentStop();
    if (const std::vector<int> &order = m_scene.layout().order(); stop.isNull() && !order.empty())
        goTo(stopAtTile(m_scene, order.front()), false);
    else if (stop.isPod())
        goTo(stopAtTile(m_scene, stop.tile), false);
    else
        showStop(stop);
    aimDrop();
}

// True when the key belongs to what is picked up. Searching works as ever: it is a way to get to a node.
bool Canvas::dropKey(QKeyEvent *event)
{
    if (!m_drop || !m_drop->byKey || (event->modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier)))
        return false;
    const bool searching = !m_searchText.isEmpty();
    switch (event->key()) {
    case Qt::Key_Escape: {
        if (searching)
            return false;
        const QPointer<QWidget> cameFrom = m_drop->cameFrom;
        endDrop();
        announce(this, tr("Nothing was dropped."));
        if (cameFrom)
            cameFrom->setFocus(Qt::OtherFocusReason);
        return true;
    }
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (searching && m_search.nodes + m_search.pods > 0)
            return false;
        if (m_drop->verdict.fit == Fit::DoesNotFit)
            announce(this, m_drop->bubble->spoken(), true);
        else
            drop();
        return true;
    case Qt::Key_Left:
        walk(-1, 0, false);
        return true;
    case Qt::Key_Right:
        walk(1, 0, false);
        return true;
    case Qt::Key_Up:
        walk(0, -1, false);
        return true;
    case Qt::Key_Down:
        walk(0, 1, false);
        return true;
    case Qt::Key_PageUp:
        if (const Stop stop = currentStop(); !stop.isNull()) {
            setCurrentStop(outside(stop));
            showStop(currentStop());
        }
        return true;
    case Qt::Key_PageDown:
        if (const Stop stop = currentStop(); stop.isNull()) {
            if (const std::vector<int> groups = groupsOf(m_scene); !groups.empty())
                goTo({groups.front(), -1, -1}, false);
        } else if (stop.isGroup()) {
            goTo(inside(m_scene, stop), false);
        }
        return true;
    case Qt::Key_Space:
        return true;
    default:
        return false;
    }
}

// To another view; where nobody takes it, it stays.
bool Canvas::handOver()
{
    if (!m_drop || !m_drop->byKey)
        return false;
    Q_EMIT handedOver(QString(m_drop->templateId), QString(m_drop->title));
    return true;
}

void Canvas::focusOutEvent(QFocusEvent *event)
{
    // What is held ends with the attention; menus and other windows come back.
    if (m_drop && m_drop->byKey && event->reason() != Qt::PopupFocusReason
        && event->reason() != Qt::ActiveWindowFocusReason)
        endDrop();
    QWidget::focusOutEvent(event);
}

} // namespace kdra::ui
