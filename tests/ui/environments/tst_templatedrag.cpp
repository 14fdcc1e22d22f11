// SPDX-License-Identifier: GPL-3.0-or-later
// Drags with a real mouse in a real X server, from the palette onto the canvas: the offscreen platform has no drags.
#include "tests/ui/realinput.h"
#include "tests/ui/topology/dropwindow.h"
#include "ui/common/dropbubble.h"
#include "ui/objects/fleetpanel.h"
#include "ui/objects/fleettree.h"

#include <QSignalSpy>
#include <QTabBar>
#include <QTabWidget>

using namespace kdra;
using namespace kdra::ui;
using namespace Qt::StringLiterals;
using environments::Fit;
using environments::Target;
using tests::DropWindow;
using InputSteps = QList<tests::InputStep>;

class TestTemplateDrag : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup() { m_window.reset(); }
    void ontoANode();
    void ontoTheCluster();
    void refused();
    void escape();
    void ontoTheFleet();

private:
    QStringList moveTo(QPoint inWindow) const { return tests::moveTo(*m_window, inWindow); }
    QPoint card() const;
    QPoint onCanvas(QPoint point) const { return m_window->page.canvas().mapTo(m_window.get(), point); }
    QPoint node(const QString &name) const
    {
        return onCanvas(m_window->page.canvas().tileOnScreen(m_window->tile(name)).center());
    }
    QString bubble() const
    {
        const DropBubble *shown = m_window->page.canvas().dropBubble();
        return shown ? shown->text() : QString();
    }
    InputSteps beginning() const { return tests::beginDrag(*m_window, card()); }

    // With the fleet and the palette as tabs beside the canvas, as in the program.
    FleetTree &makeTabs();
    QModelIndex index(const QString &name) const
    {
        return m_model.match(m_model.index(0, 0), Qt::DisplayRole, name, 1, Qt::MatchExactly | Qt::MatchRecursive)
            .value(0);
    }
    QPoint row(const FleetTree &tree, const QString &name) const;

    models::FleetTreeModel m_model;
    std::unique_ptr<DropWindow> m_window;
};

void TestTemplateDrag::initTestCase()
{
    if (const QString obstacle = tests::XServer::obstacle(); !obstacle.isEmpty())
        QSKIP(qPrintable(obstacle));
}

void TestTemplateDrag::init()
{
    m_window = std::make_unique<DropWindow>();
    m_window->move(0, 0);
    m_window->resize(1280, 800);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get(), 30000));
    QTRY_VERIFY_WITH_TIMEOUT(!m_window->page.canvas().camera().isMoving(), 30000);
}

QPoint TestTemplateDrag::card() const
{
    const TemplateList &list = m_window->palette.list();
    return list.viewport()->mapTo(m_window.get(), list.visualRect(list.currentIndex()).center());
}

void TestTemplateDrag::ontoANode()
{
    QSignalSpy dropped(&m_window->page, &TopologyPage::templateDropped);
    InputSteps steps = beginning();
    steps += {moveTo(node(u"rack-0"_s)), [&] { return bubble() == u"Fits on rack-0\nThere is room."; }};
    steps += {moveTo(node(u"pi-2"_s)), [&] { return bubble() == u"Fits on pi-2\nThere is room."; }};
    steps += {moveTo(node(u"pi-1"_s)), [&] { return bubble() == u"Fits on pi-1\nThere is room."; }};
    steps += {{u"mouseup"_s, u"1"_s}, [&] { return !dropped.isEmpty(); }};
    QVERIFY2(tests::follow(steps), qPrintable(bubble()));
    QCOMPARE(dropped.size(), 1);
    QCOMPARE(dropped.front().at(0).toString(), DropWindow::web());
    QCOMPARE(dropped.front().at(1).value<Target>(), (Target{Target::Kind::Node, u"pi-1"_s, {}}));
    QTRY_VERIFY_WITH_TIMEOUT(!m_window->page.canvas().dropBubble(), 30000);
    // Neither panned nor selected on the way.
    QVERIFY(m_window->selection.isEmpty());
    QVERIFY(m_window->page.canvas().followsAll());
}

void TestTemplateDrag::ontoTheCluster()
{
    m_window->advice->verdicts[QString()] = {Fit::Tight, {u"Goes to Site 1."_s}};
    QSignalSpy dropped(&m_window->page, &TopologyPage::templateDropped);
    const QPoint bare = onCanvas({20, m_window->page.canvas().height() / 2});
    InputSteps steps = beginning();
    steps += {moveTo(bare), [&] { return bubble() == u"Fits into this cluster, but it is tight\nGoes to Site 1."; }};
    steps += {{u"mouseup"_s, u"1"_s}, [&] { return !dropped.isEmpty(); }};
    QVERIFY2(tests::follow(steps), qPrintable(bubble()));
    QCOMPARE(dropped.front().at(1).value<Target>(), Target());
}

void TestTemplateDrag::refused()
{
    m_window->advice->verdicts[u"pi-1"_s] = {Fit::DoesNotFit, {u"pi-1 is cordoned."_s}};
    QSignalSpy dropped(&m_window->page, &TopologyPage::templateDropped);
    InputSteps steps = beginning();
    steps += {moveTo(node(u"pi-1"_s)), [&] { return bubble() == u"Does not fit on pi-1\npi-1 is cordoned."; }};
    steps += {{u"mouseup"_s, u"1"_s}, [&] { return bubble().isEmpty(); }};
    QVERIFY2(tests::follow(steps), qPrintable(bubble()));
    QVERIFY(dropped.isEmpty());
}

void TestTemplateDrag::escape()
{
    QSignalSpy dropped(&m_window->page, &TopologyPage::templateDropped);
    InputSteps steps = beginning();
    steps += {moveTo(node(u"pi-1"_s)), [&] { return !bubble().isEmpty(); }};
    steps += {{u"key"_s, u"Escape"_s}, [&] { return bubble().isEmpty(); }};
    steps += {{u"mouseup"_s, u"1"_s}, [] { return QApplication::mouseButtons() == Qt::NoButton; }};
    QVERIFY2(tests::follow(steps), qPrintable(bubble()));
    QVERIFY(dropped.isEmpty());
}

FleetTree &TestTemplateDrag::makeTabs()
{
    m_model.setSnapshot(m_window->fleet.snapshot);
    auto *fleet = new FleetPanel(m_window->theme, m_window->selection, m_model);
    auto *tabs = new QTabWidget;
    tabs->setFixedWidth(232);
    m_window->layout()->replaceWidget(&m_window->palette, tabs);
    tabs->addTab(fleet, u"Fleet"_s);
    tabs->addTab(&m_window->palette, u"Templates"_s);
    tabs->setCurrentIndex(1);
    tabs->tabBar()->setAcceptDrops(true);
    tabs->tabBar()->setChangeCurrentOnDrag(true);
    m_window->palette.show();
    fleet->tree().setDropSource([this](const QString &) { return m_window->advice; });
    fleet->tree().collapseAll();
    return fleet->tree();
}

QPoint TestTemplateDrag::row(const FleetTree &tree, const QString &name) const
{
    return tree.viewport()->mapTo(m_window.get(), tree.visualRect(index(name)).center());
}

void TestTemplateDrag::ontoTheFleet()
{
    m_window->advice->verdicts[u"pi-1"_s] = {Fit::DoesNotFit, {u"pi-1 is cordoned."_s}};
    const FleetTree &tree = makeTabs();
    const QTabBar *bar = m_window->findChild<QTabBar *>();
    QTRY_COMPARE_WITH_TIMEOUT(m_window->childAt(card()), m_window->palette.list().viewport(), 30000);
    const auto said = [&] { return tree.dropBubble() ? tree.dropBubble()->text() : QString(); };
    QSignalSpy dropped(&tree, &FleetTree::templateDropped);
    QSignalSpy ended(&m_window->palette, &TemplatePalette::dragEnded);
    InputSteps steps = beginning();
    // Its tab opens under the pointer, then the site.
    steps += {moveTo(bar->mapTo(m_window.get(), bar->tabRect(0).center())), [&] { return tree.isVisible(); }};
    const auto toSite = [&] { return moveTo(row(tree, u"Site 1"_s)); };
    steps +=
        {{}, [&] { return said() == u"Fits at site Site 1\nThere is room." && tree.isExpanded(index(u"Site 1"_s)); },
            toSite};
    const auto toPi = [&] { return moveTo(row(tree, u"pi-1"_s)); };
    steps += {{}, [&] { return said() == u"Does not fit on pi-1\npi-1 is cordoned."; }, toPi};
    const auto toOther = [&] { return moveTo(row(tree, u"pi-2"_s)); };
    steps += {{}, [&] { return said() == u"Fits on pi-2\nThere is room."; }, toOther};
    steps += {{u"mouseup"_s, u"1"_s}, [&] { return !dropped.isEmpty(); }};
    QVERIFY2(tests::follow(steps), qPrintable(said()));
    QCOMPARE(dropped.front().at(0).toString(), DropWindow::web());
    QCOMPARE(dropped.front().at(1).value<Target>(), (Target{Target::Kind::Node, u"pi-2"_s, {}}));
    QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, 30000);
    QVERIFY(!tree.dropBubble());
    QVERIFY(m_window->selection.isEmpty());
}

int main(int argc, char **argv)
{
    const tests::XServer server;
    QApplication application(argc, argv);
    TestTemplateDrag test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_templatedrag.moc"
