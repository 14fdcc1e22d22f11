// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/alerts.h"

#include "metrics/duration.h"

#include <QCoreApplication>
#include <QHostAddress>

#include <algorithm>
#include <tuple>
#include <unordered_map>

namespace kdra::metrics {

using namespace Qt::StringLiterals;

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::metrics::Alerts)
};

QString firstOf(const Labels &labels, std::initializer_list<QLatin1StringView> names)
{
    for (const QLatin1StringView name : names) {
        if (const QString value = labels.value(name); !value.isEmpty())
            return value;
    }
    return {};
}

Alert::Severity severityOf(const Labels &labels)
{
    const QString severity = labels.value(u"severity"_s).toLower();
    if (severity == "critical"_L1 || severity == "error"_L1 || severity == "page"_L1 || severity == "high"_L1
        || severity == "emergency"_L1)
        return Alert::Severity::Critical;
    if (severity == "warning"_L1 || severity == "warn"_L1 || severity == "medium"_L1)
        return Alert::Severity::Warning;
    if (severity == "info"_L1 || severity == "low"_L1 || severity == "notice"_L1)
        return Alert::Severity::Info;
    return Alert::Severity::None;
}

// What follows from labels and annotations.
void describe(Alert &alert)
{
    alert.name = alert.labels.value(u"alertname"_s);
    alert.severity = severityOf(alert.labels);
    alert.summary = firstOf(alert.annotations, {"summary"_L1, "message"_L1, "description"_L1});
    if (alert.summary.isEmpty())
        alert.summary = alert.name;
    // It comes from a cluster: nothing but a web page may be opened from it.
    const QUrl runbook(firstOf(alert.annotations, {"runbook_url"_L1, "runbook"_L1}), QUrl::StrictMode);
    if (runbook.scheme() == "https"_L1 || runbook.scheme() == "http"_L1)
        alert.runbook = runbook;
    alert.place = placeOf(alert.labels);
}

void manage(Alert &alert, const ManagedAlert &managed)
{
    alert.inAlertmanager = true;
    alert.fingerprint = managed.fingerprint;
    alert.silencedBy = managed.silencedBy;
    alert.inhibitedBy = managed.inhibitedBy;
    alert.receivers = managed.receivers;
    alert.labels = managed.labels; // with those that Prometheus added: what a silence has to match
    if (alert.annotations.isEmpty())
        alert.annotations = managed.annotations;
    if (!alert.since)
        alert.since = managed.startsAt;
    // Muted by a time interval is as silent as silenced.
    if (!managed.silencedBy.isEmpty() || !managed.mutedBy.isEmpty())
        alert.state = Alert::State::Silenced;
    else if (!managed.inhibitedBy.isEmpty() || managed.state == "suppressed"_L1)
        alert.state = Alert::State::Inhibited;
    else
        alert.state = Alert::State::Firing;
}

bool contains(const Labels &all, const Labels &some)
{
    return std::ranges::all_of(some.asKeyValueRange(), [&](const auto &pair) {
        const auto found = all.constFind(pair.first);
        return found != all.constEnd() && *found == pair.second;
    });
}

// Whole minutes from two on.
QString durationFor(qint64 ms)
{
    constexpr qint64 minute = 60'000;
    ms = std::max<qint64>(ms, 0);
    return textOfDuration(ms >= 2 * minute ? ms / minute * minute : ms / 1000 * 1000);
}

QString silentFor(qint64 ms, const std::optional<Error> &error)
{
    return Text::tr("The source of alerts has not answered for %1, so alerts may be missing: %2")
        .arg(durationFor(ms), error ? error->text() : QString());
}

QString withoutWatchdogFor(qint64 ms)
{
    return Text::tr(
        "The alert that always fires has been missing for %1: the way from Prometheus to here is broken, so "
        "other alerts may be missing too.")
        .arg(durationFor(ms));
}

// Alertmanager's alerts, found by the labels of Prometheus'.
class Managed {
public:
    explicit Managed(const QList<ManagedAlert> &alerts, qint64 now)
    {
        for (const ManagedAlert &alert : alerts) {
            if (!alert.endsAt || alert.endsAt > now)
                m_byName[alert.labels.value(u"alertname"_s)].push_back(&alert);
        }
    }

    // The one with exactly these labels, else the one with the fewest more; it is not found again.
    const ManagedAlert *take(const Labels &labels)
    {
        const auto named = m_byName.find(labels.value(u"alertname"_s));
        if (named == m_byName.end())
            return nullptr;
        auto closest = named->second.end();
        for (auto it = named->second.begin(); it != named->second.end(); ++it) {
            if (contains((*it)->labels, labels)
                && (closest == named->second.end() || (*it)->labels.size() < (*closest)->labels.size()))
                closest = it;
        }
        if (closest == named->second.end())
            return nullptr;
        const ManagedAlert *found = *closest;
        named->second.erase(closest);
        return found;
    }

    QList<const ManagedAlert *> rest() const
    {
        QList<const ManagedAlert *> left;
        for (const auto &[name, alerts] : m_byName)
            left.append(QList<const ManagedAlert *>(alerts.begin(), alerts.end()));
        return left;
    }

private:
    std::unordered_map<QString, std::vector<const ManagedAlert *>> m_byName;
};

} // namespace

AlertPlace placeOf(const Labels &labels)
{
    AlertPlace place{.node = firstOf(labels, {"node"_L1, "kubernetes_node"_L1, "nodename"_L1, "node_name"_L1}),
        .instance = labels.value(u"instance"_s),
        .ns = firstOf(labels, {"namespace"_L1, "exported_namespace"_L1, "kubernetes_namespace"_L1}),
        .pod = firstOf(labels, {"pod"_L1, "exported_pod"_L1, "kubernetes_pod_name"_L1, "pod_name"_L1}),
        .container = firstOf(labels, {"container"_L1, "exported_container"_L1}),
        .workload = firstOf(labels, {"deployment"_L1, "statefulset"_L1, "daemonset"_L1, "job_name"_L1, "workload"_L1}),
        .environment = firstOf(labels, {"label_kdra_dev_environment"_L1, "kdra_dev_environment"_L1, "environment"_L1})};
    if (place.node.isEmpty() && !place.instance.isEmpty()) {
        const QString host = QUrl(u"//"_s + place.instance).host();
        if (!host.isEmpty() && QHostAddress(host).isNull())
            place.node = host;
    }
    return place;
}

QList<Alert> mergedAlerts(const QList<RuleGroup> &rules, const QList<ManagedAlert> &managed, qint64 now)
{
    Managed known(managed, now);
    QList<Alert> alerts;
    QSet<QString> seen; // groups of several replicas may be listed side by side
    for (const RuleGroup &group : rules) {
        for (const Rule &rule : group.rules) {
            for (const RuleAlert &raised : rule.alerts) {
                if (raised.state == "inactive"_L1 || seen.contains(textOf(raised.labels)))
                    continue;
                seen.insert(textOf(raised.labels));
                Alert alert{.id = textOf(raised.labels),
                    .state = raised.state == "pending"_L1 ? Alert::State::Pending : Alert::State::Firing,
                    .labels = raised.labels,
                    .annotations = raised.annotations,
                    .since = raised.since,
                    .value = raised.value,
                    .query = rule.query,
                    .inPrometheus = true};
                // A pending alert has not been sent; one of Alertmanager's with its labels is an earlier firing.
                if (const ManagedAlert *sent = known.take(raised.labels); sent && alert.state == Alert::State::Firing)
                    manage(alert, *sent);
                describe(alert);
                alerts += alert;
            }
        }
    }
    for (const ManagedAlert *sent : known.rest()) {
        Alert alert{.id = textOf(sent->labels)};
        manage(alert, *sent);
        describe(alert);
        alerts += alert;
    }
    std::ranges::stable_sort(alerts, {}, [](const Alert &alert) {
        return std::tuple(alert.severity, alert.state, -alert.since, alert.name, textOf(alert.labels));
    });
    return alerts;
}

bool isWatchdog(const Alert &alert)
{
    return alert.name == "Watchdog"_L1 || alert.name == "DeadMansSwitch"_L1;
}

bool DeadMan::answered(const QList<Alert> &alerts, qint64 now)
{
    const State before = std::exchange(m_state, State{.watchdogMissingSince = m_state.watchdogMissingSince});
    const bool watchdog = std::ranges::any_of(alerts, isWatchdog);
    m_hasWatchdog = m_hasWatchdog || watchdog;
    if (watchdog || !m_hasWatchdog)
        m_state.watchdogMissingSince = 0;
    else if (!m_state.watchdogMissingSince)
        m_state.watchdogMissingSince = now;
    return !(before == m_state);
}

bool DeadMan::failed(const Error &error, qint64 now)
{
    if (error.kind == Error::Kind::Cancelled)
        return false;
    const State before = m_state;
    m_state.error = error;
    if (!m_state.unreachableSince)
        m_state.unreachableSince = now;
    return !(before == m_state);
}

QString DeadMan::text(qint64 now) const
{
    if (m_state.unreachableSince)
        return silentFor(now - m_state.unreachableSince, m_state.error);
    if (m_state.watchdogMissingSince)
        return withoutWatchdogFor(now - m_state.watchdogMissingSince);
    return {};
}

} // namespace kdra::metrics
