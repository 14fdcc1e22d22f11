// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/controllers/disruption.h"

#include "demo/objects/meta.h"
#include "demo/selectors.h"

using namespace Qt::StringLiterals;

namespace kdra::demo {

void DisruptionController::observe(const Change &change)
{
    if (change.type == kind::PodDisruptionBudget && change.kind != Change::Kind::Deleted) {
        enqueue(keyOf(*change.now));
    } else if (change.type == kind::Pod && !sameToOwner(store(), change)) {
        for (const ObjectPtr &budget : store().list(kind::PodDisruptionBudget, change.now->ns))
            enqueue(keyOf(*budget));
    }
}

int DisruptionController::expectedOf(const std::vector<ObjectPtr> &pods)
{
    QSet<QByteArray> owners;
    int expected = 0;
    for (const ObjectPtr &pod : pods) {
        for (const QByteArray &uid : pod->owners) {
            if (owners.contains(uid))
                continue;
            owners.insert(uid);
            if (const ObjectPtr owner = store().byUid(uid))
                expected += intAt(owner->object(), u"spec.replicas", 1);
        }
    }
    return expected;
}

void DisruptionController::reconcile(const Key &key)
{
    const ObjectPtr stored = store().get(key.type, key.ns, key.name);
    if (!stored || stored->terminating)
        return;
    const QJsonObject budget = stored->object();
    const LabelSelector selector = LabelSelector::fromJson(at(budget, u"spec.selector").toObject());
    std::vector<ObjectPtr> pods;
    int healthy = 0;
    for (const ObjectPtr &pod : store().list(kind::Pod, key.ns)) {
        const QByteArray phase = phaseOf(store(), *pod);
        if (phase == "Succeeded" || phase == "Failed" || !selector.matches(pod->labels))
            continue;
        pods.push_back(pod);
        healthy += !pod->terminating && isReady(*pod) ? 1 : 0;
    }
    const QJsonValue minimum = at(budget, u"spec.minAvailable");
    const QJsonValue maximum = at(budget, u"spec.maxUnavailable");
    int expected = static_cast<int>(pods.size());
    int desired = minimum.toInt();
    if (!maximum.isUndefined()) {
        expected = expectedOf(pods);
        desired = std::max(0, expected - scaledValue(maximum, expected, true, 0));
    } else if (minimum.isString()) {
        expected = expectedOf(pods);
        desired = scaledValue(minimum, expected, true, 0);
    }
    const int allowed = expected > 0 ? std::max(0, healthy - desired) : 0;
    const int generation = intAt(budget, u"metadata.generation", 1);
    (void)store().modify(key.type, key.ns, key.name, [&](QJsonObject &object) {
        QJsonObject status = object.value(u"status"_s).toObject();
        status.insert(u"observedGeneration"_s, generation);
        status.insert(u"expectedPods"_s, expected);
        status.insert(u"currentHealthy"_s, healthy);
        status.insert(u"desiredHealthy"_s, desired);
        status.insert(u"disruptionsAllowed"_s, allowed);
        object.insert(u"status"_s, status);
        setCondition(object, u"DisruptionAllowed"_s, allowed > 0 ? u"True"_s : u"False"_s,
            allowed > 0 ? u"SufficientPods"_s : u"InsufficientPods"_s, {}, now());
    });
}

} // namespace kdra::demo
