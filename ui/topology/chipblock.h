// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/topology/relationmap.h"

#include <functional>

namespace kdra::ui {

// Finds room for the chips: layer by layer (ingress, service, workload, replica set) on one side of the pods, what pods
// use (claims) on another; beside what they belong to as far as there is room, never over the selection.
class ChipBlocks {
public:
    ChipBlocks(const Related &related, const RelationRoom &room, const std::function<bool(int object)> &hasPlace);

    // `anchors`: the related pods and nodes; `keepOut`: the selected ones.
    std::vector<Chip> place(const std::vector<QRectF> &anchors, const std::vector<QRectF> &keepOut);
    int placement() const { return m_placement; }

private:
    using Layers = std::vector<std::vector<Chip>>;
    struct Block {
        std::vector<Chip> chips; // relative to the block's origin
        QSizeF size;
    };

    Chip makeChip(int object) const;
    Block columns(const Layers &layers) const;
    Block rows(const Layers &layers) const;
    // Puts the better of two shapes at the best of several places.
    std::vector<Chip> settle(const std::array<Block, 2> &shapes, const std::vector<QRectF> &anchors,
        const std::vector<QRectF> &keepOut, const std::array<int, 4> &sides, int &placement) const;

    const Related &m_related;
    const RelationRoom &m_room;
    Layers m_before;
    Layers m_after;
    int m_placement = -1;
};

} // namespace kdra::ui
