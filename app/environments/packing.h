// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/candidates.h"

namespace kdra::environments {

// The pods of one workload as something to be put somewhere: by index of Demand::pods.
struct Ask {
    Room one = {}; // of one pod
    qint64 replicas = 0;
    bool everyNode = false;
};
std::vector<Ask> asksOf(const QList<PodDemand> &pods);

// Whether pods find room on some of the nodes.
struct Packing {
    enum class Outcome : quint8 {
        Fits, // a way was found
        Doubtful, // none was found, and nothing proves that there is none
        Short, // all together they ask for more than is free, of the resource that `lack` names
        Single, // workload `pods` has pods that fewer nodes have room for than there are pods
        Nowhere, // no node takes pods of workload `pods`, room aside
    };
    Outcome outcome = Outcome::Fits;
    size_t pods = 0; // index of Demand::pods
    Room asked = {}; // by all, DaemonSets on each node that takes them included
    Room free = {}; // on the nodes that take any of them
    Room allocatable = {}; // of those
    int usable = 0; // how many those are
    // Of each workload, by index of Demand::pods: the nodes that take it.
    std::vector<int> takers = {};
    int withoutDaemon = 0; // nodes that take a DaemonSet but have no room for it
};

// `nodes`: indices of candidates.all(). Proofs come first; then first fit, the largest first, in several orders: what
// is said not to fit does not fit. Costs workloads times nodes. `ignored`: obstacles, or-ed, that are taken for none.
Packing pack(
    const Candidates &candidates, const std::vector<Ask> &asks, std::span<const quint32> nodes, quint16 ignored = 0);

} // namespace kdra::environments
