// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topology/camera.h"
#include "ui/topology/layout.h"
#include "ui/topology/naturalorder.h"
#include "ui/topology/tilecells.h"

#include <QTest>

#include <random>
#include <set>

using namespace kdra;
using namespace kdra::ui;

class TestTopologyLayout : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void ordersNaturally_data();
    void ordersNaturally();
    void cellsKeepTheirPlace();
    void packsWithoutOverlap_data();
    void packsWithoutOverlap();
    void doesNotDependOnTheOrderOfTheInput();
    void ordersKindsAndNamesInAGroup();
    void findsWhatIsAtAPoint();
    void findsWhatIsInARectangle();
    void walksToNeighbours();
    void fillsTheWindow();
    void keepsCellsInsideTheirTile();
    void shrinksCellsOfAnOverfullTileOnly();
    void zoomsAtThePointer();
    void flightsEnd();
};

static LayoutInput fleet(int groups, int tiles)
{
    LayoutInput input;
    for (int g = 0; g < groups; ++g)
        input.groups.push_back({QStringLiteral("site-%1").arg(g), 0});
    for (int t = 0; t < tiles; ++t) {
        const TileKind kind = t % 7 == 0 ? TileKind::ControlPlane : t % 3 == 0 ? TileKind::Server : TileKind::Pi;
        input.tiles.push_back({QStringLiteral("node-%1").arg(t), t % groups, kind});
    }
    return input;
}

void TestTopologyLayout::ordersNaturally_data()
{
    QTest::addColumn<QString>("smaller");
    QTest::addColumn<QString>("larger");
    QTest::newRow("numbers") << QStringLiteral("pi-2") << QStringLiteral("pi-10");
    QTest::newRow("zeros") << QStringLiteral("pi-007") << QStringLiteral("pi-10");
    QTest::newRow("prefix") << QStringLiteral("pi") << QStringLiteral("pi-1");
    QTest::newRow("text") << QStringLiteral("alpha-9") << QStringLiteral("beta-1");
    QTest::newRow("equal but for zeros") << QStringLiteral("pi-01") << QStringLiteral("pi-1");
    QTest::newRow("number before text") << QStringLiteral("pi-1-a") << QStringLiteral("pi-1-b");
    QTest::newRow("beyond 64 bits") << QStringLiteral("n99999999999999999999")
                                    << QStringLiteral("n100000000000000000000");
}

void TestTopologyLayout::ordersNaturally()
{
    QFETCH(QString, smaller);
    QFETCH(QString, larger);
    QVERIFY(naturalLess(smaller, larger));
    QVERIFY(!naturalLess(larger, smaller));
    QVERIFY(!naturalLess(smaller, smaller));
}

void TestTopologyLayout::cellsKeepTheirPlace()
{
    TileCells cells;
    std::map<store::Slot, int> places;
    std::mt19937 random(7);
    store::Slot next = 0;
    for (int i = 0; i < 5000; ++i) {
        if (places.empty() || random() % 5 < 3) {
            const int cell = cells.add(next);
            for (const auto &[pod, place] : places)
                QVERIFY(place != cell);
            // The lowest free cell is taken.
            QVERIFY(cell <= static_cast<int>(places.size()));
            places[next++] = cell;
        } else {
            auto it = places.begin();
            std::advance(it, random() % places.size());
            cells.remove(it->second);
            places.erase(it);
        }
        if (places.size() > 60) {
            cells.remove(places.begin()->second);
            places.erase(places.begin());
        }
        QCOMPARE(cells.count(), static_cast<int>(places.size()));
        for (const auto &[pod, place] : places)
            QCOMPARE(cells.podAt(place), pod);
    }
    QVERIFY(cells.used() <= 61);
}

void TestTopologyLayout::packsWithoutOverlap_data()
{
    QTest::addColumn<int>("groups");
    QTest::addColumn<int>("tiles");
    QTest::addColumn<double>("aspect");
    for (const int groups : {1, 3, 17, 400}) {
        for (const int tiles : {1, 24, 500, 5000}) {
            for (const double aspect : {0.5, 1.0, 1.78, 3.0}) {
                if (groups <= tiles)
                    QTest::addRow("%d groups, %d tiles, %.2f", groups, tiles, aspect) << groups << tiles << aspect;
            }
        }
    }
}

void TestTopologyLayout::packsWithoutOverlap()
{
    QFETCH(int, groups);
    QFETCH(int, tiles);
    QFETCH(double, aspect);
    LayoutInput input = fleet(groups, tiles);
    input.aspect = aspect;
    const Layout layout = Layout::build(input);
    QCOMPARE(static_cast<int>(layout.order().size()), tiles);
    for (int a = 0; a < groups; ++a) {
        QVERIFY(layout.bounds().adjusted(-0.01, -0.01, 0.01, 0.01).contains(layout.groupRect(a)));
        for (int b = a + 1; b < groups; ++b)
            QVERIFY(!layout.groupRect(a).intersects(layout.groupRect(b)));
    }
    std::set<std::pair<double, double>> places;
    for (int t = 0; t < tiles; ++t) {
        const QRectF rect = layout.tileRect(t);
        QVERIFY(layout.groupRect(layout.tileGroup(t)).contains(rect));
        QVERIFY(places.insert({rect.x(), rect.y()}).second);
    }
}

void TestTopologyLayout::doesNotDependOnTheOrderOfTheInput()
{
    LayoutInput input = fleet(9, 300);
    const Layout layout = Layout::build(input);
    LayoutInput shuffled = input;
    std::vector<int> groups(input.groups.size());
    for (size_t i = 0; i < groups.size(); ++i)
        groups[i] = static_cast<int>((i * 4 + 1) % groups.size());
    for (size_t i = 0; i < groups.size(); ++i)
        shuffled.groups[static_cast<size_t>(groups[i])] = input.groups[i];
    std::vector<size_t> tiles(input.tiles.size());
    for (size_t i = 0; i < tiles.size(); ++i)
        tiles[i] = i;
    std::ranges::shuffle(tiles, std::mt19937(3));
    for (size_t i = 0; i < tiles.size(); ++i) {
        shuffled.tiles[tiles[i]] = input.tiles[i];
        shuffled.tiles[tiles[i]].group = groups[static_cast<size_t>(input.tiles[i].group)];
    }
    const Layout other = Layout::build(shuffled);
    for (size_t i = 0; i < tiles.size(); ++i)
        QCOMPARE(other.tileRect(static_cast<int>(tiles[i])), layout.tileRect(static_cast<int>(i)));
}

void TestTopologyLayout::ordersKindsAndNamesInAGroup()
{
    LayoutInput input;
    input.groups = {{QStringLiteral("a"), 0}};
    input.tiles = {{QStringLiteral("pi-10"), 0, TileKind::Pi}, {QStringLiteral("pi-9"), 0, TileKind::Pi},
        {QStringLiteral("rack-1"), 0, TileKind::Server}, {QStringLiteral("zz"), 0, TileKind::ControlPlane}};
    QCOMPARE(Layout::build(input).order(), (std::vector{3, 2, 1, 0}));
}

void TestTopologyLayout::findsWhatIsAtAPoint()
{
    const Layout layout = Layout::build(fleet(23, 800));
    for (int t = 0; t < layout.tileCount(); ++t) {
        const QRectF rect = layout.tileRect(t);
        for (const QPointF point :
            {rect.center(), rect.topLeft() + QPointF(1, 1), rect.bottomRight() - QPointF(1, 1)}) {
            QCOMPARE(layout.tileAt(point), t);
            QCOMPARE(layout.groupAt(point), layout.tileGroup(t));
        }
        QVERIFY(layout.tileAt(rect.topLeft() - QPointF(2, 2)) != t);
    }
    for (int g = 0; g < layout.groupCount(); ++g) {
        QCOMPARE(layout.groupAt(layout.groupRect(g).topLeft() + QPointF(3, 3)), g);
        QCOMPARE(layout.tileAt(layout.groupRect(g).topLeft() + QPointF(3, 3)), -1);
    }
    QCOMPARE(layout.groupAt({-10, -10}), -1);
    QCOMPARE(layout.tileAt({1e9, 1e9}), -1);
}

void TestTopologyLayout::findsWhatIsInARectangle()
{
    const Layout layout = Layout::build(fleet(23, 800));
    std::mt19937 random(5);
    std::uniform_real_distribution<double> share(0, 1);
    for (int i = 0; i < 200; ++i) {
        const QRectF rect(share(random) * layout.bounds().width(), share(random) * layout.bounds().height(),
            share(random) * 900, share(random) * 700);
        std::set<int> found;
        layout.forTilesIn(rect, [&](int tile) { QVERIFY(found.insert(tile).second); });
        for (int t = 0; t < layout.tileCount(); ++t) {
            if (layout.tileRect(t).intersects(rect))
                QVERIFY(found.contains(t));
        }
    }
}

void TestTopologyLayout::walksToNeighbours()
{
    LayoutInput input;
    input.groups = {{QStringLiteral("a"), 0}};
    input.aspect = 1.5;
    for (int i = 0; i < 24; ++i)
        input.tiles.push_back({QStringLiteral("n%1").arg(i), 0, TileKind::Server});
    const Layout layout = Layout::build(input);
    // Right along a row, then down and back left and up: where it began.
    QVERIFY(layout.tileRect(1).left() > layout.tileRect(0).left());
    QCOMPARE(layout.neighbour(0, 1, 0), 1);
    const int below = layout.neighbour(1, 0, 1);
    QCOMPARE(layout.tileRect(below).left(), layout.tileRect(1).left());
    QCOMPARE(layout.neighbour(layout.neighbour(below, -1, 0), 0, -1), 0);
    QCOMPARE(layout.neighbour(0, -1, 0), 0);
    QCOMPARE(layout.neighbour(0, 0, -1), 0);
}

// The packing uses the shape of the window: little of it is wasted.
void TestTopologyLayout::fillsTheWindow()
{
    for (const double aspect : {0.8, 1.6, 2.4}) {
        LayoutInput input = fleet(12, 600);
        input.aspect = aspect;
        const QSizeF size = Layout::build(input).bounds().size();
        const double shape = size.width() / size.height();
        QVERIFY2(shape > aspect * 0.7 && shape < aspect * 1.4, qPrintable(QString::number(shape)));
    }
}

void TestTopologyLayout::keepsCellsInsideTheirTile()
{
    const Layout layout = Layout::build(fleet(3, 30));
    for (const double scale : {0.08, 0.2, 0.45, 0.6, 1.0, 2.5, 9.0, 24.0}) {
        for (const int used : {1, 20, 110, 400}) {
            for (int t = 0; t < layout.tileCount(); ++t) {
                const CellGrid grid = layout.cells(t, used, scale);
                QVERIFY(grid.columns * grid.rows >= used);
                for (int cell = 0; cell < used; ++cell) {
                    QVERIFY(layout.tileRect(t).contains(grid.rect(cell)));
                    QCOMPARE(grid.cellAt(grid.rect(cell).center()), cell);
                }
                QCOMPARE(grid.cellAt(layout.tileRect(t).topLeft() - QPointF(1, 1)), -1);
            }
        }
    }
}

void TestTopologyLayout::shrinksCellsOfAnOverfullTileOnly()
{
    const Layout layout = Layout::build(fleet(1, 3));
    const CellGrid usual = layout.cells(1, 10, 1);
    QCOMPARE(layout.cells(1, 24, 1).pitchX, usual.pitchX);
    QVERIFY(layout.cells(1, 80, 1).pitchX < usual.pitchX);
}

void TestTopologyLayout::zoomsAtThePointer()
{
    Camera camera;
    camera.setWindow({1000, 800});
    camera.setWorld({0, 0, 2000, 1500}, {10, 10, 10, 10});
    camera.set(camera.framingAll());
    const Camera::Time start{};
    const QPointF pointer(420, 333);
    const QPointF world = camera.view().toWorld(pointer);
    camera.zoomAt(pointer, 1.25, start);
    for (int i = 0; i <= 12; ++i) {
        camera.advance(start + std::chrono::milliseconds(i * 10));
        QVERIFY(QLineF(camera.view().toWindow(world), pointer).length() < 1e-6);
    }
    QVERIFY(!camera.isMoving());
}

void TestTopologyLayout::flightsEnd()
{
    Camera camera;
    camera.setWindow({1000, 800});
    camera.setWorld({0, 0, 2000, 1500}, {});
    camera.set(camera.framingAll());
    const Camera::Time start{};
    const View goal = camera.framing({100, 100, 200, 60}, Camera::maxScale);
    camera.flyTo(goal, start);
    QVERIFY(camera.advance(start + std::chrono::milliseconds(50)));
    QVERIFY(!camera.advance(start + std::chrono::seconds(1)));
    QCOMPARE(camera.view(), goal);
    QVERIFY(!camera.advance(start + std::chrono::seconds(2)));
}

QTEST_APPLESS_MAIN(TestTopologyLayout)
#include "tst_topologylayout.moc"
