// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo/apistatus.h"
#include "demo/resources.h"

namespace kdra::demo {

// Who writes, and how.
struct Writer {
    QString manager;
    QString subresource; // "", "status", "scale"
    bool force = false; // takes over fields of others when applying
};

// Server-side apply: lays `applied` over `live` (empty when the object is new), takes away what the manager no longer
// applies, and records its ownership. 409 with a cause per field that another manager owns, unless forced.
ApiResult<QJsonObject> applyConfiguration(
    const ResourceType &type, const QJsonObject &live, const QJsonObject &applied, const Writer &writer);

// Records in `now` that the writer changed what differs from `old` (operation Update).
void trackUpdate(const ResourceType &type, const QJsonObject &old, QJsonObject &now, const Writer &writer);

} // namespace kdra::demo
