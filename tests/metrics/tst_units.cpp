// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/ticks.h"
#include "metrics/units.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace kdra::metrics;
using namespace Qt::StringLiterals;

class TestUnits : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void texts_data();
    void texts();
    void followsTheLanguage();
    void ticksAreRound_data();
    void ticksAreRound();
    void rangesHoldTheirValues_data();
    void rangesHoldTheirValues();
    void logarithmic();
    void timeTicksFollowTheZone();
    void timeTicksOfAnySpan();
};

namespace {

constexpr double inf = std::numeric_limits<double>::infinity();
constexpr double noValue = std::numeric_limits<double>::quiet_NaN();
constexpr double largest = std::numeric_limits<double>::max();

// No-break spaces as spaces.
QString plain(QString text)
{
    return text.replace(QChar(0x00a0), u' ');
}

}

void TestUnits::texts_data()
{
    QTest::addColumn<QString>("unit");
    QTest::addColumn<double>("value");
    QTest::addColumn<QString>("text");
    const auto row = [](const QString &unit, double value, const QString &text) {
        QTest::addRow("%s %g", qPrintable(unit), value) << unit << value << text;
    };
    row(u"bytes"_s, 0, u"0 B"_s);
    row(u"bytes"_s, 1023, u"1,023 B"_s);
    row(u"bytes"_s, 1536, u"1.50 KiB"_s);
    row(u"bytes"_s, 1073741824.0, u"1 GiB"_s);
    row(u"decbytes"_s, 1500, u"1.50 kB"_s);
    row(u"kbytes"_s, 2048, u"2 MiB"_s);
    row(u"mbytes"_s, 0.5, u"512 KiB"_s);
    row(u"bits"_s, 2048, u"2 Kib"_s);
    row(u"bps"_s, 12'500'000, u"12.5 Mb/s"_s);
    row(u"Bps"_s, 999, u"999 B/s"_s);
    row(u"binBps"_s, 1048576, u"1 MiB/s"_s);
    row(u"KiBs"_s, 1024, u"1 MiB/s"_s);
    row(u"MBs"_s, 2, u"2 MB/s"_s);
    row(u"Kbits"_s, 1500, u"1.50 Mb/s"_s);
    row(u"percent"_s, 37.25, u"37.3%"_s);
    row(u"percentunit"_s, 0.375, u"37.5%"_s);
    row(u"celsius"_s, 61.23, u"61.2 °C"_s);
    row(u"watt"_s, 4.1, u"4.10 W"_s);
    row(u"watt"_s, 0.0041, u"4.10 mW"_s);
    row(u"mwatt"_s, 4100, u"4.10 W"_s);
    row(u"volt"_s, 5.125, u"5.13 V"_s);
    row(u"hertz"_s, 1'500'000'000, u"1.50 GHz"_s);
    row(u"s"_s, 0.000012, u"12 µs"_s);
    row(u"s"_s, 0.25, u"250 ms"_s);
    row(u"s"_s, 90, u"1.50 min"_s);
    row(u"s"_s, 172800, u"2 d"_s);
    row(u"ms"_s, 1500, u"1.50 s"_s);
    row(u"µs"_s, 20, u"20 µs"_s);
    row(u"ns"_s, 3e9, u"3 s"_s);
    row(u"m"_s, 90, u"1.50 h"_s);
    row(u"h"_s, 36, u"1.50 d"_s);
    row(u"d"_s, 0.5, u"12 h"_s);
    row(u"dtdurations"_s, 93784, u"1 d 2 h"_s);
    row(u"dthms"_s, 93784, u"26:03:04"_s);
    row(u"short"_s, 1234, u"1.23k"_s);
    row(u"short"_s, 0.25, u"0.250"_s);
    row(u"none"_s, 1234567, u"1,234,567"_s);
    row(QString(), 12, u"12"_s);
    row(u"ops"_s, 1200, u"1.20k ops/s"_s);
    row(u"reqps"_s, 3.5, u"3.50 req/s"_s);
    row(u"iops"_s, 12, u"12 io/s"_s);
    row(u"pps"_s, 120'000, u"120k p/s"_s);
    row(u"bool"_s, 1, u"True"_s);
    row(u"bool_yes_no"_s, 0, u"No"_s);
    row(u"bool_on_off"_s, 1, u"On"_s);
    row(u"suffix:cows"_s, 3, u"3 cows"_s);
    row(u"prefix:~"_s, 3, u"~3"_s);
    row(u"si:mF"_s, 2, u"2 mF"_s);
    row(u"read/s"_s, 4, u"4 read/s"_s);
    row(u"currencyEUR"_s, 1500, u"€1.50k"_s);
    row(u"hex"_s, 255, u"FF"_s);
    row(u"degree"_s, 45, u"45°"_s);
    row(u"celsius"_s, noValue, u"NaN"_s);
    row(u"bytes"_s, inf, u"+∞"_s);
    row(u"s"_s, -inf, u"−∞"_s);
    row(u"celsius"_s, -12.5, u"−12.5 °C"_s);
    row(u"celsius"_s, -0.0, u"0 °C"_s);
}

void TestUnits::texts()
{
    QFETCH(QString, unit);
    QFETCH(double, value);
    QFETCH(QString, text);
    QCOMPARE(plain(Unit(unit).text(value, {}, QLocale(QLocale::English))), text);
}

void TestUnits::followsTheLanguage()
{
    const QLocale german(QLocale::German, QLocale::Germany);
    QCOMPARE(plain(Unit(u"percent"_s).text(37.25, 2, german)), u"37,25 %"_s);
    QCOMPARE(plain(Unit(u"bytes"_s).text(1536, {}, german)), u"1,50 KiB"_s);
    // ISO dates are the same everywhere; a counter that is taken for a time stays a number.
    QVERIFY(Unit(u"dateTimeAsIso"_s).text(1'700'000'000'000, {}, german).startsWith(u"2023-11-1"_s));
    QVERIFY(Unit(u"dateTimeAsIso"_s).text(1e300).contains(u'e'));
    // Numbers that nobody reads digit by digit.
    for (const double value : {largest, -largest, 1e200, 1e-200})
        QVERIFY2(Unit(u"bytes"_s).text(value).size() < 20, qPrintable(Unit(u"bytes"_s).text(value)));
}

void TestUnits::ticksAreRound_data()
{
    QTest::addColumn<QString>("unit");
    QTest::addColumn<double>("low");
    QTest::addColumn<double>("high");
    QTest::addColumn<QStringList>("texts");
    QTest::newRow("bytes") << u"bytes"_s << 0. << 2147483648.
                           << QStringList{u"0 GiB"_s, u"0.5 GiB"_s, u"1.0 GiB"_s, u"1.5 GiB"_s, u"2.0 GiB"_s};
    QTest::newRow("seconds") << u"s"_s << 0. << 120.
                             << QStringList{u"0 s"_s, u"30 s"_s, u"60 s"_s, u"90 s"_s, u"120 s"_s};
    QTest::newRow("hours") << u"s"_s << 0. << 86400.
                           << QStringList{u"0 h"_s, u"6 h"_s, u"12 h"_s, u"18 h"_s, u"24 h"_s};
    QTest::newRow("percent") << u"percentunit"_s << 0. << 1.
                             << QStringList{u"0%"_s, u"20%"_s, u"40%"_s, u"60%"_s, u"80%"_s, u"100%"_s};
    QTest::newRow("celsius") << u"celsius"_s << -10. << 30.
                             << QStringList{u"−10 °C"_s, u"0 °C"_s, u"10 °C"_s, u"20 °C"_s, u"30 °C"_s};
    QTest::newRow("small") << u"short"_s << 0. << 0.05
                           << QStringList{u"0"_s, u"0.01"_s, u"0.02"_s, u"0.03"_s, u"0.04"_s, u"0.05"_s};
}

void TestUnits::ticksAreRound()
{
    QFETCH(QString, unit);
    QFETCH(double, low);
    QFETCH(double, high);
    QFETCH(QStringList, texts);
    QStringList found;
    for (const Tick &tick : valueTicks({low, high, false}, 5, Unit(unit), {}, QLocale(QLocale::English)))
        found.append(plain(tick.text));
    QCOMPARE(found, texts);
}

void TestUnits::rangesHoldTheirValues_data()
{
    QTest::addColumn<double>("low");
    QTest::addColumn<double>("high");
    const QList<double> ends{
        -largest, -1e300, -12345.6, -1, -1e-300, 0, 1e-300, 0.1, 7, 7.0000001, 1e9, 1e300, largest};
    for (const double low : ends) {
        for (const double high : ends) {
            if (low <= high)
                QTest::addRow("%.9g..%.9g", low, high) << low << high;
        }
    }
}

void TestUnits::rangesHoldTheirValues()
{
    QFETCH(double, low);
    QFETCH(double, high);
    for (const QString &name : {u"bytes"_s, u"s"_s, u"short"_s, u"bool"_s, u"percentunit"_s}) {
        const Unit unit(name);
        const AxisRange range = niceRange({.low = low, .high = high}, 5, unit, false);
        QVERIFY(std::isfinite(range.low) && std::isfinite(range.high));
        QVERIFY(range.low < range.high);
        for (const double value : {low, high}) {
            const double part = range.part(value);
            QVERIFY2(part >= -1e-6 && part <= 1 + 1e-6, qPrintable(u"%1 %2"_s.arg(name).arg(part)));
        }
        const std::vector<Tick> ticks = valueTicks(range, 5, unit);
        QVERIFY2(ticks.size() <= 13, qPrintable(QString::number(ticks.size())));
        for (const Tick &tick : ticks)
            QVERIFY(std::isfinite(range.part(tick.at)));
    }
}

void TestUnits::logarithmic()
{
    const AxisRange range = niceRange({.low = 0.3, .high = 4200}, 6, Unit(u"short"_s), true);
    QCOMPARE(range.low, 0.1);
    QVERIFY(std::abs(range.high - 10000) < 1e-6);
    QVERIFY(std::isnan(range.part(0)) && std::isnan(range.part(-5)));
    QCOMPARE(valueTicks(range, 6, Unit(u"short"_s)).size(), size_t(6));
    // Whole numbers only: no text stands twice.
    const std::vector<Tick> whole = valueTicks({0, 1, false}, 5, Unit(u"short"_s), 0);
    QCOMPARE(whole.size(), size_t(2));
    QCOMPARE(whole.back(), (Tick{1, u"1"_s}));
    // Nothing above the zero at all.
    const AxisRange none = niceRange({.low = -5, .high = -1}, 6, Unit(), true);
    QVERIFY(none.low > 0 && none.high > none.low);
    // Powers of two of bytes.
    const AxisRange bytes = niceRange({.low = 1024, .high = 1048576}, 6, Unit(u"bytes"_s), true);
    QCOMPARE(bytes.low, 1024.);
    QCOMPARE(plain(valueTicks(bytes, 6, Unit(u"bytes"_s)).back().text), u"1 MiB"_s);
}

void TestUnits::timeTicksFollowTheZone()
{
    const QTimeZone berlin("Europe/Berlin");
    // The night in which the clocks go back: 25 hours.
    const qint64 from = QDateTime(QDate(2025, 10, 25), QTime(12, 0), berlin).toMSecsSinceEpoch();
    const qint64 to = QDateTime(QDate(2025, 10, 26), QTime(12, 0), berlin).toMSecsSinceEpoch();
    QStringList texts;
    for (const Tick &tick : timeTicks(from, to, 8, berlin, QLocale(QLocale::English)))
        texts.append(tick.text);
    QCOMPARE(texts, (QStringList{u"12:00"_s, u"18:00"_s, u"26 Oct"_s, u"06:00"_s, u"12:00"_s}));
    texts.clear();
    for (const Tick &tick : timeTicks(from, from + 90'000, 5, QTimeZone::utc(), QLocale(QLocale::English)))
        texts.append(tick.text);
    QCOMPARE(texts, (QStringList{u"10:00:00"_s, u"10:00:30"_s, u"10:01:00"_s, u"10:01:30"_s}));
}

void TestUnits::timeTicksOfAnySpan()
{
    const qint64 now = 1'760'000'000'000;
    for (qint64 span = 1; span < 10'000'000'000'000; span = span * 3 + 1) {
        for (const int most : {1, 3, 8, 20}) {
            const std::vector<Tick> ticks = timeTicks(now - span, now, most, QTimeZone::utc());
            QVERIFY2(ticks.size() <= size_t(most + 2),
                qPrintable(u"%1 ms: %2 of %3"_s.arg(span).arg(ticks.size()).arg(most)));
            for (size_t i = 1; i < ticks.size(); ++i)
                QVERIFY(ticks[i].at > ticks[i - 1].at);
        }
    }
    QVERIFY(timeTicks(5, 5, 3, QTimeZone::utc()).empty());
    QVERIFY(
        timeTicks(std::numeric_limits<qint64>::min(), std::numeric_limits<qint64>::max(), 3, QTimeZone::utc()).empty());
}

QTEST_GUILESS_MAIN(TestUnits)
#include "tst_units.moc"
