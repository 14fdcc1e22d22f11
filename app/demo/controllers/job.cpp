// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/controllers/job.h"

#include "demo/deletion.h"
#include "demo/objects/ownedpod.h"

using namespace Qt::StringLiterals;

namespace kdra::demo {
namespace {

bool finished(const QJsonObject &job)
{
    return textAt(conditionOf(job, u"Complete"), u"status") == "True"_L1
        || textAt(conditionOf(job, u"Failed"), u"status") == "True"_L1;
}

// What the API server's defaulting adds to a Job that a client wrote.
QJsonObject withIdentity(QJsonObject job)
{
    const QString uid = uidOf(job);
    QJsonObject labels = at(job, u"spec.template.metadata.labels").toObject();
    labels.insert(u"batch.kubernetes.io/controller-uid"_s, uid);
    labels.insert(u"batch.kubernetes.io/job-name"_s, nameOf(job));
    labels.insert(u"controller-uid"_s, uid);
    labels.insert(u"job-name"_s, nameOf(job));
    put(job, u"spec.template.metadata.labels", labels);
    return job;
}

} // namespace

void JobController::observe(const Change &change)
{
    if (change.type == kind::Job && change.kind != Change::Kind::Deleted)
        enqueue(keyOf(*change.now));
    else if (change.type == kind::Pod && !sameToOwner(store(), change))
        enqueueOwner(change.now, kind::Job);
}

void JobController::reconcile(const Key &key)
{
    const ObjectPtr stored = store().get(key.type, key.ns, key.name);
    if (!stored || stored->terminating)
        return;
    const QJsonObject job = withIdentity(stored->object());
    if (finished(job)) {
        const QJsonValue ttl = at(job, u"spec.ttlSecondsAfterFinished");
        if (!ttl.isDouble())
            return;
        const QDateTime end = parseTimestamp(textAt(job, u"status.completionTime"));
        const qint64 left = (end.isValid() ? now().msecsTo(end) : 0) + ttl.toInteger() * 1000;
        if (left <= 0)
            (void)deleteObject(store(), key.type, key.ns, key.name,
                {.gracePeriodSeconds = {}, .propagationPolicy = u"Background"_s, .uid = {}, .resourceVersion = {}});
        else
            enqueueAfter(key, static_cast<int>(std::min<qint64>(left, 1 << 30)));
        return;
    }
    int succeeded = 0;
    int failed = 0;
    int ready = 0;
    std::vector<ObjectPtr> active;
    for (const ObjectPtr &pod : podsOf(stored->uid, true)) {
        const QByteArray phase = phaseOf(store(), *pod);
        if (phase == "Succeeded")
            ++succeeded;
        else if (phase == "Failed")
            ++failed;
        else if (!pod->terminating) {
            active.push_back(pod);
            ready += isReady(*pod) ? 1 : 0;
        }
    }
    const int completions = intAt(job, u"spec.completions", 1);
    const int parallelism = intAt(job, u"spec.parallelism", 1);
    const bool suspended = at(job, u"spec.suspend").toBool();
    const bool gaveUp = failed > intAt(job, u"spec.backoffLimit", 6);
    const bool complete = succeeded >= completions;
    int running = static_cast<int>(active.size());
    const int wanted = suspended || gaveUp || complete ? 0 : std::min(parallelism, completions - succeeded);
    for (; running > wanted; --running) {
        const ObjectPtr &pod = active[static_cast<std::size_t>(running - 1)];
        (void)deleteObject(store(), kind::Pod, pod->ns, pod->name);
    }
    for (; running < wanted; ++running) {
        const QString name = nameOf(job) + u'-' + context().random.suffix(5);
        QJsonObject pod = jobPod(job, name, {}, now());
        setPodManagedFields(pod, now(), now());
        if (!admitPod(job, kind::Job, pod, u"job-controller"_s))
            break;
        context().events.record(job,
            {.type = u"Normal"_s,
                .reason = u"SuccessfulCreate"_s,
                .message = u"Created pod: "_s + name,
                .component = u"job-controller"_s,
                .host = {}});
    }
    const QDateTime time = now();
    (void)store().modify(key.type, key.ns, key.name, [&](QJsonObject &object) {
        QJsonObject status = object.value(u"status"_s).toObject();
        if (!status.contains(u"startTime"_s) && !suspended)
            status.insert(u"startTime"_s, timestamp(time));
        const auto set = [&status](const QString &name, int value) {
            if (value > 0)
                status.insert(name, value);
            else
                status.remove(name);
        };
        set(u"active"_s, running);
        set(u"succeeded"_s, succeeded);
        set(u"failed"_s, failed);
        status.insert(u"ready"_s, complete || gaveUp ? 0 : ready);
        status.insert(u"terminating"_s, 0);
        status.insert(u"uncountedTerminatedPods"_s, QJsonObject());
        if (complete)
            status.insert(u"completionTime"_s, timestamp(time));
        object.insert(u"status"_s, status);
        if (complete) {
            const QString message = u"Reached expected number of succeeded pods"_s;
            setCondition(object, u"SuccessCriteriaMet"_s, u"True"_s, u"CompletionsReached"_s, message, time);
            setCondition(object, u"Complete"_s, u"True"_s, u"CompletionsReached"_s, message, time);
        } else if (gaveUp) {
            const QString message = u"Job has reached the specified backoff limit"_s;
            setCondition(object, u"FailureTarget"_s, u"True"_s, u"BackoffLimitExceeded"_s, message, time);
            setCondition(object, u"Failed"_s, u"True"_s, u"BackoffLimitExceeded"_s, message, time);
        }
    });
    if (complete)
        context().events.record(job,
            {.type = u"Normal"_s,
                .reason = u"Completed"_s,
                .message = u"Job completed"_s,
                .component = u"job-controller"_s,
                .host = {}});
    else if (gaveUp)
        context().events.record(job,
            {.type = u"Warning"_s,
                .reason = u"BackoffLimitExceeded"_s,
                .message = u"Job has reached the specified backoff limit"_s,
                .component = u"job-controller"_s,
                .host = {}});
}

} // namespace kdra::demo
