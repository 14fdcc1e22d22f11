// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session.h"

#include "base/log.h"
#include "base/whenfinished.h"
#include "demo/democluster.h"

#include <QFileInfo>
#include <QLocale>
#include <QStandardPaths>
#include <QtConcurrent>

namespace kdra::ui {

struct Session::Cluster {
    // The demo outlives the store that is connected to it.
    std::shared_ptr<demo::DemoCluster> demo;
    int id = 0;
    QString name;
    std::unique_ptr<store::ClusterStore> store;
    std::unique_ptr<actions::Runner> runner;
    kube::Marks marks = {.readOnly = true};
};

Session::Session(QObject *parent)
    : QObject(parent)
    , m_connections(
          QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation) + QStringLiteral("/connections.ini"))
    , m_marks(QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation) + QStringLiteral("/clusters.ini"))
{
    connect(&m_connections, &kube::ConnectionStore::changed, this, &Session::readSaved);
    readSaved();
}

Session::~Session() = default;

bool Session::hasDefaultKubeconfig()
{
    return std::ranges::any_of(
        kube::Kubeconfig::defaultFiles(), [](const QString &file) { return QFileInfo::exists(file); });
}

void Session::opening(int difference)
{
    m_opening += difference;
    Q_EMIT openingChanged();
}

void Session::openDemo()
{
    opening(1);
    using Started = Result<std::shared_ptr<demo::DemoCluster>>;
    whenFinished(QtConcurrent::run([]() -> Started {
        auto cluster = std::make_shared<demo::DemoCluster>();
        if (const Result<QUrl> url = cluster->start(); !url)
            return std::unexpected(url.error());
        return cluster;
    }),
        this, [this](Started cluster) {
            opening(-1);
            if (cluster)
                add((*cluster)->clientConfig(), *cluster);
            else
                Q_EMIT openFailed(cluster.error());
        });
}

void Session::openKubeconfig(const QStringList &files, const QString &context)
{
    opening(1);
    whenFinished(QtConcurrent::run([files, context] {
        return kube::Kubeconfig::load(files.isEmpty() ? kube::Kubeconfig::defaultFiles() : files)
            .and_then([&](const kube::Kubeconfig &config) { return config.resolve(context); });
    }),
        this, [this](Result<kube::ClientConfig> config) { addOrTell(std::move(config)); });
}

void Session::openServer(const QUrl &server, const QString &token, const QString &caFile, bool insecure)
{
    kube::SavedConnection connection;
    connection.name = server.host();
    connection.server = server;
    connection.certificateAuthority = caFile;
    connection.insecureSkipTlsVerify = insecure;
    const QByteArray secret = token.toUtf8();
    if (const Result<void> checked = kube::ConnectionStore::check(connection, secret); !checked) {
        Q_EMIT openFailed(checked.error());
        return;
    }
    whenFinished(m_connections.save(connection, secret), this, [](const Result<kube::SavedConnection> &saved) {
        // It works for this session all the same; it only has to be typed again next time.
        if (!saved)
            qCWarning(log::ui).noquote() << saved.error().text();
    });
    add(kube::ConnectionStore::configOf(connection, secret));
}

void Session::openSaved(const QString &id)
{
    opening(1);
    whenFinished(
        m_connections.open(id), this, [this](Result<kube::ClientConfig> config) { addOrTell(std::move(config)); });
}

void Session::readSaved()
{
    whenFinished(m_connections.connections(), this, [this](const Result<QList<kube::SavedConnection>> &saved) {
        if (saved)
            m_saved = *saved;
        else
            qCWarning(log::ui).noquote() << saved.error().text();
    });
}

void Session::addOrTell(Result<kube::ClientConfig> config)
{
    opening(-1);
    if (config)
        add(std::move(*config));
    else
        Q_EMIT openFailed(config.error());
}

void Session::add(kube::ClientConfig config, std::shared_ptr<demo::DemoCluster> demo)
{
    auto cluster = std::make_unique<Cluster>();
    cluster->demo = std::move(demo);
    cluster->store = std::make_unique<store::ClusterStore>(std::move(config));
    store::ClusterStore *store = cluster->store.get();
    cluster->name = unusedName(cluster->demo ? tr("Demo cluster") : store->name());
    const int id = cluster->id = ++m_lastId;
    connect(store, &store::ClusterStore::published, this, [this, store, id](const store::Batch &batch) {
        if (store == current()) {
            m_models.apply(batch);
            Q_EMIT published(batch);
        }
        Q_EMIT clusterPublished(id, batch);
    });
    connect(store, &store::ClusterStore::connectionChanged, this, [this, store, id] {
        if (store == current())
            Q_EMIT connectionChanged();
        Q_EMIT clusterChanged(id);
    });
    connect(store, &store::ClusterStore::synced, this, [this, store] {
        if (store == current())
            Q_EMIT synced();
    });
    // Until it is known how the cluster is marked, nothing may be changed in it.
    store->client().setReadOnly(true);
    cluster->runner = std::make_unique<actions::Runner>(*store);
    m_tasks.addRunner(*cluster->runner, cluster->name);
    m_clusters.push_back(std::move(cluster));
    whenFinished(m_marks.read(store->client().config()), this, [this, store](const Result<kube::Marks> &marks) {
        if (marks)
            take(store, *marks);
        else
            Q_EMIT marksFailed(marks.error());
    });
    Q_EMIT clustersChanged();
    setCurrent(static_cast<int>(m_clusters.size()) - 1);
    store->start();
}

// Two of the same name could not be told apart in menus and side by side.
QString Session::unusedName(const QString &name) const
{
    const QStringList taken = clusterNames();
    QString unused = name;
    for (int number = 2; taken.contains(unused); ++number)
        unused = tr("%1 (%2)", "a cluster's name, and which one of that name").arg(name, QLocale().toString(number));
    return unused;
}

QStringList Session::clusterNames() const
{
    QStringList names;
    for (const auto &cluster : m_clusters)
        names.append(cluster->name);
    return names;
}

QList<Session::OpenCluster> Session::clusters() const
{
    QList<OpenCluster> all;
    for (const auto &cluster : m_clusters)
        all.append({cluster->id, cluster->name, cluster->marks, cluster->store.get()});
    return all;
}

int Session::currentId() const
{
    return m_current < 0 ? 0 : m_clusters[static_cast<size_t>(m_current)]->id;
}

void Session::setCurrentId(int id)
{
    const auto cluster = std::ranges::find(m_clusters, id, [](const std::unique_ptr<Cluster> &one) { return one->id; });
    if (cluster != m_clusters.end())
        setCurrent(static_cast<int>(cluster - m_clusters.begin()));
}

void Session::step(int by)
{
    const auto count = static_cast<int>(m_clusters.size());
    if (count > 1)
        setCurrent((m_current + by + count) % count);
}

store::ClusterStore *Session::current() const
{
    return m_current < 0 ? nullptr : m_clusters[static_cast<size_t>(m_current)]->store.get();
}

void Session::setCurrent(int index)
{
    if (index == m_current)
        return;
    m_current = index;
    m_selection.clear();
    m_namespace.clear();
    m_models.setNamespace({});
    m_models.setSnapshot(current() ? current()->snapshot() : nullptr);
    Q_EMIT currentChanged();
    Q_EMIT namespaceChanged();
    Q_EMIT marksChanged();
}

void Session::closeCurrent()
{
    if (m_current < 0)
        return;
    const int closing = m_current;
    setCurrent(m_clusters.size() > 1 ? (closing == 0 ? 1 : closing - 1) : -1);
    m_clusters.erase(m_clusters.begin() + closing);
    if (m_current > closing)
        --m_current;
    Q_EMIT clustersChanged();
}

void Session::setNamespace(const QString &ns)
{
    if (ns == m_namespace)
        return;
    m_namespace = ns;
    m_models.setNamespace(ns);
    Q_EMIT namespaceChanged();
}

actions::Runner *Session::runner() const
{
    return m_current < 0 ? nullptr : m_clusters[static_cast<size_t>(m_current)]->runner.get();
}

kube::Marks Session::marks() const
{
    return m_current < 0 ? kube::Marks() : m_clusters[static_cast<size_t>(m_current)]->marks;
}

void Session::setMarks(const kube::Marks &marks)
{
    const store::ClusterStore *store = current();
    if (!store || marks == this->marks())
        return;
    take(store, marks);
    whenFinished(m_marks.write(runner()->store().client().config(), marks), this, [this](const Result<void> &written) {
        if (!written)
            Q_EMIT marksFailed(written.error());
    });
}

void Session::take(const store::ClusterStore *store, const kube::Marks &marks)
{
    // The cluster may have been closed while its marks were read.
    const auto cluster =
        std::ranges::find(m_clusters, store, [](const std::unique_ptr<Cluster> &one) { return one->store.get(); });
    if (cluster == m_clusters.end())
        return;
    (*cluster)->marks = marks;
    (*cluster)->store->client().setReadOnly(marks.readOnly);
    if (store == current())
        Q_EMIT marksChanged();
    Q_EMIT clusterChanged((*cluster)->id);
}

models::ObjectFetch Session::fetch() const
{
    store::ClusterStore *store = current();
    if (!store)
        return {};
    return [store](store::Kind kind, const QString &ns, const QString &name) -> QFuture<Result<kube::Response>> {
        const Result<kube::Resource> resource = store->resource(kind);
        if (!resource)
            return QtFuture::makeReadyValueFuture(Result<kube::Response>(std::unexpected(resource.error())));
        kube::Request request;
        request.path = resource->path(ns, name);
        return store->client().send(std::move(request));
    };
}

void Session::wake()
{
    if (store::ClusterStore *store = current())
        store->wake();
}

} // namespace kdra::ui
