// SPDX-License-Identifier: GPL-3.0-or-later
// How long it takes to replace all series of a plot and to paint it anew: prints JSON. Not a test.
//   kdra-bench-plots [--points N] [--rounds R] [--width W] [--height H]
// The last row is a table of 10,000 rows that is sorted and replaced: how long the GUI thread stands still, and how
// long it takes to be there. Each row: from the answer at hand (columns in memory) to the pixels of the window, on the
// GUI thread, at one device pixel per pixel. cpu: by the thread's own CPU time, which a busy machine does not stretch.
// data: naming and statistics alone. Milliseconds.
#include "metrics/panelseries.h"
#include "tests/bench/heartbeat.h"
#include "ui/common/theme.h"
#include "ui/metrics/linecontent.h"
#include "ui/metrics/panelview.h"
#include "ui/metrics/plotview.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTableView>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <random>

using namespace kdra;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 step = 15'000;

QJsonObject summary(std::vector<double> milliseconds)
{
    std::ranges::sort(milliseconds);
    const auto at = [&](double share) {
        return milliseconds[static_cast<size_t>(share * static_cast<double>(milliseconds.size() - 1))];
    };
    return {{u"count"_s, static_cast<qint64>(milliseconds.size())}, {u"p50"_s, at(0.5)}, {u"p99"_s, at(0.99)},
        {u"max"_s, milliseconds.back()}};
}

// Random walks with noise and spikes, all different.
metrics::Answer answerOf(int series, int points, unsigned seed)
{
    std::mt19937 random(seed);
    std::normal_distribution<double> noise(0, 1);
    auto all = std::make_shared<std::vector<metrics::Series>>();
    for (int i = 0; i < series; ++i) {
        metrics::Series one{.labels = {{u"instance"_s, u"node-%1"_s.arg(i)}}};
        double level = 50 + 4 * i;
        for (int j = 0; j < points; ++j) {
            level += 0.3 * noise(random);
            one.times.push_back(1'700'000'000'000 + j * step);
            one.values.push_back(level + noise(random) + (j % 997 == 0 ? 40 : 0));
        }
        all->push_back(std::move(one));
    }
    metrics::Answer answer;
    answer.series = all;
    return answer;
}

struct Options {
    int points;
    int rounds;
    QSize size;
};

QJsonObject measure(const ui::Theme &theme, int series, const Options &options, const metrics::Panel &panel)
{
    ui::ViewState state;
    state.setSpan({1'700'000'000'000, 1'700'000'000'000 + (options.points - 1) * step});
    ui::PlotView view(std::make_unique<ui::LineContent>(theme.palette()), state, theme);
    view.resize(options.size);
    view.show();
    const std::array answers{answerOf(series, options.points, 1), answerOf(series, options.points, 2)};
    std::vector<double> whole, cpu, data;
    for (int i = 0; i < options.rounds; ++i) {
        QCoreApplication::processEvents();
        const double cpuBefore = bench::threadCpuMs();
        QElapsedTimer timer;
        timer.start();
        const metrics::PanelData replaced = metrics::panelDataOf(panel, {{u"A"_s, answers[size_t(i % 2)]}});
        data.push_back(double(timer.nsecsElapsed()) / 1e6);
        view.setData(panel, replaced);
        view.viewport()->repaint();
        whole.push_back(double(timer.nsecsElapsed()) / 1e6);
        cpu.push_back(bench::threadCpuMs() - cpuBefore);
    }
    return {{u"series"_s, series}, {u"points"_s, options.points}, {u"width"_s, options.size.width()},
        {u"height"_s, options.size.height()}, {u"replace_and_repaint"_s, summary(whole)}, {u"cpu"_s, summary(cpu)},
        {u"data"_s, summary(data)}};
}

// Rows of an instant answer: five labels and a value each.
metrics::PanelAnswer tableAnswer(int rows, unsigned seed)
{
    std::mt19937 random(seed);
    auto all = std::make_shared<std::vector<metrics::Series>>();
    for (int i = 0; i < rows; ++i)
        all->push_back({.labels = {{u"namespace"_s, u"ns-%1"_s.arg(random() % 200)}, {u"pod"_s, u"pod-%1"_s.arg(i)},
                            {u"node"_s, u"node-%1"_s.arg(random() % 500)}, {u"container"_s, u"app"_s},
                            {u"uid"_s, QString::number(random(), 16)}},
            .times = {1'700'000'000'000},
            .values = {double(random())}});
    metrics::PanelAnswer answer{.refId = u"A"_s};
    answer.answer.type = metrics::Answer::Type::Vector;
    answer.answer.series = std::move(all);
    return answer;
}

QJsonObject measureTable(const ui::Theme &theme, int rows, const Options &options)
{
    ui::ViewState state;
    ui::PanelView view({.kind = metrics::PanelKind::Table,
                           .title = u"Pods"_s,
                           .queries = {{.refId = u"A"_s, .expr = u"up"_s, .format = u"table"_s, .instant = true}}},
        state, theme);
    view.resize(options.size);
    view.show();
    const std::array answers{tableAnswer(rows, 1), tableAnswer(rows, 2)};
    const auto waitUntilShown = [&view] {
        while (view.isFilling())
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents | QEventLoop::AllEvents, 100);
    };
    view.setAnswers({answers[0]});
    waitUntilShown();
    auto *table = view.findChild<QTableView *>();
    table->sortByColumn(table->model()->columnCount() - 1, Qt::DescendingOrder);
    std::vector<double> blocked, cpu, shown;
    bench::Heartbeat heartbeat;
    for (int i = 0; i < std::min(options.rounds, 20); ++i) {
        QCoreApplication::processEvents();
        heartbeat.start();
        QElapsedTimer timer;
        timer.start();
        view.setAnswers({answers[size_t(i + 1) % 2]});
        waitUntilShown();
        shown.push_back(double(timer.nsecsElapsed()) / 1e6);
        QCoreApplication::processEvents(); // paints
        const bench::Heartbeat::Gap gap = heartbeat.stop();
        blocked.push_back(gap.wallMs);
        cpu.push_back(gap.cpuMs);
    }
    return {{u"draw"_s, u"table"_s}, {u"rows"_s, rows}, {u"blocked"_s, summary(blocked)}, {u"cpu"_s, summary(cpu)},
        {u"until_shown"_s, summary(shown)}};
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    QCommandLineParser parser;
    const QCommandLineOption points(u"points"_s, u"Points of each series."_s, u"N"_s, u"11000"_s);
    const QCommandLineOption rounds(u"rounds"_s, u"Replacements of each row."_s, u"R"_s, u"60"_s);
    const QCommandLineOption width(u"width"_s, u"Of the plot."_s, u"W"_s, u"1400"_s);
    const QCommandLineOption height(u"height"_s, u"Of the plot."_s, u"H"_s, u"700"_s);
    parser.addOptions({points, rounds, width, height});
    parser.addHelpOption();
    parser.process(application);
    ui::Theme theme;
    theme.apply(application);
    theme.setScheme(ui::Theme::Scheme::Dark);
    const Options options{parser.value(points).toInt(), parser.value(rounds).toInt(),
        {parser.value(width).toInt(), parser.value(height).toInt()}};

    metrics::Panel lines{.queries = {{.refId = u"A"_s, .expr = u"up"_s, .legend = u"{{instance}}"_s}}};
    metrics::Panel areas = lines;
    areas.fillOpacity = 20;
    metrics::Panel stacks = areas;
    stacks.stacking = metrics::Stacking::Normal;
    const std::array<std::pair<QString, metrics::Panel>, 3> kinds{
        {{u"lines"_s, lines}, {u"areas"_s, areas}, {u"stacks"_s, stacks}}};
    QJsonArray rows;
    for (const auto &[name, panel] : kinds) {
        for (const int series : {20, 100}) {
            QJsonObject row = measure(theme, series, options, panel);
            row.insert(u"draw"_s, name);
            rows.append(row);
        }
    }
    rows.append(measureTable(theme, 10'000, options));
    std::puts(QJsonDocument(rows).toJson().constData());
    return 0;
}
