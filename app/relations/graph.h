// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/rowkey.h"

#include <vector>

// What belongs to what in a cluster. Pure functions over an immutable snapshot: any thread, no state, no network. They
// read whole tables, so a view asks from a worker when the selection or its objects change, not for each paint.
namespace kdra::relations {

enum class Relation : quint8 {
    Owns, // metadata.ownerReferences[controller]: Deployment -> ReplicaSet -> Pod, CronJob -> Job -> Pod, ...
    Selects, // spec.selector: Service -> Pod
    Routes, // spec.rules[].http.paths[].backend and spec.defaultBackend: Ingress -> Service
    Mounts, // spec.volumes[].persistentVolumeClaim: Pod -> PersistentVolumeClaim
    Scales, // spec.scaleTargetRef: HorizontalPodAutoscaler -> workload
    RunsOn, // spec.nodeName: Pod -> Node
};

struct Link {
    store::Item from;
    store::Item to;
    Relation relation = Relation::Owns;
    bool operator==(const Link &) const = default;
};

struct Graph {
    std::vector<Link> links; // each once; owners first, then services, ingresses, autoscalers, claims and nodes
    bool truncated = false; // some pods were left out, with all that only they lead to
};

struct Limits {
    size_t pods = 2000; // that are followed; a Service may select 100,000
};

// Everything that belongs to an object, up and down: its chain of owners, what it owns down to the pods, the services
// that select these pods, the ingresses that route to those, the autoscalers, claims and nodes. The pods of a Node are
// told without what they lead to, and of a pod not its siblings. Empty for an object that is gone, and for kinds
// without relations (Namespace, Event, Lease).
Graph relationsOf(const store::Snapshot &snapshot, const store::Item &item, const Limits &limits = {});

// The shortest chain of links between two objects, in the order from a to b; a link may be walked against its
// direction. Of equally short ones that of the earlier relations. Empty when there is none, and from an object to
// itself.
std::vector<Link> path(const store::Snapshot &snapshot, const store::Item &a, const store::Item &b);

} // namespace kdra::relations
