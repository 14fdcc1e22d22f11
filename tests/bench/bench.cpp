// SPDX-License-Identifier: GPL-3.0-or-later
// The benchmark of the way from the wire to the screen: `packaging/dev bench`. Every figure is measured in this run
// against a demo cluster in a process of its own, and printed with the bar it should meet as one JSON document.
//   kdra-bench [--quick]   --quick: 500 nodes and 15,000 pods, and three hours for a day, to try the benchmark itself

#include "processes.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <cstdio>

using namespace Qt::StringLiterals;
using namespace kdra::bench;

namespace {

double median(std::vector<double> values)
{
    std::ranges::sort(values);
    return values.empty() ? 0 : values[values.size() / 2];
}

QJsonObject row(const QString &what, double value, double bar, const QString &unit, QJsonObject details = {})
{
    std::fprintf(stderr, "%-64s %10.3f %s (bar %g)\n", qPrintable(what), value, qPrintable(unit), bar);
    return {{u"what"_s, what}, {u"value"_s, value}, {u"bar"_s, bar}, {u"unit"_s, unit}, {u"met"_s, value <= bar},
        {u"details"_s, details}};
}

struct Sizes {
    int nodes;
    int pods;
};

QStringList clusterArguments(Sizes sizes)
{
    return {u"--nodes"_s, QString::number(sizes.nodes), u"--pis"_s, QString::number(sizes.nodes / 5), u"--pods"_s,
        QString::number(sizes.pods), u"--no-story"_s, u"--no-controllers"_s};
}

// Seconds the bare client needs, and what kdra reports, alternating so that both meet the same machine.
struct Synced {
    double bareSeconds = 0;
    double kdraSeconds = 0;
    double rssPeak = 0;
    QJsonObject details;
};

Synced synced(const DemoServer &server, int runs)
{
    std::vector<double> bare;
    std::vector<double> kdra;
    Synced result;
    QJsonObject last;
    for (int i = 0; i < runs; ++i) {
        bare.push_back(measured("kdra-bench-bare", {server.url()}).value(u"seconds"_s).toDouble());
        last = kdraReport(server.kubeconfig(), 0);
        kdra.push_back(last[u"time_to_synced_ms"_s].toDouble() / 1000);
        result.rssPeak = std::max(result.rssPeak, last[u"rss_peak_bytes"_s].toDouble());
    }
    result.bareSeconds = median(bare);
    result.kdraSeconds = median(kdra);
    result.details = {{u"bare_seconds"_s, result.bareSeconds}, {u"kdra_seconds"_s, result.kdraSeconds},
        {u"bytes"_s, last[u"bytes"_s]}, {u"objects"_s, last[u"objects"_s]}};
    return result;
}

// What users wait for, and for how long the window stands still meanwhile.
void tableRows(QJsonArray &rows, Sizes sizes)
{
    const QJsonObject report = measured("kdra-bench-table", {u"--pods"_s, QString::number(sizes.pods)});
    const auto blocked = [&](const QString &what, const QString &name) {
        const QJsonObject one = report[name].toObject();
        rows += row(what, one[u"block_ms"_s][u"worst"_s].toDouble(), 16, u"ms"_s, one);
    };
    const QJsonObject sort = report[u"sort_name"_s].toObject();
    rows += row(u"table: sort by name, result"_s, sort[u"result_ms"_s][u"median"_s].toDouble(), 400, u"ms"_s, sort);
    blocked(u"table: sort by name, GUI thread blocked"_s, u"sort_name"_s);
    blocked(u"table: sort with every row selected, GUI thread blocked"_s, u"sort_all_selected"_s);
    blocked(u"table: sort with every row but one selected, GUI thread blocked"_s, u"sort_most_selected"_s);
    blocked(u"table: filter keystroke, GUI thread blocked"_s, u"filter_keystroke"_s);
}

// Returns everything that was measured.
QJsonObject frameRow(QJsonArray &rows, Sizes sizes, const QString &size, double bar)
{
    const QJsonObject report = measured("kdra-bench-canvas",
        {u"--nodes"_s, QString::number(sizes.nodes), u"--pods"_s, QString::number(sizes.pods), u"--size"_s, size});
    const QJsonObject frames = report[u"moving_under_events"_s].toObject();
    rows += row(u"frame p99, %1, panning and zooming under 2,000 events/s"_s.arg(size), frames[u"p99"_s].toDouble(),
        bar, u"ms"_s,
        {{u"together"_s, frames}, {u"pan"_s, report[u"pan"_s]}, {u"zoom"_s, report[u"zoom"_s]},
            {u"events"_s, report[u"events"_s]}});
    return report;
}

// A metrics page that somebody leaves open.
void livePageRows(QJsonArray &rows, bool quick)
{
    const QStringList arguments = quick ? QStringList{u"--seconds"_s, u"20"_s, u"--hours"_s, u"3"_s} : QStringList();
    const QJsonObject report = measured("kdra-bench-livepage", arguments);
    const QJsonObject cpu = report[u"cpu"_s].toObject();
    rows += row(
        u"metrics: 12 live panels, refreshed every 5 s, CPU"_s, cpu[u"percent"_s].toDouble(), 5, u"% of a core"_s, cpu);
    const QJsonObject memory = report[u"memory"_s].toObject();
    rows += row(u"metrics: memory of that page after a day / after an hour"_s, memory[u"ratio"_s].toDouble(), 1.05,
        u"x"_s, memory);
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    const QCommandLineOption quick(u"quick"_s, u"500 nodes and 15,000 pods instead of 5,000 and 150,000."_s);
    parser.addOption(quick);
    parser.addHelpOption();
    parser.process(application);
    const Sizes large = parser.isSet(quick) ? Sizes{500, 15000} : Sizes{5000, 150000};
    const Sizes middle = parser.isSet(quick) ? Sizes{100, 3000} : Sizes{1000, 30000};

    QJsonArray rows;
    {
        const DemoServer server(clusterArguments(large));
        const Synced result = synced(server, 3);
        rows += row(u"time to synced / bare QWebSocket client"_s, result.kdraSeconds / result.bareSeconds, 1.3, u"x"_s,
            result.details);
        rows += row(u"peak RSS"_s, result.rssPeak / 1e6, 350, u"MB"_s);
    }
    {
        const DemoServer server(clusterArguments(large) + QStringList{u"--events-per-second"_s, u"2000"_s});
        const QJsonObject report = kdraReport(server.kubeconfig(), 15);
        const QJsonObject latency = report[u"event_to_paint_ms"_s].toObject();
        rows += row(u"event received -> painted, p99 at 2,000 events/s"_s, latency[u"p99"_s].toDouble(), 250, u"ms"_s,
            {{u"event_to_paint_ms"_s, latency}, {u"frame_ms"_s, report[u"frame_ms"_s]},
                {u"events_applied"_s, report[u"events_applied"_s]}});
    }
    {
        const DemoServer server(clusterArguments(middle));
        const Synced result = synced(server, 3);
        const double kubectl = kubectlGetPods(server.kubeconfig());
        QJsonObject details = result.details;
        details.insert(u"kubectl_seconds"_s, kubectl);
        rows += row(u"time to synced at 1,000 / 30,000 / kubectl get pods -A"_s, result.kdraSeconds / kubectl, 0.10,
            u"x"_s, details);
    }
    {
        std::vector<double> paints;
        for (int i = 0; i < 5; ++i)
            paints.push_back(kdraReport({}, 0).value(u"time_to_first_paint_ms"_s).toDouble());
        rows += row(u"first paint after start, demo"_s, median(paints), 400, u"ms"_s);
    }
    tableRows(rows, large);
    {
        const QJsonObject report = measured("kdra-bench-planner",
            {u"--nodes"_s, QString::number(large.nodes), u"--pods"_s, QString::number(large.pods)});
        rows += row(u"drag-hover verdict p99 at 5,000 nodes, 150,000 pods"_s, report[u"move"_s][u"p99"_s].toDouble(), 5,
            u"ms"_s, report);
    }
    frameRow(rows, large, u"3840x2160"_s, 33);
    {
        const QJsonObject report = frameRow(rows, large, u"1920x1080"_s, 16.7);
        const QJsonObject regroup = report[u"regroup"_s].toObject();
        const QJsonObject search = report[u"search"_s].toObject();
        rows +=
            row(u"regroup (site -> namespace) until painted"_s, regroup[u"until_painted"_s].toDouble(), 300, u"ms"_s);
        rows += row(u"regroup, GUI thread blocked"_s, regroup[u"block"_s].toDouble(), 50, u"ms"_s, regroup);
        rows += row(u"search keystroke -> highlighted, worst"_s, search[u"max"_s].toDouble(), 50, u"ms"_s, search);
    }
    livePageRows(rows, parser.isSet(quick));
    {
        const DemoServer server({u"--no-story"_s});
        rows += row(u"idle CPU, 200-pod demo quiet"_s, 100 * idleCpu(server.kubeconfig(), 10, 20), 1, u"% of a core"_s);
        const QJsonObject report = kdraReport(server.kubeconfig(), 15);
        rows += row(
            u"idle: frames of the canvas in the last 10 s"_s, report[u"frames_last_10_s"_s].toDouble(), 0, u"frames"_s);
    }
    std::puts(QJsonDocument(QJsonObject{{u"rows"_s, rows}}).toJson().constData());
    return std::ranges::all_of(rows, [](const QJsonValue &one) { return one[u"met"_s].toBool(); }) ? 0 : 3;
}
