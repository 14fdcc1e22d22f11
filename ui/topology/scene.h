// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "edge/piidentity.h"
#include "models/alertmarks.h"
#include "store/snapshot.h"
#include "ui/topology/controllers.h"
#include "ui/topology/layout.h"
#include "ui/topology/overlay.h"
#include "ui/topology/tilecells.h"

#include <string>
#include <unordered_map>

// What the canvas shows of a cluster: tiles of nodes with their pods, groups, sums. Fed by batches, in time that
// follows what changed. GUI thread; knows nothing of pixels.
namespace kdra::ui {

enum class Grouping : quint8 { Site, Role, NodeLabel, Namespace, Workload, PodLabel };
// Tiles are workloads (the top-level controllers of pods) rather than nodes.
constexpr bool showsWorkloads(Grouping grouping)
{
    return grouping >= Grouping::Namespace;
}

// A node; or a workload, or a namespace's pods without one, where tiles are workloads.
struct NodeTile {
    QString name;
    store::Slot slot = store::noSlot; // in its table; noSlot: only its pods speak of it (it may not be listed)
    store::Uid uid;
    store::Kind objectKind = store::Kind::Node; // Kind::Pod: pods without a controller
    TileKind kind = TileKind::Server;
    edge::PiIdentity pi;
    QString zone;
    store::Severity severity = store::Severity::Unknown;
    store::NodeRecord::Ready ready = store::NodeRecord::Ready::Unknown;
    quint8 pressures = 0;
    bool unschedulable = false;
    bool paused = false; // workload
    bool shown = false;
    quint16 podsAllocatable = 0;
    quint32 cpuMilliAllocatable = 0;
    quint64 memoryAllocatable = 0;
    quint64 cpuMilliRequested = 0; // of pods that have not ended
    quint64 memoryRequested = 0;
    qint64 heardMs = 0; // last renewal of its lease, by our clock; 0: no lease
    quint32 leaseSeconds = 0;
    quint32 lateSeconds = 0; // since heardMs when that is longer than leaseSeconds, else 0
    int alerts = 0; // that are about it or its pods
    store::Severity alertSeverity = store::Severity::Unknown; // the worst of them
    QString group; // value of the label, namespace or kind that it is grouped by; empty: it has none
    QString ns; // workload
    QString ownerKind; // workload, as its pods call it: "Deployment", "Rollout"
    StringId nsId = StringId::Empty;
    int labelValue = -1;
    int room = 0; // workload: see TileSpec
    quint32 desired = 0; // workload
    quint32 readyPods = 0; // workload
    TileCells cells;
    std::vector<quint8> severities; // by cell: a store::Severity or emptyCell
    std::array<quint32, 5> bySeverity{};
    std::vector<quint8> steps; // by cell: of the scene's overlay, noStep or emptyCell
    StepCounts byStep{};

    // The share of the node that is taken, may exceed 1; negative: not known, or the overlay has none.
    double load(Overlay overlay) const;
    bool isWorkload() const { return kind == TileKind::Workload; }
    bool isBarePods() const { return isWorkload() && objectKind == store::Kind::Pod; }
    bool isKnown() const { return slot != store::noSlot || isBarePods(); }
    bool isTray() const { return kind == TileKind::Tray; }
    // Its own word cannot be trusted: heartbeat late, or ready Unknown.
    bool isSilent() const { return lateSeconds || (isKnown() && ready == store::NodeRecord::Ready::Unknown); }
};

struct TileGroup {
    QString name;
    int rank = 0;
    int nodes = 0;
    int workloads = 0;
    int controlPlanes = 0;
    int pis = 0; // that are no control plane
    int silent = 0;
    int notReady = 0;
    quint32 pods = 0;
    quint32 failingPods = 0;
    bool isTray = false;
};

struct PodPlace {
    int tile = -1;
    int cell = -1;
    bool operator==(const PodPlace &) const = default;
};

// What a batch did to the picture.
struct SceneChange {
    enum class Kind : quint8 { Appeared, Failed, Gone };
    struct Pod {
        PodPlace place;
        Kind kind = Kind::Appeared;
        store::Severity severity = store::Severity::Unknown;
    };
    std::vector<int> tiles; // to be painted again, each once
    std::vector<int> groups; // whose header changed
    std::vector<Pod> pods; // worth showing as movement; empty when too many at once
    bool layout = false; // everything may have moved
    bool states = false; // freshness of nodes or pods changed: everything is to be painted again
    bool isEmpty() const { return tiles.empty() && groups.empty() && !layout && !states; }
};

class Scene {
public:
    Scene();

    void reset(const store::SnapshotPtr &snapshot);
    // A batch that does not follow what the scene shows is taken as a reset.
    SceneChange apply(const store::Batch &batch);
    // `label`: the key, for NodeLabel and PodLabel. Seats all pods anew when tiles become workloads or nodes.
    void setGrouping(Grouping grouping, const QString &label = {});
    Grouping grouping() const { return m_grouping; }
    const QString &groupingLabel() const { return m_label; }
    bool showsWorkloads() const { return ui::showsWorkloads(m_grouping); }
    // Colours cells by something else, as of now (ms since the epoch, ours), and ends a filter. O(pods).
    void setOverlay(Overlay overlay, qint64 nowMs);
    Overlay overlay() const { return m_overlay; }
    // Pods grow older, and other images become common. Returns the tiles whose colours changed; O(pods) in the overlays
    // Age and Image, else nothing.
    SceneChange updateAges(qint64 nowMs);
    // What the overlay's steps are called; an empty name: there is no such step.
    QStringList stepNames() const;
    // Pods by step, all tiles together.
    const StepCounts &byStep() const { return m_byStep; }
    // Only these steps are meant; what else there is stays in the background.
    void setFilter(Steps steps) { m_filter = steps; }
    Steps filter() const { return m_filter; }
    bool isFiltered() const { return m_filter != allSteps; }
    bool passes(quint8 step) const { return !isFiltered() || (step < stepCount && (m_filter >> step & 1)); }
    // Packs the groups for another window (device independent pixels): its shape, and names that can be read in it.
    void setWindow(const QSizeF &window);

    // What fires; known until it is set again. Returns the tiles whose badges changed.
    SceneChange setAlerts(const models::AlertMarks &alerts);
    const models::AlertMarks &alerts() const { return m_alerts; }

    // Looks at the clock (ms since the epoch, ours). Returns the tiles whose lateness changed.
    SceneChange updateHeartbeats(qint64 nowMs);
    // When updateHeartbeats() is due next; 0: not at all.
    qint64 nextHeartbeatMs() const { return m_nextHeartbeat; }

    const store::SnapshotPtr &snapshot() const { return m_snapshot; }
    const Layout &layout() const { return m_layout; }
    // By tile index; those not `shown` are free.
    const std::vector<NodeTile> &tiles() const { return m_tiles; }
    const NodeTile &tile(int index) const { return m_tiles[static_cast<size_t>(index)]; }
    const TileGroup &group(int index) const { return m_groups[static_cast<size_t>(index)]; }
    CellGrid cells(int index, double scale) const { return m_layout.cells(index, tile(index).cells.used(), scale); }

    PodPlace placeOf(store::Slot pod) const;
    // -1 / an empty place when not shown. Pods by uid: O(pods).
    int tileOf(const store::Uid &nodeOrWorkload) const;
    PodPlace placeOf(const store::Uid &pod) const;
    store::Ref<store::PodRecord> podAt(PodPlace place) const;
    store::Ref<store::NodeRecord> nodeAt(int tile) const;

    bool podsStale() const { return m_podsStale; }
    bool nodesStale() const { return m_nodesStale; }
    quint32 podCount() const { return m_podCount; }

private:
    struct Pod {
        quint64 memory = 0;
        quint32 cpuMilli = 0;
        quint32 restarts = 0;
        quint32 created = 0;
        StringId image = StringId::Empty;
        StringId node = StringId::Empty;
        int tile = -1;
        int cell = -1;
        store::Severity severity = store::Severity::Unknown;
    };

    // What tells tiles of workloads apart: the controller (null: pods without one, by namespace), and the value of
    // the label that they are grouped by.
    struct WorkloadKey {
        store::Uid uid;
        StringId ns = StringId::Empty;
        int labelValue = -1;
        bool operator==(const WorkloadKey &) const = default;
    };
    friend size_t qHash(const WorkloadKey &key, size_t seed) noexcept
    {
        return qHash(key.uid, seed) ^ static_cast<size_t>(key.ns) << 20 ^ static_cast<size_t>(key.labelValue + 1) << 40;
    }

    int newTile();
    int tileOfPod(store::Ref<store::PodRecord> pod);
    int tileOfWorkload(store::Ref<store::PodRecord> pod);
    void judgeByPods(NodeTile &tile) const;
    static int roomFor(int cells);
    int labelValueOf(StringId labels);
    void describeWorkload(NodeTile &tile, const Controllers::Controller &controller);
    void applyWorkloads(const store::Batch &batch);
    void resettle(int tile);
    int tileNamed(std::string_view name);
    int tileOfNodeId(StringId node);
    void putNode(store::Ref<store::NodeRecord> node);
    bool putAlerts(NodeTile &tile) const;
    void removeNode(store::Slot slot);
    void putPod(store::Ref<store::PodRecord> pod, bool added);
    void removePod(store::Slot slot);
    void putLease(store::Ref<store::LeaseRecord> lease);
    void releaseIfUnused(int tile);
    void seatAll();
    void relayout();
    void summarize(int group);
    void touch(int tile);
    quint8 stepOf(const Pod &pod) const;
    bool setStep(PodPlace place, quint8 step);
    bool restep(int tile);
    void restepByCount(int tile);
    void restepAll();
    void applyNodes(const store::Batch &batch);
    bool rankImages();
    store::Ref<store::NodeRecord> nodeOfPod(const Pod &pod) const;
    void readStates();
    SceneChange takeChange(size_t events);
    const store::Table<store::PodRecord> &pods() const { return m_snapshot->table<store::Kind::Pod>(); }
    const store::Table<store::NodeRecord> &nodes() const { return m_snapshot->table<store::Kind::Node>(); }

    store::SnapshotPtr m_snapshot;
    std::vector<NodeTile> m_tiles; // 0 is the tray
    std::vector<int> m_freeTiles;
    std::unordered_map<std::string, int> m_tileByName;
    std::vector<int> m_tileByNodeId; // by StringId of the node's name
    std::vector<int> m_tileByNodeSlot;
    Controllers m_controllers; // filled where tiles are workloads
    QHash<WorkloadKey, int> m_tileByWorkload;
    QHash<StringId, int> m_valueByLabels; // set of labels -> index into m_labelValues; -1: has not got the label
    QStringList m_labelValues;
    std::vector<Pod> m_pods; // by slot
    quint32 m_podCount = 0;
    std::vector<TileGroup> m_groups;
    Layout m_layout;
    Grouping m_grouping = Grouping::Site;
    QString m_label;
    Overlay m_overlay = Overlay::Status;
    Steps m_filter = allSteps;
    StepCounts m_byStep{};
    qint64 m_nowMs = 0; // for ages
    std::array<StringId, stepCount - 1> m_images{}; // in the overlay Image, by step
    mutable std::unordered_map<std::string, store::Slot> m_nodeSlots; // by the node's name, where tiles are workloads
    QSizeF m_window{1600, 1000};
    int m_serverCells = 0;
    int m_piCells = 0;
    int m_trayRoom = 0;
    bool m_podsStale = false;
    bool m_nodesStale = false;
    bool m_leasesLive = false;
    bool m_podsLive = false;
    qint64 m_nextHeartbeat = 0;
    models::AlertMarks m_alerts;

    SceneChange m_change;
    std::vector<bool> m_touched; // by tile: already in m_change.tiles
    bool m_layoutDirty = false;
};

} // namespace kdra::ui
