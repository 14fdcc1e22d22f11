// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/findings.h"

namespace kdra::environments {

// Whether the namespace is there (or not yet, when it would be new) and stays, and the environment's name is free.
// `existing`: it is added to, so it has to be there.
void checkNames(Findings &findings, const store::Snapshot &snapshot, const QString &environment, const QString &ns,
    bool newNamespace, bool existing);

} // namespace kdra::environments
