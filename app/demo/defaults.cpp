// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/defaults.h"

#include "demo/limitrange.h"

#include <QJsonArray>
#include <QRandomGenerator>

namespace kdra::demo {
namespace {

using L = QLatin1StringView;

void fill(QJsonObject &object, const QString &key, const QJsonValue &value)
{
    if (object.value(key).isUndefined() || object.value(key).isNull())
        object.insert(key, value);
}

QJsonObject withPorts(QJsonObject owner, bool service)
{
    if (!owner.contains(L("ports")))
        return owner;
    QJsonArray ports;
    for (const QJsonArray given = owner.value(L("ports")).toArray(); const QJsonValue &value : given) {
        QJsonObject port = value.toObject();
        fill(port, QStringLiteral("protocol"), QStringLiteral("TCP"));
        if (service)
            fill(port, QStringLiteral("targetPort"), port.value(L("port")));
        ports.append(port);
    }
    owner.insert(QStringLiteral("ports"), ports);
    return owner;
}

QJsonObject withProbe(QJsonObject container, const QString &name)
{
    if (!container.contains(name))
        return container;
    QJsonObject probe = container.value(name).toObject();
    fill(probe, QStringLiteral("timeoutSeconds"), 1);
    fill(probe, QStringLiteral("periodSeconds"), 10);
    fill(probe, QStringLiteral("successThreshold"), 1);
    fill(probe, QStringLiteral("failureThreshold"), 3);
    container.insert(name, probe);
    return container;
}

QJsonArray containers(const QJsonArray &list)
{
    QJsonArray result;
    for (const QJsonValue &value : list) {
        QJsonObject container = withPorts(value.toObject(), false);
        for (const QString &probe :
            {QStringLiteral("livenessProbe"), QStringLiteral("readinessProbe"), QStringLiteral("startupProbe")})
            container = withProbe(container, probe);
        const QString image = container.value(L("image")).toString();
        const QString tag = image.section(QLatin1Char('/'), -1);
        const bool latest =
            !image.contains(QLatin1Char('@')) && (!tag.contains(QLatin1Char(':')) || tag.endsWith(L(":latest")));
        fill(container, QStringLiteral("imagePullPolicy"),
            latest ? QStringLiteral("Always") : QStringLiteral("IfNotPresent"));
        fill(container, QStringLiteral("terminationMessagePath"), QStringLiteral("/dev/termination-log"));
        fill(container, QStringLiteral("terminationMessagePolicy"), QStringLiteral("File"));
        QJsonObject resources = container.value(L("resources")).toObject();
        if (const QJsonObject limits = resources.value(L("limits")).toObject(); !limits.isEmpty()) {
            QJsonObject requests = resources.value(L("requests")).toObject();
            for (auto it = limits.begin(); it != limits.end(); ++it)
                fill(requests, it.key(), it.value());
            resources.insert(QStringLiteral("requests"), requests);
        }
        container.insert(QStringLiteral("resources"), resources);
        result.append(container);
    }
    return result;
}

QJsonObject podSpec(QJsonObject spec)
{
    fill(spec, QStringLiteral("restartPolicy"), QStringLiteral("Always"));
    fill(spec, QStringLiteral("dnsPolicy"), QStringLiteral("ClusterFirst"));
    fill(spec, QStringLiteral("schedulerName"), QStringLiteral("default-scheduler"));
    fill(spec, QStringLiteral("terminationGracePeriodSeconds"), 30);
    fill(spec, QStringLiteral("securityContext"), QJsonObject());
    for (const QString &list : {QStringLiteral("containers"), QStringLiteral("initContainers")}) {
        if (spec.contains(list))
            spec.insert(list, containers(spec.value(list).toArray()));
    }
    return spec;
}

void templateDefaults(QJsonObject &spec)
{
    QJsonObject pod = spec.value(L("template")).toObject();
    if (pod.isEmpty())
        return;
    QJsonObject metadata = pod.value(L("metadata")).toObject();
    fill(metadata, QStringLiteral("creationTimestamp"), QJsonValue());
    metadata.insert(QStringLiteral("creationTimestamp"), QJsonValue());
    pod.insert(QStringLiteral("metadata"), metadata);
    pod.insert(QStringLiteral("spec"), podSpec(pod.value(L("spec")).toObject()));
    spec.insert(QStringLiteral("template"), pod);
}

QJsonObject rollingUpdate(QJsonObject strategy, const QJsonObject &numbers)
{
    fill(strategy, QStringLiteral("type"), QStringLiteral("RollingUpdate"));
    if (strategy.value(L("type")).toString() == L("RollingUpdate")) {
        QJsonObject rolling = strategy.value(L("rollingUpdate")).toObject();
        for (auto it = numbers.begin(); it != numbers.end(); ++it)
            fill(rolling, it.key(), it.value());
        strategy.insert(QStringLiteral("rollingUpdate"), rolling);
    }
    return strategy;
}

// "BestEffort", "Burstable" or "Guaranteed" from the containers' resources.
QString qosClass(const QJsonObject &spec)
{
    bool any = false;
    bool guaranteed = true;
    for (const QJsonArray containers = spec.value(L("containers")).toArray(); const QJsonValue &value : containers) {
        const QJsonObject resources = value.toObject().value(L("resources")).toObject();
        const QJsonObject requests = resources.value(L("requests")).toObject();
        const QJsonObject limits = resources.value(L("limits")).toObject();
        any = any || !requests.isEmpty() || !limits.isEmpty();
        guaranteed = guaranteed && limits.contains(L("cpu")) && limits.contains(L("memory"))
            && requests.value(L("cpu")) == limits.value(L("cpu"))
            && requests.value(L("memory")) == limits.value(L("memory"));
    }
    return !any      ? QStringLiteral("BestEffort")
        : guaranteed ? QStringLiteral("Guaranteed")
                     : QStringLiteral("Burstable");
}

// What was written as text is stored as data; nobody reads it as text again.
void takeStringData(QJsonObject &secret)
{
    const QJsonObject texts = secret.take(L("stringData")).toObject();
    if (texts.isEmpty())
        return;
    QJsonObject data = secret.value(L("data")).toObject();
    for (auto it = texts.begin(); it != texts.end(); ++it)
        data.insert(it.key(), QString::fromLatin1(it.value().toString().toUtf8().toBase64()));
    secret.insert(QStringLiteral("data"), data);
}

QJsonObject toleration(const char *taint)
{
    return {{QStringLiteral("key"), QString::fromLatin1(taint)}, {QStringLiteral("operator"), QStringLiteral("Exists")},
        {QStringLiteral("effect"), QStringLiteral("NoExecute")}, {QStringLiteral("tolerationSeconds"), 300}};
}

} // namespace

void applyDefaults(const ResourceType &type, QJsonObject &object)
{
    QJsonObject spec = object.value(L("spec")).toObject();
    switch (type.id) {
    case kind::Pod:
        spec = podSpec(spec);
        fill(spec, QStringLiteral("enableServiceLinks"), true);
        fill(spec, QStringLiteral("serviceAccountName"), QStringLiteral("default"));
        fill(spec, QStringLiteral("serviceAccount"), spec.value(L("serviceAccountName")));
        fill(spec, QStringLiteral("preemptionPolicy"), QStringLiteral("PreemptLowerPriority"));
        fill(spec, QStringLiteral("priority"), 0);
        break;
    case kind::Deployment:
        fill(spec, QStringLiteral("replicas"), 1);
        fill(spec, QStringLiteral("revisionHistoryLimit"), 10);
        fill(spec, QStringLiteral("progressDeadlineSeconds"), 600);
        spec.insert(QStringLiteral("strategy"),
            rollingUpdate(spec.value(L("strategy")).toObject(),
                {{QStringLiteral("maxSurge"), QStringLiteral("25%")},
                    {QStringLiteral("maxUnavailable"), QStringLiteral("25%")}}));
        templateDefaults(spec);
        break;
    case kind::StatefulSet:
        fill(spec, QStringLiteral("replicas"), 1);
        fill(spec, QStringLiteral("revisionHistoryLimit"), 10);
        fill(spec, QStringLiteral("podManagementPolicy"), QStringLiteral("OrderedReady"));
        spec.insert(QStringLiteral("updateStrategy"),
            rollingUpdate(spec.value(L("updateStrategy")).toObject(), {{QStringLiteral("partition"), 0}}));
        templateDefaults(spec);
        break;
    case kind::DaemonSet:
        fill(spec, QStringLiteral("revisionHistoryLimit"), 10);
        spec.insert(QStringLiteral("updateStrategy"),
            rollingUpdate(spec.value(L("updateStrategy")).toObject(),
                {{QStringLiteral("maxSurge"), 0}, {QStringLiteral("maxUnavailable"), 1}}));
        templateDefaults(spec);
        break;
    case kind::ReplicaSet:
    case kind::ReplicationController:
        fill(spec, QStringLiteral("replicas"), 1);
        templateDefaults(spec);
        break;
    case kind::Job:
        fill(spec, QStringLiteral("backoffLimit"), 6);
        fill(spec, QStringLiteral("completionMode"), QStringLiteral("NonIndexed"));
        fill(spec, QStringLiteral("suspend"), false);
        fill(spec, QStringLiteral("parallelism"), 1);
        fill(spec, QStringLiteral("completions"), 1);
        templateDefaults(spec);
        break;
    case kind::CronJob:
        fill(spec, QStringLiteral("concurrencyPolicy"), QStringLiteral("Allow"));
        fill(spec, QStringLiteral("suspend"), false);
        fill(spec, QStringLiteral("successfulJobsHistoryLimit"), 3);
        fill(spec, QStringLiteral("failedJobsHistoryLimit"), 1);
        break;
    case kind::Service:
        fill(spec, QStringLiteral("type"), QStringLiteral("ClusterIP"));
        fill(spec, QStringLiteral("sessionAffinity"), QStringLiteral("None"));
        fill(spec, QStringLiteral("internalTrafficPolicy"), QStringLiteral("Cluster"));
        spec = withPorts(spec, true);
        break;
    case kind::PersistentVolumeClaim:
        fill(spec, QStringLiteral("volumeMode"), QStringLiteral("Filesystem"));
        break;
    case kind::LimitRange:
        spec = withLimitRangeDefaults(spec);
        break;
    case kind::Secret:
        takeStringData(object);
        fill(object, QStringLiteral("type"), QStringLiteral("Opaque"));
        return;
    default:
        return;
    }
    object.insert(QStringLiteral("spec"), spec);
}

void initialize(const ResourceType &type, QJsonObject &object)
{
    QJsonObject spec = object.value(L("spec")).toObject();
    QJsonObject state;
    switch (type.id) {
    case kind::Pod: {
        QJsonArray tolerations = spec.value(L("tolerations")).toArray();
        for (const char *taint : {"node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"}) {
            const auto tolerates = [taint](const QJsonValue &value) {
                const QString key = value.toObject().value(L("key")).toString();
                return key.isEmpty() || key == L(taint);
            };
            if (std::none_of(tolerations.begin(), tolerations.end(), tolerates))
                tolerations.append(toleration(taint));
        }
        spec.insert(QStringLiteral("tolerations"), tolerations);
        state = {{QStringLiteral("phase"), QStringLiteral("Pending")}, {QStringLiteral("qosClass"), qosClass(spec)}};
        break;
    }
    case kind::Namespace: {
        spec.insert(QStringLiteral("finalizers"), QJsonArray{QStringLiteral("kubernetes")});
        QJsonObject metadata = object.value(L("metadata")).toObject();
        QJsonObject labels = metadata.value(L("labels")).toObject();
        labels.insert(QStringLiteral("kubernetes.io/metadata.name"), metadata.value(L("name")));
        metadata.insert(QStringLiteral("labels"), labels);
        object.insert(QStringLiteral("metadata"), metadata);
        state = {{QStringLiteral("phase"), QStringLiteral("Active")}};
        break;
    }
    case kind::Service:
        if (!spec.contains(L("clusterIP")) && spec.value(L("type")).toString() != L("ExternalName")) {
            const quint32 host = QRandomGenerator::global()->bounded(1U << 16);
            const QString address = QStringLiteral("10.%1.%2.%3")
                                        .arg(96 + QRandomGenerator::global()->bounded(16))
                                        .arg(host >> 8)
                                        .arg(1 + (host & 0xff) % 254);
            spec.insert(QStringLiteral("clusterIP"), address);
            spec.insert(QStringLiteral("clusterIPs"), QJsonArray{address});
        }
        fill(spec, QStringLiteral("ipFamilies"), QJsonArray{QStringLiteral("IPv4")});
        fill(spec, QStringLiteral("ipFamilyPolicy"), QStringLiteral("SingleStack"));
        state = {{QStringLiteral("loadBalancer"), QJsonObject()}};
        break;
    case kind::PersistentVolumeClaim:
        state = {{QStringLiteral("phase"), QStringLiteral("Pending")}};
        break;
    default:
        // Clients cannot create a status where it is a subresource of its own.
        if (type.subresources.contains(QStringLiteral("status")) && type.id != kind::Node
            && object.contains(L("status")))
            object.insert(QStringLiteral("status"), QJsonObject());
        return;
    }
    object.insert(QStringLiteral("spec"), spec);
    object.insert(QStringLiteral("status"), state);
}

} // namespace kdra::demo
