// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/lifecycle.h"

#include "demo/deletion.h"

#include <QJsonArray>
#include <QTimer>

namespace kdra::demo {
namespace {

using L = QLatin1StringView;

QJsonArray finalizersOf(const QJsonObject &object)
{
    return object.value(L("metadata")).toObject().value(L("finalizers")).toArray();
}

} // namespace

Lifecycle::Lifecycle(ObjectStore &store, QObject *parent)
    : QObject(parent)
    , m_store(store)
{
    connect(&store, &ObjectStore::changed, this, &Lifecycle::onChanged);
}

void Lifecycle::onChanged(const Change &change)
{
    if (change.kind == Change::Kind::Deleted) {
        m_gone.insert(change.now->uid);
        for (const QByteArray &owner : change.now->owners)
            m_finalizing.insert(owner);
        if (!change.now->ns.isEmpty())
            m_namespaces.insert(change.now->ns);
    } else if (change.now->terminating) {
        m_finalizing.insert(change.now->uid);
        if (change.type == kind::Namespace)
            m_namespaces.insert(change.now->name);
    } else {
        return;
    }
    schedule();
}

void Lifecycle::schedule()
{
    if (!std::exchange(m_scheduled, true))
        QTimer::singleShot(0, this, &Lifecycle::work);
}

void Lifecycle::work()
{
    m_scheduled = false;
    for (const auto gone = std::exchange(m_gone, {}); const QByteArray &uid : gone)
        collect(uid);
    for (const auto finalizing = std::exchange(m_finalizing, {}); const QByteArray &uid : finalizing) {
        if (const ObjectPtr owner = m_store.byUid(uid); owner && owner->terminating)
            finalize(owner);
    }
    for (const auto namespaces = std::exchange(m_namespaces, {}); const QByteArray &name : namespaces) {
        const ObjectPtr ns = m_store.get(kind::Namespace, {}, name);
        if (ns && ns->terminating)
            emptyNamespace(name);
    }
}

void Lifecycle::collect(const QByteArray &goneUid)
{
    for (const ObjectPtr &dependent : m_store.ownedBy(goneUid)) {
        const bool owned = std::ranges::any_of(
            dependent->owners, [this](const QByteArray &uid) { return m_store.byUid(uid) != nullptr; });
        if (!owned && !dependent->terminating)
            (void)deleteObject(m_store, dependent->type, dependent->ns, dependent->name);
    }
}

void Lifecycle::dropFinalizer(const ObjectPtr &object, const QString &finalizer)
{
    (void)m_store.modify(object->type, object->ns, object->name, [&finalizer](QJsonObject &json) {
        QJsonObject metadata = json.value(L("metadata")).toObject();
        QJsonArray kept;
        for (const QJsonArray finalizers = metadata.value(L("finalizers")).toArray();
            const QJsonValue &value : finalizers) {
            if (value.toString() != finalizer)
                kept.append(value);
        }
        if (kept.isEmpty())
            metadata.remove(L("finalizers"));
        else
            metadata.insert(QStringLiteral("finalizers"), kept);
        json.insert(QStringLiteral("metadata"), metadata);
    });
}

void Lifecycle::finalize(const ObjectPtr &owner)
{
    const QJsonArray finalizers = finalizersOf(owner->object());
    if (finalizers.contains(QStringLiteral("orphan"))) {
        for (const ObjectPtr &dependent : m_store.ownedBy(owner->uid)) {
            (void)m_store.modify(dependent->type, dependent->ns, dependent->name, [&owner](QJsonObject &json) {
                QJsonObject metadata = json.value(L("metadata")).toObject();
                QJsonArray kept;
                for (const QJsonArray ownerReferences = metadata.value(L("ownerReferences")).toArray();
                    const QJsonValue &value : ownerReferences) {
                    if (value.toObject().value(L("uid")).toString().toUtf8() != owner->uid)
                        kept.append(value);
                }
                metadata.insert(QStringLiteral("ownerReferences"), kept);
                if (kept.isEmpty())
                    metadata.remove(L("ownerReferences"));
                json.insert(QStringLiteral("metadata"), metadata);
            });
        }
        dropFinalizer(owner, QStringLiteral("orphan"));
    } else if (finalizers.contains(QStringLiteral("foregroundDeletion"))) {
        const std::vector<ObjectPtr> dependents = m_store.ownedBy(owner->uid);
        if (dependents.empty())
            return dropFinalizer(owner, QStringLiteral("foregroundDeletion"));
        for (const ObjectPtr &dependent : dependents) {
            if (!dependent->terminating)
                (void)deleteObject(m_store, dependent->type, dependent->ns, dependent->name,
                    {.propagationPolicy = QStringLiteral("Foreground"), .uid = {}, .resourceVersion = {}});
        }
    }
}

void Lifecycle::emptyNamespace(const QByteArray &name)
{
    bool empty = true;
    for (const ResourceType &type : m_store.resources().all()) {
        if (!type.namespaced || type.storage != type.id)
            continue;
        for (const ObjectPtr &object : m_store.list(type.id, name)) {
            if (!object->terminating)
                (void)deleteObject(m_store, object->type, object->ns, object->name);
            empty = empty && !m_store.get(object->type, object->ns, object->name);
        }
    }
    if (!empty)
        return;
    (void)m_store.modify(kind::Namespace, {}, name, [](QJsonObject &json) {
        QJsonObject spec = json.value(L("spec")).toObject();
        QJsonArray kept;
        for (const QJsonArray finalizers = spec.value(L("finalizers")).toArray();
            const QJsonValue &value : finalizers) {
            if (value.toString() != L("kubernetes"))
                kept.append(value);
        }
        spec.insert(QStringLiteral("finalizers"), kept);
        json.insert(QStringLiteral("spec"), spec);
    });
    // A namespace that was loaded without spec.finalizers has nothing that an update could take away.
    if (const ObjectPtr left = m_store.get(kind::Namespace, {}, name)) {
        const QJsonObject json = left->object();
        if (finalizersOf(json).isEmpty() && json.value(L("spec")).toObject().value(L("finalizers")).toArray().isEmpty())
            m_store.remove(kind::Namespace, {}, name);
    }
}

} // namespace kdra::demo
