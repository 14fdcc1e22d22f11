// SPDX-License-Identifier: GPL-3.0-or-later
#include "environments/decoration.h"

#include "environments/labels.h"
#include "environments/timetolive.h"

using namespace Qt::StringLiterals;

namespace kdra::environments {
namespace {

QJsonObject merged(QJsonObject object, const QJsonObject &more)
{
    for (auto one = more.begin(); one != more.end(); ++one)
        object.insert(one.key(), one.value());
    return object;
}

QJsonObject merge(const QJsonObject &object, const QStringList &path, const QJsonObject &more)
{
    return withValueAt(object, path, merged(valueAt(object, path).toObject(), more));
}

// What tells apart the pods of one environment from all others; the ApplySet does not count pods among its members.
QJsonObject podLabels(const Spec &spec)
{
    return environmentLabels(spec, {});
}

QJsonObject placed(QJsonObject podSpec, const Placement &placement)
{
    if (placement.kind != Placement::Kind::Anywhere)
        podSpec = merge(podSpec, {u"nodeSelector"_s}, {{placement.label, placement.value}});
    if (!placement.tolerations.isEmpty()) {
        QJsonArray all = podSpec.value("tolerations"_L1).toArray();
        for (const QJsonValue &one : placement.tolerations) {
            if (!all.contains(one))
                all.append(one);
        }
        podSpec.insert("tolerations"_L1, all);
    }
    return podSpec;
}

QJsonObject decoratedPodTemplate(QJsonObject pod, const Spec &spec, bool everyNode)
{
    pod = merge(pod, {u"metadata"_s, u"labels"_s}, podLabels(spec));
    // A DaemonSet is meant for every node that takes it.
    if (!everyNode)
        pod.insert("spec"_L1, placed(pod.value("spec"_L1).toObject(), spec.placement));
    return pod;
}

// Claims that a StatefulSet makes outlive it: they have to be found.
QJsonArray decoratedClaims(QJsonArray claims, const Spec &spec)
{
    for (auto &&claim : claims)
        claim = merge(claim.toObject(), {u"metadata"_s, u"labels"_s}, environmentLabels(spec, {}));
    return claims;
}

} // namespace

QJsonValue valueAt(const QJsonObject &object, const QStringList &path)
{
    QJsonValue value = object;
    for (const QString &key : path)
        value = value.toObject().value(key);
    return value;
}

QJsonObject withValueAt(QJsonObject object, const QStringList &path, const QJsonValue &value)
{
    const QString &key = path.first();
    if (path.size() == 1)
        object.insert(key, value);
    else
        object.insert(key, withValueAt(object.value(key).toObject(), path.mid(1), value));
    return object;
}

QStringList podTemplatePath(const QString &kind)
{
    if (kind == "CronJob"_L1)
        return {u"spec"_s, u"jobTemplate"_s, u"spec"_s, u"template"_s};
    static const QSet<QString> workloads{
        u"Deployment"_s, u"StatefulSet"_s, u"DaemonSet"_s, u"ReplicaSet"_s, u"Job"_s, u"ReplicationController"_s};
    return workloads.contains(kind) ? QStringList{u"spec"_s, u"template"_s} : QStringList();
}

QJsonObject environmentLabels(const Spec &spec, const QString &applySet)
{
    QJsonObject labels{{ManagedByLabel, Manager}, {EnvironmentLabel, spec.name}};
    if (!spec.owner.isEmpty())
        labels.insert(OwnerLabel, spec.owner);
    if (!applySet.isEmpty())
        labels.insert(PartOfLabel, applySet);
    return labels;
}

QJsonObject decorated(QJsonObject object, const Spec &spec, const QString &applySet, bool namespaced)
{
    const QString kind = object.value("kind"_L1).toString();
    object = merge(object, {u"metadata"_s, u"labels"_s}, environmentLabels(spec, applySet));
    if (namespaced) {
        object = withValueAt(object, {u"metadata"_s, u"namespace"_s}, spec.ns);
        object = withValueAt(
            object, {u"metadata"_s, u"annotations"_s, TimeToLiveAnnotation}, timeToLiveText(spec.timeToLive));
    }
    if (kind == "Pod"_L1)
        object = decoratedPodTemplate(object, spec, false);
    else if (const QStringList path = podTemplatePath(kind); !path.isEmpty())
        object = withValueAt(
            object, path, decoratedPodTemplate(valueAt(object, path).toObject(), spec, kind == "DaemonSet"_L1));
    if (kind == "CronJob"_L1)
        object = merge(object, {u"spec"_s, u"jobTemplate"_s, u"metadata"_s, u"labels"_s}, podLabels(spec));
    const QStringList claims{u"spec"_s, u"volumeClaimTemplates"_s};
    if (const QJsonArray templates = valueAt(object, claims).toArray(); !templates.isEmpty())
        object = withValueAt(object, claims, decoratedClaims(templates, spec));
    return object;
}

} // namespace kdra::environments
