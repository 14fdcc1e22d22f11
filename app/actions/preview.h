// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "actions/order.h"

#include <QDateTime>
#include <QFuture>
#include <QJsonObject>

namespace kdra::kube {
class ApiClient;
}

// What the server has to be asked for before an order can be shown or filled in. Any thread; read only.
namespace kdra::actions {

// One pod of a node that is to be drained, and what becomes of it.
struct DrainedPod {
    enum class Fate : quint8 {
        Evicted,
        Finished, // has run to its end; evicted too, and nothing is interrupted
        Unmanaged, // nobody makes it anew: needs DrainOptions::force
        DaemonSet, // stays: its daemon set would make it anew at once
        Mirror, // stays: the kubelet runs it from a file
    };
    QString ns;
    QString name;
    QString uid;
    Fate fate = Fate::Evicted;
    bool localData = false; // has emptyDir volumes, whose data goes with it: needs DrainOptions::deleteEmptyDirData

    bool stays() const { return fate == Fate::DaemonSet || fate == Fate::Mirror; }
    QString display() const { return ns + QLatin1Char('/') + name; }
};

struct DrainPreview {
    QList<DrainedPod> pods; // sorted by namespace and name

    int count(DrainedPod::Fate fate) const;
    int evictedCount() const; // all that do not stay
    int localDataCount() const; // of those
    // "Evicts 12 pods from pi-007. 3 pods of daemon sets stay. 1 pod loses local data."
    QString text(const QString &node) const;
    // What must be agreed to before it can start; empty when nothing. One sentence each.
    QStringList obstacles(const DrainOptions &options) const;
};

// The node's pods fresh from the server.
QFuture<Result<DrainPreview>> previewDrain(kube::ApiClient &client, const QString &node);

// Labels and annotations of the target as they are now, for MetadataEdit::seen.
struct Metadata {
    QMap<QString, QString> labels;
    QMap<QString, QString> annotations;
};
QFuture<Result<Metadata>> readMetadata(kube::ApiClient &client, const Target &target);
// The edit that turns `seen` into `wanted`.
MetadataEdit editOf(const QMap<QString, QString> &seen, const QMap<QString, QString> &wanted);
// What the server would not accept as a label or annotation, in words; empty when fine (qualified name and value rules
// of k8s.io/apimachinery/pkg/util/validation).
QString labelProblem(const QString &key, const QString &value);
QString annotationProblem(const QString &key);

// A revision of a workload's template: what "undo" can go back to.
struct Revision {
    qint64 number = 0;
    QString name; // of its ReplicaSet or ControllerRevision
    QStringList images;
    QString changeCause; // annotation kubernetes.io/change-cause
    QDateTime created;
    bool current = false; // what the workload asks for now
    QJsonObject podTemplate; // as it belongs into spec.template
};
// Newest first. For Deployments, StatefulSets and DaemonSets.
QFuture<Result<QList<Revision>>> readRevisions(kube::ApiClient &client, const Target &target);

} // namespace kdra::actions
