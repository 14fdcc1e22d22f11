// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topology/packing.h"

#include "ui/topology/metrics.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace kdra::ui::packing {

using namespace metrics;

namespace {

// A group's header needs some room for its name even when it has one small tile.
constexpr double smallestInner = 220;

double tilesArea(const Box &box)
{
    double area = 0;
    for (const Section &section : box.sections)
        area += section.count * (section.tile.width() + tileGap) * (section.tile.height() + tileGap);
    return area;
}

// High enough to be read when everything is in sight, but never most of a small group.
double headerFor(double area, double aspect, double share, size_t groups)
{
    const double high = share * std::sqrt(area / aspect);
    const double side = std::sqrt(area / static_cast<double>(groups));
    return std::max(groupHeader, std::min(high, 0.25 * side));
}

double areaOf(const Box &box, double header)
{
    // Header and padding, as if it were square.
    const double side = std::sqrt(std::max(tilesArea(box), 1.0));
    return (std::max(side, smallestInner) + 2 * groupPadding + groupGap) * (side + header + groupPadding + groupGap);
}

double innerHeight(const Box &box, double inner)
{
    double height = 0;
    for (const Section &section : box.sections) {
        const int columns = columnsIn(inner, section.tile.width());
        const int rows = (section.count + columns - 1) / columns;
        height += rows * (section.tile.height() + tileGap);
    }
    return std::max(0.0, height - tileGap);
}

// The width that tiles take when there is room for `inner`: whole columns, and no more than needed for its height.
double snapped(const Box &box, double inner)
{
    double width = 0;
    for (const Section &section : box.sections) {
        const double step = section.tile.width() + tileGap;
        const int columns = std::max(1, static_cast<int>(std::lround((inner + tileGap) / step)));
        const int rows = (section.count + columns - 1) / columns;
        const int needed = (section.count + rows - 1) / std::max(rows, 1);
        width = std::max(width, needed * step - tileGap);
    }
    return width;
}

Plan planFor(const std::vector<Box> &boxes, const std::vector<double> &areas, double total, int shelfCount,
    double width, double header)
{
    Plan plan;
    plan.header = header;
    plan.boxes.resize(boxes.size());
    const int count = static_cast<int>(boxes.size());
    double passed = 0;
    for (int first = 0; first < count;) {
        const double goal = total * static_cast<double>(plan.shelves.size() + 1) / shelfCount;
        double area = 0;
        int last = first;
        while (last < count) {
            const double next = areas[static_cast<size_t>(last)];
            if (last > first && passed + area + next / 2 > goal)
                break;
            area += next;
            ++last;
        }
        passed += area;
        Shelf shelf{first, last - first, 0};
        double right = -groupGap;
        const double room = width - (last - first - 1) * groupGap - (last - first) * 2 * groupPadding;
        for (int i = first; i < last; ++i) {
            const Box &box = boxes[static_cast<size_t>(i)];
            Placed &placed = plan.boxes[static_cast<size_t>(i)];
            placed.inner = snapped(box, room * areas[static_cast<size_t>(i)] / area);
            placed.width = std::max(placed.inner, smallestInner) + 2 * groupPadding;
            shelf.height = std::max(shelf.height, plan.header + innerHeight(box, placed.inner) + groupPadding);
            right += placed.width + groupGap;
        }
        plan.width = std::max(plan.width, right);
        plan.height += shelf.height + (plan.shelves.empty() ? 0 : groupGap);
        plan.shelves.push_back(shelf);
        first = last;
    }
    return plan;
}

// Boxes grow to the common right edge; where a whole further column fits, the tiles use it.
void justify(Plan &plan, const std::vector<Box> &boxes)
{
    for (Shelf &shelf : plan.shelves) {
        double right = -groupGap;
        for (int i = shelf.first; i < shelf.first + shelf.count; ++i)
            right += plan.boxes[static_cast<size_t>(i)].width + groupGap;
        const double more = (plan.width - right) / shelf.count;
        shelf.height = 0;
        for (int i = shelf.first; i < shelf.first + shelf.count; ++i) {
            Placed &placed = plan.boxes[static_cast<size_t>(i)];
            placed.width += more;
            placed.inner = placed.width - 2 * groupPadding;
            const Box &box = boxes[static_cast<size_t>(i)];
            shelf.height = std::max(shelf.height, plan.header + innerHeight(box, placed.inner) + groupPadding);
        }
    }
    plan.height = -groupGap;
    for (const Shelf &shelf : plan.shelves)
        plan.height += shelf.height + groupGap;
}

} // namespace

int columnsIn(double width, double tileWidth)
{
    return std::max(1, static_cast<int>((width + tileGap + 0.01) / (tileWidth + tileGap)));
}

Plan pack(const std::vector<Box> &boxes, double aspect, double headerShare)
{
    if (boxes.empty())
        return {};
    std::vector<double> areas;
    areas.reserve(boxes.size());
    double total = 0;
    double tiles = 0;
    for (const Box &box : boxes)
        tiles += tilesArea(box);
    const double header = headerFor(tiles, aspect, headerShare, boxes.size());
    for (const Box &box : boxes)
        total += areas.emplace_back(areaOf(box, header));

    // Few groups: every number of shelves; many: some around the one that squares would take.
    const int groups = static_cast<int>(boxes.size());
    std::set<int> shelfCounts;
    const double guess = std::sqrt(groups / aspect);
    for (int i = 1; i <= std::min(groups, 8); ++i)
        shelfCounts.insert(i);
    for (const double factor : {0.6, 0.75, 0.9, 1.0, 1.15, 1.35, 1.6})
        shelfCounts.insert(std::clamp(static_cast<int>(std::lround(guess * factor)), 1, groups));

    Plan best;
    double bestScale = 0;
    for (const int shelves : shelfCounts) {
        for (const double factor : {0.75, 0.85, 0.95, 1.0, 1.05, 1.15, 1.3, 1.5}) {
            Plan plan = planFor(boxes, areas, total, shelves, std::sqrt(total * aspect) * factor, header);
            justify(plan, boxes);
            const double scale = std::min(aspect / plan.width, 1 / plan.height);
            if (scale > bestScale * 1.001) {
                bestScale = scale;
                best = std::move(plan);
            }
        }
    }
    return best;
}

} // namespace kdra::ui::packing
