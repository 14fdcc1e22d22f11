// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/findings.h"

namespace kdra::environments {

// Whether the server has the kinds, and its user may create them.
void checkRights(Findings &findings, const Demand &demand, const Rights &rights, bool newNamespace);

} // namespace kdra::environments
