// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/nodeload.h"

namespace kdra::store {

void NodeLoad::reset(const Snapshot &snapshot)
{
    m_loads.clear();
    m_ids.clear();
    m_strings = snapshot.strings;
    snapshot.table<Kind::Pod>().forEach([&](const auto &pod) { add(snapshot, *pod, 1); });
}

// What one pod adds to its node.
NodeLoad::Load NodeLoad::shareOf(const PodRecord &pod)
{
    if (pod.node == StringId::Empty || pod.phase == PodRecord::Phase::Succeeded
        || pod.phase == PodRecord::Phase::Failed)
        return {};
    return {.pods = 1,
        .failing = pod.meta.severity == Severity::Failing ? 1U : 0U,
        .cpuMilli = pod.cpuMilliRequested,
        .memory = static_cast<qint64>(pod.memoryRequested)};
}

void NodeLoad::add(const Snapshot &snapshot, const PodRecord &pod, int sign)
{
    const Load share = shareOf(pod);
    if (share == Load())
        return;
    const auto known = m_loads.find(pod.node);
    if (known == m_loads.end())
        m_ids.insert_or_assign(snapshot.view(pod.node), pod.node);
    Load &load = known == m_loads.end() ? m_loads[pod.node] : *known;
    load.pods += static_cast<quint32>(sign) * share.pods;
    load.failing += static_cast<quint32>(sign) * share.failing;
    load.cpuMilli += sign * share.cpuMilli;
    load.memory += sign * share.memory;
}

QSet<StringId> NodeLoad::apply(const Batch &batch)
{
    QSet<StringId> touched;
    m_strings = batch.snapshot->strings;
    const KindDelta &delta = batch.delta(Kind::Pod);
    const auto count = [&](const Snapshot &snapshot, Ref<PodRecord> pod, int sign) {
        if (pod && pod->node != StringId::Empty) {
            add(snapshot, *pod, sign);
            touched.insert(pod->node);
        }
    };
    const auto &before = batch.previous->table<Kind::Pod>();
    const auto &after = batch.snapshot->table<Kind::Pod>();
    for (const Slot slot : delta.removed)
        count(*batch.previous, before.at(slot), -1);
    for (const Slot slot : delta.changed) {
        const Ref<PodRecord> old = before.at(slot);
        const Ref<PodRecord> now = after.at(slot);
        // Most changes of a pod change nothing of what it asks for.
        if (old && now && old->node == now->node && shareOf(*old) == shareOf(*now))
            continue;
        count(*batch.previous, old, -1);
        count(*batch.snapshot, now, 1);
    }
    for (const Slot slot : delta.added)
        count(*batch.snapshot, after.at(slot), 1);
    return touched;
}

NodeLoad::Load NodeLoad::load(std::string_view node) const
{
    const auto id = m_ids.find(node);
    return id == m_ids.end() ? Load() : m_loads.value(id->second);
}

} // namespace kdra::store
