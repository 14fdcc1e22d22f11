// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/kind.h"

namespace kdra::store {
namespace {

constexpr std::array<KindInfo, kindCount> kinds = {{
    {Kind::Node, "Node", "Node", "", "v1", "", ""},
    {Kind::Pod, "Pod", "Pod", "", "v1", "", ""},
    {Kind::Namespace, "Namespace", "Namespace", "", "v1", "", ""},
    {Kind::Deployment, "Deployment", "Deployment", "apps", "v1", "", ""},
    {Kind::ReplicaSet, "ReplicaSet", "ReplicaSet", "apps", "v1", "", ""},
    {Kind::StatefulSet, "StatefulSet", "StatefulSet", "apps", "v1", "", ""},
    {Kind::DaemonSet, "DaemonSet", "DaemonSet", "apps", "v1", "", ""},
    {Kind::Job, "Job", "Job", "batch", "v1", "", ""},
    {Kind::CronJob, "CronJob", "CronJob", "batch", "v1 v1beta1", "", ""},
    {Kind::Service, "Service", "Service", "", "v1", "", ""},
    {Kind::EndpointSlice, "EndpointSlice", "EndpointSlice", "discovery.k8s.io", "v1 v1beta1", "", ""},
    {Kind::Ingress, "Ingress", "Ingress", "networking.k8s.io", "v1 v1beta1", "", ""},
    {Kind::PersistentVolumeClaim, "PersistentVolumeClaim", "PersistentVolumeClaim", "", "v1", "", ""},
    // v2 since 1.23, v2beta2 until 1.25; v1 tells everything but its conditions.
    {Kind::HorizontalPodAutoscaler, "HorizontalPodAutoscaler", "HorizontalPodAutoscaler", "autoscaling",
        "v2 v2beta2 v1", "", ""},
    // The same objects as events.k8s.io, in the form every server since 1.0 serves.
    {Kind::Event, "Event", "Event", "", "v1", "", ""},
    {Kind::Lease, "Lease", "Lease", "coordination.k8s.io", "v1 v1beta1", "kube-node-lease", ""},
    {Kind::ResourceQuota, "ResourceQuota", "ResourceQuota", "", "v1", "", ""},
    {Kind::LimitRange, "LimitRange", "LimitRange", "", "v1", "", ""},
    {Kind::ApplySet, "ApplySet", "ConfigMap", "", "v1", "", "applyset.kubernetes.io/id"},
    {Kind::SharedTemplate, "SharedTemplate", "ConfigMap", "", "v1", "", "kdra.dev/template=true"},
}};

} // namespace

const KindInfo &kindInfo(Kind kind)
{
    return kinds[static_cast<size_t>(kind)];
}

std::span<const KindInfo, kindCount> allKinds()
{
    return kinds;
}

QString kindName(Kind kind)
{
    return QString::fromLatin1(kindInfo(kind).name);
}

QString apiKindName(Kind kind)
{
    return QString::fromLatin1(kindInfo(kind).apiKind);
}

} // namespace kdra::store
