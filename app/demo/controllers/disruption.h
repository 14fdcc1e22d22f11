// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo/controllers/controller.h"

namespace kdra::demo {

// Says in the status of each PodDisruptionBudget how many of its pods are healthy and how many may be evicted.
class DisruptionController : public Controller {
    Q_OBJECT
public:
    using Controller::Controller;
    void observe(const Change &change) override;

protected:
    void reconcile(const Key &key) override;

private:
    // How many pods the owners of these pods want in all; what a percentage is of.
    int expectedOf(const std::vector<ObjectPtr> &pods);
};

} // namespace kdra::demo
