// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/findings.h"
#include "environments/ownuse.h"

namespace kdra::environments {

// What the quotas of a namespace would refuse. `pods`: as admitted() there; `nodesOf`: on how many nodes a DaemonSet's
// pod at that index runs; `own`: what of their use goes when the pods come. Quotas of certain pods only (scopes) are
// left out: whom they count is not known here.
void checkQuotas(Findings &findings, const Demand &demand, const QList<PodDemand> &pods,
    const store::Snapshot &snapshot, const QString &ns, const OwnUse &own,
    const std::function<int(qsizetype)> &nodesOf);

} // namespace kdra::environments
