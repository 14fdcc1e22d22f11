// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/tasklist.h"
#include "ui/drawer.h"
#include "ui/environmentdesk.h"
#include "ui/environments/createsheet.h"
#include "ui/environments/environmentspage.h"
#include "ui/environments/secretsdialog.h"
#include "ui/environments/templatepalette.h"
#include "ui/mainwindow.h"
#include "ui/session.h"
#include "ui/templatedesk.h"

#include <QDir>
#include <QPushButton>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeWidget>

using namespace kdra;
using namespace kdra::ui;
using environments::Environment;
using environments::Fit;
using environments::Target;
using namespace Qt::StringLiterals;

// From a template to an environment and back to nothing, in the window, on the demo cluster.
class TestEnvironmentDesk : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();

    void templatesAreThere();
    void verdictsOfTheLiveCluster();
    void createdOnAPi();
    void clonedAndExported();
    void deleted();
    void namespaceBecomesATemplate();
    void sharedWithEverybody();

private:
    std::optional<Environment> environment() const
    {
        const QList<Environment> &all = m_window->environmentDesk().watch().environments();
        return all.isEmpty() ? std::nullopt : std::optional(all.first());
    }

    std::unique_ptr<Session> m_session;
    std::unique_ptr<MainWindow> m_window;
};

void TestEnvironmentDesk::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    m_session = std::make_unique<Session>();
    m_session->theme().apply(*qApp);
    m_window = std::make_unique<MainWindow>(*m_session);
    m_window->resize(1280, 800);
    m_window->show();
    m_session->openDemo();
    QTRY_VERIFY_WITH_TIMEOUT(m_session->current() && m_session->current()->isSynced(), 30000);
    QTRY_VERIFY_WITH_TIMEOUT(!m_session->marks().readOnly, 30000);
}

void TestEnvironmentDesk::cleanupTestCase()
{
    m_window.reset();
    m_session.reset();
}

void TestEnvironmentDesk::templatesAreThere()
{
    QTRY_VERIFY_WITH_TIMEOUT(m_window->environmentDesk().library().find(u"builtin:web-postgresql"_s), 30000);
    QCOMPARE(m_window->environmentDesk().library().problems().size(), 0);
    QTRY_VERIFY_WITH_TIMEOUT(!m_window->pages().templates().model().isEmpty(), 30000);
}

void TestEnvironmentDesk::verdictsOfTheLiveCluster()
{
    PlacementJudge judge(*m_session, m_window->environmentDesk().library());
    const auto fit = [&](const Target &target) {
        const auto advice = judge.advice(u"builtin:web-postgresql"_s);
        return advice ? advice->verdict(target).fit : Fit::Unknown;
    };
    // As soon as the server has said what may be created.
    QTRY_COMPARE_WITH_TIMEOUT(fit({.kind = Target::Kind::Node, .name = u"pi-007"_s}), Fit::Fits, 30000);
    QCOMPARE(fit({.kind = Target::Kind::Node, .name = u"cp-1"_s}), Fit::DoesNotFit);
    QCOMPARE(fit({.kind = Target::Kind::Site, .name = u"site-b"_s}), Fit::Fits);
}

void TestEnvironmentDesk::createdOnAPi()
{
    EnvironmentDesk &desk = m_window->environmentDesk();
    desk.create(u"builtin:web-postgresql"_s, Target{.kind = Target::Kind::Node, .name = u"pi-007"_s});
    QVERIFY(desk.sheet());
    QTRY_VERIFY2_WITH_TIMEOUT(desk.sheet()->createButton().isEnabled(), qPrintable(desk.sheet()->obstacle()), 30000);
    desk.sheet()->createButton().click();
    QTRY_VERIFY_WITH_TIMEOUT(!desk.sheet(), 30000);
    QTRY_VERIFY_WITH_TIMEOUT(environment() && environment()->state == Environment::State::Ready, 60000);
    QCOMPARE(environment()->nodes, QStringList{u"pi-007"_s});
    QCOMPARE(environment()->pods, 2U);
    QVERIFY(environment()->expires);
    // The database's password, this once.
    QTRY_VERIFY_WITH_TIMEOUT(m_window->findChild<SecretsDialog *>(), 30000);
    m_window->findChild<SecretsDialog *>()->close();
    QTRY_COMPARE_WITH_TIMEOUT(m_window->pages().environments().table().model()->rowCount(), 1, 30000);
}

void TestEnvironmentDesk::clonedAndExported()
{
    EnvironmentDesk &desk = m_window->environmentDesk();
    Q_EMIT m_window->pages().environments().cloneRequested(*environment());
    QTRY_VERIFY_WITH_TIMEOUT(desk.sheet(), 30000);
    QVERIFY(desk.sheet()->spec().name != environment()->name);
    QCOMPARE(desk.sheet()->spec().placement.name, u"pi-007"_s);
    desk.sheet()->close();

    const QTemporaryDir folder;
    Q_EMIT m_window->pages().environments().exportRequested(*environment(), folder.path(), true);
    QTRY_VERIFY_WITH_TIMEOUT(QFileInfo::exists(folder.filePath(u"kustomization.yaml"_s)), 30000);
    QByteArray all;
    for (const auto files = QDir(folder.path()).entryInfoList(QDir::Files); const QFileInfo &info : files) {
        QFile file(info.filePath());
        QVERIFY(file.open(QFile::ReadOnly));
        all += file.readAll();
    }
    QVERIFY(all.contains("kind: StatefulSet") && all.contains("REPLACE-ME"));
}

void TestEnvironmentDesk::deleted()
{
    Q_EMIT m_window->pages().environments().deleteRequested(*environment());
    QTRY_COMPARE_WITH_TIMEOUT(m_session->tasks().runningCount(), 1, 30000);
    // Ten seconds to think again.
    QTRY_VERIFY_WITH_TIMEOUT(!environment(), 60000);
    QTRY_COMPARE_WITH_TIMEOUT(m_session->tasks().runningCount(), 0, 30000);
    bool left = false;
    m_session->models().snapshot()->table<store::Kind::Pod>().forEach(
        [&](const auto &pod) { left = left || pod.name().starts_with("web-postgresql"); });
    QVERIFY(!left);
}

void TestEnvironmentDesk::namespaceBecomesATemplate()
{
    const QString name = u"saved-shop"_s;
    const QString folder = environments::TemplateLibrary::userFolder() + u'/' + name;
    QDir(folder).removeRecursively();
    m_window->templateDesk().saveNamespace(u"shop"_s, name);
    QTRY_VERIFY_WITH_TIMEOUT(m_window->environmentDesk().library().find(u"folder:"_s + name), 30000);
    QCOMPARE(m_window->environmentDesk().library().problems().size(), 0);
    QDir(folder).removeRecursively();
    QTRY_VERIFY_WITH_TIMEOUT(!m_window->environmentDesk().library().find(u"folder:"_s + name), 30000);
}

void TestEnvironmentDesk::sharedWithEverybody()
{
    m_window->templateDesk().share(u"builtin:redis"_s, u"default"_s);
    // It comes back by the watch, as it comes to everybody else.
    QTRY_VERIFY_WITH_TIMEOUT(
        m_window->environmentDesk().library().find(u"cluster:default/kdra-template.redis"_s), 30000);
}

QTEST_MAIN(TestEnvironmentDesk)
#include "tst_environmentdesk.moc"
