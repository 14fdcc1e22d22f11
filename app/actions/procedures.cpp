// SPDX-License-Identifier: GPL-3.0-or-later
#include "actions/eachtarget.h"

namespace kdra::actions {

std::unique_ptr<Procedure> makeProcedure(Task &task, store::ClusterStore &store)
{
    switch (task.action()) {
    case ActionId::Cordon:
    case ActionId::Uncordon:
    case ActionId::RolloutRestart:
    case ActionId::RolloutPause:
    case ActionId::RolloutResume:
    case ActionId::SuspendCronJob:
    case ActionId::ResumeCronJob:
        return makePatch(task, store);
    case ActionId::Scale:
        return makeScale(task, store);
    case ActionId::RolloutUndo:
        return makeRollback(task, store);
    case ActionId::EditLabels:
    case ActionId::EditAnnotations:
        return makeEdit(task, store);
    case ActionId::TriggerCronJob:
        return makeTrigger(task, store);
    case ActionId::Delete:
        return makeDeletion(task, store);
    case ActionId::Drain:
        return makeDrain(task, store);
    }
    Q_UNREACHABLE_RETURN({});
}

} // namespace kdra::actions
