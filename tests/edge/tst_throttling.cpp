// SPDX-License-Identifier: GPL-3.0-or-later
#include "edge/throttling.h"

#include <QTest>

using namespace kdra::edge;

class TestThrottling : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void messages_data()
    {
        QTest::addColumn<QString>("message");
        QTest::addColumn<bool>("told");
        QTest::addColumn<uint>("bits");
        QTest::newRow("vcgencmd") << QStringLiteral("throttled=0x50005") << true << 0x50005u;
        QTest::newRow("in a condition") << QStringLiteral(
            "Supply voltage below 4.63 V; the firmware throttles (get_throttled=0x50005)")
                                        << true << 0x50005u;
        QTest::newRow("calm") << QStringLiteral("throttled=0x0") << true << 0u;
        QTest::newRow("upper case") << QStringLiteral("Throttled: 0xE0008.") << true << 0xe0008u;
        QTest::newRow("not quoted") << QStringLiteral("Undervoltage detected!") << false << 0u;
        QTest::newRow("no number") << QStringLiteral("throttled=0x") << false << 0u;
        QTest::newRow("empty") << QString() << false << 0u;
    }

    void messages()
    {
        QFETCH(QString, message);
        QFETCH(bool, told);
        QFETCH(uint, bits);
        const std::optional<Throttling> throttling = throttlingIn(message);
        QCOMPARE(throttling.has_value(), told);
        QCOMPARE(throttling.value_or(Throttling()).bits, bits);
    }

    void nowAndBefore()
    {
        const Throttling throttling{0x60002}; // capped now; capped and throttled before
        QVERIFY(throttling.isNow(Throttle::FrequencyCapped));
        QVERIFY(throttling.hasBeen(Throttle::FrequencyCapped));
        QVERIFY(!throttling.isNow(Throttle::Throttled));
        QVERIFY(throttling.hasBeen(Throttle::Throttled));
        QVERIFY(!throttling.isNow(Throttle::UnderVoltage) && !throttling.hasBeen(Throttle::UnderVoltage));
        for (const Throttle one : allThrottles)
            QVERIFY(!throttleName(one).isEmpty());
    }
};

QTEST_MAIN(TestThrottling)
#include "tst_throttling.moc"
