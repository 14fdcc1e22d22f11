// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/fairqueue.h"
#include "metrics/steps.h"

#include <QTest>

#include <random>

using namespace kdra::metrics;
using namespace Qt::StringLiterals;

class TestSteps : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void niceSteps_data()
    {
        QTest::addColumn<qint64>("span");
        QTest::addColumn<qint64>("points");
        QTest::addColumn<qint64>("minStep");
        QTest::addColumn<qint64>("step");
        QTest::newRow("an hour on a small panel") << 3600'000LL << 400LL << 0LL << 10'000LL;
        QTest::newRow("never under the scrape interval") << 300'000LL << 1000LL << 15'000LL << 15'000LL;
        QTest::newRow("a day") << 86400'000LL << 1000LL << 15'000LL << 120'000LL;
        QTest::newRow("thirty days") << 30 * 86400'000LL << 1000LL << 15'000LL << 3600'000LL;
        QTest::newRow("ten years, one point a day and more") << 3650 * 86400'000LL << 500LL << 0LL << 8 * 86400'000LL;
        QTest::newRow("one point") << 3600'000LL << 1LL << 0LL << 3600'000LL;
        QTest::newRow("nothing") << 0LL << 1000LL << 0LL << 1LL;
    }
    void niceSteps()
    {
        QFETCH(qint64, span);
        QFETCH(qint64, points);
        QFETCH(qint64, minStep);
        QTEST(niceStep(span, points, minStep), "step");
    }

    void rangesAreOnTheGridAndWithinTheLimit()
    {
        std::mt19937_64 random(1);
        for (int i = 0; i < 20'000; ++i) {
            const qint64 to = 1'700'000'000'000 + qint64(random() % 1'000'000'000);
            const qint64 span = qint64(random() % (qint64(1) << (random() % 42)));
            const qint64 minStep = qint64(random() % 60'000);
            const Range range = snapped(to - span, to, qint64(random() % 20'000), minStep);
            QVERIFY(range.step >= 1 && range.step >= minStep);
            QCOMPARE(range.start % range.step, 0);
            QCOMPARE(range.end % range.step, 0);
            QVERIFY(range.end <= to && range.start <= range.end);
            QVERIFY(range.start >= to - span || range.start == range.end);
            QVERIFY(pointsOf(range) <= maxPoints);
        }
    }

    // A live plot that moves on by less than a step asks for the same points.
    void aMovingRangeStandsStillWithinAStep()
    {
        const Range before = snapped(1'700'000'000'000, 1'700'003'600'000, 300, 15'000);
        QCOMPARE(before.step, 15'000);
        const qint64 next = (1'700'003'600'000 / 15'000 + 1) * 15'000;
        for (qint64 to = 1'700'003'600'000; to < next; to += 1000)
            QCOMPARE(snapped(to - 3'600'000, to, 300, 15'000).end, before.end);
        QCOMPARE(snapped(next - 3'600'000, next, 300, 15'000).end, before.end + 15'000);
    }

    void rateIntervals()
    {
        QCOMPARE(rateInterval(15'000, 15'000), 60'000);
        QCOMPARE(rateInterval(300'000, 15'000), 315'000);
    }

    void everybodyHasATurn()
    {
        FairQueue<QString> queue;
        for (int i = 1; i <= 3; ++i)
            queue.push(1, false, u"page%1"_s.arg(i));
        queue.push(2, false, u"other"_s);
        queue.push(3, true, u"click1"_s);
        queue.push(3, true, u"click2"_s);
        queue.push(4, true, u"editor"_s);
        queue.remove([](const QString &item) { return item == "page3"_L1; });
        QStringList order;
        while (const auto next = queue.pop())
            order += *next;
        QCOMPARE(order, (QStringList{u"click1"_s, u"editor"_s, u"click2"_s, u"page1"_s, u"other"_s, u"page2"_s}));
        QVERIFY(queue.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestSteps)
#include "tst_steps.moc"
