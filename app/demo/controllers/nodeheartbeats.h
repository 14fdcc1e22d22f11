// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo/controllers/controller.h"

namespace kdra::demo {

class Kubelet;

// Each node renews its Lease every ten seconds, as kubelets do: spread over those seconds, silent nodes excepted.
class NodeHeartbeats : public QObject {
    Q_OBJECT
public:
    NodeHeartbeats(ControllerContext &context, const Kubelet &kubelet, QObject *parent);
    void start();

private:
    void renewSome();
    void renew(const QByteArray &node);

    ControllerContext &m_context;
    const Kubelet &m_kubelet;
    QTimer m_timer;
    int m_slot = 0;
};

// What kube-controller-manager's node lifecycle does: a node whose lease is not renewed for 40 s becomes unknown and
// tainted; later its pods are evicted. Also sweeps up the pods of nodes that were deleted.
class NodeLifecycle : public QObject {
    Q_OBJECT
public:
    NodeLifecycle(ControllerContext &context, QObject *parent);
    void observe(const Change &change);
    void start();

    // Seconds without a heartbeat until a node is unknown, and then until its pods go. For tests.
    void setGrace(int unknownSeconds, int evictionSeconds);

private:
    void check();
    void markUnknown(const QByteArray &node);
    void markReady(const QByteArray &node);
    void setPodsReady(const QByteArray &node, bool ready);
    void evict(const QByteArray &node);

    ControllerContext &m_context;
    QTimer m_timer;
    QElapsedTimer m_clock;
    QHash<QByteArray, qint64> m_heard; // node -> m_clock's milliseconds
    QHash<QByteArray, qint64> m_unknown; // since when
    QSet<QByteArray> m_evicted;
    int m_graceSeconds = 40;
    int m_evictionSeconds = 300;
};

} // namespace kdra::demo
