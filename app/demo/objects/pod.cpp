// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/objects/pod.h"

#include "base/quantity.h"
#include "demo/objects/random.h"

using namespace Qt::StringLiterals;

namespace kdra::demo {
namespace {

void setDefault(QJsonObject &object, const QString &key, const QJsonValue &value)
{
    if (!object.contains(key))
        object.insert(key, value);
}

void applyProbeDefaults(QJsonObject &container)
{
    for (const QString &kind : {u"livenessProbe"_s, u"readinessProbe"_s, u"startupProbe"_s}) {
        if (!container.contains(kind))
            continue;
        QJsonObject probe = container.value(kind).toObject();
        setDefault(probe, u"timeoutSeconds"_s, 1);
        setDefault(probe, u"periodSeconds"_s, 10);
        setDefault(probe, u"successThreshold"_s, 1);
        setDefault(probe, u"failureThreshold"_s, 3);
        if (probe.contains(u"httpGet"_s)) {
            QJsonObject get = probe.value(u"httpGet"_s).toObject();
            setDefault(get, u"scheme"_s, u"HTTP"_s);
            setDefault(get, u"path"_s, u"/"_s);
            probe.insert(u"httpGet"_s, get);
        }
        container.insert(kind, probe);
    }
}

void applyRequestDefaults(QJsonObject &container)
{
    QJsonObject resources = container.value(u"resources"_s).toObject();
    const QJsonObject limits = resources.value(u"limits"_s).toObject();
    QJsonObject requests = resources.value(u"requests"_s).toObject();
    for (auto it = limits.begin(); it != limits.end(); ++it)
        setDefault(requests, it.key(), it.value());
    if (!requests.isEmpty())
        resources.insert(u"requests"_s, requests);
    container.insert(u"resources"_s, resources);
}

void applyContainerDefaults(QJsonObject &container)
{
    const QString image = textAt(container, u"image");
    const QString last = image.mid(image.lastIndexOf(u'/') + 1);
    const bool latest = !last.contains(u':') || last.endsWith(":latest"_L1);
    setDefault(container, u"imagePullPolicy"_s, latest ? u"Always"_s : u"IfNotPresent"_s);
    setDefault(container, u"terminationMessagePath"_s, u"/dev/termination-log"_s);
    setDefault(container, u"terminationMessagePolicy"_s, u"File"_s);
    applyRequestDefaults(container);
    applyProbeDefaults(container);
    if (container.contains(u"ports"_s)) {
        QJsonArray ports = container.value(u"ports"_s).toArray();
        for (qsizetype i = 0; i < ports.size(); ++i) {
            QJsonObject port = ports.at(i).toObject();
            setDefault(port, u"protocol"_s, u"TCP"_s);
            ports.replace(i, port);
        }
        container.insert(u"ports"_s, ports);
    }
}

void addTokenVolume(QJsonObject &spec, const QString &suffix)
{
    const QString name = u"kube-api-access-"_s + suffix;
    QJsonArray volumes = spec.value(u"volumes"_s).toArray();
    volumes.append(fromText(R"({"name":"$name","projected":{"defaultMode":420,"sources":[
{"serviceAccountToken":{"expirationSeconds":3607,"path":"token"}},
{"configMap":{"items":[{"key":"ca.crt","path":"ca.crt"}],"name":"kube-root-ca.crt"}},
{"downwardAPI":{"items":[{"fieldRef":{"apiVersion":"v1","fieldPath":"metadata.namespace"},"path":"namespace"}]}}]}})",
        {{"name", name}}));
    spec.insert(u"volumes"_s, volumes);
    const QJsonObject mount{
        {u"mountPath"_s, u"/var/run/secrets/kubernetes.io/serviceaccount"_s}, {u"name"_s, name}, {u"readOnly"_s, true}};
    for (const QString &list : {u"initContainers"_s, u"containers"_s}) {
        QJsonArray containers = spec.value(list).toArray();
        for (qsizetype i = 0; i < containers.size(); ++i) {
            QJsonObject container = containers.at(i).toObject();
            QJsonArray mounts = container.value(u"volumeMounts"_s).toArray();
            mounts.append(mount);
            container.insert(u"volumeMounts"_s, mounts);
            containers.replace(i, container);
        }
        if (!containers.isEmpty())
            spec.insert(list, containers);
    }
}

void addDefaultTolerations(QJsonObject &spec)
{
    QJsonArray tolerations = spec.value(u"tolerations"_s).toArray();
    for (const QString &key : {u"node.kubernetes.io/not-ready"_s, u"node.kubernetes.io/unreachable"_s}) {
        bool present = false;
        for (const QJsonValue &toleration : std::as_const(tolerations)) {
            const QJsonObject object = toleration.toObject();
            const bool everything = !object.contains(u"key"_s) && textAt(object, u"operator") == "Exists"_L1;
            present |= textAt(object, u"key") == key || everything;
        }
        if (!present) {
            tolerations.append(QJsonObject{{u"effect"_s, u"NoExecute"_s}, {u"key"_s, key}, {u"operator"_s, u"Exists"_s},
                {u"tolerationSeconds"_s, 300}});
        }
    }
    spec.insert(u"tolerations"_s, tolerations);
}

QString qosClass(const QJsonObject &spec)
{
    bool any = false;
    bool guaranteed = true;
    for (const QJsonArray containers = spec.value(u"containers"_s).toArray();
        const QJsonValue &container : containers) {
        const QJsonObject resources = container.toObject().value(u"resources"_s).toObject();
        const QJsonObject requests = resources.value(u"requests"_s).toObject();
        const QJsonObject limits = resources.value(u"limits"_s).toObject();
        any |= !requests.isEmpty();
        for (const QString &name : {u"cpu"_s, u"memory"_s})
            guaranteed &= limits.contains(name) && limits.value(name) == requests.value(name);
    }
    return !any ? u"BestEffort"_s : guaranteed ? u"Guaranteed"_s : u"Burstable"_s;
}

} // namespace

void applyPodDefaults(QJsonObject &spec)
{
    setDefault(spec, u"restartPolicy"_s, u"Always"_s);
    setDefault(spec, u"terminationGracePeriodSeconds"_s, 30);
    setDefault(spec, u"dnsPolicy"_s, u"ClusterFirst"_s);
    setDefault(spec, u"schedulerName"_s, u"default-scheduler"_s);
    setDefault(spec, u"securityContext"_s, QJsonObject());
    for (const QString &list : {u"initContainers"_s, u"containers"_s}) {
        QJsonArray containers = spec.value(list).toArray();
        for (qsizetype i = 0; i < containers.size(); ++i) {
            QJsonObject container = containers.at(i).toObject();
            applyContainerDefaults(container);
            containers.replace(i, container);
        }
        if (!containers.isEmpty())
            spec.insert(list, containers);
    }
}

QJsonObject podFromTemplate(const QJsonObject &podTemplate, const Meta &meta)
{
    QJsonObject spec = podTemplate.value(u"spec"_s).toObject();
    applyPodDefaults(spec);
    setDefault(spec, u"serviceAccountName"_s, u"default"_s);
    spec.insert(u"serviceAccount"_s, spec.value(u"serviceAccountName"_s));
    setDefault(spec, u"enableServiceLinks"_s, true);
    setDefault(spec, u"preemptionPolicy"_s, u"PreemptLowerPriority"_s);
    setDefault(spec, u"priority"_s, 0);
    addTokenVolume(spec, Random(hashOf(meta.uid, 11)).suffix(5));
    addDefaultTolerations(spec);
    return {{u"apiVersion"_s, u"v1"_s}, {u"kind"_s, u"Pod"_s}, {u"metadata"_s, metadata(meta)}, {u"spec"_s, spec},
        {u"status"_s, QJsonObject{{u"phase"_s, u"Pending"_s}, {u"qosClass"_s, qosClass(spec)}}}};
}

void bindPod(QJsonObject &pod, const QString &node, const QDateTime &now)
{
    put(pod, u"spec.nodeName", node);
    setCondition(pod, u"PodScheduled"_s, u"True"_s, {}, {}, now);
}

void runPod(QJsonObject &pod, const QString &hostIp, const QString &podIp, const QDateTime &started)
{
    QJsonArray statuses;
    for (const QJsonArray containers = at(pod, u"spec.containers").toArray();
        const QJsonValue &container : containers) {
        ContainerReport report;
        report.state = ContainerReport::State::Running;
        report.ready = report.started = true;
        report.startedAt = started.addSecs(3);
        statuses.append(containerStatus(container.toObject(), uidOf(pod), report));
    }
    QJsonArray initStatuses;
    for (const QJsonArray initContainers = at(pod, u"spec.initContainers").toArray();
        const QJsonValue &container : initContainers) {
        ContainerReport report;
        report.state = ContainerReport::State::Terminated;
        report.reason = u"Completed"_s;
        report.ready = true;
        report.startedAt = started.addSecs(1);
        report.finishedAt = started.addSecs(2);
        initStatuses.append(containerStatus(container.toObject(), uidOf(pod), report));
    }
    put(pod, u"status.startTime", timestamp(started));
    put(pod, u"status.containerStatuses", statuses);
    if (!initStatuses.isEmpty())
        put(pod, u"status.initContainerStatuses", initStatuses);
    summarisePod(pod, hostIp, podIp, started.addSecs(5));
    setPodManagedFields(pod, started.addSecs(-1), started.addSecs(5));
}

void completePod(
    QJsonObject &pod, const QString &hostIp, const QString &podIp, const QDateTime &started, const QDateTime &finished)
{
    QJsonArray statuses;
    for (const QJsonArray containers = at(pod, u"spec.containers").toArray();
        const QJsonValue &container : containers) {
        ContainerReport report;
        report.state = ContainerReport::State::Terminated;
        report.reason = u"Completed"_s;
        report.startedAt = started.addSecs(2);
        report.finishedAt = finished;
        statuses.append(containerStatus(container.toObject(), uidOf(pod), report));
    }
    put(pod, u"status.startTime", timestamp(started));
    put(pod, u"status.containerStatuses", statuses);
    summarisePod(pod, hostIp, podIp, finished);
    setPodManagedFields(pod, started.addSecs(-1), finished);
}

void setPodManagedFields(QJsonObject &pod, const QDateTime &created, const QDateTime &reported)
{
    QJsonObject mine;
    for (const QString &key : {u"metadata"_s, u"spec"_s}) {
        QJsonObject part = pod.value(key).toObject();
        for (const char *foreign : {"name", "namespace", "uid", "creationTimestamp", "resourceVersion", "managedFields",
                 "generation", "nodeName", "serviceAccount", "volumes", "tolerations", "priority", "preemptionPolicy"})
            part.remove(QLatin1StringView(foreign));
        mine.insert(key, part);
    }
    const QJsonObject status = pod.value(u"status"_s).toObject();
    QJsonObject kubelet;
    for (const char *key :
        {"conditions", "containerStatuses", "hostIP", "hostIPs", "phase", "podIP", "podIPs", "startTime"}) {
        const QString name = QString::fromLatin1(key);
        // Lists without merge keys are atomic: their content is not spelled out.
        const bool atomic = name == u"containerStatuses"_s || name == u"hostIPs"_s;
        if (status.contains(name))
            kubelet.insert(name, atomic ? QJsonValue(QString()) : status.value(name));
    }
    put(pod, u"metadata.managedFields",
        QJsonArray{managedFields(u"kube-controller-manager"_s, u"v1"_s, mine, created),
            managedFields(u"kubelet"_s, u"v1"_s, {{u"status"_s, kubelet}}, reported, u"status"_s)});
}

PodRequests requestsOf(const QJsonObject &podSpec)
{
    PodRequests out;
    for (const QJsonArray containers = podSpec.value(u"containers"_s).toArray();
        const QJsonValue &container : containers) {
        const QJsonObject requests = at(container.toObject(), u"resources.requests").toObject();
        const auto text = [&](const QString &name) {
            return requests.value(name).toVariant().toString().toStdString();
        };
        out.cpuMilli += parseQuantityMilli(text(u"cpu"_s)).value_or(0);
        out.memoryBytes += parseQuantity(text(u"memory"_s)).value_or(0);
    }
    return out;
}

} // namespace kdra::demo
