// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/monitoringstack.h"

#include "support/freeports.h"

#include <QDeadlineTimer>
#include <QFile>
#include <QStandardPaths>
#include <QTcpSocket>
#include <QThread>

#include <algorithm>
#include <array>
#include <tuple>

namespace kdra::test {

using namespace Qt::StringLiterals;

namespace {

const QStringList programs = {
    u"prometheus"_s, u"promtool"_s, u"prometheus-node-exporter"_s, u"prometheus-alertmanager"_s};

const char config[] = R"(global:
  scrape_interval: 1s
  evaluation_interval: 1s
  external_labels:
    cluster: loopback
rule_files: [rules.yml]
alerting:
  alertmanagers:
    - static_configs: [{targets: ['127.0.0.1:%ALERTMANAGER%']}]
scrape_configs:
  - job_name: node
    static_configs: [{targets: ['127.0.0.1:%EXPORTER%']}]
  - job_name: prometheus
    static_configs: [{targets: ['127.0.0.1:%PROMETHEUS%']}]
)";

const char rules[] = R"(groups:
  - name: test
    rules:
      - {record: 'job:node_cpu_seconds:sum', expr: 'sum by (job) (node_cpu_seconds_total)'}
      - alert: NodeSeen
        expr: node_memory_MemTotal_bytes > 0
        labels: {severity: warning, namespace: shop, pod: web-0, node: pi-1}
        annotations: {summary: 'A node is seen', runbook_url: 'https://runbooks.example.com/NodeSeen'}
      - {alert: Watchdog, expr: 'vector(1)', labels: {severity: none}}
      - {alert: Source, expr: 'vector(1)', labels: {severity: critical}}
      - {alert: Muted, expr: 'vector(1)', labels: {severity: info}}
      - {alert: Patient, expr: 'up == 1', for: 2h, labels: {severity: info}}
)";

const char routes[] = R"(route: {receiver: nobody, group_wait: 1s, group_interval: 1s}
receivers: [{name: nobody}]
inhibit_rules:
  - {source_matchers: ['alertname="Source"'], target_matchers: ['alertname="Muted"']}
)";

QByteArray get(quint16 port, const QByteArray &path)
{
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, port);
    if (!socket.waitForConnected(1000))
        return {};
    socket.write("GET " + path + " HTTP/1.0\r\nHost: localhost\r\n\r\n");
    QByteArray answer;
    while (socket.waitForReadyRead(1000))
        answer += socket.readAll();
    return answer;
}

} // namespace

QStringList MonitoringStack::missing()
{
    QStringList absent;
    for (const QString &program : programs) {
        if (QStandardPaths::findExecutable(program).isEmpty())
            absent += program;
    }
    return absent;
}

MonitoringStack::~MonitoringStack()
{
    stop();
}

void MonitoringStack::stop()
{
    for (const auto &process : m_processes)
        process->terminate();
    for (const auto &process : m_processes) {
        if (!process->waitForFinished(5000)) {
            process->kill();
            process->waitForFinished();
        }
    }
    m_processes.clear();
}

bool MonitoringStack::write(const QString &name, const QByteArray &text) const
{
    QFile file(m_folder.filePath(name));
    return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
}

Result<void> MonitoringStack::spawn(const QString &program, const QStringList &arguments)
{
    auto process = std::make_unique<QProcess>();
    process->setWorkingDirectory(m_folder.path());
    process->setProcessChannelMode(QProcess::MergedChannels);
    process->setStandardOutputFile(m_folder.filePath(program + u".log"_s));
    process->start(program, arguments);
    if (!process->waitForStarted())
        return std::unexpected(Error{.what = process->errorString(), .where = program});
    m_processes.push_back(std::move(process));
    return {};
}

Result<void> MonitoringStack::start()
{
    // Somebody else may have taken a port.
    constexpr int attempts = 3;
    Result<void> started;
    for (int i = 0; i < attempts; ++i) {
        started = tryToStart();
        if (started)
            break;
        stop();
    }
    return started;
}

Result<void> MonitoringStack::tryToStart()
{
    std::tie(m_prometheus, m_exporter, m_alertmanager) = freePorts<3>();
    const QByteArray prometheusConfig = QByteArray(config)
                                            .replace("%ALERTMANAGER%", QByteArray::number(m_alertmanager))
                                            .replace("%EXPORTER%", QByteArray::number(m_exporter))
                                            .replace("%PROMETHEUS%", QByteArray::number(m_prometheus));
    if (!write(u"prometheus.yml"_s, prometheusConfig) || !write(u"rules.yml"_s, rules)
        || !write(u"alertmanager.yml"_s, routes))
        return std::unexpected(Error{.what = u"The configuration cannot be written."_s, .where = m_folder.path()});
    const auto address = [](quint16 port) { return u"127.0.0.1:%1"_s.arg(port); };
    const Result<void> started[] = {
        spawn(u"prometheus-node-exporter"_s, {u"--web.listen-address="_s + address(m_exporter)}),
        spawn(u"prometheus-alertmanager"_s,
            {u"--config.file=alertmanager.yml"_s, u"--storage.path=alertmanager"_s,
                u"--web.listen-address="_s + address(m_alertmanager), u"--cluster.listen-address="_s}),
        spawn(u"prometheus"_s,
            // What fires before Alertmanager is found is sent again at once.
            {u"--config.file=prometheus.yml"_s, u"--storage.tsdb.path=data"_s, u"--rules.alert.resend-delay=1s"_s,
                u"--web.listen-address="_s + address(m_prometheus)})};
    for (const Result<void> &one : started) {
        if (!one)
            return one;
    }
    const auto allRun = [this] {
        return std::ranges::all_of(m_processes, [](const auto &one) {
            one->waitForFinished(1);
            return one->state() == QProcess::Running;
        });
    };
    for (QDeadlineTimer deadline(60'000); !deadline.hasExpired() && allRun(); QThread::msleep(50)) {
        if (get(m_prometheus, "/-/ready").contains(" 200 ") && get(m_alertmanager, "/-/ready").contains(" 200 ")
            && get(m_exporter, "/").contains(" 200 "))
            return {};
    }
    return std::unexpected(
        Error{.kind = Error::Kind::Timeout, .what = u"The servers are not ready."_s, .where = logTails()});
}

void MonitoringStack::killPrometheus()
{
    kill(u"prometheus"_s);
}

void MonitoringStack::killAlertmanager()
{
    kill(u"prometheus-alertmanager"_s);
}

void MonitoringStack::kill(const QString &program)
{
    const auto found =
        std::ranges::find_if(m_processes, [&](const auto &one) { return one->program().endsWith(program); });
    if (found == m_processes.end())
        return;
    (*found)->kill();
    (*found)->waitForFinished();
}

QUrl MonitoringStack::prometheus() const
{
    return QUrl(u"http://127.0.0.1:%1"_s.arg(m_prometheus));
}

QUrl MonitoringStack::alertmanager() const
{
    return QUrl(u"http://127.0.0.1:%1"_s.arg(m_alertmanager));
}

Result<QByteArray> MonitoringStack::promtool(const QStringList &arguments) const
{
    QProcess process;
    process.start(u"promtool"_s, arguments);
    if (!process.waitForFinished(30'000) || process.exitCode() != 0)
        return std::unexpected(
            Error{.what = QString::fromUtf8(process.readAllStandardError()), .where = u"promtool"_s});
    return process.readAllStandardOutput();
}

QString MonitoringStack::logTails() const
{
    QString text;
    for (const QString &program : programs) {
        QFile log(m_folder.filePath(program + u".log"_s));
        if (log.open(QIODevice::ReadOnly))
            text += program + u":\n"_s + QString::fromUtf8(log.readAll().right(2000)) + u'\n';
    }
    return text;
}

} // namespace kdra::test
