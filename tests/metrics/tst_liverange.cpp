// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/liverange.h"
#include "metrics/newest.h"
#include "metrics/steps.h"

#include <QTest>

#include <random>
#include <set>

using namespace kdra;
using namespace kdra::metrics;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 begin = 1'700'000'000'000;

Answer answerOf(std::vector<Series> series)
{
    return {.series = std::make_shared<const std::vector<Series>>(std::move(series))};
}

// A server with a memory: what it said of the past stays, but of the last `late` milliseconds it may yet learn more.
class Server {
public:
    explicit Server(quint32 seed)
        : m_random(seed)
    {
    }

    void advance(qint64 to)
    {
        for (qint64 time = m_now; time <= to; time += 1000) {
            for (int series = 0; series < 4; ++series) {
                // Series come and go, and have gaps.
                const bool alive = (time / 1000 / (20 + 7 * series)) % 3 != 0;
                if (alive && m_random() % 10 != 0)
                    m_points[series].insert(time - qint64(m_random() % 2) * late);
            }
        }
        m_now = to;
    }

    Answer answer(const Range &range) const
    {
        std::vector<Series> all;
        for (int series = 0; series < 4; ++series) {
            Series one{.labels = {{u"series"_s, QString::number(series)}}};
            for (qint64 time = range.start; time <= range.end; time += range.step) {
                // The newest sample within a lookback of two steps.
                const auto after = m_points[series].upper_bound(time);
                if (after == m_points[series].begin() || *std::prev(after) <= time - 2 * range.step)
                    continue;
                one.times.push_back(time);
                one.values.push_back(double(*std::prev(after) - begin));
            }
            if (!one.times.empty())
                all.push_back(std::move(one));
        }
        return answerOf(std::move(all));
    }

    qint64 now() const { return m_now; }
    static constexpr qint64 late = 3000;

private:
    std::mt19937 m_random;
    std::set<qint64> m_points[4];
    qint64 m_now = begin;
};

QString textOfAll(const Answer &answer)
{
    QStringList lines;
    for (const Series &series : *answer.series) {
        QString line = textOf(series.labels);
        for (size_t i = 0; i < series.times.size(); ++i)
            line += u" %1=%2"_s.arg(series.times[i] - begin).arg(series.values[i]);
        lines += line;
    }
    lines.sort();
    return lines.join(u'\n');
}

} // namespace

class TestLiveRange : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void tailsMakeTheWhole_data()
    {
        QTest::addColumn<int>("seed");
        for (int seed = 1; seed <= 20; ++seed)
            QTest::newRow(qPrintable(QString::number(seed))) << seed;
    }
    void tailsMakeTheWhole()
    {
        QFETCH(int, seed);
        std::mt19937 random(static_cast<quint32>(seed));
        Server server(static_cast<quint32>(seed));
        LiveRange live(2 * 2000 + Server::late);
        qint64 asked = 0, whole = 0;
        for (int i = 0; i < 200; ++i) {
            // Refreshes come late now and then, and one fails.
            server.advance(server.now() + 1000 * qint64(1 + random() % (random() % 20 == 0 ? 400 : 6)));
            const Range window = snapped(server.now() - 120'000, server.now(), 100, 2000);
            const auto missing = live.missing(window);
            if (!missing || random() % 10 == 0)
                continue;
            asked += pointsOf(*missing);
            whole += pointsOf(window);
            live.take(*missing, window, server.answer(*missing));
            QCOMPARE(textOfAll(live.answer()), textOfAll(server.answer(window)));
            QVERIFY(live.window() == window);
        }
        QVERIFY2(asked * 3 < whole, qPrintable(u"%1 of %2"_s.arg(asked).arg(whole)));
    }

    void nothingIsMissingTwice()
    {
        LiveRange live;
        const Range window{.start = begin, .end = begin + 60'000, .step = 1000};
        QCOMPARE(live.missing(window), std::optional(window));
        live.take(window, window, answerOf({}));
        QVERIFY(!live.missing(window));
    }

    void otherStepsJumpsAndClocksThatGoBackStartAnew()
    {
        LiveRange live(5000);
        const Range window{.start = begin, .end = begin + 60'000, .step = 1000};
        live.take(window, window, answerOf({}));
        const Range coarser{.start = begin, .end = begin + 60'000, .step = 2000};
        QCOMPARE(live.missing(coarser), std::optional(coarser));
        const Range before{.start = begin - 10'000, .end = begin + 50'000, .step = 1000};
        QCOMPARE(live.missing(before), std::optional(before));
        const Range back{.start = begin, .end = begin + 50'000, .step = 1000};
        QCOMPARE(live.missing(back), std::optional(back));
        const Range far{.start = begin + 70'000, .end = begin + 130'000, .step = 1000};
        QCOMPARE(live.missing(far), std::optional(far));
        const Range next{.start = begin + 3000, .end = begin + 63'000, .step = 1000};
        QCOMPARE(
            live.missing(next), std::optional(Range{.start = begin + 55'000, .end = begin + 63'000, .step = 1000}));
    }

    void partialAnswersAreShownAndAskedForAgain()
    {
        LiveRange live(0);
        const Range window{.start = begin, .end = begin + 2000, .step = 1000};
        Answer partial = answerOf({{.labels = {{u"a"_s, u"b"_s}}, .times = {begin}, .values = {1}}});
        partial.partial = true;
        partial.warnings = {u"a store is missing"_s};
        live.take(window, window, partial);
        QCOMPARE(live.answer().series->size(), 1u);
        QVERIFY(live.answer().partial);
        // Not again and again: what is new, and all of it a minute later.
        QVERIFY(!live.missing(window));
        const Range next{.start = begin + 1000, .end = begin + 3000, .step = 1000};
        QCOMPARE(live.missing(next), std::optional(Range{.start = begin + 2000, .end = begin + 3000, .step = 1000}));
        Range late{.start = begin + 1000, .end = begin + 62'000, .step = 1000};
        QCOMPARE(live.missing(late), std::optional(late));
        partial.partial = false;
        live.take(late, late, partial);
        late.end += 61'000;
        QCOMPARE(live.missing(late), std::optional(Range{.start = begin + 62'000, .end = late.end, .step = 1000}));
    }

    void memoryDoesNotGrow()
    {
        Server server(3);
        LiveRange live(7000);
        size_t most = 0;
        for (int i = 0; i < 3000; ++i) {
            server.advance(server.now() + 2000);
            const Range window = snapped(server.now() - 60'000, server.now(), 100, 2000);
            const auto missing = live.missing(window);
            QVERIFY(missing);
            live.take(*missing, window, server.answer(*missing));
            size_t bytes = 0;
            for (const Series &series : *live.answer().series)
                bytes += series.times.capacity() * sizeof(qint64) + series.values.capacity() * sizeof(double);
            most = std::max(most, bytes);
        }
        QVERIFY2(most <= 4 * 31 * 16, qPrintable(QString::number(most)));
    }

    void newestWins()
    {
        QObject context;
        Newest<int> newest;
        QPromise<Result<int>> first, second;
        first.start();
        second.start();
        QList<int> seen;
        const auto see = [&](const Result<int> &result) { seen += result.value_or(-1); };
        newest.ask(first.future(), &context, see);
        newest.ask(second.future(), &context, see);
        QVERIFY(first.isCanceled());
        QVERIFY(newest.isAsking());
        first.emplaceResult(1);
        first.finish();
        second.emplaceResult(2);
        second.finish();
        QTRY_COMPARE_WITH_TIMEOUT(seen, (QList<int>{2}), 30000);
        QVERIFY(!newest.isAsking());
    }
};

QTEST_GUILESS_MAIN(TestLiveRange)
#include "tst_liverange.moc"
