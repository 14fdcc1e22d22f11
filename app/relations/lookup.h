// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/rowkey.h"

#include <QSet>

// How one object is found from another. Each function passes once over the records of one kind; any thread.
namespace kdra::relations {

using Uids = QSet<store::Uid>;
using PodRef = store::Ref<store::PodRecord>;
using ServiceRef = store::Ref<store::ServiceRecord>;
using IngressRef = store::Ref<store::IngressRecord>;
using NodeRef = store::Ref<store::NodeRecord>;

// Calls function(record of kind K) for those whose controller is among `owners`.
template <store::Kind K, class Function>
void forEachOwned(const store::Snapshot &snapshot, const Uids &owners, Function function)
{
    snapshot.table<K>().forEach([&](const auto &record) {
        if (!record->meta.owner.isNull() && owners.contains(record->meta.owner))
            function(record);
    });
}

// The object that controls the one with this meta; null when there is none, or none of a watched kind.
store::Item ownerOf(const store::Snapshot &snapshot, const store::Meta &meta);

// What a Deployment or a CronJob makes its pods through: its ReplicaSets or Jobs; empty for other kinds.
std::vector<store::Item> makersOf(const store::Snapshot &snapshot, const store::Item &item);

// The pods an object is about: itself; those it owns, also through its ReplicaSets or Jobs; that a Service selects; or
// that run on a Node. Empty for other kinds.
std::vector<PodRef> podsOf(const store::Snapshot &snapshot, const store::Item &item);

// The services whose selector matches one of the pods.
std::vector<ServiceRef> servicesOf(const store::Snapshot &snapshot, const std::vector<PodRef> &pods);

// Whether the ingress routes to the service of that name in its own namespace.
bool routesTo(const IngressRef &ingress, StringId ns, std::string_view service);

// The node of that name; null when there is none.
NodeRef nodeNamed(const store::Snapshot &snapshot, std::string_view name);

} // namespace kdra::relations
