// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/clusterstore.h"

#include "store/network.h"
#include "store/storeworker.h"

#include <QThread>

#include <algorithm>

namespace kdra::store {

struct ClusterStore::Private {
    Private(ClusterStore *owner, kube::ClientConfig config, kube::WatchStream::Deadlines deadlines)
        : q(owner)
        , name(config.contextName)
        , client(new kube::ApiClient(std::move(config)))
        , worker(new StoreWorker(
              inbox,
              [this](Report report) {
                  QMetaObject::invokeMethod(network, [this, report = std::move(report)] { network->handle(report); });
              },
              [this](
                  Batch batch) { QMetaObject::invokeMethod(q, [this, batch = std::move(batch)] { receive(batch); }); }))
        , network(new Network(*client, inbox, deadlines, [this](const Result<kube::ServerApi> &outcome) {
            QMetaObject::invokeMethod(q, [this, outcome] { connected(outcome); });
        }))
    {
        inbox.setNotifier([this] { QMetaObject::invokeMethod(worker, &StoreWorker::drain, Qt::QueuedConnection); });
        snapshot =
            std::make_shared<Snapshot>(Snapshot{.strings = std::make_shared<StringPool>(), .tables = {}, .kinds = {}});
        networkThread.setObjectName(QStringLiteral("kdra-network"));
        storeThread.setObjectName(QStringLiteral("kdra-store"));
        client->moveToThread(&networkThread);
        network->moveToThread(&networkThread);
        worker->moveToThread(&storeThread);
    }

    ~Private()
    {
        inbox.close();
        // Objects with sockets and timers die on the thread they live in.
        QObject::connect(&networkThread, &QThread::finished, network, &QObject::deleteLater);
        QObject::connect(&networkThread, &QThread::finished, client, &QObject::deleteLater);
        QObject::connect(&storeThread, &QThread::finished, worker, &QObject::deleteLater);
        // The store thread first: it reports to the network's objects, which reach it only through the closed inbox.
        for (QThread *thread : {&storeThread, &networkThread}) {
            if (!thread->isRunning())
                thread->start();
            thread->quit();
            thread->wait();
        }
    }

    void connected(const Result<kube::ServerApi> &outcome)
    {
        if (outcome) {
            api = *outcome;
            error.reset();
            connection = Connection::Connected;
        } else {
            error = outcome.error();
            connection = Connection::Failed;
        }
        Q_EMIT q->connectionChanged();
    }

    void receive(const Batch &batch)
    {
        snapshot = batch.snapshot;
        Q_EMIT q->published(batch);
        if (!syncedEmitted && connection == Connection::Connected && q->isSynced()) {
            syncedEmitted = true;
            Q_EMIT q->synced();
        }
        // Queued behind what the receivers posted: the next batch comes when they have come round.
        QMetaObject::invokeMethod(
            q, [this] { QMetaObject::invokeMethod(worker, &StoreWorker::acknowledge, Qt::QueuedConnection); },
            Qt::QueuedConnection);
    }

    ClusterStore *q;
    QString name;
    Inbox inbox;
    QThread networkThread;
    QThread storeThread;
    kube::ApiClient *client;
    StoreWorker *worker;
    Network *network;
    SnapshotPtr snapshot;
    kube::ServerApi api;
    std::optional<Error> error;
    Connection connection = Connection::Connecting;
    bool syncedEmitted = false;
};

ClusterStore::ClusterStore(kube::ClientConfig config, QObject *parent)
    : ClusterStore(std::move(config), {}, parent)
{
}

ClusterStore::ClusterStore(kube::ClientConfig config, kube::WatchStream::Deadlines deadlines, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, std::move(config), deadlines))
{
}

ClusterStore::~ClusterStore() = default;

void ClusterStore::start()
{
    d->storeThread.start();
    d->networkThread.start();
    QMetaObject::invokeMethod(d->network, &Network::start);
}

void ClusterStore::wake()
{
    QMetaObject::invokeMethod(d->network, &Network::wake);
}

QString ClusterStore::name() const
{
    return d->name;
}

ClusterStore::Connection ClusterStore::connection() const
{
    return d->connection;
}

std::optional<Error> ClusterStore::error() const
{
    return d->error;
}

const kube::ServerApi &ClusterStore::api() const
{
    return d->api;
}

SnapshotPtr ClusterStore::snapshot() const
{
    return d->snapshot;
}

bool ClusterStore::isSynced() const
{
    return std::ranges::none_of(d->snapshot->kinds,
        [](const KindState &state) { return state.phase == KindPhase::Waiting || state.phase == KindPhase::Listing; });
}

kube::ApiClient &ClusterStore::client()
{
    return *d->client;
}

Result<kube::Resource> ClusterStore::resource(Kind kind) const
{
    const KindInfo &info = kindInfo(kind);
    return d->api.find(
        QString::fromLatin1(info.group), apiKindName(kind), QString::fromLatin1(info.versions).split(u' '));
}

} // namespace kdra::store
