// SPDX-License-Identifier: GPL-3.0-or-later
// Drags with a real mouse in a real X server, from the palette onto the canvas: the offscreen platform has no drags.
#include "tests/ui/topology/dropwindow.h"
#include "ui/topology/dropbubble.h"

#include <QApplication>
#include <QProcess>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

using namespace kdra;
using namespace kdra::ui;
using namespace Qt::StringLiterals;
using environments::Fit;
using environments::Target;
using tests::DropWindow;

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

private:
    struct Step {
        QStringList input; // of xdotool
        std::function<bool()> reached; // what comes of it
    };
    // The drag has an event loop of its own: each step is taken by timer when the one before has had its effect.
    bool follow(QList<Step> steps);
    QStringList moveTo(QPoint inWindow) const;
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
    QList<Step> beginning() const;

    std::unique_ptr<DropWindow> m_window;
};

void TestTemplateDrag::initTestCase()
{
    if (QStandardPaths::findExecutable(u"xdotool"_s).isEmpty() || QGuiApplication::platformName() != u"xcb")
        QSKIP("Xvfb and xdotool are needed for real input.");
}

void TestTemplateDrag::init()
{
    m_window = std::make_unique<DropWindow>();
    m_window->move(0, 0);
    m_window->resize(1280, 800);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    QTRY_VERIFY(!m_window->page.canvas().camera().isMoving());
}

QStringList TestTemplateDrag::moveTo(QPoint inWindow) const
{
    const QPoint global = m_window->mapToGlobal(inWindow);
    return {u"mousemove"_s, QString::number(global.x()), QString::number(global.y())};
}

QPoint TestTemplateDrag::card() const
{
    const TemplateList &list = m_window->palette.list();
    return list.viewport()->mapTo(m_window.get(), list.visualRect(list.currentIndex()).center());
}

bool TestTemplateDrag::follow(QList<Step> steps)
{
    QTimer timer;
    QProcess tool;
    bool sent = false;
    const auto advance = [&] {
        if (steps.isEmpty() || tool.state() != QProcess::NotRunning)
            return;
        if (!std::exchange(sent, true)) {
            tool.start(u"xdotool"_s, steps.front().input);
        } else if (steps.front().reached()) {
            steps.removeFirst();
            sent = false;
        }
    };
    connect(&timer, &QTimer::timeout, this, advance);
    timer.start(10);
    return QTest::qWaitFor([&] { return steps.isEmpty(); }, 20000);
}

QList<TestTemplateDrag::Step> TestTemplateDrag::beginning() const
{
    const auto always = [] { return true; };
    return {{moveTo(card()), [this] { return m_window->mapFromGlobal(QCursor::pos()) == card(); }},
        {{u"mousedown"_s, u"1"_s}, [] { return QApplication::mouseButtons() == Qt::LeftButton; }},
        {moveTo(card() + QPoint(6, 3)), always}, {moveTo(card() + QPoint(40, 6)), always}};
}

void TestTemplateDrag::ontoANode()
{
    QSignalSpy dropped(&m_window->page, &TopologyPage::templateDropped);
    QList<Step> steps = beginning();
    steps += {moveTo(node(u"rack-0"_s)), [&] { return bubble() == u"Fits on rack-0\nThere is room."; }};
    steps += {moveTo(node(u"pi-2"_s)), [&] { return bubble() == u"Fits on pi-2\nThere is room."; }};
    steps += {moveTo(node(u"pi-1"_s)), [&] { return bubble() == u"Fits on pi-1\nThere is room."; }};
    steps += {{u"mouseup"_s, u"1"_s}, [&] { return !dropped.isEmpty(); }};
    QVERIFY2(follow(steps), qPrintable(bubble()));
    QCOMPARE(dropped.size(), 1);
    QCOMPARE(dropped.front().at(0).toString(), DropWindow::web());
    QCOMPARE(dropped.front().at(1).value<Target>(), (Target{Target::Kind::Node, u"pi-1"_s, {}}));
    QTRY_VERIFY(!m_window->page.canvas().dropBubble());
    // Neither panned nor selected on the way.
    QVERIFY(m_window->selection.isEmpty());
    QVERIFY(m_window->page.canvas().followsAll());
}

void TestTemplateDrag::ontoTheCluster()
{
    m_window->advice->verdicts[QString()] = {Fit::Tight, {u"Goes to Site 1."_s}};
    QSignalSpy dropped(&m_window->page, &TopologyPage::templateDropped);
    const QPoint bare = onCanvas({20, m_window->page.canvas().height() / 2});
    QList<Step> steps = beginning();
    steps += {moveTo(bare), [&] { return bubble() == u"Fits into this cluster, but it is tight\nGoes to Site 1."; }};
    steps += {{u"mouseup"_s, u"1"_s}, [&] { return !dropped.isEmpty(); }};
    QVERIFY2(follow(steps), qPrintable(bubble()));
    QCOMPARE(dropped.front().at(1).value<Target>(), Target());
}

void TestTemplateDrag::refused()
{
    m_window->advice->verdicts[u"pi-1"_s] = {Fit::DoesNotFit, {u"pi-1 is cordoned."_s}};
    QSignalSpy dropped(&m_window->page, &TopologyPage::templateDropped);
    QList<Step> steps = beginning();
    steps += {moveTo(node(u"pi-1"_s)), [&] { return bubble() == u"Does not fit on pi-1\npi-1 is cordoned."; }};
    steps += {{u"mouseup"_s, u"1"_s}, [&] { return bubble().isEmpty(); }};
    QVERIFY2(follow(steps), qPrintable(bubble()));
    QVERIFY(dropped.isEmpty());
}

void TestTemplateDrag::escape()
{
    QSignalSpy dropped(&m_window->page, &TopologyPage::templateDropped);
    QList<Step> steps = beginning();
    steps += {moveTo(node(u"pi-1"_s)), [&] { return !bubble().isEmpty(); }};
    steps += {{u"key"_s, u"Escape"_s}, [&] { return bubble().isEmpty(); }};
    steps += {{u"mouseup"_s, u"1"_s}, [] { return QApplication::mouseButtons() == Qt::NoButton; }};
    QVERIFY2(follow(steps), qPrintable(bubble()));
    QVERIFY(dropped.isEmpty());
}

int main(int argc, char **argv)
{
    QProcess server;
    if (!QStandardPaths::findExecutable(u"Xvfb"_s).isEmpty()) {
        // The server picks a free display and tells it on its standard output.
        server.start(
            u"Xvfb"_s, {u"-displayfd"_s, u"1"_s, u"-screen"_s, u"0"_s, u"1280x800x24"_s, u"-nolisten"_s, u"tcp"_s});
        while (!server.canReadLine() && server.waitForReadyRead(20000)) { }
        if (server.canReadLine()) {
            qputenv("DISPLAY", ':' + server.readLine().trimmed());
            qputenv("QT_QPA_PLATFORM", "xcb");
        }
    }
    int failed = 0;
    {
        QApplication application(argc, argv);
        TestTemplateDrag test;
        failed = QTest::qExec(&test, argc, argv);
    }
    server.terminate();
    server.waitForFinished(10000);
    return failed;
}

#include "tst_templatedrag.moc"
