// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/snapshot.h"

#include <QHash>

#include <string_view>

namespace kdra::relations {

// Calls function(piece) for each piece of a list between separators; not for empty ones.
template <class Function> void pieces(std::string_view list, char separator, Function function)
{
    while (!list.empty()) {
        const size_t end = list.find(separator);
        if (const std::string_view piece = list.substr(0, end); !piece.empty())
            function(piece);
        list.remove_prefix(end == std::string_view::npos ? list.size() : end + 1);
    }
}

// Whether an equality-based selector takes an object with these labels; both as in store::Meta::labels. The selector of
// a Service that has none selects nothing.
inline bool selects(std::string_view selector, std::string_view labels)
{
    bool all = !selector.empty();
    pieces(selector, '\n', [&](std::string_view wanted) {
        bool found = false;
        pieces(labels, '\n', [&](std::string_view label) { found = found || label == wanted; });
        all = all && found;
    });
    return all;
}

// Matches label sets by their ids: each distinct set is compared once, since thousands of pods share a few. Reads the
// snapshot's strings; one thread at a time.
class Selector {
public:
    Selector(const store::Snapshot &snapshot, StringId selector)
        : m_snapshot(snapshot)
        , m_selector(snapshot.view(selector))
    {
    }

    bool matches(StringId labels)
    {
        const auto known = m_known.constFind(labels);
        return known != m_known.constEnd() ? *known
                                           : *m_known.insert(labels, selects(m_selector, m_snapshot.view(labels)));
    }

private:
    const store::Snapshot &m_snapshot;
    std::string_view m_selector;
    QHash<StringId, bool> m_known;
};

} // namespace kdra::relations
