// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/ownuse.h"
#include "environments/podrules.h"
#include "store/nodeload.h"
#include "store/snapshot.h"

#include <span>
#include <unordered_map>

namespace kdra::environments {

// What keeps pods off a node, room aside.
enum Obstacle : quint16 {
    NotReady = 1,
    Silent = 2, // its heartbeat is late, or the control plane has lost it
    Cordoned = 4,
    UnderPressure = 8, // memory, disk, processes, or no network
    Tainted = 16,
    OtherArchitecture = 32,
    NotSelected = 64, // by node selector or node affinity
};

// A node as a place for pods.
struct Candidate {
    store::Slot slot = store::noSlot;
    StringId zone = StringId::Empty;
    Room allocatable = {};
    bool named = false; // has the label by which pods are sent to a node
    Room free = {}; // less what others request; negative when overcommitted
    bool avoided = false; // a taint PreferNoSchedule that some of the pods do not tolerate
};

// The nodes of a cluster as the pods of one demand see them.
class Candidates {
public:
    // `own`: what of the load goes when the demand comes. `now`: seconds since the Unix epoch; 0: heartbeats are not
    // looked at.
    Candidates(const Demand &demand, const store::Snapshot &snapshot, const store::NodeLoad &load, const OwnUse &own,
        qint64 now);

    std::span<const Candidate> all() const { return m_all; }
    // Obstacles, or-ed, of the node at an index of all() for the pods at an index of Demand::pods.
    quint16 obstacles(size_t node, size_t pods) const { return m_obstacles[node * m_groups.size() + m_groupOf[pods]]; }
    bool takes(size_t node, size_t pods) const { return !obstacles(node, pods); }
    // For the pods of every workload together; without DaemonSets where there is anything else.
    quint16 obstacles(size_t node) const;

    // Whether the pods of two workloads may go to the same nodes.
    bool isSameGroup(size_t pods, size_t others) const { return m_groupOf[pods] == m_groupOf[others]; }
    const PodRules &rules(size_t pods) const { return m_groups[m_groupOf[pods]].rules; }
    // Seconds since the heartbeat of a node whose lease has run out; 0 for others.
    qint64 overdue(std::string_view node) const;

private:
    // Workloads whose pods may go to the same nodes: mostly all of them.
    struct Group {
        PodRules rules;
        bool everyNode = false;
        bool operator==(const Group &) const = default;
    };
    quint16 obstaclesFor(const Group &group, const store::Ref<store::NodeRecord> &node, std::string_view labels) const;
    void readLeases(const store::Snapshot &snapshot, qint64 now);

    std::vector<Candidate> m_all;
    std::vector<Group> m_groups;
    std::vector<size_t> m_groupOf; // by index of Demand::pods
    std::vector<quint16> m_obstacles; // node by node, each group
    std::vector<bool> m_deciding; // by group: counts for obstacles(node)
    std::unordered_map<std::string_view, qint64> m_overdue; // seconds since the last heartbeat, of those that are late
};

} // namespace kdra::environments
