// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo/apistatus.h"

#include <QJsonArray>

namespace kdra::demo {

// RFC 7386.
QJsonValue mergePatch(const QJsonValue &target, const QJsonValue &patch);

// RFC 6902; 422 when a test or a path fails, as the API server answers.
ApiResult<QJsonObject> jsonPatch(const QJsonObject &target, const QJsonArray &operations);

// Kubernetes' strategic merge patch: lists merge by their keys; $patch, $setElementOrder, $deleteFromPrimitiveList and
// $retainKeys are honoured.
QJsonObject strategicMergePatch(const QJsonObject &target, const QJsonObject &patch);

// JSON or YAML, as apply patches come. 400 when it is neither or no object.
ApiResult<QJsonObject> parseBody(const QByteArray &body);

} // namespace kdra::demo
