// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topology/clusterpanes.h"

#include "ui/topology/panegrid.h"

#include <QApplication>
#include <QLabel>
#include <QMouseEvent>
#include <QPainter>

namespace kdra::ui {

namespace {

constexpr int gap = Metrics::space2;
constexpr int edge = 2; // of a pane

} // namespace

ClusterPanes::ClusterPanes(Theme &theme, Canvas &main, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_main(main)
{
    connect(&m_main, &Canvas::groupingChanged, this, [this] {
        for (const Pane &pane : m_panes) {
            if (pane.side)
                pane.side->canvas.setGrouping(m_main.scene().grouping(), m_main.scene().groupingLabel());
        }
    });
    connect(&m_main, &Canvas::overlayChanged, this, [this] {
        for (const Pane &pane : m_panes) {
            if (pane.side)
                pane.side->canvas.setOverlay(m_main.scene().overlay());
        }
    });
    connect(&m_main, &Canvas::filterChanged, this, [this] {
        for (const Pane &pane : m_panes) {
            if (pane.side)
                pane.side->canvas.setFilter(m_main.scene().filter());
        }
    });
    connect(&m_main, &Canvas::relationsShownChanged, this, [this](bool shown) {
        for (const Pane &pane : m_panes) {
            if (pane.side)
                pane.side->canvas.setRelationsShown(shown);
        }
    });
    connect(&m_main, &Canvas::searchChanged, this, [this] {
        for (const Pane &pane : m_panes) {
            if (pane.side)
                pane.side->canvas.setSearch(m_main.searchText());
        }
    });
    connect(&m_theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    m_seconds.setInterval(1000);
    connect(&m_seconds, &QTimer::timeout, this, [this] {
        for (const Pane &pane : m_panes)
            pane.header->updateFreshness();
        updateTimer();
    });
}

ClusterPanes::~ClusterPanes()
{
    m_main.setCluster({});
}

void ClusterPanes::setClusters(const QList<ClusterState> &clusters, int current)
{
    std::vector<Pane> before = std::exchange(m_panes, {});
    for (const ClusterState &state : clusters) {
        const auto known = std::ranges::find(before, state.id, [](const Pane &pane) { return pane.state.id; });
        if (known == before.end()) {
            addPane(state, m_current == 0 && state.id == current);
            continue;
        }
        m_panes.push_back(std::move(*known));
        before.erase(known);
        // The batches keep the snapshot current.
        const store::SnapshotPtr snapshot = m_panes.back().state.snapshot;
        m_panes.back().state = state;
        m_panes.back().state.snapshot = snapshot;
    }
    for (Pane &gone : before) {
        delete gone.header;
        delete gone.message;
    }
    before.clear();
    if (m_activating && !paneOf(m_activating))
        m_activating = nullptr;
    if (m_current == 0)
        m_current = current;
    setCurrent(current);
    for (Pane &pane : m_panes)
        updatePane(pane);
    place();
    catchUpLater();
}

void ClusterPanes::addPane(const ClusterState &state, bool inMain)
{
    Pane pane;
    pane.state = state;
    pane.header = new ClusterHeader(m_theme, this);
    connect(pane.header, &ClusterHeader::clicked, this, [this, id = state.id] { Q_EMIT activated(id, {}); });
    if (!inMain)
        pane.side = makeSide();
    pane.message = new QLabel(this);
    pane.message->setAlignment(Qt::AlignCenter);
    pane.message->setWordWrap(true);
    pane.message->setTextFormat(Qt::PlainText);
    pane.message->setAttribute(Qt::WA_TransparentForMouseEvents);
    pane.header->show();
    m_panes.push_back(std::move(pane));
}

std::unique_ptr<ClusterPanes::Side> ClusterPanes::makeSide()
{
    auto side = std::make_unique<Side>(m_theme, this);
    Canvas &canvas = side->canvas;
    canvas.setOverlayMargins(margins);
    canvas.installEventFilter(this);
    follow(canvas);
    // After the canvas is done with the click or the key: then it may get another cluster to show.
    connect(&side->selection, &models::Selection::changed, this, [this, one = side.get()] {
        if (!one->selection.isEmpty())
            activateLater(one);
    });
    connect(&canvas, &Canvas::searchChanged, this, [this, &canvas] { m_main.setSearch(canvas.searchText()); });
    connect(&canvas, &Canvas::relationsShownChanged, &m_main, &Canvas::setRelationsShown);
    connect(&canvas, &Canvas::overlayStepRequested, &m_main, &Canvas::overlayStepRequested);
    // By Esc; the filter itself comes from the page's legend.
    connect(&canvas, &Canvas::filterChanged, this, [this, &canvas] { m_main.setFilter(canvas.scene().filter()); });
    connect(&canvas, &Canvas::inspectRequested, this, [this, one = side.get()] {
        activateLater(one);
        QMetaObject::invokeMethod(this, &ClusterPanes::inspectRequested, Qt::QueuedConnection);
    });
    connect(&canvas, &Canvas::contextMenuRequested, this,
        [this, one = side.get()](const models::Item &item, const QPoint &globalPosition) {
            activateLater(one);
            QMetaObject::invokeMethod(
                this, [this, item, globalPosition] { Q_EMIT contextMenuRequested(item, globalPosition); },
                Qt::QueuedConnection);
        });
    canvas.show();
    return side;
}

void ClusterPanes::follow(Canvas &canvas)
{
    canvas.setGrouping(m_main.scene().grouping(), m_main.scene().groupingLabel());
    canvas.setOverlay(m_main.scene().overlay());
    canvas.setFilter(m_main.scene().filter());
    canvas.setRelationsShown(m_main.relationsShown());
    canvas.setSearch(m_main.searchText());
}

bool ClusterPanes::setCurrent(int id)
{
    Pane *next = paneOf(id);
    if (!next)
        return false;
    if (next->side) {
        catchUp(*next);
        std::unique_ptr<Side> side = std::move(next->side);
        const bool attended = side->canvas.hasFocus();
        m_main.exchange(side->canvas);
        // A grouping that was under way may have been done on the spot, when no pane had this canvas to be told.
        follow(side->canvas);
        side->selection.clear();
        // The one that was in the main canvas may have been closed meanwhile.
        if (Pane *before = paneOf(m_current))
            before->side = std::move(side);
        if (attended)
            m_main.setFocus();
    }
    m_current = id;
    for (Pane &pane : m_panes)
        updatePane(pane);
    place();
    return true;
}

void ClusterPanes::setAlerts(int id, const models::AlertMarks &alerts)
{
    if (Pane *pane = paneOf(id); pane && pane->side)
        pane->side->canvas.setAlerts(alerts);
}

void ClusterPanes::apply(int id, const store::Batch &batch)
{
    Pane *pane = paneOf(id);
    if (!pane)
        return;
    // Until it has caught up, what the canvas shows is not what the batch follows.
    const bool follows = pane->side && !isBehind(*pane);
    pane->state.snapshot = batch.snapshot;
    if (!isVisible())
        return;
    if (follows)
        pane->side->canvas.apply(batch);
    else
        catchUp(*pane);
    if (batch.statesChanged || !pane->message->isHidden())
        updatePane(*pane);
    else
        updateCounts(*pane);
}

bool ClusterPanes::isBehind(const Pane &pane)
{
    return pane.side && pane.side->canvas.scene().snapshot() != pane.state.snapshot;
}

// A batch that follows nothing: the canvas takes over all that is in it, and stays where the user has moved it.
void ClusterPanes::catchUp(Pane &pane)
{
    if (!isBehind(pane))
        return;
    store::Batch whole;
    whole.snapshot = pane.state.snapshot;
    pane.side->canvas.apply(whole);
    updateCounts(pane);
}

// One pane a turn of the event loop: a large cluster takes longer than a frame.
void ClusterPanes::catchUpLater()
{
    if (!isVisible() || std::ranges::none_of(m_panes, &ClusterPanes::isBehind))
        return;
    QMetaObject::invokeMethod(
        this,
        [this] {
            const auto pane = std::ranges::find_if(m_panes, &ClusterPanes::isBehind);
            if (pane == m_panes.end() || !isVisible())
                return;
            catchUp(*pane);
            catchUpLater();
        },
        Qt::QueuedConnection);
}

void ClusterPanes::updatePane(Pane &pane)
{
    pane.header->setState(pane.state);
    pane.header->setCurrent(pane.state.id == m_current);
    canvasOf(pane).setCluster(pane.state.name);
    updateCounts(pane);
    // Never an empty surface: as long as there is nothing to show, why.
    const bool empty = pane.side && pane.state.snapshot->revision == 0;
    if (empty)
        pane.message->setText(pane.state.connection == store::ClusterStore::Connection::Failed && pane.state.error
                ? pane.state.error->text()
                : tr("Connecting to %1").arg(pane.state.name));
    pane.message->setVisible(empty);
    pane.message->raise();
    updateTimer();
}

void ClusterPanes::updateCounts(Pane &pane)
{
    const Scene &scene = canvasOf(pane).scene();
    quint32 failing = 0;
    for (const int group : groupsOf(scene))
        failing += scene.group(group).failingPods;
    pane.header->setCounts(pane.state.snapshot, failing);
}

void ClusterPanes::updateTimer()
{
    const bool ages = std::ranges::any_of(m_panes, [](const Pane &pane) { return pane.header->ages(); });
    if (!ages || !isVisible())
        m_seconds.stop();
    else if (!m_seconds.isActive())
        m_seconds.start();
}

void ClusterPanes::place()
{
    const QList<QRect> frames = packPanes(static_cast<int>(m_panes.size()), rect(), gap);
    for (size_t i = 0; i < m_panes.size(); ++i) {
        Pane &pane = m_panes[i];
        pane.frame = frames[static_cast<qsizetype>(i)];
        const QRect inner = pane.frame.adjusted(edge, edge, -edge, -edge);
        const int top = pane.header->sizeHint().height();
        pane.header->setGeometry(inner.x(), inner.y(), inner.width(), top);
        const QRect rest = inner.adjusted(0, top, 0, 0);
        pane.message->setGeometry(rest.adjusted(Metrics::space4, 0, -Metrics::space4, 0));
        if (pane.side)
            pane.side->canvas.setGeometry(rest);
        else
            m_main.setGeometry(rest.translated(pos()));
    }
    update();
}

ClusterPanes::Pane *ClusterPanes::paneOf(int id)
{
    const auto it = std::ranges::find(m_panes, id, [](const Pane &pane) { return pane.state.id; });
    return it == m_panes.end() ? nullptr : &*it;
}

ClusterPanes::Pane *ClusterPanes::paneOf(const Side *side)
{
    const auto it = std::ranges::find_if(m_panes, [side](const Pane &pane) { return pane.side.get() == side; });
    return it == m_panes.end() ? nullptr : &*it;
}

Canvas *ClusterPanes::canvasOf(int id)
{
    const Pane *pane = paneOf(id);
    return pane ? &canvasOf(*pane) : nullptr;
}

ClusterHeader *ClusterPanes::headerOf(int id)
{
    const Pane *pane = paneOf(id);
    return pane ? pane->header : nullptr;
}

void ClusterPanes::activateLater(const Side *side)
{
    if (std::exchange(m_activating, side) == side)
        return;
    QMetaObject::invokeMethod(
        this,
        [this, side] {
            if (m_activating != side)
                return;
            m_activating = nullptr;
            if (const Pane *pane = paneOf(side))
                Q_EMIT activated(pane->state.id, QList<models::Item>(side->selection.items()));
        },
        Qt::QueuedConnection);
}

// A click where there is no object means its cluster, too; dragging and the wheel look at another cluster without
// turning to it.
bool ClusterPanes::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::MouseButtonPress) {
        m_pressed = static_cast<QMouseEvent *>(event)->position();
    } else if (event->type() == QEvent::MouseButtonRelease && m_pressed) {
        const QPointF way = static_cast<QMouseEvent *>(event)->position() - *std::exchange(m_pressed, std::nullopt);
        const auto pane = std::ranges::find_if(
            m_panes, [watched](const Pane &one) { return one.side && &one.side->canvas == watched; });
        if (pane != m_panes.end() && static_cast<QMouseEvent *>(event)->button() == Qt::LeftButton
            && way.manhattanLength() < QApplication::startDragDistance())
            activateLater(pane->side.get());
    }
    return QWidget::eventFilter(watched, event);
}

void ClusterPanes::paintEvent(QPaintEvent *)
{
    const Palette &palette = m_theme.palette();
    QPainter painter(this);
    painter.fillRect(rect(), palette.background);
    for (const Pane &pane : m_panes) {
        const bool current = pane.state.id == m_current;
        const int width = current ? edge : 1;
        const int out = edge - width;
        painter.setPen(QPen(current ? palette.accent : palette.line, width));
        painter.setBrush(Qt::NoBrush);
        const double half = width / 2.0;
        painter.drawRect(QRectF(pane.frame.adjusted(out, out, -out, -out)).adjusted(half, half, -half, -half));
    }
}

void ClusterPanes::resizeEvent(QResizeEvent *)
{
    place();
}

void ClusterPanes::showEvent(QShowEvent *)
{
    for (Pane &pane : m_panes)
        updatePane(pane);
    catchUpLater();
}

void ClusterPanes::hideEvent(QHideEvent *)
{
    m_seconds.stop();
}

} // namespace kdra::ui
