// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/objects/ownedpod.h"

#include "demo/objects/random.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace kdra::demo {
namespace {

QJsonObject ownedPod(const QJsonObject &owner, QJsonObject podTemplate, const QString &name, const QString &uid,
    const QDateTime &now, const QJsonObject &extraLabels)
{
    QJsonObject labels = at(podTemplate, u"metadata.labels").toObject();
    for (auto it = extraLabels.begin(); it != extraLabels.end(); ++it)
        labels.insert(it.key(), it.value());
    QJsonObject pod = podFromTemplate(podTemplate,
        {.name = name,
            .ns = namespaceOf(owner),
            .uid = uid,
            .created = now,
            .labels = labels,
            .annotations = at(podTemplate, u"metadata.annotations").toObject(),
            .owners = {ownerReference(owner)}});
    put(pod, u"metadata.generateName", QString(nameOf(owner) + u'-'));
    if (uid.isEmpty()) {
        put(pod, u"metadata.uid", QJsonValue::Undefined);
        put(pod, u"metadata.creationTimestamp", QJsonValue::Undefined);
    }
    return pod;
}

QJsonObject templateOf(const QJsonObject &owner)
{
    return at(owner, u"spec.template").toObject();
}

} // namespace

QJsonObject replicaSetPod(const QJsonObject &replicaSet, const QString &name, const QString &uid, const QDateTime &now)
{
    return ownedPod(replicaSet, templateOf(replicaSet), name, uid, now, {});
}

QJsonObject statefulSetPod(
    const QJsonObject &set, const QString &ordinal, const QString &revision, const QString &uid, const QDateTime &now)
{
    const QString name = nameOf(set) + u'-' + ordinal;
    QJsonObject podTemplate = templateOf(set);
    put(podTemplate, u"spec.hostname", name);
    put(podTemplate, u"spec.subdomain", textAt(set, u"spec.serviceName"));
    QJsonArray volumes = at(podTemplate, u"spec.volumes").toArray();
    for (const QJsonArray volumeClaimTemplates = at(set, u"spec.volumeClaimTemplates").toArray();
        const QJsonValue &claim : volumeClaimTemplates) {
        const QString volume = nameOf(claim.toObject());
        volumes.prepend(QJsonObject{{u"name"_s, volume},
            {u"persistentVolumeClaim"_s, QJsonObject{{u"claimName"_s, QString(volume + u'-' + name)}}}});
    }
    if (!volumes.isEmpty())
        put(podTemplate, u"spec.volumes", volumes);
    return ownedPod(set, podTemplate, name, uid, now,
        {{u"apps.kubernetes.io/pod-index"_s, ordinal}, {u"controller-revision-hash"_s, revision},
            {u"statefulset.kubernetes.io/pod-name"_s, name}});
}

QJsonObject daemonSetPod(const QJsonObject &set, const QString &node, const QString &name, const QString &hash,
    const QString &uid, const QDateTime &now)
{
    QJsonObject podTemplate = templateOf(set);
    put(podTemplate, u"spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms",
        QJsonArray{
            fromText(R"({"matchFields":[{"key":"metadata.name","operator":"In","values":["$n"]}]})", {{"n", node}})});
    QJsonArray tolerations = at(podTemplate, u"spec.tolerations").toArray();
    const QJsonArray added = arrayFromText(R"([
{"effect":"NoExecute","key":"node.kubernetes.io/not-ready","operator":"Exists"},
{"effect":"NoExecute","key":"node.kubernetes.io/unreachable","operator":"Exists"},
{"effect":"NoSchedule","key":"node.kubernetes.io/disk-pressure","operator":"Exists"},
{"effect":"NoSchedule","key":"node.kubernetes.io/memory-pressure","operator":"Exists"},
{"effect":"NoSchedule","key":"node.kubernetes.io/pid-pressure","operator":"Exists"},
{"effect":"NoSchedule","key":"node.kubernetes.io/unschedulable","operator":"Exists"}])");
    for (const QJsonValue &toleration : added)
        tolerations.append(toleration);
    put(podTemplate, u"spec.tolerations", tolerations);
    return ownedPod(set, podTemplate, name, uid, now,
        {{u"controller-revision-hash"_s, hash}, {u"pod-template-generation"_s, u"1"_s}});
}

QJsonObject jobPod(const QJsonObject &job, const QString &name, const QString &uid, const QDateTime &now)
{
    return ownedPod(job, templateOf(job), name, uid, now, {});
}

QString hashOfTemplate(const QJsonObject &podTemplate)
{
    QJsonObject bare = podTemplate;
    QJsonObject labels = at(bare, u"metadata.labels").toObject();
    labels.remove(u"pod-template-hash"_s);
    put(bare, u"metadata.labels", labels);
    return templateHash(QString::fromUtf8(QJsonDocument(bare).toJson(QJsonDocument::Compact)), 3);
}

} // namespace kdra::demo
