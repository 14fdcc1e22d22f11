// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "actions/preview.h"
#include "actions/requests.h"

namespace kdra::actions {

// Where the revisions of a workload are kept: the ReplicaSets of a Deployment, the ControllerRevisions of the others.
kube::Request revisionsRequest(const QJsonObject &workload, const Target &target);
// The workload's own ones of what that request answered, newest first. Any thread.
QList<Revision> readRevisionList(const QJsonObject &list, const QJsonObject &workload, const Target &target);
// The one to go back to: `number`, or with 0 the newest that is not current. An Error in kubectl's sense when there is
// none.
Result<Revision> revisionToRestore(const QList<Revision> &revisions, int number, const Target &target);

} // namespace kdra::actions
