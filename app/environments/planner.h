// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/candidates.h"
#include "environments/demand.h"
#include "environments/ownuse.h"
#include "store/nodeload.h"
#include "store/snapshot.h"

#include <QSet>

#include <functional>

namespace kdra::environments {

class Findings;

// Better before worse; Unknown: something was not answered yet.
enum class Fit : quint8 { Fits, Tight, DoesNotFit, Unknown };

// Whether something can be put somewhere, and why (not), in whole sentences, the weightiest first and at most five:
// "Fits: 0.4 of 3.2 free cores, 300 MiB of 2.1 GiB.", "pi-007 is cordoned: no new pods are placed on it.".
struct Verdict {
    Fit fit = Fit::Unknown;
    QStringList reasons = {};
    bool asks = false; // it fits once the user has agreed to what keeps its pods off now: Tight
    bool operator==(const Verdict &) const = default;
};

// Where a template is dropped, or where an environment is put.
struct Target {
    enum class Kind : quint8 {
        Cluster, // wherever the scheduler likes; see proposal()
        Site, // `name`: value of topology.kubernetes.io/zone
        Node,
        Namespace, // into this namespace, wherever the scheduler likes
        Environment, // added to environment `name` of namespace `ns`
    };
    Kind kind = Kind::Cluster;
    QString name = {};
    QString ns = {};
    bool operator==(const Target &) const = default;
};

// What the server serves and what its user may create and patch, as far as it is known. "Deployment.apps", "Secret".
struct Rights {
    bool known = false; // false: `notServed` and `forbidden` are not answered yet
    QSet<QString> notServed = {};
    QMap<QString, QString> forbidden = {}; // kind -> the reason, as a sentence; may be empty
    QMap<QString, QString> notPatched = {}; // the same: what may be created perhaps, but not applied
    bool unanswered = false; // of some the server could not say it
    bool readOnly = false; // the cluster is marked so
};

// As what the environment would be made, where the target does not say.
struct Placing {
    QString name = {}; // of the environment; empty: whether it is free is not checked
    QString ns = {}; // where it goes unless the target is a namespace or an environment
    bool newNamespace = false; // `ns` would be made for it
    bool exists = false; // environment `name` is there: something is added to it, or it is changed
    // Of one that exists: the part that is changed or moved, whose pods make room for what they become; empty: the
    // first. None: all that is there stays.
    std::optional<QString> replaced = {};
    // Which taints the pods shall tolerate there is asked for later: what nothing else keeps off is not refused.
    bool asksForTaints = false;
    qint64 now = 0; // seconds since the Unix epoch, for heartbeats; 0: they are not looked at
    // What is a Raspberry Pi (edge::identifyPi); without it: nodes whose label kdra.dev/board says so.
    std::function<bool(const store::NodeRecord &)> isPi = {};
};

// Where KDRA would put it, and why, as a sentence.
struct Proposal {
    Target target = {};
    QString reason = {};
};

// Judges one demand against one moment of a cluster: pure, no network. Building it costs one look at each node and
// lease, asking one look at the nodes of the target: together below 5 ms at 5,000 nodes. Any thread, one at a time.
//
// What it does not know it does not judge: quotas of certain pods only (scopes), the classes of volumes, affinity
// between pods, extended resources. Of what is moved it warns that volumes may be tied to a node.
class Planner {
public:
    // `load` has to be that of the snapshot; it is read here and not kept.
    Planner(
        Demand demand, store::SnapshotPtr snapshot, const store::NodeLoad &load, Rights rights, Placing placing = {});

    Verdict verdict(const Target &target) const;
    // Whether the whole demand fits on that node, by the node's slot in the snapshot's table; Unknown where there is
    // none. Room and rules only: neither rights nor names nor quotas.
    const std::vector<Fit> &nodes() const { return m_nodes; }
    Fit node(store::Slot slot) const { return slot < m_nodes.size() ? m_nodes[slot] : Fit::Unknown; }
    // For a drop on the cluster: the site (or, for what is made for Raspberry Pis, the Pi) with the least relative load
    // that fits; the whole cluster where there are no sites to choose from.
    Proposal proposal() const;

    const Demand &demand() const { return m_demand; }
    const store::SnapshotPtr &snapshot() const { return m_snapshot; }

private:
    QString namespaceOf(const Target &target) const;
    bool isNewNamespace(const Target &target) const;
    void checkVolumes(Findings &findings, std::span<const quint32> nodes) const;

    Demand m_demand;
    store::SnapshotPtr m_snapshot;
    Rights m_rights;
    Placing m_placing;
    OwnUse m_own; // of what is replaced
    Candidates m_candidates;
    std::vector<Fit> m_nodes;
};

} // namespace kdra::environments
