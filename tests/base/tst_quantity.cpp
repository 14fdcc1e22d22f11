// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/quantity.h"

#include <QLocale>
#include <QTest>

#include <limits>

using namespace kdra;

// The expected values are those of apimachinery's resource.Quantity (MilliValue and Value round up).
class TestQuantity : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void parses_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<qint64>("milli");
        QTest::addColumn<qint64>("whole");
        const auto row = [](const char *text, qint64 milli, qint64 whole) {
            QTest::newRow(text) << QByteArray(text) << milli << whole;
        };
        row("0", 0, 0);
        row("250m", 250, 1);
        row("2", 2000, 2);
        row("1.5", 1500, 2);
        row("0.1", 100, 1);
        row("+3", 3000, 3);
        row("100n", 1, 1);
        row("1500u", 2, 1);
        row("1k", 1'000'000, 1000);
        row("1Ki", 1'024'000, 1024);
        row("128974848", 128'974'848'000, 128'974'848);
        row("129e6", 129'000'000'000, 129'000'000);
        row("1E3", 1'000'000, 1000);
        row("123Mi", 128'974'848'000, 128'974'848);
        row("1Gi", 1'073'741'824'000, 1'073'741'824);
        row("1.5Gi", 1'610'612'736'000, 1'610'612'736);
        row("-1", -1000, -1);
    }

    void parses()
    {
        QFETCH(QByteArray, text);
        QTEST(parseQuantityMilli(text.toStdString()).value(), "milli");
        QTEST(parseQuantity(text.toStdString()).value(), "whole");
    }

    void clampsWhatDoesNotFit()
    {
        QCOMPARE(parseQuantity("16Ei"), std::numeric_limits<qint64>::max());
        QCOMPARE(parseQuantityMilli("-9E18"), std::numeric_limits<qint64>::min());
    }

    void refusesOtherText_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char *text : {"", "abc", "inf", "nan", "1kk", "1 Gi", "1GiB", "1e", "1e99", "0x10", "--1"})
            QTest::newRow(text) << QByteArray(text);
    }

    void refusesOtherText()
    {
        QFETCH(QByteArray, text);
        QVERIFY(!parseQuantity(text.toStdString()));
        QVERIFY(!parseQuantityMilli(text.toStdString()));
    }

    void formatsInTheUsersLocale()
    {
        QLocale::setDefault(QLocale::c());
        QCOMPARE(formatBytes(512), QStringLiteral("512 bytes"));
        QCOMPARE(formatBytes(qint64(1536) << 20), QStringLiteral("1.5 GiB"));
        QCOMPARE(formatCores(250), QStringLiteral("0.25"));
        QCOMPARE(formatCores(4000), QStringLiteral("4"));
        QLocale::setDefault(QLocale(QLocale::German));
        QCOMPARE(formatBytes(qint64(1536) << 20), QStringLiteral("1,5 GiB"));
        QCOMPARE(formatCores(1500), QStringLiteral("1,5"));
        QLocale::setDefault(QLocale::c());
    }
};

QTEST_GUILESS_MAIN(TestQuantity)
#include "tst_quantity.moc"
