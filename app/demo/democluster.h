// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "kube/kubeconfig.h"

#include <QThread>
#include <QUrl>

#include <memory>

namespace kdra::demo {

struct DemoOptions {
    int nodes = 24; // all nodes, Pis among them: 3 control plane, 5 rack workers, 16 Pis
    int pis = 16;
    int pods = 200; // about
    double eventsPerSecond = 0; // extra churn, for load tests
    quint32 seed = 1; // the same seed makes the same cluster
    quint16 port = 0; // 0: any free one
    quint16 prometheusPort = 0; // 0: any free one
    bool populate = true; // false: only the namespaces that every cluster has, for tests
    bool controllers = true; // deployment, scheduler, kubelet, ...
    bool story = true; // a rollout, a crash loop, an under-voltage Pi, a silent node
    bool compat120 = false; // behave like Kubernetes 1.20 where clients must fall back
    bool webSocket = true; // false: refuse upgrades
    bool requireToken = false; // false: a request without a token is the administrator's
    int bookmarkSeconds = 60; // between periodic bookmarks
};

// A small Kubernetes API server with a cluster behind it, on loopback, in a thread of its own.
class DemoCluster {
public:
    explicit DemoCluster(DemoOptions options = {});
    ~DemoCluster(); // stops and joins
    DemoCluster(const DemoCluster &) = delete;
    DemoCluster &operator=(const DemoCluster &) = delete;

    // Makes the cluster and listens; returns the server's URL. Blocks until it is bound (at 150,000 pods some seconds).
    Result<QUrl> start();

    QUrl url() const; // http://127.0.0.1:PORT; empty before start()
    QUrl prometheusUrl() const; // empty when there is none
    const DemoOptions &options() const;

    // To talk to it with kube::ApiClient. `token`: "" or one of the table in authz.h ("admin", "viewer", "nobody",
    // "team").
    kube::ClientConfig clientConfig(const QString &token = {}) const;
    // The same as a kubeconfig file for kubectl.
    QByteArray kubeconfig(const QString &token = {}) const;

    // For tests that break it; each returns when it is done.
    void dropConnections(); // closes every connection at once, half a frame or not
    void refuseNewConnections(bool refuse); // accepted and reset at once
    void compact(); // etcd compaction
    // Runs `work` on the cluster's thread with its ObjectStore.
    void run(const std::function<void(class ObjectStore &)> &work);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace kdra::demo
