// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo/controllers/controller.h"

namespace kdra::demo {

// Keeps a Service's EndpointSlice equal to the pods it selects.
class EndpointSliceController : public Controller {
    Q_OBJECT
public:
    using Controller::Controller;
    void observe(const Change &change) override;

protected:
    void reconcile(const Key &key) override;

private:
    struct Selector {
        quint64 revision = 0;
        QJsonObject labels;
    };
    const QJsonObject &selectorOf(const ObjectPtr &service);
    void enqueueServices(const StoredObject &pod);

    QHash<QByteArray, Selector> m_selectors;
};

} // namespace kdra::demo
