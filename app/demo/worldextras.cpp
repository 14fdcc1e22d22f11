// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/objects/workload.h"
#include "demo/worldbuilder.h"

using namespace Qt::StringLiterals;

namespace kdra::demo {
namespace {

QJsonObject withMeta(QJsonObject object, const Meta &meta)
{
    object.insert(u"metadata"_s, metadata(meta));
    return object;
}

QString base64(const QString &text)
{
    return QString::fromLatin1(text.toUtf8().toBase64());
}

} // namespace

void WorldBuilder::loadConfiguration(const App &app, const Meta &identity)
{
    load(kind::ServiceAccount,
        withMeta({{u"apiVersion"_s, u"v1"_s}, {u"kind"_s, u"ServiceAccount"_s}},
            meta(u"sa"_s, identity.ns, identity.name, identity.created, identity.labels)));
    load(kind::ConfigMap,
        withMeta(
            fromText(
                R"({"apiVersion":"v1","kind":"ConfigMap","data":{"config.yaml":"log:\n  level: info\nlisten: :$port\nenvironment: $ns\n"}})",
                {{"port", QString::number(app.port)}, {"ns", identity.ns}}),
            meta(u"cm"_s, identity.ns, identity.name + u"-config"_s, identity.created, identity.labels)));
    if (app.kind == App::Kind::StatefulSet || app.traits & App::Published) {
        load(kind::Secret,
            withMeta({{u"apiVersion"_s, u"v1"_s}, {u"kind"_s, u"Secret"_s}, {u"type"_s, u"Opaque"_s},
                         {u"data"_s,
                             QJsonObject{{u"username"_s, base64(identity.name)},
                                 {u"password"_s, base64(uuidOf(identity.name, m_options.seed))}}}},
                meta(u"secret"_s, identity.ns, identity.name + u"-credentials"_s, identity.created, identity.labels)));
    }
    if (app.traits & App::Guarded) {
        QJsonObject budget =
            fromText(R"({"apiVersion":"policy/v1","kind":"PodDisruptionBudget","spec":{"maxUnavailable":1},
"status":{"currentHealthy":$n,"desiredHealthy":$m,"disruptionsAllowed":1,"expectedPods":$n,"observedGeneration":1,"conditions":[]}})",
                {{"n", QString::number(app.replicas)}, {"m", QString::number(app.replicas - 1)}});
        put(budget, u"spec.selector.matchLabels", appSelector(app));
        load(kind::PodDisruptionBudget,
            withMeta(budget, meta(u"pdb"_s, identity.ns, identity.name, identity.created, identity.labels)));
    }
    if (app.traits & App::Scaled) {
        load(kind::HorizontalPodAutoscaler,
            withMeta(fromText(R"({"apiVersion":"autoscaling/v2","kind":"HorizontalPodAutoscaler",
"spec":{"minReplicas":$n,"maxReplicas":10,"scaleTargetRef":{"apiVersion":"apps/v1","kind":"Deployment","name":"$name"},
"metrics":[{"type":"Resource","resource":{"name":"cpu","target":{"type":"Utilization","averageUtilization":70}}}]},
"status":{"currentReplicas":$n,"desiredReplicas":$n,"currentMetrics":[{"type":"Resource","resource":{"name":"cpu","current":{"averageUtilization":41,"averageValue":"82m"}}}],
"conditions":[{"type":"AbleToScale","status":"True","reason":"ReadyForNewScale","message":"recommended size matches current size"},
{"type":"ScalingActive","status":"True","reason":"ValidMetricFound","message":"the HPA was able to successfully calculate a replica count from cpu resource utilization"}]}})",
                         {{"n", QString::number(app.replicas)}, {"name", identity.name}}),
                meta(u"hpa"_s, identity.ns, identity.name, identity.created, identity.labels)));
    }
}

void WorldBuilder::loadExposure(const App &app, const Meta &identity, const Placed &placed)
{
    if (!(app.traits & App::Exposed))
        return;
    const bool headless = app.kind == App::Kind::StatefulSet && app.replicas > 1;
    const int port = app.port == 8080 ? 80 : app.port;
    const QJsonObject service =
        serviceObject(meta(u"service"_s, identity.ns, identity.name, identity.created, identity.labels),
            appSelector(app), {u"main"_s, port}, headless ? u"None"_s : clusterIp());
    load(kind::Service, service);
    const QString slice = identity.name + u'-' + m_random.suffix(5);
    load(kind::EndpointSlice,
        endpointSliceObject(
            service, slice, uid(u"slice"_s, identity.ns, slice), app.port, placed.endpoints, identity.created));
    if (app.traits & App::Published) {
        const QString host =
            identity.ns == "shop"_L1 ? u"shop.example.com"_s : identity.name + u'.' + identity.ns + u".example.com"_s;
        load(kind::Ingress,
            ingressObject(meta(u"ingress"_s, identity.ns, identity.name, identity.created, identity.labels), host,
                identity.name, port));
    }
}

void WorldBuilder::loadClusterWide()
{
    const QJsonObject kubernetes = [&] {
        QJsonObject service =
            fromText(R"({"apiVersion":"v1","kind":"Service","spec":{"type":"ClusterIP","clusterIP":"10.96.0.1",
"clusterIPs":["10.96.0.1"],"internalTrafficPolicy":"Cluster","ipFamilies":["IPv4"],"ipFamilyPolicy":"SingleStack","sessionAffinity":"None",
"ports":[{"name":"https","port":443,"protocol":"TCP","targetPort":6443}]},"status":{"loadBalancer":{}}})");
        return withMeta(service,
            meta(u"service"_s, u"default"_s, u"kubernetes"_s, daysAgo(121),
                {{u"component"_s, u"apiserver"_s}, {u"provider"_s, u"kubernetes"_s}}));
    }();
    load(kind::Service, kubernetes);
    for (const auto &[name, value] :
        {std::pair{u"system-cluster-critical"_s, 2000000000}, std::pair{u"system-node-critical"_s, 2000001000}}) {
        load(kind::PriorityClass,
            withMeta({{u"apiVersion"_s, u"scheduling.k8s.io/v1"_s}, {u"kind"_s, u"PriorityClass"_s},
                         {u"value"_s, value}, {u"preemptionPolicy"_s, u"PreemptLowerPriority"_s}},
                meta(u"pc"_s, {}, name, daysAgo(121))));
    }
    if (!m_options.populate)
        return;
    Meta local = meta(u"sc"_s, {}, u"local-path"_s, daysAgo(120));
    local.annotations = {{u"storageclass.kubernetes.io/is-default-class"_s, u"true"_s}};
    load(kind::StorageClass,
        withMeta(
            fromText(
                R"({"apiVersion":"storage.k8s.io/v1","kind":"StorageClass","provisioner":"rancher.io/local-path","reclaimPolicy":"Delete","volumeBindingMode":"WaitForFirstConsumer"})"),
            local));
    load(kind::StorageClass,
        withMeta(
            fromText(
                R"({"apiVersion":"storage.k8s.io/v1","kind":"StorageClass","provisioner":"nfs.csi.k8s.io","parameters":{"server":"nas.example.com","share":"/export/k8s"},"reclaimPolicy":"Retain","volumeBindingMode":"Immediate"})"),
            meta(u"sc"_s, {}, u"nfs-archive"_s, daysAgo(110))));
    load(kind::IngressClass,
        withMeta(
            fromText(
                R"({"apiVersion":"networking.k8s.io/v1","kind":"IngressClass","spec":{"controller":"k8s.io/ingress-nginx"}})"),
            meta(u"ic"_s, {}, u"nginx"_s, daysAgo(100))));
    for (const QString &team : {u"team-anna"_s, u"team-ben"_s}) {
        load(kind::ResourceQuota,
            withMeta(
                fromText(
                    R"({"apiVersion":"v1","kind":"ResourceQuota","spec":{"hard":{"pods":"20","requests.cpu":"8","requests.memory":"16Gi"}},
"status":{"hard":{"pods":"20","requests.cpu":"8","requests.memory":"16Gi"},"used":{"pods":"4","requests.cpu":"1","requests.memory":"1536Mi"}}})"),
                meta(u"quota"_s, team, u"team"_s, daysAgo(60))));
    }
    for (const QString &ns : {u"shop"_s, u"staging"_s, u"mqtt"_s}) {
        load(kind::NetworkPolicy,
            withMeta(
                fromText(
                    R"({"apiVersion":"networking.k8s.io/v1","kind":"NetworkPolicy","spec":{"podSelector":{},"policyTypes":["Ingress"],
"ingress":[{"from":[{"podSelector":{}},{"namespaceSelector":{"matchLabels":{"kubernetes.io/metadata.name":"ingress-nginx"}}}]}]}})"),
                meta(u"np"_s, ns, u"from-own-namespace-and-ingress"_s, daysAgo(60))));
    }
}

void WorldBuilder::loadEvents()
{
    int number = 0;
    for (const QJsonObject &object : std::as_const(m_recent)) {
        if (++number % 2 == 0)
            continue;
        const QDateTime time = m_now.addSecs(-60 * m_random.between(2, 55));
        const QString name = nameOf(object) + u'.' + QString::number(m_random.next(), 16);
        load(kind::Event,
            eventObject(object,
                {.type = u"Normal"_s,
                    .reason = u"ScalingReplicaSet"_s,
                    .message = u"Scaled up replica set %1-%2 from 0 to %3"_s.arg(
                        nameOf(object), m_random.suffix(10), QString::number(intAt(object, u"spec.replicas"))),
                    .component = u"deployment-controller"_s,
                    .host = {}},
                name, uid(u"event"_s, namespaceOf(object), name), time, time, 1));
    }
}

} // namespace kdra::demo
