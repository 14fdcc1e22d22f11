// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "relations/graph.h"

#include <array>
#include <span>

namespace kdra::relations {

// A link between rows of one snapshot.
struct Step {
    store::RowKey from;
    store::RowKey to;
    Relation relation = Relation::Owns;
};

using Rows = std::vector<store::RowKey>;

// The links of many objects at once: each question reads each table it needs once, however many objects are asked
// about. Objects of kinds that a question is not about are ignored. Links that are met twice are told twice.
class Neighbours {
public:
    explicit Neighbours(const store::Snapshot &snapshot)
        : m_snapshot(snapshot)
    {
    }

    using Question = std::vector<Step> (Neighbours::*)(std::span<const store::RowKey>) const;
    // All of them, in the order of Relation.
    static std::span<const Question> questions();

    // A mirror pod is owned by its Node; RunsOn tells that already, so this is left out.
    std::vector<Step> ownersOf(std::span<const store::RowKey> rows) const;
    std::vector<Step> ownedBy(std::span<const store::RowKey> rows) const;
    std::vector<Step> podsSelectedBy(std::span<const store::RowKey> services) const;
    std::vector<Step> servicesSelecting(std::span<const store::RowKey> pods) const;
    std::vector<Step> servicesRoutedBy(std::span<const store::RowKey> ingresses) const;
    std::vector<Step> ingressesRoutingTo(std::span<const store::RowKey> services) const;
    std::vector<Step> claimsOf(std::span<const store::RowKey> pods) const;
    std::vector<Step> podsMounting(std::span<const store::RowKey> claims) const;
    std::vector<Step> targetsOf(std::span<const store::RowKey> autoscalers) const;
    std::vector<Step> autoscalersOf(std::span<const store::RowKey> workloads) const;
    std::vector<Step> nodesOf(std::span<const store::RowKey> pods) const;
    std::vector<Step> podsOn(std::span<const store::RowKey> nodes) const;

private:
    // Calls function(record) for the rows of one kind.
    template <store::Kind K, class Function> void each(std::span<const store::RowKey> rows, Function function) const;

    const store::Snapshot &m_snapshot;
};

} // namespace kdra::relations
