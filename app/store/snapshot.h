// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "store/records.h"

#include <array>
#include <chrono>
#include <memory>
#include <optional>
#include <tuple>
#include <vector>

namespace kdra::store {

// How far the watch of one kind is.
enum class KindPhase : quint8 {
    Waiting, // not yet asked
    Listing, // the first list is arriving
    Live, // complete and watched
    Stale, // was complete; the watch is broken and being repaired (see error and lastHeard)
    Forbidden, // the user may not list or watch it
    NotServed, // this server has no such kind
    Failed, // never complete so far, and failing (see error)
};

enum class Transport : quint8 { None, WebSocketStreamingList, WebSocket, Http };
// "websocket-streaming-list", "websocket", "http", "" (as in --report).
const char *transportName(Transport transport);

struct KindState {
    KindPhase phase = KindPhase::Waiting;
    Transport transport = Transport::None;
    QString apiVersion; // "apps/v1", empty before discovery
    QString scope; // the only namespace the user may watch; empty for all
    std::chrono::steady_clock::time_point lastHeard; // last frame or pong; epoch when never
    qint64 sinceMs = 0; // when the phase began, ms since the Unix epoch by our clock; 0 before the first
    std::optional<Error> error;
    quint64 events = 0; // watch events received since the start
    quint64 bytes = 0;
    quint32 malformed = 0; // objects that could not be read (kept count, shown to the user)
    quint32 reconnects = 0;
};

// Everything known of one cluster at one moment. Immutable; read on any thread, copied as shared_ptr.
// Synopsis: snapshot.table<Kind::Pod>().at(slot)->restarts, snapshot.string(pod->node)
struct Snapshot {
    std::shared_ptr<const StringPool> strings;
    std::tuple<Table<NodeRecord>, Table<PodRecord>, Table<NamespaceRecord>, Table<WorkloadRecord>,
        Table<WorkloadRecord>, Table<WorkloadRecord>, Table<WorkloadRecord>, Table<WorkloadRecord>,
        Table<WorkloadRecord>, Table<ServiceRecord>, Table<EndpointSliceRecord>, Table<IngressRecord>,
        Table<ClaimRecord>, Table<AutoscalerRecord>, Table<EventRecord>, Table<LeaseRecord>, Table<QuotaRecord>,
        Table<LimitRangeRecord>, Table<ApplySetRecord>, Table<SharedTemplateRecord>>
        tables; // by Kind
    std::array<KindState, kindCount> kinds;
    quint64 revision = 0;

    template <Kind K> const Table<typename RecordOf<K>::Type> &table() const
    {
        return std::get<static_cast<size_t>(K)>(tables);
    }
    const KindState &state(Kind kind) const { return kinds[static_cast<size_t>(kind)]; }
    quint32 count(Kind kind) const;
    std::string_view view(StringId id) const { return strings->view(id); }
    QString string(StringId id) const
    {
        const std::string_view text = strings->view(id);
        return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    }
};
using SnapshotPtr = std::shared_ptr<const Snapshot>;

inline QString toQString(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

// What changed from the previous batch to this one, for one kind. No slot is in two lists: an object added and changed
// is in added; one added and removed in the same batch is in none.
struct KindDelta {
    std::vector<Slot> added;
    std::vector<Slot> changed;
    std::vector<Slot> removed;
    bool isEmpty() const { return added.empty() && changed.empty() && removed.empty(); }
};

// What reaches the GUI thread, at most one a frame. `previous` still knows the removed records.
struct Batch {
    SnapshotPtr snapshot;
    SnapshotPtr previous; // never null; empty for the first batch
    std::array<KindDelta, kindCount> deltas;
    bool statesChanged = false; // some KindState differs in more than lastHeard and counters
    std::chrono::steady_clock::time_point
        oldestEvent; // when the oldest event in it was received, first lists aside; epoch if none

    const KindDelta &delta(Kind kind) const { return deltas[static_cast<size_t>(kind)]; }
};

} // namespace kdra::store
