// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/topology/dropwindow.h"
#include "ui/common/dropbubble.h"
#include "ui/common/templatedrop.h"

#include <QAccessible>
#include <QDragEnterEvent>
#include <QElapsedTimer>
#include <QMimeData>
#include <QSignalSpy>
#include <QTest>

using namespace kdra;
using namespace kdra::ui;
using namespace Qt::StringLiterals;
using environments::Fit;
using environments::Target;
using environments::Verdict;
using tests::Advice;
using tests::Fleet;

namespace {

QStringList announced; // by the canvas, in order
void hear(QAccessibleEvent *event)
{
    if (event->type() == QAccessible::Announcement)
        announced += static_cast<QAccessibleAnnouncementEvent *>(event)->message();
}

const QString web = tests::DropWindow::web();

} // namespace

class TestCanvasDrop : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void dropsWhereItFits();
    void refusesWhereItDoesNotFit();
    void takesNothingElse();
    void meansTheTarget();
    void wordsOfTheVerdict_data();
    void wordsOfTheVerdict();
    void lightsUpWhatFits_data();
    void lightsUpWhatFits();
    void clusterIsOnlyFramed();
    void dimsWithTheSearch();
    void verdictFollowsTheCluster();
    void asksOncePerTarget();
    void bubbleStaysInside();
    void bubbleLimitsItself();
    void viewMovesAtTheEdge();
    void anotherClusterEndsIt();
    void pickedUpByKeyboard();
    void pickedUpAndLetBe();
    void pickedUpAndHandedOver();
    void pickedUpAndRefused();
    void pickedUpAndSearched();
    void hoverIsCheap();

private:
    int tile(const QString &name) const { return m_window->tile(name); }
    QPoint middleOf(const QString &name) const { return m_canvas->tileOnScreen(tile(name)).center(); }
    void settle();
    QImage shot() { return m_canvas->grab().toImage().convertToFormat(QImage::Format_RGB32); }
    // As Qt tells of a drag; true when it was accepted.
    bool enter(QPoint point);
    bool move(QPoint point);
    bool drop(QPoint point);
    void leave();
    QString bubble() const { return m_canvas->dropBubble() ? m_canvas->dropBubble()->text() : QString(); }

    std::unique_ptr<tests::DropWindow> m_window;
    TemplatePalette *m_palette = nullptr;
    TopologyPage *m_page = nullptr;
    Canvas *m_canvas = nullptr;
    QMimeData m_mime;
};

void TestCanvasDrop::init()
{
    m_window = std::make_unique<tests::DropWindow>();
    m_palette = &m_window->palette;
    m_page = &m_window->page;
    m_canvas = &m_page->canvas();
    m_mime.setData(environments::templateMimeType, web.toUtf8());
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get(), 30000));
    settle();
    announced.clear();
}

void TestCanvasDrop::cleanup()
{
    m_window.reset();
}

void TestCanvasDrop::settle()
{
    QTRY_VERIFY_WITH_TIMEOUT(!m_canvas->camera().isMoving(), 30000);
    QSignalSpy painted(m_canvas, &Canvas::painted);
    m_canvas->update();
    QTRY_VERIFY_WITH_TIMEOUT(!painted.isEmpty() && m_canvas->isSharp(), 30000);
    QCoreApplication::processEvents();
}

bool TestCanvasDrop::enter(QPoint point)
{
    QDragEnterEvent event(point, Qt::CopyAction, &m_mime, Qt::LeftButton, {});
    QApplication::sendEvent(m_canvas, &event);
    return event.isAccepted();
}

bool TestCanvasDrop::move(QPoint point)
{
    QDragMoveEvent event(point, Qt::CopyAction, &m_mime, Qt::LeftButton, {});
    QApplication::sendEvent(m_canvas, &event);
    return event.isAccepted();
}

bool TestCanvasDrop::drop(QPoint point)
{
    QDropEvent event(point, Qt::CopyAction, &m_mime, Qt::LeftButton, {});
    QApplication::sendEvent(m_canvas, &event);
    return event.isAccepted();
}

void TestCanvasDrop::leave()
{
    QDragLeaveEvent event;
    QApplication::sendEvent(m_canvas, &event);
}

void TestCanvasDrop::dropsWhereItFits()
{
    QSignalSpy dropped(m_page, &TopologyPage::templateDropped);
    QVERIFY(enter(middleOf(u"rack-0"_s)));
    QCOMPARE(bubble(), u"Fits on rack-0\nThere is room."_s);
    QVERIFY(move(middleOf(u"pi-1"_s)));
    QCOMPARE(bubble(), u"Fits on pi-1\nThere is room."_s);
    QVERIFY(drop(middleOf(u"pi-1"_s)));
    QVERIFY(!m_canvas->dropBubble());
    QTRY_COMPARE_WITH_TIMEOUT(dropped.size(), 1, 30000);
    QCOMPARE(dropped.front().at(0).toString(), web);
    QCOMPARE(dropped.front().at(1).value<Target>(), (Target{Target::Kind::Node, u"pi-1"_s, {}}));
}

void TestCanvasDrop::refusesWhereItDoesNotFit()
{
    m_window->advice->verdicts[u"pi-1"_s] = {Fit::DoesNotFit, {u"pi-1 is cordoned."_s}};
    QSignalSpy dropped(m_page, &TopologyPage::templateDropped);
    QVERIFY(enter(middleOf(u"pi-1"_s)));
    QCOMPARE(bubble(), u"Does not fit on pi-1\npi-1 is cordoned."_s);
    QVERIFY(!move(middleOf(u"pi-1"_s)));
    QVERIFY(move(middleOf(u"pi-2"_s)));
    QVERIFY(!drop(middleOf(u"pi-1"_s)));
    QCoreApplication::processEvents();
    QVERIFY(dropped.isEmpty());

    // What is not known may be tried: the review tells.
    m_window->advice->verdicts[u"pi-1"_s] = {Fit::Unknown, {}};
    QVERIFY(enter(middleOf(u"pi-1"_s)));
    QVERIFY(move(middleOf(u"pi-1"_s)));
    QVERIFY(drop(middleOf(u"pi-1"_s)));
    QTRY_COMPARE_WITH_TIMEOUT(dropped.size(), 1, 30000);
}

void TestCanvasDrop::takesNothingElse()
{
    m_mime.setData(environments::templateMimeType, "builtin:unknown");
    QVERIFY(!enter(middleOf(u"pi-1"_s)));
    m_mime.clear();
    m_mime.setText(web);
    QVERIFY(!enter(middleOf(u"pi-1"_s)));
    QVERIFY(!m_canvas->dropBubble());
    m_mime.clear();
    m_mime.setData(environments::templateMimeType, web.toUtf8());
    QVERIFY(enter(middleOf(u"pi-1"_s)));
    m_page->setDropSource({});
    QVERIFY(!m_canvas->dropBubble());
    QVERIFY(!m_canvas->acceptDrops());
}

void TestCanvasDrop::meansTheTarget()
{
    Fleet fleet;
    fleet.addNode("pi-1", "Site A");
    fleet.addNode("pi-2", "");
    const auto web1 = fleet.addWorkload(store::Kind::StatefulSet, "web", "team-a");
    const auto shop = fleet.addWorkload(store::Kind::StatefulSet, "shop", "team-b");
    fleet.own(fleet.addPod("web-0", "pi-1"), web1, "StatefulSet", "team-a");
    fleet.own(fleet.addPod("shop-0", "pi-1"), shop, "StatefulSet", "team-b", "kdra.dev/environment=demo\n");
    fleet.publish();
    Scene scene;
    scene.reset(fleet.snapshot);
    const auto tileNamed = [&](const QString &name) {
        const auto it =
            std::ranges::find_if(scene.tiles(), [&](const NodeTile &one) { return one.shown && one.name == name; });
        return it == scene.tiles().end() ? Stop() : stopAtTile(scene, int(it - scene.tiles().begin()));
    };
    const auto groupOf = [&](const QString &name) { return Stop{tileNamed(name).group, -1, -1}; };
    const auto meant = [&](const Stop &stop) { return dropTarget(scene, stop); };

    const Stop pi = tileNamed(u"pi-1"_s);
    QCOMPARE(meant(pi).target, (Target{Target::Kind::Node, u"pi-1"_s, {}}));
    // A pod means the node that it runs on.
    QCOMPARE(meant({pi.group, pi.tile, 0}), meant(pi));
    QCOMPARE(meant(groupOf(u"pi-1"_s)).target, (Target{Target::Kind::Site, u"Site A"_s, {}}));
    QCOMPARE(meant(groupOf(u"pi-1"_s)).stop, groupOf(u"pi-1"_s));
    QCOMPARE(meant(groupOf(u"pi-2"_s)), DropTarget()); // "No site"
    QCOMPARE(meant({}), DropTarget());
    scene.setGrouping(Grouping::Role);
    QCOMPARE(meant(groupOf(u"pi-1"_s)), DropTarget());

    scene.setGrouping(Grouping::Namespace);
    QCOMPARE(meant(groupOf(u"web"_s)).target, (Target{Target::Kind::Namespace, u"team-a"_s, {}}));
    QCOMPARE(meant(tileNamed(u"web"_s)), meant(groupOf(u"web"_s)));
    QCOMPARE(meant(tileNamed(u"shop"_s)).target, (Target{Target::Kind::Environment, u"demo"_s, u"team-b"_s}));
    scene.setGrouping(Grouping::Workload);
    QCOMPARE(meant(tileNamed(u"web"_s)).target, (Target{Target::Kind::Namespace, u"team-a"_s, {}}));
    QCOMPARE(meant(groupOf(u"web"_s)), DropTarget());
    scene.setGrouping(Grouping::PodLabel, u"kdra.dev/environment"_s);
    QCOMPARE(meant(groupOf(u"shop"_s)).target, (Target{Target::Kind::Environment, u"demo"_s, u"team-b"_s}));
    QCOMPARE(meant(groupOf(u"web"_s)), DropTarget()); // "No such label"
}

void TestCanvasDrop::wordsOfTheVerdict_data()
{
    QTest::addColumn<Target>("target");
    QTest::addColumn<Fit>("fit");
    QTest::addColumn<QString>("words");
    const Target node{Target::Kind::Node, u"pi-007"_s, {}};
    QTest::newRow("node") << node << Fit::Fits << u"Fits on pi-007"_s;
    QTest::newRow("tight") << node << Fit::Tight << u"Fits on pi-007, but it is tight"_s;
    QTest::newRow("not") << node << Fit::DoesNotFit << u"Does not fit on pi-007"_s;
    QTest::newRow("unknown") << node << Fit::Unknown << u"Not known whether it fits on pi-007"_s;
    QTest::newRow("site") << Target{Target::Kind::Site, u"Berlin"_s, {}} << Fit::Fits << u"Fits at site Berlin"_s;
    QTest::newRow("namespace") << Target{Target::Kind::Namespace, u"team-a"_s, {}} << Fit::DoesNotFit
                               << u"Does not fit into namespace team-a"_s;
    QTest::newRow("environment") << Target{Target::Kind::Environment, u"demo"_s, u"team-a"_s} << Fit::Fits
                                 << u"Adds to demo"_s;
    QTest::newRow("cluster") << Target{} << Fit::Tight << u"Fits into this cluster, but it is tight"_s;
}

void TestCanvasDrop::wordsOfTheVerdict()
{
    QFETCH(Target, target);
    QFETCH(Fit, fit);
    QTEST(dropSentence(target, {.fit = fit}), "words");
    if (target.kind == Target::Kind::Node)
        QCOMPARE(dropSentence(target, {.fit = Fit::Tight, .asks = true}),
            u"Fits on %1, if the pods tolerate its taints"_s.arg(target.name));
}

void TestCanvasDrop::lightsUpWhatFits_data()
{
    QTest::addColumn<bool>("dark");
    QTest::addColumn<double>("scale");
    for (const bool dark : {true, false}) {
        for (const double scale : {0.3, 0.6, 1.2})
            QTest::addRow("%s %.1f", dark ? "dark" : "light", scale) << dark << scale;
    }
}

void TestCanvasDrop::lightsUpWhatFits()
{
    QFETCH(bool, dark);
    QFETCH(double, scale);
    m_window->theme.setScheme(dark ? Theme::Scheme::Dark : Theme::Scheme::Light);
    m_canvas->zoomBy(scale / m_canvas->camera().view().scale);
    settle();
    m_canvas->centreOn(m_canvas->scene().layout().tileRect(tile(u"pi-1"_s)).center());
    settle();
    const QRect fits = m_canvas->tileOnScreen(tile(u"pi-1"_s));
    const QRect tight = m_canvas->tileOnScreen(tile(u"pi-2"_s));
    const QRect not_ = m_canvas->tileOnScreen(tile(u"pi-3"_s));
    for (const QRect &rect : {fits, tight, not_})
        QVERIFY(m_canvas->rect().contains(rect));
    m_window->advice->verdicts[u"pi-2"_s] = {Fit::Tight, {}};
    m_window->advice->verdicts[u"pi-3"_s] = {Fit::DoesNotFit, {}};
    // Far from all three.
    const QPoint corner(m_canvas->width() - 2, m_canvas->height() - 2);
    QVERIFY(enter(corner));
    leave();
    settle();
    const QImage before = shot();
    QVERIFY(enter(corner));
    settle();
    const QImage during = shot();

    const Palette &palette = m_window->theme.palette();
    const auto count = [](const QImage &image, const QRect &rect, const QColor &colour) {
        int pixels = 0;
        for (int y = rect.top(); y <= rect.bottom(); ++y) {
            for (int x = rect.left(); x <= rect.right(); ++x)
                pixels += image.pixel(x, y) == colour.rgb();
        }
        return pixels;
    };
    const auto contrast = [](const QImage &image, const QRect &rect) {
        int least = 255;
        int most = 0;
        for (int y = rect.top(); y <= rect.bottom(); ++y) {
            for (int x = rect.left(); x <= rect.right(); ++x) {
                least = std::min(least, qGray(image.pixel(x, y)));
                most = std::max(most, qGray(image.pixel(x, y)));
            }
        }
        return most - least;
    };
    QVERIFY(count(during, fits, palette.accent) >= fits.width() + fits.height());
    // In dashes, and with a triangle where there is room: not by colour alone.
    const int dashes = count(during, tight, palette.warning);
    QVERIFY(dashes >= (tight.width() + tight.height()) / 2);
    QCOMPARE_LT(count(during, QRect(tight.topLeft(), QSize(tight.width(), 1)), palette.warning), tight.width() * 3 / 4);
    // Faded: less than half of the contrast is left.
    QCOMPARE_LT(contrast(during, not_), contrast(before, not_) / 2);
    QCOMPARE_GE(contrast(during, fits.adjusted(3, 3, -3, -3)), contrast(before, fits.adjusted(3, 3, -3, -3)));

    leave();
    settle();
    QCOMPARE(shot(), before);
}

void TestCanvasDrop::clusterIsOnlyFramed()
{
    const QPoint bare(20, m_canvas->height() / 2);
    const QColor before = shot().pixelColor(bare);
    QVERIFY(enter({m_canvas->width() - 2, m_canvas->height() - 2}));
    QCOMPARE(bubble(), u"Fits into this cluster\nThere is room."_s);
    // Also while a pod grows in.
    m_window->fleet.addPod("another", "pi-1", store::Severity::Progressing);
    m_page->apply(m_window->fleet.publish());
    const QImage during = shot();
    QCOMPARE(during.pixelColor(bare), before);
    QCOMPARE(during.pixelColor(4, bare.y()), m_window->theme.palette().accent);
}

void TestCanvasDrop::dimsWithTheSearch()
{
    m_canvas->setSearch(u"pi-1"_s);
    settle();
    // All anew, as one: what a slow machine paints in bands may differ from it by a pixel where they meet.
    Q_EMIT m_window->theme.changed();
    settle();
    const QRect rect = m_canvas->tileOnScreen(tile(u"pi-1"_s));
    const QImage searched = shot();
    QVERIFY(enter({2, 2}));
    settle();
    QVERIFY(shot().copy(rect) != searched.copy(rect));
    leave();
    settle();
    QCOMPARE(shot(), searched);
}

void TestCanvasDrop::verdictFollowsTheCluster()
{
    QVERIFY(enter(middleOf(u"pi-1"_s)));
    QCOMPARE(bubble(), u"Fits on pi-1\nThere is room."_s);
    // The pointer rests, the cluster does not.
    auto next = std::make_shared<Advice>(*m_window->advice);
    next->verdicts[u"pi-1"_s] = {Fit::DoesNotFit, {u"pi-1 is cordoned."_s}};
    m_window->advice = next;
    QTRY_COMPARE_WITH_TIMEOUT(bubble(), u"Does not fit on pi-1\npi-1 is cordoned."_s, 30000);
    QVERIFY(!move(middleOf(u"pi-1"_s)));
    // A node that comes while something hangs over the canvas is judged as well.
    m_window->fleet.addNode("pi-new", "Site 1");
    const store::Batch batch = m_window->fleet.publish();
    m_page->apply(batch);
    next = std::make_shared<Advice>(*m_window->advice);
    next->snapshot = m_window->fleet.snapshot;
    m_window->advice = next;
    settle();
    move(middleOf(u"pi-new"_s));
    QCOMPARE(bubble(), u"Fits on pi-new\nThere is room."_s);
}

void TestCanvasDrop::asksOncePerTarget()
{
    const QRect rect = m_canvas->tileOnScreen(tile(u"pi-1"_s));
    QVERIFY(enter(rect.topLeft() + QPoint(4, 4)));
    QCOMPARE(m_window->advice->asked, 1);
    for (int x = 4; x < rect.width() - 4; ++x)
        move(rect.topLeft() + QPoint(x, 4));
    QCOMPARE(m_window->advice->asked, 1);
    move(middleOf(u"pi-2"_s));
    QCOMPARE(m_window->advice->asked, 2);
}

void TestCanvasDrop::bubbleStaysInside()
{
    m_window->advice->otherwise.reasons = QStringList(
        4, u"A reason that takes more than one line, because it says all that there is to be said of it."_s);
    for (const QSize size : {QSize(1400, 800), QSize(720, 420)}) {
        m_window->resize(size);
        settle();
        const int right = m_canvas->width() - 1;
        const int bottom = m_canvas->height() - 1;
        for (const QPoint corner :
            {QPoint(0, 0), QPoint(right, 0), QPoint(0, bottom), QPoint(right, bottom), QPoint(right / 2, bottom / 2)}) {
            QVERIFY(enter(corner));
            const DropBubble *shown = m_canvas->dropBubble();
            QVERIFY(shown && shown->isVisible());
            const QRect box = shown->box().translated(-m_canvas->mapTo(shown->parentWidget(), QPoint()));
            QVERIFY2(m_canvas->rect().contains(box), qPrintable(QDebug::toString(box)));
            QVERIFY(!box.contains(corner));
            QCOMPARE_LE(box.width(), 320);
            // The drag goes through it.
            QVERIFY(shown->testAttribute(Qt::WA_TransparentForMouseEvents));
            leave();
        }
    }
}

void TestCanvasDrop::bubbleLimitsItself()
{
    m_window->advice->otherwise = {Fit::DoesNotFit, {u"1."_s, u"2."_s, u"3."_s, u"4."_s}};
    QVERIFY(enter(middleOf(u"pi-1"_s)));
    QCOMPARE(bubble().split(u'\n').size(), 5);
    leave();
    m_window->advice->otherwise.reasons += u"5."_s;
    m_window->advice->otherwise.reasons += u"6."_s;
    QVERIFY(enter(middleOf(u"pi-1"_s)));
    QCOMPARE(bubble().split(u'\n').mid(1), (QStringList{u"1."_s, u"2."_s, u"3."_s, u"And 3 more reasons."_s}));
    QCOMPARE(m_canvas->dropBubble()->accessibleName(), u"Does not fit on pi-1. 1. 2. 3. And 3 more reasons."_s);
}

void TestCanvasDrop::viewMovesAtTheEdge()
{
    m_canvas->zoomBy(4);
    settle();
    const QPoint edge(m_canvas->width() - 6, m_canvas->height() / 2);
    QVERIFY(enter(edge));
    move(edge);
    const double before = m_canvas->camera().view().offset.x();
    QTRY_VERIFY_WITH_TIMEOUT(m_canvas->camera().view().offset.x() < before - 100, 30000);
    // As far as there is something to be seen, and not into the void.
    const auto right = [this] {
        return m_canvas->camera().view().toWindow(m_canvas->scene().layout().bounds()).right();
    };
    const double end = m_canvas->width() - m_canvas->overlayMargins().right();
    QTRY_COMPARE_LE_WITH_TIMEOUT(right(), end + 0.5, 30000);
    QCOMPARE_GE(right(), end - 0.5);
    leave();
}

void TestCanvasDrop::anotherClusterEndsIt()
{
    QVERIFY(enter(middleOf(u"pi-1"_s)));
    Fleet other;
    other.populate(5, 10);
    other.publish();
    m_page->reset(other.snapshot);
    QVERIFY(!m_canvas->dropBubble());
    QVERIFY(!move({100, 100}));
}

void TestCanvasDrop::pickedUpByKeyboard()
{
    QAccessible::setActive(true);
    const QAccessible::UpdateHandler before = QAccessible::installUpdateHandler(hear);
    const auto restore = qScopeGuard([before] { QAccessible::installUpdateHandler(before); });
    connect(m_palette, &TemplatePalette::pickedUp, m_page, &TopologyPage::pickUp);
    QSignalSpy dropped(m_page, &TopologyPage::templateDropped);
    m_palette->list().setFocus();
    QTest::keyClick(&m_palette->list(), Qt::Key_Space);
    QVERIFY(m_canvas->hasFocus());
    QCOMPARE(
        announced.first(2), (QStringList{u"Web + PostgreSQL is picked up."_s, u"Fits on control-0. There is room."_s}));
    QVERIFY(m_canvas->dropBubble()->isVisible());

    QTest::keyClick(m_canvas, Qt::Key_Right);
    const QString node = m_canvas->scene().tile(m_canvas->currentTile()).name;
    QVERIFY(node != u"control-0");
    QCOMPARE(announced.last(), u"Fits on %1. There is room."_s.arg(node));
    QTest::keyClick(m_canvas, Qt::Key_PageUp);
    const QString site = m_canvas->scene().group(m_canvas->currentStop().group).name;
    QCOMPARE(announced.last(), u"Fits at site %1. There is room."_s.arg(site));
    QTest::keyClick(m_canvas, Qt::Key_PageUp);
    QCOMPARE(announced.last(), u"Fits into this cluster. There is room."_s);
    QTest::keyClick(m_canvas, Qt::Key_PageDown);
    QTest::keyClick(m_canvas, Qt::Key_PageDown);
    QVERIFY(m_canvas->currentStop().isTile());
    // Walking selects nothing, and Space does not either.
    QTest::keyClick(m_canvas, Qt::Key_Space);
    QVERIFY(m_window->selection.isEmpty());

    QTest::keyClick(m_canvas, Qt::Key_Return);
    QVERIFY(!m_canvas->dropBubble());
    QTRY_COMPARE_WITH_TIMEOUT(dropped.size(), 1, 30000);
    QCOMPARE(dropped.front().at(1).value<Target>(),
        (Target{Target::Kind::Node, m_canvas->scene().tile(m_canvas->currentTile()).name, {}}));
}

void TestCanvasDrop::pickedUpAndLetBe()
{
    QSignalSpy dropped(m_page, &TopologyPage::templateDropped);
    m_palette->list().setFocus();
    m_page->pickUp(web, u"Web + PostgreSQL"_s);
    QTest::keyClick(m_canvas, Qt::Key_Escape);
    QVERIFY(!m_canvas->dropBubble());
    QVERIFY(m_palette->list().hasFocus());
    // So does going elsewhere.
    m_page->pickUp(web, u"Web + PostgreSQL"_s);
    m_palette->search().setFocus();
    QVERIFY(!m_canvas->dropBubble());
    QCoreApplication::processEvents();
    QVERIFY(dropped.isEmpty());
}

void TestCanvasDrop::pickedUpAndHandedOver()
{
    m_page->pickUp(web, u"Web + PostgreSQL"_s);
    // Nobody else takes it: it stays.
    QTest::keyClick(m_canvas, Qt::Key_Tab);
    QVERIFY(m_canvas->dropBubble());
    connect(m_page, &TopologyPage::handedOver, m_palette, [this](const QString &id, const QString &title) {
        QCOMPARE(id, web);
        QCOMPARE(title, u"Web + PostgreSQL"_s);
        m_palette->list().setFocus();
    });
    QTest::keyClick(m_canvas, Qt::Key_Tab);
    QVERIFY(m_palette->list().hasFocus());
    QVERIFY(!m_canvas->dropBubble());
}

void TestCanvasDrop::pickedUpAndRefused()
{
    m_window->advice->otherwise = {Fit::DoesNotFit, {u"Nothing fits anywhere."_s}};
    QSignalSpy dropped(m_page, &TopologyPage::templateDropped);
    m_page->pickUp(web, u"Web + PostgreSQL"_s);
    QTest::keyClick(m_canvas, Qt::Key_Return);
    QCoreApplication::processEvents();
    QVERIFY(dropped.isEmpty());
    QVERIFY(m_canvas->dropBubble());
}

void TestCanvasDrop::pickedUpAndSearched()
{
    QSignalSpy dropped(m_page, &TopologyPage::templateDropped);
    m_page->pickUp(web, u"Web + PostgreSQL"_s);
    QTest::keyClicks(m_canvas, u"pi-7"_s);
    QTest::keyClick(m_canvas, Qt::Key_Return);
    QVERIFY(dropped.isEmpty());
    QTest::keyClick(m_canvas, Qt::Key_Escape);
    QCOMPARE(bubble().split(u'\n').front(), u"Fits on pi-7"_s);
    QTest::keyClick(m_canvas, Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(dropped.size(), 1, 30000);
    QCOMPARE(dropped.front().at(1).value<Target>().name, u"pi-7"_s);
}

// What a move of the pointer costs at 5,000 nodes follows what changes on the screen, not the fleet.
void TestCanvasDrop::hoverIsCheap()
{
    Fleet fleet;
    fleet.populate(5000, 50'000);
    m_page->reset(nullptr);
    m_page->apply(fleet.publish());
    m_window->advice->snapshot = fleet.snapshot;
    settle();
    QVERIFY(enter({1, 1}));
    settle();
    std::vector<double> costs;
    QElapsedTimer timer;
    std::mt19937 random(7);
    for (int i = 0; i < 100; ++i) {
        const QPoint point(static_cast<int>(random() % quint32(m_canvas->width())),
            static_cast<int>(random() % quint32(m_canvas->height())));
        timer.start();
        move(point);
        QCoreApplication::processEvents();
        costs.push_back(double(timer.nsecsElapsed()) / 1e6);
    }
    std::ranges::sort(costs);
    double whole = 1e9;
    for (int i = 0; i < 3; ++i) {
        timer.start();
        Q_EMIT m_window->theme.changed();
        QCoreApplication::processEvents();
        whole = std::min(whole, double(timer.nsecsElapsed()) / 1e6);
    }
    qInfo("a move: median %.2f ms, p90 %.2f ms; all anew: %.2f ms", costs[50], costs[90], whole);
    QCOMPARE_LT(costs[50], whole);
}

QTEST_MAIN(TestCanvasDrop)
#include "tst_canvasdrop.moc"
