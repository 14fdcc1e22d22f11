// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayList>
#include <QHash>
#include <QString>
#include <QStringList>

#include <deque>

// The table of kinds that the demo cluster serves.
namespace kdra::demo {

// Index into Resources. The built-in kinds have the constants of namespace `kind`; CRDs come after them.
using TypeId = int;

namespace kind {
enum : TypeId {
    Node,
    Pod,
    Namespace,
    Service,
    ConfigMap,
    Secret,
    ServiceAccount,
    PersistentVolume,
    PersistentVolumeClaim,
    Event,
    Endpoints,
    ResourceQuota,
    LimitRange,
    ReplicationController,
    PodTemplate,
    Deployment,
    ReplicaSet,
    StatefulSet,
    DaemonSet,
    ControllerRevision,
    Job,
    CronJob,
    HorizontalPodAutoscaler,
    PodDisruptionBudget,
    Ingress,
    IngressClass,
    NetworkPolicy,
    EndpointSlice,
    Lease,
    EventsEvent, // events.k8s.io/v1: another view of Event, stores nothing itself
    Role,
    RoleBinding,
    ClusterRole,
    ClusterRoleBinding,
    StorageClass,
    VolumeAttachment,
    CSINode,
    CSIDriver,
    PriorityClass,
    RuntimeClass,
    CustomResourceDefinition,
    CiliumNetworkPolicy,
    CiliumClusterwideNetworkPolicy,
    CiliumEndpoint,
    CiliumNode,
    CiliumIdentity,
    BuiltinCount
};
} // namespace kind

// One kind in one group and version (discovery: APIResource).
struct ResourceType {
    TypeId id = -1;
    QString group; // "" for core
    QString version;
    QString plural;
    QString singular;
    QString kind;
    bool namespaced = true;
    QStringList shortNames;
    QStringList categories;
    QStringList subresources; // "status", "scale", "log", ...
    QByteArrayList fieldPaths; // fields a field selector may name besides metadata.name and metadata.namespace
    TypeId storage = -1; // the type whose objects these are; == id except for another view of the same objects
    bool custom = false; // from a CRD: lists keep apiVersion and kind in their items

    QString apiVersion() const { return group.isEmpty() ? version : group + QLatin1Char('/') + version; }
    QString groupResource() const { return group.isEmpty() ? plural : plural + QLatin1Char('.') + group; }
    // The canonical beginning of each stored object: {"apiVersion":"v1","kind":"Pod","metadata":{"resourceVersion":"
    QByteArray head() const;
};

class Resources {
public:
    Resources();

    const ResourceType &at(TypeId id) const { return m_types[static_cast<std::size_t>(id)]; }
    const std::deque<ResourceType> &all() const { return m_types; } // removed CRDs stay with an empty plural
    // -1 when not served.
    TypeId find(const QString &group, const QString &version, const QString &plural) const;
    TypeId findKind(const QString &group, const QString &kind) const;

    // A CRD's kind; returns the existing id when the same group, version and plural is there already.
    TypeId add(ResourceType type);
    void drop(TypeId id);

private:
    std::deque<ResourceType> m_types; // references stay valid
};

} // namespace kdra::demo
