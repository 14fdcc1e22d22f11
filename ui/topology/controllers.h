// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/rowkey.h"

#include <QHash>

namespace kdra::ui {

// The workload that a pod belongs to: the highest controller of its chain of owners (metadata.ownerReferences with
// controller: true) that is listed, so a Deployment rather than its ReplicaSet. Any thread, one at a time.
class Controllers {
public:
    struct Controller {
        store::Uid uid; // null: a pod without a controller, or one of a node (static pods)
        store::RowKey record;
        bool isListed = false; // `record` is valid; else only pods speak of it
    };

    void reset(const store::Snapshot &snapshot);
    void put(const store::Snapshot &snapshot, store::RowKey key);
    void remove(const store::Uid &uid) { m_keys.remove(uid); }

    Controller of(const store::Snapshot &snapshot, const store::PodRecord &pod) const;
    Controller top(const store::Snapshot &snapshot, const store::Uid &uid) const;

    static constexpr std::array kinds{store::Kind::Deployment, store::Kind::ReplicaSet, store::Kind::StatefulSet,
        store::Kind::DaemonSet, store::Kind::Job, store::Kind::CronJob};

private:
    QHash<store::Uid, store::RowKey> m_keys;
};

// Of one of Controllers::kinds; null when the slot is free.
store::Ref<store::WorkloadRecord> workloadAt(const store::Snapshot &snapshot, store::RowKey key);

} // namespace kdra::ui
