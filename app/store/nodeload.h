// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/snapshot.h"

#include <QHash>
#include <QSet>

#include <unordered_map>

namespace kdra::store {

// What the pods of each node add up to, kept up by batches.
class NodeLoad {
public:
    struct Load {
        quint32 pods = 0; // that count against the node: neither succeeded nor failed
        quint32 failing = 0;
        qint64 cpuMilli = 0; // requested
        qint64 memory = 0; // requested, bytes
        bool operator==(const Load &) const = default;
    };
    void reset(const Snapshot &snapshot);
    // The names of the nodes whose load differs.
    QSet<StringId> apply(const Batch &batch);
    Load load(StringId node) const { return m_loads.value(node); }
    Load load(std::string_view node) const;

private:
    void add(const Snapshot &snapshot, const PodRecord &pod, int sign);
    static Load shareOf(const PodRecord &pod);
    QHash<StringId, Load> m_loads;
    // Node records know their name as text, pods the interned one; the views live as long as the pool.
    std::unordered_map<std::string_view, StringId> m_ids;
    std::shared_ptr<const StringPool> m_strings;
};

} // namespace kdra::store
