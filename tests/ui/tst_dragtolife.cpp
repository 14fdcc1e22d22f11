// SPDX-License-Identifier: GPL-3.0-or-later
// The main job with a real mouse in the whole window: "Web + PostgreSQL" dragged from the palette onto one Pi, running
// there, deleted, nothing left. On the demo cluster, and on a real node (KDRA_CONTRACT_SERVER=real).

#include "support/realnode.h"
#include "tests/ui/realinput.h"
#include "ui/common/dropbubble.h"
#include "ui/environmentdesk.h"
#include "ui/environments/createsheet.h"
#include "ui/environments/deletedialog.h"
#include "ui/environments/environmentspage.h"
#include "ui/environments/secretsdialog.h"
#include "ui/environments/templatelist.h"
#include "ui/environments/templatepalette.h"
#include "ui/mainwindow.h"
#include "ui/session.h"
#include "ui/topology/canvas.h"
#include "ui/topology/topologypage.h"

#include <QPushButton>
#include <QSignalSpy>
#include <QTreeWidget>

using namespace kdra;
using namespace kdra::ui;
using environments::Environment;
using namespace Qt::StringLiterals;

class TestDragToLife : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void draggedOntoAPi();
    void runsThere();
    void deletedWithoutATrace();

private:
    bool isReal() const { return qgetenv("KDRA_CONTRACT_SERVER") == "real"; }
    std::optional<Environment> environment() const
    {
        const QList<Environment> &all = m_window->environmentDesk().watch().environments();
        return all.isEmpty() ? std::nullopt : std::optional(all.first());
    }
    QPoint card() const;
    QPoint tile() const;
    QString bubble() const
    {
        const DropBubble *shown = m_window->pages().topology().canvas().dropBubble();
        return shown ? shown->text() : QString();
    }
    QStringList podsOnTheDemo() const;

    QString m_pi = u"pi-007"_s;
    QString m_name; // of the environment
    std::unique_ptr<test::RealNode> m_real;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<MainWindow> m_window;
};

void TestDragToLife::initTestCase()
{
    if (const QString obstacle = tests::XServer::obstacle(); !obstacle.isEmpty())
        QSKIP(qPrintable(obstacle));
    if (isReal()) {
        if (const QString obstacle = test::RealNode::obstacle(); !obstacle.isEmpty())
            QSKIP(qPrintable(obstacle));
        m_pi = u"pi-real"_s;
        m_real = std::make_unique<test::RealNode>();
        const QString problem = m_real->up();
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
        QVERIFY(m_real->prepareWebAndDatabase());
    }
    QStandardPaths::setTestModeEnabled(true);
    m_session = std::make_unique<Session>();
    m_session->theme().apply(*qApp);
    m_window = std::make_unique<MainWindow>(*m_session);
    m_window->move(0, 0);
    m_window->resize(1280, 800);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get(), 30000));
    if (isReal())
        m_session->openKubeconfig({m_real->plane().adminKubeconfig()}, {});
    else
        m_session->openDemo();
    QTRY_VERIFY_WITH_TIMEOUT(m_session->current() && m_session->current()->isSynced(), 120000);
    QTRY_VERIFY_WITH_TIMEOUT(!m_session->marks().readOnly, 120000);
}

void TestDragToLife::cleanupTestCase()
{
    m_window.reset();
    m_session.reset();
    m_real.reset();
}

QPoint TestDragToLife::card() const
{
    TemplateList &list = m_window->pages().templates().list();
    const QAbstractItemModel &model = *list.model();
    for (int row = 0; row < model.rowCount(); ++row) {
        const QModelIndex index = model.index(row, 0);
        if (index.data().toString() == "Web + PostgreSQL"_L1) {
            list.scrollTo(index);
            return list.viewport()->mapTo(m_window.get(), list.visualRect(index).center());
        }
    }
    return {};
}

QPoint TestDragToLife::tile() const
{
    const auto &canvas = m_window->pages().topology().canvas();
    const auto &tiles = canvas.scene().tiles();
    const auto it = std::ranges::find_if(tiles, [&](const NodeTile &one) { return one.shown && one.name == m_pi; });
    return it == tiles.end()
        ? QPoint()
        : canvas.mapTo(m_window.get(), canvas.tileOnScreen(static_cast<int>(it - tiles.begin())).center());
}

QStringList TestDragToLife::podsOnTheDemo() const
{
    QStringList pods;
    const store::SnapshotPtr snapshot = m_session->models().snapshot();
    snapshot->table<store::Kind::Pod>().forEach([&](const auto &pod) {
        if (pod.name().starts_with("web-postgresql"))
            pods += store::toQString(snapshot->view(pod->node)) + u'/' + store::toQString(snapshot->view(pod->status));
    });
    return pods;
}

void TestDragToLife::draggedOntoAPi()
{
    m_window->pages().showTemplates();
    QTRY_VERIFY_WITH_TIMEOUT(!card().isNull(), 30000);
    QTRY_VERIFY_WITH_TIMEOUT(!tile().isNull(), 30000);
    QTRY_VERIFY_WITH_TIMEOUT(!m_window->pages().topology().canvas().camera().isMoving(), 30000);
    QList<tests::InputStep> steps = tests::beginDrag(*m_window, card());
    // As soon as the server has said what may be created.
    steps += {tests::moveTo(*m_window, tile()), [&] { return bubble().startsWith(u"Fits on %1\n"_s.arg(m_pi)); }};
    steps += {{u"mouseup"_s, u"1"_s}, [&] { return m_window->environmentDesk().sheet(); }};
    QVERIFY2(tests::follow(steps, 60000), qPrintable(bubble()));

    CreateSheet &sheet = *m_window->environmentDesk().sheet();
    QCOMPARE(sheet.spec().placement.name, m_pi);
    QTRY_VERIFY2_WITH_TIMEOUT(sheet.createButton().isEnabled(), qPrintable(sheet.obstacle()), 30000);
    QVERIFY(tests::clickOn(sheet.createButton(), [&] { return !m_window->environmentDesk().sheet(); }));
}

void TestDragToLife::runsThere()
{
    QTRY_VERIFY2_WITH_TIMEOUT(environment() && environment()->state == Environment::State::Ready,
        qPrintable(environment() ? environment()->reason : u"no environment"_s), 180000);
    m_name = environment()->name;
    QTRY_COMPARE_WITH_TIMEOUT(environment()->nodes, QStringList{m_pi}, 30000);
    const QString running = m_pi + u"/Running"_s;
    QTRY_COMPARE_WITH_TIMEOUT(m_real ? m_real->podsOf(environment()->name, environment()->ns) : podsOnTheDemo(),
        (QStringList{running, running}), 30000);
    // The database's password, this once.
    QTRY_VERIFY_WITH_TIMEOUT(m_window->findChild<SecretsDialog *>(), 30000);
    m_window->findChild<SecretsDialog *>()->close();
}

void TestDragToLife::deletedWithoutATrace()
{
    m_window->showPage(Pages::Environments);
    auto &table = m_window->pages().environments().table();
    QTRY_COMPARE_WITH_TIMEOUT(table.model()->rowCount(), 1, 30000);
    const QPoint row = table.viewport()->mapTo(m_window.get(), table.visualRect(table.model()->index(0, 0)).center());
    QVERIFY(
        tests::follow({{tests::moveTo(*m_window, row), [&] { return m_window->mapFromGlobal(QCursor::pos()) == row; }},
            {{u"click"_s, u"1"_s}, [&] { return table.currentIndex().isValid(); }}}));
    QTest::keyClick(&table, Qt::Key_Delete);
    DeleteDialog *dialog = nullptr;
    QTRY_VERIFY_WITH_TIMEOUT((dialog = m_window->findChild<DeleteDialog *>()), 60000);
    // It holds a database's data: its name has to be typed.
    QTRY_VERIFY_WITH_TIMEOUT(dialog->confirmation().isVisible(), 30000);
    QTest::keyClicks(&dialog->confirmation(), environment()->name);
    QTRY_VERIFY_WITH_TIMEOUT(dialog->deleteButton().isEnabled(), 30000);
    QVERIFY(tests::clickOn(dialog->deleteButton(), [&] { return m_session->tasks().runningCount() == 1; }));
    QTRY_VERIFY_WITH_TIMEOUT(!environment(), 240000);
    QTRY_COMPARE_WITH_TIMEOUT(m_session->tasks().runningCount(), 0, 120000);
    if (m_real)
        QTRY_COMPARE_WITH_TIMEOUT(m_real->leftOf(m_name), QString(), 30000);
    QTRY_COMPARE_WITH_TIMEOUT(podsOnTheDemo(), QStringList(), 30000);
}

int main(int argc, char **argv)
{
    const tests::XServer server;
    QApplication application(argc, argv);
    TestDragToLife test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_dragtolife.moc"
