// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/render.h"

#include <QJsonArray>

#include <optional>

namespace kdra::environments {

// Of one container, as written; nothing where nothing is.
struct Amount {
    std::optional<qint64> cpuMilli = {}; // thousandths of a core
    std::optional<qint64> memory = {}; // bytes
    bool operator==(const Amount &) const = default;
};

struct ContainerDemand {
    // Init containers run one after the other before the others; sidecars are those that go on (restartPolicy Always).
    enum class Role : quint8 { Main, Init, Sidecar };
    QString name = {};
    Role role = Role::Main;
    Amount request = {}; // the limit where no request is written, as the server puts it in
    Amount limit = {};
    bool operator==(const ContainerDemand &) const = default;
};

// The pods of one workload: what the scheduler looks at.
struct PodDemand {
    QString workload = {}; // "Deployment web": for reasons
    int replicas = 1; // of DaemonSets 0: one a node that takes it
    bool everyNode = false; // DaemonSet
    // Requests of one pod, as the scheduler counts them: the containers and sidecars together or the largest init
    // container, whichever is more, and the overhead.
    qint64 cpuMilli = 0;
    qint64 memory = 0; // bytes
    qint64 cpuMilliLimit = 0; // likewise; 0 when a container has none
    qint64 memoryLimit = 0;
    QList<ContainerDemand> containers = {}; // empty: only the sums above are known
    Amount overhead = {}; // spec.overhead
    QMap<QString, QString> nodeSelector = {};
    QJsonArray nodeTerms = {}; // of the required node affinity: nodeSelectorTerms, one of which has to match
    QJsonArray tolerations = {};

    // Computes the sums from the containers.
    void sum();
    bool operator==(const PodDemand &) const = default;
};

// What an environment asks of a cluster.
struct Demand {
    QList<PodDemand> pods = {};
    QStringList architectures = {}; // empty: any
    int claims = 0; // PersistentVolumeClaims, those of StatefulSets included
    qint64 storage = 0; // bytes, of all claims
    bool edge = false;
    // "Deployment.apps", "Secret": each once, in the order of the manifests.
    QStringList kinds = {};
    // Those outside of the namespace.
    QStringList clusterScoped = {};

    // Without DaemonSets.
    int podCount() const;
    qint64 cpuMilli() const;
    qint64 memory() const;
    // The pods tolerate these (core/v1 Toleration), too; DaemonSets' aside, which a placement does not concern.
    void tolerate(const QJsonArray &tolerations);
    bool operator==(const Demand &) const = default;
};

// Pure; any thread. Quantities that cannot be read count as nothing: the server will refuse them. Of a CronJob the pods
// of one run count.
Demand demandOf(const Template &from, const QList<Manifest> &manifests);
// With default values, and something in place of those that only the user knows: for a first judgement, before anything
// was asked. Errors: those of render() that no value can mend.
Result<Demand> likelyDemand(const Template &from);
// Of all together. Which architectures each wants is not in it.
Demand together(const QList<Demand> &demands);

} // namespace kdra::environments
