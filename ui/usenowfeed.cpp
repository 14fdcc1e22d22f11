// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/usenowfeed.h"

#include "store/clusterstore.h"
#include "ui/metrics/metricspage.h"
#include "ui/metrics/usenowview.h"
#include "ui/metricsdesk.h"
#include "ui/session.h"

#include <QEvent>

using namespace std::chrono_literals;

namespace kdra::ui {

namespace {
constexpr auto interval = 15s; // as often as metrics-server itself asks
}

UseNowFeed::UseNowFeed(Session &session, MetricsDesk &desk, MetricsPage &page, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_desk(desk)
    , m_page(page)
{
    m_timer.setInterval(interval);
    connect(&m_timer, &QTimer::timeout, this, &UseNowFeed::ask);
    connect(&session, &Session::currentChanged, this, &UseNowFeed::reset);
    connect(&session, &Session::synced, this, &UseNowFeed::decide);
    connect(&desk, &MetricsDesk::clientChanged, this, &UseNowFeed::decide);
    page.installEventFilter(this);
}

bool UseNowFeed::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Show || event->type() == QEvent::Hide) {
        // Somebody may have installed it meanwhile.
        m_absent = false;
        QMetaObject::invokeMethod(this, &UseNowFeed::decide, Qt::QueuedConnection);
    }
    return QObject::eventFilter(watched, event);
}

void UseNowFeed::reset()
{
    m_absent = false;
    m_nodesAsked.cancel();
    m_podsAsked.cancel();
    m_page.showUseNow(false);
    decide();
}

// Not before it is known that there is no Prometheus.
void UseNowFeed::decide()
{
    const bool needed = m_page.isVisible() && !m_desk.client() && m_page.isSettled() && !m_absent && m_session.current()
        && m_session.current()->isSynced();
    if (m_desk.client())
        m_page.showUseNow(false);
    if (!needed) {
        m_timer.stop();
    } else if (!m_timer.isActive()) {
        m_timer.start();
        ask();
    }
}

void UseNowFeed::ask()
{
    if (!m_session.current() || m_nodesAsked.isAsking() || m_podsAsked.isAsking())
        return;
    m_nodesAsked.ask(metrics::nodeUse(m_session.current()->client()), this,
        [this](const Result<metrics::ResourceUse> &nodes) { take(nodes); });
}

void UseNowFeed::take(const Result<metrics::ResourceUse> &nodes)
{
    if (m_desk.client() || !m_session.current())
        return;
    if (!nodes) {
        m_absent = nodes.error().kind == Error::Kind::NotFound;
        m_page.useNow().setProblem(nodes.error());
        m_page.showUseNow(!m_absent);
        if (m_absent)
            m_timer.stop();
        return;
    }
    m_nodes = *nodes;
    m_podsAsked.ask(metrics::podUse(m_session.current()->client(), m_session.ns()), this,
        [this](const Result<metrics::ResourceUse> &pods) { show(pods); });
}

void UseNowFeed::show(const Result<metrics::ResourceUse> &pods)
{
    const store::SnapshotPtr snapshot = m_session.models().snapshot();
    if (m_desk.client() || !snapshot)
        return;
    QHash<QString, double> cores;
    QHash<QString, double> bytes;
    snapshot->table<store::Kind::Node>().forEach([&](const store::Ref<store::NodeRecord> &node) {
        const QString name = store::toQString(node.name());
        cores.insert(name, static_cast<double>(node->cpuMilliAllocatable) / 1000);
        bytes.insert(name, static_cast<double>(node->memoryAllocatable));
    });
    const metrics::ResourceUse none{.cpu = {.series = std::make_shared<const std::vector<metrics::Series>>()},
        .memory = {.series = std::make_shared<const std::vector<metrics::Series>>()}};
    m_page.useNow().setProblem(pods ? std::nullopt : std::optional(pods.error()));
    m_page.useNow().setUse(m_nodes, pods.value_or(none), cores, bytes);
    m_page.showUseNow(true);
}

} // namespace kdra::ui
