// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/findings.h"

namespace kdra::environments {

// The pods as the admission of a namespace makes them: requests and limits that are missing are its LimitRanges'.
QList<PodDemand> admitted(QList<PodDemand> pods, const store::Snapshot &snapshot, const QString &ns);

// What its LimitRanges would refuse of pods that are admitted() there.
void checkLimitRanges(
    Findings &findings, const QList<PodDemand> &pods, const store::Snapshot &snapshot, const QString &ns);

} // namespace kdra::environments
