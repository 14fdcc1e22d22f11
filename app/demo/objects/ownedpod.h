// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo/objects/pod.h"

// The pods that the workload controllers make from their owners. `uid` may be empty: the store then gives one.
namespace kdra::demo {

QJsonObject replicaSetPod(const QJsonObject &replicaSet, const QString &name, const QString &uid, const QDateTime &now);
// `revision` is the name of the ControllerRevision ("web-7d9f8c6b5").
QJsonObject statefulSetPod(
    const QJsonObject &set, const QString &ordinal, const QString &revision, const QString &uid, const QDateTime &now);
// Bound to its node by affinity; the scheduler still assigns it, as with the real controller.
QJsonObject daemonSetPod(const QJsonObject &set, const QString &node, const QString &name, const QString &hash,
    const QString &uid, const QDateTime &now);
QJsonObject jobPod(const QJsonObject &job, const QString &name, const QString &uid, const QDateTime &now);

// What tells two pod templates apart: ten characters, as in a ReplicaSet's name.
QString hashOfTemplate(const QJsonObject &podTemplate);

} // namespace kdra::demo
