// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo/apistatus.h"
#include "demo/resources.h"

#include <QJsonObject>
#include <QObject>
#include <QSet>

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <vector>

namespace kdra::demo {

// An object as it is served: its bytes plus what selectors and controllers need without parsing. Immutable.
struct StoredObject {
    TypeId type = -1;
    quint64 revision = 0;
    QByteArray json; // begins with ResourceType::head(), then the revision
    QByteArray ns; // empty for cluster-wide kinds
    QByteArray name;
    QByteArray uid;
    std::vector<std::pair<QByteArray, QByteArray>> labels;
    std::vector<QByteArray> fields; // parallel to ResourceType::fieldPaths
    std::vector<QByteArray> owners; // uids of metadata.ownerReferences
    bool terminating = false; // has a deletionTimestamp

    QByteArray key() const { return ns.isEmpty() ? name : ns + '/' + name; }
    QJsonObject object() const; // parses the bytes
    QByteArray label(QByteArrayView key) const; // empty when there is no such label
    bool hasLabel(QByteArrayView key) const;
    QByteArray field(const Resources &resources, QByteArrayView path) const; // "status.phase"; path must be a fieldPath
};
using ObjectPtr = std::shared_ptr<const StoredObject>;

struct Change {
    enum class Kind { Added, Modified, Deleted };
    Kind kind = Kind::Added;
    TypeId type = -1;
    quint64 revision = 0;
    ObjectPtr old; // null when added
    ObjectPtr now; // when deleted: the last state, with the revision of the deletion
};

// The cluster's state and its recent history, as etcd keeps it: one revision for all kinds, counting up with each
// change. Objects are kept as the bytes that are served. One thread: the demo cluster's own.
class ObjectStore : public QObject {
    Q_OBJECT
public:
    explicit ObjectStore(QObject *parent = nullptr);
    ~ObjectStore() override;

    Resources &resources() { return m_resources; }
    const Resources &resources() const { return m_resources; }

    quint64 revision() const { return m_revision; }
    quint64 compactedRevision() const { return m_compacted; }

    // `ns` is empty for cluster-wide kinds. Null when there is no such object.
    ObjectPtr get(TypeId type, const QByteArray &ns, const QByteArray &name) const;
    ObjectPtr byUid(const QByteArray &uid) const;
    // In key order. `ns` empty: all namespaces.
    std::vector<ObjectPtr> list(TypeId type, const QByteArray &ns = {}) const;
    qsizetype count(TypeId type) const;
    // Objects of any kind that name `uid` as an owner.
    std::vector<ObjectPtr> ownedBy(const QByteArray &uid) const;

    // Completes the metadata (uid, creationTimestamp, generation, name from generateName) and stores the object.
    // AlreadyExists when the name is taken. No other validation: that is the REST layer's.
    ApiResult<ObjectPtr> create(TypeId type, QJsonObject object);
    // Replaces the object (status included). Conflict when metadata.resourceVersion is given and is not the current
    // one. Identity (uid, creationTimestamp) stays; the generation counts up when anything but metadata and status
    // changed. An update that changes nothing is no change. An object that is terminating and has lost its last
    // finalizer is removed.
    ApiResult<ObjectPtr> update(TypeId type, QJsonObject object);
    // Replaces only the status.
    ApiResult<ObjectPtr> updateStatus(TypeId type, const QJsonObject &object);
    // Read, change, update in one step; nothing else runs in between, so it cannot conflict.
    ApiResult<ObjectPtr> modify(
        TypeId type, const QByteArray &ns, const QByteArray &name, const std::function<void(QJsonObject &)> &change);
    // Replaces an object by bytes made from its own `old->json`, with a few values changed and its identity kept. Skips
    // what update() checks: for leases and load, thousands of times a second. Null when `old` is no longer current.
    ObjectPtr rewrite(const ObjectPtr &old, const QByteArray &json);
    // Takes the object away at once, whatever its finalizers. See deletion.h for what a client's DELETE does.
    bool remove(TypeId type, const QByteArray &ns, const QByteArray &name);

    // Bulk load without QJson: begin() returns the first bytes of an object up to and including
    // `"metadata":{"resourceVersion":"N",`; append `"name":"...",...},"spec":{...}}` and hand the whole to load().
    // It must hold metadata.name, namespace (where the kind has one), uid and creationTimestamp. Loaded objects are
    // state, not history: nobody is told. Call before the server listens.
    QByteArray begin(TypeId type);
    void load(TypeId type, QByteArray json);

    // History for watches. Positions count all changes ever made; those before firstPosition() are forgotten.
    quint64 firstPosition() const { return m_firstPosition; }
    quint64 endPosition() const { return m_firstPosition + m_history.size(); }
    const Change &change(quint64 position) const { return m_history[position - m_firstPosition]; }
    // The position of the first change after `revision`.
    quint64 positionAfter(quint64 revision) const;
    // The objects as they were at `revision`, which must not be below compactedRevision(); from key `after` on.
    std::vector<ObjectPtr> listAt(TypeId type, const QByteArray &ns, quint64 revision, const QByteArray &after) const;

    // Forgets the history, as etcd's compaction does: watches and continues from before now are answered 410.
    void compact();

    // The same object with another revision in its bytes (for DELETED events).
    ObjectPtr withRevision(const StoredObject &object, quint64 revision) const;
    // Canonical bytes of an object of a kind; `revision` goes into its metadata.
    QByteArray serialize(TypeId type, const QJsonObject &object, quint64 revision) const;

    // "2026-01-31T10:00:00Z", now.
    static QString timestamp();
    static QString newUid();

Q_SIGNALS:
    // After each change, synchronously. Do not change the store inside: remember the key and work later.
    void changed(const kdra::demo::Change &change);

private:
    using Objects = std::map<QByteArray, ObjectPtr>;
    struct Extractor;

    const Objects *objects(TypeId type) const;
    Objects &objects(TypeId type);
    ObjectPtr makeObject(TypeId type, QByteArray json, quint64 revision);
    ApiResult<ObjectPtr> replace(const ObjectPtr &old, QJsonObject object);
    void commit(Change change);
    void index(const ObjectPtr &object);
    void unindex(const ObjectPtr &object);
    void trim();

    Resources m_resources;
    std::vector<Objects> m_objects;
    QHash<QByteArray, ObjectPtr> m_byUid;
    QMultiHash<QByteArray, QByteArray> m_owned; // owner's uid -> uid
    std::deque<Change> m_history;
    quint64 m_firstPosition = 0;
    quint64 m_revision = 1;
    quint64 m_compacted = 0;
    qsizetype m_historyBytes = 0;
    std::unique_ptr<Extractor> m_extractor;
};

} // namespace kdra::demo
