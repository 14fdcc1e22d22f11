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
    ResourceQuota,
    LimitRange,
    ApplySet, // ConfigMaps that are the parent of an ApplySet (KEP-3659): environments, ours and kubectl's
    SharedTemplate, // ConfigMaps that hold an environment template
};
inline constexpr int kindCount = 20;

struct KindInfo {
    Kind kind;
    const char *name; // ours, unique: "Pod", "ApplySet"
    const char *apiKind; // as the API names it in objects, owners and events: "Pod", "ConfigMap"
    const char *group; // "" for the core group
    const char *versions; // newest first, space separated: "v1 v1beta1"
    const char *fixedNamespace; // watched in this namespace only ("kube-node-lease" for Lease), else ""
    const char *labelSelector; // only objects that it selects are listed and watched; "" for all
};

const KindInfo &kindInfo(Kind kind);
std::span<const KindInfo, kindCount> allKinds();
// KindInfo::name.
QString kindName(Kind kind);
// KindInfo::apiKind.
QString apiKindName(Kind kind);

} // namespace kdra::store
