// SPDX-License-Identifier: GPL-3.0-or-later
#include "environments/candidates.h"

#include "environments/placelabels.h"
#include "relations/selector.h"
#include "store/labels.h"

#include <algorithm>

namespace kdra::environments {
namespace {

using store::Kind;
using store::KindPhase;
using store::NodeRecord;

// The taints that the control plane itself sets for conditions (well-known labels of Kubernetes): the condition says
// more.
constexpr std::string_view conditionTaints = "node.kubernetes.io/";

struct Condition {
    NodeRecord::Pressure pressure;
    std::string_view taint;
};
constexpr Condition conditions[] = {{NodeRecord::Memory, "node.kubernetes.io/memory-pressure"},
    {NodeRecord::Disk, "node.kubernetes.io/disk-pressure"}, {NodeRecord::Pid, "node.kubernetes.io/pid-pressure"},
    {NodeRecord::Network, "node.kubernetes.io/network-unavailable"}};
constexpr std::string_view cordonTaint = "node.kubernetes.io/unschedulable";

} // namespace

Candidates::Candidates(
    const Demand &demand, const store::Snapshot &snapshot, const store::NodeLoad &load, const OwnUse &own, qint64 now)
{
    bool onlyEveryNode = true;
    for (const PodDemand &pod : demand.pods) {
        const Group group{PodRules(pod), pod.everyNode};
        const auto known = std::ranges::find(m_groups, group);
        m_groupOf.push_back(static_cast<size_t>(known - m_groups.begin()));
        if (known == m_groups.end())
            m_groups.push_back(group);
        onlyEveryNode = onlyEveryNode && pod.everyNode;
    }
    for (const Group &group : m_groups)
        m_deciding.push_back(onlyEveryNode || !group.everyNode);
    if (now && snapshot.state(Kind::Lease).phase == KindPhase::Live)
        readLeases(snapshot, now);
    std::vector<std::string> architectures;
    for (const QString &name : demand.architectures)
        architectures.push_back(name.toStdString());

    const auto &table = snapshot.table<Kind::Node>();
    m_all.reserve(table.size());
    m_obstacles.reserve(table.size() * m_groups.size());
    table.forEach([&](const store::Ref<NodeRecord> &node) {
        const store::NodeLoad::Load used = load.load(node.name());
        Candidate candidate{.slot = node.slot(),
            .zone = node->zone,
            .allocatable = {
                node->cpuMilliAllocatable, static_cast<qint64>(node->memoryAllocatable), node->podsAllocatable}};
        candidate.free = candidate.allocatable;
        candidate.free -= {used.cpuMilli, used.memory, used.pods};
        candidate.free += own.on(node.name());
        quint16 common = 0;
        if (node->ready == NodeRecord::Ready::False)
            common |= NotReady;
        if (node->ready == NodeRecord::Ready::Unknown || overdue(node.name()))
            common |= Silent;
        if (!architectures.empty() && !std::ranges::contains(architectures, snapshot.view(node->architecture)))
            common |= OtherArchitecture;
        const std::string_view labels = snapshot.view(node->meta.labels);
        candidate.named = store::labelValue(labels, HostnameLabel).has_value();
        for (const Group &group : m_groups) {
            m_obstacles.push_back(common | obstaclesFor(group, node, labels));
            relations::pieces(node.text(node->taintList), '\n', [&](std::string_view line) {
                const Taint taint = Taint::parse(line);
                candidate.avoided = candidate.avoided
                    || (taint.effect == "PreferNoSchedule" && !group.everyNode && !group.rules.tolerates(taint));
            });
        }
        m_all.push_back(candidate);
    });
}

quint16 Candidates::obstaclesFor(const Group &group, const store::Ref<NodeRecord> &node, std::string_view labels) const
{
    quint16 obstacles = 0;
    // The DaemonSet controller lets its pods tolerate what these conditions mean.
    if (!group.everyNode) {
        if (node->unschedulable && !group.rules.tolerates({cordonTaint, {}, "NoSchedule"}))
            obstacles |= Cordoned;
        for (const Condition &condition : conditions) {
            if (node->pressures & condition.pressure && !group.rules.tolerates({condition.taint, {}, "NoSchedule"}))
                obstacles |= UnderPressure;
        }
    }
    relations::pieces(node.text(node->taintList), '\n', [&](std::string_view line) {
        const Taint taint = Taint::parse(line);
        if (taint.effect != "PreferNoSchedule" && !taint.key.starts_with(conditionTaints)
            && !group.rules.tolerates(taint))
            obstacles |= Tainted;
    });
    if (!group.rules.selects(labels, node.name()))
        obstacles |= NotSelected;
    return obstacles;
}

void Candidates::readLeases(const store::Snapshot &snapshot, qint64 now)
{
    snapshot.table<Kind::Lease>().forEach([&](const store::Ref<store::LeaseRecord> &lease) {
        if (const qint64 seen = lease->seenMs / 1000; seen + lease->durationSeconds < now)
            m_overdue.emplace(lease.name(), now - seen);
    });
}

qint64 Candidates::overdue(std::string_view node) const
{
    const auto late = m_overdue.find(node);
    return late == m_overdue.end() ? 0 : late->second;
}

quint16 Candidates::obstacles(size_t node) const
{
    quint16 all = 0;
    for (size_t group = 0; group < m_groups.size(); ++group) {
        if (m_deciding[group])
            all |= m_obstacles[node * m_groups.size() + group];
    }
    return all;
}

} // namespace kdra::environments
