// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo/objects/pod.h"
#include "demo/objectstore.h"

namespace kdra::demo {

// Which pods are on which node and what they ask for. Built when first asked, then kept by the changes.
class PodIndex {
public:
    explicit PodIndex(ObjectStore &store)
        : m_store(store)
    {
    }
    void observe(const Change &change);

    struct Load {
        PodRequests requests;
        int pods = 0;
    };
    Load loadOf(const QByteArray &node);
    // Keys "namespace/name".
    QList<QByteArray> podsOn(const QByteArray &node);

private:
    struct NodeEntry {
        QHash<QByteArray, PodRequests> pods;
        Load load;
    };
    void build();
    void add(const StoredObject &pod);
    void drop(const StoredObject &pod);
    PodRequests requestsOf(const StoredObject &pod);

    ObjectStore &m_store;
    bool m_built = false;
    QHash<QByteArray, NodeEntry> m_nodes;
    QHash<QByteArray, PodRequests> m_byOwner; // pods of one owner ask for the same
};

} // namespace kdra::demo
