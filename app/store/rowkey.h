// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/snapshot.h"

namespace kdra::store {

// One object of a cluster, known by its uid: rows, slots and positions come and go.
struct Item {
    Kind kind = Kind::Node;
    Uid uid;
    bool isNull() const { return uid.isNull(); }
    bool operator==(const Item &) const = default;
};

// A record of a snapshot in 32 bits: kind and slot. Valid as long as the slot holds the same object.
class RowKey {
public:
    RowKey() = default;
    RowKey(Kind kind, Slot slot)
        : m_value(static_cast<quint32>(kind) << SlotBits | slot)
    {
    }
    Kind kind() const { return static_cast<Kind>(m_value >> SlotBits); }
    Slot slot() const { return m_value & ((1U << SlotBits) - 1); }
    quint32 value() const { return m_value; }
    auto operator<=>(const RowKey &) const = default;

private:
    static constexpr int SlotBits = 27;
    static_assert(kindCount <= 1 << (32 - SlotBits));
    quint32 m_value = 0;
};

// Calls function(table of the kind).
template <class Function> decltype(auto) withTable(const Snapshot &snapshot, Kind kind, Function function)
{
    using enum Kind;
    switch (kind) {
    case Node:
        return function(snapshot.table<Node>());
    case Pod:
        return function(snapshot.table<Pod>());
    case Namespace:
        return function(snapshot.table<Namespace>());
    case Deployment:
        return function(snapshot.table<Deployment>());
    case ReplicaSet:
        return function(snapshot.table<ReplicaSet>());
    case StatefulSet:
        return function(snapshot.table<StatefulSet>());
    case DaemonSet:
        return function(snapshot.table<DaemonSet>());
    case Job:
        return function(snapshot.table<Job>());
    case CronJob:
        return function(snapshot.table<CronJob>());
    case Service:
        return function(snapshot.table<Service>());
    case EndpointSlice:
        return function(snapshot.table<EndpointSlice>());
    case Ingress:
        return function(snapshot.table<Ingress>());
    case PersistentVolumeClaim:
        return function(snapshot.table<PersistentVolumeClaim>());
    case HorizontalPodAutoscaler:
        return function(snapshot.table<HorizontalPodAutoscaler>());
    case Event:
        return function(snapshot.table<Event>());
    case Lease:
        return function(snapshot.table<Lease>());
    case ResourceQuota:
        return function(snapshot.table<ResourceQuota>());
    case LimitRange:
        return function(snapshot.table<LimitRange>());
    case ApplySet:
        return function(snapshot.table<ApplySet>());
    case SharedTemplate:
        return function(snapshot.table<SharedTemplate>());
    }
    Q_UNREACHABLE_RETURN(function(snapshot.table<Node>()));
}

// What every record has: its meta and its name; null when the slot is free.
struct AnyRecord {
    const Meta *meta = nullptr;
    std::string_view name;
    explicit operator bool() const { return meta; }
};
AnyRecord recordAt(const Snapshot &snapshot, RowKey key);

// Where an object is now. Linear in the objects of its kind: for a selection, not for each row.
std::optional<RowKey> find(const Snapshot &snapshot, const Item &item);

} // namespace kdra::store

Q_DECLARE_METATYPE(kdra::store::Item)
