// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topology/controllers.h"

namespace kdra::ui {

using store::Kind;

namespace {

constexpr std::string_view nodeKind = "Node";
// Deployment over ReplicaSet and CronJob over Job are two; more only where operators own Deployments of their own kind.
constexpr int longestChain = 4;

} // namespace

store::Ref<store::WorkloadRecord> workloadAt(const store::Snapshot &snapshot, store::RowKey key)
{
    switch (key.kind()) {
    case Kind::Deployment:
        return snapshot.table<Kind::Deployment>().at(key.slot());
    case Kind::ReplicaSet:
        return snapshot.table<Kind::ReplicaSet>().at(key.slot());
    case Kind::StatefulSet:
        return snapshot.table<Kind::StatefulSet>().at(key.slot());
    case Kind::DaemonSet:
        return snapshot.table<Kind::DaemonSet>().at(key.slot());
    case Kind::Job:
        return snapshot.table<Kind::Job>().at(key.slot());
    case Kind::CronJob:
        return snapshot.table<Kind::CronJob>().at(key.slot());
    default:
        return {};
    }
}

void Controllers::reset(const store::Snapshot &snapshot)
{
    m_keys.clear();
    for (const Kind kind : kinds) {
        store::withTable(snapshot, kind, [&](const auto &table) {
            table.forEach([&](const auto &record) { m_keys.insert(record->meta.uid, {kind, record.slot()}); });
        });
    }
}

void Controllers::put(const store::Snapshot &snapshot, store::RowKey key)
{
    if (const auto record = workloadAt(snapshot, key))
        m_keys.insert(record->meta.uid, key);
}

Controllers::Controller Controllers::of(const store::Snapshot &snapshot, const store::PodRecord &pod) const
{
    if (pod.meta.owner.isNull() || snapshot.view(pod.meta.ownerKind) == nodeKind)
        return {};
    return top(snapshot, pod.meta.owner);
}

Controllers::Controller Controllers::top(const store::Snapshot &snapshot, const store::Uid &uid) const
{
    Controller result{uid, {}, false};
    store::Uid next = uid;
    for (int i = 0; i < longestChain && !next.isNull(); ++i) {
        const auto key = m_keys.constFind(next);
        if (key == m_keys.cend())
            break;
        const auto record = workloadAt(snapshot, *key);
        if (!record)
            break;
        result = {next, *key, true};
        next = record->meta.owner;
    }
    return result;
}

} // namespace kdra::ui
