// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/environments/createcontext.h"

#include <QJsonArray>

namespace kdra::test {

inline environments::TemplateFile fileOf(const char *path, const char *content)
{
    return {.path = QString::fromLatin1(path), .content = content};
}

// A template with a parameter of each type, as readTemplate() would give it.
inline environments::Template shopTemplate()
{
    using environments::ParameterType;
    environments::Template shop;
    shop.id = QStringLiteral("builtin:shop");
    shop.name = QStringLiteral("shop");
    shop.title = QStringLiteral("Web + PostgreSQL");
    shop.description =
        QStringLiteral("A web server with a database behind it, reachable by name from inside of the namespace.");
    shop.icon = QStringLiteral("web");
    shop.version = QStringLiteral("1.0.0");
    shop.capabilities = {QStringLiteral("storage"), QStringLiteral("ingress")};
    shop.parameters = {{.name = QStringLiteral("replicas"),
                           .title = QStringLiteral("Replicas"),
                           .help = QStringLiteral("How many web servers share the work."),
                           .type = ParameterType::Integer,
                           .defaultValue = 1,
                           .minimum = QStringLiteral("1"),
                           .maximum = QStringLiteral("10")},
        {.name = QStringLiteral("image"),
            .title = QStringLiteral("Image"),
            .type = ParameterType::Image,
            .defaultValue = QStringLiteral("docker.io/library/nginx:1.29-alpine")},
        {.name = QStringLiteral("storage"),
            .title = QStringLiteral("Storage"),
            .help = QStringLiteral("What the database may fill."),
            .type = ParameterType::Quantity,
            .defaultValue = QStringLiteral("1Gi"),
            .minimum = QStringLiteral("100Mi"),
            .maximum = QStringLiteral("100Gi")},
        {.name = QStringLiteral("size"),
            .title = QStringLiteral("Size"),
            .type = ParameterType::Enum,
            .defaultValue = QStringLiteral("small"),
            .choices = {QStringLiteral("small"), QStringLiteral("large")}},
        {.name = QStringLiteral("metrics"),
            .title = QStringLiteral("Publish metrics"),
            .type = ParameterType::Boolean,
            .defaultValue = false},
        {.name = QStringLiteral("hosts"),
            .title = QStringLiteral("Allowed hosts"),
            .type = ParameterType::List,
            .defaultValue = QJsonArray{QStringLiteral("a"), QStringLiteral("b")}},
        {.name = QStringLiteral("password"),
            .title = QStringLiteral("Password of the database"),
            .type = ParameterType::Secret,
            .length = 24}};
    shop.files = {fileOf("manifests/10-web.yaml", R"(apiVersion: v1
kind: ConfigMap
metadata:
  name: ${environment.name}-settings
data:
  size: ${size}
  hosts: "${hosts}"
---
apiVersion: v1
kind: Secret
metadata:
  name: ${environment.name}-database
stringData:
  password: ${password}
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${environment.name}-web
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: "${environment.name}"}}
  template:
    metadata: {labels: {app: "${environment.name}"}}
    spec:
      containers:
      - name: web
        image: ${image}
        resources:
          requests: {cpu: 100m, memory: 64Mi}
)")};
    return shop;
}

inline kube::ServerApi apiOfTheServer()
{
    const auto resource = [](const char *group, const char *plural, const char *kind, bool namespaced = true) {
        return kube::Resource{.group = QString::fromLatin1(group),
            .version = QStringLiteral("v1"),
            .plural = QString::fromLatin1(plural),
            .kind = QString::fromLatin1(kind),
            .namespaced = namespaced};
    };
    kube::ServerApi api;
    api.gitVersion = QStringLiteral("v1.34.0");
    api.resources = {resource("", "namespaces", "Namespace", false), resource("", "configmaps", "ConfigMap"),
        resource("", "secrets", "Secret"), resource("", "services", "Service"),
        resource("", "persistentvolumeclaims", "PersistentVolumeClaim"), resource("apps", "deployments", "Deployment"),
        resource("networking.k8s.io", "networkpolicies", "NetworkPolicy"),
        resource("rbac.authorization.k8s.io", "clusterroles", "ClusterRole", false)};
    return api;
}

inline ui::CreateContext contextOf(environments::Template from)
{
    ui::CreateContext context;
    context.from = std::make_shared<const environments::Template>(std::move(from));
    context.api = apiOfTheServer();
    context.cluster = QStringLiteral("edge");
    context.namespaces = {QStringLiteral("default"), QStringLiteral("kube-system"), QStringLiteral("team-a")};
    context.sites = {QStringLiteral("berlin"), QStringLiteral("hamburg")};
    context.nodes = {{.name = QStringLiteral("pi-007"),
                         .hostname = QStringLiteral("pi-007.local"),
                         .site = QStringLiteral("berlin"),
                         .taints = {{QStringLiteral("dedicated"), QStringLiteral("edge"), QStringLiteral("NoSchedule")},
                             {QStringLiteral("node.kubernetes.io/unschedulable"), {}, QStringLiteral("NoSchedule")}}},
        {.name = QStringLiteral("rack-1"), .hostname = QStringLiteral("rack-1"), .site = QStringLiteral("hamburg")}};
    context.owner = QStringLiteral("ada");
    context.verdict = [](const environments::Plan &plan, const environments::Demand &,
                          const environments::Target &target) {
        environments::Verdict verdict{.fit = environments::Fit::Fits,
            .reasons = {QStringLiteral("Fits: 0.4 of 3.2 free cores, 320 MiB of 2.1 GiB.")}};
        if (target.kind == environments::Target::Kind::Node
            && plan.spec.values.value(QStringLiteral("replicas")).toInt() > 5)
            verdict = {.fit = environments::Fit::DoesNotFit,
                .reasons = {QStringLiteral("pi-007 has 0.2 cores left, and 0.9 are asked for.")}};
        return verdict;
    };
    return context;
}

} // namespace kdra::test
