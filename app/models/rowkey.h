// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/selection.h"
#include "store/snapshot.h"

namespace kdra::models {

// A record of a snapshot in 32 bits: kind and slot. Valid as long as the slot holds the same object.
class RowKey {
public:
    RowKey() = default;
    RowKey(store::Kind kind, store::Slot slot)
        : m_value(static_cast<quint32>(kind) << SlotBits | slot)
    {
    }
    store::Kind kind() const { return static_cast<store::Kind>(m_value >> SlotBits); }
    store::Slot slot() const { return m_value & ((1U << SlotBits) - 1); }
    quint32 value() const { return m_value; }
    auto operator<=>(const RowKey &) const = default;

private:
    static constexpr int SlotBits = 28;
    quint32 m_value = 0;
};

// Calls function(table of the kind).
template <class Function> decltype(auto) withTable(const store::Snapshot &snapshot, store::Kind kind, Function function)
{
    using enum store::Kind;
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
    case Event:
        return function(snapshot.table<Event>());
    case Lease:
        return function(snapshot.table<Lease>());
    }
    Q_UNREACHABLE_RETURN(function(snapshot.table<Node>()));
}

// What every record has: its meta and its name; null when the slot is free.
struct AnyRecord {
    const store::Meta *meta = nullptr;
    std::string_view name;
    explicit operator bool() const { return meta; }
};
AnyRecord recordAt(const store::Snapshot &snapshot, RowKey key);

// Where an object is now. Linear in the objects of its kind: for a selection, not for each row.
std::optional<RowKey> find(const store::Snapshot &snapshot, const Item &item);

// "a2" before "a10"; ASCII letters without regard to case first, then exactly.
int naturalCompare(std::string_view a, std::string_view b);

} // namespace kdra::models

Q_DECLARE_METATYPE(kdra::models::Item)
