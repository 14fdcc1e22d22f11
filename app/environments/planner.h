// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/demand.h"
#include "store/nodeload.h"
#include "store/snapshot.h"

#include <QSet>

namespace kdra::environments {

// Better before worse; Unknown: something was not answered yet.
enum class Fit : quint8 { Fits, Tight, DoesNotFit, Unknown };

// Whether something can be put somewhere, and why (not), in whole sentences, the weightiest first: "Fits: 0.4 of 3.2
// free cores, 300 MiB of 2.1 GiB.", "pi-007 is cordoned.", "No image for arm: the template is made for amd64, arm64.".
struct Verdict {
    Fit fit = Fit::Unknown;
    QStringList reasons = {};
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

// What the server serves and what its user may create, as far as it is known. "Deployment.apps", "Secret".
struct Rights {
    bool known = false; // false: `notServed` and `forbidden` are not answered yet
    QSet<QString> notServed = {};
    QMap<QString, QString> forbidden = {}; // kind -> the reason, as a sentence
    bool readOnly = false; // the cluster is marked so
};

// Where KDRA would put it, and why, as a sentence.
struct Proposal {
    Target target = {};
    QString reason = {};
};

// Judges one demand against one moment of a cluster: pure, no network. Building it costs one look at each node (5 ms at
// 5,000 nodes); asking is cheap after that. Any thread, one at a time.
class Planner {
public:
    // `ns`: the namespace it would go to when the target does not say; `name`: of the environment, checked to be free
    // there; empty: not checked.
    Planner(Demand demand, store::SnapshotPtr snapshot, const store::NodeLoad &load, Rights rights);

    Verdict verdict(const Target &target) const;
    // By the node's slot in the snapshot's table; Unknown where there is none.
    const std::vector<Fit> &nodes() const { return m_nodes; }
    Fit node(store::Slot slot) const { return slot < m_nodes.size() ? m_nodes[slot] : Fit::Unknown; }
    // For a drop on the cluster: the site or the whole cluster; Raspberry Pis first where the template is made for
    // them, spreading over sites.
    Proposal proposal() const;

    const Demand &demand() const { return m_demand; }
    const store::SnapshotPtr &snapshot() const { return m_snapshot; }

private:
    Demand m_demand;
    store::SnapshotPtr m_snapshot;
    const store::NodeLoad *m_load;
    Rights m_rights;
    std::vector<Fit> m_nodes;
};

} // namespace kdra::environments
