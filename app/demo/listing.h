// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo/encoder.h"
#include "demo/selectors.h"

namespace kdra::demo {

// The rules for resourceVersion, resourceVersionMatch, limit, continue (apimachinery's ValidateListOptions).
ApiResult<void> validateListOptions(const ApiRequest &request);
ApiResult<void> validateWatchOptions(const ApiRequest &request, bool streamingLists);

// Namespace, name and selectors of a list, watch or deletecollection.
ApiResult<Filter> filterOf(const ApiRequest &request, const Resources &resources);

// The revision asked for; 0 for none. Too large is 504, as from a server that waits for its cache in vain.
ApiResult<quint64> revisionOf(const ApiRequest &request, const ObjectStore &store);

// GET of a collection. Long plain lists come as a stream.
ApiResult<ApiResponse> listObjects(const ApiRequest &request, const ObjectStore &store);

} // namespace kdra::demo
