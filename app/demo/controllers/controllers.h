// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo/controllers/controller.h"
#include "demo/democluster.h"

namespace kdra::demo {

class Kubelet;
class NodeHeartbeats;
class NodeLifecycle;

// kube-controller-manager, kube-scheduler and every kubelet in miniature, on the store's thread. Quiet when nothing
// changes, but for the nodes' heartbeats. Garbage collection and namespace deletion are Lifecycle's.
class Controllers : public QObject {
    Q_OBJECT
public:
    Controllers(ObjectStore &store, const DemoOptions &options, QObject *parent = nullptr);
    ~Controllers() override;

    void start();

    ObjectStore &store() { return m_store; }
    Kubelet &kubelet() { return *m_kubelet; }
    NodeLifecycle &nodeLifecycle() { return *m_lifecycle; }
    EventRecorder &events() { return m_events; }
    Timeline &timeline() { return m_timeline; }

private:
    void observe(const Change &change);

    ObjectStore &m_store;
    Random m_random;
    Timeline m_timeline;
    EventRecorder m_events;
    PodIndex m_pods;
    ControllerContext m_context;
    QList<Controller *> m_controllers;
    Kubelet *m_kubelet;
    NodeHeartbeats *m_heartbeats;
    NodeLifecycle *m_lifecycle;
};

} // namespace kdra::demo
