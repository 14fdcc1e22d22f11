// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/resources.h"

namespace kdra::demo {
namespace {

// One line of the table; lists are separated by spaces.
struct Row {
    TypeId id;
    const char *groupVersion;
    const char *plural;
    const char *kind;
    bool namespaced;
    const char *shortNames;
    const char *categories;
    const char *subresources;
    const char *fieldPaths;
};

constexpr Row rows[] = {
    {kind::Node, "v1", "nodes", "Node", false, "no", "", "status proxy", "spec.unschedulable"},
    {kind::Pod, "v1", "pods", "Pod", true, "po", "all",
        "status log binding eviction exec attach portforward proxy ephemeralcontainers",
        "spec.nodeName status.phase spec.restartPolicy spec.schedulerName spec.serviceAccountName status.podIP "
        "status.nominatedNodeName"},
    {kind::Namespace, "v1", "namespaces", "Namespace", false, "ns", "", "status finalize", "status.phase"},
    {kind::Service, "v1", "services", "Service", true, "svc", "all", "status proxy", "spec.clusterIP spec.type"},
    {kind::ConfigMap, "v1", "configmaps", "ConfigMap", true, "cm", "", "", ""},
    {kind::Secret, "v1", "secrets", "Secret", true, "", "", "", "type"},
    {kind::ServiceAccount, "v1", "serviceaccounts", "ServiceAccount", true, "sa", "", "", ""},
    {kind::PersistentVolume, "v1", "persistentvolumes", "PersistentVolume", false, "pv", "", "status", ""},
    {kind::PersistentVolumeClaim, "v1", "persistentvolumeclaims", "PersistentVolumeClaim", true, "pvc", "", "status",
        ""},
    {kind::Event, "v1", "events", "Event", true, "ev", "", "",
        "involvedObject.kind involvedObject.namespace involvedObject.name involvedObject.uid involvedObject.apiVersion "
        "involvedObject.resourceVersion involvedObject.fieldPath reason type source reportingComponent"},
    {kind::Endpoints, "v1", "endpoints", "Endpoints", true, "ep", "", "", ""},
    {kind::ResourceQuota, "v1", "resourcequotas", "ResourceQuota", true, "quota", "", "status", ""},
    {kind::LimitRange, "v1", "limitranges", "LimitRange", true, "limits", "", "", ""},
    {kind::ReplicationController, "v1", "replicationcontrollers", "ReplicationController", true, "rc", "all",
        "status scale", "status.replicas"},
    {kind::PodTemplate, "v1", "podtemplates", "PodTemplate", true, "", "", "", ""},
    {kind::Deployment, "apps/v1", "deployments", "Deployment", true, "deploy", "all", "status scale", ""},
    {kind::ReplicaSet, "apps/v1", "replicasets", "ReplicaSet", true, "rs", "all", "status scale", "status.replicas"},
    {kind::StatefulSet, "apps/v1", "statefulsets", "StatefulSet", true, "sts", "all", "status scale", ""},
    {kind::DaemonSet, "apps/v1", "daemonsets", "DaemonSet", true, "ds", "all", "status", ""},
    {kind::ControllerRevision, "apps/v1", "controllerrevisions", "ControllerRevision", true, "", "", "", ""},
    {kind::Job, "batch/v1", "jobs", "Job", true, "", "all", "status", "status.successful"},
    {kind::CronJob, "batch/v1", "cronjobs", "CronJob", true, "cj", "all", "status", ""},
    {kind::HorizontalPodAutoscaler, "autoscaling/v2", "horizontalpodautoscalers", "HorizontalPodAutoscaler", true,
        "hpa", "all", "status", ""},
    {kind::PodDisruptionBudget, "policy/v1", "poddisruptionbudgets", "PodDisruptionBudget", true, "pdb", "", "status",
        ""},
    {kind::Ingress, "networking.k8s.io/v1", "ingresses", "Ingress", true, "ing", "", "status", ""},
    {kind::IngressClass, "networking.k8s.io/v1", "ingressclasses", "IngressClass", false, "", "", "", ""},
    {kind::NetworkPolicy, "networking.k8s.io/v1", "networkpolicies", "NetworkPolicy", true, "netpol", "", "", ""},
    {kind::EndpointSlice, "discovery.k8s.io/v1", "endpointslices", "EndpointSlice", true, "", "", "", ""},
    {kind::Lease, "coordination.k8s.io/v1", "leases", "Lease", true, "", "", "", ""},
    {kind::EventsEvent, "events.k8s.io/v1", "events", "Event", true, "ev", "", "", ""},
    {kind::Role, "rbac.authorization.k8s.io/v1", "roles", "Role", true, "", "", "", ""},
    {kind::RoleBinding, "rbac.authorization.k8s.io/v1", "rolebindings", "RoleBinding", true, "", "", "", ""},
    {kind::ClusterRole, "rbac.authorization.k8s.io/v1", "clusterroles", "ClusterRole", false, "", "", "", ""},
    {kind::ClusterRoleBinding, "rbac.authorization.k8s.io/v1", "clusterrolebindings", "ClusterRoleBinding", false, "",
        "", "", ""},
    {kind::StorageClass, "storage.k8s.io/v1", "storageclasses", "StorageClass", false, "sc", "", "", ""},
    {kind::VolumeAttachment, "storage.k8s.io/v1", "volumeattachments", "VolumeAttachment", false, "", "", "status", ""},
    {kind::CSINode, "storage.k8s.io/v1", "csinodes", "CSINode", false, "", "", "", ""},
    {kind::CSIDriver, "storage.k8s.io/v1", "csidrivers", "CSIDriver", false, "", "", "", ""},
    {kind::PriorityClass, "scheduling.k8s.io/v1", "priorityclasses", "PriorityClass", false, "pc", "", "", ""},
    {kind::RuntimeClass, "node.k8s.io/v1", "runtimeclasses", "RuntimeClass", false, "", "", "", ""},
    {kind::CustomResourceDefinition, "apiextensions.k8s.io/v1", "customresourcedefinitions", "CustomResourceDefinition",
        false, "crd crds", "api-extensions", "status", ""},
    {kind::CiliumNetworkPolicy, "cilium.io/v2", "ciliumnetworkpolicies", "CiliumNetworkPolicy", true, "cnp ciliumnp",
        "cilium ciliumpolicy", "status", ""},
    {kind::CiliumClusterwideNetworkPolicy, "cilium.io/v2", "ciliumclusterwidenetworkpolicies",
        "CiliumClusterwideNetworkPolicy", false, "ccnp", "cilium ciliumpolicy", "status", ""},
    {kind::CiliumEndpoint, "cilium.io/v2", "ciliumendpoints", "CiliumEndpoint", true, "cep ciliumep", "cilium",
        "status", ""},
    {kind::CiliumNode, "cilium.io/v2", "ciliumnodes", "CiliumNode", false, "cn ciliumn", "cilium", "status", ""},
    {kind::CiliumIdentity, "cilium.io/v2", "ciliumidentities", "CiliumIdentity", false, "ciliumid", "cilium", "", ""},
};
static_assert(std::size(rows) == kind::BuiltinCount);

QStringList words(const char *text)
{
    return QString::fromLatin1(text).split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

} // namespace

QByteArray ResourceType::head() const
{
    return "{\"apiVersion\":\"" + apiVersion().toUtf8() + "\",\"kind\":\"" + kind.toUtf8()
        + "\",\"metadata\":{\"resourceVersion\":\"";
}

Resources::Resources()
{
    for (const Row &row : rows) {
        ResourceType type;
        type.id = row.id;
        const QString groupVersion = QString::fromLatin1(row.groupVersion);
        const qsizetype slash = groupVersion.indexOf(QLatin1Char('/'));
        type.group = slash < 0 ? QString() : groupVersion.left(slash);
        type.version = groupVersion.mid(slash + 1);
        type.plural = QString::fromLatin1(row.plural);
        type.kind = QString::fromLatin1(row.kind);
        type.singular = type.kind.toLower();
        type.namespaced = row.namespaced;
        type.shortNames = words(row.shortNames);
        type.categories = words(row.categories);
        type.subresources = words(row.subresources);
        for (const QStringList paths = words(row.fieldPaths); const QString &path : paths)
            type.fieldPaths.append(path.toLatin1());
        type.storage = row.id == kind::EventsEvent ? TypeId(kind::Event) : row.id;
        type.custom = type.group == QLatin1StringView("cilium.io");
        m_types.push_back(std::move(type));
    }
}

TypeId Resources::find(const QString &group, const QString &version, const QString &plural) const
{
    for (const ResourceType &type : m_types) {
        if (type.plural == plural && type.group == group && type.version == version && !plural.isEmpty())
            return type.id;
    }
    return -1;
}

TypeId Resources::findKind(const QString &group, const QString &kind) const
{
    for (const ResourceType &type : m_types) {
        if (type.kind == kind && type.group == group && !type.plural.isEmpty())
            return type.id;
    }
    return -1;
}

TypeId Resources::add(ResourceType type)
{
    if (const TypeId known = find(type.group, type.version, type.plural); known >= 0)
        return known;
    type.id = static_cast<TypeId>(m_types.size());
    type.storage = type.id;
    type.custom = true;
    m_types.push_back(std::move(type));
    return m_types.back().id;
}

void Resources::drop(TypeId id)
{
    if (id >= kind::BuiltinCount)
        m_types[static_cast<std::size_t>(id)].plural.clear();
}

} // namespace kdra::demo
