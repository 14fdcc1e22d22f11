// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/topology/fleet.h"
#include "ui/topology/canvas.h"
#include "ui/topology/topologypage.h"

#include <QAccessible>
#include <QSignalSpy>
#include <QTest>

using namespace kdra;
using namespace kdra::ui;
using tests::Fleet;

// The keyboard's way over the canvas, and what a screen reader is told on it.
class TestTopologyWalk : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void returnGoesInAndEscapeOut();
    void arrowsGoFromPodToPod();
    void arrowsGoFromGroupToGroup();
    void framesTheSelection();
    void treeIsWhatIsThere();
    void treeIsMadeWhenAskedFor();
    void stopsAreTold();
    void partsOutliveTheirObjects();

private:
    void settle();
    QAccessibleInterface *tree() const { return QAccessible::queryAccessibleInterface(m_canvas); }

    Theme m_theme;
    std::unique_ptr<models::Selection> m_selection;
    std::unique_ptr<TopologyPage> m_page;
    Canvas *m_canvas = nullptr;
    Fleet m_fleet;
};

void TestTopologyWalk::init()
{
    m_theme.setScheme(Theme::Scheme::Dark);
    m_selection = std::make_unique<models::Selection>();
    m_page = std::make_unique<TopologyPage>(m_theme, *m_selection);
    m_canvas = &m_page->canvas();
    m_page->resize(1200, 800);
    m_fleet = {};
    m_fleet.populate(24, 200);
    m_page->apply(m_fleet.publish());
    m_page->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_page.get(), 30000));
    m_canvas->setFocus();
    settle();
}

void TestTopologyWalk::cleanup()
{
    m_page.reset();
    m_selection.reset();
}

void TestTopologyWalk::settle()
{
    QTRY_VERIFY_WITH_TIMEOUT(!m_canvas->camera().isMoving(), 30000);
}

void TestTopologyWalk::returnGoesInAndEscapeOut()
{
    QSignalSpy inspect(m_page.get(), &TopologyPage::inspectRequested);
    QTest::keyClick(m_canvas, Qt::Key_Right);
    const Stop tile = m_canvas->currentStop();
    QVERIFY(tile.isTile());
    QTest::keyClick(m_canvas, Qt::Key_Return);
    settle();
    const Stop pod = m_canvas->currentStop();
    QVERIFY(pod.isPod());
    QCOMPARE(pod.tile, tile.tile);
    QCOMPARE(m_selection->current(), m_canvas->itemOf(pod));
    QCOMPARE(m_selection->current().kind, store::Kind::Pod);
    // It can be aimed at by now.
    QVERIFY(m_canvas->stopOnScreen(pod).width() >= 8);
    QVERIFY(m_canvas->rect().contains(m_canvas->stopOnScreen(pod)));
    QCOMPARE(inspect.size(), 0);
    QTest::keyClick(m_canvas, Qt::Key_Return);
    QCOMPARE(inspect.size(), 1);

    QTest::keyClick(m_canvas, Qt::Key_Escape);
    QCOMPARE(m_canvas->currentStop(), tile);
    QCOMPARE(m_selection->current().kind, store::Kind::Node);
    QTest::keyClick(m_canvas, Qt::Key_Escape);
    QVERIFY(m_canvas->currentStop().isGroup());
    QVERIFY(m_selection->isEmpty());
    QTest::keyClick(m_canvas, Qt::Key_Return);
    QVERIFY(m_canvas->currentStop().isTile());
    QTest::keyClick(m_canvas, Qt::Key_Escape);
    QTest::keyClick(m_canvas, Qt::Key_Escape);
    QVERIFY(m_canvas->currentStop().isNull());
}

void TestTopologyWalk::arrowsGoFromPodToPod()
{
    QTest::keyClick(m_canvas, Qt::Key_Right);
    QTest::keyClick(m_canvas, Qt::Key_Return);
    settle();
    const int tile = m_canvas->currentTile();
    const int count = m_canvas->scene().tile(tile).cells.count();
    QVERIFY(count > 2);
    QSet<store::Uid> passed{m_selection->current().uid};
    for (int i = 1; i < count; ++i) {
        QTest::keyClick(m_canvas, Qt::Key_Right);
        passed.insert(m_selection->current().uid);
    }
    QCOMPARE(passed.size(), count);
    const Stop last = m_canvas->currentStop();
    QTest::keyClick(m_canvas, Qt::Key_Right);
    QCOMPARE(m_canvas->currentStop(), last);
    QTest::keyClick(m_canvas, Qt::Key_Up);
    const CellGrid grid = m_canvas->scene().cells(tile, m_canvas->camera().target().scale);
    if (last.cell >= grid.columns)
        QCOMPARE(m_canvas->currentStop().cell, last.cell - grid.columns);
    // A pod that is gone leaves the keyboard at its node.
    m_fleet.pods.remove(m_selection->current().uid);
    m_page->apply(m_fleet.publish());
    QVERIFY(m_canvas->currentStop().isTile());
    QCOMPARE(m_canvas->currentTile(), tile);
}

void TestTopologyWalk::arrowsGoFromGroupToGroup()
{
    QTest::keyClick(m_canvas, Qt::Key_Right);
    QTest::keyClick(m_canvas, Qt::Key_Escape);
    QSet<int> passed{m_canvas->currentStop().group};
    for (const Qt::Key key : {Qt::Key_Right, Qt::Key_Down, Qt::Key_Right, Qt::Key_Down, Qt::Key_Left}) {
        QTest::keyClick(m_canvas, key);
        QVERIFY(m_canvas->currentStop().isGroup());
        passed.insert(m_canvas->currentStop().group);
    }
    QVERIFY(passed.size() > 1);
}

void TestTopologyWalk::framesTheSelection()
{
    const auto pod = m_fleet.pods.table().at(7);
    m_selection->set({store::Kind::Pod, pod->meta.uid});
    QTest::keyClick(m_canvas, Qt::Key_F, Qt::ShiftModifier);
    settle();
    const PodPlace place = m_canvas->scene().placeOf(store::Slot(7));
    const QRect shown = m_canvas->tileOnScreen(place.tile);
    QVERIFY(m_canvas->rect().contains(shown));
    QVERIFY(shown.width() > m_canvas->width() / 3 || shown.height() > m_canvas->height() / 3);
    QVERIFY(m_canvas->searchText().isEmpty());
}

void TestTopologyWalk::treeIsWhatIsThere()
{
    const Scene &scene = m_canvas->scene();
    QCOMPARE(tree()->role(), QAccessible::Tree);
    QCOMPARE(tree()->childCount(), scene.layout().groupCount());
    int tiles = 0;
    int pods = 0;
    QStringList names;
    const std::function<void(QAccessibleInterface *, int)> walk = [&](QAccessibleInterface *parent, int depth) {
        for (int i = 0; i < parent->childCount(); ++i) {
            QAccessibleInterface *child = parent->child(i);
            QVERIFY(child && child->isValid());
            QCOMPARE(child->parent(), parent);
            QCOMPARE(parent->indexOfChild(child), i);
            QVERIFY(!child->text(QAccessible::Name).isEmpty());
            QVERIFY(!child->rect().isEmpty());
            QVERIFY(!child->state().invalid);
            names += child->text(QAccessible::Name);
            tiles += depth == 1;
            pods += depth == 2;
            walk(child, depth + 1);
        }
    };
    walk(tree(), 0);
    QCOMPARE(tiles, static_cast<int>(scene.layout().order().size()));
    QCOMPARE(pods, 200);
    const QString all = names.join(u'\n');
    QVERIFY(all.contains(QStringLiteral("pi-7, Raspberry Pi")));
    QVERIFY2(all.contains(QStringLiteral("pod in team-a, Running")), qPrintable(all));
    QVERIFY(all.contains(QStringLiteral(", group, ")));
}

void TestTopologyWalk::treeIsMadeWhenAskedFor()
{
    QVERIFY(tree()->childCount() > 0);
    QAccessibleInterface *node = tree()->child(0)->child(0);
    QAccessibleInterface *pod = node->child(0);
    // The same part is the same object, wherever the question comes from.
    const QPoint middle = pod->rect().center();
    QTest::keyClick(m_canvas, Qt::Key_Right);
    QTest::keyClick(m_canvas, Qt::Key_Return);
    settle();
    QCOMPARE(tree()->focusChild(), pod);
    QVERIFY(pod->state().focused);
    QVERIFY(pod->state().selected);
    QVERIFY(!node->state().focused);
    QVERIFY(!middle.isNull());
    const QPoint now = pod->rect().center();
    QCOMPARE(tree()->childAt(now.x(), now.y()), pod);
}

void TestTopologyWalk::stopsAreTold()
{
    QAccessibleInterface *second = tree()->child(0)->child(1);
    second->actionInterface()->doAction(QAccessibleActionInterface::setFocusAction());
    QCOMPARE(m_canvas->currentTile(), m_canvas->scene().layout().order()[1]);
    QVERIFY(m_selection->isEmpty());
    QCOMPARE(tree()->focusChild(), second);
    second->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
    QCOMPARE(m_selection->current(), m_canvas->itemOf(m_canvas->currentStop()));
    QVERIFY(second->state().selected);
}

void TestTopologyWalk::partsOutliveTheirObjects()
{
    QAccessibleInterface *node = tree()->child(0)->child(0);
    QAccessibleInterface *pod = node->child(0);
    const Stop tile = stopAtTile(m_canvas->scene(), m_canvas->scene().layout().order().front());
    const int cell = occupiedCells(m_canvas->scene().tile(tile.tile)).front();
    const models::Item item = m_canvas->itemOf({tile.group, tile.tile, cell});
    m_fleet.pods.remove(item.uid);
    m_page->apply(m_fleet.publish());
    QVERIFY(!pod->isValid());
    QVERIFY(pod->state().invalid);
    QVERIFY(pod->text(QAccessible::Name).isEmpty());
    QVERIFY(node->isValid());
    // Another group, the same tile.
    m_canvas->setGrouping(Grouping::Role);
    QVERIFY(node->isValid());
    QVERIFY(node->parent()->indexOfChild(node) >= 0);
    m_page->reset(nullptr);
    QVERIFY(!node->isValid());
}

QTEST_MAIN(TestTopologyWalk)
#include "tst_topologywalk.moc"
