// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/rowkey.h"

#include <string>

namespace kdra::store {

// An object as events name it (core/v1 Event.involvedObject, events.k8s.io/v1 Event.regarding). UTF-8.
struct Subject {
    Kind kind = Kind::Node;
    Uid uid;
    std::string ns; // empty for what has no namespace
    std::string name;

    bool isNull() const { return uid.isNull(); }
    bool operator==(const Subject &) const = default;
};

// Null when the object is not in the snapshot. Linear in the objects of its kind.
Subject subjectOf(const Snapshot &snapshot, const Item &item);

// Whether the event is about the object: by its uid; by kind and name where the reporter did not know the uid, and left
// it out or wrote the name in its place, as the kubelet and node-problem-detector do for their node. Any thread.
bool isAbout(const Snapshot &snapshot, const Ref<EventRecord> &event, const Subject &subject);

} // namespace kdra::store
