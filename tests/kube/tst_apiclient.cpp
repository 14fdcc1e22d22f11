// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/accessreview.h"
#include "kube/apiclient.h"
#include "support/await.h"
#include "support/testhttpserver.h"
#include "tunnelproxy.h"

#include <QNetworkReply>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTest>
#include <QThread>
#include <QWebSocket>

using namespace kdra;
using namespace kdra::kube;
using namespace kdra::test;
using namespace std::chrono_literals;

namespace {

ClientConfig configFor(const QUrl &server)
{
    return ClientConfig{.contextName = QStringLiteral("test"),
        .cluster = {.name = QStringLiteral("test"), .server = server},
        .user = {.name = QStringLiteral("tester"), .token = QStringLiteral("sesame")}};
}

// A client on a thread of its own, as the application has it.
class ThreadedClient {
public:
    explicit ThreadedClient(ClientConfig config)
        : m_client(new ApiClient(std::move(config)))
    {
        m_client->moveToThread(&m_thread);
        QObject::connect(&m_thread, &QThread::finished, m_client, &QObject::deleteLater);
        m_thread.start();
    }
    ~ThreadedClient() { stop(); }
    void stop()
    {
        m_thread.quit();
        m_thread.wait();
    }
    ApiClient *operator->() { return m_client; }
    ApiClient &operator*() { return *m_client; }

private:
    QThread m_thread;
    ApiClient *m_client;
};

Request get(const char *path)
{
    return Request{.path = QString::fromLatin1(path)};
}

// Not a raw string: moc loses its way in one with an escaped quote.
constexpr char forbidden[] =
    "{\"kind\":\"Status\",\"message\":\"pods is forbidden: User 'eve' cannot list resource\",\"reason\":\"Forbidden\"}";

} // namespace

class TestApiClient : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void sendsWhatItIsGiven()
    {
        TestHttpServer server([](const HttpRequest &) { return HttpResponse{.body = "{\"ok\":true}"}; });
        QVERIFY(server.listen());
        ClientConfig config = configFor(server.url(QStringLiteral("/k8s/clusters/c-1/")));
        config.user.impersonateUser = QStringLiteral("jane");
        config.user.impersonateUid = QStringLiteral("7");
        config.user.impersonateGroups = {QStringLiteral("dev")};
        config.user.impersonateExtra.insert(QStringLiteral("example.com/why"), {QStringLiteral("one")});
        ThreadedClient client(config);
        Request request{.verb = "PATCH",
            .path = QStringLiteral("/api/v1/namespaces/a%2Fb/pods"),
            .body = "spec: 1",
            .contentType = "application/apply-patch+yaml"};
        request.query.addQueryItem(QStringLiteral("labelSelector"), QStringLiteral("a in (b,c),x=1+1"));
        KDRA_AWAIT(result, client->send(request));
        QVERIFY2(result, qPrintable(result ? QString() : result.error().text()));
        QCOMPARE(result->httpStatus, 200);
        QCOMPARE(result->body, QByteArray("{\"ok\":true}"));
        QCOMPARE(result->contentType, QByteArray("application/json"));
        const HttpRequest seen = server.requests().constFirst();
        QCOMPARE(seen.verb, QByteArray("PATCH"));
        QCOMPARE(seen.url.path(QUrl::FullyEncoded), QStringLiteral("/k8s/clusters/c-1/api/v1/namespaces/a%2Fb/pods"));
        QVERIFY2(seen.url.query(QUrl::FullyEncoded).contains(QStringLiteral("1%2B1")), qPrintable(seen.url.toString()));
        QCOMPARE(seen.body, QByteArray("spec: 1"));
        QCOMPARE(seen.header("Content-Type"), QByteArray("application/apply-patch+yaml"));
        QCOMPARE(seen.header("Accept"), QByteArray("application/json"));
        QCOMPARE(seen.header("Authorization"), QByteArray("Bearer sesame"));
        QCOMPARE(seen.header("Impersonate-User"), QByteArray("jane"));
        QCOMPARE(seen.header("Impersonate-Uid"), QByteArray("7"));
        QCOMPARE(seen.headersOf("Impersonate-Group"), QList<QByteArray>({"dev"}));
        QCOMPARE(seen.headersOf("Impersonate-Extra-Example.com%2fwhy"), QList<QByteArray>({"one"}));
        QVERIFY(seen.header("Accept-Encoding").contains("gzip"));
        QVERIFY(seen.header("Cookie").isEmpty());
    }

    void webSocketHandshakeCarriesTheSameUser()
    {
        TestHttpServer server(
            [](const HttpRequest &) { return HttpResponse{.status = 403, .then = HttpResponse::Then::Close}; });
        QVERIFY(server.listen());
        ClientConfig config = configFor(server.url(QStringLiteral("/prefix")));
        config.user.impersonateUser = QStringLiteral("jane");
        config.user.impersonateGroups = {QStringLiteral("dev"), QStringLiteral("ops")};
        ThreadedClient client(config);
        QUrlQuery query;
        query.addQueryItem(QStringLiteral("watch"), QStringLiteral("1"));
        KDRA_AWAIT(setup, client->socketSetup(QStringLiteral("/api/v1/pods"), query));
        QVERIFY(setup);
        QCOMPARE(setup->request.url().scheme(), QStringLiteral("ws"));
        QCOMPARE(setup->origin, server.url().toString());
        QVERIFY(!setup->request.hasRawHeader("Origin"));
        QCOMPARE(setup->ssl.allowedNextProtocols(), QList<QByteArray>({"http/1.1"}));
        QWebSocket socket(setup->origin);
        QSignalSpy failed(&socket, &QWebSocket::errorOccurred);
        socket.setProxy(setup->proxy);
        socket.open(setup->request);
        QVERIFY(failed.wait(10'000));
        const HttpRequest seen = server.requests().constFirst();
        QCOMPARE(seen.url.path(), QStringLiteral("/prefix/api/v1/pods"));
        QCOMPARE(seen.header("Authorization"), QByteArray("Bearer sesame"));
        QCOMPARE(seen.header("Origin"), server.url().toString().toLatin1());
        QCOMPARE(seen.header("Impersonate-User"), QByteArray("jane"));
        // One header a group: the API server does not split at commas.
        QCOMPARE(seen.headersOf("Impersonate-Group"), QList<QByteArray>({"dev", "ops"}));
        // QNetworkAccessManager cannot do that; better nothing than the wrong user.
        KDRA_AWAIT(refused, client->send(get("/version")));
        QCOMPARE(refused.error().kind, Error::Kind::Configuration);
    }

    void errorsSayWhatAndWhere_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<Error::Kind>("kind");
        QTest::addColumn<QString>("says");
        QTest::newRow("401") << 401 << QByteArray("Unauthorized") << Error::Kind::Authentication << "credentials";
        QTest::newRow("403") << 403 << QByteArray(forbidden) << Error::Kind::Forbidden << "cannot list resource";
        QTest::newRow("403 of a server that starts")
            << 403
            << QByteArray(
                   R"({"kind":"Status","reason":"Forbidden","message":"pods is forbidden: not yet ready to handle request"})")
            << Error::Kind::Server << "not yet ready";
        QTest::newRow("404 text") << 404 << QByteArray("404 page not found") << Error::Kind::NotFound
                                  << "page not found";
        QTest::newRow("410") << 410 << QByteArray("{}") << Error::Kind::Gone << "410";
        QTest::newRow("429") << 429 << QByteArray() << Error::Kind::Throttled << "429";
        QTest::newRow("503 page") << 503 << QByteArray("<html><title>Sorry, busy</title>") << Error::Kind::Server
                                  << "Sorry, busy";
        QTest::newRow("plain HTTP to TLS") << 400 << QByteArray("Client sent an HTTP request to an HTTPS server.\n")
                                           << Error::Kind::Configuration << "encrypted";
    }
    void errorsSayWhatAndWhere()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        QFETCH(Error::Kind, kind);
        QFETCH(QString, says);
        TestHttpServer server([&](const HttpRequest &) { return HttpResponse{.status = status, .body = body}; });
        QVERIFY(server.listen());
        ThreadedClient client(configFor(server.url()));
        KDRA_AWAIT(result, client->send(get("/api/v1/pods")));
        QVERIFY(!result);
        QCOMPARE(result.error().kind, kind);
        QCOMPARE(result.error().httpStatus, status);
        QVERIFY2(result.error().what.contains(says), qPrintable(result.error().what));
        QVERIFY(result.error().where.contains(QStringLiteral("/api/v1/pods")));
        QVERIFY(!result.error().text().contains(QStringLiteral("sesame")));
        if (status == 403)
            QCOMPARE(result.error().reason, QStringLiteral("Forbidden"));
        QCOMPARE(server.requests().size(), 1); // a static token is not tried twice
    }

    void throttledRequestsComeBack()
    {
        int refusals = 2;
        TestHttpServer server([&](const HttpRequest &) {
            return refusals-- > 0 ? HttpResponse{.status = 429, .headers = {{"Retry-After", "0"}}}
                                  : HttpResponse{.body = "{}"};
        });
        QVERIFY(server.listen());
        ThreadedClient client(configFor(server.url()));
        KDRA_AWAIT(result, client->send(get("/api/v1/pods")));
        QVERIFY2(result, qPrintable(result ? QString() : result.error().text()));
        QCOMPARE(server.requests().size(), 3);
        refusals = 1000;
        KDRA_AWAIT(never, client->send(get("/api/v1/pods")));
        QCOMPARE(never.error().kind, Error::Kind::Throttled);
        QCOMPARE(server.requests().size(), 9);
    }

    void webPageInsteadOfJson()
    {
        TestHttpServer server(
            [](const HttpRequest &) { return HttpResponse{.body = "<html>Sign in", .contentType = "text/html"}; });
        QVERIFY(server.listen());
        ThreadedClient client(configFor(server.url()));
        KDRA_AWAIT(result, client->send(get("/version")));
        QVERIFY(!result);
        QCOMPARE(result.error().kind, Error::Kind::Protocol);
    }

    void wrongClockIsNamed()
    {
        const QByteArray date = QLocale::c()
                                    .toString(QDateTime::currentDateTimeUtc().addSecs(3600 + 60),
                                        QStringLiteral("ddd, dd MMM yyyy HH:mm:ss"))
                                    .toLatin1()
            + " GMT";
        TestHttpServer server(
            [&](const HttpRequest &) { return HttpResponse{.status = 401, .headers = {{"Date", date}}}; });
        QVERIFY(server.listen());
        ThreadedClient client(configFor(server.url()));
        KDRA_AWAIT(result, client->send(get("/version")));
        QVERIFY2(result.error().remedy.contains(QStringLiteral("behind")), qPrintable(result.error().text()));
    }

    void refusedAndUnknown()
    {
        QTcpServer closed;
        QVERIFY(closed.listen(QHostAddress::LocalHost));
        const quint16 port = closed.serverPort();
        closed.close();
        ThreadedClient client(configFor(QUrl(QStringLiteral("http://127.0.0.1:%1").arg(port))));
        KDRA_AWAIT(refused, client->send(get("/version")));
        QCOMPARE(refused.error().kind, Error::Kind::Network);
        QVERIFY(refused.error().what.contains(QString::number(port)));
        ThreadedClient lost(configFor(QUrl(QStringLiteral("https://does-not-exist.invalid:6443"))));
        KDRA_AWAIT(unknown, lost->send(get("/version")));
        QCOMPARE(unknown.error().kind, Error::Kind::Network);
        QVERIFY2(unknown.error().what.contains(QStringLiteral("does-not-exist.invalid")),
            qPrintable(unknown.error().text()));
    }

    void droppedConnection()
    {
        TestHttpServer server([](const HttpRequest &) { return HttpResponse{.then = HttpResponse::Then::Drop}; });
        QVERIFY(server.listen());
        ThreadedClient client(configFor(server.url()));
        KDRA_AWAIT(result, client->send(get("/version")));
        QVERIFY(!result);
        QCOMPARE(result.error().kind, Error::Kind::Network);
    }

    void timeoutAndCancel()
    {
        TestHttpServer server([](const HttpRequest &) { return HttpResponse{.then = HttpResponse::Then::Hang}; });
        QVERIFY(server.listen());
        ThreadedClient client(configFor(server.url()));
        Request slow = get("/slow");
        slow.timeout = 300ms;
        KDRA_AWAIT(late, client->send(slow));
        QCOMPARE(late.error().kind, Error::Kind::Timeout);
        QTRY_COMPARE_WITH_TIMEOUT(server.openRequests(), 0, 30000);
        QFuture<Result<Response>> future = client->send(get("/never"));
        QTRY_COMPARE_WITH_TIMEOUT(server.openRequests(), 1, 30000);
        future.cancel();
        QTRY_COMPARE_WITH_TIMEOUT(server.openRequests(), 0, 30000); // the connection was given up
    }

    void destructionAnswersEverything()
    {
        TestHttpServer server([](const HttpRequest &) { return HttpResponse{.then = HttpResponse::Then::Hang}; });
        QVERIFY(server.listen());
        ThreadedClient client(configFor(server.url()));
        QList<QFuture<Result<Response>>> futures;
        for (int i = 0; i < 8; ++i) {
            Request request = get("/never");
            request.background = true;
            futures.append(client->send(request));
        }
        QTRY_COMPARE_WITH_TIMEOUT(server.openRequests(), 4, 30000);
        client.stop();
        for (const auto &future : futures) {
            KDRA_AWAIT(result, future);
            QCOMPARE(result.error().kind, Error::Kind::Cancelled);
        }
    }

    void interactiveOvertakesBackground()
    {
        TestHttpServer server([](const HttpRequest &request) {
            const bool background = request.url.path() == QLatin1StringView("/background");
            return HttpResponse{.then = background ? HttpResponse::Then::Hang : HttpResponse::Then::KeepAlive};
        });
        QVERIFY(server.listen());
        ThreadedClient client(configFor(server.url()));
        QList<QFuture<Result<Response>>> background;
        for (int i = 0; i < 20; ++i) {
            Request request = get("/background");
            request.background = true;
            background.append(client->send(request));
        }
        QTRY_COMPARE_WITH_TIMEOUT(server.openRequests(), 4, 30000);
        KDRA_AWAIT(result, client->send(get("/interactive")));
        QVERIFY(result);
        QCOMPARE(server.openRequests(), 4);
        // What is cancelled while it waits is never sent; what is cancelled in flight makes room.
        for (qsizetype i = 4; i < background.size() - 1; ++i)
            background[i].cancel();
        background[0].cancel();
        QTRY_COMPARE_WITH_TIMEOUT(server.requests().size(), 6, 30000); // 4 + interactive + the last
    }

    void tenMegabytesAndCompression()
    {
        // Compresses a thousandfold, as ten thousand similar pods nearly do.
        const QByteArray big(12 << 20, 'x');
        TestHttpServer server([&](const HttpRequest &request) {
            if (request.header("Accept-Encoding").contains("deflate"))
                return HttpResponse{.body = qCompress(big).sliced(4), .headers = {{"Content-Encoding", "deflate"}}};
            return HttpResponse{.body = big};
        });
        QVERIFY(server.listen());
        ClientConfig config = configFor(server.url());
        config.cluster.disableCompression = true;
        ThreadedClient client(config);
        KDRA_AWAIT(result, client->send(get("/big")));
        QVERIFY(result);
        QCOMPARE(result->body.size(), big.size());
        QCOMPARE(server.requests().constFirst().header("Accept-Encoding"), QByteArray("identity"));
        config.cluster.disableCompression = false;
        ThreadedClient packing(config);
        KDRA_AWAIT(unpacked, packing->send(get("/big")));
        QVERIFY2(unpacked, qPrintable(unpacked ? QString() : unpacked.error().text()));
        QCOMPARE(unpacked->body.size(), big.size());
    }

    void redirectsStayAtTheServer()
    {
        TestHttpServer other([](const HttpRequest &) { return HttpResponse{}; });
        QVERIFY(other.listen());
        TestHttpServer server([&](const HttpRequest &request) {
            if (request.url.path() == QLatin1StringView("/here"))
                return HttpResponse{.status = 302, .headers = {{"Location", "/there"}}};
            if (request.url.path() == QLatin1StringView("/away"))
                return HttpResponse{
                    .status = 302, .headers = {{"Location", other.url(QStringLiteral("/x")).toEncoded()}}};
            return HttpResponse{.body = "there"};
        });
        QVERIFY(server.listen());
        ThreadedClient client(configFor(server.url()));
        KDRA_AWAIT(here, client->send(get("/here")));
        QVERIFY(here);
        QCOMPARE(here->body, QByteArray("there"));
        KDRA_AWAIT(away, client->send(get("/away")));
        QVERIFY(!away);
        QCOMPARE(other.requests().size(), 0); // the token went nowhere else
    }

    void opensStreams()
    {
        TestHttpServer server(
            [](const HttpRequest &) { return HttpResponse{.body = "one\n", .then = HttpResponse::Then::Stream}; });
        QVERIFY(server.listen());
        ApiClient client(configFor(server.url()));
        // More than the six connections that a host normally gets.
        QList<QNetworkReply *> replies;
        for (int i = 0; i < 16; ++i) {
            KDRA_AWAIT(reply, client.open(get("/watch")));
            QVERIFY(reply);
            replies.append(*reply);
        }
        QTRY_COMPARE_WITH_TIMEOUT(server.streams(), 16, 30000);
        server.sendChunk("two\n");
        for (QNetworkReply *reply : replies) {
            QTRY_COMPARE_WITH_TIMEOUT(reply->bytesAvailable(), 8, 30000);
            QCOMPARE(reply->readAll(), QByteArray("one\ntwo\n"));
        }
        qDeleteAll(replies);
        QTRY_COMPARE_WITH_TIMEOUT(server.streams(), 0, 30000);
    }

    void proxies_data()
    {
        QTest::addColumn<TunnelProxy::Kind>("kind");
        QTest::addColumn<QString>("account");
        QTest::newRow("CONNECT") << TunnelProxy::Kind::Connect << "";
        QTest::newRow("CONNECT with password") << TunnelProxy::Kind::Connect << "me:secret@";
        QTest::newRow("SOCKS5") << TunnelProxy::Kind::Socks5 << "";
        QTest::newRow("SOCKS5 with password") << TunnelProxy::Kind::Socks5 << "me:secret@";
    }
    void proxies()
    {
        QFETCH(TunnelProxy::Kind, kind);
        QFETCH(QString, account);
        TestHttpServer server([](const HttpRequest &) { return HttpResponse{.body = "{}"}; });
        QVERIFY(server.listen());
        TunnelProxy proxy(kind, account.isEmpty() ? QByteArray() : "me", account.isEmpty() ? QByteArray() : "secret");
        QVERIFY(proxy.listen());
        // The name is known to the proxy only.
        ClientConfig config = configFor(server.url({}, QStringLiteral("cluster.test")));
        const QString scheme = kind == TunnelProxy::Kind::Connect ? QStringLiteral("http") : QStringLiteral("socks5");
        config.cluster.proxyUrl =
            QUrl(scheme + QStringLiteral("://") + account + QStringLiteral("127.0.0.1:%1").arg(proxy.port()));
        ThreadedClient client(config);
        KDRA_AWAIT(setup, client->socketSetup(QStringLiteral("/api"), {}));
        QVERIFY(setup);
        QWebSocket socket(setup->origin);
        QSignalSpy failed(&socket, &QWebSocket::errorOccurred);
        socket.setProxy(setup->proxy);
        socket.open(setup->request);
        QTRY_COMPARE_WITH_TIMEOUT(server.requests().size(), 1, 30000);
        KDRA_AWAIT(result, client->send(get("/version")));
        QVERIFY2(result, qPrintable(result ? QString() : result.error().text()));
        const QByteArray tunnel = "cluster.test:" + QByteArray::number(server.port());
        QCOMPARE(proxy.tunnels(), QList<QByteArray>({tunnel, tunnel}));
    }

    void proxiesOverTls();

    void unreachableProxy()
    {
        ClientConfig config = configFor(QUrl(QStringLiteral("https://cluster.test:6443")));
        QTcpServer closed;
        QVERIFY(closed.listen(QHostAddress::LocalHost));
        config.cluster.proxyUrl = QUrl(QStringLiteral("http://127.0.0.1:%1").arg(closed.serverPort()));
        closed.close();
        ThreadedClient client(config);
        KDRA_AWAIT(result, client->send(get("/version")));
        QVERIFY(!result);
        QVERIFY2(result.error().what.contains(QStringLiteral("proxy"), Qt::CaseInsensitive),
            qPrintable(result.error().text()));
        config.cluster.proxyUrl = QUrl(QStringLiteral("ftp://x"));
        ThreadedClient odd(config);
        KDRA_AWAIT(unknown, odd->send(get("/version")));
        QCOMPARE(unknown.error().kind, Error::Kind::Configuration);
    }

    void accessReviews()
    {
        TestHttpServer server([](const HttpRequest &request) {
            if (request.url.path().endsWith(QLatin1StringView("selfsubjectrulesreviews")))
                return HttpResponse{.status = 201,
                    .body =
                        R"({"status":{"incomplete":true,"resourceRules":[{"verbs":["get","list"],"apiGroups":[""],"resources":["pods","pods/log"]},{"verbs":["*"],"apiGroups":["apps"],"resources":["*/scale"]}]}})"};
            const bool allowed = request.body.contains("\"verb\":\"get\"");
            return HttpResponse{.status = 201,
                .body = allowed ? R"({"status":{"allowed":true}})" : R"({"status":{"allowed":false,"reason":"no"}})"};
        });
        QVERIFY(server.listen());
        ThreadedClient client(configFor(server.url()));
        AccessReview review(*client);
        const AccessQuestion may{
            .verb = QStringLiteral("get"), .resource = QStringLiteral("pods"), .ns = QStringLiteral("team")};
        QList<QFuture<Result<AccessAnswer>>> same;
        for (int i = 0; i < 5; ++i)
            same.append(review.ask(may));
        for (const auto &future : same) {
            KDRA_AWAIT(answer, future);
            QVERIFY(answer && answer->allowed);
        }
        KDRA_AWAIT(no, review.ask({.verb = QStringLiteral("delete"), .resource = QStringLiteral("pods")}));
        QVERIFY(no && !no->allowed);
        QCOMPARE(no->reason, QStringLiteral("no"));
        QCOMPARE(server.requests().size(), 2);
        review.clear();
        KDRA_AWAIT(again, review.ask(may));
        QVERIFY(again);
        QCOMPARE(server.requests().size(), 3);
        KDRA_AWAIT(rules, review.rules(QStringLiteral("team")));
        QVERIFY(rules && rules->incomplete);
        QVERIFY(rules->allows(may));
        QVERIFY(rules->allows(
            {.verb = QStringLiteral("get"), .resource = QStringLiteral("pods"), .subresource = QStringLiteral("log")}));
        QVERIFY(rules->allows({.verb = QStringLiteral("update"),
            .group = QStringLiteral("apps"),
            .resource = QStringLiteral("deployments"),
            .subresource = QStringLiteral("scale")}));
        QVERIFY(!rules->allows({.verb = QStringLiteral("update"),
            .group = QStringLiteral("apps"),
            .resource = QStringLiteral("deployments")}));
    }
};

void TestApiClient::proxiesOverTls()
{
    // A tunnel to a server that is not TLS shows that the request went through CONNECT and failed at the right place.
    TestHttpServer server([](const HttpRequest &) { return HttpResponse{.body = "{}"}; });
    QVERIFY(server.listen());
    TunnelProxy proxy(TunnelProxy::Kind::Connect);
    QVERIFY(proxy.listen());
    ClientConfig config = configFor(QUrl(QStringLiteral("https://cluster.test:%1").arg(server.port())));
    config.cluster.proxyUrl = QUrl(QStringLiteral("http://127.0.0.1:%1").arg(proxy.port()));
    ThreadedClient client(config);
    Request request = get("/version");
    request.timeout = 5s;
    KDRA_AWAIT(result, client->send(request));
    QVERIFY(!result);
    QCOMPARE(proxy.tunnels().value(0), "cluster.test:" + QByteArray::number(server.port()));
}

QTEST_GUILESS_MAIN(TestApiClient)
#include "tst_apiclient.moc"
