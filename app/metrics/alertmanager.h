// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "metrics/connection.h"
#include "metrics/promclient.h"

namespace kdra::metrics {

// Picks alerts by a label, as Alertmanager has it: all matchers of a silence must match.
struct LabelMatcher {
    QString name = {};
    QString value = {};
    bool isRegex = false;
    bool isEqual = true; // false: everything but that
    bool operator==(const LabelMatcher &) const = default;
};

// An alert that Alertmanager has been sent. Times are milliseconds since the epoch.
struct ManagedAlert {
    Labels labels = {};
    Labels annotations = {};
    QString fingerprint = {}; // of the labels
    QString state = {}; // "active", "suppressed", "unprocessed"
    QStringList silencedBy = {}; // ids of silences
    QStringList inhibitedBy = {}; // fingerprints of alerts
    QStringList mutedBy = {}; // names of time intervals
    QStringList receivers = {};
    QString generatorUrl = {};
    qint64 startsAt = 0;
    qint64 endsAt = 0; // when it counts as resolved unless it is sent again
};

struct Silence {
    QString id = {}; // empty for a new one
    QList<LabelMatcher> matchers = {};
    qint64 startsAt = 0;
    qint64 endsAt = 0;
    QString createdBy = {};
    QString comment = {};
    QString state = {}; // "active", "pending", "expired"
};

// Alertmanager's API v2 (https://github.com/prometheus/alertmanager/blob/main/api/v2/openapi.yaml). Any thread;
// futures, parsed on a thread of their own, cancelled with future.cancel(). What changes something is never sent twice.
class AlertmanagerClient {
public:
    AlertmanagerClient(Endpoint endpoint, Secrets secrets, kube::ApiClient &client);
    ~AlertmanagerClient();
    AlertmanagerClient(const AlertmanagerClient &) = delete;
    AlertmanagerClient &operator=(const AlertmanagerClient &) = delete;

    const Endpoint &endpoint() const { return m_endpoint; }

    // Those that are firing, silenced and inhibited ones among them.
    QFuture<Result<QList<ManagedAlert>>> alerts(const Asking &asking = {});
    // Expired ones among them, as long as the server keeps them (five days by default).
    QFuture<Result<QList<Silence>>> silences(const Asking &asking = {});
    // The id. With an id in `silence` that one is changed (and gets a new id when its matchers differ). Errors besides
    // the usual: Invalid without a matcher, an end after the start, or a comment; those are not sent.
    QFuture<Result<QString>> silence(const Silence &silence);
    QFuture<Result<void>> expire(const QString &id);
    QFuture<Result<QString>> version(const Asking &asking = {});

private:
    Endpoint m_endpoint;
    Connection *m_connection; // on the network thread
};

namespace parse {
// Replies of Alertmanager's API. Pure; any thread.
Result<QList<ManagedAlert>> managedAlerts(Reply &&reply);
Result<QList<Silence>> silences(Reply &&reply);
}

} // namespace kdra::metrics
