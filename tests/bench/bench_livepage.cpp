// SPDX-License-Identifier: GPL-3.0-or-later
// What a page of 12 live panels costs while somebody has it open: prints JSON. Not a test.
//   kdra-bench-livepage [--seconds N] [--hours N]
// cpu: a metrics page of 1400x900, refreshed every 5 s from the Prometheus of a demo cluster in a process of its own;
// CPU time of this process by getrusage(), in percent of one core. 0 seconds: left out.
// memory: the same page against a server of our own whose clock runs ahead: every refresh of a day without the waiting.
// Series come and go every hour. Heap in use (mallinfo2, all arenas) and resident memory after the first and the last
// hour. 0 hours: left out.
#include "tests/bench/processes.h"
#include "tests/metrics/threadedapi.h"
#include "ui/common/theme.h"
#include "ui/metrics/dashboardgrid.h"
#include "ui/metrics/metricspage.h"

#include <QApplication>
#include <QComboBox>
#include <QCommandLineParser>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>
#include <QUrlQuery>

#include <malloc.h>
#include <sys/resource.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>

using namespace kdra;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using metrics::PanelKind;

namespace {

constexpr qint64 interval = 5000;

// Twelve panels as the built-in dashboards have them, of every kind that moves, in one window without scrolling.
metrics::Dashboard dashboard()
{
    const QString cpu = u"1 - avg by (instance) (rate(node_cpu_seconds_total{mode=\"idle\"}[$__rate_interval]))"_s;
    const QString memory =
        u"1 - sum by (instance) (node_memory_MemAvailable_bytes) / sum by (instance) (node_memory_MemTotal_bytes)"_s;
    const QString used = u"sum by (namespace) (rate(container_cpu_usage_seconds_total{container!=\"\"}[5m]))"_s;
    const QString working = u"sum by (namespace) (container_memory_working_set_bytes{container!=\"\"})"_s;
    const auto panel = [](PanelKind kind, const QString &title, const QString &unit, const QString &expr,
                           const QString &legend) {
        return metrics::Panel{.kind = kind,
            .title = title,
            .queries = {{.refId = u"A"_s, .expr = expr, .legend = legend}},
            .field = {.unit = unit}};
    };
    const QString instance = u"{{instance}}"_s;
    const QString ns = u"{{namespace}}"_s;
    QList<metrics::Panel> panels{
        panel(PanelKind::Stat, u"Nodes ready"_s, u"short"_s,
            u"sum(kube_node_status_condition{condition=\"Ready\",status=\"true\"})"_s, {}),
        panel(PanelKind::Gauge, u"CPU"_s, u"percentunit"_s,
            u"1 - avg(rate(node_cpu_seconds_total{mode=\"idle\"}[$__rate_interval]))"_s, {}),
        panel(PanelKind::BarGauge, u"Busiest nodes"_s, u"percentunit"_s, u"topk(6, "_s + cpu + u')', instance),
        panel(PanelKind::Table, u"Memory by namespace"_s, u"bytes"_s, working, ns),
        panel(PanelKind::TimeSeries, u"CPU of nodes"_s, u"percentunit"_s, cpu, instance),
        panel(PanelKind::TimeSeries, u"Memory of nodes"_s, u"percentunit"_s, memory, instance),
        panel(PanelKind::TimeSeries, u"CPU by namespace"_s, u"cores"_s, used, ns),
        panel(PanelKind::TimeSeries, u"Memory by namespace"_s, u"bytes"_s, working, ns),
        panel(PanelKind::TimeSeries, u"Network"_s, u"bps"_s,
            u"8 * sum by (instance) (rate(node_network_receive_bytes_total{device!=\"lo\"}[$__rate_interval]))"_s,
            instance),
        panel(
            PanelKind::TimeSeries, u"Pods"_s, u"short"_s, u"sum by (phase) (kube_pod_status_phase)"_s, u"{{phase}}"_s),
        panel(PanelKind::TimeSeries, u"Temperature"_s, u"celsius"_s, u"max by (instance) (node_thermal_zone_temp)"_s,
            instance),
        panel(PanelKind::StateTimeline, u"Nodes"_s, {},
            u"max by (node) (kube_node_status_condition{condition=\"Ready\",status=\"true\"})"_s, u"{{node}}"_s),
    };
    panels[3].queries.first().format = u"table"_s;
    panels[3].queries.first().instant = true;
    panels[6].stacking = metrics::Stacking::Normal;
    panels[7].fillOpacity = 12;
    panels[9].legendAsTable = true;
    panels[9].legendValues = {u"last"_s, u"max"_s};
    for (qsizetype i = 0; i < panels.size(); ++i) {
        const int row = int(i) / 4;
        panels[i].id = int(i) + 1;
        panels[i].grid = {
            .x = 6 * (int(i) % 4), .y = row == 0 ? 0 : 6 + 10 * (row - 1), .width = 6, .height = row == 0 ? 6 : 10};
    }
    return {.uid = u"bench"_s, .title = u"Bench"_s, .rows = {{.panels = panels}}, .from = u"now-1h"_s, .to = u"now"_s};
}

// The page as the window has it.
class Page {
public:
    Page(const ui::Theme &theme, const QUrl &prometheus)
        : m_client(
              std::make_shared<metrics::PromClient>(metrics::Endpoint{.url = prometheus}, metrics::Secrets(), *m_api))
        , m_page(theme)
    {
        m_page.resize(1400, 900);
        m_page.setDashboards({{dashboard(), u"Bench"_s}});
        m_page.setClient(m_client);
        m_page.show();
    }
    // Every panel has been answered.
    void settle()
    {
        QElapsedTimer timer;
        timer.start();
        while (!m_page.isSettled() || m_page.grid().seen().size() != 12) {
            if (timer.elapsed() > 60'000) {
                std::fprintf(stderr, "the page did not come to rest: %lld of 12 panels are seen\n",
                    qlonglong(m_page.grid().seen().size()));
                std::exit(1);
            }
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents | QEventLoop::AllEvents, 100);
        }
    }
    void setInterval(qint64 milliseconds)
    {
        QComboBox &box = m_page.intervalBox();
        box.setCurrentIndex(box.findData(milliseconds));
        Q_EMIT box.activated(box.currentIndex());
    }
    // What is missing in the panels, if anything.
    QString troubles()
    {
        QStringList all;
        for (const int id : m_page.grid().seen().keys()) {
            const metrics::PanelState state = m_page.feed().state(id);
            for (const Error &error : state.errors)
                all += error.text();
            for (const metrics::PanelAnswer &one : state.answers) {
                if (one.answer.series->empty())
                    all += u"panel %1 has no series"_s.arg(id);
            }
        }
        return all.join(u'\n');
    }
    metrics::PromClient &client() { return *m_client; }
    ui::MetricsPage &widget() { return m_page; }

private:
    test::ThreadedApi m_api;
    std::shared_ptr<metrics::PromClient> m_client;
    ui::MetricsPage m_page;
};

void wait(std::chrono::milliseconds time)
{
    QEventLoop loop;
    QTimer::singleShot(time, &loop, &QEventLoop::quit);
    loop.exec();
}

double cpuSeconds()
{
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    return double(used.ru_utime.tv_sec + used.ru_stime.tv_sec)
        + double(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}

QJsonObject measureCpu(const ui::Theme &theme, int seconds)
{
    const bench::DemoServer server({u"--no-story"_s});
    Page page(theme, QUrl(server.prometheusUrl()));
    page.setInterval(interval);
    page.settle();
    wait(2 * std::chrono::milliseconds(interval)); // first paints, fonts, icons
    if (const QString troubles = page.troubles(); !troubles.isEmpty()) {
        std::fprintf(stderr, "%s\n", qPrintable(troubles));
        std::exit(1);
    }
    int settled = 0;
    QObject::connect(&page.widget().feed(), &metrics::DashboardFeed::panelChanged, &page.widget(), [&] { ++settled; });
    const double before = cpuSeconds();
    QElapsedTimer timer;
    timer.start();
    wait(std::chrono::seconds(seconds));
    const double used = cpuSeconds() - before;
    if (qEnvironmentVariableIsSet("KDRA_BENCH_PICTURE"))
        page.widget().grab().save(qEnvironmentVariable("KDRA_BENCH_PICTURE"));
    return {{u"seconds"_s, double(timer.elapsed()) / 1000}, {u"cpu_seconds"_s, used}, {u"answered_panels"_s, settled},
        {u"percent"_s, 100 * used / (double(timer.elapsed()) / 1000)}};
}

// A Prometheus on a thread of its own that knows every series, and whose clock is set from outside: the client takes
// the time from its answers.
class SimulatedServer : public QThread {
public:
    SimulatedServer()
    {
        m_server.listen(QHostAddress::LocalHost);
        m_server.moveToThread(this);
        start();
    }
    ~SimulatedServer() override
    {
        quit();
        wait();
    }
    QUrl url() const { return QUrl(u"http://127.0.0.1:%1"_s.arg(m_server.serverPort())); }
    void setNow(qint64 milliseconds) { m_now = milliseconds; }

protected:
    void run() override
    {
        QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this] {
            QTcpSocket *socket = m_server.nextPendingConnection();
            QObject::connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
            QObject::connect(socket, &QTcpSocket::readyRead, socket, [this, socket] {
                while (socket->canReadLine()) {
                    const QByteArray line = socket->readLine();
                    if (line.startsWith("GET ") || line.startsWith("POST "))
                        socket->setProperty("target", line.split(' ').value(1));
                    else if (line == "\r\n")
                        answer(*socket, QUrl(QString::fromLatin1(socket->property("target").toByteArray())));
                }
            });
        });
        exec();
        m_server.close();
        m_server.moveToThread(nullptr);
    }

private:
    void answer(QTcpSocket &socket, const QUrl &target)
    {
        const QUrlQuery query(target);
        const QString expr = query.queryItemValue(u"query"_s, QUrl::FullyDecoded);
        const bool isRange = target.path().endsWith("/query_range"_L1);
        const auto number = [&](const QString &name) { return query.queryItemValue(name).toDouble(); };
        const double start = isRange ? number(u"start"_s) : double(m_now) / 1000;
        const double end = isRange ? number(u"end"_s) : start;
        const double step = isRange ? number(u"step"_s) : 1;
        const int count = expr.contains("by ("_L1) ? 16 : 1;
        QByteArray body = isRange ? R"({"status":"success","data":{"resultType":"matrix","result":[)"
                                  : R"({"status":"success","data":{"resultType":"vector","result":[)";
        for (int i = 0; i < count; ++i) {
            // A quarter of them is replaced every hour: pods come and go.
            const qint64 age = i % 4 == 0 ? qint64(end) / 3600 : 0;
            const QByteArray name = "one-" + QByteArray::number(i) + '-' + QByteArray::number(age);
            body += (i ? QByteArray(",") : QByteArray()) + R"({"metric":{"instance":")" + name + R"(","namespace":")"
                + name + R"(","node":")" + name + R"(","phase":")" + name
                + (isRange ? R"("},"values":[)" : R"("},"value":)");
            for (double time = start; time <= end; time += step)
                body += (time > start ? ",[" : "[") + QByteArray::number(time, 'f', 3) + ",\""
                    + QByteArray::number(0.5 + 0.4 * std::sin(time / 700 + i)) + "\"]";
            body += isRange ? "]}" : "}";
        }
        body += "]}}";
        const QDateTime now = QDateTime::fromMSecsSinceEpoch(m_now, QTimeZone::utc());
        socket.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nDate: "
            + QLocale::c().toString(now, u"ddd, dd MMM yyyy HH:mm:ss 'GMT'"_s).toLatin1()
            + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
    }

    std::atomic<qint64> m_now = QDateTime::currentMSecsSinceEpoch();
    QTcpServer m_server;
};

struct Memory {
    double heap = 0; // bytes in use
    double resident = 0;
};

Memory memory()
{
    malloc_trim(0); // what is free already is nobody's
    const struct mallinfo2 info = mallinfo2();
    QFile statm(u"/proc/self/statm"_s);
    const double pages = statm.open(QFile::ReadOnly) ? statm.readAll().split(' ').value(1).toDouble() : 0;
    return {double(info.uordblks + info.hblkhd), pages * double(sysconf(_SC_PAGESIZE))};
}

QJsonObject measureMemory(const ui::Theme &theme, int hours)
{
    SimulatedServer server;
    qint64 now = QDateTime::currentMSecsSinceEpoch();
    server.setNow(now);
    Page page(theme, server.url());
    page.setInterval(0);
    page.settle();
    metrics::DashboardFeed &feed = page.widget().feed();
    int settled = 0;
    QObject::connect(&feed, &metrics::DashboardFeed::panelChanged, &page.widget(), [&] { ++settled; });
    const qint64 perHour = 3'600'000 / interval;
    std::vector<Memory> hourly;
    QElapsedTimer timer;
    timer.start();
    for (qint64 round = 0; round < hours * perHour; ++round) {
        now += interval;
        server.setNow(now);
        // Its answer sets the clock.
        bool told = false;
        page.client().instant(u"1"_s).then(&page.widget(), [&](const Result<metrics::Answer> &) { told = true; });
        while (!told)
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents | QEventLoop::AllEvents, 100);
        const qint64 from = feed.moments().from;
        settled = 0;
        feed.refresh();
        if (round > 1 && feed.moments().from <= from) {
            std::fprintf(stderr, "the clock stands still\n");
            std::exit(1);
        }
        while (settled < 12)
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents | QEventLoop::AllEvents, 100);
        QCoreApplication::processEvents(); // paints
        if ((round + 1) % perHour == 0)
            hourly.push_back(memory());
    }
    if (const QString troubles = page.troubles(); !troubles.isEmpty()) {
        std::fprintf(stderr, "%s\n", qPrintable(troubles));
        std::exit(1);
    }
    QJsonArray heaps, residents;
    for (const Memory &one : hourly) {
        heaps.append(one.heap / 1e6);
        residents.append(one.resident / 1e6);
    }
    const double heap = hourly.back().heap / hourly.front().heap;
    const double resident = hourly.back().resident / hourly.front().resident;
    return {{u"refreshes"_s, hours * perHour}, {u"seconds"_s, double(timer.elapsed()) / 1000},
        {u"heap_mb_by_hour"_s, heaps}, {u"resident_mb_by_hour"_s, residents}, {u"heap_ratio"_s, heap},
        {u"resident_ratio"_s, resident}, {u"ratio"_s, std::max(heap, resident)}};
}

} // namespace

int main(int argc, char **argv)
{
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    QCommandLineParser parser;
    const QCommandLineOption seconds(u"seconds"_s, u"How long CPU is measured."_s, u"N"_s, u"60"_s);
    const QCommandLineOption hours(u"hours"_s, u"Simulated hours of refreshes."_s, u"N"_s, u"24"_s);
    parser.addOptions({seconds, hours});
    parser.addHelpOption();
    parser.process(application);
    ui::Theme theme;
    theme.apply(application);
    theme.setScheme(ui::Theme::Scheme::Dark);

    QJsonObject result;
    if (const int count = parser.value(seconds).toInt(); count > 0)
        result.insert(u"cpu"_s, measureCpu(theme, count));
    if (const int count = parser.value(hours).toInt(); count > 0)
        result.insert(u"memory"_s, measureMemory(theme, count));
    std::puts(QJsonDocument(result).toJson().constData());
    return 0;
}
