// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/render.h"

#include <QJsonArray>

namespace kdra::environments {

// The pods of one workload: what the scheduler looks at.
struct PodDemand {
    QString workload = {}; // "Deployment web": for reasons
    int replicas = 1; // of DaemonSets 0: one a node that takes it
    bool everyNode = false; // DaemonSet
    qint64 cpuMilli = 0; // requests of one pod, as the scheduler counts them (init containers included)
    qint64 memory = 0; // bytes
    qint64 cpuMilliLimit = 0; // 0: none
    qint64 memoryLimit = 0;
    QMap<QString, QString> nodeSelector = {};
    QJsonArray tolerations = {};
    bool operator==(const PodDemand &) const = default;
};

// What an environment asks of a cluster.
struct Demand {
    QList<PodDemand> pods = {};
    QStringList architectures = {}; // empty: any
    qint64 storage = 0; // bytes, of all claims
    bool edge = false;
    // "Deployment.apps", "Secret": each once, in the order of the manifests.
    QStringList kinds = {};
    // Those outside of the namespace.
    QStringList clusterScoped = {};

    // Without DaemonSets.
    int podCount() const;
    qint64 cpuMilli() const;
    qint64 memory() const;
    bool operator==(const Demand &) const = default;
};

// Pure; any thread. Quantities that cannot be read count as nothing: the server will refuse them.
Demand demandOf(const Template &from, const QList<Manifest> &manifests);

} // namespace kdra::environments
