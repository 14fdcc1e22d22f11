// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <algorithm>
#include <ctime>
#include <functional>

namespace kdra::bench {

// CPU time of the calling thread in milliseconds: what others do on the machine does not count in it.
inline double threadCpuMs()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}

// Notes the longest time between two turns of the event loop of its thread: for so long a key press would have waited.
class Heartbeat : public QObject {
public:
    struct Gap {
        double wallMs = 0;
        double cpuMs = 0; // of the thread; the longest of these, which may be another gap
    };

    Heartbeat() { connect(&m_timer, &QTimer::timeout, this, &Heartbeat::beat); }
    void start()
    {
        m_longest = {};
        m_since.start();
        m_cpuSince = threadCpuMs();
        m_timer.start(0);
    }
    // What was done since the last turn is not the program's.
    void skip()
    {
        m_since.restart();
        m_cpuSince = threadCpuMs();
    }
    // The gap that is open counts too.
    Gap stop()
    {
        m_timer.stop();
        beat();
        return m_longest;
    }

    // Told of every gap, if set.
    std::function<void(Gap)> onBeat;

private:
    void beat()
    {
        const double cpu = threadCpuMs();
        const Gap gap{double(m_since.nsecsElapsed()) / 1e6, cpu - m_cpuSince};
        m_longest.wallMs = std::max(m_longest.wallMs, gap.wallMs);
        m_longest.cpuMs = std::max(m_longest.cpuMs, gap.cpuMs);
        if (onBeat)
            onBeat(gap);
        m_since.restart();
        m_cpuSince = cpu;
    }

    QTimer m_timer;
    QElapsedTimer m_since;
    double m_cpuSince = 0;
    Gap m_longest;
};

} // namespace kdra::bench
