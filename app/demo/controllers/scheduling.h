// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo/controllers/podindex.h"

namespace kdra::demo {

// A node as the scheduler sees it.
struct SchedulingNode {
    QString name;
    QJsonObject labels;
    QJsonArray taints; // with the one of cordoning
    bool unschedulable = false;
    qint64 cpuMilli = 0; // allocatable
    qint64 memoryBytes = 0;
    int maxPods = 110;
};
SchedulingNode schedulingNode(const QJsonObject &node);

// The pod's nodeSelector and required node affinity (terms are alternatives, their expressions are not).
bool affinityAdmits(const QJsonObject &podSpec, const SchedulingNode &node);
// The first taint with one of the effects that the pod does not tolerate; empty when there is none.
QJsonObject untoleratedTaint(const QJsonObject &podSpec, const SchedulingNode &node, const QStringList &effects);

// Why a node does not take a pod, in kube-scheduler's words; empty when it does.
QString whyNot(
    const QJsonObject &podSpec, const PodRequests &requests, const SchedulingNode &node, const PodIndex::Load &load);

} // namespace kdra::demo
