// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/clusterstore.h"

#include <algorithm>

namespace kdra::test {

// Whether everything has been read: a kind that failed is tried again, and counts as synced meanwhile.
inline bool isKnown(const store::ClusterStore &store)
{
    const store::SnapshotPtr snapshot = store.snapshot();
    return store.connection() == store::ClusterStore::Connection::Connected && store.isSynced()
        && std::ranges::none_of(store::allKinds(),
            [&](const store::KindInfo &info) { return snapshot->state(info.kind).phase == store::KindPhase::Failed; });
}

} // namespace kdra::test
