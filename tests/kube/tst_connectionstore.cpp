// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/secretstore.h"
#include "kube/connectionstore.h"
#include "support/await.h"

#include <QCoreApplication>
#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace kdra;
using namespace kdra::kube;

// Against a real Secret Service: GNOME Keyring on a session bus of its own, which main() sets up.
class TestConnectionStore : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;
    QProcess m_keyring;

    static SavedConnection lab()
    {
        return {.name = QStringLiteral("Lab"),
            .server = QUrl(QStringLiteral("https://10.0.0.1:6443/prefix")),
            .certificateAuthority = QStringLiteral("/etc/lab.crt"),
            .insecureSkipTlsVerify = true,
            .ns = QStringLiteral("team")};
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (qEnvironmentVariableIsEmpty("KDRA_TEST_KEYRING"))
            QSKIP("gnome-keyring-daemon or dbus-run-session is not installed");
        m_keyring.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_keyring.start(QStringLiteral("gnome-keyring-daemon"),
            {QStringLiteral("--foreground"), QStringLiteral("--unlock"), QStringLiteral("--components=secrets"),
                QStringLiteral("--control-directory=") + m_dir.path()});
        QVERIFY(m_keyring.waitForStarted());
        m_keyring.write("\n"); // the password of the new keyring
        m_keyring.closeWriteChannel();
        // Ready when it answers.
        QTRY_VERIFY_WITH_TIMEOUT(
            [] {
                const auto probe = secretstore::write(QStringLiteral("probe"), "x");
                return test::finishes(probe) && probe.resultCount() > 0 && probe.result();
            }(),
            60'000);
    }

    void cleanupTestCase()
    {
        m_keyring.terminate();
        if (!m_keyring.waitForFinished(3000))
            m_keyring.kill();
        m_keyring.waitForFinished(3000);
    }

    void tokensLiveInTheKeychainOnly()
    {
        const QString file = m_dir.filePath(QStringLiteral("connections.ini"));
        ConnectionStore store(file);
        QSignalSpy changed(&store, &ConnectionStore::changed);
        KDRA_AWAIT(saved, store.save(lab(), " very-secret-token\n"));
        QVERIFY2(saved, qPrintable(saved ? QString() : saved.error().text()));
        QVERIFY(!saved->id.isEmpty());
        QTRY_COMPARE_WITH_TIMEOUT(changed.size(), 1, 30000);
        // What is on disk knows everything but the token.
        QFile written(file);
        QVERIFY(written.open(QIODevice::ReadOnly));
        const QByteArray text = written.readAll();
        QVERIFY(text.contains("10.0.0.1"));
        QVERIFY(!text.contains("very-secret-token"));
        KDRA_AWAIT(kept, secretstore::read(QStringLiteral("connection/") + saved->id));
        QCOMPARE(kept.value(), QByteArray("very-secret-token"));

        // As after a restart.
        ConnectionStore again(file);
        KDRA_AWAIT(all, again.connections());
        QCOMPARE(all.value(), QList<SavedConnection>({*saved}));
        KDRA_AWAIT(config, again.open(saved->id));
        QVERIFY2(config, qPrintable(config ? QString() : config.error().text()));
        QCOMPARE(config->cluster.server, lab().server);
        QCOMPARE(config->cluster.certificateAuthority, lab().certificateAuthority);
        QVERIFY(config->cluster.insecureSkipTlsVerify);
        QCOMPARE(config->ns, QStringLiteral("team"));
        QCOMPARE(config->user.token, QStringLiteral("very-secret-token"));

        SavedConnection renamed = *saved;
        renamed.name = QStringLiteral("Attic");
        KDRA_AWAIT(resaved, again.save(renamed, "new-token"));
        QVERIFY(resaved);
        KDRA_AWAIT(one, again.connections());
        QCOMPARE(one->size(), 1);

        KDRA_AWAIT(removed, again.remove(saved->id));
        QVERIFY(removed);
        KDRA_AWAIT(gone, secretstore::read(QStringLiteral("connection/") + saved->id));
        QCOMPARE(gone.error().kind, Error::Kind::NotFound);
        KDRA_AWAIT(none, again.connections());
        QVERIFY(none->isEmpty());
    }

    void aLostTokenIsAskedForAgain()
    {
        ConnectionStore store(m_dir.filePath(QStringLiteral("lost.ini")));
        KDRA_AWAIT(saved, store.save(lab(), "token"));
        QVERIFY(saved);
        KDRA_AWAIT(removed, secretstore::remove(QStringLiteral("connection/") + saved->id));
        QVERIFY(removed);
        KDRA_AWAIT(config, store.open(saved->id));
        QCOMPARE(config.error().kind, Error::Kind::NotFound);
        QVERIFY(config.error().what.contains(QStringLiteral("Lab")));
        KDRA_AWAIT(unknown, store.open(QStringLiteral("nothing")));
        QCOMPARE(unknown.error().kind, Error::Kind::NotFound);
    }

    void refusesNonsense()
    {
        ConnectionStore store(m_dir.filePath(QStringLiteral("nonsense.ini")));
        SavedConnection connection = lab();
        connection.server = QUrl(QStringLiteral("ftp://x"));
        KDRA_AWAIT(scheme, store.save(connection, "token"));
        QCOMPARE(scheme.error().kind, Error::Kind::Configuration);
        connection.server = QUrl(QStringLiteral("http://cluster.example:8080"));
        KDRA_AWAIT(clear, store.save(connection, "token"));
        QVERIFY(!clear);
        connection.server = QUrl(QStringLiteral("http://127.0.0.1:8080"));
        QVERIFY(ConnectionStore::check(connection, "token"));
        QVERIFY(!ConnectionStore::check(lab(), " "));
    }

    void nothingIsSavedWithoutAKeychain()
    {
        m_keyring.terminate();
        QVERIFY(m_keyring.waitForFinished(60000));
        const QString file = m_dir.filePath(QStringLiteral("without.ini"));
        ConnectionStore store(file);
        KDRA_AWAIT(saved, store.save(lab(), "token"));
        QVERIFY(!saved);
        QVERIFY(!saved.error().remedy.isEmpty());
        QVERIFY(!QFile::exists(file));
    }
};

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    const QString bus = QStandardPaths::findExecutable(QStringLiteral("dbus-run-session"));
    const bool keyring =
        !bus.isEmpty() && !QStandardPaths::findExecutable(QStringLiteral("gnome-keyring-daemon")).isEmpty();
    if (keyring && qEnvironmentVariableIsEmpty("KDRA_TEST_KEYRING")) {
        // Once more, on a bus and with folders of its own: the user's keyring is not touched.
        QTemporaryDir home;
        // A bus that starts nothing by itself: neither the system's keyring nor its password prompt.
        QFile bare(home.filePath(QStringLiteral("bus.conf")));
        if (!bare.open(QIODevice::WriteOnly))
            return 1;
        bare.write("<!DOCTYPE busconfig PUBLIC \"-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN\" "
                   "\"http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd\"><busconfig><type>session</type>"
                   "<listen>unix:tmpdir=/tmp</listen><policy context=\"default\"><allow send_destination=\"*\"/>"
                   "<allow eavesdrop=\"true\"/><allow own=\"*\"/></policy></busconfig>");
        bare.close();
        QProcess session;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        for (const char *name : {"XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR", "HOME"})
            environment.insert(QString::fromLatin1(name), home.path());
        environment.insert(QStringLiteral("KDRA_TEST_KEYRING"), QStringLiteral("1"));
        session.setProcessEnvironment(environment);
        session.setProcessChannelMode(QProcess::ForwardedChannels);
        QStringList arguments = application.arguments();
        arguments[0] = QCoreApplication::applicationFilePath();
        session.start(
            bus, QStringList{QStringLiteral("--config-file=") + bare.fileName(), QStringLiteral("--")} + arguments);
        return session.waitForFinished(280'000) && session.exitStatus() == QProcess::NormalExit ? session.exitCode()
                                                                                                : 1;
    }
    TestConnectionStore test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_connectionstore.moc"
