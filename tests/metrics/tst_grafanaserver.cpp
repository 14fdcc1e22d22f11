// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/grafanaserver.h"

#include <QJsonDocument>
#include <QTest>

using namespace kdra;
using namespace kdra::metrics;
using namespace Qt::StringLiterals;

class TestGrafanaServer : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void requests()
    {
        const QUrl base(u"https://example.com/grafana/"_s);
        QCOMPARE(grafanaSearch(2).under(base).toString(QUrl::FullyEncoded),
            u"https://example.com/grafana/api/search?type=dash-db&limit=1000&page=2"_s);
        QCOMPARE(grafanaDashboard(u"a/b ?#"_s).under(base).toString(QUrl::FullyEncoded),
            u"https://example.com/grafana/api/dashboards/uid/a%2Fb%20%3F%23"_s);
        QCOMPARE(grafanaDashboard(u"x"_s).under(QUrl(u"http://g:3000"_s)).toString(),
            u"http://g:3000/api/dashboards/uid/x"_s);
    }

    void search()
    {
        const auto found =
            readGrafanaSearch(R"([{"uid":"a","title":"A","type":"dash-db","folderTitle":"F","tags":["x"]},
            {"uid":"f","title":"Folder","type":"dash-folder"},{"title":"no uid"},3])");
        QVERIFY(found);
        QCOMPARE(*found, QList<GrafanaEntry>({{.uid = u"a"_s, .title = u"A"_s, .folder = u"F"_s, .tags = {u"x"_s}}}));
        QVERIFY(readGrafanaSearch("[]")->isEmpty());
        const auto refused = readGrafanaSearch(R"({"message":"Invalid API key"})");
        QVERIFY(!refused);
        QVERIFY(refused.error().what.contains(u"Invalid API key"));
        QVERIFY(!readGrafanaSearch("<html>"));
    }

    void open()
    {
        const QUrl url = openInGrafana(QUrl(u"http://g/sub"_s), u"uid1"_s, 1000, 2000,
            {{u"node"_s, {u"pi-1"_s, u"a&b=c+d e"_s}}, {u"all"_s, {u"$__all"_s}}});
        QCOMPARE(url.toString(QUrl::FullyEncoded),
            u"http://g/sub/d/uid1?from=1000&to=2000&var-all=%24__all&var-node=pi-1&var-node=a%26b%3Dc%2Bd%20e"_s);
        QCOMPARE(openInGrafana(QUrl(u"http://g"_s), u"u"_s, 0, 0, {}).toString(), u"http://g/d/u"_s);
    }

    void annotations()
    {
        const GrafanaRequest request = grafanaAnnotation(environmentCreated(u"demo"_s, u"demo-ns"_s, 1700000000123));
        QCOMPARE(request.method, QByteArray("POST"));
        QCOMPARE(request.path, u"/api/annotations"_s);
        QCOMPARE(QJsonDocument::fromJson(request.body),
            QJsonDocument::fromJson(R"({"time":1700000000123,"tags":["kdra","environment","demo","demo-ns"],
                "text":"Environment demo was created in the namespace demo-ns."})"));
        const QJsonObject span =
            QJsonDocument::fromJson(grafanaAnnotation({.start = 1, .end = 5, .text = u"x"_s}).body).object();
        QCOMPARE(span.value(u"timeEnd"_s), 5);
        QVERIFY(environmentEnded(u"a"_s, u"b"_s, 1).text.contains(u"removed"));
        QCOMPARE(readGrafanaAnnotation(R"({"message":"Annotation added","id":12})").value(), 12);
        QVERIFY(!readGrafanaAnnotation(R"({"message":"Unauthorized"})"));
    }
};

QTEST_GUILESS_MAIN(TestGrafanaServer)
#include "tst_grafanaserver.moc"
