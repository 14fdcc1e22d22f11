// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kube/apiclient.h"
#include "store/rowkey.h"

#include <QHash>
#include <QObject>
#include <QTimer>

namespace kdra::store {
struct Batch;
class ClusterStore;
}

namespace kdra::actions {

// Waits for objects to be gone: by what the watches tell, and by asking every few seconds only about those that the
// watches do not know (a watch that is broken, forbidden, or behind). GUI thread.
class Departures : public QObject {
    Q_OBJECT
public:
    explicit Departures(store::ClusterStore &store, QObject *parent);
    ~Departures() override;

    // `path` of the object. An object of another uid under the same name counts as gone.
    void await(const store::Item &item, const QString &path);
    // The same for a kind that is not watched: asked about every few seconds.
    void await(const store::Uid &uid, const QString &path);
    bool isEmpty() const { return m_awaited.isEmpty(); }
    QList<store::Uid> awaited() const { return m_awaited.keys(); }
    void forget(const store::Uid &uid) { m_awaited.remove(uid); }
    void clear();
    void apply(const store::Batch &batch);

Q_SIGNALS:
    void left(const kdra::store::Uid &uid);

private:
    void check();
    void ask(const store::Uid &uid, const QString &path);
    void leave(const store::Uid &uid);

    struct Awaited {
        std::optional<store::Kind> kind;
        QString path;
        bool asked = false;
    };
    store::ClusterStore &m_store;
    QHash<store::Uid, Awaited> m_awaited;
    QList<QFuture<Result<kube::Response>>> m_requests;
    QTimer m_check;
};

} // namespace kdra::actions
