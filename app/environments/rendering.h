// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/render.h"

namespace kdra::environments {

// render() without a look at the values and the identity: for values that stand in for those a user has to give.
Result<QList<Manifest>> renderUnchecked(const Template &from, const Values &values, const Identity &identity);

} // namespace kdra::environments
