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

// Of what was made with the environment nothing says so: labels of claim templates cannot be changed later.
QJsonObject partLabels(const Spec &spec, const Part &part, const QString &applySet)
{
    QJsonObject labels = environmentLabels(spec, applySet);
    if (part.name != spec.name)
        labels.insert(PartLabel, part.name);
    return labels;
}

// What tells apart the pods of one environment from all others; the ApplySet does not count pods among its members.
QJsonObject podLabels(const Spec &spec, const Part &part)
{
    return partLabels(spec, part, {});
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

QJsonObject decoratedPodTemplate(QJsonObject pod, const Spec &spec, const Part &part, bool everyNode)
{
    pod = merge(pod, {u"metadata"_s, u"labels"_s}, podLabels(spec, part));
    // A DaemonSet is meant for every node that takes it.
    if (!everyNode)
        pod.insert("spec"_L1, placed(pod.value("spec"_L1).toObject(), part.placement));
    return pod;
}

// Claims that a StatefulSet makes outlive it: they have to be found.
QJsonArray decoratedClaims(QJsonArray claims, const QJsonObject &labels)
{
    for (auto &&claim : claims)
        claim = merge(claim.toObject(), {u"metadata"_s, u"labels"_s}, labels);
    return claims;
}

QJsonArray portsWithProtocols(QJsonArray ports)
{
    for (auto &&one : ports) {
        QJsonObject port = one.toObject();
        if (!port.contains("protocol"_L1)) {
            port.insert("protocol"_L1, "TCP"_L1);
            one = port;
        }
    }
    return ports;
}

QJsonObject podSpecWithProtocols(QJsonObject spec)
{
    for (const QLatin1StringView list : {"containers"_L1, "initContainers"_L1}) {
        QJsonArray containers = spec.value(list).toArray();
        for (auto &&one : containers) {
            QJsonObject container = one.toObject();
            if (container.contains("ports"_L1)) {
                container.insert("ports"_L1, portsWithProtocols(container.value("ports"_L1).toArray()));
                one = container;
            }
        }
        if (!containers.isEmpty())
            spec.insert(list, containers);
    }
    return spec;
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

QJsonObject withProtocols(QJsonObject object)
{
    const QString kind = object.value("kind"_L1).toString();
    if (kind == "Service"_L1) {
        const QStringList ports{u"spec"_s, u"ports"_s};
        const QJsonArray there = valueAt(object, ports).toArray();
        return there.isEmpty() ? object : withValueAt(object, ports, portsWithProtocols(there));
    }
    const QStringList path = kind == "Pod"_L1 ? QStringList() : podTemplatePath(kind);
    if (path.isEmpty() && kind != "Pod"_L1)
        return object;
    const QStringList spec = path + QStringList{u"spec"_s};
    return withValueAt(object, spec, podSpecWithProtocols(valueAt(object, spec).toObject()));
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

QJsonObject decorated(QJsonObject object, const Spec &spec, const Part &part, const QString &applySet, bool namespaced)
{
    const QString kind = object.value("kind"_L1).toString();
    object = merge(object, {u"metadata"_s, u"labels"_s}, partLabels(spec, part, applySet));
    if (namespaced) {
        object = withValueAt(object, {u"metadata"_s, u"namespace"_s}, spec.ns);
        object = withValueAt(
            object, {u"metadata"_s, u"annotations"_s, TimeToLiveAnnotation}, timeToLiveText(spec.timeToLive));
    }
    if (kind == "Pod"_L1)
        object = decoratedPodTemplate(object, spec, part, false);
    else if (const QStringList path = podTemplatePath(kind); !path.isEmpty())
        object = withValueAt(
            object, path, decoratedPodTemplate(valueAt(object, path).toObject(), spec, part, kind == "DaemonSet"_L1));
    if (kind == "CronJob"_L1)
        object = merge(object, {u"spec"_s, u"jobTemplate"_s, u"metadata"_s, u"labels"_s}, podLabels(spec, part));
    const QStringList claims{u"spec"_s, u"volumeClaimTemplates"_s};
    if (const QJsonArray templates = valueAt(object, claims).toArray(); !templates.isEmpty())
        object = withValueAt(object, claims, decoratedClaims(templates, podLabels(spec, part)));
    return withProtocols(object);
}

} // namespace kdra::environments
