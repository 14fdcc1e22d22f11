// SPDX-License-Identifier: GPL-3.0-or-later
// Frame times of the topology canvas on the raster engine, without a cluster: prints JSON. Not a test.
// kdra-bench-canvas [--nodes N] [--pods P] [--size WxH] [--frames N] [--theme dark|light] [--picture FILE] [--zoom F]
// [--overlay N]
#include "tests/ui/topology/fleet.h"
#include "ui/common/theme.h"
#include "ui/topology/canvas.h"
#include "ui/topology/topologypage.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QElapsedTimer>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMouseEvent>
#include <QTextStream>
#include <QTimer>

#include <algorithm>
#include <cmath>
#include <ctime>

using namespace kdra;
using namespace kdra::ui;

namespace {

QJsonObject summary(std::vector<double> milliseconds)
{
    if (milliseconds.empty())
        return {};
    std::ranges::sort(milliseconds);
    const auto at = [&](double share) {
        return milliseconds[static_cast<size_t>(share * static_cast<double>(milliseconds.size() - 1))];
    };
    return {{QStringLiteral("frames"), static_cast<qint64>(milliseconds.size())}, {QStringLiteral("p50"), at(0.5)},
        {QStringLiteral("p99"), at(0.99)}, {QStringLiteral("max"), milliseconds.back()}};
}

} // namespace

int main(int argc, char **argv)
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    QCommandLineParser options;
    options.addHelpOption();
    const auto add = [&](const char *name, const char *text, const char *value) {
        options.addOption(
            {QLatin1StringView(name), QLatin1StringView(text), QStringLiteral("value"), QLatin1StringView(value)});
    };
    add("nodes", "Nodes.", "5000");
    add("pods", "Pods.", "150000");
    add("size", "Size of the page.", "1920x1080");
    add("frames", "Frames to paint of each kind.", "120");
    add("theme", "dark or light.", "dark");
    add("picture", "Write the page to this PNG and stop.", "");
    add("zoom", "Zoom the picture by this factor.", "1");
    add("namespace", "Group by namespace: 1.", "0");
    add("overlay", "What cells are coloured by: 0 status to 5 age.", "0");
    add("role", "Group by role instead of site: 1.", "0");
    options.process(application);
    const auto number = [&](const char *name) { return options.value(QLatin1StringView(name)).toInt(); };

    Theme theme;
    theme.setScheme(options.value(QStringLiteral("theme")) == QLatin1StringView("light") ? Theme::Scheme::Light
                                                                                         : Theme::Scheme::Dark);
    theme.apply(application);
    models::Selection selection;
    TopologyPage page(theme, selection);
    const QStringList size = options.value(QStringLiteral("size")).split(u'x');
    page.resize(size.value(0).toInt(), size.value(1).toInt());
    page.show();
    QCoreApplication::processEvents();

    tests::Fleet fleet;
    fleet.populate(number("nodes"), number("pods"));
    // Workloads of some 40 pods in 200 namespaces.
    std::vector<store::Uid> pods;
    fleet.pods.table().forEach([&](const auto &pod) { pods.push_back(pod->meta.uid); });
    store::Uid owner;
    for (size_t i = 0; i < pods.size(); ++i) {
        const std::string ns = "team-" + std::to_string(i / 40 % 200);
        if (i % 40 == 0)
            owner = fleet.addWorkload(store::Kind::StatefulSet, "web-" + std::to_string(i / 40), ns);
        fleet.own(pods[i], owner, "StatefulSet", ns);
    }
    fleet.publish();
    QElapsedTimer timer;
    timer.start();
    Scene scene;
    scene.reset(fleet.snapshot);
    QJsonObject report{{QStringLiteral("scene_build_ms"), double(timer.nsecsElapsed()) / 1e6}};
    timer.restart();
    scene.setGrouping(Grouping::Role);
    report[QLatin1StringView("regroup_ms")] = double(timer.nsecsElapsed()) / 1e6;
    timer.restart();
    scene.setOverlay(Overlay::Cpu, 0);
    report[QLatin1StringView("overlay_ms")] = double(timer.nsecsElapsed()) / 1e6;
    timer.restart();
    page.reset(fleet.snapshot);
    report[QLatin1StringView("page_reset_ms")] = double(timer.nsecsElapsed()) / 1e6;
    QCoreApplication::processEvents();

    Canvas &canvas = page.canvas();
    page.setOverlay(static_cast<Overlay>(number("overlay")));
    QCoreApplication::processEvents();
    if (const QString file = options.value(QStringLiteral("picture")); !file.isEmpty()) {
        if (number("role"))
            canvas.setGrouping(Grouping::Role);
        if (number("namespace")) {
            canvas.setGrouping(Grouping::Namespace);
            for (timer.restart(); !canvas.scene().showsWorkloads() && timer.elapsed() < 10'000;)
                QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 5);
        }
        if (const double zoom = options.value(QStringLiteral("zoom")).toDouble(); zoom != 1)
            canvas.zoomBy(zoom);
        for (timer.restart(); timer.elapsed() < 500;)
            QCoreApplication::processEvents(QEventLoop::AllEvents, 20);
        return page.grab().save(file) ? 0 : 1;
    }

    std::vector<double> frames;
    QObject::connect(&page, &TopologyPage::painted, &page,
        [&](std::chrono::nanoseconds duration) { frames.push_back(double(duration.count()) / 1e6); });
    const int count = number("frames");
    // CPU of this thread a frame, beside the wall time: what others do on the machine does not count in it.
    const auto measure = [&](const char *name, auto step) {
        frames.clear();
        const auto cpu = [] {
            timespec now{};
            clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
            return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
        };
        const double before = cpu();
        for (int i = 0; i < count; ++i) {
            step(i);
            QCoreApplication::processEvents();
        }
        QJsonObject result = summary(frames);
        result[QLatin1StringView("cpu_ms_a_frame")] = (cpu() - before) / double(std::max<size_t>(frames.size(), 1));
        report[QLatin1StringView(name)] = result;
    };
    const QPointF world = canvas.scene().layout().bounds().center();
    const auto zoom = [&](int i) {
        canvas.zoomBy(i % 2 ? 1.1 : 1 / 1.1);
        QElapsedTimer pause;
        pause.start();
        while (pause.elapsed() < 20)
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 4);
    };
    measure("zoom", zoom);
    measure("pan", [&](int i) { canvas.centreOn(world + QPointF(std::sin(i * 0.2), std::cos(i * 0.2)) * 300); });
    measure("events", [&](int) {
        // 2,000 events a second at 60 frames a second.
        std::uniform_int_distribution<store::Slot> any(0, fleet.pods.table().size() - 1);
        for (int n = 0; n < 33; ++n) {
            store::PodRecord pod = *fleet.pods.table().at(any(fleet.random));
            pod.meta.severity = static_cast<store::Severity>(n % 5);
            fleet.put(pod);
        }
        page.apply(fleet.publish());
    });
    for (const double factor : {1.5, 2.5, 4.0, 8.0, 16.0}) {
        canvas.frameAll();
        for (int i = 0; i < 40; ++i)
            QCoreApplication::processEvents(QEventLoop::AllEvents, 20);
        canvas.zoomBy(factor);
        timer.restart();
        while (timer.elapsed() < 200)
            QCoreApplication::processEvents(QEventLoop::AllEvents, 20);
        const QByteArray name = "zoomed_" + QByteArray::number(factor);
        measure(name.constData(), zoom);
    }
    // The rows of `packaging/dev bench`: everything in sight, panning and zooming while 2,000 events a second arrive.
    canvas.frameAll();
    timer.restart();
    while (timer.elapsed() < 400)
        QCoreApplication::processEvents(QEventLoop::AllEvents, 20);
    std::vector<double> latency;
    QObject::connect(&page, &TopologyPage::changePainted, &page, [&](std::chrono::steady_clock::time_point oldest) {
        latency.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - oldest).count());
    });
    std::uniform_int_distribution<store::Slot> anyPod(0, fleet.pods.table().size() - 1);
    const auto someEvents = [&] {
        for (int n = 0; n < 33; ++n) {
            store::PodRecord pod = *fleet.pods.table().at(anyPod(fleet.random));
            pod.meta.severity = static_cast<store::Severity>(n % 5);
            fleet.put(pod);
        }
        page.apply(fleet.publish());
    };
    measure("moving_under_events", [&](int i) {
        QElapsedTimer frame;
        frame.start();
        someEvents();
        if (i % 40 < 20)
            canvas.centreOn(world + QPointF(std::sin(i * 0.2), std::cos(i * 0.2)) * 300);
        else
            canvas.zoomBy(i % 40 < 30 ? 1.15 : 1 / 1.15);
        while (frame.elapsed() < 16)
            QCoreApplication::processEvents(QEventLoop::AllEvents, 2);
    });
    report[QLatin1StringView("event_to_paint")] = summary(latency);
    // Regrouping: until painted, and the longest time that the thread did not come back to its loop.
    double longest = 0;
    QElapsedTimer beat;
    QTimer pulse;
    pulse.setInterval(1);
    QObject::connect(&pulse, &QTimer::timeout, &page, [&] {
        longest = std::max(longest, double(beat.nsecsElapsed()) / 1e6);
        beat.restart();
    });
    bool regrouped = false;
    bool painted = false;
    QObject::connect(&canvas, &Canvas::groupingChanged, &page, [&] { regrouped = true; });
    QObject::connect(&page, &TopologyPage::painted, &page, [&] { painted = painted || regrouped; });
    beat.start();
    pulse.start();
    timer.restart();
    canvas.setGrouping(Grouping::Namespace);
    while (!painted && timer.elapsed() < 10'000)
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 5);
    report[QLatin1StringView("regroup_until_painted_ms")] = double(timer.nsecsElapsed()) / 1e6;
    QCoreApplication::processEvents();
    pulse.stop();
    report[QLatin1StringView("regroup_longest_block_ms")] = longest;
    canvas.setGrouping(Grouping::Site);
    for (timer.restart(); canvas.scene().showsWorkloads() && timer.elapsed() < 10'000;)
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 5);
    QCoreApplication::processEvents();
    std::vector<double> searches;
    for (const QString &text : {QStringLiteral("web-1"), QStringLiteral("web-12"), QStringLiteral("web-123"),
             QStringLiteral("team-a"), QStringLiteral("pi-7")}) {
        timer.restart();
        canvas.setSearch(text);
        canvas.repaint();
        searches.push_back(double(timer.nsecsElapsed()) / 1e6);
    }
    report[QLatin1StringView("search_until_highlighted")] = summary(searches);
    QTextStream(stdout) << QJsonDocument(report).toJson();
    return 0;
}
