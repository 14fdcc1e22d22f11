// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/topology/scene.h"

// The keyboard's way over the canvas: from group to group, into a group's tiles, into a tile's pods. Pure.
namespace kdra::ui {

// Where the keyboard's attention is: a pod, else a tile, else a group, else nowhere.
struct Stop {
    int group = -1;
    int tile = -1;
    int cell = -1;

    bool isNull() const { return group < 0 && tile < 0; }
    bool isPod() const { return tile >= 0 && cell >= 0; }
    bool isTile() const { return tile >= 0 && cell < 0; }
    bool isGroup() const { return tile < 0 && group >= 0; }
    PodPlace place() const { return {tile, cell}; }
    bool operator==(const Stop &) const = default;
};

Stop stopAtTile(const Scene &scene, int tile);
// What is left of a stop when the scene has changed: the stop, or the nearest level above that is still there.
Stop present(const Scene &scene, Stop stop);

// Into a group (its first tile) or a tile (its first pod); the stop itself where there is nothing to go into.
Stop inside(const Scene &scene, Stop stop);
// From a pod to its tile, from a tile to its group, from a group to nowhere.
Stop outside(Stop stop);
// To the next stop of the same level in a direction (dx, dy in {-1, 0, 1}); the stop itself when there is none.
// `scale`: device independent pixels per world unit. O(tiles), or O(pods of the tile).
Stop step(const Scene &scene, Stop stop, int dx, int dy, double scale);

// Groups in reading order. O(tiles).
std::vector<int> groupsOf(const Scene &scene);
// Tiles of a group and pods of a tile in reading order. O(tiles), O(cells).
std::vector<int> tilesOf(const Scene &scene, int group);
std::vector<int> occupiedCells(const NodeTile &tile);

} // namespace kdra::ui
