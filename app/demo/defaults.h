// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo/resources.h"

#include <QJsonObject>

namespace kdra::demo {

// Fills in what the API server's defaulting (and the ServiceAccount and toleration admission) would.
void applyDefaults(const ResourceType &type, QJsonObject &object);
// Only for objects that are being created: phases, allocated addresses.
void initialize(const ResourceType &type, QJsonObject &object);

} // namespace kdra::demo
