// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kube/answer.h"

#include <QFuture>
#include <QFutureWatcher>

#include <chrono>
#include <functional>
#include <stop_token>

namespace kdra::doctor {

// Waiting on a thread of its own (never the GUI's) while its events go on: until something is so, a deadline passes, or
// the whole run is stopped.
class Patience {
public:
    explicit Patience(std::stop_token stop)
        : m_stop(std::move(stop))
    {
    }

    bool isStopped() const { return m_stop.stop_requested(); }

    // Looks again after every event. Whether it came true in time.
    bool until(std::chrono::milliseconds deadline, const std::function<bool()> &isSo) const;

    // The answer, or Timeout, or Cancelled.
    template <class T> Result<T> answer(QFuture<Result<T>> future, std::chrono::milliseconds deadline) const
    {
        QFutureWatcher<Result<T>> wakes;
        wakes.setFuture(future);
        if (until(deadline, [&] { return future.isFinished(); }) && future.resultCount() > 0)
            return future.result();
        const bool cancelled = isStopped() || future.isFinished();
        future.cancel();
        return std::unexpected(cancelled ? kube::cancelledError() : timeout(deadline));
    }

    static Error timeout(std::chrono::milliseconds deadline, const QString &where = {});

private:
    std::stop_token m_stop;
};

} // namespace kdra::doctor
