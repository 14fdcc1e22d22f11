// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/controllers/deployment.h"

#include "demo/deletion.h"
#include "demo/objects/ownedpod.h"

using namespace Qt::StringLiterals;

namespace kdra::demo {
namespace {

constexpr char16_t RevisionKey[] = u"deployment.kubernetes.io/revision";

int revisionOf(const QJsonObject &object)
{
    return at(object, u"metadata.annotations").toObject().value(QStringView(RevisionKey)).toString().toInt();
}

void setRevision(QJsonObject &object, int revision)
{
    QJsonObject annotations = at(object, u"metadata.annotations").toObject();
    annotations.insert(QString(QStringView(RevisionKey)), QString::number(revision));
    put(object, u"metadata.annotations", annotations);
}

// The pod template without what the controller itself put into a ReplicaSet's copy.
QJsonObject bareTemplate(const QJsonObject &object)
{
    QJsonObject out = at(object, u"spec.template").toObject();
    QJsonObject labels = at(out, u"metadata.labels").toObject();
    labels.remove(u"pod-template-hash"_s);
    put(out, u"metadata.labels", labels);
    put(out, u"metadata.creationTimestamp", QJsonValue::Undefined);
    return out;
}

int replicasOf(const QJsonObject &set)
{
    return intAt(set, u"spec.replicas", 1);
}

int availableOf(const QJsonObject &set)
{
    return intAt(set, u"status.availableReplicas");
}

struct Limits {
    int surge = 0;
    int unavailable = 0;
};

Limits limitsOf(const QJsonObject &deployment)
{
    const int wanted = replicasOf(deployment);
    const QJsonObject rolling = at(deployment, u"spec.strategy.rollingUpdate").toObject();
    Limits out;
    out.surge = scaledValue(rolling.value(u"maxSurge"_s), wanted, true, (wanted + 3) / 4);
    out.unavailable = scaledValue(rolling.value(u"maxUnavailable"_s), wanted, false, wanted / 4);
    if (out.surge == 0 && out.unavailable == 0)
        out.unavailable = 1;
    return out;
}

} // namespace

void DeploymentController::observe(const Change &change)
{
    if (change.type == kind::Deployment && change.kind != Change::Kind::Deleted)
        enqueue(keyOf(*change.now));
    else if (change.type == kind::ReplicaSet)
        enqueueOwner(change.now, kind::Deployment);
    else if (change.type == kind::Pod && change.kind == Change::Kind::Deleted) {
        // A Recreate waits for the old pods to be gone.
        for (const QByteArray &uid : change.now->owners) {
            if (const ObjectPtr set = store().byUid(uid))
                enqueueOwner(set, kind::Deployment);
        }
    }
}

void DeploymentController::reconcile(const Key &key)
{
    const ObjectPtr stored = store().get(key.type, key.ns, key.name);
    if (!stored)
        return;
    QJsonObject deployment = stored->object();
    Sets sets = setsOf(deployment, stored->uid);
    const bool paused = at(deployment, u"spec.paused").toBool();
    if (!stored->terminating) {
        if (sets.current.isEmpty() && !paused)
            sets.current = createCurrent(deployment, sets);
        if (!sets.current.isEmpty())
            claimRevision(deployment, sets);
        if (paused) {
            // Only scaling goes on: the revision that runs follows the number of replicas.
            QJsonObject &running = sets.current.isEmpty() && !sets.old.isEmpty() ? sets.old.last() : sets.current;
            const bool single =
                std::ranges::count_if(sets.old, [](const auto &set) { return replicasOf(set) > 0; }) == 0;
            if (!running.isEmpty() && (single || sets.current.isEmpty()))
                scale(deployment, running, replicasOf(deployment));
        } else if (textAt(deployment, u"spec.strategy.type") == "Recreate"_L1) {
            recreate(deployment, sets, stored->uid);
        } else {
            roll(deployment, sets);
        }
        forgetOld(deployment, sets);
    }
    report(key, deployment, stored->uid);
}

DeploymentController::Sets DeploymentController::setsOf(const QJsonObject &deployment, const QByteArray &uid)
{
    Sets out;
    const QJsonObject wanted = bareTemplate(deployment);
    for (const ObjectPtr &child : store().ownedBy(uid)) {
        if (child->type != kind::ReplicaSet || child->terminating)
            continue;
        const QJsonObject set = child->object();
        out.revision = std::max(out.revision, revisionOf(set));
        if (out.current.isEmpty() && bareTemplate(set) == wanted)
            out.current = set;
        else
            out.old.append(set);
    }
    std::ranges::sort(out.old, {}, revisionOf);
    return out;
}

QJsonObject DeploymentController::createCurrent(const QJsonObject &deployment, const Sets &sets)
{
    const QJsonObject podTemplate = bareTemplate(deployment);
    // An older revision of the same name is impossible: it would have the same template.
    const QString hash = hashOfTemplate(podTemplate);
    Meta identity;
    identity.name = nameOf(deployment) + u'-' + hash;
    identity.ns = namespaceOf(deployment);
    identity.created = now();
    const QJsonObject set = replicaSetObject(deployment, hash, 0, sets.revision + 1, podTemplate, identity);
    const auto created = store().create(kind::ReplicaSet, set);
    return created ? (*created)->object() : QJsonObject();
}

void DeploymentController::claimRevision(QJsonObject &deployment, Sets &sets)
{
    // A rolled-back template gets a new, highest number on its old ReplicaSet.
    int highestOld = 0;
    for (const QJsonObject &set : std::as_const(sets.old))
        highestOld = std::max(highestOld, revisionOf(set));
    const int revision = std::max(revisionOf(sets.current), highestOld + 1);
    const auto claim = [&](TypeId type, QJsonObject &object) {
        if (revisionOf(object) == revision)
            return;
        const auto changed = store().modify(type, namespaceOf(object).toUtf8(), nameOf(object).toUtf8(),
            [&](QJsonObject &change) { setRevision(change, revision); });
        if (changed)
            object = (*changed)->object();
    };
    claim(kind::ReplicaSet, sets.current);
    claim(kind::Deployment, deployment);
}

void DeploymentController::roll(const QJsonObject &deployment, Sets &sets)
{
    if (sets.current.isEmpty())
        return;
    const int wanted = replicasOf(deployment);
    const Limits limits = limitsOf(deployment);
    int total = replicasOf(sets.current);
    int available = availableOf(sets.current);
    for (const QJsonObject &set : std::as_const(sets.old)) {
        total += replicasOf(set);
        available += availableOf(set);
    }
    if (replicasOf(sets.current) > wanted) {
        scale(deployment, sets.current, wanted);
    } else if (replicasOf(sets.current) < wanted) {
        const int room = wanted + limits.surge - total;
        if (room > 0) {
            const int next = std::min(wanted, replicasOf(sets.current) + room);
            total += next - replicasOf(sets.current);
            scale(deployment, sets.current, next);
        }
    }
    // What may go without falling below the minimum: first the old ones that are not available anyway.
    const int minimum = wanted - limits.unavailable;
    const int newUnavailable = replicasOf(sets.current) - std::min(availableOf(sets.current), replicasOf(sets.current));
    int removable = total - minimum - newUnavailable;
    for (QJsonObject &set : sets.old) {
        const int sick = std::max(0, replicasOf(set) - availableOf(set));
        const int drop = std::min(sick, removable);
        if (drop > 0) {
            removable -= drop;
            scale(deployment, set, replicasOf(set) - drop);
        }
    }
    int spare = std::min(removable, available - minimum);
    for (QJsonObject &set : sets.old) {
        const int drop = std::min(replicasOf(set), spare);
        if (drop > 0) {
            spare -= drop;
            scale(deployment, set, replicasOf(set) - drop);
        }
    }
}

void DeploymentController::recreate(const QJsonObject &deployment, Sets &sets, const QByteArray &)
{
    bool oldPods = false;
    for (QJsonObject &set : sets.old) {
        scale(deployment, set, 0);
        oldPods |= !podsOf(uidOf(set).toUtf8(), true).empty();
    }
    if (!oldPods && !sets.current.isEmpty())
        scale(deployment, sets.current, replicasOf(deployment));
}

void DeploymentController::scale(const QJsonObject &deployment, QJsonObject &set, int replicas)
{
    const int before = replicasOf(set);
    if (before == replicas)
        return;
    const auto changed = store().modify(kind::ReplicaSet, namespaceOf(set).toUtf8(), nameOf(set).toUtf8(),
        [&](QJsonObject &object) { put(object, u"spec.replicas", replicas); });
    if (!changed)
        return;
    set = (*changed)->object();
    context().events.record(deployment,
        {.type = u"Normal"_s,
            .reason = u"ScalingReplicaSet"_s,
            .message = u"Scaled %1 replica set %2 from %3 to %4"_s.arg(replicas > before ? u"up"_s : u"down"_s,
                nameOf(set), QString::number(before), QString::number(replicas)),
            .component = u"deployment-controller"_s,
            .host = {}});
}

void DeploymentController::forgetOld(const QJsonObject &deployment, const Sets &sets)
{
    qsizetype surplus = sets.old.size() - intAt(deployment, u"spec.revisionHistoryLimit", 10);
    for (const QJsonObject &set : sets.old) {
        if (surplus-- <= 0)
            break;
        if (replicasOf(set) == 0 && intAt(set, u"status.replicas") == 0)
            store().remove(kind::ReplicaSet, namespaceOf(set).toUtf8(), nameOf(set).toUtf8());
    }
}

void DeploymentController::report(const Key &key, const QJsonObject &deployment, const QByteArray &uid)
{
    const Sets sets = setsOf(deployment, uid);
    const int wanted = replicasOf(deployment);
    int replicas = intAt(sets.current, u"status.replicas");
    int ready = intAt(sets.current, u"status.readyReplicas");
    int available = availableOf(sets.current);
    for (const QJsonObject &set : sets.old) {
        replicas += intAt(set, u"status.replicas");
        ready += intAt(set, u"status.readyReplicas");
        available += availableOf(set);
    }
    const int updated = intAt(sets.current, u"status.replicas");
    const bool complete = !sets.current.isEmpty() && updated == wanted && replicas == wanted && available == wanted;
    const bool enough = available >= wanted - limitsOf(deployment).unavailable;
    const QDateTime time = now();
    bool waitsForDeadline = false;
    (void)store().modify(key.type, key.ns, key.name, [&](QJsonObject &object) {
        QJsonObject status = object.value(u"status"_s).toObject();
        const QJsonObject before = status;
        const auto set = [&status](const QString &name, int value) {
            if (value > 0)
                status.insert(name, value);
            else
                status.remove(name);
        };
        status.insert(u"observedGeneration"_s, intAt(object, u"metadata.generation", 1));
        set(u"replicas"_s, replicas);
        set(u"updatedReplicas"_s, updated);
        set(u"readyReplicas"_s, ready);
        set(u"availableReplicas"_s, available);
        set(u"unavailableReplicas"_s, std::max(0, std::max(wanted, replicas) - available));
        object.insert(u"status"_s, status);
        const bool moved = status != before;
        const QJsonObject updatedNow{{u"lastUpdateTime"_s, timestamp(time)}};
        setCondition(object, u"Available"_s, enough ? u"True"_s : u"False"_s,
            enough ? u"MinimumReplicasAvailable"_s : u"MinimumReplicasUnavailable"_s,
            enough ? u"Deployment has minimum availability."_s : u"Deployment does not have minimum availability."_s,
            time, conditionOf(object, u"Available").isEmpty() ? updatedNow : QJsonObject());
        // The message of the ReplicaSet that gets no pods.
        const QString refusal = textAt(conditionOf(sets.current, u"ReplicaFailure"), u"message");
        if (!refusal.isEmpty())
            setCondition(object, u"ReplicaFailure"_s, u"True"_s, u"FailedCreate"_s, refusal, time,
                conditionOf(object, u"ReplicaFailure").isEmpty() ? updatedNow : QJsonObject());
        else
            removeCondition(object, u"ReplicaFailure");
        const QJsonObject progressing = conditionOf(object, u"Progressing");
        const QString set0 = sets.current.isEmpty() ? nameOf(object) : nameOf(sets.current);
        if (at(object, u"spec.paused").toBool()) {
            setCondition(object, u"Progressing"_s, u"Unknown"_s, u"DeploymentPaused"_s, u"Deployment is paused"_s, time,
                progressing.isEmpty() ? updatedNow : QJsonObject());
        } else if (complete) {
            const bool news = textAt(progressing, u"reason") != "NewReplicaSetAvailable"_L1;
            setCondition(object, u"Progressing"_s, u"True"_s, u"NewReplicaSetAvailable"_s,
                news ? u"ReplicaSet \"%1\" has successfully progressed."_s.arg(set0) : textAt(progressing, u"message"),
                time, news ? updatedNow : QJsonObject());
        } else {
            const int deadline = intAt(object, u"spec.progressDeadlineSeconds", 600);
            const QDateTime last = parseTimestamp(textAt(progressing, u"lastUpdateTime"));
            const bool late = !moved && last.isValid() && last.secsTo(time) >= deadline
                && textAt(progressing, u"reason") != "NewReplicaSetAvailable"_L1;
            if (late) {
                setCondition(object, u"Progressing"_s, u"False"_s, u"ProgressDeadlineExceeded"_s,
                    u"ReplicaSet \"%1\" has timed out progressing."_s.arg(set0), time);
            } else {
                const bool news = moved || textAt(progressing, u"reason") != "ReplicaSetUpdated"_L1;
                setCondition(object, u"Progressing"_s, u"True"_s, u"ReplicaSetUpdated"_s,
                    u"ReplicaSet \"%1\" is progressing."_s.arg(set0), time, news ? updatedNow : QJsonObject());
                waitsForDeadline = news;
            }
        }
    });
    if (waitsForDeadline)
        enqueueAfter(key, intAt(deployment, u"spec.progressDeadlineSeconds", 600) * 1000 + 500);
}

} // namespace kdra::demo
