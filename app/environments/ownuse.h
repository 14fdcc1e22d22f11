// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/room.h"
#include "store/snapshot.h"

#include <QStringList>

#include <unordered_map>

namespace kdra::environments {

// What the pods and claims of an environment, or of one part of it, take in the cluster now. It counts in the load of
// the nodes and in what quotas have used, and makes room for what the environment becomes.
class OwnUse {
public:
    OwnUse() = default;
    // `part`: name of an added part; empty: what belongs to no added part. The views live as long as the snapshot.
    OwnUse(const store::Snapshot &snapshot, const QString &environment, const QString &ns, const QString &part);

    // By its pods that were given to this node and have not ended.
    Room on(std::string_view node) const;
    // By all its pods that have not ended, those that wait for a node included: what quotas count.
    const Room &all() const { return m_all; }
    qint64 claims() const { return m_claims; }
    qint64 storage() const { return m_storage; } // bytes, of all claims
    qint64 boundClaims() const { return m_boundClaims; } // those that have a volume already
    // The nodes of pods that mount claims, sorted.
    const QStringList &nodesWithClaims() const { return m_nodesWithClaims; }

private:
    Room m_all;
    std::unordered_map<std::string_view, Room> m_byNode;
    qint64 m_claims = 0;
    qint64 m_boundClaims = 0;
    qint64 m_storage = 0;
    QStringList m_nodesWithClaims;
};

} // namespace kdra::environments
