// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/democluster.h"
#include "ui/mainwindow.h"
#include "ui/objects/inspector.h"
#include "ui/session.h"
#include "ui/topology/clusterpanes.h"
#include "ui/topology/topologypage.h"

#include <QAction>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryFile>
#include <QTest>
#include <QToolButton>

using namespace kdra;

// The whole program with two clusters side by side, against the demo cluster.
class TestSideBySide : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void aSecondClusterOffersIt();
    void turningToAnotherClusterTurnsTheWindow();
    void aDisconnectedClusterSaysSo();
    void marksAreShown();
    void itsKeysAreItsOwn();
    void theChoiceIsRemembered();

private:
    void openDemo();
    // With six nodes of its own, in a server that the test can break.
    void openSecond();
    QAction *action() const;
    ui::TopologyPage &page() { return m_window->pages().topology(); }
    int id(int index) const { return m_session->clusters().at(index).id; }
    QString header(int index) { return page().panes()->headerOf(id(index))->accessibleName(); }

    std::unique_ptr<demo::DemoCluster> m_server;
    std::unique_ptr<ui::Session> m_session;
    std::unique_ptr<ui::MainWindow> m_window;
};

void TestSideBySide::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    QCoreApplication::setOrganizationName(QStringLiteral("kdra-test"));
    QCoreApplication::setApplicationName(QStringLiteral("tst_sidebyside"));
}

void TestSideBySide::init()
{
    QSettings().clear();
    m_session = std::make_unique<ui::Session>();
    m_window = std::make_unique<ui::MainWindow>(*m_session);
    m_window->resize(1280, 800);
    m_window->show();
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get(), 30000));
    openDemo();
}

void TestSideBySide::cleanup()
{
    m_window.reset();
    m_session.reset();
    m_server.reset();
    QSettings().clear();
}

void TestSideBySide::openDemo()
{
    QSignalSpy synced(m_session.get(), &ui::Session::synced);
    m_session->openDemo();
    QTRY_COMPARE_WITH_TIMEOUT(synced.count(), 1, 30000);
}

void TestSideBySide::openSecond()
{
    demo::DemoOptions options;
    options.nodes = 6;
    options.pis = 2;
    options.pods = 40;
    m_server = std::make_unique<demo::DemoCluster>(options);
    const Result<QUrl> started = m_server->start();
    QVERIFY2(started, qPrintable(started ? QString() : started.error().text()));
    QTemporaryFile file;
    QVERIFY(file.open());
    file.write(m_server->kubeconfig());
    file.close();
    QSignalSpy synced(m_session.get(), &ui::Session::synced);
    m_session->openKubeconfig({file.fileName()}, {});
    QTRY_COMPARE_WITH_TIMEOUT(synced.count(), 1, 30000);
    QCOMPARE(m_session->currentIndex(), 1);
}

QAction *TestSideBySide::action() const
{
    for (const auto actions = m_window->actions(); QAction * one : actions) {
        if (one->shortcut() == QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_B))
            return one;
    }
    return nullptr;
}

void TestSideBySide::aSecondClusterOffersIt()
{
    QVERIFY(action());
    const auto buttons = page().findChildren<QToolButton *>();
    const auto button =
        std::ranges::find_if(buttons, [this](const QToolButton *one) { return one->defaultAction() == action(); });
    QVERIFY(button != buttons.end());
    QVERIFY(!(*button)->isVisible());
    QVERIFY(!action()->isEnabled());
    openSecond();
    QVERIFY((*button)->isVisible());
    QVERIFY(page().rect().contains((*button)->parentWidget()->geometry()));
    // Off is what it always was: one canvas.
    QCOMPARE(page().findChildren<ui::Canvas *>().size(), 1);

    QTest::mouseClick(*button, Qt::LeftButton);
    QVERIFY(page().panes());
    for (int i = 0; i < 2; ++i) {
        const ui::Canvas &canvas = *page().panes()->canvasOf(id(i));
        QVERIFY(canvas.isVisible());
        const store::SnapshotPtr own = m_session->clusters().at(i).store->snapshot();
        QTRY_COMPARE_WITH_TIMEOUT(
            canvas.scene().snapshot()->count(store::Kind::Node), own->count(store::Kind::Node), 30000);
        QVERIFY2(header(i).contains(QLatin1StringView("Live")), qPrintable(header(i)));
        QVERIFY2(header(i).contains(m_session->clusterNames().at(i)), qPrintable(header(i)));
    }
    QVERIFY(m_session->clusters().at(0).store->snapshot()->count(store::Kind::Node)
        != m_session->clusters().at(1).store->snapshot()->count(store::Kind::Node));
    QTest::keyClick(m_window.get(), Qt::Key_B, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(!page().panes());
    QCOMPARE(page().findChildren<ui::Canvas *>().size(), 1);
}

void TestSideBySide::turningToAnotherClusterTurnsTheWindow()
{
    openSecond();
    m_window->showPage(ui::Pages::Nodes);
    QTest::keyClick(m_window.get(), Qt::Key_B, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(m_window->pages().currentIndex(), int(ui::Pages::Topology));
    ui::Canvas &first = *page().panes()->canvasOf(id(0));
    QVERIFY(&first != &page().canvas());

    // The demo cluster is alive without being current.
    const quint64 revision = first.scene().snapshot()->revision;
    QSignalSpy painted(&first, &ui::Canvas::painted);
    QTRY_VERIFY_WITH_TIMEOUT(first.scene().snapshot()->revision > revision && !painted.isEmpty(), 20000);

    const int tile = first.scene().layout().order().front();
    const QString name = first.scene().tile(tile).name;
    QTest::mouseClick(&first, Qt::LeftButton, {}, first.tileOnScreen(tile).topLeft() + QPoint(5, 3));
    QTRY_COMPARE_WITH_TIMEOUT(m_session->currentIndex(), 0, 30000);
    QCOMPARE(m_window->inspector().title(), name);
    QCOMPARE(page().panes()->canvasOf(id(0)), &page().canvas());
    QCOMPARE(m_session->models().snapshot(), m_session->current()->snapshot());

    // Round and round by key.
    QTest::keyClick(m_window.get(), Qt::Key_F6);
    QCOMPARE(m_session->currentIndex(), 1);
    QCOMPARE(page().panes()->current(), id(1));
    QTest::keyClick(m_window.get(), Qt::Key_F6);
    QCOMPARE(m_session->currentIndex(), 0);
    QTest::keyClick(m_window.get(), Qt::Key_F6, Qt::ShiftModifier);
    QCOMPARE(m_session->currentIndex(), 1);

    // Two of one name are told apart.
    openDemo();
    QCOMPARE(m_session->clusterNames().at(2), QStringLiteral("Demo cluster (2)"));
    QCOMPARE(page().panes()->current(), id(2));
    QVERIFY2(header(2).contains(QStringLiteral("Demo cluster (2)")), qPrintable(header(2)));
    QCOMPARE(page().findChildren<ui::Canvas *>().size(), 3);
    QTRY_COMPARE_WITH_TIMEOUT(page().canvas().scene().snapshot(), m_session->current()->snapshot(), 30000);

    m_session->closeCurrent();
    QCOMPARE(page().findChildren<ui::Canvas *>().size(), 2);
    m_session->closeCurrent();
    QVERIFY(!page().panes());
    QVERIFY(!action()->isVisible());
    QCOMPARE(page().canvas().geometry(), page().rect());
    QCOMPARE_GE(page().canvas().scene().snapshot()->count(store::Kind::Node), 24u);
}

void TestSideBySide::aDisconnectedClusterSaysSo()
{
    openSecond();
    m_session->setCurrent(0);
    action()->trigger();
    QVERIFY2(header(1).contains(QLatin1StringView("Live")), qPrintable(header(1)));
    m_server->refuseNewConnections(true);
    m_server->dropConnections();
    QTRY_VERIFY2_WITH_TIMEOUT(header(1).contains(QLatin1StringView("Disconnected")), qPrintable(header(1)), 20000);
    QVERIFY(page().panes()->canvasOf(id(1))->scene().podsStale());
    QVERIFY(page().panes()->canvasOf(id(1))->scene().nodesStale());
    QVERIFY2(header(0).contains(QLatin1StringView("Live")), qPrintable(header(0)));
    m_server->refuseNewConnections(false);
    QTRY_VERIFY2_WITH_TIMEOUT(header(1).contains(QLatin1StringView("Live")), qPrintable(header(1)), 30000);
    QVERIFY(!page().panes()->canvasOf(id(1))->scene().podsStale());
}

void TestSideBySide::marksAreShown()
{
    openSecond();
    action()->trigger();
    m_session->setMarks({.production = true, .readOnly = true});
    m_session->setCurrent(0);
    QVERIFY2(header(1).contains(QLatin1StringView("Production, read-only")), qPrintable(header(1)));
    QVERIFY(!header(0).contains(QLatin1StringView("Production")));
    m_session->setCurrent(1);
    QSignalSpy changed(m_session.get(), &ui::Session::clusterChanged);
    m_session->setMarks({});
    QVERIFY(!changed.isEmpty());
    QVERIFY(!header(1).contains(QLatin1StringView("Production")));
}

// Two actions of one key would both be dead.
void TestSideBySide::itsKeysAreItsOwn()
{
    QList<QKeySequence> taken;
    for (const QWidget *const widget : std::initializer_list<const QWidget *>{m_window.get(), &page()}) {
        for (const auto actions = widget->actions(); const QAction *one : actions) {
            if (one->shortcut().isEmpty())
                continue;
            // Cordon and uncordon share one: only one of them is ever enabled.
            QVERIFY2(!one->isEnabled() || !taken.contains(one->shortcut()), qPrintable(one->shortcut().toString()));
            taken += one->shortcut();
        }
    }
    for (const QKeySequence &key : {QKeySequence(Qt::Key_F6), QKeySequence(Qt::SHIFT | Qt::Key_F6),
             QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_B)})
        QVERIFY(taken.contains(key));
}

void TestSideBySide::theChoiceIsRemembered()
{
    m_window->restore();
    QVERIFY(!action()->isChecked());
    openSecond();
    action()->trigger();
    m_window->save();
    ui::MainWindow another(*m_session);
    another.restore();
    QVERIFY(another.pages().topology().panes());
    QCOMPARE(another.pages().topology().panes()->current(), id(1));
}

QTEST_MAIN(TestSideBySide)
#include "tst_sidebyside.moc"
