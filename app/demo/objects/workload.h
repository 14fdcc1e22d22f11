// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo/objects/meta.h"

// Workloads and what surrounds them, in the state their controllers leave when everything is fine.
namespace kdra::demo {

QJsonObject deploymentObject(const Meta &meta, int replicas, const QJsonObject &selector,
    const QJsonObject &podTemplate, int revision, const QDateTime &now);
// A revision of a Deployment: name-HASH, with the hash in the selector and the pods' labels.
QJsonObject replicaSetObject(const QJsonObject &deployment, const QString &hash, int replicas, int revision,
    const QJsonObject &podTemplate, const Meta &identity);
QJsonObject statefulSetObject(const Meta &meta, int replicas, const QJsonObject &selector,
    const QJsonObject &podTemplate, const QString &service, const QString &storage, const QString &revision);
QJsonObject daemonSetObject(
    const Meta &meta, int scheduled, const QJsonObject &selector, const QJsonObject &podTemplate);
QJsonObject cronJobObject(
    const Meta &meta, const QString &schedule, const QJsonObject &podTemplate, const QDateTime &lastRun);
QJsonObject jobObject(const Meta &meta, const QJsonObject &podTemplate, const QDateTime &started,
    const QDateTime &finished); // finished is null while it runs

struct ServicePort {
    QString name;
    int port = 80;
};
// `clusterIp` "None" for a headless service.
QJsonObject serviceObject(
    const Meta &meta, const QJsonObject &selector, const ServicePort &port, const QString &clusterIp);
QJsonObject ingressObject(const Meta &meta, const QString &host, const QString &service, int port);
QJsonObject claimObject(const Meta &meta, const QString &size, const QString &storageClass, const QString &volume);
QJsonObject volumeObject(
    const Meta &meta, const QString &size, const QString &storageClass, const QJsonObject &claim, const QString &node);

// core/v1 Event as the recorders write it.
struct EventText {
    QString type = QStringLiteral("Normal");
    QString reason;
    QString message;
    QString component; // "kubelet", "default-scheduler"
    QString host; // node of a kubelet's event
};
QJsonObject eventObject(const QJsonObject &involved, const EventText &text, const QString &name, const QString &uid,
    const QDateTime &first, const QDateTime &last, int count);

} // namespace kdra::demo
