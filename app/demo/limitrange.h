// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo/objectstore.h"

namespace kdra::demo {

// LimitRanger admission for an object about to be created: containers that say nothing get the defaults of their
// namespace's LimitRanges; 403 when a container, a pod or a claim is outside of their bounds. Controllers that create
// pods ask, too.
ApiResult<void> applyLimitRanges(const ObjectStore &store, TypeId type, QJsonObject &object);

// What the API server defaults in a LimitRange: a container's default from its maximum, its request from its default.
QJsonObject withLimitRangeDefaults(QJsonObject spec);

} // namespace kdra::demo
