// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/nodeloadcolumns.h"
#include "models/section.h"

namespace kdra::models {

// One line of a summary: what it is about, and its value.
struct Fact {
    QString label;
    QString value;
    bool operator==(const Fact &) const = default;
};

// What the inspector says of an object from its record alone, without asking the server.
struct Summary {
    QString name;
    QString ns;
    QString subtitle; // "Pod · team-anna · Running"
    store::Severity severity = store::Severity::Unknown;
    quint64 version = 0;
    QList<Fact> facts;
    Sections sections; // with bars: what a node has, and what of it is asked for
    QString message; // why it is not healthy, in the cluster's words
};

// nullopt when the object is gone. `now` in seconds since the Unix epoch.
std::optional<Summary> summarize(
    const store::Snapshot &snapshot, const Item &item, const store::NodeLoad &load, qint64 now);

} // namespace kdra::models
