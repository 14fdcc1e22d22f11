// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <functional>
#include <map>

namespace kdra::demo {

// Things to do later, by one timer however many there are; no timer runs while nothing is due.
class Timeline : public QObject {
    Q_OBJECT
public:
    explicit Timeline(QObject *parent = nullptr);

    void after(int milliseconds, std::function<void()> work);
    void clear() { m_work.clear(); }

private:
    void arm();
    void run();

    QElapsedTimer m_clock;
    QTimer m_timer;
    std::multimap<qint64, std::function<void()>> m_work;
};

} // namespace kdra::demo
