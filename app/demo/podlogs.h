// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo/request.h"

namespace kdra::demo {

// pods/log: lines are a function of the container, its run and the second, so nothing is stored and following costs
// nothing. Honours container, follow, previous, tailLines, sinceSeconds, sinceTime, timestamps and limitBytes.
ApiResult<ApiResponse> podLog(const ApiRequest &request, const ObjectStore &store, const ObjectPtr &pod);

} // namespace kdra::demo
