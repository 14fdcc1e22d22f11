// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo/controllers/controller.h"

namespace kdra::demo {

// Gives a new namespace its service account and CA. Lifecycle empties a terminating one.
class NamespaceController : public Controller {
    Q_OBJECT
public:
    using Controller::Controller;
    void observe(const Change &change) override;

protected:
    void reconcile(const Key &key) override;
};

} // namespace kdra::demo
