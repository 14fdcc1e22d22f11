// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFuture>
#include <QFutureWatcher>
#include <QPromise>
#include <QThread>
#include <QThreadPool>

#include <memory>

// What is done with the result of a future. In place of QFuture::then(), which runs its function within the call when
// the result is there already, so that the caller finds itself changed underneath; and which runs it twice when another
// thread finishes the future at that very moment (setContinuation() of Qt 6.8). These always run it later, and once.
// A future that was cancelled runs nothing. Any thread.
namespace kdra {

namespace detail {
// An object on a thread of its own, whose event loop passes results on.
QObject *relay();

// Calls function(future) on the context's thread when the future is finished or cancelled.
template <class T, class Function> void whenSettled(const QFuture<T> &future, QObject *context, Function function)
{
    auto *watcher = new QFutureWatcher<T>;
    watcher->moveToThread(context->thread());
    QObject::connect(watcher, &QFutureWatcherBase::finished, context,
        [done = QFuture<T>(future), function = std::move(function)]() mutable { function(done); });
    QObject::connect(watcher, &QFutureWatcherBase::finished, watcher, &QObject::deleteLater);
    // Where there is no event loop any more, later would be never.
    QObject::connect(
        context, &QObject::destroyed, watcher,
        [watcher] { watcher->thread()->isRunning() ? watcher->deleteLater() : delete watcher; }, Qt::DirectConnection);
    watcher->setFuture(future);
}

template <class T> bool hasResult(const QFuture<T> &future)
{
    return !future.isCanceled() && future.resultCount() > 0;
}

template <class T> T resultOf(QFuture<T> &future)
{
    if constexpr (std::is_copy_constructible_v<T>)
        return future.result();
    else
        return future.takeResult();
}
} // namespace detail

// Calls function(T) on the context's thread, as long as the context lives; function(QFuture<T>) for what is better
// taken out of the future than copied.
template <class T, class Function> void whenFinished(const QFuture<T> &future, QObject *context, Function function)
{
    detail::whenSettled(future, context, [function = std::move(function)](QFuture<T> &done) mutable {
        if (!detail::hasResult(done))
            return;
        if constexpr (std::is_invocable_v<Function &, QFuture<T>>)
            function(done);
        else
            function(detail::resultOf(done));
    });
}

// What function(T) makes of the result, on a thread of the pool.
template <class T, class Function>
auto onPool(const QFuture<T> &future, Function function, QThreadPool *pool = QThreadPool::globalInstance())
    -> QFuture<std::invoke_result_t<Function &, T>>
{
    // One that goes without a result cancels its future.
    auto promise = std::make_shared<QPromise<std::invoke_result_t<Function &, T>>>();
    promise->start();
    auto made = promise->future();
    detail::whenSettled(
        future, detail::relay(), [promise, pool, function = std::move(function)](QFuture<T> &done) mutable {
            if (!detail::hasResult(done))
                return;
            pool->start([promise = std::move(promise), done, function = std::move(function)]() mutable {
                if constexpr (std::is_void_v<std::invoke_result_t<Function &, T>>)
                    function(detail::resultOf(done));
                else
                    promise->addResult(function(detail::resultOf(done)));
                promise->finish();
            });
        });
    return made;
}

// The result of the future that is the result.
template <class T> QFuture<T> unwrapped(const QFuture<QFuture<T>> &future)
{
    auto promise = std::make_shared<QPromise<T>>();
    promise->start();
    QFuture<T> inner = promise->future();
    QObject *relay = detail::relay();
    detail::whenSettled(future, relay, [promise, relay](QFuture<QFuture<T>> &outer) {
        if (!detail::hasResult(outer))
            return;
        detail::whenSettled(outer.result(), relay, [promise](QFuture<T> &done) {
            if (!detail::hasResult(done))
                return;
            promise->addResult(detail::resultOf(done));
            promise->finish();
        });
    });
    return inner;
}

// All futures when the last of them is finished or cancelled, in their order.
template <class T> QFuture<QList<QFuture<T>>> whenAllFinished(const QList<QFuture<T>> &futures)
{
    using All = QList<QFuture<T>>;
    auto promise = std::make_shared<QPromise<All>>();
    promise->start();
    QFuture<All> all = promise->future();
    if (futures.isEmpty()) {
        promise->addResult(All());
        promise->finish();
    }
    // Counted on the relay's thread only.
    auto left = std::make_shared<qsizetype>(futures.size());
    for (const QFuture<T> &one : futures) {
        detail::whenSettled(one, detail::relay(), [promise, left, futures](QFuture<T> &) {
            if (--*left > 0)
                return;
            promise->addResult(futures);
            promise->finish();
        });
    }
    return all;
}

} // namespace kdra
