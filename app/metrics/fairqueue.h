// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <algorithm>
#include <deque>
#include <optional>
#include <utility>

namespace kdra::metrics {

// Who goes next: interactive items before the others, and within each of the two the groups take turns, so that a page
// of fifty queries does not keep a single one waiting. One thread.
template <class T> class FairQueue {
public:
    void push(quint64 group, bool interactive, T item)
    {
        std::deque<Group> &groups = m_groups[interactive ? 0 : 1];
        const auto same = std::ranges::find(groups, group, &Group::id);
        if (same != groups.end())
            same->items.push_back(std::move(item));
        else
            groups.emplace_back(group).items.push_back(std::move(item));
    }

    std::optional<T> pop()
    {
        for (std::deque<Group> &groups : m_groups) {
            if (groups.empty())
                continue;
            Group group = std::move(groups.front());
            groups.pop_front();
            T item = std::move(group.items.front());
            group.items.pop_front();
            if (!group.items.empty())
                groups.push_back(std::move(group));
            return item;
        }
        return {};
    }

    // Takes the items out for which `leaves(item)` is true.
    template <class Predicate> void remove(Predicate leaves)
    {
        for (std::deque<Group> &groups : m_groups) {
            for (Group &group : groups)
                std::erase_if(group.items, leaves);
            std::erase_if(groups, [](const Group &group) { return group.items.empty(); });
        }
    }

    bool isEmpty() const { return m_groups[0].empty() && m_groups[1].empty(); }

private:
    struct Group {
        quint64 id;
        std::deque<T> items; // never empty
    };
    std::deque<Group> m_groups[2];
};

} // namespace kdra::metrics
