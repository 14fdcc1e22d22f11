// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/metrics/panels.h"
#include "ui/common/theme.h"
#include "ui/metrics/legendview.h"
#include "ui/metrics/linecontent.h"
#include "ui/metrics/panelbody.h"
#include "ui/metrics/panelview.h"
#include "ui/metrics/plotbody.h"
#include "ui/metrics/plotview.h"
#include "ui/metrics/tablebody.h"

#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QMimeData>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <QTextBrowser>
#include <QThreadPool>
#include <QWheelEvent>
#include <QXmlStreamReader>

using namespace kdra;
using namespace kdra::ui;
using namespace Qt::StringLiterals;
using metrics::PanelKind;
using tests::noValue;

// What a user does in panels, and what comes back from bad answers.
class TestPanels : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
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
    void tableSortsAndKeepsItsPlace();
    void anotherUnitHasAnotherAxis();
    void mirroredIsBelowZero();
    void keysChooseTheSeries();
    void muchIsMadeElsewhere();
    void aMomentComesBeforeWhatIsUnderWay();

private:
    PanelView &show(const metrics::Panel &panel, const QList<metrics::PanelAnswer> &answers, QSize size = {480, 260});
    static void drag(PlotView &plot, QPoint from, QPoint to, Qt::MouseButton button = Qt::LeftButton,
        Qt::KeyboardModifiers modifiers = {});

    Theme m_theme;
    std::unique_ptr<ViewState> m_state;
    std::vector<std::unique_ptr<PanelView>> m_views;
};

namespace {

constexpr qint64 end = tests::start + 239 * tests::step;

LegendView &legendOf(PanelView &view)
{
    return *dynamic_cast<PlotBody *>(view.body())->legend();
}

const LineContent &linesOf(PanelView &view)
{
    return dynamic_cast<const LineContent &>(view.plot()->content());
}

QImage painted(PlotView &plot)
{
    return plot.viewport()->grab().toImage();
}

// Straight to the widget: several windows lie at one place here.
void hover(QWidget &target, QPoint at)
{
    QMouseEvent move(QEvent::MouseMove, at, target.mapToGlobal(at), Qt::NoButton, {}, {});
    QApplication::sendEvent(&target, &move);
}

// Pixels of about a colour in a rectangle.
int pixelsOf(const QImage &image, const QRect &area, const QColor &colour)
{
    int found = 0;
    for (int y = area.top(); y <= area.bottom(); ++y) {
        for (int x = area.left(); x <= area.right(); ++x) {
            const QColor pixel = image.pixelColor(x, y);
            found += std::abs(pixel.red() - colour.red()) + std::abs(pixel.green() - colour.green())
                    + std::abs(pixel.blue() - colour.blue())
                < 60;
        }
    }
    return found;
}

}

void TestPanels::initTestCase()
{
    m_theme.apply(*qApp);
    m_theme.setScheme(Theme::Scheme::Dark);
}

void TestPanels::init()
{
    m_state = std::make_unique<ViewState>();
    m_state->setZone(QTimeZone::utc());
    m_state->setSpan({tests::start, end});
}

void TestPanels::cleanup()
{
    m_views.clear();
    m_state.reset();
}

PanelView &TestPanels::show(const metrics::Panel &panel, const QList<metrics::PanelAnswer> &answers, QSize size)
{
    m_views.push_back(std::make_unique<PanelView>(panel, *m_state, m_theme));
    PanelView &view = *m_views.back();
    view.resize(size);
    view.show();
    view.setAnswers(answers);
    view.grab();
    return view;
}

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
    QSignalSpy chosen(m_state.get(), &ViewState::spanChosen);
    QSignalSpy reset(m_state.get(), &ViewState::resetRequested);
    const QRect area = plot.plotArea().toRect();
    const QPoint from(area.left() + area.width() / 4, area.center().y());
    const QPoint to(area.left() + area.width() / 2, area.center().y() - 20);
    const TimeSpan expected{plot.timeAt(from.x()), plot.timeAt(to.x())};
    drag(plot, from, to);
    QCOMPARE(chosen.count(), 1);
    QCOMPARE(m_state->span(), expected);
    QVERIFY(!plot.marked());
    // The other way round it is the same; another zoom, and back twice.
    drag(plot, to, from);
    QCOMPARE(chosen.count(), 2);
    QTest::mouseDClick(plot.viewport(), Qt::LeftButton, {}, area.center());
    QCOMPARE(m_state->span(), expected);
    QTest::mouseDClick(plot.viewport(), Qt::LeftButton, {}, area.center());
    QCOMPARE(m_state->span(), (TimeSpan{tests::start, end}));
    QCOMPARE(reset.count(), 0);
    QTest::mouseDClick(plot.viewport(), Qt::LeftButton, {}, area.center());
    QCOMPARE(reset.count(), 1);
    // A click that trembles is no zoom, and neither is a drag outside of the plot.
    drag(plot, from, from + QPoint(2, 1));
    drag(plot, QPoint(3, 3), QPoint(3, 40));
    QCOMPARE(m_state->span(), (TimeSpan{tests::start, end}));
}

void TestPanels::movesAndWheels()
{
    PanelView &view =
        show(tests::panelOf(PanelKind::TimeSeries, u"Memory"_s, u"bytes"_s), {tests::waves(3, 240, 2e9, 5e8)});
    PlotView &plot = *view.plot();
    const QRect area = plot.plotArea().toRect();
    const qint64 length = m_state->span().length();
    drag(plot, area.center(), area.center() - QPoint(area.width() / 4, 0), Qt::LeftButton, Qt::ShiftModifier);
    QCOMPARE(m_state->span().length(), length);
    QVERIFY(std::abs(m_state->span().from - (tests::start + length / 4)) < length / 50);
    const auto wheel = [&](int delta, Qt::KeyboardModifiers modifiers) {
        const QPointF at = area.center();
        QWheelEvent event(
            at, plot.viewport()->mapToGlobal(at), {}, {0, delta}, Qt::NoButton, modifiers, Qt::NoScrollPhase, false);
        QApplication::sendEvent(plot.viewport(), &event);
        return event.isAccepted();
    };
    const qint64 pointed = plot.timeAt(area.center().x());
    QVERIFY(wheel(120, Qt::ControlModifier));
    QVERIFY(m_state->span().length() < length);
    // What was at the pointer stays there.
    QVERIFY(std::abs(plot.timeAt(area.center().x()) - pointed) < 2000);
    const qint64 before = m_state->span().from;
    QVERIFY(wheel(120, Qt::ShiftModifier));
    QVERIFY(m_state->span().from < before);
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
    QCOMPARE(m_state->crosshair(), std::optional(tests::start));
    press(Qt::Key_Right);
    QCOMPARE(m_state->crosshair(), std::optional(tests::start + tests::step));
    QVERIFY(plot.tipShown());
    for (int i = 0; i < 4; ++i)
        press(Qt::Key_Right, Qt::ShiftModifier);
    QCOMPARE(plot.marked(), std::optional(TimeSpan{tests::start + tests::step, tests::start + 5 * tests::step}));
    press(Qt::Key_Left, Qt::ShiftModifier);
    QCOMPARE(plot.marked()->to, tests::start + 4 * tests::step);
    press(Qt::Key_Return);
    QCOMPARE(m_state->span(), (TimeSpan{tests::start + tests::step, tests::start + 4 * tests::step}));
    press(Qt::Key_Backspace);
    QCOMPARE(m_state->span(), (TimeSpan{tests::start, end}));
    press(Qt::Key_Plus);
    QVERIFY(m_state->span().length() < end - tests::start);
    press(Qt::Key_PageDown);
    press(Qt::Key_Escape);
    QVERIFY(!m_state->crosshair());
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
    QVERIFY(m_state->crosshair().has_value());
    QCOMPARE(*m_state->crosshair(), one.plot()->timeAt(area.center().x()));
    QVERIFY(one.plot()->tipShown());
    QVERIFY(!other.plot()->tipShown());
    // All series at that time, from the top of the plot downwards, the nearest of them marked.
    const Tip tip = one.plot()->tip();
    QCOMPARE(tip.rows.size(), 4);
    QCOMPARE(std::ranges::count_if(tip.rows, &TipRow::nearest), 1);
    QCOMPARE(tip.time % tests::step, tests::start % tests::step);
    QVERIFY(std::abs(tip.time - *m_state->crosshair()) <= tests::step);
    // The other plot has the line at its own place for the time.
    const QImage image = painted(*other.plot());
    const int x = int(other.plot()->xOf(*m_state->crosshair()));
    const QRect column(x, other.plot()->plotArea().toRect().top(), 1, other.plot()->plotArea().toRect().height());
    QVERIFY(pixelsOf(image, column, m_theme.palette().dim) > column.height() / 2);
    QEvent leave(QEvent::Leave);
    QApplication::sendEvent(one.plot(), &leave);
    QVERIFY(!m_state->crosshair());
    QCOMPARE(pixelsOf(painted(*other.plot()), column, m_theme.palette().dim), 0);
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
        m_state->setSpan({tests::start, tests::start + 10'999 * tests::step});
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
                    m_views.clear();
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
    QVERIFY(QTest::qWaitForWindowActive(&view));
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
    QVERIFY(QTest::qWaitForWindowActive(&view));
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
        m_state->setSpan({tests::start + i * tests::step, end + i * tests::step});
        view.setAnswers({tests::waves(3, 400, .3, .1)});
        view.grab();
        QCOMPARE(view.plot()->plotArea(), area);
        QCOMPARE(linesOf(view).range(), range);
    }
}

void TestPanels::tableSortsAndKeepsItsPlace()
{
    metrics::Panel panel = tests::panelOf(PanelKind::Table, u"Nodes"_s, u"bytes"_s);
    panel.queries.first().instant = true;
    panel.queries.first().format = u"table"_s;
    std::vector<metrics::Series> series;
    const QList<double> values{2048, noValue, 512, 1048576};
    for (qsizetype i = 0; i < values.size(); ++i)
        series.push_back(tests::seriesOf({{u"instance"_s, u"<b>n%1</b>"_s.arg(i)}}, {values[i]}));
    PanelView &view = show(panel, {tests::answerOf(series)});
    auto *body = dynamic_cast<TableBody *>(view.body());
    QVERIFY(body);
    auto *order = dynamic_cast<QSortFilterProxyModel *>(body->view()->model());
    const QAbstractItemModelTester source(order->sourceModel(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    const QAbstractItemModelTester proxy(order, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const auto column = [&](int at) {
        QStringList texts;
        for (int row = 0; row < order->rowCount(); ++row)
            texts.append(order->index(row, at).data().toString().replace(QChar(0x00a0), u' '));
        return texts;
    };
    const int value = order->columnCount() - 1;
    // Numbers by size, whatever their units; what is none comes last in both orders.
    body->view()->sortByColumn(value, Qt::AscendingOrder);
    QCOMPARE(column(value), (QStringList{u"512 B"_s, u"2 KiB"_s, u"1 MiB"_s, u"NaN"_s}));
    body->view()->sortByColumn(value, Qt::DescendingOrder);
    QCOMPARE(column(value), (QStringList{u"1 MiB"_s, u"2 KiB"_s, u"512 B"_s, u"NaN"_s}));
    QVERIFY(!order->index(0, value - 1).data(Qt::ToolTipRole).toString().contains(u"<b>"_s));
    // A refresh is no other table: the selection stays.
    body->view()->selectRow(1);
    QSignalSpy reset(order, &QAbstractItemModel::modelReset);
    series[0].values = {4096};
    series.push_back(tests::seriesOf({{u"instance"_s, u"new"_s}}, {1}));
    view.setAnswers({tests::answerOf(series)});
    QCOMPARE(column(value).value(1), u"4 KiB"_s);
    QCOMPARE(order->rowCount(), 5);
    series.resize(2);
    view.setAnswers({tests::answerOf(series)});
    QCOMPARE(order->rowCount(), 2);
    QCOMPARE(reset.count(), 0);
    QVERIFY(body->view()->selectionModel()->isRowSelected(0, {}));
    QVERIFY(view.csv().contains("4096"));
}

// Twenty degrees at half of the height, and two gigahertz at three quarters of it.
void TestPanels::anotherUnitHasAnotherAxis()
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
    PanelView &view = show(tests::withSecond(panel, u"{{instance}}"_s, hertz), answers);
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
    PanelView &same = show(tests::withSecond(panel, {}, {{u"decimals"_s, 1}}), answers);
    QVERIFY(linesOf(same).rightTicks().empty());
    PanelView &sent = show(tests::withSecond(panel, {}, {{u"custom.axisPlacement"_s, u"right"_s}}), answers);
    QVERIFY(!linesOf(sent).rightTicks().empty());
    panel.field.unit = u"short"_s;
    PanelView &plain = show(tests::withSecond(panel, {}, {{u"unit"_s, u"none"_s}}), answers);
    QVERIFY(linesOf(plain).rightTicks().empty());
    // By the type of the field: all that are numbers.
    panel.overrides = {{.matcher = u"byType"_s, .argument = u"number"_s, .properties = {{u"unit"_s, u"watt"_s}}},
        {.matcher = u"byType"_s, .argument = u"time"_s, .properties = {{u"unit"_s, u"volt"_s}}}};
    PanelView &typed = show(panel, answers);
    QVERIFY(linesOf(typed).rightTicks().empty());
    QVERIFY(linesOf(typed).ticks().back().text.contains(u"W"_s));
}

void TestPanels::mirroredIsBelowZero()
{
    for (const metrics::Stacking stacking : {metrics::Stacking::None, metrics::Stacking::Normal}) {
        metrics::Panel panel = tests::withSecond(tests::panelOf(PanelKind::TimeSeries, u"Network"_s, u"Bps"_s),
            u"sent"_s, {{u"custom.transform"_s, u"negative-Y"_s}});
        panel.stacking = stacking;
        panel.legendValues = {u"max"_s};
        std::vector<double> peak(240, 100);
        peak[120] = 900;
        PanelView &view = show(panel,
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

void TestPanels::keysChooseTheSeries()
{
    PanelView &view =
        show(tests::panelOf(PanelKind::TimeSeries, u"Memory"_s, u"bytes"_s), {tests::waves(3, 240, 2e9, 2e8)});
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

namespace {

metrics::Panel largeTable()
{
    metrics::Panel panel = tests::panelOf(PanelKind::Table, u"Pods"_s, u"bytes"_s);
    panel.queries.first().instant = true;
    panel.queries.first().format = u"table"_s;
    return panel;
}

// Rows of an instant answer, whose values rise from `first`.
metrics::PanelAnswer rowsFrom(int first, int rows)
{
    std::vector<metrics::Series> series;
    for (int i = 0; i < rows; ++i)
        series.push_back(tests::seriesOf(
            {{u"namespace"_s, u"ns-%1"_s.arg(i % 40)}, {u"pod"_s, u"pod-%1"_s.arg(i)}}, {double(first + i)}));
    metrics::PanelAnswer answer = tests::answerOf(std::move(series));
    answer.answer.type = metrics::Answer::Type::Vector;
    return answer;
}

const AnswerTableModel &tableOf(PanelView &view)
{
    const auto *order = dynamic_cast<QSortFilterProxyModel *>(dynamic_cast<TableBody *>(view.body())->view()->model());
    return dynamic_cast<const AnswerTableModel &>(*order->sourceModel());
}

}

// Ten thousand rows: what is seen stays until they are there, and each thing that was given is shown or followed by
// something newer.
void TestPanels::muchIsMadeElsewhere()
{
    PanelView &view = show(largeTable(), {rowsFrom(0, 3)});
    QCOMPARE(tableOf(view).rowCount(), 3);
    auto *table = dynamic_cast<TableBody *>(view.body())->view();
    table->sortByColumn(table->model()->columnCount() - 1, Qt::DescendingOrder);
    view.setAnswers({rowsFrom(0, 10'000)});
    QVERIFY(view.isFilling());
    QCOMPARE(tableOf(view).rowCount(), 3);
    QVERIFY(table->isVisible());
    // Newer ones before it is done: the last of them is what is shown in the end.
    for (int i = 1; i <= 5; ++i)
        view.setAnswers({rowsFrom(1000 * i, 10'000 - i)});
    QCOMPARE(tableOf(view).rowCount(), 3);
    QTRY_COMPARE_WITH_TIMEOUT(tableOf(view).rowCount(), 9995, 30000);
    QTRY_VERIFY_WITH_TIMEOUT(!view.isFilling(), 30000);
    QCOMPARE(tableOf(view).rowCount(), 9995);
    const QModelIndex top = table->model()->index(0, table->model()->columnCount() - 1);
    QCOMPARE(top.data().toString(), metrics::Unit(u"bytes"_s).text(14'994));
    // A panel that goes while something is on the way takes it along.
    view.setAnswers({rowsFrom(0, 10'000)});
    QVERIFY(view.isFilling());
    m_views.clear();
    QThreadPool::globalInstance()->waitForDone();
    QCoreApplication::processEvents();
}

void TestPanels::aMomentComesBeforeWhatIsUnderWay()
{
    PanelView view(largeTable(), *m_state, m_theme);
    view.resize(480, 260);
    view.show();
    view.setAnswers({rowsFrom(0, 10'000)});
    QVERIFY2(view.status().contains(u"Loading"_s), qPrintable(view.status()));
    view.setAnswers({rowsFrom(0, 2)});
    QCOMPARE(tableOf(view).rowCount(), 2);
    QVERIFY(!view.isFilling());
    // What was under way is old, and is not shown any more.
    QThreadPool::globalInstance()->waitForDone();
    QCoreApplication::processEvents();
    QCOMPARE(tableOf(view).rowCount(), 2);
    // Another kind of panel has no use for the contents of a table.
    view.setAnswers({rowsFrom(0, 10'000)});
    view.setPanel(tests::panelOf(PanelKind::Stat, u"Pods"_s, u"bytes"_s));
    QThreadPool::globalInstance()->waitForDone();
    QTRY_VERIFY_WITH_TIMEOUT(!view.isFilling(), 30000);
    QVERIFY2(view.status().isEmpty(), qPrintable(view.status()));
}

QTEST_MAIN(TestPanels)
#include "tst_panels.moc"
