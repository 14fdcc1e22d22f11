// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "metrics/connection.h"
#include "metrics/grafanaserver.h"

namespace kdra::metrics {

// A Grafana server, spoken to through the API server's proxy (where nobody can sign in: it must show dashboards to
// everybody) or directly with a token. Call it from any thread; answers come as futures and are read on a thread that
// is not the caller's. Errors: those of kube::ApiClient, Protocol for what is no answer of a Grafana.
class GrafanaClient {
public:
    // `client` gives the network thread, and the way when the endpoint is proxied; it may be gone before this is.
    GrafanaClient(Endpoint endpoint, Secrets secrets, kube::ApiClient &client);
    // What is under way ends as cancelled.
    ~GrafanaClient();
    GrafanaClient(const GrafanaClient &) = delete;
    GrafanaClient &operator=(const GrafanaClient &) = delete;

    const Endpoint &endpoint() const { return m_endpoint; }

    // A page of the list, as grafanaSearch().
    QFuture<Result<QList<GrafanaEntry>>> search(int page = 1);
    // What importGrafana() reads.
    QFuture<Result<QByteArray>> dashboard(const QString &uid);
    // Its id. Not tried again when it fails: it might be there twice.
    QFuture<Result<qint64>> annotate(const GrafanaAnnotation &annotation);

private:
    template <class T> QFuture<Result<T>> ask(const GrafanaRequest &request, Result<T> (*read)(const QByteArray &));

    Endpoint m_endpoint;
    Connection *m_connection; // on the network thread
};

} // namespace kdra::metrics
