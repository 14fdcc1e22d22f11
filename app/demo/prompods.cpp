// SPDX-License-Identifier: GPL-3.0-or-later
// What kube-state-metrics says about pods and workloads, and cAdvisor about containers.
#include "demo/promseries.h"

#include "demo/objects/json.h"
#include "demo/objects/pod.h"
#include "demo/objects/random.h"

#include "base/quantity.h"

using namespace Qt::StringLiterals;

namespace kdra::demo {
namespace {

// What the pods of one owner have in common.
struct PodKind {
    PodRequests requests;
    PodRequests limits;
    QString ownerKind, ownerName;
};

PodRequests limitsOf(const QJsonObject &podSpec)
{
    PodRequests out;
    for (const QJsonArray containers = podSpec.value(u"containers"_s).toArray();
        const QJsonValue &container : containers) {
        const QJsonObject limits = at(container.toObject(), u"resources.limits").toObject();
        const auto text = [&](const QString &name) { return limits.value(name).toVariant().toString().toStdString(); };
        out.cpuMilli += parseQuantityMilli(text(u"cpu"_s)).value_or(0);
        out.memoryBytes += parseQuantity(text(u"memory"_s)).value_or(0);
    }
    return out;
}

PodKind kindOf(const QJsonObject &pod)
{
    const QJsonObject spec = pod.value(u"spec"_s).toObject();
    const QJsonObject owner = at(pod, u"metadata.ownerReferences").toArray().first().toObject();
    return {.requests = requestsOf(spec),
        .limits = limitsOf(spec),
        .ownerKind = owner.value(u"kind"_s).toString(),
        .ownerName = owner.value(u"name"_s).toString()};
}

} // namespace

bool PromModel::addWorkloads(const QString &metric, std::vector<PromSeries> &out) const
{
    struct Count {
        QLatin1StringView metric;
        TypeId kind;
        QString label;
        QStringView path;
    };
    const Count counts[] = {
        {"kube_deployment_status_replicas_available"_L1, kind::Deployment, u"deployment"_s,
            u"status.availableReplicas"},
        {"kube_deployment_spec_replicas"_L1, kind::Deployment, u"deployment"_s, u"spec.replicas"},
        {"kube_statefulset_replicas"_L1, kind::StatefulSet, u"statefulset"_s, u"spec.replicas"},
        {"kube_statefulset_status_replicas_ready"_L1, kind::StatefulSet, u"statefulset"_s, u"status.readyReplicas"},
        {"kube_daemonset_status_desired_number_scheduled"_L1, kind::DaemonSet, u"daemonset"_s,
            u"status.desiredNumberScheduled"},
        {"kube_daemonset_status_number_ready"_L1, kind::DaemonSet, u"daemonset"_s, u"status.numberReady"},
    };
    const auto *count = std::ranges::find(counts, metric, &Count::metric);
    if (count == std::end(counts))
        return false;
    for (const ObjectPtr &stored : m_store.list(count->kind))
        out.push_back(make(metric,
            {{u"job"_s, u"kube-state-metrics"_s}, {u"namespace"_s, QString::fromUtf8(stored->ns)},
                {count->label, QString::fromUtf8(stored->name)}},
            intAt(stored->object(), count->path), 0));
    return true;
}

void PromModel::addPods(const QString &metric, std::vector<PromSeries> &out) const
{
    if (addWorkloads(metric, out) || (!metric.startsWith("container_"_L1) && !metric.startsWith("kube_pod_"_L1)))
        return;
    QHash<QByteArray, PodKind> kinds;
    for (const ObjectPtr &pod : m_store.list(kind::Pod)) {
        const QByteArray node = pod->field(m_store.resources(), "spec.nodeName");
        const QByteArray phase = pod->field(m_store.resources(), "status.phase");
        const QString name = QString::fromUtf8(pod->name);
        const QByteArray app = pod->label("app.kubernetes.io/name");
        PromLabels labels{
            {u"namespace"_s, QString::fromUtf8(pod->ns)}, {u"pod"_s, name}, {u"node"_s, QString::fromUtf8(node)}};
        if (metric.startsWith("kube_pod_"_L1))
            labels.insert(u"job"_s, u"kube-state-metrics"_s);
        else
            labels.insert(u"job"_s, u"kubelet"_s);
        if (!metric.contains("_network_"_L1) && metric != "kube_pod_info"_L1 && metric != "kube_pod_status_phase"_L1)
            labels.insert(
                u"container"_s, QString::fromUtf8(app.isEmpty() ? pod->name.left(pod->name.indexOf('-')) : app));
        if (metric == "kube_pod_status_phase"_L1) {
            for (const char *each : {"Pending", "Running", "Succeeded", "Failed", "Unknown"}) {
                labels.insert(u"phase"_s, QString::fromLatin1(each));
                out.push_back(make(metric, labels, phase == each ? 1 : 0, 0));
            }
            continue;
        }
        if (metric == "kube_pod_container_status_restarts_total"_L1) {
            const QByteArray key = "\"restartCount\":";
            const qsizetype found = pod->json.indexOf(key);
            out.push_back(
                make(metric, labels, found < 0 ? 0 : std::atoi(pod->json.constData() + found + key.size()), 0));
            continue;
        }
        if (metric == "kube_pod_container_status_waiting_reason"_L1) {
            // Only while there is one, as kube-state-metrics does.
            for (const char *reason : {"CrashLoopBackOff", "ErrImagePull", "ImagePullBackOff"}) {
                if (!pod->json.contains(QByteArray("\"reason\":\"") + reason + '"'))
                    continue;
                labels.insert(u"reason"_s, QString::fromLatin1(reason));
                out.push_back(make(metric, labels, 1, 0));
            }
            continue;
        }
        const QByteArray owner = pod->owners.empty() ? pod->uid : pod->owners.front();
        auto shared = kinds.find(owner);
        if (shared == kinds.end())
            shared = kinds.insert(owner, kindOf(pod->object()));
        if (metric == "kube_pod_info"_L1) {
            labels.insert(u"created_by_kind"_s, shared->ownerKind);
            labels.insert(u"created_by_name"_s, shared->ownerName);
            out.push_back(make(metric, labels, 1, 0));
            continue;
        }
        const PodRequests &request = shared->requests;
        const double cpu = std::max(0.01, static_cast<double>(request.cpuMilli) / 1000);
        const double memory = std::max(16e6, static_cast<double>(request.memoryBytes));
        const double luck = static_cast<double>(hashOf(name, m_seed) % 1000) / 1000;
        const auto addResources = [&](double cores, double bytes) {
            if (cores > 0) {
                labels.insert(u"resource"_s, u"cpu"_s);
                labels.insert(u"unit"_s, u"core"_s);
                out.push_back(make(metric, labels, cores, 0));
            }
            if (bytes > 0) {
                labels.insert(u"resource"_s, u"memory"_s);
                labels.insert(u"unit"_s, u"byte"_s);
                out.push_back(make(metric, labels, bytes, 0));
            }
        };
        if (metric == "kube_pod_container_resource_requests"_L1) {
            addResources(cpu, memory);
        } else if (metric == "kube_pod_container_resource_limits"_L1) {
            addResources(
                static_cast<double>(shared->limits.cpuMilli) / 1000, static_cast<double>(shared->limits.memoryBytes));
        } else if (phase == "Running") {
            if (metric == "container_cpu_usage_seconds_total"_L1)
                out.push_back(make(metric, labels, cpu * (0.15 + 0.7 * luck), cpu * 0.12, true));
            else if (metric == "container_cpu_cfs_periods_total"_L1) // ten a second
                out.push_back(make(metric, labels, 10, 0, true));
            else if (metric == "container_cpu_cfs_throttled_periods_total"_L1)
                out.push_back(make(metric, labels, luck * luck * 1.5, luck * luck, true));
            else if (metric == "container_memory_working_set_bytes"_L1)
                out.push_back(make(metric, labels, memory * (0.4 + 0.45 * luck), memory * 0.06));
            else if (metric.startsWith("container_network_"_L1))
                out.push_back(make(metric, labels, 20e3 * (0.1 + luck), 12e3 * luck, true));
        }
    }
}

} // namespace kdra::demo
