// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/metrics/panelscene.h"

#include <QAccessible>
#include <QClipboard>
#include <QLabel>
#include <QMimeData>
#include <QSignalSpy>
#include <QTest>
#include <QTextBrowser>
#include <QWheelEvent>
#include <QXmlStreamReader>

using namespace kdra;
using namespace kdra::ui;
using namespace Qt::StringLiterals;
using metrics::PanelKind;
using tests::hover;
using tests::legendOf;
using tests::linesOf;
using tests::noValue;
using tests::painted;
using tests::pixelsOf;

// What a user does in panels, and what comes back from bad answers.
class TestPanels : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { m_scene.clear(); }
    void cleanup() { m_scene.clear(); }
    void zoomsByDragging();
    void movesAndWheels();
    void keys();
    void crosshairIsShared();
    void legendTogglesAndHighlights();
    void legendTableSorts();
    void noPeakIsLostInThePicture();
    void gapsAreNotPainted();
    void hostileTextsAreInert();
    void oddValues_data();
    void oddValues();
    void copies();
    void saysWhatIsWrong();
    void accessible();
    void axesDoNotJump();

private:
    PanelView &show(const metrics::Panel &panel, const QList<metrics::PanelAnswer> &answers, QSize size = {480, 260})
    {
        return m_scene.show(panel, answers, size);
    }
    static void drag(PlotView &plot, QPoint from, QPoint to, Qt::MouseButton button = Qt::LeftButton,
        Qt::KeyboardModifiers modifiers = {});

    tests::PanelScene m_scene;
};

void TestPanels::drag(PlotView &plot, QPoint from, QPoint to, Qt::MouseButton button, Qt::KeyboardModifiers modifiers)
{
    QWidget *target = plot.viewport();
    QTest::mousePress(target, button, modifiers, from);
    for (int i = 1; i <= 4; ++i) {
        const QPoint at = from + (to - from) * i / 4;
        QMouseEvent move(QEvent::MouseMove, at, target->mapToGlobal(at), Qt::NoButton, button, modifiers);
        QApplication::sendEvent(target, &move);
    }
    QTest::mouseRelease(target, button, modifiers, to);
}

void TestPanels::zoomsByDragging()
{
    PanelView &view =
        show(tests::panelOf(PanelKind::TimeSeries, u"Memory"_s, u"bytes"_s), {tests::waves(3, 240, 2e9, 5e8)});
    PlotView &plot = *view.plot();
    QSignalSpy chosen(&m_scene.state(), &ViewState::spanChosen);
    QSignalSpy reset(&m_scene.state(), &ViewState::resetRequested);
    const QRect area = plot.plotArea().toRect();
    const QPoint from(area.left() + area.width() / 4, area.center().y());
    const QPoint to(area.left() + area.width() / 2, area.center().y() - 20);
    const TimeSpan expected{plot.timeAt(from.x()), plot.timeAt(to.x())};
    drag(plot, from, to);
    QCOMPARE(chosen.count(), 1);
    QCOMPARE(m_scene.state().span(), expected);
    QVERIFY(!plot.marked());
    // The other way round it is the same; another zoom, and back twice.
    drag(plot, to, from);
    QCOMPARE(chosen.count(), 2);
    QTest::mouseDClick(plot.viewport(), Qt::LeftButton, {}, area.center());
    QCOMPARE(m_scene.state().span(), expected);
    QTest::mouseDClick(plot.viewport(), Qt::LeftButton, {}, area.center());
    QCOMPARE(m_scene.state().span(), (TimeSpan{tests::start, tests::end}));
    QCOMPARE(reset.count(), 0);
    QTest::mouseDClick(plot.viewport(), Qt::LeftButton, {}, area.center());
    QCOMPARE(reset.count(), 1);
    // A click that trembles is no zoom, and neither is a drag outside of the plot.
    drag(plot, from, from + QPoint(2, 1));
    drag(plot, QPoint(3, 3), QPoint(3, 40));
    QCOMPARE(m_scene.state().span(), (TimeSpan{tests::start, tests::end}));
}

void TestPanels::movesAndWheels()
{
    PanelView &view =
        show(tests::panelOf(PanelKind::TimeSeries, u"Memory"_s, u"bytes"_s), {tests::waves(3, 240, 2e9, 5e8)});
    PlotView &plot = *view.plot();
    const QRect area = plot.plotArea().toRect();
    const qint64 length = m_scene.state().span().length();
    drag(plot, area.center(), area.center() - QPoint(area.width() / 4, 0), Qt::LeftButton, Qt::ShiftModifier);
    QCOMPARE(m_scene.state().span().length(), length);
    QVERIFY(std::abs(m_scene.state().span().from - (tests::start + length / 4)) < length / 50);
    const auto wheel = [&](int delta, Qt::KeyboardModifiers modifiers) {
        const QPointF at = area.center();
        QWheelEvent event(
            at, plot.viewport()->mapToGlobal(at), {}, {0, delta}, Qt::NoButton, modifiers, Qt::NoScrollPhase, false);
        QApplication::sendEvent(plot.viewport(), &event);
        return event.isAccepted();
    };
    const qint64 pointed = plot.timeAt(area.center().x());
    QVERIFY(wheel(120, Qt::ControlModifier));
    QVERIFY(m_scene.state().span().length() < length);
    // What was at the pointer stays there.
    QVERIFY(std::abs(plot.timeAt(area.center().x()) - pointed) < 2000);
    const qint64 before = m_scene.state().span().from;
    QVERIFY(wheel(120, Qt::ShiftModifier));
    QVERIFY(m_scene.state().span().from < before);
    // The page's.
    QVERIFY(!wheel(120, {}));
}

void TestPanels::keys()
{
    PanelView &view =
        show(tests::panelOf(PanelKind::TimeSeries, u"Memory"_s, u"bytes"_s), {tests::waves(3, 240, 2e9, 5e8)});
    PlotView &plot = *view.plot();
    const auto press = [&](Qt::Key key, Qt::KeyboardModifiers modifiers = {}) {
        QTest::keyClick(&plot, key, modifiers);
    };
    press(Qt::Key_Home);
    QCOMPARE(m_scene.state().crosshair(), std::optional(tests::start));
    press(Qt::Key_Right);
    QCOMPARE(m_scene.state().crosshair(), std::optional(tests::start + tests::step));
    QVERIFY(plot.tipShown());
    for (int i = 0; i < 4; ++i)
        press(Qt::Key_Right, Qt::ShiftModifier);
    QCOMPARE(plot.marked(), std::optional(TimeSpan{tests::start + tests::step, tests::start + 5 * tests::step}));
    press(Qt::Key_Left, Qt::ShiftModifier);
    QCOMPARE(plot.marked()->to, tests::start + 4 * tests::step);
    press(Qt::Key_Return);
    QCOMPARE(m_scene.state().span(), (TimeSpan{tests::start + tests::step, tests::start + 4 * tests::step}));
    press(Qt::Key_Backspace);
    QCOMPARE(m_scene.state().span(), (TimeSpan{tests::start, tests::end}));
    press(Qt::Key_Plus);
    QVERIFY(m_scene.state().span().length() < tests::end - tests::start);
    press(Qt::Key_PageDown);
    press(Qt::Key_Escape);
    QVERIFY(!m_scene.state().crosshair());
    QVERIFY(!plot.tipShown());
}

void TestPanels::crosshairIsShared()
{
    PanelView &one =
        show(tests::panelOf(PanelKind::TimeSeries, u"Memory"_s, u"bytes"_s), {tests::waves(4, 240, 2e9, 5e8)});
    PanelView &other =
        show(tests::panelOf(PanelKind::TimeSeries, u"CPU"_s, u"percentunit"_s), {tests::waves(2, 240, .3, .1)});
    const QRect area = one.plot()->plotArea().toRect();
    hover(*one.plot()->viewport(), area.center());
    QVERIFY(m_scene.state().crosshair().has_value());
    QCOMPARE(*m_scene.state().crosshair(), one.plot()->timeAt(area.center().x()));
    QVERIFY(one.plot()->tipShown());
    QVERIFY(!other.plot()->tipShown());
    // All series at that time, from the top of the plot downwards, the nearest of them marked.
    const Tip tip = one.plot()->tip();
    QCOMPARE(tip.rows.size(), 4);
    QCOMPARE(std::ranges::count_if(tip.rows, &TipRow::nearest), 1);
    QCOMPARE(tip.time % tests::step, tests::start % tests::step);
    QVERIFY(std::abs(tip.time - *m_scene.state().crosshair()) <= tests::step);
    // The other plot has the line at its own place for the time.
    const QImage image = painted(*other.plot());
    const int x = int(other.plot()->xOf(*m_scene.state().crosshair()));
    const QRect column(x, other.plot()->plotArea().toRect().top(), 1, other.plot()->plotArea().toRect().height());
    QVERIFY(pixelsOf(image, column, m_scene.theme().palette().dim) > column.height() / 2);
    QEvent leave(QEvent::Leave);
    QApplication::sendEvent(one.plot(), &leave);
    QVERIFY(!m_scene.state().crosshair());
    QCOMPARE(pixelsOf(painted(*other.plot()), column, m_scene.theme().palette().dim), 0);
}

void TestPanels::legendTogglesAndHighlights()
{
    PanelView &view =
        show(tests::panelOf(PanelKind::TimeSeries, u"Memory"_s, u"bytes"_s), {tests::waves(3, 240, 2e9, 5e8)});
    LegendView &legend = legendOf(view);
    const QRect area = view.plot()->plotArea().toRect();
    const QColor first = linesOf(view).look(0).colour;
    const QColor second = linesOf(view).look(1).colour;
    QVERIFY(pixelsOf(painted(*view.plot()), area, first) > 100);
    const auto click = [&](int entry, Qt::KeyboardModifiers modifiers = {}) {
        QTest::mouseClick(legend.viewport(), Qt::LeftButton, modifiers, legend.entryRect(entry).center());
        legend.clearFocus();
        QEvent leave(QEvent::Leave);
        QApplication::sendEvent(&legend, &leave);
    };
    click(0);
    QCOMPARE(legend.hidden(), (QSet{u"pi-002"_s, u"pi-003"_s}));
    QCOMPARE(pixelsOf(painted(*view.plot()), area, second), 0);
    click(0);
    QVERIFY(legend.hidden().isEmpty());
    click(0, Qt::ControlModifier);
    QCOMPARE(legend.hidden(), QSet{u"pi-001"_s});
    // New data, the same choice.
    view.setAnswers({tests::waves(3, 240, 2e9, 5e8, 2)});
    QCOMPARE(pixelsOf(painted(*view.plot()), area, first), 0);
    QVERIFY(pixelsOf(painted(*view.plot()), area, second) > 100);
    QCOMPARE(view.plot()->content().tipAt(tests::start + 600'000, noValue).rows.size(), 2);
    click(0, Qt::ControlModifier);
    // Who is pointed at stands out.
    const int before = pixelsOf(painted(*view.plot()), area, second);
    hover(*legend.viewport(), legend.entryRect(0).center());
    QVERIFY(pixelsOf(painted(*view.plot()), area, second) < before / 4);
}

void TestPanels::legendTableSorts()
{
    metrics::Panel panel = tests::panelOf(PanelKind::TimeSeries, u"CPU"_s, u"percentunit"_s);
    panel.legendAsTable = true;
    panel.legendValues = {u"last"_s, u"max"_s};
    PanelView &view = show(panel, {tests::waves(3, 240, .2, .1)}, {480, 360});
    LegendView &legend = legendOf(view);
    QCOMPARE(legend.entries().first().values.size(), 2);
    // The heading of the last column.
    const QPoint heading(legend.viewport()->width() - 10, 6);
    QTest::mouseClick(legend.viewport(), Qt::LeftButton, {}, heading);
    QVERIFY(legend.entries()[0].numbers[1] >= legend.entries()[1].numbers[1]);
    QTest::mouseClick(legend.viewport(), Qt::LeftButton, {}, heading);
    QVERIFY(legend.entries()[0].numbers[1] <= legend.entries()[1].numbers[1]);
}

// One sample of eleven thousand is out of the line: it is painted up to its very height.
void TestPanels::noPeakIsLostInThePicture()
{
    for (const int at : {17, 5003, 10'990}) {
        std::vector<double> values(11'000, 10);
        values[size_t(at)] = 90;
        m_scene.state().setSpan({tests::start, tests::start + 10'999 * tests::step});
        metrics::Panel panel = tests::panelOf(PanelKind::TimeSeries, u"Peak"_s, u"short"_s);
        panel.field.min = 0;
        panel.field.max = 100;
        PanelView &view = show(panel, {tests::answerOf({tests::seriesOf({{u"instance"_s, u"a"_s}}, values)})});
        const QImage image = painted(*view.plot());
        const QRect area = view.plot()->plotArea().toRect();
        const auto x = int(view.plot()->xOf(tests::start + at * tests::step));
        const int top = area.bottom() - area.height() * 9 / 10;
        const QColor colour = linesOf(view).look(0).colour;
        QVERIFY(pixelsOf(image, QRect(x - 1, top + 3, 3, area.height() * 7 / 10), colour) >= area.height() * 7 / 10);
        QVERIFY(pixelsOf(image, QRect(x - 1, top - 2, 3, 5), colour) > 0);
        QCOMPARE(pixelsOf(image, QRect(x - 1, area.top() + 2, 3, top - area.top() - 8), colour), 0);
    }
}

void TestPanels::gapsAreNotPainted()
{
    std::vector<double> values(240, 5);
    std::fill(values.begin() + 100, values.begin() + 140, noValue);
    PanelView &view = show(tests::panelOf(PanelKind::TimeSeries, u"Gap"_s, u"volt"_s),
        {tests::answerOf({tests::seriesOf({{u"instance"_s, u"a"_s}}, values)})});
    const QImage image = painted(*view.plot());
    const QRect area = view.plot()->plotArea().toRect();
    const auto x = [&](int sample) { return int(view.plot()->xOf(tests::start + sample * tests::step)); };
    const QColor colour = linesOf(view).look(0).colour;
    QCOMPARE(pixelsOf(image, QRect(x(100) + 1, area.top(), x(138) - x(100), area.height()), colour), 0);
    QVERIFY(pixelsOf(image, QRect(x(20), area.top(), x(60) - x(20), area.height()), colour) > 40);
    QVERIFY(view.plot()->content().tipAt(tests::start + 120 * tests::step, 10).rows.isEmpty());
}

void TestPanels::hostileTextsAreInert()
{
    const QString evil = u"<img src='file:///etc/passwd'><b>x</b><script>alert(1)</script> & \u202e{{instance}}"_s;
    metrics::Panel panel = tests::panelOf(PanelKind::TimeSeries, evil, u"suffix:<h1>W</h1>"_s);
    panel.description = evil;
    panel.note = evil;
    metrics::PanelAnswer answer = tests::waves(2, 240, 3, 1);
    auto series = std::make_shared<std::vector<metrics::Series>>(*answer.answer.series);
    for (metrics::Series &one : *series)
        one.labels = {{u"instance"_s, evil + QString(3000, u'x')}};
    answer.answer.series = series;
    answer.answer.warnings = {evil};
    PanelView &view = show(panel, {answer}, {300, 200});
    for (const QLabel *label : view.findChildren<QLabel *>())
        QCOMPARE(label->textFormat(), Qt::PlainText);
    for (const QWidget *widget : view.findChildren<QWidget *>()) {
        if (Qt::mightBeRichText(widget->toolTip()))
            QVERIFY2(!widget->toolTip().contains(u"<img"_s), qPrintable(widget->toolTip()));
    }
    // Qt Charts writes labels of axes as HTML.
    for (QAbstractAxis *axis : view.plot()->chart()->axes()) {
        for (const QString &label : qobject_cast<QCategoryAxis *>(axis)->categoriesLabels())
            QVERIFY2(!label.contains(u'<'), qPrintable(label));
    }
    QVERIFY(linesOf(view).tipAt(tests::start, 0).rows.first().name.size() <= 200);
    const QByteArray svg = view.svg();
    QVERIFY(!svg.contains("<script>") && !svg.contains("<img"));
    QXmlStreamReader reader(svg);
    while (!reader.atEnd())
        reader.readNext();
    QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));
    // HTML in Markdown is text.
    metrics::Panel text = tests::panelOf(PanelKind::Text, u"Notes"_s, {});
    text.text = u"![x](file:///etc/passwd)\n\n<b>loud</b>"_s;
    PanelView &notes = show(text, {});
    QVERIFY(notes.findChild<QTextBrowser *>()->toPlainText().contains(u"<b>loud</b>"_s));
}

void TestPanels::oddValues_data()
{
    QTest::addColumn<std::vector<double>>("values");
    QTest::addColumn<bool>("empty");
    constexpr double inf = std::numeric_limits<double>::infinity();
    constexpr double largest = std::numeric_limits<double>::max();
    QTest::newRow("none") << std::vector<double>{} << true;
    QTest::newRow("NaN only") << std::vector<double>(100, noValue) << true;
    QTest::newRow("infinite") << std::vector<double>{inf, -inf, inf} << true;
    QTest::newRow("one point") << std::vector<double>{42} << false;
    QTest::newRow("huge") << std::vector<double>{1e308, -1e308, 1.7e308, largest, -largest} << false;
    QTest::newRow("tiny") << std::vector<double>{1e-308, 5e-324, 2e-308} << false;
    QTest::newRow("negative") << std::vector<double>{-5, -1, -12, -3} << false;
    QTest::newRow("zero") << std::vector<double>(50, 0) << false;
    QTest::newRow("flat") << std::vector<double>(50, 1e17) << false;
}

void TestPanels::oddValues()
{
    QFETCH(std::vector<double>, values);
    QFETCH(bool, empty);
    const QList<metrics::PanelAnswer> answers{tests::answerOf(
        {tests::seriesOf({{u"instance"_s, u"a"_s}}, values), tests::seriesOf({{u"instance"_s, u"b"_s}}, values)})};
    for (const PanelKind kind : {PanelKind::TimeSeries, PanelKind::Stat, PanelKind::Gauge, PanelKind::BarGauge,
             PanelKind::Heatmap, PanelKind::StateTimeline}) {
        for (const bool logarithmic : {false, true}) {
            for (const metrics::Stacking stacking :
                {metrics::Stacking::None, metrics::Stacking::Normal, metrics::Stacking::Percent}) {
                for (const metrics::DrawStyle draw :
                    {metrics::DrawStyle::Line, metrics::DrawStyle::Bars, metrics::DrawStyle::Points}) {
                    metrics::Panel panel = tests::panelOf(kind, u"Odd"_s, u"bytes"_s);
                    panel.logarithmic = logarithmic;
                    panel.stacking = stacking;
                    panel.draw = draw;
                    panel.fillOpacity = 20;
                    panel.field.thresholds = {{.color = u"green"_s}, {.from = 80, .color = u"red"_s}};
                    panel.field.thresholdStyle = metrics::ThresholdStyle::Both;
                    PanelView &view = show(panel, answers, {300, 160});
                    QVERIFY(!view.svg().isEmpty());
                    QVERIFY(!view.svg().contains("nan"));
                    if (view.plot())
                        view.plot()->content().tipAt(tests::start, 5);
                    if (kind == PanelKind::TimeSeries)
                        QCOMPARE(!view.status().isEmpty(), empty);
                    m_scene.clear();
                }
            }
            if (kind != PanelKind::TimeSeries)
                break;
        }
    }
}

void TestPanels::copies()
{
    PanelView &view = show(tests::panelOf(PanelKind::TimeSeries, u"Memory"_s, u"bytes"_s), {tests::waves(2, 3, 2, 1)});
    view.copyCsv();
    const QString csv = QApplication::clipboard()->text();
    QVERIFY(csv.startsWith(u"time,pi-001,pi-002\r\n"_s));
    QCOMPARE(csv.count(u"\r\n"_s), 4);
    view.copyQueries();
    QCOMPARE(QApplication::clipboard()->text(), u"sum by (instance) (up)"_s);
    view.copyPicture();
    QCOMPARE(QApplication::clipboard()->image().size(), view.size());
    view.copySvg();
    const QByteArray svg = QApplication::clipboard()->mimeData()->data(u"image/svg+xml"_s);
    QVERIFY(svg.contains("<polyline") || svg.contains("<path"));
    QVERIFY(svg.contains("pi-001") && svg.contains("Memory"));
    // Vectors, not a picture in a picture.
    QVERIFY(!svg.contains("<image"));
    view.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&view, 30000));
    QSignalSpy full(&view, &PanelView::fullScreenRequested);
    QTest::keyClick(&view, Qt::Key_F11);
    QCOMPARE(full.count(), 1);
}

void TestPanels::saysWhatIsWrong()
{
    PanelView &view = show(tests::panelOf(PanelKind::TimeSeries, u"Memory"_s, u"bytes"_s), {tests::answerOf({})});
    QVERIFY(view.status().startsWith(u"No data"_s));
    metrics::PanelAnswer partial = tests::waves(2, 240, 2e9, 5e8);
    partial.answer.partial = true;
    view.setAnswers({partial});
    QVERIFY(view.status().contains(u"Partial"_s));
    QVERIFY(view.status().contains(u"left a part"_s));
    view.setStale(std::chrono::seconds(90));
    QVERIFY2(view.status().contains(u"old"_s), qPrintable(view.status()));
    view.setError(Error{.what = u"Prometheus is gone."_s, .remedy = u"Ask again."_s});
    QVERIFY(view.status().contains(u"Prometheus is gone."_s));
    // What was there is there.
    QVERIFY(view.plot()->isVisible());
    view.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&view, 30000));
    QSignalSpy retry(&view, &PanelView::retryRequested);
    QTest::keyClick(&view, Qt::Key_F5);
    QCOMPARE(retry.count(), 1);
    view.setAnswers({tests::waves(2, 240, 2e9, 5e8)});
    QVERIFY2(view.status().isEmpty(), qPrintable(view.status()));
    PanelView &none = show({.kind = PanelKind::Unsupported, .title = u"Map"_s, .note = u"Maps are not shown."_s}, {});
    QVERIFY(none.status().contains(u"Maps are not shown."_s));
}

void TestPanels::accessible()
{
    PanelView &view =
        show(tests::panelOf(PanelKind::TimeSeries, u"Memory"_s, u"bytes"_s), {tests::waves(2, 240, 2e9, 5e8)});
    QAccessibleInterface *plot = QAccessible::queryAccessibleInterface(view.plot());
    QVERIFY(plot);
    QCOMPARE(plot->role(), QAccessible::Chart);
    QCOMPARE(plot->text(QAccessible::Name), u"Memory"_s);
    QCOMPARE(plot->childCount(), 2);
    QVERIFY(plot->child(0)->text(QAccessible::Name).startsWith(u"pi-001: last "_s));
    QCOMPARE(plot->child(1)->parent(), plot);
    QTest::keyClick(view.plot(), Qt::Key_Home);
    QVERIFY2(
        plot->text(QAccessible::Description).contains(u"pi-002: "_s), qPrintable(plot->text(QAccessible::Description)));
    view.setAnswers({});
    QCOMPARE(plot->childCount(), 0);
}

// A live plot: new samples come in at the right, and everything else stays where it is.
void TestPanels::axesDoNotJump()
{
    metrics::Panel panel = tests::panelOf(PanelKind::TimeSeries, u"Live"_s, u"percentunit"_s);
    PanelView &view = show(panel, {tests::waves(3, 400, .3, .1)});
    const QRectF area = view.plot()->plotArea();
    const metrics::AxisRange range = linesOf(view).range();
    for (int i = 1; i < 60; ++i) {
        m_scene.state().setSpan({tests::start + i * tests::step, tests::end + i * tests::step});
        view.setAnswers({tests::waves(3, 400, .3, .1)});
        view.grab();
        QCOMPARE(view.plot()->plotArea(), area);
        QCOMPARE(linesOf(view).range(), range);
    }
}

QTEST_MAIN(TestPanels)
#include "tst_panels.moc"
