// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo/controllers/controller.h"
#include "demo/controllers/scheduling.h"

namespace kdra::demo {

// Binds pending pods to the least allocated node that takes them, spread over zones and nodes.
class Scheduler : public Controller {
    Q_OBJECT
public:
    using Controller::Controller;
    void observe(const Change &change) override;
    void start() override;

protected:
    void reconcile(const Key &key) override;

private:
    void loadNodes();
    void reportFailure(const QJsonObject &pod, const QMap<QString, int> &reasons);
    // The only node that has a volume of the pod: those of local storage stay where they are. Empty: any.
    QString nodeOfVolumes(const QJsonObject &pod);
    static double spread(const SchedulingNode &node, const QHash<QString, int> &siblings);

    QHash<QByteArray, SchedulingNode> m_nodes;
    bool m_loaded = false;
    QSet<Key> m_unschedulable;
    bool m_retrying = false;
};

} // namespace kdra::demo
