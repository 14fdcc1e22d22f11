// SPDX-License-Identifier: GPL-3.0-or-later
// How long the table of pods takes to sort and to filter, and for how long the window stands still meanwhile; without a
// cluster, on the raster engine: prints JSON. Not a test.
//   kdra-bench-table [--pods N] [--runs N] [--size WxH]
// result_ms: from the request until the order is shown. block_ms: the longest gap between two turns of the event loop
// on the way there, painting included; block_cpu_ms: the longest by the thread's own CPU time, which a busy machine
// does not stretch. All are medians of the runs; the worst run is beside them.
#include "tests/bench/heartbeat.h"
#include "tests/ui/topology/fleet.h"
#include "ui/common/theme.h"
#include "ui/objects/tablepage.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QElapsedTimer>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>
#include <QTextStream>

#include <algorithm>

using namespace kdra;
using namespace kdra::ui;

namespace {

QJsonObject summary(std::vector<double> milliseconds)
{
    std::ranges::sort(milliseconds);
    return {{QStringLiteral("median"), milliseconds[milliseconds.size() / 2]},
        {QStringLiteral("worst"), milliseconds.back()}};
}

// Names as a cluster of that size has them: workloads of many teams, with the suffixes that controllers give.
void populate(tests::Fleet &fleet, int pods)
{
    static constexpr std::string_view apps[] = {"web", "api-gateway", "postgres", "redis", "sensor-agent", "metrics"};
    static constexpr std::string_view letters = "bcdfghjklmnpqrstvwxz2456789";
    const auto suffix = [&](int size) {
        std::string text;
        for (int i = 0; i < size; ++i)
            text += letters[fleet.random() % letters.size()];
        return text;
    };
    for (int i = 0; i < pods; ++i) {
        const std::string name = std::string(apps[fleet.random() % std::size(apps)]) + '-'
            + std::to_string(fleet.random() % 400) + '-' + suffix(10) + '-' + suffix(5);
        const auto severity = fleet.random() % 50 == 0 ? store::Severity::Failing : store::Severity::Healthy;
        fleet.addPod(name, "pi-" + std::to_string(fleet.random() % 5000), severity);
    }
}

} // namespace

int main(int argc, char **argv)
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    QCommandLineParser options;
    options.addHelpOption();
    options.addOption({QStringLiteral("pods"), QStringLiteral("Pods."), QStringLiteral("N"), QStringLiteral("150000")});
    options.addOption({QStringLiteral("size"), QStringLiteral("Size of the page."), QStringLiteral("WxH"),
        QStringLiteral("1600x1000")});
    options.addOption(
        {QStringLiteral("runs"), QStringLiteral("Runs of each kind."), QStringLiteral("N"), QStringLiteral("9")});
    options.process(application);

    Theme theme;
    theme.apply(application);
    models::Selection selection;
    models::RecordTableModel model(models::podSchema());
    TablePage page(theme, selection, QStringLiteral("Pods"), model, model, 0);
    const QStringList size = options.value(QStringLiteral("size")).split(u'x');
    page.resize(size.value(0).toInt(), size.value(1).toInt());
    page.show();
    tests::Fleet fleet;
    populate(fleet, options.value(QStringLiteral("pods")).toInt());

    QJsonObject report;
    bench::Heartbeat heartbeat;
    const int runs = options.value(QStringLiteral("runs")).toInt();
    const auto settle = [&model] {
        while (!model.isSettled())
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        // What the view does about it, and the picture.
        for (int turn = 0; turn < 20; ++turn)
            QCoreApplication::processEvents();
    };
    const auto measure = [&](const QString &name, auto step) {
        std::vector<double> results;
        std::vector<double> blocks;
        std::vector<double> cpu;
        for (int run = 0; run < runs; ++run) {
            QElapsedTimer timer;
            timer.start();
            heartbeat.start();
            step(run);
            while (!model.isSettled())
                QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
            results.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
            // What the view does about it, and the picture.
            for (int turn = 0; turn < 20; ++turn)
                QCoreApplication::processEvents();
            const auto [wallMs, cpuMs] = heartbeat.stop();
            blocks.push_back(wallMs);
            cpu.push_back(cpuMs);
        }
        report[name] = QJsonObject{{QStringLiteral("result_ms"), summary(results)},
            {QStringLiteral("block_ms"), summary(blocks)}, {QStringLiteral("block_cpu_ms"), summary(cpu)}};
    };
    QElapsedTimer first;
    first.start();
    heartbeat.start();
    model.apply(fleet.publish());
    while (!model.isSettled())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    report[QLatin1StringView("first_ms")] = static_cast<double>(first.nsecsElapsed()) / 1e6;
    for (int turn = 0; turn < 20; ++turn)
        QCoreApplication::processEvents();
    const auto [firstWallMs, firstCpuMs] = heartbeat.stop();
    report[QLatin1StringView("first_block_ms")] = firstWallMs;
    report[QLatin1StringView("first_block_cpu_ms")] = firstCpuMs;

    DenseTable &table = page.table();
    const auto sortBy = [&table](int column, int run) {
        table.sortByColumn(column, run % 2 ? Qt::AscendingOrder : Qt::DescendingOrder);
    };
    measure(QStringLiteral("sort_name"), [&](int run) { sortBy(0, run); });
    measure(QStringLiteral("sort_restarts"), [&](int run) { sortBy(4, run); });
    table.sortByColumn(0, Qt::AscendingOrder);
    const QStringList queries = {QStringLiteral("w"), QStringLiteral("we"), QStringLiteral("web"), QString(),
        QStringLiteral("status!=Running restarts>5 node~pi-1")};
    measure(
        QStringLiteral("filter_keystroke"), [&](int run) { page.filterEdit().setText(queries[run % queries.size()]); });
    page.filterEdit().clear();
    settle();
    table.selectAll();
    settle();
    measure(QStringLiteral("sort_all_selected"), [&](int run) { sortBy(0, run); });
    table.selectionModel()->select(model.index(5000, 0), QItemSelectionModel::Deselect | QItemSelectionModel::Rows);
    settle();
    measure(QStringLiteral("sort_most_selected"), [&](int run) { sortBy(0, run); });
    table.sortByColumn(0, Qt::AscendingOrder);
    settle();
    table.clearSelection();
    std::uniform_int_distribution<store::Slot> any(0, fleet.pods.table().size() - 1);
    measure(QStringLiteral("batch_of_changes"), [&](int) {
        for (int n = 0; n < 33; ++n) {
            store::PodRecord pod = *fleet.pods.table().at(any(fleet.random));
            pod.meta.severity = static_cast<store::Severity>(n % 5);
            fleet.put(pod);
        }
        model.apply(fleet.publish());
    });
    measure(QStringLiteral("batch_of_arrivals"), [&](int) {
        populate(fleet, 33);
        model.apply(fleet.publish());
    });
    QTextStream(stdout) << QJsonDocument(report).toJson();
    return 0;
}
