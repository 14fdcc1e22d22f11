// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo/controllers/controller.h"

namespace kdra::demo {

// Keeps as many pods as a ReplicaSet wants.
class ReplicaSetController : public Controller {
    Q_OBJECT
public:
    using Controller::Controller;
    void observe(const Change &change) override;

protected:
    void reconcile(const Key &key) override;

private:
    // Why one was refused; the rest is not tried then. Empty when all are there.
    QString createPods(const QJsonObject &set, int count);
    void deletePods(const QJsonObject &set, std::vector<ObjectPtr> pods, int count);
};

} // namespace kdra::demo
