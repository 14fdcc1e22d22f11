// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/alertdesk.h"

#include "base/whenfinished.h"
#include "store/clusterstore.h"
#include "ui/alertplaces.h"
#include "ui/environments/environmentspage.h"
#include "ui/metrics/alertspage.h"
#include "ui/metrics/alertwords.h"
#include "ui/metrics/noticedialog.h"
#include "ui/metrics/silencedialog.h"
#include "ui/metrics/sourcedialog.h"
#include "ui/metricsources.h"
#include "ui/pages.h"
#include "ui/session.h"
#include "ui/topology/topologypage.h"

#include <QEvent>
#include <QSettings>
#include <QtConcurrent>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace kdra::ui {

namespace {

using Threshold = metrics::NoticeRules::Threshold;

constexpr std::chrono::milliseconds interval = 15s;
constexpr std::chrono::milliseconds hiddenInterval = 60s; // another cluster, or no window: only for notifications

// How long the source of alerts may be gone before it is told on the desktop.
constexpr std::chrono::milliseconds patience = 2min;

metrics::NoticeRules keptRules()
{
    const QSettings settings;
    metrics::NoticeRules rules;
    const int threshold = settings.value(u"alerts/threshold"_s, int(rules.threshold)).toInt();
    if (threshold >= int(Threshold::Nothing) && threshold <= int(Threshold::Warning))
        rules.threshold = static_cast<Threshold>(threshold);
    rules.isQuiet = settings.value(u"alerts/quiet"_s, rules.isQuiet).toBool();
    const auto time = [&](const QString &key, QTime usual) {
        const QTime kept = QTime::fromString(settings.value(key).toString(), u"HH:mm"_s);
        return kept.isValid() ? kept : usual;
    };
    rules.quietFrom = time(u"alerts/quietFrom"_s, rules.quietFrom);
    rules.quietTo = time(u"alerts/quietTo"_s, rules.quietTo);
    rules.criticalBreaksThrough =
        settings.value(u"alerts/criticalBreaksThrough"_s, rules.criticalBreaksThrough).toBool();
    return rules;
}

bool concerns(const metrics::AlertPlace &place, const models::HappeningScope &scope)
{
    if (scope.isAll() || scope.nodes.contains(place.node))
        return true;
    // Of a namespace that is meant as a whole, or what is meant in it.
    const bool isWhole = scope.workloads.isEmpty() && scope.pods.isEmpty();
    return scope.namespaces.contains(place.ns)
        && (isWhole || scope.workloads.contains(place.workload) || scope.pods.contains(place.pod));
}

QList<metrics::Endpoint> endpointsAmong(const QList<metrics::ServiceFacts> &services, const metrics::Choice &choice)
{
    QList<metrics::Endpoint> endpoints;
    for (const metrics::Candidate &one :
        metrics::alertmanagersAmong(services, choice).value_or(QList<metrics::Candidate>()))
        endpoints += one.endpoint;
    return endpoints;
}

} // namespace

AlertDesk::AlertDesk(Session &session, Pages &pages, QWidget *window)
    : QObject(window)
    , m_session(session)
    , m_pages(pages)
    , m_page(pages.alerts())
    , m_window(window)
    , m_rules(keptRules())
{
    window->installEventFilter(this);
    connect(&m_page, &AlertsPage::sourceRequested, this, &AlertDesk::sourceRequested);
    connect(&m_page, &AlertsPage::managerRequested, this, &AlertDesk::chooseManager);
    connect(&m_page, &AlertsPage::noticesRequested, this, &AlertDesk::chooseNotices);
    connect(&m_page, &AlertsPage::exploreRequested, this, &AlertDesk::exploreRequested);
    connect(&m_page, &AlertsPage::silenceRequested, this, &AlertDesk::askForSilence);
    connect(&m_page, &AlertsPage::expireRequested, this, &AlertDesk::expire);
    connect(&m_page, &AlertsPage::placeRequested, this, &AlertDesk::show);
    connect(this, &AlertDesk::marked, &pages.topology(), &TopologyPage::setAlerts);
    connect(this, &AlertDesk::markedBeside, &pages.topology(), &TopologyPage::setAlertsBeside);
    connect(this, &AlertDesk::marked, &pages.environments(), &EnvironmentsPage::setAlerts);
    connect(&pages.environments(), &EnvironmentsPage::alertRequested, this, &AlertDesk::showAlert);
    connect(&session, &Session::currentChanged, this, &AlertDesk::follow);
    connect(&session, &Session::synced, this, &AlertDesk::followServices);
    connect(&session, &Session::marksChanged, this, &AlertDesk::tellManager);
    connect(&session, &Session::published, this, [this](const store::Batch &batch) {
        if (!batch.delta(store::Kind::Service).isEmpty())
            followServices();
    });
    connect(&session, &Session::clustersChanged, this, [this] {
        const auto open = m_session.clusters();
        std::erase_if(m_clusters,
            [&](const auto &one) { return !std::ranges::contains(open, one.first, &Session::OpenCluster::id); });
    });
    follow();
}

AlertDesk::~AlertDesk() = default;

AlertDesk::Cluster *AlertDesk::current()
{
    const auto found = m_clusters.find(m_session.currentId());
    return found == m_clusters.end() ? nullptr : &found->second;
}

const AlertDesk::Cluster *AlertDesk::current() const
{
    const auto found = m_clusters.find(m_session.currentId());
    return found == m_clusters.end() ? nullptr : &found->second;
}

AlertFeed *AlertDesk::feed() const
{
    const Cluster *cluster = current();
    return cluster ? cluster->feed.get() : nullptr;
}

void AlertDesk::follow()
{
    const int id = m_session.currentId();
    if (id != 0 && !m_clusters.contains(id)) {
        Cluster &cluster = m_clusters[id];
        cluster.choice = keptChoice(setting(u"alertmanager"_s));
        cluster.feed = std::make_unique<AlertFeed>();
        connect(cluster.feed.get(), &AlertFeed::changed, this, [this, id] {
            if (id == m_session.currentId())
                tell();
            mark(id);
            tellTrouble(id);
            Cluster &heard = m_clusters.at(id);
            tellDesktop(metrics::noticeAfterQuiet(
                heard.held.release(heard.feed->alerts(), m_rules, QTime::currentTime()), nameOf(id)));
            // It may be there by now.
            if (Cluster *one = current(); id == m_session.currentId() && !one->feed->manager() && !one->asked.isEmpty())
                look(id);
        });
        connect(cluster.feed.get(), &AlertFeed::began, this, [this, id](const QList<metrics::Alert> &alerts) {
            const QTime time = QTime::currentTime();
            m_clusters.at(id).held.hold(alerts, m_rules, time);
            tellDesktop(metrics::noticeOf(alerts, m_rules, time, nameOf(id)));
        });
    }
    setInterval();
    tell();
    if (id == 0)
        Q_EMIT marked({});
    // Of the others, too: one of them was shown until now.
    for (const auto &[each, cluster] : m_clusters)
        mark(each);
    tellManager();
    if (m_session.current() && m_session.current()->isSynced())
        followServices();
}

void AlertDesk::setClient(std::shared_ptr<metrics::PromClient> client)
{
    // Whose client it is may be told before the change of cluster itself.
    if (m_session.currentId() != 0 && !current())
        follow();
    if (Cluster *cluster = current())
        cluster->feed->setRules(std::move(client));
    tell();
    mark(m_session.currentId());
}

void AlertDesk::setInterval()
{
    const bool isSeen = m_window->isVisible() && !m_window->isMinimized();
    for (auto &[id, cluster] : m_clusters)
        cluster.feed->setInterval(isSeen && id == m_session.currentId() ? interval : hiddenInterval);
}

// A source that is gone looks as if all were well.
void AlertDesk::tellTrouble(int id)
{
    Cluster &cluster = m_clusters.at(id);
    const qint64 since = cluster.feed->troubleSince();
    const bool lasts = since && QDateTime::currentMSecsSinceEpoch() - since >= patience.count();
    const QTime time = QTime::currentTime();
    if (lasts && !cluster.troubleTold && m_rules.tells(metrics::Alert::Severity::Critical, time)) {
        cluster.troubleTold = true;
        Q_EMIT notified(tr("The alerts of %1 are not known").arg(nameOf(id)), cluster.feed->trouble());
    } else if (!since && cluster.troubleTold) {
        cluster.troubleTold = false;
        if (m_rules.tells(metrics::Alert::Severity::Critical, time))
            Q_EMIT notified(tr("The alerts of %1 are known again").arg(nameOf(id)),
                tr("%n alert(s)", nullptr, static_cast<int>(cluster.feed->alerts().size())));
    }
}

void AlertDesk::tellDesktop(const std::optional<metrics::AlertNotice> &notice)
{
    if (notice)
        Q_EMIT notified(notice->title, notice->text);
}

QString AlertDesk::nameOf(int id) const
{
    const QList<Session::OpenCluster> open = m_session.clusters();
    const auto found = std::ranges::find(open, id, &Session::OpenCluster::id);
    return found == open.end() ? QString() : found->name;
}

bool AlertDesk::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Show || event->type() == QEvent::Hide || event->type() == QEvent::WindowStateChange)
        setInterval();
    return QObject::eventFilter(watched, event);
}

void AlertDesk::followServices()
{
    Cluster *cluster = current();
    const store::SnapshotPtr snapshot = m_session.models().snapshot();
    if (!cluster || !snapshot || !m_session.current() || !m_session.current()->isSynced())
        return;
    const QList<metrics::Endpoint> endpoints = endpointsAmong(servicesOf(*snapshot), cluster->choice);
    const bool same = endpoints == cluster->asked && cluster->findings;
    cluster->asked = endpoints;
    if (!same)
        look(m_session.currentId());
}

void AlertDesk::tell()
{
    const AlertFeed *from = feed();
    if (!from || (!from->rules() && !from->manager())) {
        m_page.setTrouble({});
        m_page.setAbsence(tr("There is no source of alerts"),
            from ? tr("Alerts come from the rules of a Prometheus, and none is known for this cluster.")
                 : tr("No cluster is open."));
    } else if (!from->isAnswered()) {
        m_page.setTrouble({});
        m_page.setAbsence(from->error() ? tr("The source of alerts does not answer") : tr("Asking for alerts"),
            from->error() ? from->error()->text() : QString());
    } else {
        m_page.setAlerts(from->alerts(), from->silences(), from->asOf());
        m_page.setTrouble(from->trouble());
    }
    if (m_dialog && from)
        m_dialog->setAlerts(from->alerts());
    Q_EMIT changed();
}

void AlertDesk::mark(int id)
{
    const auto found = m_clusters.find(id);
    const auto open = m_session.clusters();
    const auto shown = std::ranges::find(open, id, &Session::OpenCluster::id);
    if (found == m_clusters.end() || shown == open.end())
        return;
    // On its way it may become the one that is shown, or no longer be.
    const auto tellOf = [this, id](const models::AlertMarks &alerts) {
        if (id == m_session.currentId())
            Q_EMIT marked(alerts);
        else
            Q_EMIT markedBeside(id, alerts);
    };
    Cluster &cluster = found->second;
    const Latest::Token token = cluster.marking.next();
    if (cluster.feed->alerts().isEmpty() || !shown->store) {
        tellOf({});
        return;
    }
    whenFinished(QtConcurrent::run([alerts = cluster.feed->alerts(), snapshot = shown->store->snapshot()] {
        return alertMarks(alerts, *snapshot);
    }),
        this, [token, tellOf](const models::AlertMarks &alerts) {
            if (token.isCurrent())
                tellOf(alerts);
        });
}

void AlertDesk::showAlert(const QString &id)
{
    m_pages.showAlerts();
    m_page.select(id);
}

QList<EventMark> AlertDesk::marks(const models::HappeningScope &scope) const
{
    QList<EventMark> marks;
    const AlertFeed *from = feed();
    for (const metrics::Alert &alert : from ? from->alerts() : QList<metrics::Alert>()) {
        if (alert.since > 0 && concerns(alert.place, scope) && !metrics::isWatchdog(alert)
            && alert.state != metrics::Alert::State::Pending)
            marks += EventMark{.time = alert.since,
                .severity = glyphOf(alert),
                .kind = tr("Alert"),
                .text = alert.name + u": "_s + alert.summary.simplified().left(200)};
    }
    return marks;
}

int AlertDesk::firing() const
{
    return m_page.count(metrics::Alert::State::Firing);
}

store::Severity AlertDesk::worst() const
{
    store::Severity worst = store::Severity::Healthy;
    for (const metrics::Alert &alert : m_page.alerts()) {
        if (alert.state == metrics::Alert::State::Firing)
            worst = std::max(worst, glyphOf(alert));
    }
    return worst;
}

void AlertDesk::show(const metrics::AlertPlace &place)
{
    const store::SnapshotPtr snapshot = m_session.models().snapshot();
    if (!snapshot)
        return;
    const AlertTarget target = targetOf(place, *snapshot);
    if (!target.item.isNull()) {
        m_pages.setCurrentIndex(Pages::Topology);
        m_session.selection().set(target.item);
        m_pages.topology().goToSelection();
    } else if (!target.environment.isEmpty()) {
        m_pages.setCurrentIndex(Pages::Environments);
        m_pages.environments().select(target.ns, target.environment);
    } else {
        Q_EMIT failed(tr("What the alert is about is not there"),
            Error{.kind = Error::Kind::NotFound,
                .what = tr("The cluster has no such object (any longer): %1.").arg(whereWords(place)),
                .remedy = tr("The alert ends when Prometheus sees that, too.")});
    }
}

void AlertDesk::chooseNotices()
{
    auto *dialog = new NoticeDialog(m_session.theme(), m_rules, m_window);
    connect(dialog, &NoticeDialog::chosen, this, &AlertDesk::setNoticeRules);
    dialog->open();
}

void AlertDesk::setNoticeRules(const metrics::NoticeRules &rules)
{
    m_rules = rules;
    QSettings settings;
    settings.setValue(u"alerts/threshold"_s, int(rules.threshold));
    settings.setValue(u"alerts/quiet"_s, rules.isQuiet);
    settings.setValue(u"alerts/quietFrom"_s, rules.quietFrom.toString(u"HH:mm"_s));
    settings.setValue(u"alerts/quietTo"_s, rules.quietTo.toString(u"HH:mm"_s));
    settings.setValue(u"alerts/criticalBreaksThrough"_s, rules.criticalBreaksThrough);
}

QString AlertDesk::setting(const QString &what) const
{
    return metricsSetting(m_session.current(), what);
}

} // namespace kdra::ui
