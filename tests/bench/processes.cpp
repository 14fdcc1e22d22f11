// SPDX-License-Identifier: GPL-3.0-or-later
#include "processes.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QThread>

#include <cstdio>
#include <cstdlib>
#include <unistd.h>

namespace kdra::bench {
namespace {

QString binary(const char *name)
{
    return QCoreApplication::applicationDirPath() + QLatin1Char('/') + QString::fromLatin1(name);
}

[[noreturn]] void fail(const QString &why)
{
    std::fprintf(stderr, "%s\n", qPrintable(why));
    std::exit(1);
}

// Its own settings, cache and keychain: nothing of the user's is read or written.
QProcessEnvironment environment(const QTemporaryDir &home)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("HOME"), home.path());
    environment.insert(QStringLiteral("XDG_CONFIG_HOME"), home.filePath(QStringLiteral("config")));
    environment.insert(QStringLiteral("XDG_DATA_HOME"), home.filePath(QStringLiteral("data")));
    environment.insert(QStringLiteral("XDG_CACHE_HOME"), home.filePath(QStringLiteral("cache")));
    environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
    return environment;
}

QByteArray run(const QString &program, const QStringList &arguments, const QProcessEnvironment &environment)
{
    QProcess process;
    process.setProcessEnvironment(environment);
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(program, arguments);
    // A simulated day of a live page takes its time.
    if (!process.waitForFinished(3'600'000) || process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0)
        fail(program + QStringLiteral(" failed: ") + process.errorString());
    return process.readAllStandardOutput();
}

QStringList kdraArguments(const QString &kubeconfig)
{
    QStringList arguments{
        QStringLiteral("--size"), QStringLiteral("1920x1080"), QStringLiteral("--theme"), QStringLiteral("dark")};
    if (kubeconfig.isEmpty())
        arguments += QStringLiteral("--demo");
    else
        arguments += {QStringLiteral("--kubeconfig"), kubeconfig};
    return arguments;
}

// User and system time of a process in seconds (proc(5) stat, fields 14 and 15).
double cpuSeconds(qint64 pid)
{
    QFile stat(QStringLiteral("/proc/%1/stat").arg(pid));
    if (!stat.open(QFile::ReadOnly))
        fail(stat.errorString());
    const QByteArray text = stat.readAll();
    const QList<QByteArray> fields = text.sliced(text.lastIndexOf(')') + 2).split(' ');
    return (fields[11].toDouble() + fields[12].toDouble()) / static_cast<double>(sysconf(_SC_CLK_TCK));
}

} // namespace

DemoServer::DemoServer(const QStringList &arguments)
{
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.start(
        binary("kdra-demo-cluster"), arguments + QStringList{QStringLiteral("--kubeconfig-out"), kubeconfig()});
    // A line each for the cluster and its Prometheus.
    for (QString *url : {&m_url, &m_prometheusUrl}) {
        while (!m_process.canReadLine()) {
            if (!m_process.waitForReadyRead(120000))
                fail(QStringLiteral("kdra-demo-cluster did not start: ") + m_process.errorString());
        }
        const QString text = QString::fromUtf8(m_process.readLine());
        *url = text.sliced(text.indexOf(QStringLiteral("http://"))).trimmed().section(QLatin1Char(' '), 0, 0);
    }
}

DemoServer::~DemoServer()
{
    m_process.terminate();
    if (!m_process.waitForFinished(5000)) {
        m_process.kill();
        m_process.waitForFinished();
    }
}

QJsonObject measured(const char *program, const QStringList &arguments)
{
    const QTemporaryDir home;
    return QJsonDocument::fromJson(run(binary(program), arguments, environment(home))).object();
}

QJsonObject kdraReport(const QString &kubeconfig, int seconds)
{
    const QTemporaryDir home;
    const QString file = home.filePath(QStringLiteral("report.json"));
    run(binary("kdra"),
        kdraArguments(kubeconfig)
            + QStringList{QStringLiteral("--report"), file, QStringLiteral("--exit-after-sync"),
                QString::number(seconds)},
        environment(home));
    QFile report(file);
    if (!report.open(QFile::ReadOnly))
        fail(file + QStringLiteral(": ") + report.errorString());
    return QJsonDocument::fromJson(report.readAll()).object();
}

double kubectlGetPods(const QString &kubeconfig)
{
    const QTemporaryDir home;
    const QStringList arguments{QStringLiteral("--kubeconfig"), kubeconfig, QStringLiteral("get"),
        QStringLiteral("pods"), QStringLiteral("-A")};
    run(QStringLiteral("kubectl"),
        {QStringLiteral("--kubeconfig"), kubeconfig, QStringLiteral("get"), QStringLiteral("namespaces")},
        environment(home));
    QElapsedTimer clock;
    clock.start();
    run(QStringLiteral("kubectl"), arguments, environment(home));
    return static_cast<double>(clock.nsecsElapsed()) / 1e9;
}

double idleCpu(const QString &kubeconfig, int from, int to)
{
    const QTemporaryDir home;
    QProcess process;
    process.setProcessEnvironment(environment(home));
    process.start(binary("kdra"),
        kdraArguments(kubeconfig) + QStringList{QStringLiteral("--exit-after-sync"), QString::number(to + 10)});
    if (!process.waitForStarted())
        fail(process.errorString());
    QThread::sleep(std::chrono::seconds(from));
    const double before = cpuSeconds(process.processId());
    QThread::sleep(std::chrono::seconds(to - from));
    const double used = cpuSeconds(process.processId()) - before;
    process.terminate();
    process.waitForFinished(5000);
    return used / (to - from);
}

} // namespace kdra::bench
