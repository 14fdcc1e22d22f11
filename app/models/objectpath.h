// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/selection.h"

#include <optional>

namespace kdra::models {

// How a person names one object: "node/pi-001", "deployment/shop/web".
struct ObjectPath {
    store::Kind kind = store::Kind::Node;
    QString ns; // empty: any
    QString name;

    // The kind as in the API ("Deployment"), in any case, in the singular or the plural that kubectl takes. Nothing
    // where it is not KIND/NAME or KIND/NAMESPACE/NAME of a kind that is watched.
    static std::optional<ObjectPath> parse(const QString &text);
};

// Null when there is none. O(objects of the kind).
Item objectAt(const store::Snapshot &snapshot, const ObjectPath &path);

} // namespace kdra::models
