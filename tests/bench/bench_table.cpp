// SPDX-License-Identifier: GPL-3.0-or-later
// How long the table of pods takes to sort and to filter, and for how long the window stands still meanwhile; without a
// cluster, on the raster engine: prints JSON. Not a test.
//   kdra-bench-table [--pods N] [--runs N]
// result_ms: from the request until the order is shown. block_ms: the longest gap between two turns of the event loop
// on the way there, painting included. Both are medians of the runs; the worst run is beside them.
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

// Notes the longest time between two turns of the event loop.
class Heartbeat : public QObject {
public:
    explicit Heartbeat()
    {
        connect(&m_timer, &QTimer::timeout, this, [this] {
            m_longest = std::max(m_longest, static_cast<double>(m_since.nsecsElapsed()) / 1e6);
            m_since.restart();
        });
    }
    void start()
    {
        m_longest = 0;
        m_since.start();
        m_timer.start(0);
    }
    double stop()
    {
        m_timer.stop();
        return m_longest;
    }

private:
    QTimer m_timer;
    QElapsedTimer m_since;
    double m_longest = 0;
};

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
    options.addOption(
        {QStringLiteral("runs"), QStringLiteral("Runs of each kind."), QStringLiteral("N"), QStringLiteral("9")});
    options.process(application);

    Theme theme;
    theme.apply(application);
    models::Selection selection;
    models::RecordTableModel model(models::podSchema());
    TablePage page(theme, selection, QStringLiteral("Pods"), model, model, 0);
    page.resize(1600, 1000);
    page.show();
    tests::Fleet fleet;
    populate(fleet, options.value(QStringLiteral("pods")).toInt());

    QJsonObject report;
    Heartbeat heartbeat;
    const int runs = options.value(QStringLiteral("runs")).toInt();
    const auto measure = [&](const QString &name, auto step) {
        std::vector<double> results;
        std::vector<double> blocks;
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
            blocks.push_back(heartbeat.stop());
        }
        report[name] =
            QJsonObject{{QStringLiteral("result_ms"), summary(results)}, {QStringLiteral("block_ms"), summary(blocks)}};
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
    report[QLatin1StringView("first_block_ms")] = heartbeat.stop();

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
    table.selectAll();
    measure(QStringLiteral("sort_all_selected"), [&](int run) { sortBy(0, run); });
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
