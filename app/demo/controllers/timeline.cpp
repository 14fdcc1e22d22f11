// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/controllers/timeline.h"

namespace kdra::demo {

Timeline::Timeline(QObject *parent)
    : QObject(parent)
{
    m_clock.start();
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::CoarseTimer);
    connect(&m_timer, &QTimer::timeout, this, &Timeline::run);
}

void Timeline::after(int milliseconds, std::function<void()> work)
{
    const auto added = m_work.emplace(m_clock.elapsed() + milliseconds, std::move(work));
    if (added == m_work.begin())
        arm();
}

void Timeline::arm()
{
    if (m_work.empty())
        m_timer.stop();
    else
        m_timer.start(static_cast<int>(std::max<qint64>(0, m_work.begin()->first - m_clock.elapsed())));
}

void Timeline::run()
{
    // What is due now, in order; the server gets its turn at least every hundred.
    for (int i = 0; i < 100 && !m_work.empty() && m_work.begin()->first <= m_clock.elapsed(); ++i) {
        const auto work = std::move(m_work.begin()->second);
        m_work.erase(m_work.begin());
        work();
    }
    arm();
}

} // namespace kdra::demo
