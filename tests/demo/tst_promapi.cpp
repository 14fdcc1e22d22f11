// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/democluster.h"
#include "demo/objectstore.h"
#include "demo/promapi.h"
#include "demo/promql.h"
#include "demo/world.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace kdra::demo;
using namespace Qt::StringLiterals;

class TestPromApi : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void selectors();
    void ratesAreSmoothAndPositive();
    void aggregations();
    void arithmetic();
    void matching();
    void rangeQuery();
    void storyShows();
    void metadataEndpoints();
    void errors_data();
    void errors();

private:
    QJsonObject ask(const QString &path, const QList<std::pair<QString, QString>> &parameters, int status = 200)
    {
        QUrlQuery query;
        query.setQueryItems(parameters);
        const PromAnswer answer = m_api->handle(u"/api/v1/"_s + path, query);
        if (answer.status != status)
            qWarning() << path << answer.status << answer.json;
        return answer.status == status ? QJsonDocument::fromJson(answer.json).object() : QJsonObject();
    }
    QJsonArray vector(const QString &expr, double time = 1764000000)
    {
        return ask(u"query"_s,
            {{u"query"_s, QString::fromUtf8(QUrl::toPercentEncoding(expr))},
                {u"time"_s, QString::number(time, 'f', 0)}})
            .value(u"data"_s)
            .toObject()
            .value(u"result"_s)
            .toArray();
    }
    static double valueOf(const QJsonValue &sample)
    {
        return sample.toObject().value(u"value"_s).toArray().at(1).toString().toDouble();
    }

    ObjectStore m_store;
    std::unique_ptr<PromApi> m_api;
};

void TestPromApi::initTestCase()
{
    populate(m_store, {});
    m_api = std::make_unique<PromApi>(m_store, 1);
}

void TestPromApi::selectors()
{
    QCOMPARE(vector(u"up"_s).size(), 24);
    QCOMPARE(vector(u"up{node=\"pi-003\"}"_s).size(), 1);
    QCOMPARE(vector(u"up{node=~\"pi-.*\"}"_s).size(), 16);
    QCOMPARE(vector(u"up{node!~\"pi-.*\"}"_s).size(), 8);
    QCOMPARE(vector(u"{__name__=\"node_thermal_zone_temp\",type=\"cpu-thermal\"}"_s).size(), 16);
    QCOMPARE(vector(u"kube_pod_info"_s).size(), m_store.count(kind::Pod));
    QCOMPARE(vector(u"nothing_like_this"_s).size(), 0);
    const QJsonArray temperatures = vector(u"node_thermal_zone_temp"_s);
    for (const QJsonValue &sample : temperatures)
        QVERIFY(valueOf(sample) > 25 && valueOf(sample) < 90);
}

void TestPromApi::ratesAreSmoothAndPositive()
{
    double last = -1;
    for (int i = 0; i < 60; ++i) {
        const QJsonArray result =
            vector(u"sum(rate(node_cpu_seconds_total{node=\"rack-1\",mode!=\"idle\"}[5m]))"_s, 1795000000 + i * 15);
        QCOMPARE(result.size(), 1);
        const double rate = valueOf(result.first());
        QVERIFY2(rate > 0 && rate < 16, qPrintable(QString::number(rate)));
        QVERIFY(last < 0 || std::abs(rate - last) < 1);
        last = rate;
    }
}

void TestPromApi::aggregations()
{
    QCOMPARE(valueOf(vector(u"sum(up)"_s).first()), 24.0);
    QCOMPARE(valueOf(vector(u"count(up{node=~\"pi-.*\"})"_s).first()), 16.0);
    QCOMPARE(vector(u"avg by (node) (node_cpu_scaling_frequency_hertz)"_s).size(), 24);
    QCOMPARE(vector(u"sum(node_memory_MemTotal_bytes) without (instance, job)"_s).size(), 24);
    QCOMPARE(vector(u"topk(3, node_thermal_zone_temp)"_s).size(), 3);
    const QJsonArray top = vector(u"topk(2, node_memory_MemTotal_bytes)"_s);
    QVERIFY(valueOf(top.at(0)) >= valueOf(top.at(1)));
    QVERIFY(valueOf(vector(u"max(up)"_s).first()) >= valueOf(vector(u"min(up)"_s).first()));
}

void TestPromApi::arithmetic()
{
    QCOMPARE(ask(u"query"_s, {{u"query"_s, u"2%2B3*4"_s}})
                 .value(u"data"_s)
                 .toObject()
                 .value(u"result"_s)
                 .toArray()
                 .at(1)
                 .toString(),
        u"14"_s);
    QCOMPARE(ask(u"query"_s, {{u"query"_s, u"-2^2"_s}})
                 .value(u"data"_s)
                 .toObject()
                 .value(u"result"_s)
                 .toArray()
                 .at(1)
                 .toString(),
        u"-4"_s);
    const QJsonArray used = vector(u"100 * (1 - node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes)"_s);
    for (const QJsonValue &sample : used) {
        QVERIFY(valueOf(sample) > 0 && valueOf(sample) < 100);
        QVERIFY(!sample.toObject().value(u"metric"_s).toObject().contains(u"__name__"_s));
    }
    QCOMPARE(vector(u"up == 1"_s).size(), 24);
    QCOMPARE(vector(u"up > 1"_s).size(), 0);
    QCOMPARE(vector(u"up # all ) of them\n == 1 # that are up"_s).size(), 24);
    QCOMPARE(vector(u"up > bool 1"_s).size(), 24);
    QCOMPARE(valueOf(vector(u"clamp_max(up{node=\"cp-1\"} * 7, 5)"_s).first()), 5.0);
}

void TestPromApi::matching()
{
    const QJsonArray joined = vector(u"node_thermal_zone_temp * on(node) group_left node_uname_info"_s);
    QCOMPARE(joined.size(), 16);
    QCOMPARE(vector(u"up and on(node) node_thermal_zone_temp"_s).size(), 16);
    QCOMPARE(vector(u"up unless on(node) node_thermal_zone_temp"_s).size(), 8);
}

void TestPromApi::rangeQuery()
{
    const QJsonObject answer = ask(u"query_range"_s,
        {{u"query"_s, u"node_load1{node=\"pi-001\"}"_s}, {u"start"_s, u"1795000000"_s}, {u"end"_s, u"1795003600"_s},
            {u"step"_s, u"60s"_s}});
    const QJsonArray result = answer.value(u"data"_s).toObject().value(u"result"_s).toArray();
    QCOMPARE(result.size(), 1);
    QCOMPARE(result.first().toObject().value(u"values"_s).toArray().size(), 61);
    ask(u"query_range"_s,
        {{u"query"_s, u"up"_s}, {u"start"_s, u"0"_s}, {u"end"_s, u"1795003600"_s}, {u"step"_s, u"1"_s}}, 400);
}

void TestPromApi::storyShows()
{
    const PromApi api(m_store, 1, 1795000000);
    const auto count = [&](const QString &expr, int second) {
        QUrlQuery query;
        query.addQueryItem(u"query"_s, QString::fromUtf8(QUrl::toPercentEncoding(expr)));
        query.addQueryItem(u"time"_s, QString::number(1795000000 + second));
        return QJsonDocument::fromJson(api.handle(u"/api/v1/query"_s, query).json)
            .object()
            .value(u"data"_s)
            .toObject()
            .value(u"result"_s)
            .toArray()
            .size();
    };
    QCOMPARE(count(u"node_hwmon_in_lcrit_alarm_volts > 0"_s, 10), 0);
    QCOMPARE(count(u"node_hwmon_in_lcrit_alarm_volts > 0"_s, 100), 1);
    QCOMPARE(count(u"up == 0"_s, 100), 1);
    QCOMPARE(count(u"node_load1"_s, 100), 23);
    QCOMPARE(count(u"up == 0"_s, 200), 0);
}

void TestPromApi::metadataEndpoints()
{
    QVERIFY(ask(u"labels"_s, {}).value(u"data"_s).toArray().contains(u"node"_s));
    QVERIFY(ask(u"label/node/values"_s, {}).value(u"data"_s).toArray().contains(u"pi-003"_s));
    QCOMPARE(ask(u"series"_s, {{u"match[]"_s, u"up"_s}}).value(u"data"_s).toArray().size(), 24);
    QVERIFY(ask(u"metadata"_s, {}).value(u"data"_s).toObject().contains(u"node_thermal_zone_temp"_s));
    QCOMPARE(ask(u"targets"_s, {}).value(u"data"_s).toObject().value(u"activeTargets"_s).toArray().size(), 24);
    QVERIFY(ask(u"status/buildinfo"_s, {}).value(u"data"_s).toObject().contains(u"version"_s));
    QCOMPARE(ask(u"rules"_s, {}).value(u"status"_s).toString(), u"success"_s);
    QCOMPARE(ask(u"alerts"_s, {}).value(u"status"_s).toString(), u"success"_s);
    ask(u"nothing"_s, {}, 404);
}

void TestPromApi::errors_data()
{
    QTest::addColumn<QString>("expr");
    QTest::addColumn<int>("status");
    QTest::newRow("empty") << QString() << 400;
    QTest::newRow("unclosed") << u"sum(up"_s << 400;
    QTest::newRow("braces") << u"up{node=}"_s << 400;
    QTest::newRow("trailing") << u"up up"_s << 400;
    QTest::newRow("rate without range") << u"rate(up)"_s << 400;
    QTest::newRow("range in arithmetic") << u"up[5m] + 1"_s << 400;
    QTest::newRow("scalar comparison") << u"1 > 2"_s << 400;
    QTest::newRow("unknown function") << u"holt_winters(up, 1, 2)"_s << 422;
    QTest::newRow("many to many") << u"up * on(job) up"_s << 422;
    QTest::newRow("bad regex") << u"up{node=~\"(\"}"_s << 400;
}

void TestPromApi::errors()
{
    QFETCH(const QString, expr);
    QFETCH(const int, status);
    const QJsonObject answer =
        ask(u"query"_s, {{u"query"_s, QString::fromUtf8(QUrl::toPercentEncoding(expr))}}, status);
    QCOMPARE(answer.value(u"status"_s).toString(), u"error"_s);
    QVERIFY(!answer.value(u"errorType"_s).toString().isEmpty());
    QVERIFY(!answer.value(u"error"_s).toString().isEmpty());
}

QTEST_GUILESS_MAIN(TestPromApi)
#include "tst_promapi.moc"
