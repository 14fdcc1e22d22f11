// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "metrics/connection.h"
#include "metrics/promdata.h"

#include <QPointer>

namespace kdra::metrics {

// How a question is asked.
struct Asking {
    bool interactive = true; // somebody waits for it: goes before background refreshes
    quint64 group = 0; // of one page: pages take turns
    std::chrono::milliseconds deadline = std::chrono::seconds(30);
};

// Prometheus' HTTP API, spoken by Thanos, Mimir, Cortex and VictoriaMetrics too. Call it from any thread; answers come
// as futures, are parsed on a thread that is not the caller's, and are cancelled with future.cancel(). Times are
// milliseconds since the epoch. Errors: what a query is refused for (Invalid, with queryPosition()), Timeout, Server,
// Network, Tls, Authentication, Forbidden, NotFound, Protocol, Cancelled.
class PromClient {
public:
    // `client` gives the network thread, and the way when the endpoint is proxied; it may be gone before this is.
    PromClient(Endpoint endpoint, Secrets secrets, kube::ApiClient &client);
    // What is under way ends as cancelled.
    ~PromClient();
    PromClient(const PromClient &) = delete;
    PromClient &operator=(const PromClient &) = delete;

    const Endpoint &endpoint() const { return m_endpoint; }

    // At a time, or now by the server's clock with 0.
    QFuture<Result<Answer>> instant(const QString &expr, qint64 at = 0, const Asking &asking = {});
    // More than maxPoints are refused here, before the server does.
    QFuture<Result<Answer>> range(const QString &expr, const Range &range, const Asking &asking = {});

    // The label sets of what any of the selectors picks, seen between the two times (0: the server's whole memory).
    // At most `limit` (0: all; servers before 2.50 give all).
    QFuture<Result<LabelSets>> series(
        const QStringList &selectors, qint64 from, qint64 to, int limit = 0, const Asking &asking = {});
    QFuture<Result<Names>> labels(
        const QStringList &selectors = {}, qint64 from = 0, qint64 to = 0, const Asking &asking = {});
    // Of "__name__": the metrics.
    QFuture<Result<Names>> labelValues(const QString &label, const QStringList &selectors = {}, qint64 from = 0,
        qint64 to = 0, int limit = 0, const Asking &asking = {});
    QFuture<Result<MetadataByName>> metadata(const Asking &asking = {});
    QFuture<Result<QList<RuleGroup>>> rules(const Asking &asking = {});
    QFuture<Result<QList<RuleAlert>>> alerts(const Asking &asking = {});
    QFuture<Result<QList<Target>>> targets(const Asking &asking = {}); // the active ones
    QFuture<Result<BuildInfo>> buildInfo(const Asking &asking = {});

    // Milliseconds that the server's clock is ahead of ours (by its last answer; differences under two seconds count as
    // none), its time now, and a whole sentence about a difference that people should know of (half a minute), else "".
    qint64 clockAhead() const;
    qint64 serverNow() const;
    QString clockNote() const;

private:
    Endpoint m_endpoint;
    Connection *m_connection; // on the network thread
};

} // namespace kdra::metrics
