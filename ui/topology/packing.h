// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSizeF>

#include <vector>

// How groups of tiles share a rectangle of a given aspect ratio: in shelves, in the order given, so that the whole is
// shown as large as possible. Pure; world units.
namespace kdra::ui::packing {

struct Section {
    QSizeF tile;
    int count = 0;
};

struct Box {
    std::vector<Section> sections; // one above the other
};

struct Placed {
    double width = 0; // of the box
    double inner = 0; // for tiles
};

struct Shelf {
    int first = 0; // box
    int count = 0;
    double height = 0;
};

struct Plan {
    std::vector<Shelf> shelves;
    std::vector<Placed> boxes;
    double width = 0;
    double height = 0;
    double header = 0; // height of every group's header
};

// Tiles that fit side by side; at least one.
int columnsIn(double width, double tileWidth);

Plan pack(const std::vector<Box> &boxes, double aspect, double headerShare);

} // namespace kdra::ui::packing
