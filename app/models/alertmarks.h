// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/records.h"

#include <QHash>
#include <QStringList>

#include <utility>

namespace kdra::models {

// What fires on one thing.
struct AlertMark {
    int count = 0;
    store::Severity worst = store::Severity::Unknown;
    QString first; // the id of the worst alert
    QStringList lines; // for people, the worst first; of many only some
    bool operator==(const AlertMark &) const = default;
};

// What fires in a cluster, by what it is about. What is wrong with a pod is also wrong with the workloads that it
// belongs to, with its environment, and on its node.
struct AlertMarks {
    QHash<store::Uid, AlertMark> objects; // nodes, pods, workloads
    QHash<std::pair<QString, QString>, AlertMark> environments; // by namespace and name
    bool operator==(const AlertMarks &) const = default;
};

} // namespace kdra::models
