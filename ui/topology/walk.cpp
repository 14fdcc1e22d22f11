// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topology/walk.h"

#include <cmath>
#include <limits>

namespace kdra::ui {

namespace {

Stop firstStop(const Scene &scene)
{
    const std::vector<int> &order = scene.layout().order();
    return order.empty() ? Stop() : stopAtTile(scene, order.front());
}

// The group whose middle lies nearest in the direction; sideways counts double, so that rows are followed.
Stop stepGroup(const Layout &layout, Stop stop, int dx, int dy)
{
    const QPointF from = layout.groupRect(stop.group).center();
    double best = std::numeric_limits<double>::max();
    Stop result = stop;
    for (int group = 0; group < layout.groupCount(); ++group) {
        const QPointF way = layout.groupRect(group).center() - from;
        const double ahead = way.x() * dx + way.y() * dy;
        const double aside = std::abs(way.x() * dy) + std::abs(way.y() * dx);
        if (group == stop.group || ahead <= 1 || ahead + 2 * aside >= best)
            continue;
        best = ahead + 2 * aside;
        result = {group, -1, -1};
    }
    return result;
}

// Sideways in reading order, so that every pod is passed; up and down in the column.
Stop stepPod(const Scene &scene, Stop stop, int dx, int dy, double scale)
{
    const TileCells &cells = scene.tile(stop.tile).cells;
    const int by = dx ? dx : dy * scene.cells(stop.tile, scale).columns;
    for (int cell = stop.cell + by; cell >= 0 && cell < cells.used(); cell += by) {
        if (cells.podAt(cell) != store::noSlot)
            return {stop.group, stop.tile, cell};
    }
    return stop;
}

} // namespace

Stop stopAtTile(const Scene &scene, int tile)
{
    return tile < 0 || tile >= scene.layout().tileCount() ? Stop() : Stop{scene.layout().tileGroup(tile), tile, -1};
}

Stop present(const Scene &scene, Stop stop)
{
    const Layout &layout = scene.layout();
    if (stop.tile >= 0 && (stop.tile >= layout.tileCount() || layout.tileGroup(stop.tile) < 0))
        stop = {stop.group, -1, -1};
    if (stop.tile >= 0) {
        stop.group = layout.tileGroup(stop.tile);
        if (stop.cell >= 0 && scene.tile(stop.tile).cells.podAt(stop.cell) == store::noSlot)
            stop.cell = -1;
        return stop;
    }
    return stop.group < layout.groupCount() ? stop : Stop();
}

Stop inside(const Scene &scene, Stop stop)
{
    if (stop.isNull())
        return firstStop(scene);
    if (stop.isGroup()) {
        const std::vector<int> tiles = tilesOf(scene, stop.group);
        return tiles.empty() ? stop : Stop{stop.group, tiles.front(), -1};
    }
    if (stop.isTile()) {
        const std::vector<int> cells = occupiedCells(scene.tile(stop.tile));
        return cells.empty() ? stop : Stop{stop.group, stop.tile, cells.front()};
    }
    return stop;
}

Stop outside(Stop stop)
{
    if (stop.isPod())
        return {stop.group, stop.tile, -1};
    if (stop.isTile())
        return {stop.group, -1, -1};
    return {};
}

Stop step(const Scene &scene, Stop stop, int dx, int dy, double scale)
{
    if (stop.isNull())
        return firstStop(scene);
    if (stop.isPod())
        return stepPod(scene, stop, dx, dy, scale);
    if (stop.isTile())
        return stopAtTile(scene, scene.layout().neighbour(stop.tile, dx, dy));
    return stepGroup(scene.layout(), stop, dx, dy);
}

std::vector<int> groupsOf(const Scene &scene)
{
    std::vector<int> groups;
    for (const int tile : scene.layout().order()) {
        const int group = scene.layout().tileGroup(tile);
        if (groups.empty() || groups.back() != group)
            groups.push_back(group);
    }
    return groups;
}

std::vector<int> tilesOf(const Scene &scene, int group)
{
    std::vector<int> tiles;
    for (const int tile : scene.layout().order()) {
        if (scene.layout().tileGroup(tile) == group)
            tiles.push_back(tile);
    }
    return tiles;
}

std::vector<int> occupiedCells(const NodeTile &tile)
{
    std::vector<int> cells;
    for (int cell = 0; cell < tile.cells.used(); ++cell) {
        if (tile.cells.podAt(cell) != store::noSlot)
            cells.push_back(cell);
    }
    return cells;
}

} // namespace kdra::ui
