// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo/objectstore.h"

#include <optional>

namespace kdra::demo {

// metav1.DeleteOptions.
struct DeleteOptions {
    std::optional<int> gracePeriodSeconds;
    QString propagationPolicy; // "", "Background", "Foreground", "Orphan"
    QString uid; // preconditions
    QString resourceVersion;
};

// What DELETE does: finalizers and a pod's grace period only mark the object with a deletionTimestamp, else it goes at
// once. The kubelet removes (ObjectStore::remove) a marked pod when its containers have stopped; a pod without a node
// or that has finished goes at once. Returns the object as it was left or as it was last.
ApiResult<ObjectPtr> deleteObject(
    ObjectStore &store, TypeId type, const QByteArray &ns, const QByteArray &name, const DeleteOptions &options = {});

} // namespace kdra::demo
