// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "metrics/alertmanager.h"

#include <QUrl>

// What is firing: the rules of Prometheus and the alerts of Alertmanager as one list. Pure.
namespace kdra::metrics {

// What an alert is about, as far as its labels say. Empty: they do not.
struct AlertPlace {
    QString node = {}; // by node, kubernetes_node, nodename; else the host of `instance` when it is a name
    QString instance = {};
    QString ns = {};
    QString pod = {};
    QString container = {};
    QString workload = {}; // deployment, statefulset, daemonset, job_name
    QString environment = {}; // kdra.dev/environment as kube-state-metrics writes it, or environment
    bool operator==(const AlertPlace &) const = default;
};

struct Alert {
    enum class State : quint8 { Firing, Pending, Silenced, Inhibited };
    enum class Severity : quint8 { Critical, Warning, Info, None };

    // The same as long as the alert is there, whether Alertmanager knows of it yet or not: its labels, as the rules
    // have them.
    QString id = {};
    QString name = {}; // alertname
    State state = State::Firing;
    Severity severity = Severity::None; // of the label; "error", "page", "high" count as critical
    Labels labels = {};
    Labels annotations = {};
    qint64 since = 0; // milliseconds since the epoch, 0: not known
    QString summary = {}; // annotation summary, message or description; else the name
    QUrl runbook = {}; // annotation runbook_url; http and https only
    QString value = {}; // as Prometheus writes it
    QString query = {}; // of the rule
    AlertPlace place = {};
    QString fingerprint = {}; // Alertmanager's; empty when it does not know the alert
    QStringList silencedBy = {}; // ids of silences
    QStringList inhibitedBy = {}; // fingerprints
    QStringList receivers = {};
    bool inPrometheus = false;
    bool inAlertmanager = false;
};

AlertPlace placeOf(const Labels &labels);

// Each alert once: one of Alertmanager's stands for the one of the rules that has its labels, or its labels without
// those that Prometheus adds when it sends (external labels). Order: severity, then firing, pending, silenced,
// inhibited, then the newest first. `now`: milliseconds since the epoch; what Alertmanager counts as resolved is left
// out.
QList<Alert> mergedAlerts(const QList<RuleGroup> &rules, const QList<ManagedAlert> &managed, qint64 now);

// Whether the source of alerts can be believed, kept up by what it answers. A Watchdog (kube-prometheus) and a
// DeadMansSwitch are alerts that always fire: once seen, it means something when they are missing.
class DeadMan {
public:
    struct State {
        qint64 unreachableSince = 0; // 0: it answers
        std::optional<Error> error = {}; // why it does not
        qint64 watchdogMissingSince = 0; // 0: it is there, or there never was one
        bool isAlive() const { return !unreachableSince && !watchdogMissingSince; }
        bool operator==(const State &other) const
        {
            return unreachableSince == other.unreachableSince && watchdogMissingSince == other.watchdogMissingSince;
        }
    };

    // `now`: milliseconds since the epoch. True when the state differs from before.
    bool answered(const QList<Alert> &alerts, qint64 now);
    bool failed(const Error &error, qint64 now);

    const State &state() const { return m_state; }
    // What is wrong, in a whole sentence; empty while it is alive.
    QString text(qint64 now) const;

private:
    State m_state;
    bool m_hasWatchdog = false; // one was seen
};

// An alert that says only that alerts work.
bool isWatchdog(const Alert &alert);

} // namespace kdra::metrics
