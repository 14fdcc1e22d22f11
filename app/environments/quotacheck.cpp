// SPDX-License-Identifier: GPL-3.0-or-later
#include "environments/quotacheck.h"

#include "base/quantity.h"

#include <QCoreApplication>
#include <QLocale>

namespace kdra::environments {
namespace {

using Quota = store::QuotaRecord;

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::environments::Planner)
};

// A workload of which a container does not say what a quota wants said; nullptr when there is none.
const PodDemand *silent(
    const QList<PodDemand> &pods, Amount ContainerDemand::*which, std::optional<qint64> Amount::*resource)
{
    for (const PodDemand &pod : pods) {
        for (const ContainerDemand &container : pod.containers) {
            if (!(container.*which.*resource))
                return &pod;
        }
    }
    return nullptr;
}

// In quotas' words, one sentence each, so that every language has its own.
QString exceeds(Quota::Resource resource, const QString &quota, qint64 left, qint64 hard, qint64 asked)
{
    const QLocale locale;
    switch (resource) {
    case Quota::RequestsCpu:
        return Text::tr("Quota %1 leaves %2 of %3 cores to request; %4 are asked for.")
            .arg(quota, formatCores(left), formatCores(hard), formatCores(asked));
    case Quota::RequestsMemory:
        return Text::tr("Quota %1 leaves %2 of %3 of memory to request; %4 are asked for.")
            .arg(quota, formatBytes(left), formatBytes(hard), formatBytes(asked));
    case Quota::LimitsCpu:
        return Text::tr("Quota %1 leaves CPU limits of %2 of %3 cores; they add up to %4.")
            .arg(quota, formatCores(left), formatCores(hard), formatCores(asked));
    case Quota::LimitsMemory:
        return Text::tr("Quota %1 leaves memory limits of %2 of %3; they add up to %4.")
            .arg(quota, formatBytes(left), formatBytes(hard), formatBytes(asked));
    case Quota::Pods:
        return Text::tr("Quota %1 leaves %2 of %3 pods; %4 are asked for.")
            .arg(quota, locale.toString(left), locale.toString(hard), locale.toString(asked));
    case Quota::Claims:
        return Text::tr("Quota %1 leaves %2 of %3 volume claims; %4 are asked for.")
            .arg(quota, locale.toString(left), locale.toString(hard), locale.toString(asked));
    case Quota::RequestsStorage:
        return Text::tr("Quota %1 leaves %2 of %3 of storage; %4 are asked for.")
            .arg(quota, formatBytes(left), formatBytes(hard), formatBytes(asked));
    }
    Q_UNREACHABLE_RETURN({});
}

QString demands(Quota::Resource resource, const QString &quota, const QString &workload)
{
    switch (resource) {
    case Quota::RequestsCpu:
        return Text::tr("Quota %1 asks every container for a CPU request; %2 has none.").arg(quota, workload);
    case Quota::RequestsMemory:
        return Text::tr("Quota %1 asks every container for a memory request; %2 has none.").arg(quota, workload);
    case Quota::LimitsCpu:
        return Text::tr("Quota %1 asks every container for a CPU limit; %2 has none.").arg(quota, workload);
    default:
        return Text::tr("Quota %1 asks every container for a memory limit; %2 has none.").arg(quota, workload);
    }
}

const PodDemand *silentAbout(Quota::Resource resource, const QList<PodDemand> &pods)
{
    switch (resource) {
    case Quota::RequestsCpu:
        return silent(pods, &ContainerDemand::request, &Amount::cpuMilli);
    case Quota::RequestsMemory:
        return silent(pods, &ContainerDemand::request, &Amount::memory);
    case Quota::LimitsCpu:
        return silent(pods, &ContainerDemand::limit, &Amount::cpuMilli);
    case Quota::LimitsMemory:
        return silent(pods, &ContainerDemand::limit, &Amount::memory);
    default:
        return nullptr;
    }
}

// Of limits it is the least that it can be: where they count, every pod has them, and they are no smaller than its
// requests. What they really are, nobody has written down.
std::array<qint64, Quota::resourceCount> freedBy(const OwnUse &own)
{
    std::array<qint64, Quota::resourceCount> freed{};
    freed[Quota::RequestsCpu] = freed[Quota::LimitsCpu] = own.all().cpuMilli;
    freed[Quota::RequestsMemory] = freed[Quota::LimitsMemory] = own.all().memory;
    freed[Quota::Pods] = own.all().pods;
    freed[Quota::Claims] = own.claims();
    freed[Quota::RequestsStorage] = own.storage();
    return freed;
}

bool isLimit(Quota::Resource resource)
{
    return resource == Quota::LimitsCpu || resource == Quota::LimitsMemory;
}

QString mayExceed(Quota::Resource resource, const QString &quota, qint64 hard, qint64 asked)
{
    return resource == Quota::LimitsCpu
        ? Text::tr("Quota %1 may be too small: CPU limits will add up to %2 of its %3 cores, beside those of others.")
              .arg(quota, formatCores(asked), formatCores(hard))
        : Text::tr("Quota %1 may be too small: memory limits will add up to %2 of its %3, beside those of others.")
              .arg(quota, formatBytes(asked), formatBytes(hard));
}

} // namespace

void checkQuotas(Findings &findings, const Demand &demand, const QList<PodDemand> &pods,
    const store::Snapshot &snapshot, const QString &ns, const OwnUse &own, const std::function<int(qsizetype)> &nodesOf)
{
    std::array<qint64, Quota::resourceCount> asked{};
    for (qsizetype i = 0; i < pods.size(); ++i) {
        const PodDemand &pod = pods[i];
        const qint64 count = pod.everyNode ? nodesOf(i) : pod.replicas;
        asked[Quota::RequestsCpu] += count * pod.cpuMilli;
        asked[Quota::RequestsMemory] += count * pod.memory;
        asked[Quota::LimitsCpu] += count * pod.cpuMilliLimit;
        asked[Quota::LimitsMemory] += count * pod.memoryLimit;
        asked[Quota::Pods] += count;
    }
    asked[Quota::Claims] = demand.claims;
    asked[Quota::RequestsStorage] = demand.storage;
    const std::array<qint64, Quota::resourceCount> freed = freedBy(own);
    const std::string wanted = ns.toStdString();
    snapshot.table<store::Kind::ResourceQuota>().forEach([&](const store::Ref<Quota> &quota) {
        if (quota->scoped || snapshot.view(quota->meta.ns) != wanted)
            return;
        const QString name = store::toQString(quota.name());
        for (quint8 i = 0; i < Quota::resourceCount; ++i) {
            const auto resource = static_cast<Quota::Resource>(i);
            if (!quota->has(resource))
                continue;
            const qint64 left = std::max<qint64>(quota->hard[i] - quota->used[i] + freed[i], 0);
            if (const PodDemand *pod = silentAbout(resource, pods))
                findings.refuse(demands(resource, name, pod->workload));
            else if (isLimit(resource) && own.all().pods > 0 && asked[i] > left && asked[i] <= quota->hard[i])
                findings.warn(mayExceed(resource, name, quota->hard[i], asked[i]));
            else if (asked[i] > left)
                findings.refuse(exceeds(resource, name, left, quota->hard[i], asked[i]));
        }
    });
}

} // namespace kdra::environments
