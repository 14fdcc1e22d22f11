// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "relations/causes.h"
#include "relations/lookup.h"
#include "relations/selector.h"

// What causes.cpp puts its sentences together from. Any thread.
namespace kdra::relations {

using EventRef = store::Ref<store::EventRecord>;

// The warnings about one object, newest first. One pass over the events.
std::vector<EventRef> warningsAbout(const store::Snapshot &snapshot, const store::Uid &uid);

// The newest of the events with one of the reasons; null when there is none.
EventRef withReason(
    const store::Snapshot &snapshot, const std::vector<EventRef> &events, std::initializer_list<const char *> reasons);

// A message of the cluster on one line, without the wrapping of remote calls, and no longer than a card has room for.
QString shortened(std::string_view message);

// What is wrong with a node itself; empty when it is well.
QList<Cause> nodeCauses(const store::Snapshot &snapshot, const NodeRef &node, qint64 now);

// Whether the node does not answer: its status says so, or its lease is overdue.
bool isSilent(const store::Snapshot &snapshot, const NodeRef &node, qint64 now);

// What is wrong with a pod, its node included; the pod's own state last. Empty when it is well or on its way.
QList<Cause> podCauses(const store::Snapshot &snapshot, const PodRef &pod, qint64 now);

// The causes of the worst of the pods.
QList<Cause> worstOf(const store::Snapshot &snapshot, const std::vector<PodRef> &pods, qint64 now);

} // namespace kdra::relations
