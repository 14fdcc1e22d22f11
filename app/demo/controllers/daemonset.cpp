// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/controllers/daemonset.h"

#include "demo/controllers/scheduling.h"
#include "demo/deletion.h"
#include "demo/objects/ownedpod.h"

using namespace Qt::StringLiterals;

namespace kdra::demo {
namespace {

// A daemon's pods also tolerate what the DaemonSet controller adds to them.
QJsonObject specWithDaemonTolerations(const QJsonObject &set)
{
    const QJsonObject pod = daemonSetPod(set, u"any"_s, u"any"_s, {}, u"any"_s, QDateTime());
    QJsonObject spec = pod.value(u"spec"_s).toObject();
    spec.insert(u"affinity"_s, at(set, u"spec.template.spec.affinity"));
    return spec;
}

QByteArray wantedNode(const ObjectStore &store, const StoredObject &pod)
{
    QByteArray node = nodeOf(store, pod);
    if (!node.isEmpty())
        return node;
    const QJsonArray terms =
        at(pod.object(), u"spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms")
            .toArray();
    const QJsonArray fields = terms.first().toObject().value(u"matchFields"_s).toArray();
    return fields.first().toObject().value(u"values"_s).toArray().first().toString().toUtf8();
}

} // namespace

void DaemonSetController::observe(const Change &change)
{
    if (change.type == kind::DaemonSet && change.kind != Change::Kind::Deleted) {
        enqueue(keyOf(*change.now));
    } else if (change.type == kind::Pod && !sameToOwner(store(), change)) {
        enqueueOwner(change.now, kind::DaemonSet);
    } else if (change.type == kind::Node) {
        const bool same =
            change.old && change.kind == Change::Kind::Modified && change.old->labels == change.now->labels;
        if (same && change.old->json.contains("\"taints\"") == change.now->json.contains("\"taints\""))
            return;
        for (const ObjectPtr &set : store().list(kind::DaemonSet))
            enqueue(keyOf(*set));
    }
}

QString DaemonSetController::ensureRevision(const QJsonObject &set, const QByteArray &uid)
{
    // The revision of the pods that are there counts as long as no template has been recorded: a loaded set has none.
    const QString hash = hashOfTemplate(at(set, u"spec.template").toObject());
    const QString name = nameOf(set) + u'-' + hash;
    const ObjectPtr same = store().get(kind::ControllerRevision, namespaceOf(set).toUtf8(), name.toUtf8());
    int highest = 0;
    for (const ObjectPtr &child : store().ownedBy(uid)) {
        if (child->type == kind::ControllerRevision)
            highest = std::max(highest, child->object().value(u"revision"_s).toInt());
    }
    if (same && same->object().value(u"revision"_s).toInt() < highest) {
        // A template that is back is the newest revision again.
        (void)store().modify(kind::ControllerRevision, same->ns, same->name,
            [&](QJsonObject &object) { object.insert(u"revision"_s, highest + 1); });
    } else if (!same) {
        (void)store().create(kind::ControllerRevision,
            {{u"metadata"_s,
                 QJsonObject{{u"name"_s, name}, {u"namespace"_s, namespaceOf(set)},
                     {u"labels"_s, at(set, u"spec.template.metadata.labels")},
                     {u"ownerReferences"_s, QJsonArray{ownerReference(set)}}}},
                {u"revision"_s, highest + 1},
                {u"data"_s, QJsonObject{{u"spec"_s, QJsonObject{{u"template"_s, at(set, u"spec.template")}}}}}});
    }
    return hash;
}

const SchedulingNode &DaemonSetController::nodeView(const ObjectPtr &node)
{
    View &view = m_views[node->name];
    if (view.revision != node->revision)
        view = {node->revision, schedulingNode(node->object())};
    return view.node;
}

void DaemonSetController::reconcile(const Key &key)
{
    const ObjectPtr stored = store().get(key.type, key.ns, key.name);
    if (!stored || stored->terminating)
        return;
    const QJsonObject set = stored->object();
    const QJsonObject spec = specWithDaemonTolerations(set);
    const QByteArray hash = ensureRevision(set, stored->uid).toUtf8();

    QHash<QByteArray, ObjectPtr> byNode;
    for (const ObjectPtr &pod : podsOf(stored->uid, true)) {
        const QByteArray node = wantedNode(store(), *pod);
        if (!byNode.contains(node) || byNode.value(node)->terminating)
            byNode.insert(node, pod);
    }
    int desired = 0;
    int current = 0;
    int ready = 0;
    int updated = 0;
    int unavailable = 0;
    std::vector<ObjectPtr> outdated;
    for (const ObjectPtr &node : store().list(kind::Node)) {
        const ObjectPtr pod = byNode.take(node->name);
        const SchedulingNode &target = nodeView(node);
        const bool fits =
            affinityAdmits(spec, target) && untoleratedTaint(spec, target, {u"NoSchedule"_s, u"NoExecute"_s}).isEmpty();
        if (!fits) {
            // Only an untolerated NoExecute taint, or a lost label, drives a running pod away.
            const bool stays =
                affinityAdmits(spec, target) && untoleratedTaint(spec, target, {u"NoExecute"_s}).isEmpty();
            if (pod && !stays && !pod->terminating)
                (void)deleteObject(store(), kind::Pod, pod->ns, pod->name);
            continue;
        }
        ++desired;
        if (!pod) {
            ++unavailable;
            const QString name = nameOf(set) + u'-' + context().random.suffix(5);
            QJsonObject fresh = daemonSetPod(set, target.name, name, QString::fromUtf8(hash), {}, now());
            setPodManagedFields(fresh, now(), now());
            if (admitPod(set, kind::DaemonSet, fresh, u"daemonset-controller"_s)) {
                ++current;
                ++updated;
                context().events.record(set,
                    {.type = u"Normal"_s,
                        .reason = u"SuccessfulCreate"_s,
                        .message = u"Created pod: "_s + name,
                        .component = u"daemonset-controller"_s,
                        .host = {}});
            }
            continue;
        }
        ++current;
        const bool good = isReady(*pod) && !pod->terminating;
        ready += good ? 1 : 0;
        unavailable += good ? 0 : 1;
        if (pod->label("controller-revision-hash") == hash)
            ++updated;
        else if (!pod->terminating)
            outdated.push_back(pod);
    }
    for (const ObjectPtr &pod : std::as_const(byNode)) {
        if (!pod->terminating)
            (void)deleteObject(store(), kind::Pod, pod->ns, pod->name);
    }
    if (textAt(set, u"spec.updateStrategy.type") != "OnDelete"_L1) {
        const int allowed =
            std::max(1, scaledValue(at(set, u"spec.updateStrategy.rollingUpdate.maxUnavailable"), desired, true, 1));
        std::ranges::sort(outdated, {}, [](const ObjectPtr &pod) { return isReady(*pod); });
        for (const ObjectPtr &pod : outdated) {
            if (isReady(*pod) && unavailable++ >= allowed)
                break;
            (void)deleteObject(store(), kind::Pod, pod->ns, pod->name);
        }
    }
    (void)store().modify(key.type, key.ns, key.name, [&](QJsonObject &object) {
        QJsonObject status{{u"observedGeneration"_s, intAt(object, u"metadata.generation", 1)},
            {u"numberMisscheduled"_s, 0}, {u"desiredNumberScheduled"_s, desired},
            {u"currentNumberScheduled"_s, current}, {u"numberReady"_s, ready}, {u"updatedNumberScheduled"_s, updated}};
        if (ready > 0)
            status.insert(u"numberAvailable"_s, ready);
        if (desired > ready)
            status.insert(u"numberUnavailable"_s, desired - ready);
        object.insert(u"status"_s, status);
    });
}

} // namespace kdra::demo
