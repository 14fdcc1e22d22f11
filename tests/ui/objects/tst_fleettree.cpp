// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/topology/advice.h"
#include "tests/ui/topology/fleet.h"
#include "ui/common/dropbubble.h"
#include "ui/common/theme.h"
#include "ui/objects/fleetpanel.h"
#include "ui/objects/fleettree.h"

#include <QAccessible>
#include <QApplication>
#include <QDragEnterEvent>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMimeData>
#include <QSignalSpy>
#include <QTest>

using namespace kdra;
using namespace kdra::ui;
using namespace Qt::StringLiterals;
using environments::Fit;
using environments::Target;

namespace {

QStringList announced; // in order
void hear(QAccessibleEvent *event)
{
    if (event->type() == QAccessible::Announcement)
        announced += static_cast<QAccessibleAnnouncementEvent *>(event)->message();
}

const QString web = u"builtin:web-postgresql"_s;

} // namespace

// Templates over the tree of sites and nodes; dragged with a real mouse by tst_templatedrag.
class TestFleetTree : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { m_window.reset(); }
    void meansTheRow();
    void refusesWhereItDoesNotFit();
    void dimsWhatDoesNotFit();
    void opensClosedSites();
    void followsTheCluster();
    void bubbleMayLeaveTheTree();
    void byKeyboard();
    void handedOver();
    void letBe();

private:
    QModelIndex index(const QString &name) const
    {
        return m_model.match(m_model.index(0, 0), Qt::DisplayRole, name, 1, Qt::MatchExactly | Qt::MatchRecursive)
            .value(0);
    }
    QPoint middleOf(const QString &name) const { return m_tree->visualRect(index(name)).center(); }
    QString bubble() const { return m_tree->dropBubble() ? m_tree->dropBubble()->text() : QString(); }
    // As Qt tells of a drag; true when it was accepted.
    template <class Event> bool send(QPoint point)
    {
        Event event(point, Qt::CopyAction, &m_mime, Qt::LeftButton, {});
        QApplication::sendEvent(m_tree->viewport(), &event);
        return event.isAccepted();
    }
    bool enter(QPoint point) { return send<QDragEnterEvent>(point); }
    bool move(QPoint point) { return send<QDragMoveEvent>(point); }
    bool drop(QPoint point) { return send<QDropEvent>(point); }
    double contrastAt(const QString &name) const;

    Theme m_theme;
    models::Selection m_selection;
    models::FleetTreeModel m_model;
    std::shared_ptr<tests::Advice> m_advice;
    tests::Fleet m_fleet;
    std::unique_ptr<QWidget> m_window;
    QLineEdit *m_other = nullptr;
    FleetTree *m_tree = nullptr;
    QMimeData m_mime;
};

void TestFleetTree::init()
{
    m_theme.setScheme(Theme::Scheme::Light);
    m_selection.clear();
    m_fleet = {};
    m_fleet.populate(24, 0);
    m_fleet.publish();
    m_model.setGrouping(models::FleetTreeModel::Grouping::Site);
    m_model.setSnapshot(m_fleet.snapshot);
    m_advice = std::make_shared<tests::Advice>();
    m_advice->snapshot = m_fleet.snapshot;
    m_mime.setData(environments::templateMimeType, web.toUtf8());
    m_window = std::make_unique<QWidget>();
    auto *panel = new FleetPanel(m_theme, m_selection, m_model);
    panel->setFixedWidth(232);
    m_tree = &panel->tree();
    m_tree->setDropSource([this](const QString &id) { return id == web ? m_advice : nullptr; });
    m_other = new QLineEdit;
    auto *row = new QHBoxLayout(m_window.get());
    row->addWidget(panel);
    row->addWidget(m_other, 1);
    m_window->resize(900, 800);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get(), 30000));
    announced.clear();
    QAccessible::setActive(true);
    QAccessible::installUpdateHandler(hear);
}

void TestFleetTree::meansTheRow()
{
    QSignalSpy dropped(m_tree, &FleetTree::templateDropped);
    QVERIFY(enter(middleOf(u"pi-1"_s)));
    QCOMPARE(bubble(), u"Fits on pi-1\nThere is room."_s);
    QVERIFY(move(middleOf(u"Site 2"_s)));
    QCOMPARE(bubble(), u"Fits at site Site 2\nThere is room."_s);
    QVERIFY(move({20, m_tree->viewport()->height() - 4}));
    QCOMPARE(bubble(), u"Fits into this cluster\nThere is room."_s);
    QVERIFY(move(middleOf(u"pi-2"_s)));
    QVERIFY(drop(middleOf(u"pi-2"_s)));
    QTRY_COMPARE_WITH_TIMEOUT(dropped.size(), 1, 30000);
    QCOMPARE(dropped.front().at(0).toString(), web);
    QCOMPARE(dropped.front().at(1).value<Target>(), (Target{Target::Kind::Node, u"pi-2"_s, {}}));
    QVERIFY(!m_tree->dropBubble());
    QVERIFY(m_selection.isEmpty());

    // Roles are no places.
    m_model.setGrouping(models::FleetTreeModel::Grouping::Role);
    QVERIFY(enter(middleOf(u"Workers"_s)));
    QCOMPARE(bubble(), u"Fits into this cluster\nThere is room."_s);
    QDragLeaveEvent leave;
    QApplication::sendEvent(m_tree->viewport(), &leave);
    QVERIFY(!m_tree->dropBubble());
    // What is no template hangs over nothing.
    m_mime.setData(environments::templateMimeType, "builtin:unknown");
    QVERIFY(!enter(middleOf(u"pi-1"_s)));
    QVERIFY(!m_tree->dropBubble());
}

void TestFleetTree::refusesWhereItDoesNotFit()
{
    m_advice->verdicts[u"pi-1"_s] = {Fit::DoesNotFit, {u"pi-1 is cordoned."_s}};
    QSignalSpy dropped(m_tree, &FleetTree::templateDropped);
    QVERIFY(enter(middleOf(u"pi-1"_s)));
    QVERIFY(!move(middleOf(u"pi-1"_s)));
    QCOMPARE(bubble(), u"Does not fit on pi-1\npi-1 is cordoned."_s);
    QVERIFY(!drop(middleOf(u"pi-1"_s)));
    QCoreApplication::processEvents();
    QVERIFY(dropped.isEmpty());
    QVERIFY(!m_tree->dropBubble());
}

// How far the darkest and the lightest of a row's text are apart.
double TestFleetTree::contrastAt(const QString &name) const
{
    const QRect row = m_tree->visualRect(index(name));
    const QImage shot = m_tree->viewport()->grab(row.adjusted(30, 2, -30, -2)).toImage();
    double least = 1;
    double most = 0;
    for (int y = 0; y < shot.height(); ++y) {
        for (int x = 0; x < shot.width(); ++x) {
            const double lightness = shot.pixelColor(x, y).lightnessF();
            least = std::min(least, lightness);
            most = std::max(most, lightness);
        }
    }
    return most - least;
}

void TestFleetTree::dimsWhatDoesNotFit()
{
    const double before = contrastAt(u"pi-1"_s);
    QVERIFY(before > 0.3);
    m_advice->verdicts[u"pi-1"_s] = {Fit::DoesNotFit, {u"pi-1 is cordoned."_s}};
    QVERIFY(enter(middleOf(u"rack-0"_s)));
    QVERIFY(contrastAt(u"pi-1"_s) < before * 0.6);
    QVERIFY(contrastAt(u"pi-2"_s) > before * 0.8);
    QCOMPARE(m_tree->fitOf(index(u"pi-1"_s)), Fit::DoesNotFit);
    QCOMPARE(m_tree->fitOf(index(u"Site 1"_s)), std::nullopt);
    QCOMPARE(m_tree->aimedAt(index(u"rack-0"_s)), Fit::Fits);
    QVERIFY(!m_tree->aimedAt(index(u"pi-2"_s)));
    QDragLeaveEvent leave;
    QApplication::sendEvent(m_tree->viewport(), &leave);
    QCOMPARE(contrastAt(u"pi-1"_s), before);
}

void TestFleetTree::opensClosedSites()
{
    m_tree->collapseAll();
    QVERIFY(enter(middleOf(u"Site 2"_s)));
    move(middleOf(u"Site 2"_s));
    QVERIFY(!m_tree->isExpanded(index(u"Site 2"_s)));
    QTRY_VERIFY_WITH_TIMEOUT(m_tree->isExpanded(index(u"Site 2"_s)), 30000);
    QVERIFY(!m_tree->isExpanded(index(u"Site 1"_s)));
}

void TestFleetTree::followsTheCluster()
{
    QVERIFY(enter(middleOf(u"pi-1"_s)));
    auto later = std::make_shared<tests::Advice>();
    later->snapshot = m_fleet.snapshot;
    later->otherwise = {Fit::Tight, {u"Almost full."_s}};
    m_advice = later;
    QTRY_COMPARE_WITH_TIMEOUT(bubble(), u"Fits on pi-1, but it is tight\nAlmost full."_s, 30000);
}

void TestFleetTree::bubbleMayLeaveTheTree()
{
    m_advice->otherwise.reasons = {QString(300, u'x')};
    QVERIFY(enter(middleOf(u"pi-1"_s)));
    const QRect box = m_tree->dropBubble()->box();
    QVERIFY(m_window->rect().contains(box));
    QVERIFY(box.width() > m_tree->width());
}

void TestFleetTree::byKeyboard()
{
    m_advice->verdicts[u"pi-2"_s] = {Fit::DoesNotFit, {u"pi-2 is cordoned."_s}};
    QSignalSpy dropped(m_tree, &FleetTree::templateDropped);
    m_tree->setCurrentIndex(index(u"Site 1"_s));
    m_selection.clear();
    m_tree->pickUp(web, u"Web + PostgreSQL"_s);
    QVERIFY(m_tree->hasFocus());
    QCOMPARE(announced, (QStringList{u"Web + PostgreSQL is picked up."_s, u"Fits at site Site 1. There is room."_s}));
    QTest::keyClick(m_tree, Qt::Key_Down);
    QCOMPARE(announced.last(), u"Fits on pi-1. There is room."_s);
    QTest::keyClick(m_tree, Qt::Key_Down);
    QCOMPARE(announced.last(), u"Does not fit on pi-2. pi-2 is cordoned."_s);
    QTest::keyClick(m_tree, Qt::Key_Return);
    QVERIFY(m_tree->dropBubble());
    QTest::keyClick(m_tree, Qt::Key_Up);
    QVERIFY(m_selection.isEmpty());
    QTest::keyClick(m_tree, Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(dropped.size(), 1, 30000);
    QCOMPARE(dropped.front().at(1).value<Target>(), (Target{Target::Kind::Node, u"pi-1"_s, {}}));
    QVERIFY(!m_tree->dropBubble());
}

void TestFleetTree::handedOver()
{
    m_tree->pickUp(web, u"Web + PostgreSQL"_s);
    // Nobody else takes it: it stays.
    QTest::keyClick(m_tree, Qt::Key_Tab);
    QVERIFY(m_tree->dropBubble());
    connect(m_tree, &FleetTree::handedOver, m_other, [this](const QString &id) {
        QCOMPARE(id, web);
        m_other->setFocus();
    });
    QTest::keyClick(m_tree, Qt::Key_Tab);
    QVERIFY(m_other->hasFocus());
    QVERIFY(!m_tree->dropBubble());
}

void TestFleetTree::letBe()
{
    QSignalSpy cancelled(m_tree, &FleetTree::dropCancelled);
    m_tree->pickUp(web, u"Web + PostgreSQL"_s);
    QTest::keyClick(m_tree, Qt::Key_Escape);
    QCOMPARE(cancelled.size(), 1);
    QCOMPARE(announced.last(), u"Nothing was dropped."_s);
    QVERIFY(!m_tree->dropBubble());
    // Nor does it stay behind.
    m_tree->pickUp(web, u"Web + PostgreSQL"_s);
    m_tree->hide();
    QVERIFY(!m_tree->dropBubble());
}

QTEST_MAIN(TestFleetTree)
#include "tst_fleettree.moc"
