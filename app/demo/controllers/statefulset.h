// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo/controllers/controller.h"

namespace kdra::demo {

// Pods with a name and a volume each, made and rolled one after the other.
class StatefulSetController : public Controller {
    Q_OBJECT
public:
    using Controller::Controller;
    void observe(const Change &change) override;

protected:
    void reconcile(const Key &key) override;

private:
    bool createPod(const QJsonObject &set, int ordinal, const QString &revision);
    void createClaims(const QJsonObject &set, int ordinal);
    QString ensureRevision(const QJsonObject &set, const QByteArray &uid);
};

} // namespace kdra::demo
