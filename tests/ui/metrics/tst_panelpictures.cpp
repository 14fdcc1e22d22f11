// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/metrics/panels.h"
#include "ui/common/theme.h"
#include "ui/metrics/linecontent.h"
#include "ui/metrics/panelview.h"
#include "ui/metrics/plotview.h"

#include <QDir>
#include <QTest>

using namespace kdra;
using namespace kdra::ui;
using namespace Qt::StringLiterals;
using metrics::PanelKind;
using tests::noValue;

// Every kind of panel, light and dark, small and large: painted into $KDRA_BIN/../pictures/metrics for somebody to look
// at. What is checked here is what a look may miss: that something is painted, inside of the panel, in the theme's
// colours.
class TestPanelPictures : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void panels_data();
    void panels();

private:
    QDir m_folder;
    Theme m_theme;
};

namespace {

struct Case {
    QString name;
    metrics::Panel panel;
    QList<metrics::PanelAnswer> answers;
    QSize size{480, 260};
    std::function<void(PanelView &, ViewState &)> more = {};
};

QList<metrics::Threshold> thresholds(double warn, double fail)
{
    return {{.color = u"green"_s}, {.from = warn, .color = u"orange"_s}, {.from = fail, .color = u"red"_s}};
}

metrics::PanelAnswer histogram()
{
    std::vector<metrics::Series> all;
    const QStringList edges{
        u"0.005"_s, u"0.01"_s, u"0.025"_s, u"0.05"_s, u"0.1"_s, u"0.25"_s, u"0.5"_s, u"1"_s, u"+Inf"_s};
    for (qsizetype i = 0; i < edges.size(); ++i) {
        std::vector<double> values;
        for (int j = 0; j < 120; ++j) {
            const double middle = 3.5 + 1.5 * std::sin(j / 17.0);
            values.push_back(200 / (1 + std::exp(-(double(i) - middle) * 1.3)));
        }
        all.push_back(tests::seriesOf({{u"le"_s, edges[i]}}, std::move(values), 60'000));
    }
    return tests::answerOf(std::move(all));
}

metrics::PanelAnswer states()
{
    std::vector<metrics::Series> all;
    for (int i = 0; i < 5; ++i) {
        std::vector<double> values;
        for (int j = 0; j < 240; ++j)
            values.push_back((j + 37 * i) % 90 < 8 + i * 3 ? 0 : (j + 53 * i) % 140 < 6 ? 2 : 1);
        if (i == 3)
            std::fill(values.begin() + 100, values.begin() + 140, noValue);
        all.push_back(tests::seriesOf({{u"instance"_s, u"pi-00%1"_s.arg(i + 1)}}, std::move(values), 60'000));
    }
    return tests::answerOf(std::move(all));
}

QList<Case> cases()
{
    QList<Case> all;
    metrics::Panel lines = tests::panelOf(PanelKind::TimeSeries, u"Memory"_s, u"bytes"_s);
    all.append({u"lines"_s, lines, {tests::waves(4, 240, 2.1e9, 6e8)}});
    all.append({u"small"_s, lines, {tests::waves(3, 240, 2.1e9, 6e8)}, {300, 160}});
    metrics::Panel table = lines;
    table.title = u"CPU by instance"_s;
    table.field.unit = u"percentunit"_s;
    table.legendAsTable = true;
    table.legendValues = {u"last"_s, u"min"_s, u"max"_s, u"mean"_s};
    table.fillOpacity = 12;
    all.append({u"table-legend"_s, table, {tests::waves(6, 240, 0.2, 0.1)}, {640, 360}});
    metrics::Panel stack = lines;
    stack.stacking = metrics::Stacking::Normal;
    stack.title = u"Network received, all interfaces"_s;
    stack.field.unit = u"Bps"_s;
    all.append({u"stacked"_s, stack, {tests::waves(7, 240, 3e6, 2e6)}});
    metrics::Panel percent = stack;
    percent.stacking = metrics::Stacking::Percent;
    all.append({u"percent"_s, percent, {tests::waves(4, 240, 3e6, 2e6)}});
    metrics::Panel bars = lines;
    bars.draw = metrics::DrawStyle::Bars;
    bars.title = u"Restarts"_s;
    bars.field.unit = u"short"_s;
    all.append({u"bars"_s, bars, {tests::waves(2, 240, 4, 3)}});
    metrics::PanelAnswer few =
        tests::answerOf({tests::seriesOf({{u"instance"_s, u"a"_s}}, {3, 5, 2, 8, 4, 6, 1, 7}, 450'000),
            tests::seriesOf({{u"instance"_s, u"b"_s}}, {1, 2, 3, 2, 1, 4, 5, 2}, 450'000)});
    all.append({u"bars-few"_s, bars, {few}});
    metrics::Panel points = lines;
    points.draw = metrics::DrawStyle::Points;
    points.title = u"Latency"_s;
    points.field.unit = u"s"_s;
    all.append({u"points"_s, points, {tests::waves(3, 120, 0.02, 0.01)}});
    metrics::Panel log = lines;
    log.logarithmic = true;
    log.title = u"Requests, logarithmic"_s;
    log.field.unit = u"reqps"_s;
    std::vector<metrics::Series> spread;
    for (int i = 0; i < 3; ++i) {
        std::vector<double> values;
        for (int j = 0; j < 240; ++j)
            values.push_back(std::pow(10, i + std::sin(j / 30.0)));
        spread.push_back(tests::seriesOf({{u"instance"_s, u"shard %1"_s.arg(i)}}, std::move(values)));
    }
    all.append({u"logarithmic"_s, log, {tests::answerOf(spread)}});
    all.append(
        {u"tip"_s, lines, {tests::waves(4, 240, 2.1e9, 6e8)}, {480, 260}, [](PanelView &view, ViewState &state) {
             state.setMarks(
                 {{tests::start + 1'800'000, store::Severity::Progressing, u"Rollout"_s, u"shop/web to 1.4.2"_s}});
             view.grab();
             const QPoint at(int(view.plot()->xOf(tests::start + 1'800'000)), 80);
             QMouseEvent move(QEvent::MouseMove, at, view.plot()->viewport()->mapToGlobal(at), Qt::NoButton, {}, {});
             QApplication::sendEvent(view.plot()->viewport(), &move);
         }});
    metrics::Panel limits = lines;
    limits.title = u"Temperature"_s;
    limits.field = {.unit = u"celsius"_s,
        .min = 20,
        .max = 90,
        .thresholds = thresholds(60, 80),
        .thresholdStyle = metrics::ThresholdStyle::Both};
    all.append(
        {u"thresholds"_s, limits, {tests::waves(2, 240, 48, 12)}, {480, 260}, [](PanelView &view, ViewState &state) {
             state.setMarks(
                 {{tests::start + 600'000, store::Severity::Progressing, u"Rollout"_s, u"shop/web to 1.4.2"_s},
                     {tests::start + 2'100'000, store::Severity::Failing, u"Node"_s, u"pi-003 is not ready"_s}});
             state.setCrosshair(tests::start + 1'800'000);
             Q_UNUSED(view);
         }});
    metrics::Panel marked = lines;
    marked.title = u"Many events"_s;
    all.append({u"marks"_s, marked, {tests::waves(3, 240, 2.1e9, 6e8)}, {480, 260}, [](PanelView &, ViewState &state) {
                    QList<EventMark> marks;
                    for (int i = 0; i < 14; ++i)
                        marks.append({tests::start + 900'000 + i * 9'000, store::Severity::Progressing, u"Rollout"_s,
                            u"shop/web to 1.4.%1"_s.arg(i)});
                    marks.append(
                        {tests::start + 30'000, store::Severity::Failing, u"Node"_s, u"pi-003 is not ready"_s});
                    marks.append({tests::start + 3'580'000, store::Severity::Healthy, u"Node"_s, u"pi-003 is ready"_s});
                    state.setMarks(marks);
                    state.setMarks({{.time = tests::start + 2'000'000,
                                       .text = u"Backup"_s,
                                       .end = tests::start + 2'700'000,
                                       .colour = QColor(0x8f, 0x3b, 0xb8)}},
                        MarkOrigin::Dashboard);
                }});
    // Received above zero, sent below it; and a second axis, because of its unit and because it was asked for.
    metrics::Panel network = tests::withSecond(tests::panelOf(PanelKind::TimeSeries, u"Network"_s, u"bps"_s),
        u"{{instance}} sent"_s, {{u"custom.transform"_s, u"negative-Y"_s}});
    network.queries[0].legend = u"{{instance}} received"_s;
    network.fillOpacity = 15;
    const QList<metrics::PanelAnswer> traffic{
        tests::waves(2, 240, 4e6, 2e6), tests::answering(u"B"_s, tests::waves(2, 240, 2e6, 1.5e6, 2))};
    all.append({u"mirrored"_s, network, traffic});
    network.stacking = metrics::Stacking::Normal;
    all.append({u"mirrored-stacked"_s, network, traffic});
    network.stacking = metrics::Stacking::None;
    network.draw = metrics::DrawStyle::Bars;
    all.append({u"mirrored-bars"_s, network, traffic});
    const QList<metrics::PanelAnswer> board{
        tests::waves(2, 240, 55, 6), tests::answering(u"B"_s, tests::waves(1, 240, 1.5e9, 4e8, 3))};
    const metrics::Panel clock = tests::withSecond(tests::panelOf(PanelKind::TimeSeries, u"Board"_s, u"celsius"_s),
        u"clock"_s, {{u"unit"_s, u"hertz"_s}, {u"min"_s, 0}});
    all.append({u"two-axes"_s, clock, board});
    all.append({u"two-axes-chosen"_s, clock, board, {480, 260}, [](PanelView &view, ViewState &) {
                    view.grab();
                    for (int i = 0; i < 3; ++i)
                        QTest::keyClick(view.plot(), Qt::Key_Down);
                }});
    all.append({u"right-only"_s,
        tests::withSecond(tests::panelOf(PanelKind::TimeSeries, u"Clock"_s, u"celsius"_s), u"clock"_s,
            {{u"unit"_s, u"hertz"_s}, {u"custom.axisPlacement"_s, u"right"_s}}),
        {board[1]}});
    std::vector<double> holes(240, 5);
    for (int i = 0; i < 240; ++i)
        holes[size_t(i)] = i % 60 > 44 ? noValue : 5 + std::sin(i / 9.0);
    holes[50] = 7;
    metrics::PanelAnswer gaps = tests::answerOf({tests::seriesOf({{u"instance"_s, u"with gaps"_s}}, holes)});
    all.append({u"gaps"_s, lines, {gaps}});
    all.back().panel.field.unit = u"volt"_s;
    all.back().panel.title = u"Voltage with gaps"_s;
    metrics::Panel many = lines;
    many.title = u"Forty series"_s;
    many.field.unit = u"watt"_s;
    all.append({u"many"_s, many, {tests::waves(40, 240, 4, 1.5)}, {640, 320}});
    metrics::Panel dense = lines;
    dense.title = u"Dense"_s;
    all.append({u"dense"_s, dense, {tests::waves(3, 11000, 2.1e9, 6e8)}, {640, 320},
        [](PanelView &, ViewState &state) { state.setSpan({tests::start, tests::start + 10'999 * tests::step}); }});

    metrics::Panel stat = tests::panelOf(PanelKind::Stat, u"Nodes ready"_s, u"short"_s);
    all.append({u"stat-one"_s, stat, {tests::waves(1, 240, 41, 3)}, {220, 140}});
    metrics::Panel stats = tests::panelOf(PanelKind::Stat, u"Temperature now"_s, u"celsius"_s);
    stats.field.thresholds = thresholds(52, 60);
    all.append({u"stat"_s, stats, {tests::waves(6, 240, 38, 9)}, {480, 220}});
    metrics::Panel gauge = tests::panelOf(PanelKind::Gauge, u"Disk used"_s, u"percent"_s);
    gauge.field.thresholds = thresholds(70, 90);
    all.append({u"gauge-one"_s, gauge, {tests::waves(1, 240, 62, 3)}, {240, 200}});
    all.append({u"gauge"_s, gauge, {tests::waves(4, 240, 52, 3)}, {560, 200}});
    metrics::Panel bar = tests::panelOf(PanelKind::BarGauge, u"Disk used by instance"_s, u"percent"_s);
    bar.field.thresholds = thresholds(70, 90);
    all.append({u"bargauge"_s, bar, {tests::waves(6, 240, 40, 3)}, {400, 240}});
    all.append({u"bargauge-many"_s, bar, {tests::waves(14, 240, 30, 3)}, {400, 220}});

    metrics::Panel heat = tests::panelOf(PanelKind::Heatmap, u"Request duration"_s, u"s"_s);
    all.append({u"heatmap"_s, heat, {histogram()}, {480, 260},
        [](PanelView &, ViewState &state) { state.setSpan({tests::start, tests::start + 119 * 60'000}); }});
    metrics::Panel timeline = tests::panelOf(PanelKind::StateTimeline, u"Node state"_s, {});
    timeline.field.mappings = {{.from = 0, .to = 0, .text = u"Not ready"_s, .color = u"red"_s},
        {.from = 1, .to = 1, .text = u"Ready"_s, .color = u"green"_s},
        {.from = 2, .to = 2, .text = u"Cordoned"_s, .color = u"orange"_s}};
    all.append({u"states"_s, timeline, {states()}, {560, 240},
        [](PanelView &, ViewState &state) { state.setSpan({tests::start, tests::start + 240 * 60'000}); }});
    metrics::Panel nodes = tests::panelOf(PanelKind::Table, u"Nodes"_s, {});
    nodes.queries = {{.refId = u"A"_s, .expr = u"cpu"_s, .format = u"table"_s, .instant = true},
        {.refId = u"B"_s, .expr = u"memory"_s, .format = u"table"_s, .instant = true}};
    nodes.transformations = {{.id = u"merge"_s},
        {.id = u"organize"_s,
            .options = {{u"excludeByName"_s, QJsonObject{{u"Time"_s, true}}},
                {u"renameByName"_s,
                    QJsonObject{
                        {u"instance"_s, u"Instance"_s}, {u"Value #A"_s, u"CPU"_s}, {u"Value #B"_s, u"Memory"_s}}}}}};
    nodes.field.thresholds = thresholds(0.5, 0.8);
    nodes.overrides = {{.matcher = u"byName"_s, .argument = u"CPU"_s, .properties = {{u"unit"_s, u"percentunit"_s}}},
        {.matcher = u"byName"_s, .argument = u"Memory"_s, .properties = {{u"unit"_s, u"bytes"_s}}}};
    metrics::PanelAnswer memory = tests::waves(8, 1, 2e9, 1e8);
    memory.refId = u"B"_s;
    all.append({u"table"_s, nodes, {tests::waves(8, 1, 0.25, 0.05), memory}, {400, 220}});
    metrics::Panel text = tests::panelOf(PanelKind::Text, u"Notes"_s, {});
    text.text = u"## Raspberry Pis\n\nThrottling begins at **80 °C**; see [the manual](https://example.org).\n\n- "
                u"under-voltage\n- "
                u"SD card\n\n<b>not bold</b>"_s;
    all.append({u"text"_s, text, {}, {320, 220}});
    all.append({u"empty"_s, lines, {tests::answerOf({})}, {320, 180}});
    all.append({u"error"_s, lines, {}, {420, 200}, [](PanelView &view, ViewState &) {
                    view.setError(Error{.kind = Error::Kind::Server,
                        .what = u"Prometheus did not answer in time."_s,
                        .where = u"http://prometheus.monitoring:9090"_s,
                        .remedy = u"Choose a shorter span of time, or ask again."_s,
                        .httpStatus = 503});
                }});
    all.append({u"stale"_s, lines, {tests::waves(3, 240, 2.1e9, 6e8)}, {480, 260}, [](PanelView &view, ViewState &) {
                    view.setStale(std::chrono::seconds(95));
                    view.setError(Error{.what = u"Prometheus did not answer in time."_s, .remedy = u"Ask again."_s});
                }});
    return all;
}

}

void TestPanelPictures::initTestCase()
{
    m_theme.apply(*qApp);
    m_folder = QDir(qEnvironmentVariable("KDRA_BIN", QDir::tempPath()) + u"/../pictures/metrics"_s);
    QVERIFY(m_folder.mkpath(u"."_s));
}

void TestPanelPictures::panels_data()
{
    QTest::addColumn<int>("index");
    QTest::addColumn<bool>("dark");
    const QList<Case> all = cases();
    for (int i = 0; i < all.size(); ++i) {
        for (const bool dark : {false, true})
            QTest::addRow("%s-%s", qPrintable(all[i].name), dark ? "dark" : "light") << i << dark;
    }
}

void TestPanelPictures::panels()
{
    QFETCH(int, index);
    QFETCH(bool, dark);
    m_theme.setScheme(dark ? Theme::Scheme::Dark : Theme::Scheme::Light);
    const Case one = cases()[index];
    ViewState state;
    state.setZone(QTimeZone::utc());
    state.setSpan({tests::start, tests::start + 239 * tests::step});
    PanelView view(one.panel, state, m_theme);
    view.resize(one.size);
    view.show();
    if (!one.answers.isEmpty())
        view.setAnswers(one.answers);
    if (one.more)
        one.more(view, state);
    const QImage image = view.grab().toImage();
    const QString name = QString::fromLatin1(QTest::currentDataTag()) + u".png"_s;
    QVERIFY(image.save(m_folder.filePath(name)));
    // The panel's ground is the theme's, and something stands out from it.
    const QColor ground = m_theme.palette().panel;
    QCOMPARE(QColor(image.pixel(image.width() / 2, 2)), ground);
    int inked = 0;
    for (int y = 30; y < image.height() - 2; ++y) {
        for (int x = 2; x < image.width() - 2; ++x)
            inked += image.pixel(x, y) != ground.rgb();
    }
    QVERIFY(inked > 200);
    // Of lines: the first of them is there, in its colour.
    const auto *lines = view.plot() ? dynamic_cast<const LineContent *>(&view.plot()->content()) : nullptr;
    if (!lines || lines->isEmpty() || one.panel.draw != metrics::DrawStyle::Line)
        return;
    const QColor colour = lines->look(0).colour;
    const QRect area = view.plot()->plotArea().toRect().translated(view.plot()->mapTo(&view, QPoint()));
    int found = 0;
    for (int y = area.top(); y <= area.bottom(); ++y) {
        for (int x = area.left(); x <= area.right(); ++x) {
            const QColor pixel = image.pixelColor(x, y);
            found += std::abs(pixel.red() - colour.red()) + std::abs(pixel.green() - colour.green())
                    + std::abs(pixel.blue() - colour.blue())
                < 60;
        }
    }
    QVERIFY(found > 60);
}

QTEST_MAIN(TestPanelPictures)
#include "tst_panelpictures.moc"
