// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/worldapps.h"

#include "demo/objects/json.h"

using namespace Qt::StringLiterals;

namespace kdra::demo {
namespace {

using enum App::Kind;
using enum App::Trait;

constexpr App Apps[] = {
    {"kube-system", "cilium", DaemonSet, "quay.io/cilium/cilium", "v1.18.4", 0, 4240, "100m", "128Mi", "all",
        HostNetwork, ""},
    {"kube-system", "kube-proxy", DaemonSet, "registry.example.com/k8s/kube-proxy", "v1.36.2", 0, 10256, "20m", "48Mi",
        "all", HostNetwork, ""},
    {"monitoring", "node-exporter", DaemonSet, "quay.io/prometheus/node-exporter", "v1.10.2", 0, 9100, "20m", "32Mi",
        "all", HostNetwork, ""},
    {"edge", "pi-vitals", DaemonSet, "registry.example.com/edge/pi-vitals", "0.9.3", 0, 9120, "10m", "16Mi", "edge",
        HostNetwork, ""},
    {"edge", "sensor-bridge", DaemonSet, "registry.example.com/edge/sensor-bridge", "2.7.1", 0, 8080, "50m", "64Mi",
        "edge", Plain, ""},
    {"kube-system", "coredns", Deployment, "registry.example.com/k8s/coredns/coredns", "v1.12.4", 2, 8080, "100m",
        "70Mi", "rack", Exposed | Guarded, ""},
    {"kube-system", "cilium-operator", Deployment, "quay.io/cilium/operator-generic", "v1.18.4", 2, 9234, "50m", "64Mi",
        "control-plane", HostNetwork, ""},
    {"shop", "web", Deployment, "registry.example.com/shop/web", "5.12.0", 4, 8080, "200m", "256Mi", "rack",
        Exposed | Published | Scaled | Guarded | Rolled, ""},
    {"shop", "api", Deployment, "registry.example.com/shop/api", "5.12.0", 3, 8080, "250m", "384Mi", "rack",
        Exposed | Guarded | Prepared | Rolled, ""},
    {"shop", "postgres", StatefulSet, "docker.io/library/postgres", "17.6", 1, 5432, "500m", "2Gi", "rack", Exposed,
        "40Gi"},
    {"edge", "camera-gateway", Deployment, "registry.example.com/edge/camera-gateway", "1.19.2", 6, 8554, "150m",
        "96Mi", "edge", Exposed | Rolled, ""},
    {"mqtt", "mosquitto", StatefulSet, "docker.io/library/eclipse-mosquitto", "2.0.22", 3, 1883, "50m", "64Mi", "edge",
        Exposed | Guarded, "2Gi"},
    {"shop", "checkout", Deployment, "registry.example.com/shop/checkout", "2.8.4", 2, 8080, "150m", "192Mi", "rack",
        Exposed | Rolled, ""},
    {"shop", "mailer", Deployment, "registry.example.com/shop/mailer", "1.4.0", 2, 0, "50m", "96Mi", "rack", Plain, ""},
    {"shop", "redis", StatefulSet, "docker.io/library/redis", "8.2.1", 3, 6379, "100m", "256Mi", "rack", Exposed,
        "4Gi"},
    {"edge", "signage-player", Deployment, "registry.example.com/edge/signage-player", "3.2.0", 6, 8090, "200m",
        "160Mi", "edge", Exposed | Rolled, ""},
    {"mqtt", "node-red", Deployment, "docker.io/nodered/node-red", "4.1.1", 3, 1880, "100m", "160Mi", "edge",
        Exposed | Published, ""},
    {"mqtt", "telegraf", Deployment, "docker.io/library/telegraf", "1.36.2", 2, 8186, "100m", "128Mi", "rack", Exposed,
        ""},
    {"mqtt", "influxdb", StatefulSet, "docker.io/library/influxdb", "2.7.12", 1, 8086, "500m", "1Gi", "rack",
        Exposed | Published, "100Gi"},
    {"monitoring", "prometheus", StatefulSet, "quay.io/prometheus/prometheus", "v3.7.1", 1, 9090, "500m", "2Gi", "rack",
        Exposed | Published, "80Gi"},
    {"monitoring", "alertmanager", StatefulSet, "quay.io/prometheus/alertmanager", "v0.28.1", 2, 9093, "50m", "64Mi",
        "rack", Exposed, "2Gi"},
    {"monitoring", "grafana", Deployment, "docker.io/grafana/grafana", "12.2.1", 1, 3000, "200m", "256Mi", "rack",
        Exposed | Published | Rolled, ""},
    {"monitoring", "kube-state-metrics", Deployment, "registry.example.com/k8s/kube-state-metrics/kube-state-metrics",
        "v2.17.0", 1, 8080, "50m", "128Mi", "rack", Exposed, ""},
    {"monitoring", "grafana-agent", Deployment, "docker.io/grafana/agent", "v0.44.2", 2, 12345, "100m", "192Mi", "rack",
        Exposed, ""},
    {"kube-system", "metrics-server", Deployment, "registry.example.com/k8s/metrics-server/metrics-server", "v0.8.0", 1,
        10250, "100m", "200Mi", "rack", Exposed, ""},
    {"kube-system", "hubble-relay", Deployment, "quay.io/cilium/hubble-relay", "v1.18.4", 1, 4245, "50m", "64Mi",
        "rack", Exposed, ""},
    {"kube-system", "local-path-provisioner", Deployment, "docker.io/rancher/local-path-provisioner", "v0.0.32", 1, 0,
        "20m", "48Mi", "rack", Plain, ""},
    {"ingress-nginx", "ingress-nginx-controller", Deployment, "registry.example.com/k8s/ingress-nginx/controller",
        "v1.13.3", 2, 8443, "200m", "192Mi", "rack", Exposed | Guarded, ""},
    {"cert-manager", "cert-manager", Deployment, "quay.io/jetstack/cert-manager-controller", "v1.19.1", 1, 9402, "50m",
        "96Mi", "rack", Exposed, ""},
    {"cert-manager", "cert-manager-cainjector", Deployment, "quay.io/jetstack/cert-manager-cainjector", "v1.19.1", 1, 0,
        "50m", "96Mi", "rack", Plain, ""},
    {"cert-manager", "cert-manager-webhook", Deployment, "quay.io/jetstack/cert-manager-webhook", "v1.19.1", 1, 10250,
        "50m", "64Mi", "rack", Exposed, ""},
    {"ci", "runner-amd64", Deployment, "docker.io/gitlab/gitlab-runner", "v18.4.0", 2, 9252, "100m", "128Mi", "rack",
        Plain, ""},
    {"ci", "runner-arm64", Deployment, "docker.io/gitlab/gitlab-runner", "v18.4.0", 3, 9252, "100m", "128Mi", "edge",
        Plain, ""},
    {"ci", "buildkit", Deployment, "docker.io/moby/buildkit", "v0.25.1", 2, 1234, "1", "2Gi", "rack", Exposed, ""},
    {"ci", "registry-cache", StatefulSet, "docker.io/library/registry", "3.0.0", 1, 5000, "100m", "128Mi", "rack",
        Exposed, "200Gi"},
    {"staging", "web", Deployment, "registry.example.com/shop/web", "5.13.0-rc.2", 1, 8080, "100m", "192Mi", "rack",
        Exposed | Published | Rolled, ""},
    {"staging", "api", Deployment, "registry.example.com/shop/api", "5.13.0-rc.2", 1, 8080, "100m", "256Mi", "rack",
        Exposed | Prepared | Rolled, ""},
    {"staging", "checkout", Deployment, "registry.example.com/shop/checkout", "2.9.0-rc.1", 1, 8080, "100m", "192Mi",
        "rack", Exposed, ""},
    {"staging", "postgres", StatefulSet, "docker.io/library/postgres", "17.6", 1, 5432, "200m", "512Mi", "rack",
        Exposed, "10Gi"},
    {"team-anna", "preview-web", Deployment, "registry.example.com/shop/web", "feature-cart-a41f", 2, 8080, "50m",
        "128Mi", "rack", Exposed | Published, ""},
    {"team-anna", "preview-api", Deployment, "registry.example.com/shop/api", "feature-cart-a41f", 1, 8080, "50m",
        "192Mi", "any", Exposed, ""},
    {"team-anna", "postgres", StatefulSet, "docker.io/library/postgres", "17.6", 1, 5432, "100m", "256Mi", "rack",
        Exposed, "5Gi"},
    {"team-ben", "bird-detector", Deployment, "registry.example.com/team-ben/bird-detector", "0.6.1", 2, 8000, "500m",
        "640Mi", "edge", Exposed | Rolled, ""},
    {"team-ben", "label-studio", Deployment, "docker.io/heartexlabs/label-studio", "1.21.0", 1, 8080, "250m", "512Mi",
        "rack", Exposed | Published, ""},
    {"edge", "firmware-mirror", Deployment, "docker.io/library/nginx", "1.29.2-alpine", 1, 8080, "20m", "32Mi", "rack",
        Exposed, ""},
    {"backup", "minio", StatefulSet, "quay.io/minio/minio", "RELEASE.2025-09-07T16-13-09Z", 1, 9000, "250m", "512Mi",
        "rack", Exposed, "500Gi"},
    {"backup", "pg-dump-shop", CronJob, "docker.io/library/postgres", "17.6", 3, 0, "100m", "128Mi", "rack", Plain,
        "17 * * * *"},
    {"backup", "restic-check", CronJob, "docker.io/restic/restic", "0.18.1", 1, 0, "100m", "256Mi", "rack", Plain,
        "30 3 * * *"},
};

constexpr const char *Namespaces[] = {"default", "kube-system", "kube-public", "kube-node-lease", "monitoring",
    "ingress-nginx", "cert-manager", "shop", "staging", "mqtt", "edge", "ci", "team-anna", "team-ben", "backup"};

QString latin(const char *text)
{
    return QString::fromLatin1(text);
}

void probesAndPort(const App &app, QJsonObject &container)
{
    if (app.port == 0)
        return;
    const bool http = app.port >= 8000 && app.port <= 9999 && app.port != 8443 && app.port != 8554;
    const QJsonObject check = http
        ? QJsonObject{{u"httpGet"_s, QJsonObject{{u"path"_s, u"/healthz"_s}, {u"port"_s, u"main"_s}}}}
        : QJsonObject{{u"tcpSocket"_s, QJsonObject{{u"port"_s, u"main"_s}}}};
    QJsonObject readiness = check;
    readiness.insert(u"initialDelaySeconds"_s, 2);
    readiness.insert(u"periodSeconds"_s, 5);
    QJsonObject liveness = check;
    liveness.insert(u"initialDelaySeconds"_s, 10);
    container.insert(u"readinessProbe"_s, readiness);
    container.insert(u"livenessProbe"_s, liveness);
    container.insert(u"ports"_s,
        QJsonArray{QJsonObject{{u"containerPort"_s, app.port}, {u"name"_s, u"main"_s}, {u"protocol"_s, u"TCP"_s}}});
}

QJsonObject containerOf(const App &app, const char *version)
{
    QJsonObject container = fromText(R"({"name":"$name","image":"$image:$version",
"env":[{"name":"POD_NAME","valueFrom":{"fieldRef":{"apiVersion":"v1","fieldPath":"metadata.name"}}},
{"name":"NODE_NAME","valueFrom":{"fieldRef":{"apiVersion":"v1","fieldPath":"spec.nodeName"}}},
{"name":"LOG_LEVEL","value":"info"}],
"resources":{"requests":{"cpu":"$cpu","memory":"$memory"},"limits":{"memory":"$memory"}},
"securityContext":{"allowPrivilegeEscalation":false,"capabilities":{"drop":["ALL"]},"readOnlyRootFilesystem":true,"runAsNonRoot":true},
"volumeMounts":[{"name":"config","mountPath":"/etc/$name","readOnly":true},{"name":"tmp","mountPath":"/tmp"}]})",
        {{"name", latin(app.name)}, {"image", latin(app.image)}, {"version", latin(version)}, {"cpu", latin(app.cpu)},
            {"memory", latin(app.memory)}});
    probesAndPort(app, container);
    if (app.kind == StatefulSet) {
        QJsonArray mounts = container.value(u"volumeMounts"_s).toArray();
        mounts.append(QJsonObject{{u"name"_s, u"data"_s}, {u"mountPath"_s, u"/var/lib/data"_s}});
        container.insert(u"volumeMounts"_s, mounts);
    }
    return container;
}

void place(const App &app, QJsonObject &spec)
{
    const QString where = latin(app.place);
    if (where == "all"_L1) {
        spec.insert(u"tolerations"_s, QJsonArray{QJsonObject{{u"operator"_s, u"Exists"_s}}});
        spec.insert(u"nodeSelector"_s, QJsonObject{{u"kubernetes.io/os"_s, u"linux"_s}});
    } else if (where == "control-plane"_L1) {
        spec.insert(u"tolerations"_s,
            arrayFromText(
                R"([{"key":"node-role.kubernetes.io/control-plane","operator":"Exists","effect":"NoSchedule"}])"));
        spec.insert(u"nodeSelector"_s, QJsonObject{{u"node-role.kubernetes.io/control-plane"_s, QString()}});
    } else if (where == "rack"_L1) {
        spec.insert(u"nodeSelector"_s, QJsonObject{{u"node-role.kubernetes.io/worker"_s, QString()}});
    } else if (where == "edge"_L1) {
        spec.insert(u"nodeSelector"_s, QJsonObject{{u"node-role.kubernetes.io/edge"_s, QString()}});
        if (app.kind != DaemonSet)
            spec.insert(u"topologySpreadConstraints"_s,
                QJsonArray{fromText(
                    R"({"maxSkew":1,"topologyKey":"topology.kubernetes.io/zone","whenUnsatisfiable":"ScheduleAnyway",
"labelSelector":{"matchLabels":{"app.kubernetes.io/name":"$name"}}})",
                    {{"name", latin(app.name)}})});
    }
}

} // namespace

std::span<const App> apps()
{
    return Apps;
}

std::span<const char *const> namespaces()
{
    return Namespaces;
}

QJsonObject appSelector(const App &app)
{
    return {{u"app.kubernetes.io/instance"_s, latin(app.name)}, {u"app.kubernetes.io/name"_s, latin(app.name)}};
}

QJsonObject appLabels(const App &app, const char *version)
{
    QJsonObject labels = appSelector(app);
    labels.insert(u"app.kubernetes.io/managed-by"_s, u"Helm"_s);
    labels.insert(u"app.kubernetes.io/version"_s, latin(version ? version : app.version));
    return labels;
}

QJsonObject appTemplate(const App &app, const char *version)
{
    const char *tag = version ? version : app.version;
    QJsonObject spec{{u"serviceAccountName"_s, latin(app.name)}, {u"containers"_s, QJsonArray{containerOf(app, tag)}},
        {u"securityContext"_s,
            QJsonObject{{u"fsGroup"_s, 10001}, {u"runAsUser"_s, 10001},
                {u"seccompProfile"_s, QJsonObject{{u"type"_s, u"RuntimeDefault"_s}}}}}};
    spec.insert(u"volumes"_s,
        QJsonArray{fromText(R"({"name":"config","configMap":{"name":"$name-config","defaultMode":420}})",
                       {{"name", latin(app.name)}}),
            fromText(R"({"name":"tmp","emptyDir":{}})")});
    place(app, spec);
    if (app.traits & HostNetwork) {
        spec.insert(u"hostNetwork"_s, true);
        spec.insert(u"priorityClassName"_s, u"system-node-critical"_s);
        spec.insert(u"priority"_s, 2000001000);
    }
    if (app.traits & Prepared) {
        spec.insert(u"initContainers"_s,
            QJsonArray{fromText(R"({"name":"migrate","image":"$image:$tag","args":["migrate","--wait"],
"resources":{"requests":{"cpu":"50m","memory":"64Mi"}},"volumeMounts":[{"name":"config","mountPath":"/etc/$name","readOnly":true}]})",
                {{"image", latin(app.image)}, {"tag", latin(tag)}, {"name", latin(app.name)}})});
    }
    if (app.kind == CronJob)
        spec.insert(u"restartPolicy"_s, u"OnFailure"_s);
    QJsonObject labels = appLabels(app, tag);
    labels.remove(u"app.kubernetes.io/managed-by"_s);
    QJsonObject annotations{{u"checksum/config"_s, QString::number(qHash(QByteArrayView(app.name), 5), 16)}};
    if (app.port != 0) {
        annotations.insert(u"prometheus.io/scrape"_s, u"true"_s);
        annotations.insert(u"prometheus.io/port"_s, QString::number(app.port));
    }
    return {{u"metadata"_s, QJsonObject{{u"labels"_s, labels}, {u"annotations"_s, annotations}}}, {u"spec"_s, spec}};
}

} // namespace kdra::demo
