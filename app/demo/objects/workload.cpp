// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/objects/workload.h"

using namespace Qt::StringLiterals;

namespace kdra::demo {
namespace {

QJsonObject object(const QString &apiVersion, const QString &kind, const Meta &meta, const QJsonObject &spec,
    const QJsonObject &status, const QString &manager)
{
    QJsonObject out{{u"apiVersion"_s, apiVersion}, {u"kind"_s, kind}};
    QJsonObject data = metadata(meta);
    data.insert(u"generation"_s, 1);
    if (!manager.isEmpty()) {
        QJsonObject owned{{u"metadata"_s, QJsonObject{{u"labels"_s, meta.labels}}}, {u"spec"_s, spec}};
        QJsonArray managed{managedFields(manager, apiVersion, owned, meta.created)};
        if (!status.isEmpty()) {
            managed.append(managedFields(u"kube-controller-manager"_s, apiVersion, {{u"status"_s, status}},
                meta.created.addSecs(9), u"status"_s));
        }
        data.insert(u"managedFields"_s, managed);
    }
    out.insert(u"metadata"_s, data);
    out.insert(u"spec"_s, spec);
    if (!status.isEmpty())
        out.insert(u"status"_s, status);
    return out;
}

QJsonObject withLabel(QJsonObject podTemplate, const QString &key, const QString &value)
{
    QJsonObject labels = at(podTemplate, u"metadata.labels").toObject();
    labels.insert(key, value);
    put(podTemplate, u"metadata.labels", labels);
    return podTemplate;
}

} // namespace

QJsonObject deploymentObject(const Meta &meta, int replicas, const QJsonObject &selector,
    const QJsonObject &podTemplate, int revision, const QDateTime &now)
{
    Meta full = meta;
    full.annotations.insert(u"deployment.kubernetes.io/revision"_s, QString::number(revision));
    const QJsonObject spec{{u"replicas"_s, replicas}, {u"revisionHistoryLimit"_s, 10},
        {u"progressDeadlineSeconds"_s, 600}, {u"selector"_s, QJsonObject{{u"matchLabels"_s, selector}}},
        {u"strategy"_s,
            QJsonObject{{u"type"_s, u"RollingUpdate"_s},
                {u"rollingUpdate"_s, QJsonObject{{u"maxSurge"_s, u"25%"_s}, {u"maxUnavailable"_s, u"25%"_s}}}}},
        {u"template"_s, podTemplate}};
    const QString time = timestamp(now);
    QJsonObject status = fromText(
        R"({"observedGeneration":1,"replicas":$n,"updatedReplicas":$n,"readyReplicas":$n,"availableReplicas":$n,
"conditions":[{"type":"Available","status":"True","reason":"MinimumReplicasAvailable","message":"Deployment has minimum availability.","lastUpdateTime":"$t","lastTransitionTime":"$t"},
{"type":"Progressing","status":"True","reason":"NewReplicaSetAvailable","message":"ReplicaSet for $name has successfully progressed.","lastUpdateTime":"$t","lastTransitionTime":"$t"}]})",
        {{"n", QString::number(replicas)}, {"t", time}, {"name", meta.name}});
    return object(u"apps/v1"_s, u"Deployment"_s, full, spec, status, u"helm"_s);
}

QJsonObject replicaSetObject(const QJsonObject &deployment, const QString &hash, int replicas, int revision,
    const QJsonObject &podTemplate, const Meta &identity)
{
    const QJsonObject hashed = withLabel(podTemplate, u"pod-template-hash"_s, hash);
    Meta meta = identity;
    meta.labels = at(hashed, u"metadata.labels").toObject();
    meta.annotations = {
        {u"deployment.kubernetes.io/desired-replicas"_s, QString::number(intAt(deployment, u"spec.replicas"))},
        {u"deployment.kubernetes.io/max-replicas"_s, QString::number(intAt(deployment, u"spec.replicas") + 1)},
        {u"deployment.kubernetes.io/revision"_s, QString::number(revision)}};
    meta.owners = {ownerReference(deployment)};
    QJsonObject selector = at(deployment, u"spec.selector").toObject();
    put(selector, u"matchLabels.pod-template-hash", hash);
    const QJsonObject spec{{u"replicas"_s, replicas}, {u"selector"_s, selector}, {u"template"_s, hashed}};
    QJsonObject status{{u"observedGeneration"_s, 1}, {u"replicas"_s, replicas}};
    if (replicas > 0) {
        for (const QString &key : {u"fullyLabeledReplicas"_s, u"readyReplicas"_s, u"availableReplicas"_s})
            status.insert(key, replicas);
    }
    return object(u"apps/v1"_s, u"ReplicaSet"_s, meta, spec, status, u"kube-controller-manager"_s);
}

QJsonObject statefulSetObject(const Meta &meta, int replicas, const QJsonObject &selector,
    const QJsonObject &podTemplate, const QString &service, const QString &storage, const QString &revision)
{
    QJsonObject spec{{u"replicas"_s, replicas}, {u"revisionHistoryLimit"_s, 10},
        {u"podManagementPolicy"_s, u"OrderedReady"_s}, {u"serviceName"_s, service},
        {u"selector"_s, QJsonObject{{u"matchLabels"_s, selector}}},
        {u"updateStrategy"_s,
            QJsonObject{{u"type"_s, u"RollingUpdate"_s}, {u"rollingUpdate"_s, QJsonObject{{u"partition"_s, 0}}}}},
        {u"template"_s, podTemplate}};
    if (!storage.isEmpty()) {
        spec.insert(u"persistentVolumeClaimRetentionPolicy"_s,
            QJsonObject{{u"whenDeleted"_s, u"Retain"_s}, {u"whenScaled"_s, u"Retain"_s}});
        spec.insert(u"volumeClaimTemplates"_s,
            QJsonArray{fromText(R"({"apiVersion":"v1","kind":"PersistentVolumeClaim","metadata":{"name":"data"},
"spec":{"accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"$size"}},"storageClassName":"local-path","volumeMode":"Filesystem"},"status":{"phase":"Pending"}})",
                {{"size", storage}})});
    }
    QJsonObject status{{u"observedGeneration"_s, 1}, {u"collisionCount"_s, 0}};
    for (const QString &key :
        {u"replicas"_s, u"readyReplicas"_s, u"availableReplicas"_s, u"currentReplicas"_s, u"updatedReplicas"_s})
        status.insert(key, replicas);
    for (const QString &key : {u"currentRevision"_s, u"updateRevision"_s})
        status.insert(key, meta.name + u'-' + revision);
    return object(u"apps/v1"_s, u"StatefulSet"_s, meta, spec, status, u"helm"_s);
}

QJsonObject daemonSetObject(
    const Meta &meta, int scheduled, const QJsonObject &selector, const QJsonObject &podTemplate)
{
    Meta full = meta;
    full.annotations.insert(u"deprecated.daemonset.template.generation"_s, u"1"_s);
    const QJsonObject spec{{u"revisionHistoryLimit"_s, 10}, {u"selector"_s, QJsonObject{{u"matchLabels"_s, selector}}},
        {u"template"_s, podTemplate},
        {u"updateStrategy"_s,
            QJsonObject{{u"type"_s, u"RollingUpdate"_s},
                {u"rollingUpdate"_s, QJsonObject{{u"maxSurge"_s, 0}, {u"maxUnavailable"_s, 1}}}}}};
    QJsonObject status{{u"observedGeneration"_s, 1}, {u"numberMisscheduled"_s, 0}};
    for (const QString &key : {u"currentNumberScheduled"_s, u"desiredNumberScheduled"_s, u"numberReady"_s,
             u"numberAvailable"_s, u"updatedNumberScheduled"_s})
        status.insert(key, scheduled);
    return object(u"apps/v1"_s, u"DaemonSet"_s, full, spec, status, u"helm"_s);
}

QJsonObject cronJobObject(
    const Meta &meta, const QString &schedule, const QJsonObject &podTemplate, const QDateTime &lastRun)
{
    const QJsonObject spec{{u"schedule"_s, schedule}, {u"concurrencyPolicy"_s, u"Forbid"_s}, {u"suspend"_s, false},
        {u"successfulJobsHistoryLimit"_s, 3}, {u"failedJobsHistoryLimit"_s, 1},
        {u"jobTemplate"_s,
            QJsonObject{{u"metadata"_s, QJsonObject()},
                {u"spec"_s, QJsonObject{{u"backoffLimit"_s, 6}, {u"template"_s, podTemplate}}}}}};
    QJsonObject status;
    if (lastRun.isValid()) {
        status.insert(u"lastScheduleTime"_s, timestamp(lastRun));
        status.insert(u"lastSuccessfulTime"_s, timestamp(lastRun.addSecs(41)));
    }
    return object(u"batch/v1"_s, u"CronJob"_s, meta, spec, status, u"helm"_s);
}

QJsonObject jobObject(
    const Meta &meta, const QJsonObject &podTemplate, const QDateTime &started, const QDateTime &finished)
{
    QJsonObject templated = withLabel(podTemplate, u"batch.kubernetes.io/controller-uid"_s, meta.uid);
    templated = withLabel(templated, u"batch.kubernetes.io/job-name"_s, meta.name);
    templated = withLabel(templated, u"controller-uid"_s, meta.uid);
    templated = withLabel(templated, u"job-name"_s, meta.name);
    const QJsonObject spec{{u"backoffLimit"_s, 6}, {u"completionMode"_s, u"NonIndexed"_s}, {u"completions"_s, 1},
        {u"parallelism"_s, 1}, {u"manualSelector"_s, false}, {u"podReplacementPolicy"_s, u"TerminatingOrFailed"_s},
        {u"suspend"_s, false},
        {u"selector"_s,
            QJsonObject{{u"matchLabels"_s, QJsonObject{{u"batch.kubernetes.io/controller-uid"_s, meta.uid}}}}},
        {u"template"_s, templated}};
    QJsonObject status{{u"startTime"_s, timestamp(started)}, {u"ready"_s, 0}, {u"terminating"_s, 0},
        {u"uncountedTerminatedPods"_s, QJsonObject()}};
    if (finished.isValid()) {
        status.insert(u"succeeded"_s, 1);
        status.insert(u"completionTime"_s, timestamp(finished));
        status.insert(u"conditions"_s,
            fromText(
                R"({"a":[{"type":"SuccessCriteriaMet","status":"True","reason":"CompletionsReached","message":"Reached expected number of succeeded pods","lastProbeTime":"$t","lastTransitionTime":"$t"},
{"type":"Complete","status":"True","reason":"CompletionsReached","message":"Reached expected number of succeeded pods","lastProbeTime":"$t","lastTransitionTime":"$t"}]})",
                {{"t", timestamp(finished)}})
                .value(u"a"_s));
    } else {
        status.insert(u"active"_s, 1);
    }
    return object(u"batch/v1"_s, u"Job"_s, meta, spec, status, u"kube-controller-manager"_s);
}

} // namespace kdra::demo
