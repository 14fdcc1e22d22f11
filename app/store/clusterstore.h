// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kube/apiclient.h"
#include "kube/discovery.h"
#include "kube/watchstream.h"
#include "store/snapshot.h"

#include <QObject>

#include <memory>

namespace kdra::store {

// One cluster: connection, watches of all kinds, records. Lives in the GUI thread (or whichever creates it); network
// and decoding run on two threads of its own. Emits at most one batch a frame, and the next one only after the
// receiver's event loop has come round.
class ClusterStore : public QObject {
    Q_OBJECT
public:
    enum class Connection {
        Connecting, // discovery not answered yet
        Connected,
        Failed, // discovery failed; retried with backoff, see error()
    };
    Q_ENUM(Connection)

    explicit ClusterStore(kube::ClientConfig config, QObject *parent = nullptr);
    // With other deadlines than the usual ones, for networks (and tests) that need them.
    ClusterStore(kube::ClientConfig config, kube::WatchStream::Deadlines deadlines, QObject *parent = nullptr);
    // Closes every connection and joins the threads.
    ~ClusterStore() override;

    void start();
    // Something suggests that connections are dead (resume from suspend, network change): pings now, repairs at once.
    void wake();

    QString name() const; // the context's name
    Connection connection() const;
    std::optional<Error> error() const; // why Failed
    const kube::ServerApi &api() const; // valid once Connected
    SnapshotPtr snapshot() const; // never null
    // Every kind is Live, Forbidden, NotServed or Failed, and the batch that says so has been emitted.
    bool isSynced() const;
    // For actions and details, as the same user over the same connections.
    kube::ApiClient &client();
    // The resource a kind is served as; NotFound before discovery or when it is not served.
    Result<kube::Resource> resource(Kind kind) const;

Q_SIGNALS:
    void published(const kdra::store::Batch &batch);
    void connectionChanged();
    void synced(); // once

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace kdra::store
