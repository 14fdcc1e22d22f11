// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/planner.h"
#include "ui/topology/walk.h"

namespace kdra::ui {

// A place on the canvas as somewhere to put an environment.
struct DropTarget {
    environments::Target target = {};
    Stop stop = {}; // the tile or the group that is meant; null: the whole canvas
    bool operator==(const DropTarget &) const = default;
};

// What is meant by letting go over a stop: the node or the namespace of a tile, the environment its workload belongs
// to, the site or the namespace of a group; else the cluster.
DropTarget dropTarget(const Scene &scene, const Stop &stop);

} // namespace kdra::ui
