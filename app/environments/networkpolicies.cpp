// SPDX-License-Identifier: GPL-3.0-or-later
#include "environments/networkpolicies.h"

#include "environments/decoration.h"
#include "environments/labels.h"

using namespace Qt::StringLiterals;

namespace kdra::environments {
namespace {

// A service behind an ingress: which pods, and by what port of theirs.
struct Backend {
    QString service;
    QJsonObject selector;
    QJsonArray ports; // numbers or names, as services call their target ports
};

QJsonObject podsOf(const Spec &spec)
{
    return {{"matchLabels"_L1, QJsonObject{{EnvironmentLabel, spec.name}}}};
}

// Every namespace: the DNS of a cluster may be anywhere.
QJsonObject dnsRule()
{
    QJsonArray ports;
    for (const QLatin1StringView protocol : {"UDP"_L1, "TCP"_L1})
        ports.append(QJsonObject{{"port"_L1, 53}, {"protocol"_L1, protocol}});
    return {{"to"_L1, QJsonArray{QJsonObject{{"namespaceSelector"_L1, QJsonObject()}}}}, {"ports"_L1, ports}};
}

// Who else may be talked to; empty: nobody.
QJsonArray peers(const Spec &spec)
{
    switch (spec.network) {
    case Network::Closed:
        return {QJsonObject{{"podSelector"_L1, podsOf(spec)}}};
    case Network::SameNamespace:
        return {QJsonObject{{"podSelector"_L1, QJsonObject()}}};
    case Network::SameCluster:
    case Network::Open:
        return {QJsonObject{{"namespaceSelector"_L1, QJsonObject()}}};
    }
    return {};
}

QJsonObject object(
    const QLatin1StringView apiVersion, const QLatin1StringView kind, const QString &name, const QJsonObject &spec)
{
    return {{"apiVersion"_L1, apiVersion}, {"kind"_L1, kind}, {"metadata"_L1, QJsonObject{{"name"_L1, name}}},
        {"spec"_L1, spec}};
}

QJsonObject policy(const Spec &spec)
{
    QJsonArray ingress, egress;
    if (spec.network == Network::Open) {
        // A rule without peers allows everything.
        ingress.append(QJsonObject());
        egress.append(QJsonObject());
    } else {
        ingress.append(QJsonObject{{"from"_L1, peers(spec)}});
        egress.append(QJsonObject{{"to"_L1, peers(spec)}});
        egress.append(dnsRule());
    }
    return object("networking.k8s.io/v1"_L1, "NetworkPolicy"_L1, spec.name,
        {{"podSelector"_L1, podsOf(spec)}, {"policyTypes"_L1, QJsonArray{"Ingress"_L1, "Egress"_L1}},
            {"ingress"_L1, ingress}, {"egress"_L1, egress}});
}

QJsonObject ciliumPolicy(const Spec &spec)
{
    const QJsonObject own{{"matchLabels"_L1, QJsonObject{{EnvironmentLabel, spec.name}}}};
    QJsonObject in, out;
    switch (spec.network) {
    case Network::Closed:
        in = {{"fromEndpoints"_L1, QJsonArray{own}}};
        out = {{"toEndpoints"_L1, QJsonArray{own}}};
        break;
    case Network::SameNamespace: // an empty selector of a namespaced policy means its namespace
        in = {{"fromEndpoints"_L1, QJsonArray{QJsonObject()}}};
        out = {{"toEndpoints"_L1, QJsonArray{QJsonObject()}}};
        break;
    case Network::SameCluster:
        in = {{"fromEntities"_L1, QJsonArray{"cluster"_L1}}};
        out = {{"toEntities"_L1, QJsonArray{"cluster"_L1}}};
        break;
    case Network::Open:
        in = {{"fromEntities"_L1, QJsonArray{"all"_L1}}};
        out = {{"toEntities"_L1, QJsonArray{"all"_L1}}};
        break;
    }
    const QJsonObject dns{{"toEndpoints"_L1,
                              QJsonArray{QJsonObject{{"matchLabels"_L1,
                                  QJsonObject{{"k8s:io.kubernetes.pod.namespace"_L1, "kube-system"_L1},
                                      {"k8s-app"_L1, "kube-dns"_L1}}}}}},
        {"toPorts"_L1,
            QJsonArray{
                QJsonObject{{"ports"_L1, QJsonArray{QJsonObject{{"port"_L1, "53"_L1}, {"protocol"_L1, "ANY"_L1}}}}}}}};
    return object("cilium.io/v2"_L1, "CiliumNetworkPolicy"_L1, spec.name,
        {{"endpointSelector"_L1, own}, {"ingress"_L1, QJsonArray{in}}, {"egress"_L1, QJsonArray{out, dns}}});
}

QSet<QString> ingressServices(const QList<Manifest> &manifests)
{
    QSet<QString> services;
    const auto take = [&services](const QJsonObject &backend) {
        // networking.k8s.io/v1, and v1beta1 before it.
        const QString v1 = valueAt(backend, {u"service"_s, u"name"_s}).toString();
        const QString name = v1.isEmpty() ? backend.value("serviceName"_L1).toString() : v1;
        if (!name.isEmpty())
            services.insert(name);
    };
    for (const Manifest &manifest : manifests) {
        if (manifest.object.value("kind"_L1).toString() != "Ingress"_L1)
            continue;
        const QJsonObject spec = manifest.object.value("spec"_L1).toObject();
        take(spec.value("defaultBackend"_L1).toObject());
        for (const QJsonArray rules = spec.value("rules"_L1).toArray(); const QJsonValue &rule : rules) {
            const QJsonArray paths = valueAt(rule.toObject(), {u"http"_s, u"paths"_s}).toArray();
            for (const QJsonValue &path : paths)
                take(path.toObject().value("backend"_L1).toObject());
        }
    }
    return services;
}

QList<Backend> ingressBackends(const QList<Manifest> &manifests)
{
    const QSet<QString> services = ingressServices(manifests);
    QList<Backend> backends;
    for (const Manifest &manifest : manifests) {
        const QString name = valueAt(manifest.object, {u"metadata"_s, u"name"_s}).toString();
        if (manifest.object.value("kind"_L1).toString() != "Service"_L1 || !services.contains(name))
            continue;
        Backend backend{
            .service = name, .selector = valueAt(manifest.object, {u"spec"_s, u"selector"_s}).toObject(), .ports = {}};
        const QJsonArray ports = valueAt(manifest.object, {u"spec"_s, u"ports"_s}).toArray();
        for (const QJsonValue &port : ports) {
            const QJsonValue target = port.toObject().value("targetPort"_L1);
            backend.ports.append(target.isUndefined() ? port.toObject().value("port"_L1) : target);
        }
        if (!backend.selector.isEmpty())
            backends.append(backend);
    }
    return backends;
}

QJsonObject backendPolicy(const Backend &backend)
{
    QJsonArray ports;
    for (const QJsonValue &port : backend.ports)
        ports.append(QJsonObject{{"port"_L1, port}, {"protocol"_L1, "TCP"_L1}});
    const QJsonObject rule{
        {"from"_L1, QJsonArray{QJsonObject{{"namespaceSelector"_L1, QJsonObject()}}}}, {"ports"_L1, ports}};
    return object("networking.k8s.io/v1"_L1, "NetworkPolicy"_L1, backend.service + u"-ingress"_s,
        {{"podSelector"_L1, QJsonObject{{"matchLabels"_L1, backend.selector}}},
            {"policyTypes"_L1, QJsonArray{"Ingress"_L1}}, {"ingress"_L1, QJsonArray{rule}}});
}

QJsonObject ciliumBackendPolicy(const Backend &backend)
{
    QJsonArray ports;
    for (const QJsonValue &port : backend.ports) {
        ports.append(QJsonObject{
            {"port"_L1, port.isString() ? port : QString::number(port.toInt())}, {"protocol"_L1, "TCP"_L1}});
    }
    const QJsonObject rule{{"fromEntities"_L1, QJsonArray{"cluster"_L1, "ingress"_L1}},
        {"toPorts"_L1, QJsonArray{QJsonObject{{"ports"_L1, ports}}}}};
    return object("cilium.io/v2"_L1, "CiliumNetworkPolicy"_L1, backend.service + u"-ingress"_s,
        {{"endpointSelector"_L1, QJsonObject{{"matchLabels"_L1, backend.selector}}}, {"ingress"_L1, QJsonArray{rule}}});
}

} // namespace

QList<QJsonObject> networkPolicies(const Spec &spec, const QList<Manifest> &manifests, bool cilium)
{
    QList<QJsonObject> policies{policy(spec)};
    const QList<Backend> backends = spec.network == Network::SameCluster || spec.network == Network::Open
        ? QList<Backend>()
        : ingressBackends(manifests);
    for (const Backend &backend : backends)
        policies.append(backendPolicy(backend));
    if (cilium) {
        policies.append(ciliumPolicy(spec));
        for (const Backend &backend : backends)
            policies.append(ciliumBackendPolicy(backend));
    }
    return policies;
}

} // namespace kdra::environments
