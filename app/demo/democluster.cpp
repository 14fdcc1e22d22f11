// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/democluster.h"

#include "demo/acceptor.h"
#include "demo/apiserver.h"
#include "demo/simulation.h"
#include "demo/world.h"

#include <QSemaphore>

namespace kdra::demo {
namespace {

// Everything that lives on the cluster's thread.
struct Cluster {
    ObjectStore store;
    std::unique_ptr<ApiServer> server;
    std::unique_ptr<Simulation> simulation;

    explicit Cluster(const DemoOptions &options)
    {
        populate(store, options);
        server = std::make_unique<ApiServer>(store, options);
        simulation = std::make_unique<Simulation>(store, options);
        server->setServiceProxy([this](const ApiRequest &request) { return simulation->proxied(request); });
        server->setMetricsApi([this](const ApiRequest &request) { return simulation->metricsApi().answer(request); });
    }
};

} // namespace

struct DemoCluster::Private {
    DemoOptions options;
    QThread thread;
    QObject *context = nullptr; // lives on the thread; carries calls there
    std::unique_ptr<Cluster> cluster;
    QUrl url;
    QUrl prometheusUrl;

    void call(const std::function<void()> &work)
    {
        if (context)
            QMetaObject::invokeMethod(context, work, Qt::BlockingQueuedConnection);
    }
};

DemoCluster::DemoCluster(DemoOptions options)
    : d(std::make_unique<Private>())
{
    d->options = options;
    d->thread.setObjectName(QStringLiteral("demo cluster"));
}

DemoCluster::~DemoCluster()
{
    d->call([this] { d->cluster.reset(); });
    d->thread.quit();
    d->thread.wait();
    delete d->context;
}

Result<QUrl> DemoCluster::start()
{
    if (!d->url.isEmpty())
        return d->url;
    if (!d->context) {
        d->context = new QObject;
        d->context->moveToThread(&d->thread);
        d->thread.start();
    }
    Result<quint16> port;
    Result<quint16> prometheusPort;
    d->call([this, &port, &prometheusPort] {
        d->cluster = std::make_unique<Cluster>(d->options);
        port = d->cluster->server->listen(d->options.port);
        prometheusPort = d->cluster->simulation->prometheus().listen(d->options.prometheusPort);
        if (port && prometheusPort)
            d->cluster->simulation->start();
    });
    if (!port)
        return std::unexpected(port.error());
    if (!prometheusPort)
        return std::unexpected(prometheusPort.error());
    d->prometheusUrl = QUrl(QStringLiteral("http://127.0.0.1:%1").arg(*prometheusPort));
    d->url = QUrl(QStringLiteral("http://127.0.0.1:%1").arg(*port));
    return d->url;
}

QUrl DemoCluster::url() const
{
    return d->url;
}

QUrl DemoCluster::prometheusUrl() const
{
    return d->prometheusUrl;
}

const DemoOptions &DemoCluster::options() const
{
    return d->options;
}

kube::ClientConfig DemoCluster::clientConfig(const QString &token) const
{
    kube::ClientConfig config;
    config.contextName = QStringLiteral("demo");
    config.ns = QStringLiteral("default");
    config.cluster.name = QStringLiteral("demo");
    config.cluster.server = d->url;
    config.user.name = token.isEmpty() ? QStringLiteral("demo") : token;
    config.user.token = token;
    return config;
}

QByteArray DemoCluster::kubeconfig(const QString &token) const
{
    const QString user = token.isEmpty() ? QStringLiteral("{}") : QStringLiteral("{token: \"%1\"}").arg(token);
    return QStringLiteral("apiVersion: v1\n"
                          "kind: Config\n"
                          "current-context: demo\n"
                          "clusters:\n"
                          "- {name: demo, cluster: {server: \"%1\"}}\n"
                          "contexts:\n"
                          "- {name: demo, context: {cluster: demo, user: demo, namespace: default}}\n"
                          "users:\n"
                          "- {name: demo, user: %2}\n")
        .arg(d->url.toString(), user)
        .toUtf8();
}

void DemoCluster::dropConnections()
{
    d->call([this] { d->cluster->server->acceptor().dropAll(); });
}

void DemoCluster::refuseNewConnections(bool refuse)
{
    d->call([this, refuse] { d->cluster->server->acceptor().refuse(refuse); });
}

void DemoCluster::compact()
{
    d->call([this] { d->cluster->store.compact(); });
}

void DemoCluster::run(const std::function<void(ObjectStore &)> &work)
{
    d->call([this, &work] { work(d->cluster->store); });
}

} // namespace kdra::demo
