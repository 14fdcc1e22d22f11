// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/latest.h"
#include "environments/environment.h"
#include "environments/steps.h"

#include <QElapsedTimer>
#include <QTimer>

namespace kdra::environments {

// Waits until the watches show an environment to be ready, and tells why it is not yet. Fails when it has been failing
// for a while, or when it takes too long: what was made stays.
class Readiness : public QObject {
    Q_OBJECT
public:
    using Done = std::function<void(const Result<void> &)>;

    // Before the watches show at least what was written, nothing is believed.
    Readiness(Steps &steps, const Plan &plan, QList<Written> written);
    void start(Done done);
    void stop();
    void apply(const store::Batch &batch);

Q_SIGNALS:
    // Workloads that are ready, of all.
    void advanced(int ready, int all);

private:
    void look();
    void judge(bool caughtUp, const std::optional<Environment> &environment);
    void finish(const Result<void> &result);

    Steps &m_steps;
    const QString m_name;
    const QString m_namespace;
    const QList<Written> m_written;
    store::SnapshotPtr m_snapshot;
    QTimer m_due;
    Latest m_latest;
    QElapsedTimer m_since;
    QElapsedTimer m_failingSince;
    Done m_done;
};

} // namespace kdra::environments
