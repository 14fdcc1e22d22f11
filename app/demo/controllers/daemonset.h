// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo/controllers/controller.h"
#include "demo/controllers/scheduling.h"

namespace kdra::demo {

// One pod on each node that a DaemonSet may run on.
class DaemonSetController : public Controller {
    Q_OBJECT
public:
    using Controller::Controller;
    void observe(const Change &change) override;

protected:
    void reconcile(const Key &key) override;

private:
    // Thousands of nodes are not parsed again for each of their daemons.
    struct View {
        quint64 revision = 0;
        SchedulingNode node;
    };
    const SchedulingNode &nodeView(const ObjectPtr &node);
    QString ensureRevision(const QJsonObject &set, const QByteArray &uid);

    QHash<QByteArray, View> m_views;
};

} // namespace kdra::demo
