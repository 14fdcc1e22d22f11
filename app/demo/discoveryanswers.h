// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo/request.h"

namespace kdra::demo::discovery {

// Everything that is no resource: /version, health, /api, /apis and the groups, plain and aggregated.
ApiResult<ApiResponse> answer(const ApiRequest &request, const Resources &resources, bool compat120);

} // namespace kdra::demo::discovery
