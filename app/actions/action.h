// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "actions/target.h"
#include "kube/accessreview.h"

#include <span>

namespace kdra::actions {

// What can be done to Kubernetes objects, in the order menus show it.
enum class ActionId : quint8 {
    Cordon,
    Uncordon,
    Drain,
    Scale,
    RolloutRestart,
    RolloutPause,
    RolloutResume,
    RolloutUndo,
    SuspendCronJob,
    ResumeCronJob,
    TriggerCronJob,
    EditLabels,
    EditAnnotations,
    Delete,
};
inline constexpr int actionCount = 14;

std::span<const ActionId, actionCount> allActions();

// "cordon", "rollout-restart": for settings, object names and kubectl's readers. Not translated.
QString actionKey(ActionId id);
// "Cordon", "Restart rollout…": translated, for a menu. Ends with "…" when something has to be entered first.
QString actionTitle(ActionId id);

// Something is lost, moved or interrupted: ask before doing it.
bool isDestructive(ActionId id);
// The API offers a way back (Task::canUndo says whether there is one in the case at hand).
bool isUndoable(ActionId id);
// It cannot be started without something that the user enters: a number of replicas, labels, annotations.
bool needsInput(ActionId id);
// Only one object at a time.
bool isForOne(ActionId id);

// What makes sense for these objects: the action fits the kind of every one and the state of at least one (no Uncordon
// on a schedulable node, no Resume on what is not paused). In menu order; empty for no objects. Any thread.
QList<ActionId> actionsFor(const store::Snapshot &snapshot, const QList<store::Item> &items);
// Those of the items whose state the action fits: what it should be started with.
QList<store::Item> itemsFor(ActionId id, const store::Snapshot &snapshot, const QList<store::Item> &items);

// What the user must be allowed to do. Few targets are asked about by name, many by namespace.
QList<kube::AccessQuestion> accessQuestions(ActionId id, const QList<Target> &targets);

} // namespace kdra::actions
