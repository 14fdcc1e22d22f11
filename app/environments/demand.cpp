// SPDX-License-Identifier: GPL-3.0-or-later
#include "environments/demand.h"

#include "base/quantity.h"
#include "environments/decoration.h"
#include "environments/kinds.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace kdra::environments {
namespace {

// A quantity is a string, or a number as YAML reads "cpu: 2".
std::optional<qint64> quantity(const QJsonValue &value, std::optional<qint64> (*parse)(std::string_view))
{
    if (!value.isString() && !value.isDouble())
        return {};
    const std::string text = value.toVariant().toString().toStdString();
    const std::optional<qint64> parsed = parse(text);
    return parsed ? std::optional(std::max<qint64>(*parsed, 0)) : std::nullopt;
}

Amount amountOf(const QJsonValue &resources)
{
    return {.cpuMilli = quantity(resources["cpu"_L1], parseQuantityMilli),
        .memory = quantity(resources["memory"_L1], parseQuantity)};
}

ContainerDemand containerOf(const QJsonValue &json, ContainerDemand::Role role)
{
    const QJsonValue resources = json["resources"_L1];
    ContainerDemand container{.name = json["name"_L1].toString(),
        .role = role,
        .request = amountOf(resources["requests"_L1]),
        .limit = amountOf(resources["limits"_L1])};
    if (!container.request.cpuMilli)
        container.request.cpuMilli = container.limit.cpuMilli;
    if (!container.request.memory)
        container.request.memory = container.limit.memory;
    return container;
}

PodDemand podOf(const QString &workload, const QJsonValue &podSpec)
{
    PodDemand pod{.workload = workload};
    for (const QJsonArray inits = podSpec["initContainers"_L1].toArray(); const QJsonValue &init : inits) {
        const bool sidecar = init["restartPolicy"_L1] == "Always"_L1;
        pod.containers.append(
            containerOf(init, sidecar ? ContainerDemand::Role::Sidecar : ContainerDemand::Role::Init));
    }
    for (const QJsonArray containers = podSpec["containers"_L1].toArray(); const QJsonValue &one : containers)
        pod.containers.append(containerOf(one, ContainerDemand::Role::Main));
    pod.overhead = amountOf(podSpec["overhead"_L1]);
    const QJsonObject selector = podSpec["nodeSelector"_L1].toObject();
    for (auto label = selector.begin(); label != selector.end(); ++label)
        pod.nodeSelector.insert(label.key(), label.value().toString());
    pod.nodeTerms = podSpec["affinity"_L1]["nodeAffinity"_L1]["requiredDuringSchedulingIgnoredDuringExecution"_L1]
                           ["nodeSelectorTerms"_L1]
                               .toArray();
    pod.tolerations = podSpec["tolerations"_L1].toArray();
    pod.sum();
    return pod;
}

// Pods of a Job that run at one time.
int parallelPods(const QJsonValue &jobSpec)
{
    const int parallel = jobSpec["parallelism"_L1].toInt(1);
    const QJsonValue completions = jobSpec["completions"_L1];
    return std::max(completions.isDouble() ? std::min(parallel, completions.toInt()) : parallel, 0);
}

int replicasOf(const QString &kind, const QJsonValue &spec)
{
    if (kind == "Pod"_L1)
        return 1;
    if (kind == "DaemonSet"_L1)
        return 0;
    if (kind == "Job"_L1)
        return spec["suspend"_L1].toBool() ? 0 : parallelPods(spec);
    if (kind == "CronJob"_L1)
        return spec["suspend"_L1].toBool() ? 0 : parallelPods(spec["jobTemplate"_L1]["spec"_L1]);
    return std::max(spec["replicas"_L1].toInt(1), 0);
}

void addClaim(Demand &demand, const QJsonValue &claimSpec, int times)
{
    const qint64 bytes = quantity(claimSpec["resources"_L1]["requests"_L1]["storage"_L1], parseQuantity).value_or(0);
    demand.claims += times;
    demand.storage += bytes * times;
}

// One of the two resources, as the scheduler adds it up over the containers of a pod (KEP-753 for sidecars); nothing
// when `all` is asked for and a container has none.
std::optional<qint64> total(
    const PodDemand &pod, Amount ContainerDemand::*which, std::optional<qint64> Amount::*resource, bool all)
{
    qint64 running = 0; // containers and sidecars
    qint64 sidecars = 0; // those that run already beside an init container
    qint64 starting = 0;
    for (const ContainerDemand &container : pod.containers) {
        const std::optional<qint64> amount = container.*which.*resource;
        if (!amount && all)
            return {};
        if (container.role == ContainerDemand::Role::Init) {
            starting = std::max(starting, sidecars + amount.value_or(0));
            continue;
        }
        running += amount.value_or(0);
        if (container.role == ContainerDemand::Role::Sidecar) {
            sidecars += amount.value_or(0);
            starting = std::max(starting, sidecars);
        }
    }
    return std::max(running, starting) + (pod.overhead.*resource).value_or(0);
}

} // namespace

void PodDemand::sum()
{
    using Container = ContainerDemand;
    cpuMilli = total(*this, &Container::request, &Amount::cpuMilli, false).value_or(0);
    memory = total(*this, &Container::request, &Amount::memory, false).value_or(0);
    cpuMilliLimit = total(*this, &Container::limit, &Amount::cpuMilli, true).value_or(0);
    memoryLimit = total(*this, &Container::limit, &Amount::memory, true).value_or(0);
}

int Demand::podCount() const
{
    int count = 0;
    for (const PodDemand &pod : pods)
        count += pod.everyNode ? 0 : pod.replicas;
    return count;
}

qint64 Demand::cpuMilli() const
{
    qint64 sum = 0;
    for (const PodDemand &pod : pods)
        sum += pod.everyNode ? 0 : pod.replicas * pod.cpuMilli;
    return sum;
}

qint64 Demand::memory() const
{
    qint64 sum = 0;
    for (const PodDemand &pod : pods)
        sum += pod.everyNode ? 0 : pod.replicas * pod.memory;
    return sum;
}

void Demand::tolerate(const QJsonArray &tolerations)
{
    for (PodDemand &pod : pods) {
        for (const QJsonValue &one : tolerations) {
            if (!pod.everyNode && !pod.tolerations.contains(one))
                pod.tolerations.append(one);
        }
    }
}

Demand demandOf(const Template &from, const QList<Manifest> &manifests)
{
    Demand demand{.architectures = from.architectures, .edge = from.edge};
    for (const Manifest &manifest : manifests) {
        const QJsonObject &object = manifest.object;
        const QString kind = object["kind"_L1].toString();
        const QString name = kindName(object);
        if (!demand.kinds.contains(name)) {
            demand.kinds.append(name);
            if (isKnownClusterScoped(name) || from.clusterScoped.contains(name))
                demand.clusterScoped.append(name);
        }
        const QJsonValue spec = object["spec"_L1];
        if (kind == "PersistentVolumeClaim"_L1)
            addClaim(demand, spec, 1);
        const QStringList path = kind == "Pod"_L1 ? QStringList() : podTemplatePath(kind);
        if (kind != "Pod"_L1 && path.isEmpty())
            continue;
        const QJsonValue podSpec = kind == "Pod"_L1 ? spec : valueAt(object, path)["spec"_L1];
        PodDemand pod = podOf(kind + u' ' + object["metadata"_L1]["name"_L1].toString(), podSpec);
        pod.everyNode = kind == "DaemonSet"_L1;
        pod.replicas = replicasOf(kind, spec);
        if (kind == "StatefulSet"_L1) {
            for (const QJsonArray claims = spec["volumeClaimTemplates"_L1].toArray(); const QJsonValue &claim : claims)
                addClaim(demand, claim["spec"_L1], pod.replicas);
        }
        demand.pods.append(std::move(pod));
    }
    return demand;
}

Demand together(const QList<Demand> &demands)
{
    Demand all;
    for (const Demand &one : demands) {
        all.pods += one.pods;
        all.claims += one.claims;
        all.storage += one.storage;
        all.edge = all.edge || one.edge;
        all.kinds += one.kinds;
        all.clusterScoped += one.clusterScoped;
    }
    if (demands.size() == 1)
        all.architectures = demands.first().architectures;
    all.kinds.removeDuplicates();
    all.clusterScoped.removeDuplicates();
    return all;
}

} // namespace kdra::environments
