// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/topology/scene.h"

namespace kdra::ui {

// What a text finds on the canvas: nodes by name; pods by their own name and by that of their namespace, of the
// workload that owns them, and of a service or an ingress that leads to them. Letters of either case; O(nodes + pods).
struct SearchResult {
    std::vector<bool> tiles; // by tile: itself or one of its pods; empty when there is no search
    std::vector<PodPlace> places; // in reading order; cell -1 for a node. At most `most`.
    int nodes = 0;
    int pods = 0;
    // Objects without a place whose name matches; their pods are in `pods`.
    int namespaces = 0;
    int workloads = 0;
    int services = 0;
    static constexpr size_t most = 2000;
};

SearchResult search(const Scene &scene, const QString &text);

} // namespace kdra::ui
