// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/findings.h"

namespace kdra::environments {

// Part of the plan where the server has it.
inline constexpr QLatin1StringView CiliumPolicyKind("CiliumNetworkPolicy.cilium.io");

// All kinds that an environment of this demand consists of, those that KDRA itself adds included; each once.
QStringList kindsToMake(const Demand &demand, bool newNamespace);

// Whether the server has the kinds, and its user may create and patch them.
void checkRights(Findings &findings, const Demand &demand, const Rights &rights, bool newNamespace);

} // namespace kdra::environments
