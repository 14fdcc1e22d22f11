// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topology/layout.h"

#include "ui/topology/naturalorder.h"
#include "ui/topology/packing.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace kdra::ui {

using namespace metrics;

namespace {

QSizeF tileSize(int columns, int rows)
{
    return {2 * tilePadding + columns * cellPitch - (cellPitch - cellSize),
        tilePadding + tileHeader + rows * cellPitch - (cellPitch - cellSize)};
}

} // namespace

QRectF CellGrid::rect(int cell) const
{
    const QRectF whole = slot(cell);
    const double gap = std::min(pitchX, pitchY) * (1 - cellSize / cellPitch);
    return {whole.x(), whole.y(), whole.width() - gap, whole.height() - gap};
}

int CellGrid::cellAt(QPointF point) const
{
    if (pitchX <= 0 || pitchY <= 0 || point.x() < area.left() || point.y() < area.top())
        return -1;
    const int column = static_cast<int>((point.x() - area.left()) / pitchX);
    const int row = static_cast<int>((point.y() - area.top()) / pitchY);
    return column < columns && row < rows ? row * columns + column : -1;
}

Layout Layout::build(const LayoutInput &input)
{
    Layout layout;
    layout.m_serverRows = std::max(2, (input.serverCells + serverColumns - 1) / serverColumns);
    layout.m_piRows = std::max(2, (input.piCells + piColumns - 1) / piColumns);
    layout.m_groups.resize(input.groups.size());
    std::vector<int> groups(input.groups.size());
    std::ranges::iota(groups, 0);
    int tray = -1;
    std::ranges::sort(groups, [&](int a, int b) {
        const GroupSpec &left = input.groups[static_cast<size_t>(a)];
        const GroupSpec &right = input.groups[static_cast<size_t>(b)];
        return left.rank != right.rank ? left.rank < right.rank : naturalLess(left.name, right.name);
    });
    layout.sortTiles(input, groups);
    std::erase_if(groups, [&](int index) {
        const Group &group = layout.m_groups[static_cast<size_t>(index)];
        const bool isTray =
            group.sections == 1 && layout.m_sections[static_cast<size_t>(group.firstSection)].kind == TileKind::Tray;
        if (isTray)
            tray = index;
        return isTray;
    });

    std::vector<packing::Box> boxes;
    boxes.reserve(groups.size());
    for (const int g : groups) {
        packing::Box &box = boxes.emplace_back();
        const Group &group = layout.m_groups[static_cast<size_t>(g)];
        for (int s = group.firstSection; s < group.firstSection + group.sections; ++s) {
            const Section &section = layout.m_sections[static_cast<size_t>(s)];
            box.sections.push_back({section.tile, section.count});
        }
    }
    const packing::Plan plan = packing::pack(boxes, input.aspect, input.headerShare);
    if (!boxes.empty())
        layout.m_header = plan.header;

    double y = 0;
    for (const packing::Shelf &shelf : plan.shelves) {
        Shelf &row = layout.m_shelves.emplace_back();
        row = {y, y + shelf.height, static_cast<int>(layout.m_shelved.size()), shelf.count};
        double x = 0;
        for (int i = shelf.first; i < shelf.first + shelf.count; ++i) {
            const packing::Placed &placed = plan.boxes[static_cast<size_t>(i)];
            const int g = groups[static_cast<size_t>(i)];
            layout.m_groups[static_cast<size_t>(g)].rect = {x, y, placed.width, shelf.height};
            layout.placeGroup(g, {x, y}, placed.inner);
            layout.m_shelved.push_back(g);
            x += placed.width + groupGap;
        }
        y += shelf.height + groupGap;
    }
    double width = plan.width;
    if (tray >= 0) {
        width = std::max(width, 2 * groupPadding + tileSize(serverColumns, 1).width());
        const double inner = width - 2 * groupPadding;
        Section &section =
            layout.m_sections[static_cast<size_t>(layout.m_groups[static_cast<size_t>(tray)].firstSection)];
        const int columns = std::max(1, static_cast<int>((inner - 2 * tilePadding) / cellPitch));
        const int rows = std::max(1, (input.trayCells + columns - 1) / columns);
        section.tile = {inner, 2 * tilePadding + rows * cellPitch - (cellPitch - cellSize)};
        const double height = layout.m_header + section.tile.height() + groupPadding;
        layout.m_shelves.push_back({y, y + height, static_cast<int>(layout.m_shelved.size()), 1});
        layout.m_shelved.push_back(tray);
        layout.m_groups[static_cast<size_t>(tray)].rect = {0, y, width, height};
        layout.placeGroup(tray, {0, y}, inner);
        y += height + groupGap;
    }
    layout.m_bounds = {0, 0, width, std::max(0.0, y - groupGap)};
    return layout;
}

QSize Layout::gridOf(TileKind kind, int room) const
{
    if (kind == TileKind::Workload) {
        const Room &size = workloadRooms[static_cast<size_t>(room)];
        return {size.columns, size.rows};
    }
    return kind == TileKind::Pi ? QSize(piColumns, m_piRows) : QSize(serverColumns, m_serverRows);
}

// Fills m_tiles, m_order and m_sections.
void Layout::sortTiles(const LayoutInput &input, const std::vector<int> &groups)
{
    std::vector<size_t> position(groups.size());
    for (size_t i = 0; i < groups.size(); ++i)
        position[static_cast<size_t>(groups[i])] = i;
    m_tiles.resize(input.tiles.size());
    for (size_t i = 0; i < input.tiles.size(); ++i) {
        m_tiles[i].group = input.tiles[i].group;
        m_tiles[i].kind = input.tiles[i].kind;
        if (input.tiles[i].group >= 0)
            m_order.push_back(static_cast<int>(i));
    }
    std::ranges::sort(m_order, [&](int a, int b) {
        const TileSpec &left = input.tiles[static_cast<size_t>(a)];
        const TileSpec &right = input.tiles[static_cast<size_t>(b)];
        if (left.group != right.group)
            return position[static_cast<size_t>(left.group)] < position[static_cast<size_t>(right.group)];
        if (left.kind != right.kind)
            return left.kind < right.kind;
        return left.room != right.room ? left.room > right.room : naturalLess(left.name, right.name);
    });
    for (size_t i = 0; i < m_order.size(); ++i) {
        Tile &tile = m_tiles[static_cast<size_t>(m_order[i])];
        Group &group = m_groups[static_cast<size_t>(tile.group)];
        const int room = input.tiles[static_cast<size_t>(m_order[i])].room;
        if (!group.sections || m_sections.back().kind != tile.kind || m_sections.back().room != room) {
            if (!group.sections++)
                group.firstSection = static_cast<int>(m_sections.size());
            Section &section = m_sections.emplace_back();
            section.kind = tile.kind;
            section.room = room;
            const QSize grid = gridOf(section.kind, room);
            section.tile = tileSize(grid.width(), grid.height());
            section.first = static_cast<int>(i);
        }
        ++m_sections.back().count;
        tile.section = static_cast<int>(m_sections.size()) - 1;
    }
}

void Layout::placeGroup(int index, QPointF position, double width)
{
    const Group &group = m_groups[static_cast<size_t>(index)];
    double y = position.y() + m_header;
    for (int s = group.firstSection; s < group.firstSection + group.sections; ++s) {
        Section &section = m_sections[static_cast<size_t>(s)];
        section.columns = packing::columnsIn(width, section.tile.width());
        const int rows = (section.count + section.columns - 1) / section.columns;
        section.rect = {position.x() + groupPadding, y, section.columns * (section.tile.width() + tileGap) - tileGap,
            rows * (section.tile.height() + tileGap) - tileGap};
        for (int i = 0; i < section.count; ++i) {
            const int row = i / section.columns;
            m_tiles[static_cast<size_t>(m_order[static_cast<size_t>(section.first + i)])].position = {
                section.rect.x() + (i % section.columns) * (section.tile.width() + tileGap),
                y + row * (section.tile.height() + tileGap)};
        }
        y += section.rect.height() + tileGap;
    }
}

QRectF Layout::tileRect(int index) const
{
    const Tile &tile = m_tiles[static_cast<size_t>(index)];
    return tile.section < 0 ? QRectF() : QRectF(tile.position, m_sections[static_cast<size_t>(tile.section)].tile);
}

CellGrid Layout::cells(int index, int used, double scale) const
{
    const QRectF rect = tileRect(index);
    const TileKind kind = tileKind(index);
    const double padding = std::min(tilePadding, paddingPixels(scale) / scale);
    const double header = kind == TileKind::Tray ? padding : std::max(padding, headerPixels(scale) / scale);
    CellGrid grid;
    grid.area = rect.adjusted(padding, header, -padding, -padding);
    const int section = m_tiles[static_cast<size_t>(index)].section;
    const QSize room = gridOf(kind, section < 0 ? 0 : m_sections[static_cast<size_t>(section)].room);
    int columns = room.width();
    int rows = room.height();
    if (kind == TileKind::Tray) {
        columns = std::max(1, static_cast<int>((rect.width() - 2 * tilePadding) / cellPitch));
        rows = std::max(1, static_cast<int>(std::lround((rect.height() - 2 * tilePadding) / cellPitch)));
    }
    // A tile with more pods than it was made for shrinks its cells, in coarse steps: rarely, and only its own.
    double factor = 1;
    while (static_cast<int>(columns * factor) * static_cast<int>(rows * factor) < used)
        factor += 0.5;
    grid.columns = static_cast<int>(columns * factor);
    grid.rows = static_cast<int>(rows * factor);
    grid.pitchX = grid.area.width() / grid.columns;
    grid.pitchY = grid.area.height() / grid.rows;
    return grid;
}

int Layout::groupAt(QPointF point) const
{
    const auto shelf = std::ranges::lower_bound(m_shelves, point.y(), {}, &Shelf::bottom);
    if (shelf == m_shelves.end() || point.y() < shelf->top)
        return -1;
    const auto begin = m_shelved.begin() + shelf->first;
    const auto end = begin + shelf->count;
    const auto group = std::lower_bound(
        begin, end, point.x(), [&](int g, double x) { return m_groups[static_cast<size_t>(g)].rect.right() < x; });
    return group != end && m_groups[static_cast<size_t>(*group)].rect.contains(point) ? *group : -1;
}

int Layout::tileAt(QPointF point) const
{
    const int index = groupAt(point);
    if (index < 0)
        return -1;
    const Group &group = m_groups[static_cast<size_t>(index)];
    for (int s = group.firstSection; s < group.firstSection + group.sections; ++s) {
        const Section &section = m_sections[static_cast<size_t>(s)];
        if (!section.rect.contains(point))
            continue;
        const int column = static_cast<int>((point.x() - section.rect.x()) / (section.tile.width() + tileGap));
        const int row = static_cast<int>((point.y() - section.rect.y()) / (section.tile.height() + tileGap));
        const int i = row * section.columns + column;
        if (column >= section.columns || i >= section.count)
            return -1;
        const int tile = m_order[static_cast<size_t>(section.first + i)];
        return tileRect(tile).contains(point) ? tile : -1;
    }
    return -1;
}

int Layout::neighbour(int from, int dx, int dy) const
{
    const QPointF start = tileRect(from).center();
    int best = from;
    double bestCost = 0;
    for (const int tile : m_order) {
        if (tile == from)
            continue;
        const QPointF way = tileRect(tile).center() - start;
        const double along = way.x() * dx + way.y() * dy;
        const double across = std::abs(dx ? way.y() : way.x());
        // Only what lies clearly that way; straying aside costs thrice.
        if (along <= 1 || across > 2 * along)
            continue;
        const double cost = along + 3 * across;
        if (best == from || cost < bestCost) {
            best = tile;
            bestCost = cost;
        }
    }
    return best;
}

} // namespace kdra::ui
