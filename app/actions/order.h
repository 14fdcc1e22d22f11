// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "actions/action.h"

#include <QMap>

#include <chrono>
#include <optional>

namespace kdra::actions {

// kubectl drain's options.
struct DrainOptions {
    bool force = false; // also pods that nobody makes anew (without a controller)
    bool deleteEmptyDirData = false; // also pods with emptyDir volumes, whose data goes with them
    std::optional<int> gracePeriodSeconds = {}; // instead of each pod's own
    std::chrono::seconds timeout = {}; // 0: until it is done or cancelled
};

struct DeleteOptions {
    std::optional<int> gracePeriodSeconds = {}; // 0: do not wait for the kubelet (kubectl delete --force)
    QString propagationPolicy = QStringLiteral("Background"); // or Foreground, Orphan
};

struct ScaleOptions {
    int replicas = 1;
    std::optional<int> expected = {}; // what the user saw: something else meanwhile is a conflict
};

// Changes of labels or annotations. A key whose value is no longer what `seen` says is a conflict; other changes of the
// object are not in the way.
struct MetadataEdit {
    QMap<QString, QString> set = {};
    QStringList removed = {};
    QMap<QString, QString> seen = {}; // all labels (or annotations) as they were shown
};

// What an action needs to know besides its targets; each action reads its own member only.
struct Parameters {
    DrainOptions drain = {};
    DeleteOptions remove = {};
    ScaleOptions scale = {};
    MetadataEdit edit = {};
    int revision = 0; // rollout undo: to this one; 0: the previous one
};

// Do this, to these. A value.
struct Order {
    ActionId id = ActionId::Cordon;
    QList<Target> targets = {};
    Parameters parameters = {};
    QList<Parameters> each = {}; // one a target, instead of `parameters`; how an undo knows the former state of each

    const Parameters &of(qsizetype index) const { return each.isEmpty() ? parameters : each[index]; }
};

// What the order will do, as a sentence or two, from what is known without asking the server: "Scales team-3/web from 3
// to 5 replicas.", "Evicts 12 pods from pi-007. 3 pods of daemon sets stay." Linear in the pods for Drain. Any thread.
QString describe(const store::Snapshot &snapshot, const Order &order);

} // namespace kdra::actions
