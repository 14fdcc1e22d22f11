// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/findings.h"

namespace kdra::environments {

// What stands against adding something to an environment: others manage it, it is not whole, it is paused or going.
// Tells where its pods go, so that those of the addition go there, too: a site, a node, or the cluster.
Target checkAddition(
    Findings &findings, const store::Snapshot &snapshot, const QString &environment, const QString &ns);

} // namespace kdra::environments
