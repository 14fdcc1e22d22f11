// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/environment.h"
#include "store/snapshot.h"

#include <QSet>

namespace kdra::models {

// Something that happened in a cluster and that may explain what a plot shows.
struct Happening {
    enum class Kind : quint8 {
        EnvironmentCreated,
        EnvironmentEnded,
        Rollout,
        NodeNotReady,
        NodeReady, // again
        NodeRestarted,
        NodeProblem, // a warning about the node itself: "UnderVoltageDetected"
    };
    Kind kind = Kind::Rollout;
    qint64 time = 0; // milliseconds since the epoch
    QString ns = {}; // of the object; empty for a node
    QString name = {}; // of the environment, the workload or the node
    QString text = {}; // a short sentence, plain
    bool operator==(const Happening &) const = default;
};

// "Environment", "Rollout", "Node": translated.
QString kindText(Happening::Kind kind);
store::Severity severityOf(Happening::Kind kind);

// What a page is about: names of objects. Everything when all are empty.
struct HappeningScope {
    QSet<QString> nodes = {};
    QSet<QString> namespaces = {};
    QSet<QString> workloads = {}; // in `namespaces`
    QSet<QString> pods = {}; // in `namespaces`
    bool operator==(const HappeningScope &) const = default;

    bool isAll() const { return nodes.isEmpty() && namespaces.isEmpty() && workloads.isEmpty() && pods.isEmpty(); }
};

inline constexpr qsizetype mostHappenings = 300;

// What the watches know to have happened from `from` to `to` (milliseconds since the epoch), in the order of time; the
// newest mostHappenings of more. Rollouts are the ReplicaSets of Deployments after their first (going back to an
// earlier one makes none, so it is not seen). What happened to nodes comes from Events, which a cluster keeps for an
// hour as a rule; a node that is silent now was last heard of at its heartbeat. What concerns a scope: its objects; the
// nodes that its pods run on; the environments of its namespaces or on its nodes. `ended`: environments that were seen
// to go, which a snapshot no longer tells. One look at each event, ReplicaSet and node, and with a scope at each pod:
// on a worker where the cluster is large. Pure; any thread.
QList<Happening> happeningsIn(const store::Snapshot &snapshot, const QList<environments::Environment> &environments,
    const QList<Happening> &ended, const HappeningScope &scope, qint64 from, qint64 to);

// An environment that was there and is not any more.
Happening environmentEnd(const environments::Environment &environment, qint64 time);

} // namespace kdra::models
