// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topology/canvas.h"

#include "ui/topology/accessible.h"
#include "ui/topology/relationsource.h"

#include <QDateTime>
#include <QPaintEvent>
#include <QPainter>

namespace kdra::ui {

using Clock = std::chrono::steady_clock;

Canvas::Canvas(Theme &theme, models::Selection &selection, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_selection(selection)
    , m_style(theme)
    , m_relations(new RelationSource(this))
{
    installCanvasAccessibility();
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setCluster({});
    m_heartbeats.setSingleShot(true);
    connect(&m_heartbeats, &QTimer::timeout, this, [this] {
        take(m_scene.updateHeartbeats(QDateTime::currentMSecsSinceEpoch()));
        scheduleHeartbeats();
    });
    m_ages.setInterval(std::chrono::minutes(1));
    connect(&m_ages, &QTimer::timeout, this, [this] {
        if (isVisible())
            take(m_scene.updateAges(QDateTime::currentMSecsSinceEpoch()));
    });
    connect(&m_theme, &Theme::changed, this, [this] {
        m_style = PaintStyle(m_theme);
        m_picture.invalidate();
        update();
        Q_EMIT sceneChanged();
    });
    connect(&m_selection, &models::Selection::changed, this, [this] {
        findMarks();
        askRelations();
        update();
    });
    connect(m_relations, &RelationSource::ready, this, &Canvas::takeRelations);
}

void Canvas::reset(const store::SnapshotPtr &snapshot)
{
    endDrop();
    m_scene.reset(snapshot);
    setFilter(allSteps);
    m_effects.clear();
    m_stop = {};
    m_hover = {};
    m_oldestEvent.reset();
    m_followsAll = true;
    findMarks();
    askRelations();
    m_searchText.clear();
    m_search = {};
    Q_EMIT searchChanged();
    worldChanged(false);
    scheduleHeartbeats();
    if (m_isRegrouping)
        startRegrouping();
    Q_EMIT sceneChanged();
}

void Canvas::apply(const store::Batch &batch)
{
    const bool shown = m_scene.snapshot()->state(store::Kind::Node).phase == store::KindPhase::Live;
    if (m_isRegrouping)
        m_missed.push_back(batch);
    const SceneChange change = m_scene.apply(batch);
    m_relations->refresh(batch.snapshot);
    if (change.isEmpty())
        return;
    if (isVisible() && batch.oldestEvent != Clock::time_point())
        m_oldestEvent = m_oldestEvent ? std::min(*m_oldestEvent, batch.oldestEvent) : batch.oldestEvent;
    if (change.layout)
        worldChanged(shown);
    take(change);
    if (!m_heartbeats.isActive())
        scheduleHeartbeats();
}

void Canvas::take(const SceneChange &change)
{
    if (change.isEmpty())
        return;
    if (!m_searchText.isEmpty()) {
        m_search = search(m_scene, m_searchText.startsWith(u'/') ? m_searchText.sliced(1) : m_searchText);
        if (m_hit && static_cast<size_t>(*m_hit) >= m_search.places.size())
            m_hit.reset();
        m_picture.invalidate();
        update();
        Q_EMIT searchChanged();
    }
    checkRelations();
    if (change.layout || change.states) {
        m_picture.invalidate();
        update();
    } else {
        const Layout &layout = m_scene.layout();
        for (const int tile : change.tiles) {
            const QRectF rect = layout.tileRect(tile);
            m_picture.invalidate(rect);
            updateWorld(rect, 2);
        }
        for (const int group : change.groups) {
            const QRectF rect = layout.groupRect(group);
            const QRectF header(rect.topLeft(), QSizeF(rect.width(), layout.groupHeaderHeight()));
            m_picture.invalidate(header);
            updateWorld(header, 1);
        }
    }
    if (isVisible() && !change.pods.empty()) {
        m_effects.add(change.pods, Clock::now());
        animate();
    }
    Q_EMIT sceneChanged();
}

void Canvas::setOverlay(Overlay overlay)
{
    if (m_scene.overlay() == overlay)
        return;
    m_scene.setOverlay(overlay, QDateTime::currentMSecsSinceEpoch());
    if (overlay == Overlay::Age || overlay == Overlay::Image)
        m_ages.start();
    else
        m_ages.stop();
    m_picture.invalidate();
    update();
    Q_EMIT overlayChanged();
    Q_EMIT filterChanged();
    Q_EMIT sceneChanged();
}

void Canvas::setFilter(Steps steps)
{
    if (m_scene.filter() == steps)
        return;
    m_scene.setFilter(steps);
    m_picture.invalidate();
    update();
    Q_EMIT filterChanged();
}

void Canvas::setOverlayMargins(const QMarginsF &margins)
{
    if (m_margins == margins)
        return;
    m_margins = margins;
    worldChanged(false);
}

void Canvas::worldChanged(bool glide)
{
    m_camera.setWindow(size());
    m_camera.setWorld(m_scene.layout().bounds(), m_margins);
    m_mapFor.reset();
    m_picture.invalidate();
    if (m_drop)
        lightUp();
    if (m_followsAll) {
        if (glide && isVisible()) {
            m_camera.flyTo(m_camera.framingAll(), Clock::now());
            animate();
        } else {
            m_camera.set(m_camera.framingAll());
        }
    }
    viewMoved();
    Q_EMIT sceneChanged();
}

void Canvas::viewMoved()
{
    update();
    if (m_drop)
        aimDrop();
    Q_EMIT viewChanged();
}

void Canvas::userMoved()
{
    m_followsAll = false;
    viewMoved();
}

void Canvas::animate()
{
    if (!m_frames.isActive())
        m_frames.start(std::chrono::milliseconds(16), Qt::PreciseTimer, this);
}

void Canvas::timerEvent(QTimerEvent *event)
{
    if (event->timerId() == m_dropRenewal.timerId())
        return renewAdvice();
    if (event->timerId() == m_edgeScroll.timerId())
        return scrollAtEdge();
    if (event->timerId() != m_frames.timerId()) {
        QWidget::timerEvent(event);
        return;
    }
    const auto now = Clock::now();
    const bool moved = m_camera.isMoving();
    m_camera.advance(now);
    if (moved)
        viewMoved();
    for (const QRectF &area : m_effects.advance(m_scene, m_camera.view().scale, now))
        updateWorld(area, 4);
    if (!m_camera.isMoving() && m_effects.isEmpty())
        m_frames.stop(); // a paint that is not of the present view yet starts it again
    if (!isSharp())
        update();
}

void Canvas::updateWorld(const QRectF &world, int margin)
{
    const QRect rect = m_camera.view().toWindow(world).toAlignedRect().adjusted(-margin, -margin, margin, margin);
    if (rect.intersects(this->rect()))
        update(rect & this->rect());
}

void Canvas::scheduleHeartbeats()
{
    const qint64 due = m_scene.nextHeartbeatMs();
    if (due)
        m_heartbeats.start(
            static_cast<int>(std::clamp<qint64>(due - QDateTime::currentMSecsSinceEpoch(), 0, 3'600'000)));
}

void Canvas::paintEvent(QPaintEvent *event)
{
    const auto start = Clock::now();
    const DeviceView view = deviceView();
    const QSize pixels = (QSizeF(size()) * view.ratio).toSize();
    const QRegion changed = m_picture.update(
        m_scene, m_style, view, pixels, {.matches = &m_search.tiles, .fits = m_drop ? &m_fits : nullptr});
    const QImage &image = m_picture.image();
    // The same pixels, told that they are device pixels.
    QImage alias(image.constBits(), image.width(), image.height(), image.bytesPerLine(), image.format());
    alias.setDevicePixelRatio(view.ratio);
    {
        QPainter painter(this);
        painter.setClipRegion(event->region());
        painter.setCompositionMode(QPainter::CompositionMode_Source);
        if (m_picture.view() == view) {
            painter.drawImage(QPointF(), alias);
        } else {
            // The last picture where it would be now; the sharp one is being painted.
            const DeviceView &old = m_picture.view();
            const double zoom = view.scale / old.scale;
            const QPointF origin = (QPointF(view.offset) - QPointF(old.offset) * zoom) / view.ratio;
            const QRectF target(origin, QSizeF(size()) * zoom);
            for (const QRect &bare : QRegion(rect()) - target.toRect().adjusted(1, 1, -1, -1))
                painter.fillRect(bare, m_style.palette().background);
            painter.drawImage(target, alias, QRectF(QPointF(), QSizeF(image.size())));
            animate();
        }
        painter.setCompositionMode(QPainter::CompositionMode_SourceOver);
        painter.scale(1 / view.ratio, 1 / view.ratio);
        m_effects.paint(painter, m_scene, m_style, view, start);
        paintOverlay(painter);
    }
    // A picture that became whole is wanted everywhere, whatever this paint was asked for.
    if (!(QRegion(rect()) - event->region()).isEmpty() && changed.boundingRect() == QRect(QPoint(), pixels))
        update();
    Q_EMIT painted(Clock::now() - start);
    if (m_oldestEvent && m_picture.view() == view)
        Q_EMIT changePainted(*std::exchange(m_oldestEvent, std::nullopt));
}

void Canvas::resizeEvent(QResizeEvent *)
{
    m_camera.setWindow(size());
    if (m_followsAll)
        m_scene.setWindow(size());
    worldChanged(false);
}

void Canvas::hideEvent(QHideEvent *)
{
    endDrop();
    // What happens while nobody looks is neither animated nor timed.
    m_effects.clear();
    m_oldestEvent.reset();
    m_frames.stop();
    if (m_camera.isMoving())
        m_camera.set(m_camera.target());
}

void Canvas::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) {
        setCluster(m_cluster);
        m_picture.invalidate();
        update();
    }
    QWidget::changeEvent(event);
}

void Canvas::frameAll()
{
    m_followsAll = true;
    m_scene.setWindow(size());
    worldChanged(true);
}

void Canvas::frameTile(int tile)
{
    m_camera.flyTo(m_camera.framing(m_scene.layout().tileRect(tile), Camera::maxScale), Clock::now());
    userMoved();
    animate();
}

void Canvas::frameGroup(int group)
{
    m_camera.flyTo(m_camera.framing(m_scene.layout().groupRect(group), 3), Clock::now());
    userMoved();
    animate();
}

void Canvas::zoomBy(double factor)
{
    m_camera.zoomAt(QPointF(width() / 2.0, height() / 2.0), factor, Clock::now());
    userMoved();
    animate();
}

void Canvas::centreOn(QPointF world)
{
    const double scale = m_camera.view().scale;
    m_camera.set({scale, QPointF(width() / 2.0, height() / 2.0) - world * scale});
    userMoved();
}

void Canvas::flyTo(QPointF centre, double scale)
{
    m_camera.flyTo({scale, QRectF(rect()).center() - centre * scale}, Clock::now());
    userMoved();
    animate();
}

QRect Canvas::tileOnScreen(int tile) const
{
    return m_camera.view().toWindow(m_scene.layout().tileRect(tile)).toAlignedRect();
}

} // namespace kdra::ui
