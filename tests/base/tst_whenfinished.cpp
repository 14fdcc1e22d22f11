// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/whenfinished.h"

#include <QTest>
#include <QThread>

#include <atomic>
#include <thread>

using namespace kdra;

namespace {

QFuture<int> settled(int value)
{
    QPromise<int> promise;
    promise.start();
    promise.addResult(value);
    promise.finish();
    return promise.future();
}

}

class TestWhenFinished : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void neverWithinTheCall();
    void onTheContextsThread();
    void onceWhoeverIsFirst();
    void cancelledRunsNothing();
    void goneContextRunsNothing();
    void onPoolMakesAFuture();
    void ofFutures();
    void ofMany();
};

void TestWhenFinished::neverWithinTheCall()
{
    int got = 0;
    whenFinished(settled(3), this, [&](int value) { got = value; });
    QCOMPARE(got, 0);
    QTRY_COMPARE_WITH_TIMEOUT(got, 3, 30000);
}

void TestWhenFinished::onTheContextsThread()
{
    QThread thread;
    QObject there;
    there.moveToThread(&thread);
    thread.start();
    std::atomic<QThread *> where = nullptr;
    whenFinished(settled(1), &there, [&](int) { where = QThread::currentThread(); });
    QTRY_COMPARE_WITH_TIMEOUT(where.load(), &thread, 30000);
    thread.quit();
    thread.wait();
}

void TestWhenFinished::onceWhoeverIsFirst()
{
    // Another thread finishes the promise while it is asked for: then() of Qt 6.8 runs twice, or crashes.
    constexpr int rounds = 4000;
    std::atomic<QPromise<int> *> next = nullptr;
    std::atomic<bool> stop = false;
    std::thread finisher([&] {
        while (!stop) {
            if (QPromise<int> *promise = next.exchange(nullptr)) {
                promise->addResult(1);
                promise->finish();
                delete promise;
            }
        }
    });
    int direct = 0;
    std::atomic<int> pooled = 0;
    for (int i = 0; i < rounds; ++i) {
        auto *promise = new QPromise<int>;
        promise->start();
        const QFuture<int> future = promise->future();
        next = promise;
        if (i % 2)
            whenFinished(future, this, [&](int value) { direct += value; });
        else
            onPool(future, [&](int value) { return pooled += value; });
        while (next)
            std::this_thread::yield();
    }
    stop = true;
    finisher.join();
    QTRY_COMPARE_WITH_TIMEOUT(direct, rounds / 2, 30000);
    QTRY_COMPARE_WITH_TIMEOUT(pooled.load(), rounds / 2, 30000);
}

void TestWhenFinished::cancelledRunsNothing()
{
    QPromise<int> promise;
    promise.start();
    QFuture<int> future = promise.future();
    bool ran = false;
    whenFinished(future, this, [&](int) { ran = true; });
    QFuture<int> made = onPool(future, [&](int value) {
        ran = true;
        return value;
    });
    future.cancel();
    promise.finish();
    QTRY_VERIFY_WITH_TIMEOUT(made.isFinished(), 30000);
    QVERIFY(made.isCanceled());
    // What was asked for after it has had its turn by then.
    bool after = false;
    whenFinished(settled(1), this, [&](int) { after = true; });
    QTRY_VERIFY_WITH_TIMEOUT(after, 30000);
    QVERIFY(!ran);
}

void TestWhenFinished::goneContextRunsNothing()
{
    bool ran = false;
    auto context = std::make_unique<QObject>();
    whenFinished(settled(1), context.get(), [&](int) { ran = true; });
    context.reset();
    bool after = false;
    whenFinished(settled(1), this, [&](int) { after = true; });
    QTRY_VERIFY_WITH_TIMEOUT(after, 30000);
    QVERIFY(!ran);
}

void TestWhenFinished::onPoolMakesAFuture()
{
    QThread *where = nullptr;
    const QFuture<QString> text = onPool(settled(7), [&](int value) {
        where = QThread::currentThread();
        return QString::number(value);
    });
    // Whoever has no event loop may wait.
    QFuture<QString>(text).waitForFinished();
    QCOMPARE(text.result(), QStringLiteral("7"));
    QVERIFY(where != QThread::currentThread());
}

void TestWhenFinished::ofFutures()
{
    QFuture<int> inner = unwrapped(onPool(settled(7), [](int value) { return settled(value + 1); }));
    inner.waitForFinished();
    QCOMPARE(inner.result(), 8);
    QPromise<int> promise;
    promise.start();
    promise.future().cancel();
    promise.finish();
    inner = unwrapped(onPool(promise.future(), [](int value) { return settled(value); }));
    inner.waitForFinished();
    QVERIFY(inner.isCanceled());
}

void TestWhenFinished::ofMany()
{
    QFuture<QList<QFuture<int>>> none = whenAllFinished(QList<QFuture<int>>());
    none.waitForFinished();
    QVERIFY(none.result().isEmpty());
    QPromise<int> cancelled;
    cancelled.start();
    cancelled.future().cancel();
    cancelled.finish();
    auto all = whenAllFinished(QList<QFuture<int>>{settled(2), cancelled.future(), settled(1)});
    all.waitForFinished();
    const QList<QFuture<int>> done = all.result();
    QCOMPARE(done.size(), 3);
    QCOMPARE(done.at(0).result(), 2);
    QVERIFY(done.at(1).isCanceled());
    QCOMPARE(done.at(2).result(), 1);
}

QTEST_GUILESS_MAIN(TestWhenFinished)
#include "tst_whenfinished.moc"
