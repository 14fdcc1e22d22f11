// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo/request.h"

namespace kdra::demo::deletes {

// DELETE of an object or a collection.
ApiResult<ApiResponse> answer(const ApiRequest &request, ObjectStore &store);

} // namespace kdra::demo::deletes
