// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/topology/fleet.h"
#include "ui/topology/canvas.h"
#include "ui/topology/legendchip.h"
#include "ui/topology/topologypage.h"

#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QWheelEvent>

#include <set>

using namespace kdra;
using namespace kdra::ui;
using tests::Fleet;

class TestTopologyCanvas : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void paintsAtEveryScale_data();
    void paintsAtEveryScale();
    void becomesSharpHoweverSlow();
    void restsWhereNobodySeesIt();
    void partsEqualTheWhole();
    void wheelZoomsAtThePointer();
    void dragPans();
    void clickSelects();
    void controlClickAdds();
    void doubleClickFrames();
    void keysWalkAndSelect();
    void keysZoomAndFrame();
    void typingSearches();
    void idlePaintsNothing();
    void aChangePaintsItsTileOnly();
    void selectionFromElsewhereIsShown();
    void minimapMovesTheView();
    void overlaysByKey();
    void alertsStayWhileTilesChange();
    void legendFiltersByMouse();
    void legendFiltersByKey();

private:
    QPoint middleOf(int tile) const { return m_page->canvas().tileOnScreen(tile).center(); }
    int tile(const QString &name) const;
    QImage shot() { return m_page->canvas().grab().toImage(); }
    void settle();

    Theme m_theme;
    std::unique_ptr<models::Selection> m_selection;
    std::unique_ptr<TopologyPage> m_page;
    Canvas *m_canvas = nullptr;
    Fleet m_fleet;
};

void TestTopologyCanvas::init()
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

void TestTopologyCanvas::cleanup()
{
    m_page.reset();
    m_selection.reset();
}

// Until no movement is under way and everything asked for has been painted.
void TestTopologyCanvas::settle()
{
    QTRY_VERIFY_WITH_TIMEOUT(!m_canvas->camera().isMoving(), 30000);
    QSignalSpy painted(m_canvas, &Canvas::painted);
    m_canvas->update();
    QTRY_VERIFY_WITH_TIMEOUT(!painted.isEmpty() && m_canvas->isSharp(), 30000);
    QCoreApplication::processEvents();
}

int TestTopologyCanvas::tile(const QString &name) const
{
    const auto &tiles = m_canvas->scene().tiles();
    const auto it = std::ranges::find_if(tiles, [&](const NodeTile &one) { return one.shown && one.name == name; });
    return it == tiles.end() ? -1 : static_cast<int>(it - tiles.begin());
}

void TestTopologyCanvas::paintsAtEveryScale_data()
{
    QTest::addColumn<bool>("dark");
    QTest::addColumn<double>("scale");
    for (const bool dark : {true, false}) {
        for (const double scale : {0.1, 0.4, 0.6, 1.0, 3.0, 10.0})
            QTest::addRow("%s %.1f", dark ? "dark" : "light", scale) << dark << scale;
    }
}

void TestTopologyCanvas::paintsAtEveryScale()
{
    QFETCH(bool, dark);
    QFETCH(double, scale);
    m_theme.setScheme(dark ? Theme::Scheme::Dark : Theme::Scheme::Light);
    m_canvas->zoomBy(scale / m_canvas->camera().view().scale);
    settle();
    m_canvas->centreOn(m_canvas->scene().layout().tileRect(tile(QStringLiteral("rack-0"))).center());
    settle();
    const QImage image = shot().convertToFormat(QImage::Format_RGB32);
    std::set<QRgb> colours;
    for (int y = 0; y < image.height(); y += 2) {
        for (int x = 0; x < image.width(); x += 2)
            colours.insert(image.pixel(x, y));
    }
    QVERIFY(colours.contains(m_theme.palette().background.rgb()) || scale >= 3);
    QVERIFY2(colours.size() > 5, qPrintable(QString::number(colours.size())));
    // Cells in the colour of health, whatever the level of detail.
    if (scale < 9)
        QVERIFY(colours.contains(m_theme.palette().healthy.rgb()));
}

// On a machine that paints a picture more slowly than it glides past.
void TestTopologyCanvas::becomesSharpHoweverSlow()
{
    m_canvas->setFrameBudget(std::chrono::microseconds(0));
    for (const double factor : {3.0, 0.2, 5.0}) {
        m_canvas->zoomBy(factor);
        QTRY_VERIFY_WITH_TIMEOUT(!m_canvas->camera().isMoving() && m_canvas->isSharp(), 30000);
    }
}

// Nothing is painted there: that must not be waited for sixty times a second.
void TestTopologyCanvas::restsWhereNobodySeesIt()
{
    struct Ticks : QObject {
        int count = 0;
        bool eventFilter(QObject *, QEvent *event) override
        {
            count += event->type() == QEvent::Timer ? 1 : 0;
            return false;
        }
    } ticks;
    m_page->hide();
    m_canvas->zoomBy(2);
    QTRY_VERIFY_WITH_TIMEOUT(!m_canvas->camera().isMoving(), 30000);
    m_canvas->installEventFilter(&ticks);
    QTest::qWait(300); // that nothing comes can only be seen by waiting; a slow machine cannot make it fail
    QCOMPARE(ticks.count, 0);
    // Back in sight it is what it would be.
    m_page->show();
    QTRY_VERIFY_WITH_TIMEOUT(m_canvas->isSharp(), 30000);
}

// What is painted piece by piece, after changes and moves, is what is painted at once.
void TestTopologyCanvas::partsEqualTheWhole()
{
    for (const double factor : {1.0, 0.35, 6.0}) {
        m_canvas->zoomBy(factor);
        settle();
        for (int i = 0; i < 12; ++i) {
            store::PodRecord pod = *m_fleet.pods.table().at(static_cast<store::Slot>(i * 13));
            pod.meta.severity = static_cast<store::Severity>((int(pod.meta.severity) + 1) % 3);
            m_fleet.put(pod);
            m_page->apply(m_fleet.publish());
            m_canvas->centreOn(m_canvas->scene().layout().bounds().center() + QPointF(i * 17.3, -i * 9.1));
            settle();
        }
        const QImage pieces = shot();
        Q_EMIT m_theme.changed(); // paints all anew
        settle();
        const QImage whole = shot();
        int different = 0;
        for (int y = 0; y < whole.height(); ++y) {
            for (int x = 0; x < whole.width(); ++x)
                different += whole.pixel(x, y) != pieces.pixel(x, y);
        }
        // Antialiased edges on a clip's border may differ by a shade.
        QVERIFY2(different < whole.width() * whole.height() / 2000, qPrintable(QString::number(different)));
    }
}

void TestTopologyCanvas::wheelZoomsAtThePointer()
{
    const QPointF pointer(500, 300);
    const QPointF world = m_canvas->camera().view().toWorld(pointer);
    const double scale = m_canvas->camera().view().scale;
    QWheelEvent wheel(
        pointer, m_canvas->mapToGlobal(pointer), {}, {0, 240}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(m_canvas, &wheel);
    settle();
    QVERIFY(m_canvas->camera().view().scale > scale * 1.4);
    QVERIFY(QLineF(m_canvas->camera().view().toWindow(world), pointer).length() < 1);
}

void TestTopologyCanvas::dragPans()
{
    m_canvas->zoomBy(2);
    settle();
    const QPointF world = m_canvas->camera().view().toWorld(QPointF(600, 400));
    QTest::mousePress(m_canvas, Qt::LeftButton, {}, {600, 400});
    QTest::mouseMove(m_canvas, {640, 420});
    QTest::mouseMove(m_canvas, {700, 460});
    QTest::mouseRelease(m_canvas, Qt::LeftButton, {}, {700, 460});
    QVERIFY(QLineF(m_canvas->camera().view().toWindow(world), QPointF(700, 460)).length() < 1.5);
    QVERIFY(m_selection->isEmpty());
}

void TestTopologyCanvas::clickSelects()
{
    const int rack = tile(QStringLiteral("rack-0"));
    // The head of the tile is the node, a cell is a pod.
    QTest::mouseClick(m_canvas, Qt::LeftButton, {}, m_canvas->tileOnScreen(rack).topLeft() + QPoint(6, 4));
    QCOMPARE(m_selection->current(), (models::Item{store::Kind::Node, m_canvas->scene().tile(rack).uid}));
    const double scale = m_canvas->camera().view().scale;
    const QPointF cell = m_canvas->camera().view().toWindow(m_canvas->scene().cells(rack, scale).rect(0).center());
    QTest::mouseClick(m_canvas, Qt::LeftButton, {}, cell.toPoint());
    QCOMPARE(m_selection->current().kind, store::Kind::Pod);
    QCOMPARE(m_selection->current().uid, m_canvas->scene().podAt({rack, 0})->meta.uid);
    QTest::mouseClick(m_canvas, Qt::LeftButton, {}, {3, 300});
    QVERIFY(m_selection->isEmpty());
}

void TestTopologyCanvas::controlClickAdds()
{
    for (const QString &name : {QStringLiteral("rack-0"), QStringLiteral("rack-1")})
        QTest::mouseClick(
            m_canvas, Qt::LeftButton, Qt::ControlModifier, m_canvas->tileOnScreen(tile(name)).topLeft() + QPoint(6, 4));
    QCOMPARE(m_selection->items().size(), 2);
}

void TestTopologyCanvas::doubleClickFrames()
{
    const int pi = tile(QStringLiteral("pi-1"));
    QTest::mouseDClick(m_canvas, Qt::LeftButton, {}, middleOf(pi));
    settle();
    const QRect shown = m_canvas->tileOnScreen(pi);
    QVERIFY(m_canvas->rect().contains(shown));
    QVERIFY(shown.width() > m_canvas->width() / 2 || shown.height() > m_canvas->height() / 2);
    QTest::mouseRelease(m_canvas, Qt::LeftButton, {}, middleOf(pi));
    QTest::keyClick(m_canvas, Qt::Key_F);
    settle();
    QVERIFY(QRectF(m_canvas->rect()).contains(m_canvas->camera().view().toWindow(m_canvas->scene().layout().bounds())));
}

void TestTopologyCanvas::keysWalkAndSelect()
{
    QSignalSpy inspect(m_page.get(), &TopologyPage::inspectRequested);
    QTest::keyClick(m_canvas, Qt::Key_Return, Qt::ShiftModifier);
    QCOMPARE(inspect.size(), 0);
    QTest::keyClick(m_canvas, Qt::Key_Right);
    const int first = m_canvas->currentTile();
    QCOMPARE(first, m_canvas->scene().layout().order().front());
    QCOMPARE(m_selection->items().size(), 1);
    QTest::keyClick(m_canvas, Qt::Key_Right);
    QVERIFY(m_canvas->currentTile() != first);
    QCOMPARE(m_selection->current().uid, m_canvas->scene().tile(m_canvas->currentTile()).uid);
    QTest::keyClick(m_canvas, Qt::Key_Space);
    QVERIFY(m_selection->isEmpty());
    QTest::keyClick(m_canvas, Qt::Key_Space);
    QTest::keyClick(m_canvas, Qt::Key_Left, Qt::ControlModifier);
    QCOMPARE(m_canvas->currentTile(), first);
    QTest::keyClick(m_canvas, Qt::Key_Space);
    QCOMPARE(m_selection->items().size(), 2);
    QTest::keyClick(m_canvas, Qt::Key_Return, Qt::ShiftModifier);
    QCOMPARE(inspect.size(), 1);
}

void TestTopologyCanvas::keysZoomAndFrame()
{
    const double scale = m_canvas->camera().view().scale;
    QTest::keyClick(m_canvas, Qt::Key_Plus, Qt::ControlModifier);
    settle();
    QVERIFY(qFuzzyCompare(m_canvas->camera().view().scale, scale * 1.25));
    QTest::keyClick(m_canvas, Qt::Key_Minus, Qt::ControlModifier);
    settle();
    QVERIFY(qFuzzyCompare(m_canvas->camera().view().scale, scale));
    QTest::keyClick(m_canvas, Qt::Key_Plus);
    QTest::keyClick(m_canvas, Qt::Key_0, Qt::ControlModifier);
    settle();
    QVERIFY(qAbs(m_canvas->camera().view().scale - scale) < scale * 0.05);
}

void TestTopologyCanvas::typingSearches()
{
    QTest::keyClicks(m_canvas, QStringLiteral("pi-1"));
    QCOMPARE(m_canvas->searchText(), QStringLiteral("pi-1"));
    QVERIFY(m_canvas->searchResult().nodes > 1);
    settle();
    QVERIFY(m_canvas->tileOnScreen(tile(QStringLiteral("pi-1"))).intersects(m_canvas->rect()));
    QTest::keyClick(m_canvas, Qt::Key_Return);
    QCOMPARE(m_selection->items().size(), 1);
    QTest::keyClick(m_canvas, Qt::Key_Backspace);
    QCOMPARE(m_canvas->searchText(), QStringLiteral("pi-"));
    QTest::keyClick(m_canvas, Qt::Key_Escape);
    QVERIFY(m_canvas->searchText().isEmpty());
    // F is a command, unless a search has begun.
    QTest::keyClick(m_canvas, Qt::Key_F);
    QVERIFY(m_canvas->searchText().isEmpty());
    QTest::keyClicks(m_canvas, QStringLiteral("/f"));
    QCOMPARE(m_canvas->searchText(), QStringLiteral("/f"));
    QTest::keyClick(m_canvas, Qt::Key_Escape);
}

void TestTopologyCanvas::idlePaintsNothing()
{
    m_page->apply(m_fleet.publish());
    settle();
    QSignalSpy painted(m_canvas, &Canvas::painted);
    // A batch of what the canvas does not show, and time going by.
    m_page->apply(m_fleet.publish());
    QVERIFY(!painted.wait(400));
}

void TestTopologyCanvas::aChangePaintsItsTileOnly()
{
    QSignalSpy changed(m_page.get(), &TopologyPage::changePainted);
    QSignalSpy painted(m_page.get(), &TopologyPage::painted);
    store::PodRecord pod = *m_fleet.pods.table().at(0);
    pod.meta.severity = store::Severity::Failing;
    m_fleet.put(pod);
    const store::Batch batch = m_fleet.publish();
    const int changedTile = m_canvas->scene().placeOf(store::Slot(0)).tile;
    const QImage before = shot();
    painted.clear();
    changed.clear();
    m_page->apply(batch);
    QTRY_COMPARE_WITH_TIMEOUT(changed.size(), 1, 30000);
    QCOMPARE(changed.front().front().value<std::chrono::steady_clock::time_point>(), batch.oldestEvent);
    QVERIFY(!painted.isEmpty());
    // The pulse ends, and with it the painting.
    QVERIFY(QTest::qWaitFor([&] { return !painted.wait(100); }, 30000));
    const QImage after = shot();
    QRect area;
    for (int y = 0; y < after.height(); ++y) {
        for (int x = 0; x < after.width(); ++x) {
            if (after.pixel(x, y) != before.pixel(x, y))
                area |= QRect(x, y, 1, 1);
        }
    }
    QVERIFY(!area.isEmpty());
    const QRect group =
        m_canvas->camera()
            .view()
            .toWindow(m_canvas->scene().layout().groupRect(m_canvas->scene().layout().tileGroup(changedTile)))
            .toAlignedRect();
    QVERIFY(group.contains(area));
}

void TestTopologyCanvas::selectionFromElsewhereIsShown()
{
    const QImage before = shot();
    m_selection->set({store::Kind::Node, m_canvas->scene().tile(tile(QStringLiteral("pi-2"))).uid});
    settle();
    QVERIFY(shot() != before);
    const QRect rect = m_canvas->tileOnScreen(tile(QStringLiteral("pi-2")));
    QCOMPARE(shot().pixelColor(rect.center().x(), rect.top() - 2), m_theme.palette().accent);
}

void TestTopologyCanvas::minimapMovesTheView()
{
    m_canvas->zoomBy(4);
    settle();
    QWidget *minimap = nullptr;
    for (QObject *child : m_page->children()) {
        if (child->inherits("kdra::ui::Minimap"))
            minimap = static_cast<QWidget *>(child);
    }
    QVERIFY(minimap);
    QTest::mouseClick(minimap, Qt::LeftButton, {}, minimap->rect().center());
    const QPointF middle = m_canvas->camera().view().toWorld(QPointF(m_canvas->rect().center()));
    QVERIFY(QLineF(middle, m_canvas->scene().layout().bounds().center()).length() < 20);
}

void TestTopologyCanvas::overlaysByKey()
{
    const QImage status = shot();
    QTest::keyClick(m_canvas, Qt::Key_O);
    QCOMPARE(m_canvas->scene().overlay(), Overlay::Cpu);
    QVERIFY(m_canvas->searchText().isEmpty());
    settle();
    QVERIFY(shot() != status);
    const auto *button = m_page->findChild<QToolButton *>(QStringLiteral("overlay"));
    QVERIFY(button->text().contains(overlayName(Overlay::Cpu)));
    const auto chips = m_page->findChildren<LegendChip *>();
    QCOMPARE(chips.size(), stepCount);
    QVERIFY(chips[1]->accessibleName().startsWith(QStringLiteral("< 2 %")));
    QTest::keyClick(m_canvas, Qt::Key_O, Qt::ShiftModifier);
    QCOMPARE(m_canvas->scene().overlay(), Overlay::Status);
    QTest::keyClick(m_canvas, Qt::Key_O, Qt::ShiftModifier);
    QCOMPARE(m_canvas->scene().overlay(), Overlay::Image);
    // A search may contain the letter.
    QTest::keyClicks(m_canvas, QStringLiteral("/po"));
    QCOMPARE(m_canvas->searchText(), QStringLiteral("/po"));
    QTest::keyClick(m_canvas, Qt::Key_Escape);
}

// Another grouping, other tiles: what fires on a node is on its tile again.
void TestTopologyCanvas::alertsStayWhileTilesChange()
{
    const auto node = std::ranges::find_if(
        m_canvas->scene().tiles(), [](const NodeTile &one) { return one.shown && !one.isTray() && one.isKnown(); });
    QVERIFY(node != m_canvas->scene().tiles().end());
    const store::Uid uid = node->uid;
    models::AlertMarks marks;
    marks.objects.insert(uid, {.count = 2, .worst = store::Severity::Failing, .first = {}, .lines = {}});
    m_page->setAlerts(marks);
    QCOMPARE(m_canvas->scene().tile(m_canvas->scene().tileOf(uid)).alerts, 2);
    for (const Grouping grouping : {Grouping::Namespace, Grouping::Site}) {
        QSignalSpy grouped(m_canvas, &Canvas::groupingChanged);
        m_canvas->setGrouping(grouping);
        QTRY_COMPARE_WITH_TIMEOUT(grouped.count(), 1, 30000);
    }
    QCOMPARE(m_canvas->scene().tile(m_canvas->scene().tileOf(uid)).alerts, 2);
}

void TestTopologyCanvas::legendFiltersByMouse()
{
    const auto chips = m_page->findChildren<LegendChip *>();
    const auto failing = static_cast<qsizetype>(store::Severity::Failing);
    const auto warning = static_cast<qsizetype>(store::Severity::Warning);
    const QImage all = shot();
    QTest::mouseClick(chips[failing], Qt::LeftButton);
    QCOMPARE(m_canvas->scene().filter(), Steps(1 << failing));
    QVERIFY(chips[failing]->isChecked());
    QVERIFY(!chips[warning]->isChecked());
    QVERIFY(chips[failing]->accessibleName().endsWith(QStringLiteral("shown")));
    QVERIFY(chips[warning]->accessibleName().endsWith(QStringLiteral("faded")));
    settle();
    // What is healthy has lost its colour.
    std::set<QRgb> colours;
    const QImage filtered = shot().convertToFormat(QImage::Format_RGB32);
    for (int y = 0; y < filtered.height(); ++y) {
        for (int x = 0; x < filtered.width(); ++x)
            colours.insert(filtered.pixel(x, y));
    }
    QVERIFY(!colours.contains(m_theme.palette().healthy.rgb()));
    QVERIFY(colours.contains(m_theme.palette().failing.rgb()));
    QTest::mouseClick(chips[warning], Qt::LeftButton, Qt::ControlModifier);
    QCOMPARE(m_canvas->scene().filter(), Steps(1 << failing | 1 << warning));
    QTest::mouseClick(chips[failing], Qt::LeftButton, Qt::ControlModifier);
    QCOMPARE(m_canvas->scene().filter(), Steps(1 << warning));
    QTest::mouseClick(chips[warning], Qt::LeftButton);
    QVERIFY(!m_canvas->scene().isFiltered());
    QVERIFY(!chips[warning]->isChecked());
    settle();
    QCOMPARE(shot(), all);
    QTest::mouseClick(chips[failing], Qt::LeftButton);
    QVERIFY(m_canvas->hasFocus());
    QTest::keyClick(m_canvas, Qt::Key_Escape);
    QVERIFY(!m_canvas->scene().isFiltered());
}

void TestTopologyCanvas::legendFiltersByKey()
{
    const auto chips = m_page->findChildren<LegendChip *>();
    chips[1]->setFocus(Qt::TabFocusReason);
    QTest::keyClick(chips[1], Qt::Key_Right);
    QVERIFY(chips[2]->hasFocus());
    QTest::keyClick(chips[2], Qt::Key_Left);
    QVERIFY(chips[1]->hasFocus());
    QTest::keyClick(chips[1], Qt::Key_Space);
    QCOMPARE(m_canvas->scene().filter(), Steps(1 << 1));
    QTest::keyClick(chips[1], Qt::Key_Tab);
    QVERIFY(chips[2]->hasFocus());
    QTest::keyClick(chips[2], Qt::Key_Space, Qt::ControlModifier);
    QCOMPARE(m_canvas->scene().filter(), Steps(1 << 1 | 1 << 2));
    const QAccessibleInterface *chip = QAccessible::queryAccessibleInterface(chips[2]);
    QVERIFY(chip);
    QVERIFY(chip->state().checkable && chip->state().checked && chip->state().focusable);
    QTest::keyClick(chips[2], Qt::Key_Escape);
    QVERIFY(!m_canvas->scene().isFiltered());
    // Another cluster begins without a filter.
    QTest::keyClick(chips[2], Qt::Key_Space);
    m_page->reset(m_fleet.snapshot);
    QVERIFY(!m_canvas->scene().isFiltered());
}

QTEST_MAIN(TestTopologyCanvas)
#include "tst_topologycanvas.moc"
