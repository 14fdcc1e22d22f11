// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/apiclient.h"
#include "kube/tlsfiles.h"
#include "support/await.h"
#include "support/testauthority.h"
#include "support/testhttpserver.h"

#include <QSignalSpy>
#include <QSslSocket>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>
#include <QWebSocket>

using namespace kdra;
using namespace kdra::kube;
using namespace kdra::test;
using namespace std::chrono_literals;

using KeyType = TestAuthority::KeyType;
Q_DECLARE_METATYPE(KeyType)

// A real CA made by the openssl tool, and a server that checks its clients' certificates.
class TestTls : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;
    std::unique_ptr<TestAuthority> m_authority;
    std::unique_ptr<TestAuthority> m_stranger;

    QSslConfiguration serverTls(const TestCertificate &certificate, bool demandClient = false) const
    {
        QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
        tls.setLocalCertificate(certificate.certificate());
        tls.setPrivateKey(certificate.key());
        tls.setCaCertificates({m_authority->certificate().certificate()});
        tls.setPeerVerifyMode(demandClient ? QSslSocket::VerifyPeer : QSslSocket::QueryPeer);
        return tls;
    }

    TestCertificate serverCertificate()
    {
        return m_authority->issue({.name = QStringLiteral("kube-apiserver"),
            .alternativeNames = {QStringLiteral("IP:127.0.0.1"), QStringLiteral("DNS:kubernetes.default")}});
    }

    ClientConfig configFor(const TestHttpServer &server) const
    {
        return ClientConfig{.cluster = {.name = QStringLiteral("lab"),
                                .server = server.url(),
                                .certificateAuthority = m_authority->certificate().certificateFile},
            .user = {.name = QStringLiteral("admin")}};
    }

    static HttpResponse whoAmI(const HttpRequest &request)
    {
        return {.body = request.peer.subjectInfo(QSslCertificate::CommonName).join(QLatin1Char(',')).toUtf8()};
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(QSslSocket::activeBackend() == QLatin1StringView("openssl"), "Qt's OpenSSL backend is needed");
        m_authority = std::make_unique<TestAuthority>(QDir(m_dir.path()), QStringLiteral("Lab CA"));
        m_stranger = std::make_unique<TestAuthority>(QDir(m_dir.path()), QStringLiteral("Stranger CA"));
        QVERIFY2(m_authority->isValid(), qPrintable(m_authority->errors()));
    }

    void clientCertificates_data()
    {
        QTest::addColumn<KeyType>("type");
        QTest::addColumn<QByteArray>("header");
        QTest::newRow("EC, SEC1") << KeyType::Ec << QByteArray("BEGIN EC PRIVATE KEY");
        QTest::newRow("EC, PKCS#8") << KeyType::Pkcs8Ec << QByteArray("BEGIN PRIVATE KEY");
        QTest::newRow("RSA, PKCS#1") << KeyType::Rsa << QByteArray("BEGIN RSA PRIVATE KEY");
        QTest::newRow("RSA, PKCS#8") << KeyType::Pkcs8Rsa << QByteArray("BEGIN PRIVATE KEY");
    }
    void clientCertificates()
    {
        QFETCH(KeyType, type);
        QFETCH(QByteArray, header);
        TestHttpServer server(whoAmI);
        QVERIFY(server.listen(serverTls(serverCertificate(), true)));
        const TestCertificate mine = m_authority->issue({.name = QStringLiteral("jane"), .keyType = type});
        QVERIFY2(m_authority->isValid(), qPrintable(m_authority->errors()));
        QVERIFY(mine.keyPem().contains(header));
        ClientConfig config = configFor(server);
        config.user.clientCertificate = mine.certificateFile;
        config.user.clientKeyData = mine.keyPem();
        ApiClient client(config);
        KDRA_AWAIT(result, client.send({.path = QStringLiteral("/version")}));
        QVERIFY2(result, qPrintable(result ? QString() : result.error().text()));
        QCOMPARE(result->body, QByteArray("jane"));
    }

    void wrongServerCertificates_data()
    {
        QTest::addColumn<QString>("which");
        QTest::addColumn<QStringList>("says");
        QTest::newRow("expired") << "expired"
                                 << QStringList(
                                        {QStringLiteral("expired"), QStringLiteral("2020"), QStringLiteral("clock")});
        QTest::newRow("not yet") << "future" << QStringList({QStringLiteral("valid only from")});
        QTest::newRow("name") << "name"
                              << QStringList({QStringLiteral("127.0.0.1"), QStringLiteral("elsewhere.example"),
                                     QStringLiteral("tls-server-name")});
        QTest::newRow("stranger") << "stranger"
                                  << QStringList(
                                         {QStringLiteral("Stranger CA"), QStringLiteral("certificate-authority")});
    }
    void wrongServerCertificates()
    {
        QFETCH(QString, which);
        QFETCH(QStringList, says);
        TestAuthority::Subject subject{
            .name = QStringLiteral("kube-apiserver"), .alternativeNames = {QStringLiteral("IP:127.0.0.1")}};
        if (which == QLatin1StringView("expired"))
            subject.notAfter = QDateTime(QDate(2020, 2, 1), QTime(12, 0));
        if (which == QLatin1StringView("future")) {
            subject.notBefore = QDateTime::currentDateTime().addYears(1);
            subject.notAfter = subject.notBefore.addYears(1);
        }
        if (which == QLatin1StringView("name"))
            subject.alternativeNames = {QStringLiteral("DNS:elsewhere.example")};
        TestAuthority &authority = which == QLatin1StringView("stranger") ? *m_stranger : *m_authority;
        const TestCertificate certificate = authority.issue(subject);
        QVERIFY2(authority.isValid(), qPrintable(authority.errors()));
        TestHttpServer server(whoAmI);
        QVERIFY(server.listen(serverTls(certificate)));
        ClientConfig config = configFor(server);
        config.user.token = QStringLiteral("sesame");
        ApiClient client(config);
        KDRA_AWAIT(result, client.send({.path = QStringLiteral("/version")}));
        QVERIFY(!result);
        QCOMPARE(result.error().kind, Error::Kind::Tls);
        for (const QString &word : says)
            QVERIFY2(result.error().text().contains(word), qPrintable(result.error().text()));
        QCOMPARE(server.requests().size(), 0); // no token for a stranger
        // The same server with verification switched off.
        config.cluster.insecureSkipTlsVerify = true;
        ApiClient careless(config);
        KDRA_AWAIT(insecure, careless.send({.path = QStringLiteral("/version")}));
        QVERIFY2(insecure, qPrintable(insecure ? QString() : insecure.error().text()));
    }

    void everyFailureKnowsTheReason()
    {
        TestHttpServer server(whoAmI);
        QVERIFY(server.listen(serverTls(
            m_stranger->issue({.name = QStringLiteral("api"), .alternativeNames = {QStringLiteral("IP:127.0.0.1")}}))));
        ApiClient client(configFor(server));
        QList<QFuture<Result<Response>>> futures;
        for (int i = 0; i < 6; ++i)
            futures.append(client.send({.path = QStringLiteral("/version")}));
        for (const auto &future : futures) {
            KDRA_AWAIT(result, future);
            QVERIFY2(result.error().what.contains(QStringLiteral("Stranger CA")), qPrintable(result.error().text()));
        }
    }

    void renewedClientCertificate()
    {
        // The old certificate is refused while another request is under way: that one must not be lost, and the next
        // must use a connection of the new certificate.
        TestHttpServer server([](const HttpRequest &request) {
            HttpResponse response = whoAmI(request);
            if (request.url.path() == QLatin1StringView("/slow"))
                response.then = HttpResponse::Then::Stream;
            else if (response.body == "old")
                response.status = 401;
            return response;
        });
        QVERIFY(server.listen(serverTls(serverCertificate(), true)));
        const TestCertificate before = m_authority->issue({.name = QStringLiteral("old")});
        const TestCertificate after = m_authority->issue({.name = QStringLiteral("new")});
        ClientConfig config = configFor(server);
        config.user.clientCertificate = m_dir.filePath(QStringLiteral("rotating.crt"));
        config.user.clientKey = m_dir.filePath(QStringLiteral("rotating.key"));
        const auto install = [&](const TestCertificate &certificate) {
            QFile::remove(config.user.clientCertificate);
            QFile::remove(config.user.clientKey);
            return QFile::copy(certificate.certificateFile, config.user.clientCertificate)
                && QFile::copy(certificate.keyFile, config.user.clientKey);
        };
        QVERIFY(install(before));
        ApiClient client(config);
        const auto slow = client.send({.path = QStringLiteral("/slow")});
        QTRY_COMPARE_WITH_TIMEOUT(server.streams(), 1, 30000);
        KDRA_AWAIT(refused, client.send({.path = QStringLiteral("/version")}));
        QCOMPARE(refused.error().kind, Error::Kind::Authentication);
        QVERIFY(install(after));
        KDRA_AWAIT(renewed, client.send({.path = QStringLiteral("/version")}));
        QVERIFY2(renewed, qPrintable(renewed ? QString() : renewed.error().text()));
        QCOMPARE(renewed->body, QByteArray("new"));
        server.sendChunk({});
        KDRA_AWAIT(kept, slow);
        QVERIFY2(kept, qPrintable(kept ? QString() : kept.error().text()));
        QCOMPARE(kept->body, QByteArray("old"));
    }

    void tlsServerName()
    {
        TestHttpServer server(
            [](const HttpRequest &) { return HttpResponse{.status = 403, .then = HttpResponse::Then::Close}; });
        QVERIFY(server.listen(serverTls(m_authority->issue(
            {.name = QStringLiteral("api"), .alternativeNames = {QStringLiteral("DNS:kubernetes.default")}}))));
        ClientConfig config = configFor(server);
        config.cluster.tlsServerName = QStringLiteral("kubernetes.default");
        ApiClient client(config);
        KDRA_AWAIT(result, client.send({.path = QStringLiteral("/version")}));
        QCOMPARE(result.error().httpStatus, 403);
        KDRA_AWAIT(setup, client.socketSetup(QStringLiteral("/api"), {}));
        QVERIFY(setup);
        QWebSocket socket(setup->origin);
        QSignalSpy failed(&socket, &QWebSocket::errorOccurred);
        QSignalSpy tlsErrors(&socket, &QWebSocket::sslErrors);
        openSocket(socket, *setup);
        QVERIFY(failed.wait(10'000));
        QCOMPARE(tlsErrors.size(), 0);
        QCOMPARE(server.requests().size(), 2);
    }

    void authorityInTheKubeconfigReplacesTheSystems()
    {
        ClientConfig config{
            .cluster = {.name = QStringLiteral("lab"), .server = QUrl(QStringLiteral("https://127.0.0.1:1"))}};
        config.cluster.certificateAuthorityData = "no certificate";
        ApiClient client(config);
        KDRA_AWAIT(result, client.send({.path = QStringLiteral("/version")}));
        QCOMPARE(result.error().kind, Error::Kind::Configuration);
        QVERIFY(result.error().where.contains(QStringLiteral("certificate-authority-data")));
        config.cluster.certificateAuthorityData = m_authority->certificate().certificatePem();
        ApiClient good(config);
        KDRA_AWAIT(setup, good.socketSetup(QStringLiteral("/api"), {}));
        QVERIFY(setup);
        QCOMPARE(setup->ssl.caCertificates().size(), 1);
    }

    void expiredClientCertificate()
    {
        // An API server asks for a certificate, does not accept an old one and says 401.
        TestHttpServer server([](const HttpRequest &) { return HttpResponse{.status = 401}; });
        QSslConfiguration tls = serverTls(serverCertificate());
        tls.setPeerVerifyMode(QSslSocket::VerifyNone);
        QVERIFY(server.listen(tls));
        const TestCertificate old = m_authority->issue(
            {.name = QStringLiteral("jane"), .notAfter = QDateTime(QDate(2021, 3, 4), QTime(12, 0))});
        ClientConfig config = configFor(server);
        config.user.clientCertificate = old.certificateFile;
        config.user.clientKey = old.keyFile;
        ApiClient client(config);
        KDRA_AWAIT(result, client.send({.path = QStringLiteral("/version")}));
        QCOMPARE(result.error().kind, Error::Kind::Authentication);
        QVERIFY2(result.error().what.contains(QStringLiteral("client certificate expired")),
            qPrintable(result.error().text()));
        QVERIFY(result.error().where.contains(old.certificateFile));
    }

    void serverDemandsACertificate()
    {
        TestHttpServer server(whoAmI);
        QVERIFY(server.listen(serverTls(serverCertificate(), true)));
        ApiClient client(configFor(server));
        KDRA_AWAIT(result, client.send({.path = QStringLiteral("/version")}));
        QVERIFY(!result);
        qInfo().noquote() << result.error().text();
        QVERIFY(result.error().kind == Error::Kind::Tls || result.error().kind == Error::Kind::Network);
    }

    void plainServerAtAnHttpsAddress()
    {
        TestHttpServer server([](const HttpRequest &) { return HttpResponse{}; });
        QVERIFY(server.listen());
        // A plain HTTP server answers the TLS greeting with an HTTP error.
        QTcpServer plain;
        QVERIFY(plain.listen(QHostAddress::LocalHost));
        connect(&plain, &QTcpServer::newConnection, this, [&] {
            QTcpSocket *socket = plain.nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, socket, [socket] {
                socket->readAll();
                socket->write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
                socket->disconnectFromHost();
            });
        });
        ClientConfig config{
            .cluster = {.server = QUrl(QStringLiteral("https://127.0.0.1:%1").arg(plain.serverPort()))}};
        ApiClient client(config);
        KDRA_AWAIT(result, client.send({.path = QStringLiteral("/version")}));
        QCOMPARE(result.error().kind, Error::Kind::Tls);
        QVERIFY2(result.error().remedy.contains(QStringLiteral("http://")), qPrintable(result.error().text()));
    }

    void badKeyMaterial()
    {
        const TestCertificate ec = m_authority->issue({.name = QStringLiteral("a"), .keyType = KeyType::Pkcs8Ec});
        const TestCertificate rsa = m_authority->issue({.name = QStringLiteral("b"), .keyType = KeyType::Rsa});
        const QString c = QStringLiteral("c"), k = QStringLiteral("k");
        QVERIFY(readClientCertificate(ec.certificatePem(), ec.keyPem(), c, k));
        QVERIFY(!readClientCertificate(ec.certificatePem(), rsa.keyPem(), c, k));
        QVERIFY(!readClientCertificate(ec.certificatePem(), {}, c, k));
        QVERIFY(!readClientCertificate({}, ec.keyPem(), c, k));
        QVERIFY(!readClientCertificate("garbage", ec.keyPem(), c, k));
        QVERIFY(!readClientCertificate(
            ec.certificatePem(), "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", c, k));
        QVERIFY(!readPem({}, QStringLiteral("/nowhere/at/all")));
    }
};

QTEST_GUILESS_MAIN(TestTls)
#include "tst_tls.moc"
