// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo/managedfields.h"
#include "demo/request.h"

namespace kdra::demo::writes {

// get, create, update, patch, delete and deletecollection of an object or its status.
ApiResult<ApiResponse> answer(const ApiRequest &request, ObjectStore &store);

// Admission, defaults and validation of a new object, then (unless `dryRun`) its creation.
ApiResult<ObjectPtr> create(ObjectStore &store, TypeId type, QJsonObject object, const Writer &writer, bool dryRun);

// What an update of any kind ends in: `changed` replaces `old` as far as `writer.subresource` lets it.
// `tracked`: managedFields of `changed` are right already (server-side apply).
ApiResult<ObjectPtr> replace(ObjectStore &store, const ObjectPtr &old, QJsonObject changed, const Writer &writer,
    bool dryRun, bool tracked = false);

// The answer of the form that the request asks for.
ApiResult<ApiResponse> show(
    const ApiRequest &request, const ObjectStore &store, const ObjectPtr &object, int code = 200);

} // namespace kdra::demo::writes
