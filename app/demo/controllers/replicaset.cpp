// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/controllers/replicaset.h"

#include "demo/deletion.h"
#include "demo/objects/ownedpod.h"

using namespace Qt::StringLiterals;

namespace kdra::demo {

void ReplicaSetController::observe(const Change &change)
{
    if (change.type == kind::ReplicaSet && change.kind != Change::Kind::Deleted)
        enqueue(keyOf(*change.now));
    else if (change.type == kind::Pod && !sameToOwner(store(), change))
        enqueueOwner(change.now, kind::ReplicaSet);
}

void ReplicaSetController::reconcile(const Key &key)
{
    const ObjectPtr stored = store().get(key.type, key.ns, key.name);
    if (!stored)
        return;
    const QJsonObject set = stored->object();
    const int wanted = intAt(set, u"spec.replicas", 1);
    std::vector<ObjectPtr> pods = podsOf(stored->uid);
    const int have = static_cast<int>(pods.size());
    QString refusal;
    if (!stored->terminating) {
        if (have < wanted)
            refusal = createPods(set, wanted - have);
        else if (have > wanted)
            deletePods(set, pods, have - wanted);
    }
    pods = podsOf(stored->uid);
    const int ready = static_cast<int>(std::ranges::count_if(pods, [](const ObjectPtr &pod) { return isReady(*pod); }));
    const int generation = intAt(set, u"metadata.generation", 1);
    (void)store().modify(key.type, key.ns, key.name, [&](QJsonObject &object) {
        QJsonObject status{{u"observedGeneration"_s, generation}, {u"replicas"_s, static_cast<int>(pods.size())}};
        if (!pods.empty())
            status.insert(u"fullyLabeledReplicas"_s, static_cast<int>(pods.size()));
        if (ready > 0) {
            status.insert(u"readyReplicas"_s, ready);
            status.insert(u"availableReplicas"_s, ready);
        }
        object.insert(u"status"_s, status);
        if (!refusal.isEmpty())
            setCondition(object, u"ReplicaFailure"_s, u"True"_s, u"FailedCreate"_s, refusal, now());
    });
}

QString ReplicaSetController::createPods(const QJsonObject &set, int count)
{
    for (int i = 0; i < count; ++i) {
        const QString name = nameOf(set) + u'-' + context().random.suffix(5);
        QJsonObject pod = replicaSetPod(set, name, {}, now());
        setPodManagedFields(pod, now(), now());
        if (const auto created = admitPod(set, kind::ReplicaSet, pod, u"replicaset-controller"_s); !created)
            return created.error().message;
        context().events.record(set,
            {.type = u"Normal"_s,
                .reason = u"SuccessfulCreate"_s,
                .message = u"Created pod: "_s + name,
                .component = u"replicaset-controller"_s,
                .host = {}});
    }
    return {};
}

void ReplicaSetController::deletePods(const QJsonObject &set, std::vector<ObjectPtr> pods, int count)
{
    // As the real one: unscheduled before scheduled, unready before ready, young before old.
    const auto rank = [this](const ObjectPtr &pod) {
        return std::tuple(!nodeOf(store(), *pod).isEmpty(), isReady(*pod), ~pod->revision);
    };
    std::ranges::stable_sort(pods, {}, rank);
    for (int i = 0; i < count; ++i) {
        const ObjectPtr &pod = pods[static_cast<std::size_t>(i)];
        (void)deleteObject(store(), kind::Pod, pod->ns, pod->name);
        context().events.record(set,
            {.type = u"Normal"_s,
                .reason = u"SuccessfulDelete"_s,
                .message = u"Deleted pod: "_s + QString::fromUtf8(pod->name),
                .component = u"replicaset-controller"_s,
                .host = {}});
    }
}

} // namespace kdra::demo
