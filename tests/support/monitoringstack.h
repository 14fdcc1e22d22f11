// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QUrl>

#include <memory>
#include <vector>

namespace kdra::test {

// A real Prometheus with a real node-exporter and a real Alertmanager on loopback, from PATH (Debian's prometheus,
// prometheus-node-exporter and prometheus-alertmanager). Scrapes and evaluates every second. Rules of its own: a
// recording rule, alerts that fire ("NodeSeen", "Watchdog", "Source", and "Muted", which "Source" inhibits), and one
// that stays pending ("Patient"). Every process is stopped in the destructor.
class MonitoringStack {
public:
    // The programs that are missing; empty when it can be started.
    static QStringList missing();

    MonitoringStack() = default;
    ~MonitoringStack();

    // Blocks until both servers are ready (a minute at most, thrice with other ports).
    Result<void> start();
    // SIGKILL, as a crash does.
    void killPrometheus();
    void killAlertmanager();

    QUrl prometheus() const;
    QUrl alertmanager() const;
    // What `promtool ARGUMENTS` prints; an Error with what it complains about.
    Result<QByteArray> promtool(const QStringList &arguments) const;
    // The last lines of each program's log, for a failing test's message.
    QString logTails() const;

private:
    Result<void> tryToStart();
    void stop();
    Result<void> spawn(const QString &program, const QStringList &arguments);
    void kill(const QString &program);
    bool write(const QString &name, const QByteArray &text) const;

    QTemporaryDir m_folder;
    std::vector<std::unique_ptr<QProcess>> m_processes;
    quint16 m_prometheus = 0;
    quint16 m_exporter = 0;
    quint16 m_alertmanager = 0;
};

} // namespace kdra::test
