// SPDX-License-Identifier: GPL-3.0-or-later
#include "environmentworld.h"

#include "environments/applyset.h"
#include "environments/labels.h"
#include "known.h"
#include "support/await.h"
#include "support/controlplane.h"

using namespace Qt::StringLiterals;

namespace kdra::test {
namespace {

constexpr char header[] = R"(apiVersion: kdra.dev/v1
kind: EnvironmentTemplate
name: sample
title: Sample
version: 1.0.0
parameters:
  - {name: replicas, title: Replicas, type: integer, default: 1, minimum: 1, maximum: 5}
  - {name: image, title: Image, type: image, default: docker.io/library/nginx:1.29-alpine}
  - {name: password, title: Password, type: secret, length: 20}
  - {name: extra, title: Extra, type: boolean, default: true}
)";

constexpr char manifest[] = R"(apiVersion: v1
kind: ConfigMap
metadata: {name: "${environment.name}-settings"}
data: {image: "${image}"}
---
$when: extra
apiVersion: v1
kind: ConfigMap
metadata: {name: "${environment.name}-extra"}
data: {a: b}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: "${environment.name}-web"}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: "${environment.name}"}}
  template:
    metadata: {labels: {app: "${environment.name}"}}
    spec:
      terminationGracePeriodSeconds: 1
      containers:
        - name: web
          image: ${image}
          resources: {requests: {cpu: 10m, memory: 16Mi}}
---
apiVersion: v1
kind: Service
metadata: {name: "${environment.name}-web"}
spec:
  selector: {app: "${environment.name}"}
  ports: [{name: http, port: 80}]
---
apiVersion: v1
kind: Secret
metadata: {name: "${environment.name}-login"}
stringData: {password: "${password}", url: "user:${password}@host"}
---
apiVersion: batch/v1
kind: CronJob
metadata: {name: "${environment.name}-nightly"}
spec:
  schedule: "0 3 1 1 *"
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          containers: [{name: job, image: "${image}"}]
)";

constexpr char node[] = R"({"apiVersion":"v1","kind":"Node","metadata":{"name":"pi-001","labels":{
    "kubernetes.io/hostname":"pi-001","kubernetes.io/arch":"arm64","kubernetes.io/os":"linux",
    "topology.kubernetes.io/zone":"office","kdra.dev/board":"raspberry-pi-4-model-b-rev-1.4"}},
    "status":{"allocatable":{"cpu":"4","memory":"8Gi","pods":"110"},"capacity":{"cpu":"4","memory":"8Gi","pods":"110"},
    "nodeInfo":{"architecture":"arm64","kernelVersion":"6.12.0-rpi","operatingSystem":"linux","osImage":"Debian",
    "kubeletVersion":"v1.20.2","kubeProxyVersion":"v1.20.2","containerRuntimeVersion":"containerd://1.6",
    "machineID":"1","systemUUID":"1","bootID":"1"},
    "conditions":[{"type":"Ready","status":"True","reason":"KubeletReady","lastHeartbeatTime":"%1","lastTransitionTime":"%1"}]}})";

} // namespace

QString EnvironmentWorld::start(Jobs jobs)
{
    if (ContractServer::isReal() && !ControlPlane::isAvailable())
        return u"skip"_s;
    m_server = ContractServer::create();
    if (const Result<void> started = m_server->start(); !started)
        return started.error().text();
    m_admin = std::make_unique<kube::ApiClient>(m_server->admin());
    if (ContractServer::isReal())
        m_kubelet = std::make_unique<PlayedKubelet>(*m_admin, jobs == Jobs::End);
    QByteArray text = node;
    text.replace("%1", QDateTime::currentDateTimeUtc().toString(Qt::ISODate).toLatin1());
    if (const Answer made = send("POST", u"/api/v1/nodes"_s, text); made.code != 201)
        return made.message();
    return reconnect() ? QString() : u"The store is not synced in time."_s;
}

void EnvironmentWorld::stop()
{
    disconnect();
    m_kubelet.reset();
    m_admin.reset();
    m_server.reset();
}

void EnvironmentWorld::disconnect()
{
    m_runner.reset();
    m_store.reset();
}

bool EnvironmentWorld::reconnect()
{
    disconnect();
    m_store = std::make_unique<store::ClusterStore>(m_server->admin());
    m_store->start();
    if (!QTest::qWaitFor([this] { return isKnown(*m_store); }, 120000))
        return false;
    m_runner = std::make_unique<actions::Runner>(*m_store);
    return true;
}

environments::TemplatePtr EnvironmentWorld::sample()
{
    static const environments::TemplatePtr read = [] {
        const Result<environments::Template> result =
            environments::readTemplate({{u"template.yaml"_s, header}, {u"manifests/10-all.yaml"_s, manifest}},
                environments::Source::Folder, u"sample"_s);
        return result ? std::make_shared<const environments::Template>(*result) : nullptr;
    }();
    return read;
}

environments::Spec EnvironmentWorld::spec(const QString &name, const environments::TemplatePtr &from)
{
    return {.name = name,
        .ns = name,
        .ownNamespace = true,
        .owner = u"ada"_s,
        .from = from,
        .values = {},
        .placement = {},
        .network = environments::Network::SameNamespace,
        .host = {},
        .timeToLive = std::chrono::hours(72)};
}

std::optional<environments::Environment> EnvironmentWorld::environment(const QString &name) const
{
    for (const auto all = environments::environmentsOf(*m_store->snapshot(), QDateTime::currentDateTime());
        const environments::Environment &one : all) {
        if (one.name == name)
            return one;
    }
    return {};
}

bool EnvironmentWorld::isWhollyKnown(const QString &name)
{
    const auto one = environment(name);
    if (!one)
        return false;
    const QJsonObject labels =
        at(send("GET", u"/api/v1/namespaces/"_s + one->ns).json(), u"metadata.labels"_s).toObject();
    const auto again = environment(name);
    return again && again->ownNamespace == (labels.value(environments::EnvironmentLabel).toString() == name);
}

Result<environments::Plan> EnvironmentWorld::planOf(const Reading &reading)
{
    if (!finishes(reading) || reading.resultCount() == 0)
        return std::unexpected(Error{.kind = Error::Kind::Timeout, .what = u"no answer"_s});
    return reading.result().and_then([this](const environments::Spec &spec) { return plan(spec); });
}

Result<environments::Plan> EnvironmentWorld::planInCluster(const environments::Environment &environment)
{
    return planOf(environments::readSpec(m_store->client(), m_store->api(), environment));
}

Result<environments::Plan> EnvironmentWorld::formerPlanInCluster(const environments::Environment &environment)
{
    return planOf(environments::readFormerSpec(m_store->client(), m_store->api(), environment));
}

Result<environments::Plan> EnvironmentWorld::planChange(
    const environments::Environment &environment, const std::function<void(environments::Spec &)> &change)
{
    return planInCluster(environment).and_then([&](const environments::Plan &before) {
        environments::Spec spec = before.spec;
        change(spec);
        return plan(spec).transform(
            [&](const environments::Plan &after) { return environments::asChangeOf(after, before); });
    });
}

Result<environments::Plan> EnvironmentWorld::planWith(const environments::Environment &environment, const QString &part)
{
    return planChange(
        environment, [&](environments::Spec &spec) { spec.parts.append({.name = part, .from = sample()}); });
}

Result<environments::Plan> EnvironmentWorld::planWithout(
    const environments::Environment &environment, const QString &part)
{
    return planChange(environment, [&](environments::Spec &spec) {
        spec.parts.removeIf([&](const environments::Part &one) { return one.name == part; });
    });
}

QStringList EnvironmentWorld::everythingOf(const QString &name)
{
    QStringList found;
    for (const auto resources = m_store->api().resources; const kube::Resource &resource : resources) {
        static const QStringList noise{u"Event"_s, u"Pod"_s, u"Endpoints"_s, u"EndpointSlice"_s, u"Lease"_s,
            u"ReplicaSet"_s, u"ControllerRevision"_s};
        const Answer list = send("GET", resource.path());
        for (const QJsonArray items = list.items(); const QJsonValue &item : items) {
            const bool inside = at(item, u"metadata.namespace"_s).toString() == name;
            const bool labelled = item.toObject()
                                      .value("metadata"_L1)
                                      .toObject()
                                      .value("labels"_L1)
                                      .toObject()
                                      .value(environments::EnvironmentLabel)
                                      .toString()
                == name;
            const QString object = at(item, u"metadata.name"_s).toString();
            const bool automatic = object == "kube-root-ca.crt"_L1
                || object == "default"_L1
                // Of each account, before 1.24.
                || at(item, u"type"_s).toString() == "kubernetes.io/service-account-token"_L1;
            // Of a CronJob.
            const bool madeByController =
                resource.kind == "Job"_L1 && !at(item, u"metadata.ownerReferences"_s).toArray().isEmpty();
            if (!(inside || labelled) || (inside && !labelled && automatic) || noise.contains(resource.kind)
                || madeByController)
                continue;
            const QString text =
                (resource.group.isEmpty() ? resource.kind : resource.kind + u'.' + resource.group) + u'/' + object;
            // Served in several versions, and some kinds in several groups.
            if (!found.contains(text) && !text.startsWith("Ingress.extensions/"_L1))
                found.append(text);
        }
    }
    found.sort();
    return found;
}

QStringList EnvironmentWorld::everythingOf(const environments::Plan &plan)
{
    QStringList wanted{u"ConfigMap/"_s + environments::parentName(plan.spec.name)};
    if (plan.spec.ownNamespace)
        wanted.append(u"Namespace/"_s + plan.spec.ns);
    for (const environments::PlannedObject &one : plan.objects)
        wanted.append(one.groupKind() + u'/' + one.name());
    wanted.sort();
    return wanted;
}

} // namespace kdra::test
