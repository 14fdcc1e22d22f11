// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo/objects/random.h"
#include "demo/objectstore.h"

#include <QElapsedTimer>
#include <QTimer>

#include <deque>

namespace kdra::demo {

// Changes of pods for load tests: restarts and readiness, so many a second, spread over all running pods. Patches
// bytes.
class Churn : public QObject {
    Q_OBJECT
public:
    Churn(ObjectStore &store, double perSecond, quint32 seed, QObject *parent = nullptr);
    void start();

private:
    void tick();
    void restart(const ObjectPtr &pod);
    void setReady(const ObjectPtr &pod, bool ready);

    ObjectStore &m_store;
    double m_perSecond;
    Random m_random;
    QTimer m_timer;
    QElapsedTimer m_clock;
    qint64 m_done = 0;
    std::vector<QByteArray> m_uids;
    std::deque<QByteArray> m_unready; // uids of those that were made unready, the first to be ready again first
};

} // namespace kdra::demo
