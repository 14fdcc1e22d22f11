// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/table.h"

#include <algorithm>
#include <functional>
#include <vector>

namespace kdra::ui {

// Which pod sits in which cell of a tile. A pod keeps its cell for life; a freed cell goes to the next new pod, lowest
// first. Nobody else ever moves. O(log n).
class TileCells {
public:
    int add(store::Slot pod)
    {
        int cell = 0;
        if (m_free.empty()) {
            cell = static_cast<int>(m_pods.size());
            m_pods.push_back(pod);
        } else {
            std::ranges::pop_heap(m_free, std::greater{});
            cell = m_free.back();
            m_free.pop_back();
            m_pods[static_cast<size_t>(cell)] = pod;
        }
        ++m_count;
        return cell;
    }

    void remove(int cell)
    {
        m_pods[static_cast<size_t>(cell)] = store::noSlot;
        m_free.push_back(cell);
        std::ranges::push_heap(m_free, std::greater{});
        --m_count;
    }

    // By cell; noSlot where the cell is free.
    const std::vector<store::Slot> &pods() const { return m_pods; }
    store::Slot podAt(int cell) const
    {
        return cell >= 0 && static_cast<size_t>(cell) < m_pods.size() ? m_pods[static_cast<size_t>(cell)]
                                                                      : store::noSlot;
    }
    int count() const { return m_count; }
    // Cells that must have room: it never shrinks, or cells would move.
    int used() const { return static_cast<int>(m_pods.size()); }

private:
    std::vector<store::Slot> m_pods;
    std::vector<int> m_free; // heap, lowest on top
    int m_count = 0;
};

} // namespace kdra::ui
