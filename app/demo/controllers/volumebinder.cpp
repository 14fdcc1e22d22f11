// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/controllers/volumebinder.h"

#include "demo/objects/workload.h"

using namespace Qt::StringLiterals;

namespace kdra::demo {

namespace {

QStringList claimsOf(const QJsonObject &pod)
{
    QStringList names;
    for (const QJsonArray volumes = at(pod, u"spec.volumes").toArray(); const QJsonValue &volume : volumes) {
        if (const QString name = textAt(volume.toObject(), u"persistentVolumeClaim.claimName"); !name.isEmpty())
            names.append(name);
    }
    return names;
}

} // namespace

QString VolumeBinder::nodeOfConsumer(const Key &claim)
{
    for (const ObjectPtr &pod : store().list(kind::Pod, claim.ns)) {
        const QByteArray node = nodeOf(store(), *pod);
        if (!node.isEmpty() && pod->json.contains("\"claimName\"")
            && claimsOf(pod->object()).contains(QString::fromUtf8(claim.name)))
            return QString::fromUtf8(node);
    }
    return {};
}

void VolumeBinder::observe(const Change &change)
{
    if (change.type == kind::PersistentVolumeClaim && change.kind == Change::Kind::Added)
        enqueueAfter(keyOf(*change.now), 600);
    else if (change.type == kind::PersistentVolumeClaim && change.kind == Change::Kind::Deleted)
        enqueue({kind::PersistentVolume, {}, "pvc-" + change.now->uid});
    else if (change.type == kind::Pod && change.kind == Change::Kind::Modified && change.old
        && nodeOf(store(), *change.old).isEmpty() && !nodeOf(store(), *change.now).isEmpty()
        && change.now->json.contains("\"claimName\"")) {
        for (const auto names = claimsOf(change.now->object()); const QString &name : names)
            enqueue({kind::PersistentVolumeClaim, change.now->ns, name.toUtf8()});
    }
}

void VolumeBinder::reconcile(const Key &key)
{
    if (key.type == kind::PersistentVolume) {
        store().remove(key.type, key.ns, key.name); // reclaimPolicy Delete
        return;
    }
    const ObjectPtr stored = store().get(key.type, key.ns, key.name);
    if (!stored || stored->terminating)
        return;
    const QJsonObject claim = stored->object();
    if (textAt(claim, u"status.phase") == "Bound"_L1)
        return;
    const QString given = textAt(claim, u"spec.storageClassName");
    const QString storageClass = given.isEmpty() ? u"local-path"_s : given;
    const ObjectPtr found = store().get(kind::StorageClass, {}, storageClass.toUtf8());
    if (!found) {
        context().events.record(claim,
            {.type = u"Warning"_s,
                .reason = u"ProvisioningFailed"_s,
                .message = u"storageclass.storage.k8s.io \"%1\" not found"_s.arg(storageClass),
                .component = u"persistentvolume-controller"_s,
                .host = {}});
        return;
    }
    const bool waits = textAt(found->object(), u"volumeBindingMode") == "WaitForFirstConsumer"_L1;
    const QString node = waits ? nodeOfConsumer(key) : QString();
    if (waits && node.isEmpty()) {
        context().events.record(claim,
            {.type = u"Normal"_s,
                .reason = u"WaitForFirstConsumer"_s,
                .message = u"waiting for first consumer to be created before binding"_s,
                .component = u"persistentvolume-controller"_s,
                .host = {}});
        return;
    }
    const QString size = textAt(claim, u"spec.resources.requests.storage");
    Meta identity;
    identity.name = u"pvc-"_s + uidOf(claim);
    identity.created = now();
    QJsonObject volume = volumeObject(identity, size, storageClass, claim, node);
    if (node.isEmpty())
        put(volume, u"spec.nodeAffinity", QJsonValue::Undefined);
    (void)store().create(kind::PersistentVolume, volume);
    (void)store().modify(key.type, key.ns, key.name, [&](QJsonObject &object) {
        put(object, u"spec.storageClassName", storageClass);
        put(object, u"spec.volumeName", identity.name);
        put(object, u"status.phase", u"Bound"_s);
        put(object, u"status.accessModes", at(object, u"spec.accessModes"));
        put(object, u"status.capacity.storage", size);
    });
}

} // namespace kdra::demo
