// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/answerparser.h"
#include "metrics/promdataparser.h"

#include <QTest>

#include <bit>
#include <cmath>
#include <limits>
#include <random>

using namespace kdra;
using namespace kdra::metrics;
using namespace Qt::StringLiterals;

namespace {

QByteArray matrix(const QByteArray &series)
{
    return "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[" + series + "]}}";
}

Answer parsed(const QByteArray &body)
{
    const Result<Answer> answer = parseAnswer(body, u"GET http://test"_s);
    if (!answer)
        qFatal("%s", qPrintable(answer.error().text()));
    return *answer;
}

Error refused(const QByteArray &body, const Limits &limits = {})
{
    const Result<Answer> answer = parseAnswer(body, u"GET http://test"_s, limits);
    return answer ? Error{.what = u"accepted"_s} : answer.error();
}

quint64 bits(double value)
{
    return std::bit_cast<quint64>(value);
}

} // namespace

class TestAnswers : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void matrixBecomesColumns()
    {
        const Answer answer = parsed(matrix(
            R"({"metric":{"__name__":"up","job":"a\u0022b\nü"},"values":[[1700000000,"1"],[1700000015.5,"0"],[1700000030.123,"NaN"]]},)"
            R"({"metric":{"__name__":"up","job":"other"},"values":[[1700000000.001,"+Inf"],[1700000015.999,"-Inf"]]})"));
        QCOMPARE(answer.type, Answer::Type::Matrix);
        QCOMPARE(answer.series->size(), 2u);
        const Series &first = answer.series->front();
        QCOMPARE(first.labels, (Labels{{u"__name__"_s, u"up"_s}, {u"job"_s, u"a\"b\nü"_s}}));
        QCOMPARE(first.times, (std::vector<qint64>{1700000000000, 1700000015500, 1700000030123}));
        QCOMPARE(first.values[0], 1.0);
        QVERIFY(std::isnan(first.values[2]));
        const Series &second = answer.series->back();
        QCOMPARE(second.times, (std::vector<qint64>{1700000000001, 1700000015999}));
        QCOMPARE(second.values, (std::vector<double>{HUGE_VAL, -HUGE_VAL}));
    }

    void vectorScalarAndString()
    {
        const Answer vector = parsed(
            R"({"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1700000000.5,"2.5"]}]}})");
        QCOMPARE(vector.type, Answer::Type::Vector);
        QCOMPARE(vector.series->at(0).values, (std::vector<double>{2.5}));
        QCOMPARE(vector.series->at(0).times, (std::vector<qint64>{1700000000500}));
        const Answer scalar =
            parsed(R"({"status":"success","data":{"resultType":"scalar","result":[1700000000,"42"]}})");
        QCOMPARE(scalar.type, Answer::Type::Scalar);
        QCOMPARE(scalar.series->at(0).values, (std::vector<double>{42}));
        const Answer string =
            parsed(R"({"status":"success","data":{"resultType":"string","result":[1700000000,"7 of \u00229\u0022"]}})");
        QCOMPARE(string.type, Answer::Type::String);
        QCOMPARE(string.string, u"7 of \"9\""_s);
        QVERIFY(string.series->empty());
        // Some servers write the result before its type.
        const Answer turned =
            parsed(R"({"status":"success","data":{"result":[1700000000,"42"],"resultType":"scalar"}})");
        QCOMPARE(turned.type, Answer::Type::Scalar);
        QCOMPARE(turned.series->at(0).values, (std::vector<double>{42}));
    }

    // Whatever double a server writes in the shortest way, in fixed or with an exponent, is read back to the bit.
    void numbersAreBitEqual()
    {
        std::mt19937_64 random(7);
        std::vector<double> values = {0.0, -0.0, 5e-324, std::numeric_limits<double>::min(),
            std::numeric_limits<double>::max(), 0.1, 1.0 / 3, 9007199254740993.0, 123456789012345680.0,
            2.2250738585072011e-308};
        while (values.size() < 20'000) {
            const double value = std::bit_cast<double>(random());
            if (std::isfinite(value))
                values.push_back(value);
            values.push_back(static_cast<double>(random() % 1'000'000'000) / 1000);
        }
        QByteArray points;
        for (const double value : values) {
            char text[64];
            const auto end = std::to_chars(text, text + sizeof text, value).ptr;
            points += (points.isEmpty() ? "[1700000000,\"" : ",[1700000000,\"") + QByteArray(text, end - text) + "\"]";
        }
        const Answer answer = parsed(matrix("{\"metric\":{},\"values\":[" + points + "]}"));
        const std::vector<double> &read = answer.series->at(0).values;
        QCOMPARE(read.size(), values.size());
        for (size_t i = 0; i < values.size(); ++i)
            QVERIFY2(bits(read[i]) == bits(values[i]), qPrintable(QString::number(values[i], 'g', 17)));
    }

    void millisecondsAreExact()
    {
        QByteArray points;
        for (int ms = 0; ms < 1000; ++ms)
            points += (ms ? ",[" : "[") + QByteArray("1763999999.") + QByteArray::number(ms).rightJustified(3, '0')
                + ",\"0\"]";
        const Answer answer = parsed(matrix("{\"metric\":{},\"values\":[" + points + "]}"));
        for (int ms = 0; ms < 1000; ++ms)
            QCOMPARE(answer.series->at(0).times[size_t(ms)], 1763999999000 + ms);
        // As encoders write that know nothing of milliseconds.
        const Answer odd = parsed(matrix(R"({"metric":{},"values":[[1.7e9,"1"],[1700000000.1239,"1"],[-1.5,"1"]]})"));
        QCOMPARE(odd.series->at(0).times, (std::vector<qint64>{1700000000000, 1700000000124, -1500}));
    }

    // Large answers are read in parts: each series is whole, and what is in another form is read just the same.
    void largeAnswersInAnyForm()
    {
        for (const int odd : {-1, 0, 17, 39}) {
            QByteArray body;
            for (int series = 0; series < 40; ++series) {
                body += (series ? ",{" : "{") + QByteArray("\"metric\":{\"n\":\"") + QByteArray::number(series)
                    + " \\\"values\\\":[[1,2]]\"},\"values\":" + (series == odd ? " [ [" : "[[");
                for (int point = 0; point < 2000; ++point)
                    body += (point ? "],[" : "") + QByteArray::number(1'700'000'000 + 15 * point) + ",\""
                        + QByteArray::number(series * 10'000 + point) + '"';
                body += "]]}";
            }
            const Answer answer = parsed(matrix(body));
            QCOMPARE(answer.series->size(), 40u);
            for (int series = 0; series < 40; ++series) {
                const Series &one = answer.series->at(size_t(series));
                QCOMPARE(one.labels.value(u"n"_s), QString(QString::number(series) + u" \"values\":[[1,2]]"_s));
                QCOMPARE(one.times.size(), 2000u);
                QCOMPARE(one.times.back(), 1'700'029'985'000);
                for (int point = 0; point < 2000; ++point)
                    QCOMPARE(one.values[size_t(point)], series * 10'000 + point);
            }
        }
        // Numbers of the server's own are no places of ours.
        QCOMPARE(refused(matrix(R"({"metric":{},"values":0})")).kind, Error::Kind::Protocol);
    }

    void whatTheServerSaysBesides()
    {
        const Answer prometheus = parsed(
            R"({"status":"success","data":{"resultType":"vector","result":[]},"warnings":["PromQL warning: bucket label is missing"],)"
            R"("infos":["PromQL info: metric might not be a counter"]})");
        QCOMPARE(prometheus.warnings, (QStringList{u"PromQL warning: bucket label is missing"_s}));
        QCOMPARE(prometheus.infos, (QStringList{u"PromQL info: metric might not be a counter"_s}));
        QVERIFY(!prometheus.partial);
        const Answer thanos = parsed(
            R"({"status":"success","data":{"resultType":"vector","result":[]},"warnings":["receive series from Addr: 10.0.0.7:10901: rpc error"]})");
        QVERIFY(thanos.partial);
        const Answer victoria =
            parsed(R"({"status":"success","isPartial":true,"data":{"resultType":"vector","result":[]}})");
        QVERIFY(victoria.partial);
    }

    void duplicateSeriesAreNamed()
    {
        const QByteArray one = R"({"metric":{"__name__":"up","job":"a"},"values":[[1,"1"]]})";
        const Answer answer =
            parsed(matrix(one + "," + one + R"(,{"metric":{"__name__":"up","job":"b"},"values":[[1,"2"]]})"));
        QCOMPARE(answer.series->size(), 2u);
        QCOMPARE(answer.warnings.size(), 1);
        QVERIFY2(answer.warnings[0].contains(u"up{job=\"a\"}"_s), qPrintable(answer.warnings[0]));
    }

    void histogramsAreSaidToBeLeftOut()
    {
        const Answer answer = parsed(matrix(
            R"({"metric":{"__name__":"rpc"},"histograms":[[1,{"count":"1","sum":"2","buckets":[[0,"1","2","3"]]}]]},)"
            R"({"metric":{"__name__":"plain"},"values":[[1,"2"]]})"));
        QCOMPARE(answer.series->size(), 1u);
        QCOMPARE(answer.series->at(0).values, (std::vector<double>{2}));
        QVERIFY(answer.warnings.value(0).contains(u"rpc"_s));
    }

    void brokenAnswers()
    {
        const QByteArray whole = matrix(R"({"metric":{"a":"b"},"values":[[1700000000,"1"],[1700000015,"2"]]})");
        // Cut off anywhere, it is never taken for a shorter answer.
        for (qsizetype size = 0; size < whole.size(); ++size) {
            const Error error = refused(whole.first(size));
            QVERIFY2(error.kind == Error::Kind::Protocol, qPrintable(QString::number(size) + error.what));
        }
        QCOMPARE(refused(matrix(R"({"metric":{},"values":[[1,"one"]]})")).kind, Error::Kind::Protocol);
        QCOMPARE(refused("<html>").kind, Error::Kind::Protocol);
        QCOMPARE(refused(whole + "x").kind, Error::Kind::Protocol);
        QCOMPARE(refused(QByteArray(1000, '[')).kind, Error::Kind::Protocol);
    }

    void tooManyValues()
    {
        const QByteArray body = matrix(R"({"metric":{},"values":[[1,"1"],[2,"2"],[3,"3"]]})");
        QVERIFY(parseAnswer(body, {}, {.values = 3}).has_value());
        const Error error = refused(body, {.values = 2});
        QCOMPARE(error.kind, Error::Kind::Invalid);
        QVERIFY2(error.what.contains(u"2 values"_s), qPrintable(error.what));
    }

    void errorsSayWhere()
    {
        const Error error = errorOf({.httpStatus = 400,
            .body =
                R"({"status":"error","errorType":"bad_data","error":"invalid parameter \u0022query\u0022: 1:5: parse error: unexpected end of input"})",
            .where = u"GET http://p"_s});
        QCOMPARE(error.kind, Error::Kind::Invalid);
        QCOMPARE(error.reason, u"bad_data"_s);
        QCOMPARE(queryPosition(error), QueryPosition(1, 5));
        QVERIFY2(error.what.contains(u"line 1, character 5: unexpected end of input"_s), qPrintable(error.what));
        const Error slow = errorOf({.httpStatus = 503,
            .body = R"({"status":"error","errorType":"timeout","error":"query timed out in expression evaluation"})"});
        QCOMPARE(slow.kind, Error::Kind::Timeout);
        QVERIFY(!slow.remedy.isEmpty());
        const Error execution = errorOf({.httpStatus = 422,
            .body =
                R"({"status":"error","errorType":"execution","error":"found duplicate series for the match group {} on the right hand-side of the operation"})"});
        QCOMPARE(execution.kind, Error::Kind::Invalid);
        QVERIFY(execution.what.contains(u"found duplicate series"_s));
        QVERIFY(!queryPosition(execution));
        const Error page = errorOf({.httpStatus = 200, .body = "<html>Sign in</html>"});
        QCOMPARE(page.kind, Error::Kind::Protocol);
        const Error gone = errorOf({.httpStatus = 503,
            .body =
                R"({"kind":"Status","message":"no endpoints available for service \u0022prometheus\u0022","reason":"ServiceUnavailable"})"});
        QCOMPARE(gone.kind, Error::Kind::Server);
        QVERIFY(gone.what.contains(u"no endpoints"_s));
    }

    void rulesAndTargets()
    {
        const auto rules = parse::rules({.httpStatus = 200,
            .body =
                R"({"status":"success","data":{"groups":[{"name":"node","file":"/r.yml","interval":30,"rules":[)"
                R"({"state":"firing","name":"Hot","query":"t > 75","duration":300,"labels":{"severity":"warning"},"annotations":{"summary":"hot"},)"
                R"("alerts":[{"labels":{"alertname":"Hot","node":"pi-1"},"annotations":{"summary":"hot"},"state":"firing","activeAt":"2026-11-22T17:00:00.25Z","value":"8e+01"}],)"
                R"("health":"ok","evaluationTime":0.001,"lastEvaluation":"2026-11-22T19:00:00+02:00","type":"alerting"},)"
                R"({"name":"r","query":"1","health":"err","lastError":"boom","lastEvaluation":"0001-01-01T00:00:00Z","type":"recording"}]}]}})"});
        QVERIFY(rules);
        QCOMPARE(rules->size(), 1);
        const RuleGroup &group = rules->constFirst();
        QCOMPARE(group.interval, 30'000);
        const Rule &hot = group.rules[0];
        QVERIFY(hot.alerting);
        QCOMPARE(hot.holdFor, 300'000);
        QCOMPARE(hot.alerts[0].since, 1795366800250);
        QCOMPARE(hot.lastEvaluation, 1795366800000);
        QCOMPARE(hot.alerts[0].labels.value(u"node"_s), u"pi-1"_s);
        QVERIFY(!group.rules[1].alerting);
        QCOMPARE(group.rules[1].error, u"boom"_s);
        QCOMPARE(group.rules[1].lastEvaluation, 0);
        const auto targets = parse::targets({.httpStatus = 200,
            .body =
                R"({"status":"success","data":{"activeTargets":[{"labels":{"job":"node"},"scrapePool":"node","scrapeUrl":"a/metrics","lastError":"refused","health":"down","scrapeInterval":"1m30s"}],"droppedTargets":[]}})"});
        QVERIFY(targets);
        QCOMPARE(targets->at(0).scrapeInterval, 90'000);
        QCOMPARE(targets->at(0).error, u"refused"_s);
    }

    void flavours_data()
    {
        QTest::addColumn<QByteArray>("data");
        QTest::addColumn<Flavor>("flavor");
        QTest::newRow("prometheus") << QByteArray(
            R"({"version":"3.7.1","revision":"6","branch":"HEAD","goVersion":"go1.25"})")
                                    << Flavor::Prometheus;
        QTest::newRow("thanos") << QByteArray(
            R"({"version":"0.39.2","revision":"6","branch":"HEAD","goVersion":"go1.24"})")
                                << Flavor::Thanos;
        QTest::newRow("mimir") << QByteArray(
            R"({"application":"Grafana Mimir","version":"2.17.1","revision":"6","goVersion":"go1.24","features":{"ruler_config_api":"true"}})")
                               << Flavor::Mimir;
        QTest::newRow("victoria") << QByteArray(R"({"version":"2.24.0"})") << Flavor::VictoriaMetrics;
    }
    void flavours()
    {
        QFETCH(QByteArray, data);
        QFETCH(Flavor, flavor);
        const auto info =
            parse::buildInfo({.httpStatus = 200, .body = "{\"status\":\"success\",\"data\":" + data + "}"});
        QVERIFY(info);
        QCOMPARE(info->flavor, flavor);
    }
};

QTEST_GUILESS_MAIN(TestAnswers)
#include "tst_answers.moc"
