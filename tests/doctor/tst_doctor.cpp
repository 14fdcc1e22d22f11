// SPDX-License-Identifier: GPL-3.0-or-later
#include "brokenproxy.h"
#include "demo/democluster.h"
#include "doctor/doctor.h"
#include "store/kind.h"
#include "support/testauthority.h"
#include "support/testhttpserver.h"

#include <QFile>
#include <QHostInfo>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace kdra;
using namespace kdra::doctor;
using namespace kdra::kube;
using namespace kdra::test;
using namespace std::chrono_literals;

using State = Step::State;

// One right for the kinds that are ConfigMaps.
static constexpr int apiKindCount = store::kindCount - 1;

// Breaks each step of the way in turn.
class TestDoctor : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;
    std::unique_ptr<TestAuthority> m_authority;
    std::unique_ptr<TestAuthority> m_stranger;
    Doctor m_doctor;

    const Step &step(StepId id) const { return m_doctor.steps()[static_cast<int>(id)]; }
    QByteArray text() const { return m_doctor.text().toUtf8(); }

    // The servers here answer when the machine lets them.
    static constexpr Deadlines patient{.lookup = 60s, .connect = 60s, .handshake = 60s, .request = 60s, .stream = 60s};

    bool examine(const ClientConfig &config, const Deadlines &deadlines = patient)
    {
        QSignalSpy finished(&m_doctor, &Doctor::finished);
        m_doctor.run(config, deadlines);
        return finished.wait(240000);
    }

    static ClientConfig configFor(const QUrl &server)
    {
        return {.contextName = QStringLiteral("lab"),
            .cluster = {.name = QStringLiteral("lab"), .server = server},
            .user = {.name = QStringLiteral("jane")}};
    }
    static QUrl loopback(quint16 port) { return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(port)); }
    static ClientConfig through(quint16 proxy)
    {
        ClientConfig config = configFor(QUrl(QStringLiteral("https://api.example.invalid:6443")));
        config.cluster.proxyUrl = loopback(proxy);
        return config;
    }

    // An API server that answers what the doctor asks, as far as each test lets it.
    static HttpResponse version(const HttpRequest &request)
    {
        if (request.url.path() == QLatin1StringView("/version"))
            return {.body = R"({"gitVersion":"v1.30.1"})"};
        return {
            .status = 401, .body = R"({"kind":"Status","code":401,"reason":"Unauthorized","message":"Unauthorized"})"};
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_authority = std::make_unique<TestAuthority>(QDir(m_dir.path()), QStringLiteral("Lab CA"));
        m_stranger = std::make_unique<TestAuthority>(QDir(m_dir.path()), QStringLiteral("Stranger CA"));
        QVERIFY2(m_authority->isValid(), qPrintable(m_authority->errors()));
    }

    void demoClusterPasses()
    {
        demo::DemoCluster cluster;
        QVERIFY(cluster.start());
        QVERIFY(examine(cluster.clientConfig()));
        for (const Step &step : m_doctor.steps()) {
            if (step.id == StepId::Tls)
                QCOMPARE(step.state, State::Skipped);
            else
                QVERIFY2(step.state == State::Passed, text());
        }
        QVERIFY(step(StepId::Tls).summary.contains(QStringLiteral("Plain HTTP")));
        QVERIFY(m_doctor.isHealthy());
        QVERIFY2(step(StepId::Permissions).summary.contains(QString::number(apiKindCount)), text());
        QVERIFY2(step(StepId::WatchList).summary.contains(QStringLiteral("Served")), text());
    }

    void unknownName()
    {
        QVERIFY(examine(configFor(QUrl(QStringLiteral("https://no-such-host.invalid:6443"))), {}));
        QVERIFY2(step(StepId::Name).state == State::Failed, text());
        QVERIFY(step(StepId::Name).error->what.contains(QStringLiteral("no-such-host.invalid")));
        QVERIFY(!step(StepId::Name).error->remedy.isEmpty());
        for (const StepId id : {StepId::Tcp, StepId::Proxy, StepId::Tls, StepId::Server, StepId::Authentication,
                 StepId::Permissions, StepId::Upgrade, StepId::WatchList})
            QVERIFY2(step(id).state == State::Skipped && step(id).blocked, text());
        // Does not depend on the network.
        QCOMPARE(step(StepId::Credentials).state, State::Passed);
        QVERIFY(!m_doctor.isHealthy());
    }

    void refusedPort()
    {
        quint16 port = 0;
        {
            QTcpServer closed;
            QVERIFY(closed.listen(QHostAddress::LocalHost));
            port = closed.serverPort();
        }
        QVERIFY(examine(configFor(loopback(port))));
        QCOMPARE(step(StepId::Name).state, State::Passed);
        QVERIFY2(step(StepId::Tcp).state == State::Failed, text());
        QVERIFY(step(StepId::Tcp).error->what.contains(QStringLiteral("refused")));
        QVERIFY(step(StepId::Tcp).error->where.contains(QString::number(port)));
    }

    void everyAddressIsTold()
    {
        TestHttpServer server(version); // on 127.0.0.1 only
        QVERIFY(server.listen());
        QVERIFY(examine(configFor(server.url({}, QStringLiteral("localhost")))));
        QVERIFY2(step(StepId::Tcp).state == State::Passed, text());
        const QList<QHostAddress> addresses = QHostInfo::fromName(QStringLiteral("localhost")).addresses();
        QCOMPARE(step(StepId::Tcp).details.size(), addresses.size());
        for (const QHostAddress &address : addresses) {
            const QStringList lines = step(StepId::Tcp).details.filter(address.toString());
            QCOMPARE(lines.size(), 1);
            const bool listens = address == QHostAddress(QHostAddress::LocalHost);
            QVERIFY2(lines[0].endsWith(QStringLiteral(": connected")) == listens, qPrintable(lines[0]));
        }
    }

    void proxyRefuses_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<QStringList>("says");
        QTest::newRow("407") << QByteArray("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
                             << QStringList{QStringLiteral("407"), QStringLiteral("user:password@host")};
        QTest::newRow("403") << QByteArray("HTTP/1.1 403 Forbidden\r\nContent-Type: text/html\r\n\r\n"
                                           "<html><style>b{}</style><b>Blocked by policy 17</b></html>")
                             << QStringList{QStringLiteral("403"), QStringLiteral("Blocked by policy 17"),
                                    QStringLiteral("administrator")};
        QTest::newRow("not a proxy") << QByteArray("SSH-2.0-x\r\n\r\n") << QStringList{QStringLiteral("HTTP proxy")};
    }
    void proxyRefuses()
    {
        QFETCH(QByteArray, answer);
        QFETCH(QStringList, says);
        BrokenProxy proxy(BrokenProxy::Manner::Refuse, answer);
        QVERIFY(examine(through(proxy.port())));
        QVERIFY2(step(StepId::Tcp).state == State::Passed, text());
        QVERIFY2(step(StepId::Proxy).state == State::Failed, text());
        QVERIFY2(step(StepId::Tls).state == State::Skipped, text());
        for (const QString &word : says)
            QVERIFY2(m_doctor.text().contains(word), text());
        QVERIFY2(m_doctor.text().contains(QStringLiteral("proxy-url")), text());
    }

    void certificates_data()
    {
        QTest::addColumn<QString>("which");
        QTest::addColumn<QStringList>("says");
        QTest::newRow("expired") << "expired" << QStringList{QStringLiteral("expired"), QStringLiteral("2020")};
        QTest::newRow("name") << "name"
                              << QStringList{QStringLiteral("elsewhere.example"), QStringLiteral("tls-server-name")};
        QTest::newRow("stranger") << "stranger"
                                  << QStringList{
                                         QStringLiteral("Stranger CA"), QStringLiteral("certificate-authority")};
        QTest::newRow("good") << "good"
                              << QStringList{QStringLiteral("TLSv1.3"), QStringLiteral("Lab CA"),
                                     QStringLiteral("127.0.0.1"), QStringLiteral("left")};
    }
    void certificates()
    {
        QFETCH(QString, which);
        QFETCH(QStringList, says);
        TestAuthority::Subject subject{
            .name = QStringLiteral("kube-apiserver"), .alternativeNames = {QStringLiteral("IP:127.0.0.1")}};
        if (which == QLatin1StringView("expired"))
            subject.notAfter = QDateTime(QDate(2020, 2, 1), QTime(12, 0));
        if (which == QLatin1StringView("name"))
            subject.alternativeNames = {QStringLiteral("DNS:elsewhere.example")};
        TestAuthority &authority = which == QLatin1StringView("stranger") ? *m_stranger : *m_authority;
        const TestCertificate certificate = authority.issue(subject);
        QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
        tls.setLocalCertificate(certificate.certificate());
        tls.setPrivateKey(certificate.key());
        tls.setPeerVerifyMode(QSslSocket::VerifyNone);
        TestHttpServer server(version);
        QVERIFY(server.listen(tls));
        ClientConfig config = configFor(server.url());
        config.cluster.certificateAuthority = m_authority->certificate().certificateFile;
        config.user.token = QStringLiteral("secret-token");
        QVERIFY(examine(config));
        const bool good = which == QLatin1StringView("good");
        QVERIFY2(step(StepId::Tls).state == (good ? State::Passed : State::Failed), text());
        for (const QString &word : says)
            QVERIFY2(m_doctor.text().contains(word), text());
        QCOMPARE(step(StepId::Server).state, good ? State::Passed : State::Skipped);
        // Strangers are asked for nothing but their clock.
        for (const HttpRequest &request : server.requests())
            QVERIFY(good
                || (request.url.path() == QLatin1StringView("/version") && request.header("Authorization").isEmpty()));
    }

    void wrongClockExplainsAnExpiredCertificate()
    {
        const TestCertificate certificate = m_authority->issue({.name = QStringLiteral("kube-apiserver"),
            .alternativeNames = {QStringLiteral("IP:127.0.0.1")},
            .notAfter = QDateTime(QDate(2020, 2, 1), QTime(12, 0))});
        QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
        tls.setLocalCertificate(certificate.certificate());
        tls.setPrivateKey(certificate.key());
        tls.setPeerVerifyMode(QSslSocket::VerifyNone);
        TestHttpServer server([](const HttpRequest &request) {
            HttpResponse response = version(request);
            response.headers = {{"Date", "Wed, 01 Jan 2020 12:00:00 GMT"}};
            return response;
        });
        QVERIFY(server.listen(tls));
        ClientConfig config = configFor(server.url());
        config.cluster.certificateAuthority = m_authority->certificate().certificateFile;
        QVERIFY(examine(config));
        QVERIFY2(step(StepId::Tls).state == State::Failed, text());
        QVERIFY2(step(StepId::Tls).error->remedy.contains(QStringLiteral("ahead of the server's")), text());
    }

    void webPageInsteadOfApi()
    {
        TestHttpServer server([](const HttpRequest &) {
            return HttpResponse{.body = "<html><title>Sign in</title></html>", .contentType = "text/html"};
        });
        QVERIFY(server.listen());
        QVERIFY(examine(configFor(server.url())));
        QVERIFY2(step(StepId::Server).state == State::Failed, text());
        QVERIFY(step(StepId::Server).error->what.contains(QStringLiteral("web page")));
    }

    void clockIsWrong()
    {
        TestHttpServer server([](const HttpRequest &request) {
            HttpResponse response = version(request);
            const QDateTime late = QDateTime::currentDateTimeUtc().addSecs(600);
            response.headers.append(
                {"Date", QLocale::c().toString(late, u"ddd, dd MMM yyyy HH:mm:ss 'GMT'").toLatin1()});
            return response;
        });
        QVERIFY(server.listen());
        QVERIFY(examine(configFor(server.url())));
        QVERIFY2(step(StepId::Server).state == State::Warning, text());
        QVERIFY2(step(StepId::Server).error->what.contains(QStringLiteral("clock")), text());
    }

    void credentialsRefused()
    {
        TestHttpServer server(version);
        QVERIFY(server.listen());
        ClientConfig config = configFor(server.url());
        config.user.token = QStringLiteral("an-old-token");
        QVERIFY(examine(config));
        QVERIFY2(step(StepId::Server).state == State::Passed, text());
        QVERIFY2(step(StepId::Authentication).state == State::Failed, text());
        QCOMPARE(step(StepId::Authentication).error->httpStatus, 401);
        QVERIFY2(step(StepId::Authentication).error->remedy.contains(QStringLiteral("jane")), text());
        QVERIFY2(step(StepId::Permissions).blocked, text());
    }

    void pluginFails()
    {
        const QString plugin = m_dir.filePath(QStringLiteral("login"));
        QFile file(plugin);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("#!/bin/sh\necho 'your session has ended' >&2\nexit 3\n");
        file.close();
        QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
        ClientConfig config = configFor(QUrl(QStringLiteral("https://no-such-host.invalid")));
        config.user.exec = ExecEntry{.command = plugin,
            .apiVersion = QStringLiteral("client.authentication.k8s.io/v1"),
            .interactiveMode = QStringLiteral("Never")};
        QVERIFY(examine(config));
        QVERIFY2(step(StepId::Credentials).state == State::Failed, text());
        for (const QString &word : {plugin, QStringLiteral("your session has ended"), QStringLiteral("3")})
            QVERIFY2(m_doctor.text().contains(word), text());
    }

    void someKindsForbidden()
    {
        demo::DemoCluster cluster;
        QVERIFY(cluster.start());
        ClientConfig config = cluster.clientConfig(QStringLiteral("nobody"));
        QVERIFY(examine(config));
        QVERIFY2(step(StepId::Authentication).state == State::Passed, text());
        QVERIFY2(step(StepId::Permissions).state == State::Warning, text());
        QCOMPARE(step(StepId::Permissions).details.filter(QStringLiteral("may not")).size(), apiKindCount);
        QVERIFY2(step(StepId::Upgrade).state == State::Skipped, text());

        config = cluster.clientConfig(QStringLiteral("team"));
        config.ns = QStringLiteral("team-anna");
        QVERIFY(examine(config));
        QVERIFY2(step(StepId::Permissions).state == State::Warning, text());
        // All but nodes, namespaces and the nodes' leases.
        QCOMPARE(step(StepId::Permissions).details.filter(QStringLiteral("in the namespace")).size(), apiKindCount - 3);
        QVERIFY2(step(StepId::Upgrade).state == State::Passed, text());
        QVERIFY(!m_doctor.isHealthy());
    }

    void upgradeRefused()
    {
        demo::DemoCluster cluster({.webSocket = false});
        QVERIFY(cluster.start());
        QVERIFY(examine(cluster.clientConfig()));
        QVERIFY2(step(StepId::Upgrade).state == State::Warning, text());
        QVERIFY2(step(StepId::Upgrade).error->httpStatus >= 400, text());
        QVERIFY2(step(StepId::WatchList).state == State::Passed, text());
    }

    void upgradeStripped()
    {
        demo::DemoCluster cluster;
        const Result<QUrl> url = cluster.start();
        QVERIFY(url);
        BrokenProxy proxy(BrokenProxy::Manner::StripUpgrade, {}, static_cast<quint16>(url->port()));
        ClientConfig config = cluster.clientConfig();
        config.cluster.server = loopback(proxy.port());
        Deadlines deadlines = patient;
        deadlines.stream = 5s;
        QVERIFY(examine(config, deadlines));
        QVERIFY2(step(StepId::Permissions).state == State::Passed, text());
        QVERIFY2(step(StepId::Upgrade).state == State::Warning, text());
        QVERIFY2(step(StepId::Upgrade).error->remedy.contains(QStringLiteral("Upgrade")), text());
    }

    void oldServer()
    {
        demo::DemoCluster cluster({.compat120 = true});
        QVERIFY(cluster.start());
        QVERIFY(examine(cluster.clientConfig()));
        QVERIFY2(step(StepId::WatchList).state == State::Passed, text());
        QVERIFY2(step(StepId::WatchList).summary.contains(QStringLiteral("Not served by v1.20")), text());
    }

    void noSecretIsTold()
    {
        // A server, a plugin and a proxy's page that chatter.
        const QString plugin = m_dir.filePath(QStringLiteral("chatty"));
        QFile file(plugin);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("#!/bin/sh\necho \"env $CHATTY canary-exec-env, Bearer canary-bearer-word, "
                   "http://joe:canary-url@host/ eyJhbGciOiJSUzI1NiJ9.canary-jwt.sig\" >&2\nexit 1\n");
        file.close();
        QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
        BrokenProxy proxy(BrokenProxy::Manner::Refuse,
            "HTTP/1.1 403 No canary-proxy-password\r\n\r\nhttp://u:canary-url@x canary-token canary-proxy-password");
        ClientConfig config = through(proxy.port());
        config.cluster.server = QUrl(QStringLiteral("https://me:canary-server@api.example.invalid"));
        config.cluster.proxyUrl.setUserName(QStringLiteral("joe"));
        config.cluster.proxyUrl.setPassword(QStringLiteral("canary-proxy-password"));
        config.cluster.certificateAuthorityData = "-----BEGIN CERTIFICATE-----\ncanary-ca\n-----END CERTIFICATE-----\n";
        config.user.token = QStringLiteral("canary-token");
        config.user.password = QStringLiteral("canary-password");
        config.user.clientKeyData = "-----BEGIN PRIVATE KEY-----\ncanary-key\n-----END PRIVATE KEY-----\n";
        config.user.clientCertificateData = "-----BEGIN CERTIFICATE-----\ncanary-cert\n-----END CERTIFICATE-----\n";
        config.user.authProviderConfig = {{QStringLiteral("refresh-token"), QStringLiteral("canary-refresh")}};
        for (const bool withPlugin : {false, true}) {
            if (withPlugin)
                config.user.exec = ExecEntry{.command = plugin,
                    .env = {{QStringLiteral("CHATTY"), QStringLiteral("canary-exec-env")}},
                    .apiVersion = QStringLiteral("client.authentication.k8s.io/v1"),
                    .interactiveMode = QStringLiteral("Never")};
            QVERIFY(examine(config));
            QVERIFY2(step(StepId::Proxy).state == State::Failed, text());
            QVERIFY2(!m_doctor.text().contains(QStringLiteral("canary")), text());
            for (const Step &step : m_doctor.steps()) {
                const QString all =
                    step.summary + step.details.join(u' ') + (step.error ? step.error->text() : QString());
                QVERIFY2(!all.contains(QStringLiteral("canary")), qPrintable(all));
            }
        }
    }

    void newestRunWinsAndCancelEnds()
    {
        TestHttpServer silent([](const HttpRequest &) { return HttpResponse{.then = HttpResponse::Then::Hang}; });
        QVERIFY(silent.listen());
        m_doctor.run(configFor(silent.url()));
        QTRY_COMPARE_WITH_TIMEOUT(step(StepId::Server).state, State::Running, 30000);
        demo::DemoCluster cluster;
        QVERIFY(cluster.start());
        QVERIFY(examine(cluster.clientConfig()));
        QVERIFY2(m_doctor.isHealthy(), text());

        m_doctor.run(configFor(silent.url()));
        QTRY_COMPARE_WITH_TIMEOUT(step(StepId::Server).state, State::Running, 30000);
        QSignalSpy finished(&m_doctor, &Doctor::finished);
        m_doctor.cancel();
        QCOMPARE(finished.count(), 1);
        QVERIFY(!m_doctor.isRunning());
        QVERIFY(step(StepId::Server).isOver());

        // A deadline of its own.
        Deadlines deadlines = patient;
        deadlines.request = 300ms;
        QVERIFY(examine(configFor(silent.url()), deadlines));
        QCOMPARE(step(StepId::Server).state, State::Failed);
        QCOMPARE(step(StepId::Server).error->kind, Error::Kind::Timeout);
    }
};

QTEST_GUILESS_MAIN(TestDoctor)
#include "tst_doctor.moc"
