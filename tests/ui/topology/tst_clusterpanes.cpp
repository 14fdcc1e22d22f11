// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/topology/fleet.h"
#include "ui/topology/clusterpanes.h"
#include "ui/topology/panegrid.h"
#include "ui/topology/topologypage.h"

#include <QLabel>
#include <QSignalSpy>
#include <QTest>

using namespace kdra;
using namespace kdra::ui;
using tests::Fleet;

// The topology page with several clusters, without any connection: states, snapshots and batches are written by hand.
class TestClusterPanes : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void panesFillTheArea_data();
    void panesFillTheArea();
    void oneClusterHasNoPanes();
    void eachShowsItsOwn();
    void aBatchPaintsItsPaneOnly();
    void aClickTurnsToTheClusterAndSelects();
    void draggingDoesNotTurn();
    void theKeyboardTurnsToTheCluster();
    void turningKeepsTheView();
    void hiddenPanesTakeNothingIn();
    void groupingSearchAndRelationsAreShared();
    void aGroupingUnderWaySurvivesTurning();
    void staleIsSaid();
    void closingGoesBack();
    void notConnectedSaysWhy();

private:
    ClusterState stateOf(int id) const;
    QList<ClusterState> states() const;
    void showAll();
    void publish(int id);
    Canvas &canvas(int id) { return *m_page->panes()->canvasOf(id); }
    int tileOf(int id, const QString &name);
    QString headerOf(int id) { return m_page->panes()->headerOf(id)->accessibleName(); }

    Theme m_theme;
    std::unique_ptr<models::Selection> m_selection;
    std::unique_ptr<TopologyPage> m_page;
    std::array<Fleet, 3> m_fleets; // of the clusters 1 to 3
};

void TestClusterPanes::init()
{
    m_theme.setScheme(Theme::Scheme::Dark);
    m_selection = std::make_unique<models::Selection>();
    m_page = std::make_unique<TopologyPage>(m_theme, *m_selection);
    m_page->resize(1200, 800);
    m_fleets = {};
    for (int i = 0; i < 3; ++i) {
        Fleet &fleet = m_fleets[size_t(i)];
        const std::string prefix(1, char('a' + i));
        for (int node = 1; node <= 4 + i; ++node)
            fleet.addNode(prefix + "-node-" + std::to_string(node), "Site");
        for (int pod = 0; pod < 10 * (i + 1); ++pod)
            fleet.addPod(prefix + "-pod-" + std::to_string(pod), prefix + "-node-1",
                pod < i ? store::Severity::Failing : store::Severity::Healthy);
        fleet.publish();
    }
    m_page->reset(m_fleets[0].snapshot);
    m_page->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_page.get(), 30000));
    // As the session does it: another cluster is current once the user has turned to it.
    connect(
        m_page.get(), &TopologyPage::clusterActivated, m_page.get(), [this](int id, const QList<models::Item> &items) {
            m_selection->clear();
            QVERIFY(m_page->switchTo(id));
            m_selection->set(items);
        });
}

void TestClusterPanes::cleanup()
{
    m_page.reset();
    m_selection.reset();
}

ClusterState TestClusterPanes::stateOf(int id) const
{
    ClusterState state;
    state.id = id;
    state.name = QStringLiteral("cluster %1").arg(id);
    state.connection = store::ClusterStore::Connection::Connected;
    state.snapshot = m_fleets[size_t(id - 1)].snapshot;
    return state;
}

QList<ClusterState> TestClusterPanes::states() const
{
    return {stateOf(1), stateOf(2), stateOf(3)};
}

// And waits until each pane shows its cluster.
void TestClusterPanes::showAll()
{
    m_page->setClusters(states(), 1);
    for (int id = 1; id <= 3; ++id)
        QTRY_COMPARE_WITH_TIMEOUT(canvas(id).scene().snapshot(), m_fleets[size_t(id - 1)].snapshot, 30000);
}

void TestClusterPanes::publish(int id)
{
    const store::Batch batch = m_fleets[size_t(id - 1)].publish();
    if (!m_page->panes() || m_page->panes()->current() == id)
        m_page->apply(batch);
    m_page->applyBeside(id, batch);
}

int TestClusterPanes::tileOf(int id, const QString &name)
{
    const auto &tiles = canvas(id).scene().tiles();
    const auto it = std::ranges::find(tiles, name, &NodeTile::name);
    return it == tiles.end() ? -1 : int(it - tiles.begin());
}

void TestClusterPanes::panesFillTheArea_data()
{
    QTest::addColumn<int>("count");
    QTest::addColumn<QSize>("size");
    QTest::addColumn<QList<int>>("rows"); // panes of each
    const QSize wide(1300, 800);
    QTest::newRow("1") << 1 << wide << QList<int>{1};
    QTest::newRow("2 wide") << 2 << wide << QList<int>{2};
    QTest::newRow("2 high") << 2 << QSize(600, 1000) << QList<int>{1, 1};
    QTest::newRow("3 wide") << 3 << wide << QList<int>{2, 1};
    QTest::newRow("3 flat") << 3 << QSize(1900, 500) << QList<int>{3};
    QTest::newRow("4") << 4 << wide << QList<int>{2, 2};
    QTest::newRow("5") << 5 << wide << QList<int>{3, 2};
    QTest::newRow("12") << 12 << wide << QList<int>{4, 4, 4};
}

void TestClusterPanes::panesFillTheArea()
{
    QFETCH(int, count);
    QFETCH(QSize, size);
    QFETCH(QList<int>, rows);
    const QRect area(QPoint(7, 11), size);
    const QList<QRect> panes = packPanes(count, area, 8);
    QCOMPARE(panes.size(), count);
    QMap<int, int> byTop;
    QRect all;
    for (const QRect &pane : panes) {
        ++byTop[pane.top()];
        all |= pane;
        for (const QRect &other : panes)
            QVERIFY(pane == other || !pane.adjusted(-7, -7, 7, 7).intersects(other));
    }
    QCOMPARE(byTop.values(), rows);
    QCOMPARE(all, area);
}

void TestClusterPanes::oneClusterHasNoPanes()
{
    m_page->setClusters({stateOf(1)}, 1);
    QVERIFY(!m_page->panes());
    QCOMPARE(m_page->findChildren<Canvas *>().size(), 1);
    QCOMPARE(m_page->canvas().geometry(), m_page->rect());
    QVERIFY(!m_page->switchTo(1));
}

void TestClusterPanes::eachShowsItsOwn()
{
    showAll();
    QCOMPARE(m_page->findChildren<Canvas *>().size(), 3);
    QCOMPARE(&canvas(1), &m_page->canvas());
    for (int id = 1; id <= 3; ++id) {
        QVERIFY(canvas(id).isVisible());
        QCOMPARE(canvas(id).scene().snapshot(), m_fleets[size_t(id - 1)].snapshot);
        QVERIFY(tileOf(id, QStringLiteral("%1-node-1").arg(QChar(u'a' + id - 1))) >= 0);
        QVERIFY(canvas(id).accessibleName().contains(QStringLiteral("cluster %1").arg(id)));
        QVERIFY2(headerOf(id).contains(QStringLiteral("cluster %1").arg(id)), qPrintable(headerOf(id)));
        QVERIFY2(headerOf(id).contains(QStringLiteral("%1 pod").arg(10 * id)), qPrintable(headerOf(id)));
        QCOMPARE(headerOf(id).contains(QStringLiteral("%1 failing").arg(id - 1)), id > 1);
        for (int other = 1; other < id; ++other)
            QVERIFY(!canvas(id)
                    .geometry()
                    .translated(id == 1 ? QPoint() : m_page->panes()->pos())
                    .intersects(canvas(other).geometry().translated(other == 1 ? QPoint() : m_page->panes()->pos())));
    }
}

void TestClusterPanes::aBatchPaintsItsPaneOnly()
{
    showAll();
    std::array<int, 4> paints{};
    for (int id = 1; id <= 3; ++id)
        connect(&canvas(id), &Canvas::painted, m_page.get(), [&paints, id] { ++paints[size_t(id)]; });
    for (int id = 1; id <= 3; ++id)
        canvas(id).update();
    // All are painted once, and come to rest.
    QTRY_VERIFY_WITH_TIMEOUT(
        std::ranges::all_of(paints.begin() + 1, paints.end(), [](int count) { return count > 0; }), 30000);
    const auto rests = [this](int id) { return !canvas(id).camera().isMoving() && canvas(id).isSharp(); };
    QTRY_VERIFY_WITH_TIMEOUT(rests(1) && rests(2) && rests(3), 30000);
    QCoreApplication::processEvents();
    paints = {};
    const int before = canvas(2).scene().tile(tileOf(2, QStringLiteral("b-node-2"))).cells.count();
    m_fleets[1].addPod("b-new", "b-node-2", store::Severity::Failing);
    publish(2);
    QTRY_VERIFY_WITH_TIMEOUT(paints[2] > 0, 30000);
    QCOMPARE(paints[1], 0);
    QCOMPARE(paints[3], 0);
    QCOMPARE(canvas(2).scene().tile(tileOf(2, QStringLiteral("b-node-2"))).cells.count(), before + 1);
    QVERIFY2(headerOf(2).contains(QLatin1StringView("2 failing")), qPrintable(headerOf(2)));
    QVERIFY2(headerOf(2).contains(QLatin1StringView("21 pod")), qPrintable(headerOf(2)));
}

void TestClusterPanes::aClickTurnsToTheClusterAndSelects()
{
    showAll();
    QSignalSpy activated(m_page.get(), &TopologyPage::clusterActivated);
    const int tile = tileOf(2, QStringLiteral("b-node-3"));
    const store::Uid uid = canvas(2).scene().tile(tile).uid;
    const QRect place = canvas(2).geometry().translated(m_page->panes()->pos());
    QTest::mouseClick(&canvas(2), Qt::LeftButton, {}, canvas(2).tileOnScreen(tile).topLeft() + QPoint(6, 4));
    QTRY_COMPARE_WITH_TIMEOUT(activated.count(), 1, 30000);
    QCOMPARE(m_page->panes()->current(), 2);
    QCOMPARE(&canvas(2), &m_page->canvas());
    QCOMPARE(m_page->canvas().geometry(), place);
    QCOMPARE(m_selection->items(), QList<models::Item>({{store::Kind::Node, uid}}));
    QCOMPARE(canvas(1).scene().snapshot(), m_fleets[0].snapshot);
    QVERIFY(canvas(1).selection().isEmpty());
    QVERIFY(headerOf(2).startsWith(QLatin1StringView("Current")));
    QVERIFY(!headerOf(1).startsWith(QLatin1StringView("Current")));
    QCOMPARE(m_page->canvas().accessibleName().contains(QLatin1StringView("cluster 2")), true);
    // Both go on living where they are now.
    m_fleets[0].addPod("a-new", "a-node-4");
    publish(1);
    QCOMPARE(canvas(1).scene().podCount(), 11u);
    m_fleets[1].addPod("b-new", "b-node-4");
    publish(2);
    QCOMPARE(canvas(2).scene().podCount(), 21u);
    // Where there is nothing, and on the header.
    QTest::mouseClick(&canvas(3), Qt::LeftButton, {}, {3, 3});
    QTRY_COMPARE_WITH_TIMEOUT(m_page->panes()->current(), 3, 30000);
    QVERIFY(m_selection->isEmpty());
    QTest::mouseClick(m_page->panes()->headerOf(1), Qt::LeftButton);
    QCOMPARE(m_page->panes()->current(), 1);
}

void TestClusterPanes::draggingDoesNotTurn()
{
    showAll();
    canvas(2).zoomBy(2);
    QTRY_VERIFY_WITH_TIMEOUT(!canvas(2).camera().isMoving(), 30000);
    const QPointF before = canvas(2).camera().view().offset;
    const QPoint middle = canvas(2).rect().center();
    QTest::mousePress(&canvas(2), Qt::LeftButton, {}, middle);
    QTest::mouseMove(&canvas(2), middle + QPoint(40, 20));
    QTest::mouseRelease(&canvas(2), Qt::LeftButton, {}, middle + QPoint(40, 20));
    QCoreApplication::processEvents();
    QVERIFY(canvas(2).camera().view().offset != before);
    QCOMPARE(m_page->panes()->current(), 1);
}

void TestClusterPanes::theKeyboardTurnsToTheCluster()
{
    showAll();
    m_page->activateWindow();
    canvas(2).setFocus();
    QTest::keyClick(&canvas(2), Qt::Key_Right);
    QTRY_COMPARE_WITH_TIMEOUT(m_page->panes()->current(), 2, 30000);
    QCOMPARE(m_selection->items().size(), 1);
    QCOMPARE(m_selection->current(), canvas(2).itemOf(canvas(2).currentStop()));
    QTRY_VERIFY_WITH_TIMEOUT(m_page->canvas().hasFocus(), 30000);
    // The walk goes on where it was.
    const Stop stop = canvas(2).currentStop();
    QTest::keyClick(&m_page->canvas(), Qt::Key_Return);
    QVERIFY(canvas(2).currentStop() != stop);
    QCOMPARE(m_page->panes()->current(), 2);
}

void TestClusterPanes::turningKeepsTheView()
{
    showAll();
    canvas(2).frameTile(tileOf(2, QStringLiteral("b-node-2")));
    QTRY_VERIFY_WITH_TIMEOUT(!canvas(2).camera().isMoving(), 30000);
    const View zoomed = canvas(2).camera().view();
    const View first = canvas(1).camera().view();
    QVERIFY(m_page->switchTo(2));
    QCOMPARE(canvas(2).camera().view().scale, zoomed.scale);
    QCOMPARE(canvas(2).camera().view().offset, zoomed.offset);
    QVERIFY(!canvas(2).followsAll());
    QVERIFY(canvas(1).followsAll());
    QCOMPARE(canvas(1).camera().view().scale, first.scale);
}

void TestClusterPanes::hiddenPanesTakeNothingIn()
{
    showAll();
    const store::SnapshotPtr before = canvas(2).scene().snapshot();
    m_page->hide();
    m_fleets[1].addPod("b-new", "b-node-2", store::Severity::Failing);
    publish(2);
    publish(2);
    QCOMPARE(canvas(2).scene().snapshot(), before);
    m_page->show();
    QTRY_COMPARE_WITH_TIMEOUT(canvas(2).scene().snapshot(), m_fleets[1].snapshot, 30000);
    QVERIFY2(headerOf(2).contains(QLatin1StringView("2 failing")), qPrintable(headerOf(2)));
    // Turned to while hidden: the main canvas does not show what was.
    m_page->hide();
    m_fleets[2].addPod("c-new", "c-node-2");
    publish(3);
    QVERIFY(m_page->switchTo(3));
    QCOMPARE(m_page->canvas().scene().snapshot(), m_fleets[2].snapshot);
}

void TestClusterPanes::groupingSearchAndRelationsAreShared()
{
    showAll();
    canvas(1).setGrouping(Grouping::Role);
    for (int id = 2; id <= 3; ++id)
        QCOMPARE(canvas(id).scene().grouping(), Grouping::Role);
    canvas(1).setSearch(QStringLiteral("node-2"));
    QCOMPARE(canvas(3).searchResult().nodes, 1);
    // Typed into another pane it is everybody's, too.
    QTest::keyClick(&canvas(3), Qt::Key_Backspace);
    QCOMPARE(canvas(1).searchText(), QStringLiteral("node-"));
    QCOMPARE(canvas(2).searchResult().nodes, 5);
    canvas(2).setRelationsShown(false);
    QVERIFY(!canvas(1).relationsShown());
    QVERIFY(!canvas(3).relationsShown());
    // One that is opened later follows as well.
    m_page->setClusters({stateOf(1), stateOf(2)}, 1);
    showAll();
    QCOMPARE(canvas(3).scene().grouping(), Grouping::Role);
    QCOMPARE(canvas(3).searchText(), QStringLiteral("node-"));
    QVERIFY(!canvas(3).relationsShown());
}

void TestClusterPanes::aGroupingUnderWaySurvivesTurning()
{
    showAll();
    m_page->canvas().setGrouping(Grouping::Namespace);
    QVERIFY(m_page->switchTo(2));
    for (int id = 1; id <= 3; ++id) {
        QTRY_COMPARE_WITH_TIMEOUT(canvas(id).scene().grouping(), Grouping::Namespace, 30000);
        QCOMPARE(canvas(id).scene().podCount(), quint32(10 * id));
    }
}

void TestClusterPanes::staleIsSaid()
{
    showAll();
    QVERIFY2(headerOf(2).contains(QLatin1StringView("Live")), qPrintable(headerOf(2)));
    const auto heard = std::chrono::steady_clock::now() - std::chrono::minutes(5);
    for (store::KindState &state : m_fleets[1].states) {
        state.phase = store::KindPhase::Stale;
        state.lastHeard = heard;
    }
    publish(2);
    QVERIFY2(headerOf(2).contains(QLatin1StringView("Disconnected, 5 m old")), qPrintable(headerOf(2)));
    QVERIFY(headerOf(1).contains(QLatin1StringView("Live")));
    QVERIFY(canvas(2).scene().podsStale() && canvas(2).scene().nodesStale());
    QVERIFY(!canvas(1).scene().podsStale());
    // Part of it only.
    m_fleets[1].states[size_t(store::Kind::Node)].phase = store::KindPhase::Live;
    publish(2);
    QVERIFY2(headerOf(2).contains(QLatin1StringView("5 m old")), qPrintable(headerOf(2)));
    QVERIFY(!headerOf(2).contains(QLatin1StringView("Disconnected")));
}

void TestClusterPanes::closingGoesBack()
{
    const QMarginsF margins = m_page->canvas().overlayMargins();
    showAll();
    QVERIFY(m_page->switchTo(3));
    m_page->setClusters({stateOf(1), stateOf(3)}, 3);
    QCOMPARE(m_page->findChildren<Canvas *>().size(), 2);
    // As the session closes the current one: turns away first.
    QVERIFY(m_page->switchTo(1));
    m_page->setClusters({stateOf(1)}, 1);
    QVERIFY(!m_page->panes());
    QCOMPARE(m_page->findChildren<Canvas *>().size(), 1);
    QCOMPARE(m_page->canvas().scene().snapshot(), m_fleets[0].snapshot);
    QCOMPARE(m_page->canvas().geometry(), m_page->rect());
    QCOMPARE(m_page->canvas().overlayMargins(), margins);
    QVERIFY(!m_page->canvas().accessibleName().contains(QLatin1StringView("cluster")));
}

void TestClusterPanes::notConnectedSaysWhy()
{
    ClusterState broken = stateOf(2);
    broken.connection = store::ClusterStore::Connection::Failed;
    broken.error = Error();
    broken.error->what = QStringLiteral("Nobody answers at 10.0.0.7.");
    broken.snapshot = std::make_shared<store::Snapshot>();
    m_page->setClusters({stateOf(1), broken}, 1);
    QVERIFY2(headerOf(2).contains(QLatin1StringView("Not connected")), qPrintable(headerOf(2)));
    const auto labels = m_page->panes()->findChildren<QLabel *>();
    QVERIFY(std::ranges::any_of(labels, [](const QLabel *label) {
        return label->isVisible() && label->text().contains(QLatin1StringView("Nobody answers at 10.0.0.7."));
    }));
    // It comes up after all.
    broken.connection = store::ClusterStore::Connection::Connected;
    broken.error.reset();
    m_page->setClusters({stateOf(1), broken}, 1);
    publish(2);
    QVERIFY2(headerOf(2).contains(QLatin1StringView("Live")), qPrintable(headerOf(2)));
    QVERIFY(std::ranges::none_of(labels, [](const QLabel *label) {
        return label->isVisible() && label->text().contains(QLatin1StringView("Connecting"));
    }));
    QCOMPARE(canvas(2).scene().podCount(), 20u);
}

QTEST_MAIN(TestClusterPanes)
#include "tst_clusterpanes.moc"
