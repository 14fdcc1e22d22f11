// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo/request.h"

namespace kdra::demo::openapi {

// /openapi/v3 (the index and a document for each group and version): every kind as an object with any fields, which is
// what kubectl needs in order to leave validation to the server. /openapi/v2 is not served.
ApiResult<ApiResponse> answer(const ApiRequest &request, const Resources &resources);

} // namespace kdra::demo::openapi
