// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <array>
#include <span>

namespace kdra::store {

// The kinds that are watched, in the order they are shown.
enum class Kind : quint8 {
    Node,
    Pod,
    Namespace,
    Deployment,
    ReplicaSet,
    StatefulSet,
    DaemonSet,
    Job,
    CronJob,
    Service,
    EndpointSlice,
    Ingress,
    PersistentVolumeClaim,
    HorizontalPodAutoscaler,
    Event,
    Lease,
};
inline constexpr int kindCount = 16;

struct KindInfo {
    Kind kind;
    const char *name; // "Pod"
    const char *group; // "" for the core group
    const char *versions; // newest first, space separated: "v1 v1beta1"
    const char *fixedNamespace; // watched in this namespace only ("kube-node-lease" for Lease), else ""
};

const KindInfo &kindInfo(Kind kind);
std::span<const KindInfo, kindCount> allKinds();
QString kindName(Kind kind);

} // namespace kdra::store
