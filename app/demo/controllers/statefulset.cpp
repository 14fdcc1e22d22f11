// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/controllers/statefulset.h"

#include "demo/deletion.h"
#include "demo/objects/ownedpod.h"

using namespace Qt::StringLiterals;

namespace kdra::demo {
namespace {

int ordinalOf(const StoredObject &pod)
{
    return pod.name.mid(pod.name.lastIndexOf('-') + 1).toInt();
}

} // namespace

void StatefulSetController::observe(const Change &change)
{
    if (change.type == kind::StatefulSet && change.kind != Change::Kind::Deleted)
        enqueue(keyOf(*change.now));
    else if (change.type == kind::Pod && !sameToOwner(store(), change))
        enqueueOwner(change.now, kind::StatefulSet);
}

QString StatefulSetController::ensureRevision(const QJsonObject &set, const QByteArray &uid)
{
    const QJsonObject podTemplate = at(set, u"spec.template").toObject();
    int highest = 0;
    ObjectPtr same;
    int sameRevision = 0;
    for (const ObjectPtr &child : store().ownedBy(uid)) {
        if (child->type != kind::ControllerRevision)
            continue;
        const QJsonObject revision = child->object();
        const int number = revision.value(u"revision"_s).toInt();
        highest = std::max(highest, number);
        if (at(revision, u"data.spec.template").toObject() == podTemplate) {
            same = child;
            sameRevision = number;
        }
    }
    if (same) {
        // A template that is back is the newest revision again.
        if (sameRevision < highest) {
            (void)store().modify(kind::ControllerRevision, same->ns, same->name,
                [&](QJsonObject &object) { object.insert(u"revision"_s, highest + 1); });
        }
        return QString::fromUtf8(same->name);
    }
    const QString name = nameOf(set) + u'-' + hashOfTemplate(podTemplate);
    (void)store().create(kind::ControllerRevision,
        {{u"metadata"_s,
             QJsonObject{{u"name"_s, name}, {u"namespace"_s, namespaceOf(set)},
                 {u"labels"_s, at(podTemplate, u"metadata.labels")},
                 {u"ownerReferences"_s, QJsonArray{ownerReference(set)}}}},
            {u"revision"_s, highest + 1},
            {u"data"_s, QJsonObject{{u"spec"_s, QJsonObject{{u"template"_s, podTemplate}}}}}});
    return name;
}

void StatefulSetController::createClaims(const QJsonObject &set, int ordinal)
{
    for (const QJsonArray volumeClaimTemplates = at(set, u"spec.volumeClaimTemplates").toArray();
        const QJsonValue &value : volumeClaimTemplates) {
        QJsonObject claim = value.toObject();
        const QString name = u"%1-%2-%3"_s.arg(nameOf(claim), nameOf(set)).arg(ordinal);
        if (store().get(kind::PersistentVolumeClaim, namespaceOf(set).toUtf8(), name.toUtf8()))
            continue;
        put(claim, u"metadata.name", name);
        put(claim, u"metadata.namespace", namespaceOf(set));
        put(claim, u"metadata.labels", at(set, u"spec.selector.matchLabels"));
        claim.insert(u"status"_s, QJsonObject{{u"phase"_s, u"Pending"_s}});
        (void)store().create(kind::PersistentVolumeClaim, claim);
    }
}

bool StatefulSetController::createPod(const QJsonObject &set, int ordinal, const QString &revision)
{
    createClaims(set, ordinal);
    QJsonObject pod = statefulSetPod(set, QString::number(ordinal), revision, {}, now());
    setPodManagedFields(pod, now(), now());
    if (!admitPod(set, kind::StatefulSet, pod, u"statefulset-controller"_s))
        return false;
    context().events.record(set,
        {.type = u"Normal"_s,
            .reason = u"SuccessfulCreate"_s,
            .message = u"create Pod %1-%2 in StatefulSet %1 successful"_s.arg(nameOf(set)).arg(ordinal),
            .component = u"statefulset-controller"_s,
            .host = {}});
    return true;
}

void StatefulSetController::reconcile(const Key &key)
{
    const ObjectPtr stored = store().get(key.type, key.ns, key.name);
    if (!stored)
        return;
    const QJsonObject set = stored->object();
    const int wanted = intAt(set, u"spec.replicas", 1);
    const bool parallel = textAt(set, u"spec.podManagementPolicy") == "Parallel"_L1;
    const QString revision =
        stored->terminating ? textAt(set, u"status.updateRevision") : ensureRevision(set, stored->uid);

    std::map<int, ObjectPtr> pods;
    for (const ObjectPtr &pod : podsOf(stored->uid, true))
        pods.emplace(ordinalOf(*pod), pod);
    const auto settled = [&](int ordinal) {
        const auto found = pods.find(ordinal);
        return found != pods.end() && !found->second->terminating && isReady(*found->second);
    };
    bool waiting = stored->terminating;
    for (int ordinal = 0; ordinal < wanted && !waiting; ++ordinal) {
        if (!pods.contains(ordinal))
            waiting = createPod(set, ordinal, revision) && !parallel;
        else if (!parallel && !settled(ordinal))
            waiting = true;
    }
    // Down from the top, one at a time; then the update, also from the top.
    if (!waiting && !pods.empty() && pods.rbegin()->first >= wanted) {
        const ObjectPtr &last = pods.rbegin()->second;
        if (!last->terminating)
            (void)deleteObject(store(), kind::Pod, last->ns, last->name);
        waiting = true;
    }
    const bool rolling = textAt(set, u"spec.updateStrategy.type") != "OnDelete"_L1;
    const int partition = intAt(set, u"spec.updateStrategy.rollingUpdate.partition");
    for (auto it = pods.rbegin(); it != pods.rend() && rolling && !stored->terminating; ++it) {
        if (it->first < partition || it->first >= wanted)
            continue;
        const bool outdated = it->second->label("controller-revision-hash") != revision.toUtf8();
        if (outdated && !it->second->terminating && !waiting) {
            (void)deleteObject(store(), kind::Pod, it->second->ns, it->second->name);
            break;
        }
        if (it->second->terminating || !isReady(*it->second))
            break;
    }

    int ready = 0;
    int updated = 0;
    int replicas = 0;
    for (const ObjectPtr &pod : podsOf(stored->uid)) {
        ++replicas;
        ready += isReady(*pod) ? 1 : 0;
        updated += pod->label("controller-revision-hash") == revision.toUtf8() ? 1 : 0;
    }
    (void)store().modify(key.type, key.ns, key.name, [&](QJsonObject &object) {
        QJsonObject status = object.value(u"status"_s).toObject();
        status.insert(u"observedGeneration"_s, intAt(object, u"metadata.generation", 1));
        status.insert(u"collisionCount"_s, 0);
        status.insert(u"replicas"_s, replicas);
        status.insert(u"readyReplicas"_s, ready);
        status.insert(u"availableReplicas"_s, ready);
        status.insert(u"updatedReplicas"_s, updated);
        status.insert(u"currentReplicas"_s, updated == replicas ? replicas : replicas - updated);
        status.insert(u"updateRevision"_s, revision);
        if (updated == replicas && replicas == wanted)
            status.insert(u"currentRevision"_s, revision);
        else if (!status.contains(u"currentRevision"_s))
            status.insert(u"currentRevision"_s, revision);
        object.insert(u"status"_s, status);
    });
}

} // namespace kdra::demo
