// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo/objects/meta.h"

#include <cstdint>

// Pods as the controllers, the scheduler and the kubelet leave them.
namespace kdra::demo {

// Fills what the API server defaults in a pod's spec (restartPolicy, probes' periods, protocol, image pull policy...).
void applyPodDefaults(QJsonObject &spec);

// A pod from a workload's pod template: the admission's token volume and tolerations in, status Pending.
QJsonObject podFromTemplate(const QJsonObject &podTemplate, const Meta &meta);

// What the scheduler's binding does.
void bindPod(QJsonObject &pod, const QString &node, const QDateTime &now);

// One container's progress, as the kubelet reports it.
struct ContainerReport {
    enum class State { Waiting, Running, Terminated };
    State state = State::Waiting;
    QString reason; // "ContainerCreating", "CrashLoopBackOff", "Completed", "Error"
    QString message;
    int exitCode = 0;
    bool ready = false;
    bool started = false;
    int restarts = 0;
    QDateTime startedAt;
    QDateTime finishedAt;
    QJsonObject lastState; // of the previous run; empty when there was none
};
QJsonObject containerStatus(const QJsonObject &container, const QString &podUid, const ContainerReport &report);
// {"terminated": {...}} for lastState.
QJsonObject terminatedState(const QString &containerId, int exitCode, const QString &reason, const QDateTime &startedAt,
    const QDateTime &finishedAt);

// Sets phase, conditions and addresses from the statuses that are already in place.
void summarisePod(QJsonObject &pod, const QString &hostIp, const QString &podIp, const QDateTime &now);

// The pod running and ready since `started`, in one step; for clusters that are born with their pods up.
void runPod(QJsonObject &pod, const QString &hostIp, const QString &podIp, const QDateTime &started);
// A finished pod of a Job.
void completePod(
    QJsonObject &pod, const QString &hostIp, const QString &podIp, const QDateTime &started, const QDateTime &finished);

// The entries of the controller that made the pod and of the kubelet.
void setPodManagedFields(QJsonObject &pod, const QDateTime &created, const QDateTime &reported);

// "docker.io/library/nginx:1.29" -> "docker.io/library/nginx@sha256:..."; the same for the same image.
QString imageId(const QString &image);

// Requests of the whole pod: thousandths of a core, bytes.
struct PodRequests {
    qint64 cpuMilli = 0;
    qint64 memoryBytes = 0;
};
PodRequests requestsOf(const QJsonObject &podSpec);

} // namespace kdra::demo
