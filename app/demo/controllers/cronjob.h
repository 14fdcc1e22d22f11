// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo/controllers/controller.h"

namespace kdra::demo {

// Starts Jobs when a CronJob's schedule says so, and keeps the last few.
class CronJobController : public Controller {
    Q_OBJECT
public:
    using Controller::Controller;
    void observe(const Change &change) override;
    void start() override;

protected:
    void reconcile(const Key &key) override;

private:
    void startJob(const QJsonObject &cron, const QDateTime &due);
    void forgetOld(const QJsonObject &cron, const std::vector<ObjectPtr> &jobs);

    QSet<Key> m_waiting;
};

} // namespace kdra::demo
