// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/apiclient.h"
#include "kube/credentials.h"
#include "kube/execplugin.h"
#include "kube/oidc.h"
#include "support/await.h"
#include "support/testauthority.h"
#include "support/testhttpserver.h"

#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>
#include <QUrlQuery>

#include <csignal>

using namespace kdra;
using namespace kdra::kube;
using namespace kdra::test;
using namespace std::chrono_literals;

namespace {

constexpr char v1[] = "client.authentication.k8s.io/v1";
constexpr char v1beta1[] = "client.authentication.k8s.io/v1beta1";

// An unsigned JWT that ends at `expires`: nobody here checks the signature.
QByteArray idToken(const QDateTime &expires, const QByteArray &mark)
{
    const auto part = [](const QByteArray &json) {
        return json.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
    };
    return part("{\"alg\":\"none\"}") + '.' + part("{\"exp\":" + QByteArray::number(expires.toSecsSinceEpoch()) + "}")
        + '.' + mark;
}

} // namespace

class TestCredentials : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;
    int m_scripts = 0;

    // A plugin as a shell script.
    QString script(const QByteArray &text)
    {
        QFile file(m_dir.filePath(QStringLiteral("plugin-%1").arg(++m_scripts)));
        if (!file.open(QIODevice::WriteOnly))
            return {};
        file.write("#!/bin/sh\n" + text + '\n');
        file.close();
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        return file.fileName();
    }

    static QByteArray credential(const QByteArray &status, const QByteArray &version = v1)
    {
        return "{\"kind\":\"ExecCredential\",\"apiVersion\":\"" + version + "\",\"status\":{" + status + "}}";
    }

    static ExecEntry entry(const QString &command)
    {
        return ExecEntry{.command = command,
            .apiVersion = QString::fromLatin1(v1),
            .interactiveMode = QStringLiteral("IfAvailable")};
    }

    static ClientConfig withExec(const ExecEntry &exec, const QUrl &server = QUrl(QStringLiteral("https://h")))
    {
        return ClientConfig{.cluster = {.name = QStringLiteral("lab"), .server = server},
            .user = {.name = QStringLiteral("u"), .exec = exec}};
    }

    QByteArray contents(const QString &name) const
    {
        QFile file(m_dir.filePath(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

private Q_SLOTS:
    void staticSecrets()
    {
        Credentials token({.user = {.token = QStringLiteral(" abc\n")}});
        KDRA_AWAIT(one, token.get());
        QCOMPARE(one->authorization, QByteArray("Bearer abc"));
        QVERIFY(!token.invalidate(one->generation));
        Credentials basic({.user = {.username = QStringLiteral("me"), .password = QStringLiteral("pä:ss")}});
        KDRA_AWAIT(two, basic.get());
        QCOMPARE(two->authorization, "Basic " + QStringLiteral("me:pä:ss").toUtf8().toBase64());
        Credentials smuggler({.user = {.token = QStringLiteral("a\r\nImpersonate-User: root")}});
        KDRA_AWAIT(three, smuggler.get());
        QCOMPARE(three.error().kind, Error::Kind::Authentication);
        QVERIFY(!three.error().text().contains(QStringLiteral("root")));
    }

    void tokenFileIsReadAgain()
    {
        const QString path = m_dir.filePath(QStringLiteral("token"));
        const auto write = [&](const QByteArray &text, const QDateTime &time) {
            QFile file(path);
            QVERIFY(file.open(QIODevice::ReadWrite | QIODevice::Truncate));
            file.write(text);
            file.flush();
            QVERIFY(file.setFileTime(time, QFileDevice::FileModificationTime));
        };
        write("first\n", QDateTime::currentDateTime().addSecs(-60));
        TestHttpServer server([](const HttpRequest &) { return HttpResponse{}; });
        QVERIFY(server.listen());
        ApiClient client(
            {.cluster = {.server = server.url()}, .user = {.token = QStringLiteral("loses"), .tokenFile = path}});
        KDRA_AWAIT(one, client.send({.path = QStringLiteral("/1")}));
        QVERIFY(one);
        QCOMPARE(server.requests().constLast().header("Authorization"), QByteArray("Bearer first"));
        write("second", QDateTime::currentDateTime());
        KDRA_AWAIT(two, client.send({.path = QStringLiteral("/2")}));
        QVERIFY(two);
        QCOMPARE(server.requests().constLast().header("Authorization"), QByteArray("Bearer second"));
        ApiClient missing(
            {.cluster = {.server = server.url()}, .user = {.tokenFile = QStringLiteral("/no/such/token")}});
        KDRA_AWAIT(three, missing.send({.path = QStringLiteral("/3")}));
        QCOMPARE(three.error().where, QStringLiteral("/no/such/token"));
    }

    void pluginTokenIsKeptUntilItExpires()
    {
        const QString log = m_dir.filePath(QStringLiteral("runs"));
        const QByteArray later = QDateTime::currentDateTimeUtc().addSecs(3600).toString(Qt::ISODate).toLatin1();
        ExecEntry exec = entry(script("echo run >> " + log.toUtf8() + "; echo \"$1 $REGION\" > " + log.toUtf8()
            + ".args\n"
              "printf '%s' \"$KUBERNETES_EXEC_INFO\" > "
            + log.toUtf8()
            + ".info\n"
              "cat <<END\n"
            + credential(
                "\"token\":\"t$(wc -l < " + log.toUtf8() + " | tr -d ' ')\",\"expirationTimestamp\":\"" + later + "\"")
            + "\nEND"));
        exec.args = {QStringLiteral("--cluster")};
        exec.env = {{QStringLiteral("REGION"), QStringLiteral("eu")}};
        exec.provideClusterInfo = true;
        ClientConfig config = withExec(exec);
        config.cluster.certificateAuthorityData = "PEM";
        config.cluster.execConfig = R"({"audience":"42"})";
        Credentials credentials(config);
        // Asked twice at once, run once.
        auto first = credentials.get();
        KDRA_AWAIT(two, credentials.get());
        KDRA_AWAIT(one, first);
        QVERIFY2(one, qPrintable(one ? QString() : one.error().text()));
        QCOMPARE(one->authorization, QByteArray("Bearer t1"));
        QCOMPARE(two->authorization, QByteArray("Bearer t1"));
        KDRA_AWAIT(three, credentials.get());
        QCOMPARE(three->authorization, QByteArray("Bearer t1"));
        QCOMPARE(contents(QStringLiteral("runs.args")), QByteArray("--cluster eu\n"));
        const QJsonObject info = QJsonDocument::fromJson(contents(QStringLiteral("runs.info"))).object();
        QCOMPARE(info.value(QStringLiteral("apiVersion")).toString(), QString::fromLatin1(v1));
        const QJsonObject spec = info.value(QStringLiteral("spec")).toObject();
        QCOMPARE(spec.value(QStringLiteral("interactive")), QJsonValue(false));
        const QJsonObject cluster = spec.value(QStringLiteral("cluster")).toObject();
        QCOMPARE(cluster.value(QStringLiteral("server")).toString(), QStringLiteral("https://h"));
        QCOMPARE(cluster.value(QStringLiteral("certificate-authority-data")).toString(),
            QString::fromLatin1(QByteArray("PEM").toBase64()));
        QCOMPARE(cluster.value(QStringLiteral("config")).toObject().value(QStringLiteral("audience")).toString(),
            QStringLiteral("42"));
        // Refused: run again, once for any number of refusals of the same token.
        QVERIFY(credentials.invalidate(three->generation));
        KDRA_AWAIT(four, credentials.get());
        QCOMPARE(four->authorization, QByteArray("Bearer t2"));
        QVERIFY(credentials.invalidate(three->generation));
        KDRA_AWAIT(five, credentials.get());
        QCOMPARE(five->authorization, QByteArray("Bearer t2"));
    }

    void expiredPluginTokenIsRenewed()
    {
        const QString log = m_dir.filePath(QStringLiteral("renewals"));
        Credentials credentials(withExec(entry(script("echo run >> " + log.toUtf8() + "\ncat <<END\n"
            + credential("\"token\":\"t\",\"expirationTimestamp\":\"2020-01-01T00:00:00Z\"") + "\nEND"))));
        KDRA_AWAIT(one, credentials.get());
        QVERIFY(one);
        KDRA_AWAIT(two, credentials.get());
        QVERIFY(two);
        QCOMPARE(contents(QStringLiteral("renewals")).count('\n'), 2);
    }

    void a401RunsThePluginAgain()
    {
        const QString log = m_dir.filePath(QStringLiteral("again"));
        TestHttpServer server([](const HttpRequest &request) {
            return HttpResponse{.status = request.header("Authorization") == "Bearer t2" ? 200 : 401};
        });
        QVERIFY(server.listen());
        ApiClient client(
            withExec(entry(script("echo run >> " + log.toUtf8() + "\ncat <<END\n"
                         + credential("\"token\":\"t$(wc -l < " + log.toUtf8() + " | tr -d ' ')\"") + "\nEND")),
                server.url()));
        KDRA_AWAIT(result, client.send({.path = QStringLiteral("/version")}));
        QVERIFY2(result, qPrintable(result ? QString() : result.error().text()));
        QCOMPARE(server.requests().size(), 2);
        server.setHandler([](const HttpRequest &) { return HttpResponse{.status = 401}; });
        KDRA_AWAIT(refused, client.send({.path = QStringLiteral("/version")}));
        QCOMPARE(refused.error().kind, Error::Kind::Authentication);
        QCOMPARE(server.requests().size(), 4); // once more, not for ever
        QVERIFY(refused.error().remedy.contains(QStringLiteral("plugin")));
    }

    void pluginCertificates()
    {
        TestAuthority authority(QDir(m_dir.path()), QStringLiteral("Plugin CA"));
        const TestCertificate mine = authority.issue({.name = QStringLiteral("jane")});
        QVERIFY2(authority.isValid(), qPrintable(authority.errors()));
        const auto text = [](QByteArray pem) { return '"' + pem.replace('\n', "\\n") + '"'; };
        Credentials good(withExec(entry(script("cat <<'END'\n"
            + credential("\"clientCertificateData\":" + text(mine.certificatePem())
                + ",\"clientKeyData\":" + text(mine.keyPem()))
            + "\nEND"))));
        KDRA_AWAIT(one, good.get());
        QVERIFY2(one, qPrintable(one ? QString() : one.error().text()));
        QCOMPARE(one->certificate.chain.size(), 1);
        QCOMPARE(one->expires, mine.certificate().expiryDate());
        Credentials half(withExec(entry(script(
            "cat <<'END'\n" + credential("\"clientCertificateData\":" + text(mine.certificatePem())) + "\nEND"))));
        KDRA_AWAIT(two, half.get());
        QVERIFY(!two);
    }

    void pluginsThatFail_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("version");
        QTest::addColumn<QString>("mode");
        QTest::addColumn<QString>("says");
        const QString never = QStringLiteral("Never");
        QTest::newRow("exit status") << QByteArray("echo 'no session, run login' >&2; exit 3") << v1 << never
                                     << "no session, run login";
        QTest::newRow("no JSON") << QByteArray("echo geheim") << v1 << never << "ExecCredential";
        QTest::newRow("nothing") << QByteArray("true") << v1 << never << "ExecCredential";
        QTest::newRow("other version") << "echo '" + credential("\"token\":\"geheim\"", v1beta1) + "'" << v1 << never
                                       << "v1beta1";
        QTest::newRow("empty status") << "echo '" + credential("") + "'" << v1 << never << "neither a token";
        QTest::newRow("bad time") << "echo '" + credential("\"token\":\"geheim\",\"expirationTimestamp\":\"soon\"")
                + "'" << v1 << never
                                  << "expirationTimestamp";
        QTest::newRow("crash") << QByteArray("kill -SEGV $$") << v1 << never << "crashed";
        QTest::newRow("alpha") << QByteArray("true") << "client.authentication.k8s.io/v1alpha1" << never << "v1alpha1";
        QTest::newRow("no mode in v1") << QByteArray("true") << v1 << "" << "interactiveMode";
        QTest::newRow("terminal only") << QByteArray("true") << v1 << "Always" << "terminal";
    }
    void pluginsThatFail()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, version);
        QFETCH(QString, mode);
        QFETCH(QString, says);
        ExecEntry exec = entry(script(text));
        exec.apiVersion = version;
        exec.interactiveMode = mode;
        Credentials credentials(withExec(exec));
        KDRA_AWAIT(result, credentials.get());
        QVERIFY(!result);
        QCOMPARE(result.error().kind, Error::Kind::Authentication);
        QVERIFY2(result.error().what.contains(says), qPrintable(result.error().text()));
        QCOMPARE(result.error().where, exec.command);
        QVERIFY(!result.error().remedy.isEmpty());
        QVERIFY(!result.error().text().contains(QStringLiteral("geheim")));
    }

    void pluginThatIsMissing()
    {
        qputenv("SHELL", "/bin/sh");
        ExecEntry exec = entry(QStringLiteral("no-such-plugin-anywhere"));
        exec.installHint = QStringLiteral("Install it from your provider.");
        Credentials credentials(withExec(exec));
        KDRA_AWAIT(result, credentials.get());
        QVERIFY(!result);
        QVERIFY(result.error().what.contains(QStringLiteral("no-such-plugin-anywhere")));
        QVERIFY2(result.error().what.contains(QStringLiteral("/bin")),
            qPrintable(result.error().text())); // where it was looked for
        QCOMPARE(result.error().remedy, exec.installHint);
        Credentials absolute(withExec(entry(QStringLiteral("/no/such/plugin"))));
        KDRA_AWAIT(second, absolute.get());
        QVERIFY(!second);
    }

    void pluginOfTheLoginShellsPath()
    {
        // A desktop's PATH does not have ~/bin; the login shell's has.
        QDir(m_dir.path()).mkdir(QStringLiteral("bin"));
        QFile::rename(script("echo '" + credential("\"token\":\"found\"") + "'"),
            m_dir.filePath(QStringLiteral("bin/kdra-test-plugin")));
        const QString shell = script("PATH=" + m_dir.filePath(QStringLiteral("bin")).toUtf8()
            + ":$PATH; export PATH; echo noise\n"
              "while [ $# -gt 0 ] && [ \"$1\" != -c ]; do shift; done; eval \"$2\"");
        qputenv("SHELL", shell.toUtf8());
        Credentials credentials(withExec(entry(QStringLiteral("kdra-test-plugin"))));
        KDRA_AWAIT(result, credentials.get());
        QVERIFY2(result, qPrintable(result ? QString() : result.error().text()));
        QCOMPARE(result->authorization, QByteArray("Bearer found"));
        qputenv("SHELL", "/bin/sh");
    }

    void hangingPluginIsStopped()
    {
        const QString pid = m_dir.filePath(QStringLiteral("pid"));
        // A busy machine may need seconds until the script has written what is looked at.
        Result<Identity> result;
        int seconds = 1;
        do {
            seconds *= 2;
            ExecPlugin plugin(
                entry(script("echo waiting for a browser >&2; sleep 600 & echo $! > " + pid.toUtf8() + "; wait")), {});
            plugin.setDeadline(std::chrono::seconds(seconds));
            const auto run = plugin.run();
            QVERIFY(finishes(run, 120s));
            result = run.result();
            QVERIFY(!result);
        } while (contents(QStringLiteral("pid")).trimmed().isEmpty() && seconds < 60);
        QVERIFY2(
            result.error().what.contains(QStringLiteral("%1 second").arg(seconds)), qPrintable(result.error().text()));
        QVERIFY(result.error().what.contains(QStringLiteral("waiting for a browser")));
        const pid_t child = contents(QStringLiteral("pid")).trimmed().toInt();
        QVERIFY(child > 0);
        // Gone, or a zombie that init has not collected yet.
        QTRY_VERIFY_WITH_TIMEOUT(
            [&] {
                QFile stat(QStringLiteral("/proc/%1/stat").arg(child));
                return !stat.open(QIODevice::ReadOnly) || stat.readAll().contains(") Z");
            }(),
            30000);
    }

    void destructionStopsThePlugin()
    {
        auto credentials = std::make_unique<Credentials>(withExec(entry(script("sleep 600"))));
        const auto future = credentials->get();
        QTest::qWait(50);
        QElapsedTimer timer;
        timer.start();
        credentials.reset();
        QVERIFY(timer.elapsed() < 60000); // the plugin would take ten minutes
        KDRA_AWAIT(result, future);
        QCOMPARE(result.error().kind, Error::Kind::Cancelled);
    }

    void oidcRefreshes()
    {
        const QDateTime later = QDateTime::currentDateTimeUtc().addSecs(3600);
        int refreshes = 0;
        TestHttpServer issuer([&](const HttpRequest &request) {
            if (request.url.path() == QLatin1StringView("/realm/.well-known/openid-configuration"))
                return HttpResponse{.body = "{\"token_endpoint\":\"http://" + request.header("Host") + "/token\"}"};
            // This issuer wants the client's secret in the body.
            if (!request.header("Authorization").isEmpty())
                return HttpResponse{.status = 401, .body = "{\"error\":\"invalid_client\"}"};
            const QUrlQuery form(QString::fromUtf8(request.body));
            if (form.queryItemValue(QStringLiteral("refresh_token"), QUrl::FullyDecoded)
                    != QStringLiteral("r+%1").arg(refreshes)
                || form.queryItemValue(QStringLiteral("client_secret")) != QStringLiteral("shh"))
                return HttpResponse{
                    .status = 400, .body = R"({"error":"invalid_grant","error_description":"Token is not active"})"};
            ++refreshes;
            return HttpResponse{.body = "{\"id_token\":\"" + idToken(later, QByteArray::number(refreshes))
                    + "\",\"refresh_token\":\"r+" + QByteArray::number(refreshes) + "\"}"};
        });
        QVERIFY(issuer.listen());
        QMap<QString, QString> config{
            {QStringLiteral("idp-issuer-url"), issuer.url(QStringLiteral("/realm")).toString()},
            {QStringLiteral("client-id"), QStringLiteral("kdra")},
            {QStringLiteral("client-secret"), QStringLiteral("shh")},
            {QStringLiteral("id-token"), QString::fromLatin1(idToken(later, "kept"))},
            {QStringLiteral("refresh-token"), QStringLiteral("r+0")}};
        const auto withOidc = [&] {
            return ClientConfig{
                .user = {
                    .name = QStringLiteral("u"), .authProvider = QStringLiteral("oidc"), .authProviderConfig = config}};
        };
        Credentials valid(withOidc());
        KDRA_AWAIT(one, valid.get());
        QCOMPARE(one->authorization, "Bearer " + idToken(later, "kept"));
        QCOMPARE(issuer.requests().size(), 0);
        config.insert(QStringLiteral("id-token"),
            QString::fromLatin1(idToken(QDateTime::currentDateTimeUtc().addSecs(-5), "old")));
        Credentials expired(withOidc());
        KDRA_AWAIT(two, expired.get());
        QVERIFY2(two, qPrintable(two ? QString() : two.error().text()));
        QCOMPARE(two->authorization, "Bearer " + idToken(later, "1"));
        // Refused all the same: refreshed with the refresh token that came last.
        QVERIFY(expired.invalidate(two->generation));
        KDRA_AWAIT(three, expired.get());
        QCOMPARE(three->authorization, "Bearer " + idToken(later, "2"));
        Credentials revoked(withOidc());
        KDRA_AWAIT(four, revoked.get());
        QCOMPARE(four.error().kind, Error::Kind::Authentication);
        QVERIFY(four.error().what.contains(QStringLiteral("not active")));
        QVERIFY(four.error().remedy.contains(QStringLiteral("Sign in again")));
        config.remove(QStringLiteral("refresh-token"));
        Credentials none(withOidc());
        KDRA_AWAIT(five, none.get());
        QVERIFY(five.error().remedy.contains(QStringLiteral("Sign in again")));
    }
};

QTEST_GUILESS_MAIN(TestCredentials)
#include "tst_credentials.moc"
