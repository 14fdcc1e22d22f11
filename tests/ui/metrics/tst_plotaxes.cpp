// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/metrics/panelscene.h"

#include <QTest>

using namespace kdra;
using namespace kdra::ui;
using namespace Qt::StringLiterals;
using metrics::PanelKind;
using tests::hover;
using tests::legendOf;
using tests::linesOf;
using tests::painted;
using tests::pixelsOf;

// Axes of a plot: two of them, series below zero, and the series that keys have chosen.
class TestPlotAxes : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { m_scene.clear(); }
    void cleanup() { m_scene.clear(); }
    void anotherUnitHasAnotherAxis();
    void mirroredIsBelowZero();
    void keysChooseTheSeries();

private:
    tests::PanelScene m_scene;
};

// Twenty degrees at half of the height, and two gigahertz at three quarters of it.
void TestPlotAxes::anotherUnitHasAnotherAxis()
{
    metrics::Panel panel = tests::panelOf(PanelKind::TimeSeries, u"Board"_s, u"celsius"_s);
    panel.field.min = 0;
    panel.field.max = 40;
    const auto flat = [](const QString &name, double value, const QString &refId) {
        return tests::answering(
            refId, tests::answerOf({tests::seriesOf({{u"instance"_s, name}}, std::vector<double>(240, value))}));
    };
    const QList<metrics::PanelAnswer> answers{flat(u"a"_s, 20, u"A"_s), flat(u"b"_s, 2e9, u"B"_s)};
    const QJsonObject hertz{{u"unit"_s, u"hertz"_s}, {u"max"_s, 8e9 / 3}};
    PanelView &view = m_scene.show(tests::withSecond(panel, u"{{instance}}"_s, hertz), answers);
    const QRect area = view.plot()->plotArea().toRect();
    const QImage image = painted(*view.plot());
    const auto isAt = [&](int series, double part) {
        const int y = area.bottom() - int(part * area.height());
        return pixelsOf(image, QRect(area.left() + 10, y - 3, 100, 7), linesOf(view).look(series).colour) >= 50;
    };
    QVERIFY(isAt(0, 0.5));
    QVERIFY(isAt(1, 0.75));
    // Each has its own numbers, outside of the plot.
    QVERIFY(linesOf(view).ticks().back().text.contains(u"°C"_s));
    QVERIFY(linesOf(view).rightTicks().back().text.contains(u"GHz"_s));
    QVERIFY(view.width() - area.right() > 40);
    // What the pointer is near to is found by where it is drawn.
    const Tip tip = linesOf(view).tipAt(tests::start, area.height() * 0.26);
    QCOMPARE(tip.rows.size(), 2);
    QCOMPARE(tip.rows[0].name, u"b"_s);
    QVERIFY(tip.rows[0].nearest);
    QVERIFY(tip.rows[0].value.contains(u"2"_s) && tip.rows[0].value.contains(u"GHz"_s));
    // The same unit stays at the left, unless it was sent to the right; plain numbers are of one kind.
    PanelView &same = m_scene.show(tests::withSecond(panel, {}, {{u"decimals"_s, 1}}), answers);
    QVERIFY(linesOf(same).rightTicks().empty());
    PanelView &sent = m_scene.show(tests::withSecond(panel, {}, {{u"custom.axisPlacement"_s, u"right"_s}}), answers);
    QVERIFY(!linesOf(sent).rightTicks().empty());
    panel.field.unit = u"short"_s;
    PanelView &plain = m_scene.show(tests::withSecond(panel, {}, {{u"unit"_s, u"none"_s}}), answers);
    QVERIFY(linesOf(plain).rightTicks().empty());
    // By the type of the field: all that are numbers.
    panel.overrides = {{.matcher = u"byType"_s, .argument = u"number"_s, .properties = {{u"unit"_s, u"watt"_s}}},
        {.matcher = u"byType"_s, .argument = u"time"_s, .properties = {{u"unit"_s, u"volt"_s}}}};
    PanelView &typed = m_scene.show(panel, answers);
    QVERIFY(linesOf(typed).rightTicks().empty());
    QVERIFY(linesOf(typed).ticks().back().text.contains(u"W"_s));
}

void TestPlotAxes::mirroredIsBelowZero()
{
    for (const metrics::Stacking stacking : {metrics::Stacking::None, metrics::Stacking::Normal}) {
        metrics::Panel panel = tests::withSecond(tests::panelOf(PanelKind::TimeSeries, u"Network"_s, u"Bps"_s),
            u"sent"_s, {{u"custom.transform"_s, u"negative-Y"_s}});
        panel.stacking = stacking;
        panel.legendValues = {u"max"_s};
        std::vector<double> peak(240, 100);
        peak[120] = 900;
        PanelView &view = m_scene.show(panel,
            {tests::answerOf({tests::seriesOf({{u"instance"_s, u"received"_s}}, std::vector<double>(240, 500))}),
                tests::answering(u"B"_s, tests::answerOf({tests::seriesOf({{u"instance"_s, u"b"_s}}, peak)}))});
        QVERIFY(linesOf(view).range().low <= -900);
        const QRect area = view.plot()->plotArea().toRect();
        const auto y = [&](double value) { return area.top() + int(yOf(value, linesOf(view).range(), area.height())); };
        const QImage image = painted(*view.plot());
        const QColor colour = linesOf(view).look(1).colour;
        const int x = int(view.plot()->xOf(tests::start + 120 * tests::step));
        // Down to the very peak, and nowhere above zero.
        QVERIFY(pixelsOf(image, QRect(x - 1, y(-880) - 1, 3, 3), colour) > 0);
        QCOMPARE(pixelsOf(image, QRect(area.left(), area.top(), area.width(), y(0) - area.top() - 2), colour), 0);
        // It is written as it is.
        const Tip tip = linesOf(view).tipAt(tests::start + 120 * tests::step, y(-890) - area.top());
        QCOMPARE(tip.rows.last().name, u"sent"_s);
        QVERIFY(tip.rows.last().nearest);
        QCOMPARE(tip.rows.last().value, metrics::Unit(u"Bps"_s).text(900));
        QCOMPARE(legendOf(view).entries()[1].numbers, QList<double>{900});
    }
}

void TestPlotAxes::keysChooseTheSeries()
{
    PanelView &view =
        m_scene.show(tests::panelOf(PanelKind::TimeSeries, u"Memory"_s, u"bytes"_s), {tests::waves(3, 240, 2e9, 2e8)});
    PlotView &plot = *view.plot();
    const auto chosen = [&plot] {
        const QList<TipRow> rows = plot.tip().rows;
        const auto row = std::ranges::find_if(rows, &TipRow::nearest);
        return row == rows.end() ? QString() : row->name;
    };
    QTest::keyClick(&plot, Qt::Key_Home);
    QCOMPARE(chosen(), QString());
    QCOMPARE(plot.crosshairSentence().count(u"pi-"_s), 3);
    // From the top of the plot downwards, and not beyond.
    QTest::keyClick(&plot, Qt::Key_Down);
    QCOMPARE(chosen(), u"pi-003"_s);
    QTest::keyClick(&plot, Qt::Key_Down);
    QCOMPARE(chosen(), u"pi-002"_s);
    QTest::keyClick(&plot, Qt::Key_Right);
    QCOMPARE(chosen(), u"pi-002"_s);
    QVERIFY2(plot.crosshairSentence().count(u"pi-"_s) == 1 && plot.crosshairSentence().contains(u"pi-002: "_s),
        qPrintable(plot.crosshairSentence()));
    QTest::keyClick(&plot, Qt::Key_Down);
    QTest::keyClick(&plot, Qt::Key_Down);
    QCOMPARE(chosen(), u"pi-001"_s);
    QTest::keyClick(&plot, Qt::Key_Up);
    QTest::keyClick(&plot, Qt::Key_Space);
    QCOMPARE(legendOf(view).hidden(), (QSet{u"pi-001"_s, u"pi-003"_s}));
    QTest::keyClick(&plot, Qt::Key_Space);
    QVERIFY(legendOf(view).hidden().isEmpty());
    // The pointer reads what it is near to.
    hover(*plot.viewport(), plot.plotArea().toRect().topLeft() + QPoint(40, 2));
    QCOMPARE(chosen(), u"pi-003"_s);
    QTest::keyClick(&plot, Qt::Key_Escape);
    QCOMPARE(chosen(), QString());
    QVERIFY(plot.crosshairSentence().isEmpty());
}

QTEST_MAIN(TestPlotAxes)
#include "tst_plotaxes.moc"
