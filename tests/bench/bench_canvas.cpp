// SPDX-License-Identifier: GPL-3.0-or-later
// Frame times of the topology canvas on the raster engine, without a cluster: prints JSON. Not a test.
// kdra-bench-canvas [--nodes N] [--pods P] [--size WxH] [--frames N] [--theme dark|light] [--picture FILE] [--zoom F]
// [--overlay N]
// A frame is a whole turn of the event loop in which the canvas was painted: what moved it, batches that were taken in,
// the painting of everything on the page and its way to the window. paint: the canvas alone. cpu: the frames by the
// thread's own CPU time, which a busy machine does not stretch. Milliseconds.
#include "tests/bench/heartbeat.h"
#include "tests/ui/topology/fleet.h"
#include "ui/common/theme.h"
#include "ui/topology/canvas.h"
#include "ui/topology/topologypage.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QElapsedTimer>
#include <QJsonDocument>
#include <QJsonObject>
#include <QKeyEvent>
#include <QTextStream>

#include <algorithm>
#include <cmath>

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
    return {{QStringLiteral("count"), static_cast<qint64>(milliseconds.size())}, {QStringLiteral("p50"), at(0.5)},
        {QStringLiteral("p99"), at(0.99)}, {QStringLiteral("max"), milliseconds.back()}};
}

// Workloads of some 40 pods in 200 namespaces.
void populate(tests::Fleet &fleet, int nodes, int podCount)
{
    fleet.populate(nodes, podCount);
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
}

// Drives a page and notes what its frames cost.
class Measure {
public:
    Measure(TopologyPage &page, tests::Fleet &fleet, int frames)
        : m_page(page)
        , m_canvas(page.canvas())
        , m_fleet(fleet)
        , m_frames(frames)
        , m_anyPod(0, fleet.pods.table().size() - 1)
        , m_centre(m_canvas.scene().layout().bounds().center())
    {
        QObject::connect(&page, &TopologyPage::painted, &m_heartbeat, [this](std::chrono::nanoseconds duration) {
            m_paints.push_back(double(duration.count()) / 1e6);
            m_painted = true;
        });
        QObject::connect(
            &page, &TopologyPage::changePainted, &m_heartbeat, [this](std::chrono::steady_clock::time_point oldest) {
                m_latencies.push_back(
                    std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - oldest).count());
            });
        m_heartbeat.onBeat = [this](bench::Heartbeat::Gap gap) {
            if (!std::exchange(m_painted, false))
                return;
            m_turns.push_back(gap.wallMs);
            m_cpu.push_back(gap.cpuMs);
        };
    }

    // A step 16 ms after the other, with the events of that time: `perSecond` of them.
    template <class Step> QJsonObject frames(int perSecond, Step step)
    {
        settle();
        forget();
        m_heartbeat.start();
        QElapsedTimer since;
        since.start();
        for (int i = 0; i < m_frames; ++i) {
            QElapsedTimer frame;
            frame.start();
            if (perSecond) {
                const store::Batch batch = changes(static_cast<int>(double(since.nsecsElapsed()) / 1e9 * perSecond));
                since.restart();
                // The store's work, which is done on a thread of its own.
                m_heartbeat.skip();
                m_page.apply(batch);
            }
            step(i);
            do
                QCoreApplication::processEvents();
            while (frame.elapsed() < 16);
        }
        m_heartbeat.stop();
        QJsonObject result = summary(m_turns);
        result[QLatin1StringView("paint")] = summary(m_paints);
        result[QLatin1StringView("cpu")] = summary(m_cpu);
        if (perSecond)
            result[QLatin1StringView("event_to_paint")] = summary(m_latencies);
        return result;
    }

    void pan(int i) { m_canvas.centreOn(m_centre + QPointF(std::sin(i * 0.2), std::cos(i * 0.2)) * 300); }
    void zoom(int i) { m_canvas.zoomBy(i % 40 < 20 ? 1.1 : 1 / 1.1); }

    // Until the canvas shows tiles of workloads, or nodes, in that order.
    QJsonObject regroup(Grouping grouping)
    {
        settle();
        forget();
        bool regrouped = false;
        bool painted = false;
        const auto grouped = QObject::connect(&m_canvas, &Canvas::groupingChanged, &m_page, [&] { regrouped = true; });
        const auto drawn =
            QObject::connect(&m_page, &TopologyPage::painted, &m_page, [&] { painted = painted || regrouped; });
        QElapsedTimer timer;
        timer.start();
        m_heartbeat.start();
        m_canvas.setGrouping(grouping);
        while (!painted && timer.elapsed() < 10'000)
            QCoreApplication::processEvents();
        const double until = double(timer.nsecsElapsed()) / 1e6;
        settle();
        const bench::Heartbeat::Gap longest = m_heartbeat.stop();
        QObject::disconnect(grouped);
        QObject::disconnect(drawn);
        return {{QStringLiteral("until_painted"), until}, {QStringLiteral("block"), longest.wallMs},
            {QStringLiteral("block_cpu"), longest.cpuMs}};
    }

    // Typed key by key into the canvas; each until its result is painted.
    QJsonObject search(const QStringList &texts)
    {
        std::vector<double> keys;
        for (const QString &text : texts) {
            m_canvas.frameAll();
            settle();
            for (const QChar letter : u'/' + text) {
                m_painted = false;
                QElapsedTimer timer;
                timer.start();
                QKeyEvent press(QEvent::KeyPress, 0, Qt::NoModifier, QString(letter));
                QCoreApplication::sendEvent(&m_canvas, &press);
                while (!m_painted && timer.elapsed() < 10'000)
                    QCoreApplication::processEvents();
                if (letter != u'/')
                    keys.push_back(double(timer.nsecsElapsed()) / 1e6);
            }
            m_canvas.setSearch({});
        }
        m_canvas.frameAll();
        settle();
        return summary(std::move(keys));
    }

    // Frames that are painted while nothing happens.
    qint64 idleFrames(int milliseconds)
    {
        settle();
        forget();
        QElapsedTimer timer;
        timer.start();
        while (timer.elapsed() < milliseconds)
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 50);
        return static_cast<qint64>(m_paints.size());
    }

    // Until nothing moves any more.
    void settle()
    {
        QElapsedTimer timer;
        timer.start();
        while (timer.elapsed() < 1500)
            QCoreApplication::processEvents(QEventLoop::AllEvents, 20);
    }

private:
    store::Batch changes(int count)
    {
        for (int n = 0; n < count; ++n) {
            store::PodRecord pod = *m_fleet.pods.table().at(m_anyPod(m_fleet.random));
            pod.meta.severity = static_cast<store::Severity>(n % 5);
            m_fleet.put(pod);
        }
        return m_fleet.publish();
    }

    void forget()
    {
        m_paints.clear();
        m_turns.clear();
        m_cpu.clear();
        m_latencies.clear();
        m_painted = false;
    }

    TopologyPage &m_page;
    Canvas &m_canvas;
    tests::Fleet &m_fleet;
    int m_frames;
    std::uniform_int_distribution<store::Slot> m_anyPod;
    QPointF m_centre;
    bench::Heartbeat m_heartbeat;
    bool m_painted = false;
    std::vector<double> m_paints;
    std::vector<double> m_turns;
    std::vector<double> m_cpu;
    std::vector<double> m_latencies;
};

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
    add("overlay", "What cells are coloured by: 0 status to 6 image.", "0");
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
    populate(fleet, number("nodes"), number("pods"));
    QElapsedTimer timer;
    timer.start();
    Scene scene;
    scene.reset(fleet.snapshot);
    QJsonObject report{{QStringLiteral("scene_build_ms"), double(timer.nsecsElapsed()) / 1e6}};
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

    Measure measure(page, fleet, number("frames"));
    // Everything in sight.
    report[QLatin1StringView("pan")] = measure.frames(0, [&](int i) { measure.pan(i); });
    report[QLatin1StringView("zoom")] = measure.frames(0, [&](int i) { measure.zoom(i); });
    canvas.frameAll();
    report[QLatin1StringView("events")] = measure.frames(2000, [](int) { });
    report[QLatin1StringView("moving_under_events")] =
        measure.frames(2000, [&](int i) { i % 80 < 40 ? measure.pan(i) : measure.zoom(i); });
    for (const double factor : {1.5, 2.5, 4.0, 8.0, 16.0}) {
        canvas.frameAll();
        measure.settle();
        canvas.zoomBy(factor);
        const QByteArray name = "zoomed_" + QByteArray::number(factor);
        report[QLatin1StringView(name)] = measure.frames(0, [&](int i) { measure.zoom(i); });
    }
    canvas.frameAll();
    report[QLatin1StringView("idle_frames")] = measure.idleFrames(5000);
    report[QLatin1StringView("regroup")] = measure.regroup(Grouping::Namespace);
    report[QLatin1StringView("regroup_back")] = measure.regroup(Grouping::Site);
    report[QLatin1StringView("search")] =
        measure.search({QStringLiteral("web-123"), QStringLiteral("team-a"), QStringLiteral("pi-7")});
    QTextStream(stdout) << QJsonDocument(report).toJson();
    return 0;
}
