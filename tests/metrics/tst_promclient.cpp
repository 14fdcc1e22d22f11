// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/democluster.h"
#include "metrics/answerparser.h"
#include "metrics/promclient.h"
#include "metrics/steps.h"
#include "support/await.h"
#include "support/testauthority.h"
#include "support/testhttpserver.h"
#include "threadedapi.h"

#include <QTemporaryDir>
#include <QTest>

using namespace kdra;
using namespace kdra::metrics;
using namespace kdra::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QByteArray empty = R"({"status":"success","data":{"resultType":"vector","result":[]}})";

QString item(const HttpRequest &request, const QString &name)
{
    return QUrlQuery(request.url).queryItemValue(name, QUrl::FullyDecoded);
}

} // namespace

class TestPromClient : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void asksAsItIsTold()
    {
        TestHttpServer server([](const HttpRequest &) { return HttpResponse{.body = empty}; });
        QVERIFY(server.listen());
        ThreadedApi api;
        PromClient client({.url = server.url(u"/mimir/"_s),
                              .login = Login::Basic,
                              .user = u"jane"_s,
                              .prefix = u"prometheus"_s,
                              .tenant = u"edge"_s},
            {.password = u"sesame"_s}, *api);
        KDRA_AWAIT(instant, client.instant(u"a % 20 + b{c=\"ü&d\"}"_s, 1'700'000'000'005));
        QVERIFY2(instant, qPrintable(instant ? QString() : instant.error().text()));
        const HttpRequest first = server.requests().constLast();
        QCOMPARE(first.url.path(), u"/mimir/prometheus/api/v1/query"_s);
        QCOMPARE(item(first, u"query"_s), u"a % 20 + b{c=\"ü&d\"}"_s);
        QVERIFY2(!first.url.query(QUrl::FullyEncoded).contains(u'+'), qPrintable(first.url.toString()));
        QCOMPARE(item(first, u"time"_s), u"1700000000.005"_s);
        QCOMPARE(item(first, u"timeout"_s), u"30s"_s);
        QCOMPARE(first.header("Authorization"), QByteArray("Basic " + QByteArray("jane:sesame").toBase64()));
        QCOMPARE(first.header("X-Scope-OrgID"), QByteArray("edge"));
        KDRA_AWAIT(range, client.range(u"up"_s, {.start = 1000, .end = 61'000, .step = 500}));
        QVERIFY(range);
        const HttpRequest second = server.requests().constLast();
        QCOMPARE(item(second, u"start"_s), u"1.000"_s);
        QCOMPARE(item(second, u"end"_s), u"61.000"_s);
        QCOMPARE(item(second, u"step"_s), u"0.500"_s);
        KDRA_AWAIT(values, client.labelValues(u"a/b"_s, {u"up{x=\"1\"}"_s}, 1000, 2000, 10));
        QCOMPARE(server.requests().constLast().url.path(QUrl::FullyEncoded),
            u"/mimir/prometheus/api/v1/label/a%2Fb/values"_s);
        QCOMPARE(item(server.requests().constLast(), u"match[]"_s), u"up{x=\"1\"}"_s);
        KDRA_AWAIT(tooFine, client.range(u"up"_s, {.start = 0, .end = 11'000'000, .step = 1000}));
        QCOMPARE(tooFine.error().kind, Error::Kind::Invalid);
    }

    void bearerAndLongQueriesAsForm()
    {
        TestHttpServer server([](const HttpRequest &) { return HttpResponse{.body = empty}; });
        QVERIFY(server.listen());
        ThreadedApi api;
        PromClient client({.url = server.url(), .login = Login::Bearer}, {.password = u"t0k3n"_s}, *api);
        const QString expr = u"up + "_s + QString(6000, u'1');
        KDRA_AWAIT(answer, client.instant(expr));
        QVERIFY(answer);
        const HttpRequest request = server.requests().constLast();
        QCOMPARE(request.verb, QByteArray("POST"));
        QCOMPARE(request.header("Authorization"), QByteArray("Bearer t0k3n"));
        QCOMPARE(request.header("Content-Type"), QByteArray("application/x-www-form-urlencoded"));
        QVERIFY(!request.url.hasQuery());
        QCOMPARE(QUrlQuery(QString::fromLatin1(request.body)).queryItemValue(u"query"_s, QUrl::FullyDecoded), expr);
        // What is in between lets only GET through.
        server.setHandler([](const HttpRequest &asked) {
            return asked.verb == "POST" ? HttpResponse{.status = 405} : HttpResponse{.body = empty};
        });
        KDRA_AWAIT(again, client.instant(expr));
        QVERIFY(again);
        QCOMPARE(server.requests().constLast().verb, QByteArray("GET"));
    }

    void clientCertificatesAndAuthorities()
    {
        QTemporaryDir folder;
        TestAuthority authority(QDir(folder.path()), u"Test CA"_s);
        const TestCertificate own = authority.issue({.name = u"prometheus"_s, .alternativeNames = {u"IP:127.0.0.1"_s}});
        const TestCertificate jane = authority.issue({.name = u"jane"_s});
        QVERIFY2(authority.isValid(), qPrintable(authority.errors()));
        QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
        tls.setLocalCertificate(own.certificate());
        tls.setPrivateKey(own.key());
        tls.setCaCertificates({authority.certificate().certificate()});
        tls.setPeerVerifyMode(QSslSocket::VerifyPeer);
        TestHttpServer server([](const HttpRequest &) { return HttpResponse{.body = empty}; });
        QVERIFY(server.listen(tls));
        ThreadedApi api;
        Endpoint endpoint{.url = server.url(),
            .login = Login::Certificate,
            .certificateAuthority = authority.certificate().certificateFile};
        PromClient known(endpoint, {.certificate = jane.certificatePem(), .key = jane.keyPem()}, *api);
        KDRA_AWAIT(answer, known.instant(u"up"_s));
        QVERIFY2(answer, qPrintable(answer ? QString() : answer.error().text()));
        QCOMPARE(server.requests().constLast().peer, jane.certificate());
        // Without the certificate the server does not listen, and without the authority nobody is believed.
        PromClient without(endpoint, {}, *api);
        KDRA_AWAIT(missing, without.instant(u"up"_s));
        QCOMPARE(missing.error().kind, Error::Kind::Configuration);
        endpoint.certificateAuthority.clear();
        PromClient unbelieved(endpoint, {.certificate = jane.certificatePem(), .key = jane.keyPem()}, *api);
        KDRA_AWAIT(unknown, unbelieved.instant(u"up"_s));
        QCOMPARE(unknown.error().kind, Error::Kind::Tls);
        QCOMPARE(server.requests().size(), 1);
    }

    void throughTheApiServersProxy()
    {
        TestHttpServer server([](const HttpRequest &) { return HttpResponse{.body = empty}; });
        QVERIFY(server.listen());
        ThreadedApi api(server.url(u"/k8s/clusters/c-1"_s));
        PromClient client(
            {.ns = u"monitoring"_s, .service = u"prom"_s, .port = u"web"_s, .https = true, .tenant = u"t"_s}, {}, *api);
        KDRA_AWAIT(answer, client.instant(u"up"_s));
        QVERIFY2(answer, qPrintable(answer ? QString() : answer.error().text()));
        const HttpRequest request = server.requests().constLast();
        QCOMPARE(request.url.path(),
            u"/k8s/clusters/c-1/api/v1/namespaces/monitoring/services/https:prom:web/proxy/api/v1/query"_s);
        QCOMPARE(request.header("Authorization"), QByteArray("Bearer sesame"));
        QCOMPARE(request.header("X-Scope-OrgID"), QByteArray("t"));
        // The cluster is marked read-only: nothing but GET leaves.
        (*api).setReadOnly(true);
        KDRA_AWAIT(longOne, client.instant(u"up + "_s + QString(6000, u'1')));
        QVERIFY(longOne);
        QCOMPARE(server.requests().constLast().verb, QByteArray("GET"));
    }

    void failuresAreTriedAgain_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("requests");
        QTest::newRow("503") << 503 << QByteArray("no healthy upstream") << 3;
        QTest::newRow("429") << 429 << QByteArray("slow down") << 3;
        QTest::newRow("connection lost") << 0 << QByteArray() << 3;
        QTest::newRow("a wrong query") << 400 << QByteArray(R"({"status":"error","errorType":"bad_data","error":"no"})")
                                       << 1;
        QTest::newRow("a query that takes too long")
            << 503 << QByteArray(R"({"status":"error","errorType":"timeout","error":"query timed out"})") << 1;
        QTest::newRow("forbidden") << 403 << QByteArray("no") << 1;
    }
    void failuresAreTriedAgain()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        QFETCH(int, requests);
        int left = 2;
        TestHttpServer server([&](const HttpRequest &) {
            if (left-- <= 0)
                return HttpResponse{.body = empty};
            return status ? HttpResponse{.status = status, .body = body}
                          : HttpResponse{.then = HttpResponse::Then::Drop};
        });
        QVERIFY(server.listen());
        ThreadedApi api;
        PromClient client({.url = server.url()}, {}, *api);
        KDRA_AWAIT(answer, client.instant(u"up"_s));
        QCOMPARE(answer.has_value(), requests == 3);
        // QNetworkAccessManager may repeat a GET by itself when its connection is lost.
        QVERIFY2(status ? server.requests().size() == requests : server.requests().size() >= requests,
            qPrintable(QString::number(server.requests().size())));
    }

    void aDeadlineHolds()
    {
        TestHttpServer server([](const HttpRequest &) { return HttpResponse{.then = HttpResponse::Then::Hang}; });
        QVERIFY(server.listen());
        ThreadedApi api;
        PromClient client({.url = server.url()}, {}, *api);
        KDRA_AWAIT(answer, client.instant(u"up"_s, 0, {.deadline = 200ms}));
        QCOMPARE(answer.error().kind, Error::Kind::Timeout);
        QTRY_COMPARE_WITH_TIMEOUT(server.openRequests(), 0, 30000);
    }

    void cancellingFreesThePlace()
    {
        int asked = 0;
        TestHttpServer server([&](const HttpRequest &request) {
            ++asked;
            return item(request, u"query"_s) == "quick"_L1 ? HttpResponse{.body = empty}
                                                           : HttpResponse{.then = HttpResponse::Then::Hang};
        });
        QVERIFY(server.listen());
        ThreadedApi api;
        PromClient client({.url = server.url()}, {}, *api);
        QList<QFuture<Result<Answer>>> slow;
        for (int i = 0; i < 20; ++i)
            slow += client.instant(u"slow"_s);
        QTRY_COMPARE_WITH_TIMEOUT(server.openRequests(), 6, 30000); // the others wait
        auto quick = client.instant(u"quick"_s, 0, {.group = 7});
        // Those that wait first, so that none of them is sent.
        while (!slow.isEmpty())
            slow.takeLast().cancel();
        QVERIFY(finishes(quick));
        QVERIFY(quick.result());
        QTRY_COMPARE_WITH_TIMEOUT(server.openRequests(), 0, 30000);
        QCOMPARE(asked, 7);
    }

    void manyValuesAreRefusedWhileTheyArrive()
    {
        QByteArray chunk;
        for (int i = 0; i < 5000; ++i)
            chunk += ",[1700000000,\"1\"]";
        TestHttpServer server([&](const HttpRequest &) {
            return HttpResponse{
                .body = R"({"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":[[1,"1"])",
                .then = HttpResponse::Then::Stream};
        });
        QVERIFY(server.listen());
        ThreadedApi api;
        Connection *connection = new Connection({.url = server.url()}, {}, *api);
        connection->moveToThread((*api).thread());
        Call call{.path = u"/api/v1/query"_s, .countValues = true, .limits = {.values = 100'000}};
        auto future = connection->ask<int>(call, [](Reply &&) -> Result<int> { return 1; });
        qint64 sent = 0;
        QTRY_VERIFY_WITH_TIMEOUT(server.streams() == 1, 30000);
        while (!future.isFinished() && sent < 10'000'000) {
            server.sendChunk(chunk);
            sent += 5000;
            QTest::qWait(1);
        }
        // The answer has no end: only a refusal ends it.
        QVERIFY2(finishes(future), "everything was taken");
        const Result<int> result = future.result();
        QCOMPARE(result.error().kind, Error::Kind::Invalid);
        QVERIFY2(result.error().what.contains(QLocale().toString(100'000)), qPrintable(result.error().what));
        QTRY_COMPARE_WITH_TIMEOUT(server.streams(), 0, 30000);
        // By bytes as well.
        call.limits = {.bytes = 1'000'000};
        auto large = connection->ask<int>(call, [](Reply &&) -> Result<int> { return 1; });
        QTRY_VERIFY_WITH_TIMEOUT(server.streams() == 1, 30000);
        for (sent = 0; !large.isFinished() && sent < 100'000'000; sent += chunk.size()) {
            server.sendChunk(chunk);
            QTest::qWait(1);
        }
        QVERIFY(finishes(large));
        QCOMPARE(large.result().error().kind, Error::Kind::Invalid);
        release(connection);
    }

    // As the client asks: the limit of ten million is held, whatever comes behind.
    void tenMillionValuesAreRefused()
    {
        QByteArray chunk;
        for (int i = 0; i < 100'000; ++i)
            chunk += ",[1700000000,\"1\"]";
        TestHttpServer server([&](const HttpRequest &) {
            return HttpResponse{
                .body = R"({"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":[[1,"1"])",
                .then = HttpResponse::Then::Stream};
        });
        QVERIFY(server.listen());
        ThreadedApi api;
        PromClient client({.url = server.url()}, {}, *api);
        const auto future = client.range(u"{__name__=~\".+\"}"_s, {.start = 0, .end = 1000, .step = 1000});
        QTRY_VERIFY_WITH_TIMEOUT(server.streams() == 1, 30000);
        qint64 sent = 0;
        for (; !future.isFinished() && sent < 12'000'000; sent += 100'000) {
            server.sendChunk(chunk);
            QTest::qWait(1);
        }
        QVERIFY(finishes(future)); // the answer has not ended
        const Result<Answer> answer = future.result();
        QVERIFY(!answer);
        QCOMPARE(answer.error().kind, Error::Kind::Invalid);
        QVERIFY2(answer.error().what.contains(QLocale().toString(10'000'000)), qPrintable(answer.error().what));
    }

    void clocksThatDiffer()
    {
        const QDateTime ahead = QDateTime::currentDateTimeUtc().addSecs(300);
        const QByteArray date = QLocale::c().toString(ahead, u"ddd, dd MMM yyyy HH:mm:ss 'GMT'"_s).toLatin1();
        TestHttpServer server(
            [&](const HttpRequest &) { return HttpResponse{.body = empty, .headers = {{"Date", date}}}; });
        QVERIFY(server.listen());
        ThreadedApi api;
        PromClient client({.url = server.url()}, {}, *api);
        QVERIFY(client.clockNote().isEmpty());
        KDRA_AWAIT(answer, client.instant(u"up"_s));
        QVERIFY(answer);
        QVERIFY2(std::abs(client.clockAhead() - 300'000) < 20'000, qPrintable(QString::number(client.clockAhead())));
        QVERIFY(client.clockNote().contains(u"ahead"_s));
    }

    void theClientMayGoFirstOrLast()
    {
        TestHttpServer server([](const HttpRequest &) { return HttpResponse{.then = HttpResponse::Then::Hang}; });
        QVERIFY(server.listen());
        ThreadedApi api;
        auto client = std::make_unique<PromClient>(Endpoint{.url = server.url()}, Secrets(), *api);
        auto future = client->instant(u"up"_s);
        QTRY_COMPARE_WITH_TIMEOUT(server.openRequests(), 1, 30000);
        client.reset();
        QVERIFY(finishes(future));
        QCOMPARE(future.result().error().kind, Error::Kind::Cancelled);
        PromClient last({.ns = u"m"_s, .service = u"p"_s}, {}, *api);
        api.stop();
        auto never = last.instant(u"up"_s);
        Q_UNUSED(never);
    }

    void unusableEndpoints()
    {
        ThreadedApi api;
        PromClient client({.url = QUrl(u"ftp://x"_s)}, {}, *api);
        KDRA_AWAIT(answer, client.instant(u"up"_s));
        QCOMPARE(answer.error().kind, Error::Kind::Configuration);
        const Endpoint full{
            .ns = u"a"_s, .service = u"b"_s, .port = u"9090"_s, .https = true, .prefix = u"/p"_s, .tenant = u"t"_s};
        QCOMPARE(Endpoint::fromJson(full.toJson()).value(), full);
        const Endpoint direct{
            .url = QUrl(u"https://p.example.com/x"_s), .login = Login::Certificate, .certificateAuthority = u"/ca"_s};
        QCOMPARE(Endpoint::fromJson(direct.toJson()).value(), direct);
        QVERIFY(!Endpoint::fromJson({{u"url"_s, u"https://jane:secret@p.example.com"_s}}));
        QVERIFY(!direct.title().contains(u"secret"_s));
    }

    // Against the demo cluster's Prometheus, direct and through its API server.
    void demoCluster()
    {
        demo::DemoCluster cluster({.nodes = 6, .pis = 3, .pods = 20});
        QVERIFY(cluster.start());
        ThreadedApi api(cluster.clientConfig());
        PromClient direct({.url = cluster.prometheusUrl()}, {}, *api);
        PromClient proxied({.ns = u"monitoring"_s, .service = u"prometheus"_s, .port = u"9090"_s}, {}, *api);
        const qint64 now = QDateTime::currentMSecsSinceEpoch();
        const Range range = snapped(now - 3'600'000, now - 60'000, 200, 15'000);
        KDRA_AWAIT(one, direct.range(u"node_load1"_s, range));
        KDRA_AWAIT(other, proxied.range(u"node_load1"_s, range));
        QVERIFY2(one && other, qPrintable(one ? QString() : one.error().text()));
        QCOMPARE(one->series->size(), 6u);
        for (size_t i = 0; i < one->series->size(); ++i) {
            QCOMPARE(one->series->at(i).times, other->series->at(i).times);
            QCOMPARE(one->series->at(i).values, other->series->at(i).values);
            QCOMPARE(qint64(one->series->at(i).times.size()), pointsOf(range));
        }
        KDRA_AWAIT(names, direct.labelValues(u"__name__"_s));
        QVERIFY(names && names->items.contains(u"node_load1"_s));
        KDRA_AWAIT(labels, direct.labels({u"node_load1"_s}));
        QVERIFY(labels && labels->items.contains(u"instance"_s));
        KDRA_AWAIT(series, direct.series({u"node_load1"_s}, now - 60'000, now));
        QVERIFY(series && series->items.size() == 6);
        KDRA_AWAIT(metadata, direct.metadata());
        QVERIFY(metadata && !metadata->value(u"node_load1"_s).type.isEmpty());
        KDRA_AWAIT(rules, proxied.rules());
        QVERIFY(rules && !rules->isEmpty() && !rules->constFirst().rules.isEmpty());
        KDRA_AWAIT(alerts, proxied.alerts());
        QVERIFY(alerts);
        KDRA_AWAIT(targets, direct.targets());
        QVERIFY(targets && !targets->isEmpty());
        KDRA_AWAIT(build, direct.buildInfo());
        QVERIFY(build);
        QCOMPARE(build->flavor, Flavor::Prometheus);
        KDRA_AWAIT(wrong, direct.instant(u"sum("_s));
        QCOMPARE(wrong.error().kind, Error::Kind::Invalid);
    }
};

QTEST_GUILESS_MAIN(TestPromClient)
#include "tst_promclient.moc"
