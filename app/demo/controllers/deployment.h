// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo/controllers/controller.h"

namespace kdra::demo {

// Rolls a Deployment's ReplicaSets over: surge, unavailability, revisions, pause, conditions.
class DeploymentController : public Controller {
    Q_OBJECT
public:
    using Controller::Controller;
    void observe(const Change &change) override;

protected:
    void reconcile(const Key &key) override;

private:
    struct Sets {
        QJsonObject current; // empty: the template has no ReplicaSet yet
        QList<QJsonObject> old; // newest last
        int revision = 0; // the highest
    };
    Sets setsOf(const QJsonObject &deployment, const QByteArray &uid);
    QJsonObject createCurrent(const QJsonObject &deployment, const Sets &sets);
    void claimRevision(QJsonObject &deployment, Sets &sets);
    void roll(const QJsonObject &deployment, Sets &sets);
    void recreate(const QJsonObject &deployment, Sets &sets, const QByteArray &uid);
    void scale(const QJsonObject &deployment, QJsonObject &set, int replicas);
    void forgetOld(const QJsonObject &deployment, const Sets &sets);
    void report(const Key &key, const QJsonObject &deployment, const QByteArray &uid);
};

} // namespace kdra::demo
