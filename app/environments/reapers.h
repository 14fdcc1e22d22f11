// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/snapshot.h"

#include <QSet>

namespace kdra::environments {

// Where something in the cluster deletes environments whose time to live has passed: the CronJobs of the template
// environment-reaper that are neither paused nor only tell what they would do, by the labels that the template gives
// them.
struct Reaping {
    bool everywhere = false;
    QSet<QString> namespaces = {}; // those of reapers that keep to their own

    bool covers(const QString &ns) const { return everywhere || namespaces.contains(ns); }
    bool operator==(const Reaping &) const = default;
};

// Pure; any thread.
Reaping reapingOf(const store::Snapshot &snapshot);

} // namespace kdra::environments
