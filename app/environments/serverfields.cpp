// SPDX-License-Identifier: GPL-3.0-or-later
#include "environments/serverfields.h"

#include "environments/jsonedit.h"
#include "environments/kinds.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QSet>

#include <algorithm>

namespace kdra::environments {
namespace {

using L = QLatin1StringView;

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::environments::SaveAs)
};

void removeAll(QJsonObject &object, std::initializer_list<L> keys)
{
    for (const L key : keys)
        object.remove(key);
}

// Labels and annotations that controllers and KDRA put on pods, too.
bool isOfController(const QString &key)
{
    static const QSet<QString> keys = {QStringLiteral("pod-template-hash"), QStringLiteral("controller-uid"),
        QStringLiteral("controller-revision-hash"), QStringLiteral("job-name"),
        QStringLiteral("pod-template-generation"), QStringLiteral("statefulset.kubernetes.io/pod-name"),
        QStringLiteral("apps.kubernetes.io/pod-index"), QStringLiteral("deprecated.daemonset.template.generation")};
    static const QList<L> prefixes = {
        L("kdra.dev/"), L("applyset.kubernetes.io/"), L("batch.kubernetes.io/"), L("kubectl.kubernetes.io/")};
    return keys.contains(key) || std::ranges::any_of(prefixes, [&key](L prefix) { return key.startsWith(prefix); });
}

// Those of tools and controllers on the object itself. Of pods they stay: selectors may ask for them.
bool isOfTool(const QString &key)
{
    static const QList<L> prefixes = {L("deployment.kubernetes.io/"), L("pv.kubernetes.io/"),
        L("volume.kubernetes.io/"), L("volume.beta.kubernetes.io/"), L("meta.helm.sh/"), L("helm.sh/"), L("janitor/"),
        L("argocd.argoproj.io/"), L("kustomize.toolkit.fluxcd.io/"), L("helm.toolkit.fluxcd.io/"),
        L("endpoints.kubernetes.io/"), L("control-plane.alpha.kubernetes.io/"), L("autoscaling.alpha.kubernetes.io/")};
    return key == L("app.kubernetes.io/managed-by")
        || std::ranges::any_of(prefixes, [&key](L prefix) { return key.startsWith(prefix); });
}

void cleanMetadata(QJsonObject &metadata, bool ofPods)
{
    QJsonObject kept;
    for (const L key : {L("name"), L("labels"), L("annotations")}) {
        if (!metadata.contains(key))
            continue;
        if (key == L("name")) {
            kept.insert(key, metadata.value(key));
            continue;
        }
        QJsonObject map = metadata.value(key).toObject();
        for (const QStringList names = map.keys(); const QString &name : names) {
            if (isOfController(name) || (!ofPods && isOfTool(name)))
                map.remove(name);
        }
        if (!map.isEmpty())
            kept.insert(key, map);
    }
    metadata = kept;
}

void cleanPodSpec(QJsonObject &spec)
{
    removeAll(spec, {L("nodeName"), L("serviceAccount"), L("priority"), L("preemptionPolicy")});
    if (spec.value(L("serviceAccountName")).toString() == L("default"))
        spec.remove(L("serviceAccountName"));
    // The token that the API server mounts into pods (ServiceAccount admission).
    const auto removeTokens = [](QJsonObject &of, L list) {
        QJsonArray kept;
        for (const auto array = of.value(list).toArray(); const QJsonValue &one : array) {
            if (!one.toObject().value(L("name")).toString().startsWith(L("kube-api-access-")))
                kept.append(one);
        }
        if (kept.isEmpty())
            of.remove(list);
        else
            of.insert(list, kept);
    };
    removeTokens(spec, L("volumes"));
    for (const L list : {L("containers"), L("initContainers")})
        eachOf(spec, list, [&](QJsonObject &container) { removeTokens(container, L("volumeMounts")); });
    // Those that admission adds (DefaultTolerationSeconds).
    QJsonArray tolerations;
    for (const auto array = spec.value(L("tolerations")).toArray(); const QJsonValue &one : array) {
        const QString key = one.toObject().value(L("key")).toString();
        if (key != L("node.kubernetes.io/not-ready") && key != L("node.kubernetes.io/unreachable"))
            tolerations.append(one);
    }
    if (tolerations.isEmpty())
        spec.remove(L("tolerations"));
    else
        spec.insert(L("tolerations"), tolerations);
}

void cleanPodTemplate(QJsonObject &podTemplate)
{
    at(podTemplate, L("metadata"), [](QJsonObject &metadata) { cleanMetadata(metadata, true); });
    at(podTemplate, L("spec"), cleanPodSpec);
}

void cleanJobSpec(QJsonObject &spec)
{
    if (!spec.value(L("manualSelector")).toBool())
        spec.remove(L("selector"));
    at(spec, L("template"), cleanPodTemplate);
}

void cleanService(QJsonObject &spec)
{
    if (spec.value(L("clusterIP")).toString() != L("None")) // a headless one is meant so
        spec.remove(L("clusterIP"));
    removeAll(spec, {L("clusterIPs"), L("healthCheckNodePort"), L("ipFamilies"), L("ipFamilyPolicy")});
    eachOf(spec, L("ports"), [](QJsonObject &port) { port.remove(L("nodePort")); });
}

void cleanClaim(QJsonObject &claim)
{
    claim.remove(L("status"));
    at(claim, L("metadata"), [](QJsonObject &metadata) { cleanMetadata(metadata, false); });
    at(claim, L("spec"), [](QJsonObject &spec) { spec.remove(L("volumeName")); });
}

} // namespace

bool isMadeByController(const QJsonObject &object)
{
    const auto owners = object.value(L("metadata")).toObject().value(L("ownerReferences")).toArray();
    return std::ranges::any_of(
        owners, [](const QJsonValue &owner) { return owner.toObject().value(L("controller")).toBool(); });
}

QString reasonToLeaveOut(const QJsonObject &object)
{
    const QString kind = kindName(object);
    const QJsonObject metadata = object.value(L("metadata")).toObject();
    const QString name = metadata.value(L("name")).toString();
    const QString shown = object.value(L("kind")).toString() + QLatin1Char(' ') + name;
    static const QSet<QString> made = {QStringLiteral("Endpoints"), QStringLiteral("EndpointSlice.discovery.k8s.io"),
        QStringLiteral("Event"), QStringLiteral("Event.events.k8s.io"), QStringLiteral("ControllerRevision.apps"),
        QStringLiteral("Lease.coordination.k8s.io"), QStringLiteral("PodMetrics.metrics.k8s.io"),
        QStringLiteral("CiliumEndpoint.cilium.io")};
    const QString type = object.value(L("type")).toString();
    if (made.contains(kind) || (kind == L("ServiceAccount") && name == L("default"))
        || (kind == L("ConfigMap") && (name == L("kube-root-ca.crt") || name == L("openshift-service-ca.crt")))
        || (kind == L("Secret") && type == L("kubernetes.io/service-account-token")))
        return Text::tr("%1 is left out: the cluster makes it.").arg(shown);
    if (kind == L("Secret") && type == L("helm.sh/release.v1"))
        return Text::tr("%1 is left out: it is Helm's own.").arg(shown);
    if (metadata.value(L("labels")).toObject().contains(L("applyset.kubernetes.io/id")))
        return Text::tr("%1 is left out: it is the parent of an environment.").arg(shown);
    if (metadata.value(L("annotations")).toObject().contains(L("helm.sh/hook")))
        return Text::tr("%1 is left out: it is a hook of Helm, which runs at certain moments only.").arg(shown);
    static const QSet<QString> ofCluster = {QStringLiteral("Namespace"), QStringLiteral("Node"),
        QStringLiteral("PersistentVolume"), QStringLiteral("CSINode.storage.k8s.io"),
        QStringLiteral("VolumeAttachment.storage.k8s.io"),
        QStringLiteral("CertificateSigningRequest.certificates.k8s.io")};
    if (ofCluster.contains(kind))
        return Text::tr("%1 is left out: it belongs to the cluster, not to one environment.").arg(shown);
    static const QSet<QString> notMadeUp = {QStringLiteral("kubernetes.io/tls"),
        QStringLiteral("kubernetes.io/dockerconfigjson"), QStringLiteral("kubernetes.io/dockercfg"),
        QStringLiteral("kubernetes.io/ssh-auth"), QStringLiteral("bootstrap.kubernetes.io/token")};
    if (kind == L("Secret") && notMadeUp.contains(type))
        return Text::tr("%1 is left out: its content (%2) cannot be made up. Create it in the environment's namespace.")
            .arg(shown, type);
    return {};
}

QJsonObject withoutServerFields(QJsonObject object)
{
    const QString kind = kindName(object);
    object.remove(L("status"));
    at(object, L("metadata"), [](QJsonObject &metadata) { cleanMetadata(metadata, false); });
    if (kind == L("Pod"))
        at(object, L("spec"), cleanPodSpec);
    else if (kind == L("Service"))
        at(object, L("spec"), cleanService);
    else if (kind == L("PersistentVolumeClaim"))
        cleanClaim(object);
    else if (kind == L("Job.batch"))
        at(object, L("spec"), cleanJobSpec);
    else if (kind == L("CronJob.batch"))
        at(object, L("spec"), [](QJsonObject &spec) {
            at(spec, L("jobTemplate"), [](QJsonObject &job) {
                at(job, L("metadata"), [](QJsonObject &metadata) { cleanMetadata(metadata, false); });
                at(job, L("spec"), cleanJobSpec);
            });
        });
    else if (kind == L("ServiceAccount"))
        object.remove(L("secrets"));
    else if (kind.endsWith(L(".apps")) || kind == L("ReplicationController"))
        at(object, L("spec"), [](QJsonObject &spec) {
            at(spec, L("template"), cleanPodTemplate);
            eachOf(spec, L("volumeClaimTemplates"), cleanClaim);
        });
    return object;
}

} // namespace kdra::environments
