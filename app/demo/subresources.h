// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo/request.h"

namespace kdra::demo::subresources {

// scale, binding, eviction, log, finalize. Others (exec, attach, port-forward) are 501.
ApiResult<ApiResponse> answer(const ApiRequest &request, ObjectStore &store);

} // namespace kdra::demo::subresources
