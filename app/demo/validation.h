// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo/apistatus.h"
#include "demo/resources.h"

namespace kdra::demo {

// The rules of kubernetes/pkg/apis/*/validation that people meet: names, containers, selectors, counts, quantities.
// `old` is empty when the object is new.
ApiResult<void> validate(const ResourceType &type, const QJsonObject &old, const QJsonObject &object);

} // namespace kdra::demo
