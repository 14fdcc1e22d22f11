// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/timerange.h"

#include <QDateTime>
#include <QTest>

using namespace kdra::metrics;
using namespace Qt::StringLiterals;

class TestTimeRange : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void resolved_data();
    void resolved();
    void refused_data();
    void refused();
    void said_data();
    void said();
};

namespace {
const QTimeZone berlin("Europe/Berlin");
// A Thursday, on the day after which clocks do nothing.
const qint64 now = QDateTime(QDate(2026, 11, 26), QTime(14, 35, 20, 500), berlin).toMSecsSinceEpoch();

qint64 at(const char *text)
{
    QDateTime time = QDateTime::fromString(QString::fromLatin1(text), Qt::ISODateWithMs);
    time.setTimeZone(berlin);
    return time.toMSecsSinceEpoch();
}
}

void TestTimeRange::resolved_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    QTest::addColumn<qint64>("begins");
    QTest::addColumn<qint64>("ends");
    QTest::newRow("an hour") << u"now-1h"_s << u"now"_s << now - 3600000 << now;
    QTest::newRow("minutes before") << u"now-90m"_s << u"now-30m"_s << now - 5400000 << now - 1800000;
    QTest::newRow("today") << u"now/d"_s << u"now/d"_s << at("2026-11-26T00:00:00") << at("2026-11-26T23:59:59.999");
    QTest::newRow("yesterday") << u"now-1d/d"_s << u"now-1d/d"_s << at("2026-11-25T00:00:00")
                               << at("2026-11-25T23:59:59.999");
    QTest::newRow("this week, from Monday") << u"now/w"_s << u"now"_s << at("2026-11-23T00:00:00") << now;
    QTest::newRow("last month") << u"now-1M/M"_s << u"now-1M/M"_s << at("2026-10-01T00:00:00")
                                << at("2026-10-31T23:59:59.999");
    QTest::newRow("ISO in the user's zone")
        << u"2026-11-26T10:00:00"_s << u"2026-11-26 11:30"_s << at("2026-11-26T10:00:00") << at("2026-11-26T11:30:00");
    QTest::newRow("ISO with a zone") << u"2026-11-26T10:00:00Z"_s << u"2026-11-26T10:30:00Z"_s
                                     << at("2026-11-26T11:00:00") << at("2026-11-26T11:30:00");
    QTest::newRow("milliseconds") << u"1795000000000"_s << u"1795000060000"_s << 1795000000000LL << 1795000060000LL;
}

void TestTimeRange::resolved()
{
    QFETCH(QString, from);
    QFETCH(QString, to);
    QFETCH(qint64, begins);
    QFETCH(qint64, ends);
    const auto moments = resolve({from, to}, now, berlin);
    QVERIFY2(moments, qPrintable(moments ? QString() : moments.error().text()));
    QCOMPARE(*moments, (Moments{begins, ends}));
    // As a zoom would keep it.
    QCOMPARE(*resolve(absoluteRange(*moments), 0, berlin), *moments);
}

void TestTimeRange::refused_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    QTest::newRow("nonsense") << u"soon"_s << u"now"_s;
    QTest::newRow("unit") << u"now-5x"_s << u"now"_s;
    QTest::newRow("backwards") << u"now"_s << u"now-1h"_s;
    QTest::newRow("nothing") << u"now-1h"_s << u""_s;
    QTest::newRow("more than there is") << u"now-999999999y"_s << u"now"_s;
}

void TestTimeRange::refused()
{
    QFETCH(QString, from);
    QFETCH(QString, to);
    const auto moments = resolve({from, to}, now, berlin);
    QVERIFY(!moments);
    QVERIFY(!moments.error().what.isEmpty() && !moments.error().remedy.isEmpty());
}

void TestTimeRange::said_data()
{
    QTest::addColumn<TimeRange>("range");
    QTest::addColumn<QString>("text");
    QTest::newRow("live") << TimeRange{u"now-6h"_s, u"now"_s} << u"Last 6 hours"_s;
    QTest::newRow("yesterday") << TimeRange{u"now-1d/d"_s, u"now-1d/d"_s} << u"Yesterday"_s;
    QTest::newRow("zoomed") << absoluteRange({at("2026-11-26T14:00:00"), at("2026-11-26T15:30:00")})
                            << u"26 Nov 14:00 to 15:30"_s;
    QTest::newRow("over midnight") << absoluteRange({at("2026-11-25T23:59:00"), at("2026-11-26T00:01:00")})
                                   << u"25 Nov 23:59:00 to 26 Nov 00:01:00"_s;
    QTest::newRow("other words") << TimeRange{u"now-6h"_s, u"now-3h"_s} << u"now-6h to now-3h"_s;
}

void TestTimeRange::said()
{
    QFETCH(TimeRange, range);
    QTEST(textOf(range, berlin), "text");
}

QTEST_GUILESS_MAIN(TestTimeRange)
#include "tst_timerange.moc"
