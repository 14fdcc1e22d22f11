// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDeadlineTimer>
#include <QEventLoop>
#include <QFuture>
#include <QFutureWatcher>
#include <QTimer>

#include <chrono>

namespace kdra::test {

// Runs the event loop until the future has finished; false when the deadline passes first.
template <class T> bool finishes(const QFuture<T> &future, std::chrono::milliseconds within = std::chrono::seconds(60))
{
    if (future.isFinished())
        return true;
    QEventLoop loop;
    QFutureWatcher<T> watcher;
    QObject::connect(&watcher, &QFutureWatcherBase::finished, &loop, &QEventLoop::quit);
    watcher.setFuture(future);
    QTimer::singleShot(within, &loop, &QEventLoop::quit);
    loop.exec();
    return future.isFinished();
}

} // namespace kdra::test

// The future's result in `variable`; fails the test when it does not come in time.
#define KDRA_AWAIT(variable, future)                                                                                   \
    auto variable##Future = (future);                                                                                  \
    QVERIFY2(kdra::test::finishes(variable##Future), "no answer in time: " #future);                                   \
    QVERIFY2(variable##Future.resultCount() > 0, "cancelled: " #future);                                               \
    const auto variable = variable##Future.result()
