// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo/controllers/controller.h"

namespace kdra::demo {

// Gives a claim its volume, as a dynamic provisioner does: at once, or (volumeBindingMode WaitForFirstConsumer) on the
// node of the first pod that uses it.
class VolumeBinder : public Controller {
    Q_OBJECT
public:
    using Controller::Controller;
    void observe(const Change &change) override;

protected:
    void reconcile(const Key &key) override;

private:
    // Where the first pod is that uses the claim; empty when there is none yet.
    QString nodeOfConsumer(const Key &claim);
};

} // namespace kdra::demo
