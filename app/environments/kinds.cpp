// SPDX-License-Identifier: GPL-3.0-or-later
#include "environments/kinds.h"

#include <QSet>

namespace kdra::environments {

QString kindName(const QJsonObject &object)
{
    const QString apiVersion = object.value(QLatin1StringView("apiVersion")).toString();
    const QString kind = object.value(QLatin1StringView("kind")).toString();
    const qsizetype slash = apiVersion.indexOf(QLatin1Char('/'));
    return slash < 0 ? kind : kind + QLatin1Char('.') + apiVersion.first(slash);
}

bool isKnownClusterScoped(const QString &kindName)
{
    // kubectl api-resources --namespaced=false of Kubernetes 1.20 to 1.36.
    static const QSet<QString> known = {
        QStringLiteral("Namespace"),
        QStringLiteral("Node"),
        QStringLiteral("PersistentVolume"),
        QStringLiteral("ComponentStatus"),
        QStringLiteral("MutatingWebhookConfiguration.admissionregistration.k8s.io"),
        QStringLiteral("ValidatingWebhookConfiguration.admissionregistration.k8s.io"),
        QStringLiteral("ValidatingAdmissionPolicy.admissionregistration.k8s.io"),
        QStringLiteral("ValidatingAdmissionPolicyBinding.admissionregistration.k8s.io"),
        QStringLiteral("MutatingAdmissionPolicy.admissionregistration.k8s.io"),
        QStringLiteral("MutatingAdmissionPolicyBinding.admissionregistration.k8s.io"),
        QStringLiteral("CustomResourceDefinition.apiextensions.k8s.io"),
        QStringLiteral("APIService.apiregistration.k8s.io"),
        QStringLiteral("SelfSubjectReview.authentication.k8s.io"),
        QStringLiteral("TokenReview.authentication.k8s.io"),
        QStringLiteral("SelfSubjectAccessReview.authorization.k8s.io"),
        QStringLiteral("SelfSubjectRulesReview.authorization.k8s.io"),
        QStringLiteral("SubjectAccessReview.authorization.k8s.io"),
        QStringLiteral("CertificateSigningRequest.certificates.k8s.io"),
        QStringLiteral("ClusterTrustBundle.certificates.k8s.io"),
        QStringLiteral("FlowSchema.flowcontrol.apiserver.k8s.io"),
        QStringLiteral("PriorityLevelConfiguration.flowcontrol.apiserver.k8s.io"),
        QStringLiteral("IngressClass.networking.k8s.io"),
        QStringLiteral("IPAddress.networking.k8s.io"),
        QStringLiteral("ServiceCIDR.networking.k8s.io"),
        QStringLiteral("RuntimeClass.node.k8s.io"),
        QStringLiteral("PodSecurityPolicy.policy"),
        QStringLiteral("ClusterRole.rbac.authorization.k8s.io"),
        QStringLiteral("ClusterRoleBinding.rbac.authorization.k8s.io"),
        QStringLiteral("DeviceClass.resource.k8s.io"),
        QStringLiteral("ResourceSlice.resource.k8s.io"),
        QStringLiteral("PriorityClass.scheduling.k8s.io"),
        QStringLiteral("StorageClass.storage.k8s.io"),
        QStringLiteral("CSIDriver.storage.k8s.io"),
        QStringLiteral("CSINode.storage.k8s.io"),
        QStringLiteral("VolumeAttachment.storage.k8s.io"),
        QStringLiteral("VolumeAttributesClass.storage.k8s.io"),
        QStringLiteral("StorageVersion.internal.apiserver.k8s.io"),
        QStringLiteral("StorageVersionMigration.storagemigration.k8s.io"),
        // Common ones of others.
        QStringLiteral("CiliumClusterwideNetworkPolicy.cilium.io"),
        QStringLiteral("ClusterIssuer.cert-manager.io"),
        QStringLiteral("GatewayClass.gateway.networking.k8s.io"),
        QStringLiteral("VolumeSnapshotClass.snapshot.storage.k8s.io"),
        QStringLiteral("VolumeSnapshotContent.snapshot.storage.k8s.io"),
    };
    return known.contains(kindName);
}

} // namespace kdra::environments
