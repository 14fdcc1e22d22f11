// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/spec.h"
#include "store/snapshot.h"

#include <QDateTime>

namespace kdra::environments {

// An environment as the watches show it, whoever made it. A value.
struct Environment {
    enum class State : quint8 {
        Applying, // objects are still being written, by somebody, now
        Incomplete, // they were, or it was being deleted, and nobody has gone on for a while
        Progressing, // all are written, not all are ready
        Ready,
        Failing,
        Paused,
        Deleting,
        Unknown, // its kinds are not live, or may not be read
    };
    QString name = {};
    QString ns = {};
    QString owner = {};
    QString tooling = {}; // "kdra/v1", "kubectl/v1.32"; KDRA changes only its own
    bool hasParent = true; // false: only its namespace is there yet (or still)
    QString parent = {}; // name of the parent ConfigMap
    store::Uid parentUid = {};
    QString id = {}; // of the ApplySet
    QString templateName = {};
    QString templateTitle = {};
    QString templateVersion = {};
    // What was added to the template later.
    struct Added {
        QString name = {}; // of the part: "shop-redis"
        QString title = {}; // of its template
        bool operator==(const Added &) const = default;
    };
    QList<Added> parts = {};
    State state = State::Unknown;
    QString reason = {}; // why not ready, as a sentence: "shop-web-6f9c: ImagePullBackOff: ..."
    QString phase = {};
    QString plan = {}; // the hash of what is, or shall be, applied
    bool canGoBack = false; // it is known what it was before the change that is under way, or was interrupted
    QDateTime created = {};
    std::optional<QDateTime> expires = {};
    Placement placement = {};
    QString host = {}; // of an ingress; empty: none
    QString address = {}; // URL to open in a browser; empty: none
    // What there is of it in the watched kinds.
    quint32 workloads = 0;
    quint32 readyWorkloads = 0;
    quint32 pods = 0;
    quint32 readyPods = 0;
    quint32 claims = 0;
    quint64 claimBytes = 0;
    qint64 cpuMilli = 0; // requested by its pods
    qint64 memory = 0;
    QStringList nodes = {}; // where its pods run, sorted
    bool ownNamespace = false;

    bool isOurs() const { return tooling.startsWith(QLatin1StringView("kdra/")); }
    bool isExpired(const QDateTime &now) const { return expires && *expires <= now; }
    // Deleting it was interrupted: all that is left to do is to go on with that.
    bool isHalfDeleted() const { return state == State::Incomplete && phase == QLatin1StringView("deleting"); }
    // The same environment at another moment.
    bool isSame(const Environment &other) const { return name == other.name && ns == other.ns; }
    bool operator==(const Environment &) const = default;
};

// All environments of a cluster, sorted by name. One look at each pod, workload, claim, ingress and namespace: on a
// worker where the cluster is large. Pure; any thread.
QList<Environment> environmentsOf(const store::Snapshot &snapshot, const QDateTime &now);

// "Ready", "Not ready yet", "Incomplete": translated.
QString stateText(Environment::State state);
store::Severity severityOf(Environment::State state);

} // namespace kdra::environments
