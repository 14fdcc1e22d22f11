// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/dashboardfile.h"
#include "metrics/duration.h"
#include "randomdashboard.h"

#include <QTest>

using namespace kdra;
using namespace kdra::metrics;
using namespace Qt::StringLiterals;

class TestDashboardFile : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatIsWrittenIsReadAgain()
    {
        for (quint32 seed = 1; seed <= 500; ++seed) {
            Dashboard dashboard = test::RandomDashboard(seed).make();
            const auto read = readDashboard(writeDashboard(dashboard), u"file"_s);
            QVERIFY2(read, qPrintable(read ? QString() : read.error().text()));
            QVERIFY2(*read == dashboard, writeDashboard(*read) + "\n---\n" + writeDashboard(dashboard));
        }
    }

    void translated()
    {
        const QByteArray json = R"({"kdraDashboard": 1, "uid": "u", "title": "Node",
            "translations": {"de": {"Node": "Knoten", "used": "genutzt"}},
            "rows": [{"panels": [{"title": "CPU", "queries": [{"expr": "up", "legend": "used"}]}]}]})";
        const auto german = readDashboard(json, {}, u"de"_s);
        QVERIFY(german);
        QCOMPARE(german->title, u"Knoten"_s);
        QCOMPARE(german->rows[0].panels[0].title, u"CPU"_s);
        QCOMPARE(german->rows[0].panels[0].queries[0].legend, u"genutzt"_s);
        QCOMPARE(readDashboard(json, {}, u"fr"_s)->title, u"Node"_s);
    }

    void errorsNameTheirPlace_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("where");
        const auto row = [](const char *name, const QByteArray &rest, const QString &where) {
            QTest::newRow(name) << R"({"kdraDashboard":1,"uid":"u","title":"t",)" + rest + '}' << where;
        };
        QTest::newRow("not JSON") << QByteArray("{\n\"a\": ,}") << u"f.json:2"_s;
        QTest::newRow("empty") << QByteArray() << u"f.json:1"_s;
        QTest::newRow("a list") << QByteArray("[]") << u"f.json: $"_s;
        QTest::newRow("of others") << QByteArray(R"({"panels":[]})") << u"f.json: $.kdraDashboard"_s;
        QTest::newRow("newer") << QByteArray(R"({"kdraDashboard":2,"uid":"u","title":"t"})")
                               << u"f.json: $.kdraDashboard"_s;
        QTest::newRow("no uid") << QByteArray(R"({"kdraDashboard":1,"title":"t"})") << u"f.json: $.uid"_s;
        row("unknown key", R"("tile":"x")", u"f.json: $.tile"_s);
        row("type", R"("tags":"x")", u"f.json: $.tags"_s);
        row("type in list", R"("tags":["x",1])", u"f.json: $.tags[1]"_s);
        row("duration", R"("refresh":"soon")", u"f.json: $.refresh"_s);
        row("row", R"("rows":[1])", u"f.json: $.rows[0]"_s);
        row("kind", R"("rows":[{"panels":[{},{"kind":"pie"}]}])", u"f.json: $.rows[0].panels[1].kind"_s);
        row("grid", R"("rows":[{"panels":[{"grid":[20,0,8,8]}]}])", u"f.json: $.rows[0].panels[0].grid"_s);
        row("grid of text", R"("rows":[{"panels":[{"grid":["a",0,8,8]}]}])", u"f.json: $.rows[0].panels[0].grid"_s);
        row("query key", R"("rows":[{"panels":[{"queries":[{"exp":"up"}]}]}])",
            u"f.json: $.rows[0].panels[0].queries[0].exp"_s);
        row("threshold", R"("rows":[{"panels":[{"thresholds":[{"from":"1"}]}]}])",
            u"f.json: $.rows[0].panels[0].thresholds[0].from"_s);
        row("decimals", R"("rows":[{"panels":[{"decimals":1.5}]}])", u"f.json: $.rows[0].panels[0].decimals"_s);
        row("huge number", R"("rows":[{"panels":[{"id":1e300}]}])", u"f.json: $.rows[0].panels[0].id"_s);
        row("variable", R"("variables":[{"kind":"query"}])", u"f.json: $.variables[0].name"_s);
        row("too many variables",
            "\"variables\":[" + QByteArray("{\"name\":\"a\"},").repeated(200) + "{\"name\":\"a\"}]",
            u"f.json: $.variables"_s);
        row("too many panels",
            "\"rows\":[{\"panels\":[" + QByteArray("{},").repeated(599) + "{}]},{\"panels\":["
                + QByteArray("{},").repeated(599) + "{}]}]",
            u"f.json: $.rows[1].panels[400].id"_s);
        row("long text", "\"description\":\"" + QByteArray(70000, 'x') + '"', u"f.json: $.description"_s);
        QTest::newRow("too long") << QByteArray(mostDashboardBytes + 1, ' ') << u"f.json: $"_s;
        QTest::newRow("too deep") << QByteArray(5000, '[') << u"f.json:1"_s;
    }

    void errorsNameTheirPlace()
    {
        QFETCH(const QByteArray, json);
        QFETCH(const QString, where);
        const auto read = readDashboard(json, u"f.json"_s);
        QVERIFY(!read);
        QCOMPARE(read.error().where, where);
        QVERIFY(!read.error().what.isEmpty());
        QVERIFY(!read.error().remedy.isEmpty());
    }

    // Cut off and overwritten at random places: an error or a dashboard, nothing else.
    void garbage()
    {
        const QByteArray whole = writeDashboard(test::RandomDashboard(7).make());
        QRandomGenerator random(3);
        for (int round = 0; round < 3000; ++round) {
            QByteArray json = whole.first(random.bounded(1, int(whole.size())));
            if (round % 2)
                json = whole;
            for (int i = 0; i < 3; ++i)
                json[random.bounded(int(json.size()))] = "{}[]\",:01 x"[random.bounded(11)];
            const auto read = readDashboard(json, u"f"_s);
            if (!read)
                QVERIFY(!read.error().where.isEmpty());
        }
    }

    void durations()
    {
        QCOMPARE(durationOf(u"15s"), 15000);
        QCOMPARE(durationOf(u"1h30m"), 5400000);
        QCOMPARE(durationOf(u"250ms"), 250);
        QCOMPARE(durationOf(u"1M"), 2592000000);
        QCOMPARE(durationOf(u"90"), 90000);
        QCOMPARE(durationOf(u"1.5h"), 5400000);
        for (const char16_t *bad : {u"", u"s", u"5x", u"5s5", u"-1s", u"1e3s", u"..s", u"999999999y", u"5 s x"})
            QVERIFY2(!durationOf(bad), qPrintable(QString(bad)));
        for (const qint64 each : {0LL, 1LL, 999LL, 1000LL, 61001LL, 86400000LL, 90061001LL})
            QCOMPARE(durationOf(textOfDuration(each)), each);
    }
};

QTEST_GUILESS_MAIN(TestDashboardFile)
#include "tst_dashboardfile.moc"
