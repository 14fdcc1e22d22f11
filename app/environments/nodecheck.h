// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/findings.h"
#include "environments/packing.h"

namespace kdra::environments {

// Whether the node at an index of candidates.all() takes all the pods, without saying why.
Fit nodeFit(const Candidates &candidates, const std::vector<Ask> &asks, size_t node);

// The same in words. `asksForTaints`: as in Placing.
void checkNode(Findings &findings, const Demand &demand, const store::Snapshot &snapshot, const Candidates &candidates,
    const std::vector<Ask> &asks, size_t node, bool asksForTaints);

// Whether the pods find room on some of the nodes, in words. `site`: its name; empty for the cluster.
void checkNodes(Findings &findings, const Demand &demand, const Candidates &candidates, const std::vector<Ask> &asks,
    std::span<const quint32> nodes, const QString &site, bool asksForTaints);

} // namespace kdra::environments
