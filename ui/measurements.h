// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QJsonObject>
#include <QObject>

#include <chrono>
#include <optional>
#include <vector>

namespace kdra::ui {

class MainWindow;
class Session;

// What --report tells: how long it took, what arrived, how smooth it was. Costs nothing when it is not made.
class Measurements : public QObject {
    Q_OBJECT
public:
    using Clock = std::chrono::steady_clock;

    // `start`: when the process began.
    Measurements(Session &session, MainWindow &window, Clock::time_point start);

    QJsonObject report() const;
    Result<void> write(const QString &file) const;

private:
    void windowPainted();

    Session &m_session;
    MainWindow &m_window;
    Clock::time_point m_start;
    std::optional<double> m_firstPaintMs;
    std::optional<double> m_syncedMs;
    bool m_synced = false;
    std::optional<Clock::time_point> m_unpainted; // when the oldest event that is not yet on the screen was received
    std::vector<double> m_eventToPaintMs;
    std::vector<double> m_frameMs; // of the canvas
    std::vector<Clock::time_point> m_framesAt;
    quint64 m_applied = 0;
};

} // namespace kdra::ui
