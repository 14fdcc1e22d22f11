// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/clusterstore.h"

#include <QStringList>

namespace kdra::test {

// Lists a kind afresh and compares it with the snapshot, object by object: uid, namespace, name and resourceVersion.
// Returns the differences in words; empty when there are none. Runs the event loop.
QStringList differences(store::ClusterStore &store, store::Kind kind);
// Runs the event loop until each kind, one after the other, has been seen to equal a fresh list; a cluster that is
// alive never holds all of them still at once. Returns what still differs when the time is over; empty for success.
QStringList differencesThatStay(
    store::ClusterStore &store, std::chrono::milliseconds within = std::chrono::seconds(150));

} // namespace kdra::test
