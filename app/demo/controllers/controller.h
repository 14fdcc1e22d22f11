// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo/controllers/eventrecorder.h"
#include "demo/controllers/podindex.h"
#include "demo/controllers/timeline.h"
#include "demo/objectstore.h"

#include <QQueue>

namespace kdra::demo {

// What the controllers share.
struct ControllerContext {
    ObjectStore &store;
    EventRecorder &events;
    PodIndex &pods;
    Timeline &timeline;
    Random &random;
};

struct Key {
    TypeId type = -1;
    QByteArray ns;
    QByteArray name;
    bool operator==(const Key &) const = default;
};
inline size_t qHash(const Key &key, size_t seed = 0)
{
    return qHashMulti(seed, key.type, key.ns, key.name);
}
inline Key keyOf(const StoredObject &object)
{
    return {object.type, object.ns, object.name};
}

// A controller as Kubernetes writes them: changes put keys into a queue in which each is at most once, and the queue is
// worked off later, key by key, from the state as it is then.
class Controller : public QObject {
    Q_OBJECT
public:
    Controller(ControllerContext &context, QObject *parent);

    // Called inside ObjectStore::changed: only enqueue.
    virtual void observe(const Change &change) = 0;
    virtual void start() { }

protected:
    virtual void reconcile(const Key &key) = 0;

    void enqueue(const Key &key);
    void enqueueAfter(const Key &key, int milliseconds);
    // Enqueues the controlling owner when it is of `type`.
    void enqueueOwner(const ObjectPtr &object, TypeId type);

    ObjectStore &store() { return m_context.store; }
    ControllerContext &context() { return m_context; }
    QDateTime now() const { return QDateTime::currentDateTimeUtc(); }
    // Creates a pod as the API server does for a controller: LimitRanges and quotas have their say. Where they refuse,
    // `owner` gets the event FailedCreate of `component`, and another try later.
    ApiResult<ObjectPtr> admitPod(
        const QJsonObject &owner, TypeId ownerType, QJsonObject pod, const QString &component);
    // The pods owned by `uid`, without those that have finished or are going unless `all`.
    std::vector<ObjectPtr> podsOf(const QByteArray &uid, bool all = false);

private:
    void work();

    ControllerContext &m_context;
    QQueue<Key> m_queue;
    QSet<Key> m_queued;
    QHash<Key, ApiStatus> m_refused; // owners that try again later, and why
    bool m_armed = false;
};

// From the bytes, without parsing: the condition Ready is True.
bool isReady(const StoredObject &pod);
// A pod changed in nothing that its owner's controller looks at: a restart counted, a message.
bool sameToOwner(const ObjectStore &store, const Change &change);
QByteArray phaseOf(const ObjectStore &store, const StoredObject &pod);
QByteArray nodeOf(const ObjectStore &store, const StoredObject &pod);

// An int-or-percent ("25%") of a total.
int scaledValue(const QJsonValue &value, int total, bool roundUp, int fallback);

} // namespace kdra::demo
