// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/topology/metrics.h"

#include <QPointF>
#include <QRectF>
#include <QSize>
#include <QString>

#include <vector>

// Where everything is on the canvas: pure geometry in world units (one pixel at a scale of 1). No painting, no store.
namespace kdra::ui {

// The order is the order inside a group.
enum class TileKind : quint8 { ControlPlane, Server, Pi, Workload, Tray };

struct TileSpec {
    QString name;
    int group = -1; // index into LayoutInput::groups; -1: not shown
    TileKind kind = TileKind::Server;
    int room = 0; // of a workload: its size, below metrics::workloadRooms.size(); the largest come first
};

struct GroupSpec {
    QString name;
    int rank = 0; // groups of a higher rank come after all of a lower one ("No site", "Pending")
};

struct LayoutInput {
    std::vector<GroupSpec> groups;
    std::vector<TileSpec> tiles;
    double aspect = 1.6; // width : height of the room there is
    double headerShare = 0.026; // of that height, for the name of a group
    int serverCells = 40; // pods a server's tile holds before its cells shrink
    int piCells = 24;
    int trayCells = 0; // pods in the tray: its height
};

// The cells of one tile.
struct CellGrid {
    QRectF area;
    double pitchX = 0;
    double pitchY = 0;
    int columns = 1;
    int rows = 1;

    // A cell with the gap to its right and below.
    QRectF slot(int cell) const
    {
        const int row = cell / columns;
        return {area.x() + (cell % columns) * pitchX, area.y() + row * pitchY, pitchX, pitchY};
    }
    QRectF rect(int cell) const;
    // -1 outside the grid.
    int cellAt(QPointF point) const;
};

// Tiles are named by their index in LayoutInput::tiles. The result depends on names only, not on their order in the
// input, and on nothing that pods do.
class Layout {
public:
    static Layout build(const LayoutInput &input);

    QRectF bounds() const { return m_bounds; }
    int groupCount() const { return static_cast<int>(m_groups.size()); }
    QRectF groupRect(int group) const { return m_groups[static_cast<size_t>(group)].rect; }
    // The strip at the top of a group's rectangle that tiles leave free.
    double groupHeaderHeight() const { return m_header; }
    int tileCount() const { return static_cast<int>(m_tiles.size()); }
    // Empty for a tile that is not shown.
    QRectF tileRect(int tile) const;
    TileKind tileKind(int tile) const { return m_tiles[static_cast<size_t>(tile)].kind; }
    int tileGroup(int tile) const { return m_tiles[static_cast<size_t>(tile)].group; }
    // Tiles in the order they are read: by group, kind and name.
    const std::vector<int> &order() const { return m_order; }

    // `used`: cells that must have room; `scale`: device independent pixels per world unit (semantic zoom).
    CellGrid cells(int tile, int used, double scale) const;

    // -1 where there is none. O(log groups).
    int groupAt(QPointF point) const;
    int tileAt(QPointF point) const;
    // Calls function(tile) for every tile that touches the rectangle; cost follows the answer, not the fleet.
    template <class Function> void forTilesIn(const QRectF &rect, Function function) const;
    template <class Function> void forGroupsIn(const QRectF &rect, Function function) const;
    // The nearest tile in a direction (dx, dy in {-1, 0, 1}); `tile` itself when there is none. O(tiles).
    int neighbour(int tile, int dx, int dy) const;

private:
    struct Tile {
        QPointF position;
        int group = -1;
        int section = -1;
        TileKind kind = TileKind::Server;
    };
    // Tiles of one size in one group: a grid.
    struct Section {
        TileKind kind = TileKind::Server;
        int room = 0;
        QRectF rect;
        QSizeF tile;
        int first = 0; // in m_order
        int count = 0;
        int columns = 1;
    };
    struct Group {
        QRectF rect;
        int firstSection = 0;
        int sections = 0;
    };
    struct Shelf {
        double top = 0;
        double bottom = 0;
        int first = 0; // in m_shelved
        int count = 0;
    };

    // Columns and rows of cells that a tile is made for.
    QSize gridOf(TileKind kind, int room) const;
    void sortTiles(const LayoutInput &input, const std::vector<int> &groups);
    void placeGroup(int group, QPointF position, double width);

    std::vector<Tile> m_tiles;
    std::vector<int> m_order;
    std::vector<Section> m_sections;
    std::vector<Group> m_groups;
    std::vector<Shelf> m_shelves;
    std::vector<int> m_shelved; // groups by shelf, left to right
    QRectF m_bounds;
    double m_header = metrics::groupHeader;
    int m_serverRows = 2;
    int m_piRows = 2;
};

template <class Function> void Layout::forGroupsIn(const QRectF &rect, Function function) const
{
    for (const Shelf &shelf : m_shelves) {
        if (shelf.bottom < rect.top() || shelf.top > rect.bottom())
            continue;
        for (int i = shelf.first; i < shelf.first + shelf.count; ++i) {
            const int group = m_shelved[static_cast<size_t>(i)];
            if (m_groups[static_cast<size_t>(group)].rect.intersects(rect))
                function(group);
        }
    }
}

template <class Function> void Layout::forTilesIn(const QRectF &rect, Function function) const
{
    forGroupsIn(rect, [&](int index) {
        const Group &group = m_groups[static_cast<size_t>(index)];
        for (int s = group.firstSection; s < group.firstSection + group.sections; ++s) {
            const Section &section = m_sections[static_cast<size_t>(s)];
            const double stepX = section.tile.width() + metrics::tileGap;
            const double stepY = section.tile.height() + metrics::tileGap;
            const int rows = (section.count + section.columns - 1) / section.columns;
            const int row0 = std::max(0, static_cast<int>((rect.top() - section.rect.top()) / stepY));
            const int row1 = std::min(rows - 1, static_cast<int>((rect.bottom() - section.rect.top()) / stepY));
            const int column0 = std::max(0, static_cast<int>((rect.left() - section.rect.left()) / stepX));
            const int column1 =
                std::min(section.columns - 1, static_cast<int>((rect.right() - section.rect.left()) / stepX));
            for (int row = row0; row <= row1; ++row) {
                for (int column = column0; column <= column1; ++column) {
                    const int i = row * section.columns + column;
                    if (i < section.count)
                        function(m_order[static_cast<size_t>(section.first + i)]);
                }
            }
        }
    });
}

} // namespace kdra::ui
