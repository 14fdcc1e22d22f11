// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/latest.h"
#include "doctor/examination.h"
#include "doctor/step.h"

#include <QDateTime>
#include <QObject>

#include <stop_token>

class QThread;

namespace kdra::doctor {

// Finds out why a cluster cannot be reached, or what is missing: examines the way to it step by step, on a thread of
// its own. All calls and signals on the Doctor's thread (the GUI's may be).
class Doctor : public QObject {
    Q_OBJECT
public:
    explicit Doctor(QObject *parent = nullptr);
    ~Doctor() override; // cancels and joins

    // Begins anew; a run under way is dropped.
    void run(const kube::ClientConfig &config, const Deadlines &deadlines = {});
    void cancel();

    bool isRunning() const { return m_running; }
    const QList<Step> &steps() const { return m_steps; }
    // Nothing failed and nothing needs attention.
    bool isHealthy() const;

    // Everything as plain text without secrets, for a bug report.
    QString text() const;

Q_SIGNALS:
    void stepChanged(int index);
    void finished();

private:
    QList<Step> m_steps;
    Latest m_latest;
    std::stop_source m_stop;
    QDateTime m_started;
    QString m_subject; // "Context lab, https://…"
    bool m_running = false;
};

} // namespace kdra::doctor
