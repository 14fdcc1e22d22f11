// SPDX-License-Identifier: GPL-3.0-or-later
// The shipped program as a screen reader meets it: over the accessibility bus, with keys that come from the X server.
#include "tests/ui/accessibility/accessible.h"
#include "tests/ui/accessibility/desktop.h"

#include <QDBusMessage>
#include <QTest>

using namespace kdra::test;
using namespace Qt::StringLiterals;

namespace {

// X11/keysymdef.h
enum Key { Return = 0xff0d, Escape = 0xff1b, Left = 0xff51, Up = 0xff52, Right = 0xff53, Down = 0xff54 };

bool isShown(const Accessible &one)
{
    return one.is(AccessibleState::Showing) && one.is(AccessibleState::Visible);
}

} // namespace

class TestAccessibilityBus : public QObject {
    Q_OBJECT

public Q_SLOTS:
    void focusChanged(const QDBusMessage &event);

private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void whatTakesTheFocusHasAName();
    void theCanvasIsATree();
    void theKeyboardsWayIsTold();
    void tablesHaveHeadersAndCells();
    void buttonsArePressed();

private:
    Accessible window() const { return m_program.child(0); }
    // The first of the role that is shown and whose name starts so; not into tables and trees.
    Accessible shown(const QString &role, const QString &name, const Accessible &in) const;
    Accessible shown(const QString &role, const QString &name) const { return shown(role, name, window()); }
    void openPage(const QString &name);
    void press(Key key);
    void click(const Accessible &one);
    // Asks the registry to do what a person does at the keyboard and the mouse of the X server.
    void generate(const QString &method, const QVariantList &arguments);

    Desktop m_desktop;
    Accessible m_program;
    Accessible m_canvas;
    Accessible m_focus; // what the last focus event was about
};

void TestAccessibilityBus::focusChanged(const QDBusMessage &event)
{
    const QVariantList arguments = event.arguments();
    if (arguments.value(0).toString() == "focused"_L1 && arguments.value(1).toInt() == 1)
        m_focus = Accessible(m_desktop.bus(), {event.service(), QDBusObjectPath(event.path())});
}

Accessible TestAccessibilityBus::shown(const QString &role, const QString &name, const Accessible &in) const
{
    Accessible found;
    in.visit([&](const Accessible &one) {
        if (!found.isNull() || !isShown(one))
            return false;
        const QString itsRole = one.role();
        if (itsRole == role && one.name().startsWith(name))
            found = one;
        return found.isNull() && itsRole != "table"_L1 && itsRole != "tree"_L1;
    });
    return found;
}

void TestAccessibilityBus::generate(const QString &method, const QVariantList &arguments)
{
    QDBusMessage message = QDBusMessage::createMethodCall(u"org.a11y.atspi.Registry"_s,
        u"/org/a11y/atspi/registry/deviceeventcontroller"_s, u"org.a11y.atspi.DeviceEventController"_s, method);
    message.setArguments(arguments);
    const QDBusMessage answer = m_desktop.bus().call(message);
    QVERIFY2(answer.type() == QDBusMessage::ReplyMessage, qPrintable(answer.errorMessage()));
}

void TestAccessibilityBus::press(Key key)
{
    constexpr quint32 keysym = 3; // ATSPI_KEY_SYM: pressed and released
    generate(u"GenerateKeyboardEvent"_s, {static_cast<int>(key), QString(), keysym});
}

// At its left edge, halfway down. Without a window manager a click is also what activates a window.
void TestAccessibilityBus::click(const Accessible &one)
{
    const QRect place = one.extents();
    generate(u"GenerateMouseEvent"_s, {place.left() + 4, place.center().y(), u"b1c"_s});
}

void TestAccessibilityBus::openPage(const QString &name)
{
    const Accessible button = shown(u"check box"_s, name);
    QVERIFY2(!button.isNull(), qPrintable(name));
    QVERIFY(button.act(u"Press"_s));
    QTRY_VERIFY_WITH_TIMEOUT(button.is(AccessibleState::Checked), 60000);
}

void TestAccessibilityBus::initTestCase()
{
    Accessible::registerTypes();
    QCOMPARE(Desktop::missing(), QString());
    QVERIFY2(m_desktop.start(), qPrintable(m_desktop.error()));
    // Programs tell only what somebody has said to listen to.
    QDBusMessage listen = QDBusMessage::createMethodCall(
        u"org.a11y.atspi.Registry"_s, u"/org/a11y/atspi/registry"_s, u"org.a11y.atspi.Registry"_s, u"RegisterEvent"_s);
    listen << u"object:state-changed:focused"_s << QStringList() << QString();
    // The registry is started by being asked; it answers once it has found the display and the bus.
    QDBusMessage answer;
    const auto isHeard = [&] {
        answer = m_desktop.bus().call(listen);
        return answer.type() == QDBusMessage::ReplyMessage;
    };
    QTRY_VERIFY2_WITH_TIMEOUT(isHeard(), qPrintable(answer.errorName() + u": "_s + answer.errorMessage()), 30'000);
    QVERIFY(m_desktop.bus().connect(
        {}, {}, u"org.a11y.atspi.Event.Object"_s, u"StateChanged"_s, this, SLOT(focusChanged(QDBusMessage))));

    QVERIFY2(
        m_desktop.run({u"--demo"_s, u"--size"_s, u"1280x800"_s, u"--theme"_s, u"dark"_s, u"--language"_s, u"en"_s}),
        qPrintable(m_desktop.error()));
    QTRY_VERIFY_WITH_TIMEOUT(Accessible::desktop(m_desktop.bus()).childCount() == 1, 30'000);
    m_program = Accessible::desktop(m_desktop.bus()).child(0);
    QCOMPARE(m_program.role(), u"application"_s);
    QCOMPARE(m_program.name(), u"kdra"_s);
    QTRY_COMPARE_WITH_TIMEOUT(window().role(), u"frame"_s, 30'000);
    QCOMPARE(window().name(), u"KDRA"_s);
    QTRY_VERIFY_WITH_TIMEOUT(!(m_canvas = shown(u"tree"_s, u"Topology"_s)).isNull(), 30'000);
    QTRY_VERIFY_WITH_TIMEOUT(m_canvas.childCount() >= 4, 30'000);
}

void TestAccessibilityBus::cleanup()
{
    QCOMPARE(m_desktop.program().state(), QProcess::Running);
    openPage(u"Topology"_s);
}

void TestAccessibilityBus::whatTakesTheFocusHasAName()
{
    for (const QString &page :
        {u"Topology"_s, u"Environments"_s, u"Metrics"_s, u"Nodes & Pis"_s, u"Workloads"_s, u"Network"_s, u"Events"_s}) {
        openPage(page);
        QStringList nameless;
        int focusable = 0;
        window().visit([&](const Accessible &one) {
            if (!isShown(one))
                return false;
            const QString role = one.role();
            if (one.is(AccessibleState::Focusable)) {
                ++focusable;
                if (one.name().trimmed().isEmpty())
                    nameless += one.text();
            }
            return role != "table"_L1 && role != "tree"_L1;
        });
        QVERIFY(focusable > 20);
        QVERIFY2(nameless.isEmpty(), qPrintable(page + u": "_s + nameless.join(u'\n')));
    }
}

void TestAccessibilityBus::theCanvasIsATree()
{
    QVERIFY(m_canvas.is(AccessibleState::Focusable));
    const QRect canvas = m_canvas.extents();
    QVERIFY(canvas.width() > 300);
    int nodes = 0;
    int pis = 0;
    int pods = 0;
    for (const Accessible &group : m_canvas.children()) {
        QCOMPARE(group.role(), u"tree item"_s);
        QCOMPARE(group.parent(), m_canvas);
        QVERIFY2(group.name().contains(", group, "_L1), qPrintable(group.name()));
        QVERIFY(canvas.intersects(group.extents()));
        QVERIFY(group.interfaces().contains(u"org.a11y.atspi.Action"_s));
        for (const Accessible &node : group.children()) {
            QCOMPARE(node.role(), u"tree item"_s);
            QCOMPARE(node.parent(), group);
            const QString name = node.name();
            nodes += name.contains("Ready"_L1) || name.contains("silent"_L1) ? 1 : 0;
            pis += name.contains("Raspberry Pi"_L1) ? 1 : 0;
            QVERIFY2(name.contains(" pods"_L1), qPrintable(name));
            // What is asked of it is no part of its name: it is told on request.
            const QString more = node.description();
            QVERIFY2(more.contains("CPU requested: "_L1) && !more.contains(name), qPrintable(more));
            if (pods >= 20)
                continue;
            for (const Accessible &pod : node.children()) {
                const QString podName = pod.name();
                if (podName.isEmpty())
                    continue; // it is gone meanwhile
                ++pods;
                QCOMPARE(pod.parent(), node);
                QVERIFY2(
                    podName.contains(", pod in "_L1) && podName.contains(" containers ready"_L1), qPrintable(podName));
                QVERIFY2(pod.description().contains("Image: "_L1), qPrintable(pod.description()));
            }
        }
    }
    QCOMPARE(nodes, 24);
    QCOMPARE(pis, 16);
    QVERIFY(pods >= 20);
}

void TestAccessibilityBus::theKeyboardsWayIsTold()
{
    click(m_canvas);
    QTRY_VERIFY_WITH_TIMEOUT(m_canvas.is(AccessibleState::Focused), 60000);
    // A stop is told by an event about it, and is in itself all there is to say.
    const auto stops = [this](Key key, const QString &part, const Accessible &in) {
        const Accessible before = m_focus;
        press(key);
        return QTest::qWaitFor([&] { return !(m_focus == before) && m_focus.name().contains(part); }, 60'000)
            && m_focus.is(AccessibleState::Focused) && m_focus.role() == "tree item"_L1
            && (in.isNull() || m_focus.parent() == in);
    };
    QVERIFY2(stops(Right, u" pods"_s, {}), qPrintable(m_focus.text()));
    const Accessible node = m_focus;
    QVERIFY2(stops(Return, u", pod in "_s, node), qPrintable(m_focus.text()));
    QVERIFY2(m_focus.name().contains(u" on "_s), qPrintable(m_focus.name()));
    QVERIFY(m_focus.is(AccessibleState::Selected));
    const Accessible pod = m_focus;
    QVERIFY2(stops(Right, u", pod in "_s, node), qPrintable(m_focus.text()));
    QVERIFY(!pod.is(AccessibleState::Focused));
    QVERIFY2(stops(Escape, u" pods"_s, {}), qPrintable(m_focus.text()));
    QCOMPARE(m_focus, node);
    QVERIFY2(stops(Escape, u", group, "_s, m_canvas), qPrintable(m_focus.text()));
    QCOMPARE(m_focus, node.parent());
    // What the inspector says of it follows, too.
    QVERIFY(pod.act(u"Press"_s));
    const QString name = pod.name().section(u", "_s, 0, 0);
    QTRY_VERIFY_WITH_TIMEOUT(!shown(u"label"_s, name, shown(u"panel"_s, u"Inspector"_s)).isNull(), 60000);
}

void TestAccessibilityBus::tablesHaveHeadersAndCells()
{
    openPage(u"Nodes & Pis"_s);
    Accessible table;
    QTRY_VERIFY_WITH_TIMEOUT(!(table = shown(u"table"_s, u"Nodes & Pis"_s)).isNull(), 60000);
    QTRY_COMPARE_WITH_TIMEOUT(table.rows(), 24, 60000);
    QCOMPARE(table.columnTitle(0), u"Name"_s);
    for (int column = 0; column < table.columns(); ++column)
        QVERIFY2(!table.columnTitle(column).isEmpty(), qPrintable(QString::number(column)));
    const Accessible first = table.cell(0, 0);
    QCOMPARE(first.role(), u"cell"_s);
    QVERIFY(!first.name().isEmpty());
    // The glyph of the row, in words.
    QCOMPARE(first.description(), u"healthy"_s);
    QCOMPARE(first.parent(), table);
    // The headers are children like the cells, after the corner that they meet in.
    QVERIFY2(table.child(1).role().endsWith("column header"_L1), qPrintable(table.child(1).text()));
    QCOMPARE(table.child(1).name(), u"Name"_s);
}

void TestAccessibilityBus::buttonsArePressed()
{
    click(m_canvas);
    QTRY_VERIFY_WITH_TIMEOUT(m_canvas.is(AccessibleState::Focused), 60000);
    const Accessible freshness = shown(u"push button"_s, u"Freshness: "_s);
    QVERIFY(!freshness.isNull());
    QVERIFY(freshness.act(u"Press"_s));
    // Popups are no children of anything on the bus: the focus, which is told, leads into them.
    const auto popover = [this] {
        Accessible one = m_focus;
        while (!one.isNull() && (one.role() != "panel"_L1 || one.name() != "Freshness of each kind"_L1))
            one = one.parent();
        return one;
    };
    QTRY_VERIFY2_WITH_TIMEOUT(!popover().isNull(), qPrintable(m_focus.text()), 60000);
    QTRY_VERIFY_WITH_TIMEOUT(!popover().description().isEmpty(), 60000);
    const Accessible kinds = shown(u"table"_s, u"Freshness of each kind"_s, popover());
    QCOMPARE(kinds.cell(1, 0).name(), u"Pod"_s);
    QTRY_COMPARE_WITH_TIMEOUT(kinds.cell(1, 1).name(), u"Live"_s, 60000);
    QVERIFY(shown(u"push button"_s, u"Connection doctor"_s, popover()).act(u"Press"_s));
    QTRY_VERIFY_WITH_TIMEOUT(!shown(u"panel"_s, u"Connection doctor"_s).isNull(), 60000);
    QVERIFY(shown(u"push button"_s, u"Back"_s).act(u"Press"_s));
    QTRY_VERIFY_WITH_TIMEOUT(shown(u"panel"_s, u"Connection doctor"_s).isNull(), 60000);
}

QTEST_GUILESS_MAIN(TestAccessibilityBus)
#include "tst_accessibilitybus.moc"
