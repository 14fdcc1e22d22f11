// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/democluster.h"
#include "support/testauthority.h"
#include "support/testhttpserver.h"
#include "ui/dialogs/doctorpage.h"
#include "ui/dialogs/doctorsteprow.h"
#include "ui/mainwindow.h"
#include "ui/session.h"

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QProcess>
#include <QPushButton>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTemporaryFile>
#include <QTest>
#include <QToolButton>

using namespace kdra;

// The doctor's page, with a server whose certificate nobody trusts.
class TestDoctorPage : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;
    std::unique_ptr<test::TestAuthority> m_authority;
    std::unique_ptr<test::TestHttpServer> m_server;

    kube::ClientConfig untrusted() const
    {
        return {.contextName = QStringLiteral("lab"),
            .cluster = {.name = QStringLiteral("lab"), .server = m_server->url()},
            .user = {.name = QStringLiteral("jane"), .token = QStringLiteral("canary-token")}};
    }

    static const ui::DoctorStepRow &row(const ui::DoctorPage &page, doctor::StepId id)
    {
        return *page.rows()[static_cast<int>(id)];
    }

    void writeKubeconfig(QTemporaryFile &file) const
    {
        QVERIFY(file.open());
        file.write(QStringLiteral("current-context: lab\nclusters:\n- name: lab\n  cluster: {server: '%1'}\n"
                                  "users:\n- name: jane\n  user: {token: canary-token}\n"
                                  "contexts:\n- name: lab\n  context: {cluster: lab, user: jane}\n")
                .arg(m_server->url().toString())
                .toUtf8());
        file.close();
    }

private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        m_authority = std::make_unique<test::TestAuthority>(QDir(m_dir.path()), QStringLiteral("Stranger CA"));
        const test::TestCertificate certificate = m_authority->issue(
            {.name = QStringLiteral("kube-apiserver"), .alternativeNames = {QStringLiteral("IP:127.0.0.1")}});
        QVERIFY2(m_authority->isValid(), qPrintable(m_authority->errors()));
        QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
        tls.setLocalCertificate(certificate.certificate());
        tls.setPrivateKey(certificate.key());
        tls.setPeerVerifyMode(QSslSocket::VerifyNone);
        m_server =
            std::make_unique<test::TestHttpServer>([](const test::HttpRequest &) { return test::HttpResponse{}; });
        QVERIFY(m_server->listen(tls));
    }

    void failingStepIsUnfoldedAndCopiedWithoutSecrets()
    {
        ui::Session session;
        session.theme().apply(*qApp);
        ui::DoctorPage page(session.theme());
        page.resize(1100, 900);
        page.show();
        page.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&page, 30000));
        QVERIFY(!page.copyButton().isEnabled());
        page.setConfig(untrusted());
        QTRY_VERIFY_WITH_TIMEOUT(!page.doctor().isRunning(), 30000);
        const ui::DoctorStepRow &tls = row(page, doctor::StepId::Tls);
        QVERIFY(tls.isUnfolded());
        QVERIFY(!row(page, doctor::StepId::Tcp).isUnfolded());
        QVERIFY2(tls.accessibleName().contains(QStringLiteral("failed")), qPrintable(tls.accessibleName()));
        const QString said = QAccessible::queryAccessibleInterface(&tls.foldButton())->text(QAccessible::Description);
        QVERIFY2(said.contains(QStringLiteral("Stranger CA")), qPrintable(said));
        QVERIFY2(said.contains(QStringLiteral("certificate-authority")), qPrintable(said));

        QTest::mouseClick(&page.copyButton(), Qt::LeftButton);
        const QString text = QGuiApplication::clipboard()->text();
        QVERIFY2(text.contains(QStringLiteral("Stranger CA")), qPrintable(text));
        QVERIFY2(!text.contains(QStringLiteral("canary")), qPrintable(text));

        // By keyboard: fold, run again, leave.
        tls.foldButton().setFocus();
        QTest::keyClick(&tls.foldButton(), Qt::Key_Space);
        QVERIFY(!tls.isUnfolded());
        QSignalSpy finished(&page.doctor(), &doctor::Doctor::finished);
        QTest::keyClick(&page, Qt::Key_R, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 30000);
        QVERIFY(tls.isUnfolded());
        QSignalSpy leave(&page, &ui::DoctorPage::closeRequested);
        QTest::keyClick(&page, Qt::Key_Escape);
        QCOMPARE(leave.count(), 1);
        if (const QString folder = qEnvironmentVariable("KDRA_TEST_PICTURES"); !folder.isEmpty()) {
            for (const auto scheme : {ui::Theme::Scheme::Dark, ui::Theme::Scheme::Light}) {
                session.theme().setScheme(scheme);
                page.grab().save(folder + QStringLiteral("/doctor-tls-%1.png").arg(static_cast<int>(scheme)));
            }
        }
    }

    void windowOpensItOverAFailedConnection()
    {
        QTemporaryFile file;
        writeKubeconfig(file);
        ui::Session session;
        session.theme().apply(*qApp);
        ui::MainWindow window(session);
        window.resize(1280, 800);
        window.show();
        session.openKubeconfig({file.fileName()}, {});
        QPushButton *why = nullptr;
        for (const auto buttons = window.findChildren<QPushButton *>(); QPushButton * button : buttons) {
            if (button->text() == QStringLiteral("Find out why"))
                why = button;
        }
        QVERIFY(why);
        QTRY_VERIFY_WITH_TIMEOUT(why->isVisible(), 30000);
        QTest::mouseClick(why, Qt::LeftButton);
        ui::DoctorPage &page = window.doctorPage();
        QVERIFY(page.isVisible());
        QTRY_VERIFY_WITH_TIMEOUT(!page.doctor().isRunning(), 30000);
        if (const QString folder = qEnvironmentVariable("KDRA_TEST_PICTURES"); !folder.isEmpty())
            window.grab().save(folder + QStringLiteral("/doctor-window.png"));
        QCOMPARE(page.doctor().steps()[static_cast<int>(doctor::StepId::Tls)].state, doctor::Step::State::Failed);
        QTest::mouseClick(&page.closeButton(), Qt::LeftButton);
        QVERIFY(!page.isVisible() && why->isVisible());
        QTest::keyClick(&window, Qt::Key_D, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(page.isVisible());
        session.closeCurrent();
        QVERIFY(!page.isVisible());
    }

    void withoutAWindow()
    {
        const QString program = qEnvironmentVariable("KDRA_BIN") + QStringLiteral("/kdra");
        const auto run = [&](const QStringList &arguments, QByteArray &output) {
            QProcess process;
            process.setProcessChannelMode(QProcess::MergedChannels);
            QSignalSpy ended(&process, &QProcess::finished);
            process.start(program, QStringList{QStringLiteral("--doctor")} + arguments);
            if (!ended.wait(120000))
                return -1;
            output = process.readAll();
            return process.exitCode();
        };
        QByteArray output;
        QCOMPARE(run({QStringLiteral("--demo")}, output), 0);
        QVERIFY2(output.contains("[passed] Streaming lists"), output);
        QTemporaryFile file;
        writeKubeconfig(file);
        QCOMPARE(run({QStringLiteral("--kubeconfig"), file.fileName()}, output), 1);
        QVERIFY2(output.contains("[failed] Encryption") && output.contains("Stranger CA"), output);
        QVERIFY2(!output.contains("canary"), output);
        QCOMPARE(run({QStringLiteral("--kubeconfig"), QStringLiteral("/nowhere")}, output), 2);
    }

    void healthyDemoCluster()
    {
        demo::DemoCluster cluster;
        QVERIFY(cluster.start());
        ui::Session session;
        session.theme().apply(*qApp);
        ui::DoctorPage page(session.theme());
        page.resize(1100, 760);
        page.show();
        page.setConfig(cluster.clientConfig());
        QTRY_VERIFY_WITH_TIMEOUT(page.doctor().isHealthy(), 30000);
        for (const ui::DoctorStepRow *step : page.rows())
            QVERIFY(!step->isUnfolded());
        if (const QString folder = qEnvironmentVariable("KDRA_TEST_PICTURES"); !folder.isEmpty()) {
            for (const auto scheme : {ui::Theme::Scheme::Dark, ui::Theme::Scheme::Light}) {
                session.theme().setScheme(scheme);
                page.grab().save(folder + QStringLiteral("/doctor-good-%1.png").arg(static_cast<int>(scheme)));
            }
        }
    }
};

QTEST_MAIN(TestDoctorPage)
#include "tst_doctorpage.moc"
