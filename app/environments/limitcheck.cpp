// SPDX-License-Identifier: GPL-3.0-or-later
#include "environments/limitcheck.h"

#include "base/quantity.h"

#include <QCoreApplication>

namespace kdra::environments {
namespace {

using store::LimitRangeRecord;

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::environments::Planner)
};

template <class Function> void rangesOf(const store::Snapshot &snapshot, const QString &ns, Function function)
{
    const std::string name = ns.toStdString();
    snapshot.table<store::Kind::LimitRange>().forEach([&](const store::Ref<LimitRangeRecord> &range) {
        if (snapshot.view(range->meta.ns) == name)
            function(range);
    });
}

void fill(Amount &amount, const LimitRangeRecord::Amount &with)
{
    if (!amount.cpuMilli && with.cpuMilli)
        amount.cpuMilli = with.cpuMilli;
    if (!amount.memory && with.memory)
        amount.memory = with.memory;
}

// One resource of one container against one LimitRange, in the resource's own words.
struct Check {
    const PodDemand &pod;
    QString range;
    QString resource; // "CPU", "memory"
    QString (*words)(qint64);
    std::optional<qint64> request;
    std::optional<qint64> limit;
    qint64 max = 0;
    qint64 min = 0;

    void run(Findings &findings) const
    {
        const qint64 highest = std::max(request.value_or(0), limit.value_or(0));
        if (max && !limit)
            findings.refuse(Text::tr("LimitRange %1 asks every container for a %2 limit; %3 has none.")
                    .arg(range, resource, pod.workload));
        else if (max && highest > max)
            findings.refuse(Text::tr("LimitRange %1 allows a container at most %2 of %3; %4 asks for %5.")
                    .arg(range, words(max), resource, pod.workload, words(highest)));
        const qint64 lowest = std::min(request.value_or(0), limit.value_or(request.value_or(0)));
        if (min && !request)
            findings.refuse(Text::tr("LimitRange %1 asks every container for a %2 request; %3 has none.")
                    .arg(range, resource, pod.workload));
        else if (min && lowest < min)
            findings.refuse(Text::tr("LimitRange %1 asks for at least %2 of %3 a container; %4 asks for %5.")
                    .arg(range, words(min), resource, pod.workload, words(lowest)));
        if (request && limit && *request > *limit)
            findings.refuse(Text::tr("%1 requests %2 of %3, more than the limit of %4 that LimitRange %5 sets.")
                    .arg(pod.workload, words(*request), resource, words(*limit), range));
    }
};

} // namespace

QList<PodDemand> admitted(QList<PodDemand> pods, const store::Snapshot &snapshot, const QString &ns)
{
    rangesOf(snapshot, ns, [&](const store::Ref<LimitRangeRecord> &range) {
        for (PodDemand &pod : pods) {
            if (pod.containers.isEmpty())
                continue;
            for (ContainerDemand &container : pod.containers) {
                fill(container.request, range->defaultRequest);
                fill(container.limit, range->defaultLimit);
            }
            pod.sum();
        }
    });
    return pods;
}

void checkLimitRanges(
    Findings &findings, const QList<PodDemand> &pods, const store::Snapshot &snapshot, const QString &ns)
{
    rangesOf(snapshot, ns, [&](const store::Ref<LimitRangeRecord> &range) {
        const QString name = store::toQString(range.name());
        for (const PodDemand &pod : pods) {
            for (const ContainerDemand &container : pod.containers) {
                Check{pod, name, Text::tr("CPU"), formatCores, container.request.cpuMilli, container.limit.cpuMilli,
                    range->max.cpuMilli, range->min.cpuMilli}
                    .run(findings);
                Check{pod, name, Text::tr("memory"), formatBytes, container.request.memory, container.limit.memory,
                    range->max.memory, range->min.memory}
                    .run(findings);
            }
        }
    });
}

} // namespace kdra::environments
