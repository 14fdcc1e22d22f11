// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QProcess>
#include <QString>
#include <QTemporaryDir>

// The processes the benchmark measures. Each function exits the benchmark with a message when its process fails.
namespace kdra::bench {

// kdra-demo-cluster, ready; ended with the object.
class DemoServer {
public:
    explicit DemoServer(const QStringList &arguments);
    ~DemoServer();
    QString url() const { return m_url; }
    QString prometheusUrl() const { return m_prometheusUrl; }
    QString kubeconfig() const { return m_folder.filePath(QStringLiteral("kubeconfig")); }

private:
    QTemporaryDir m_folder;
    QProcess m_process;
    QString m_url;
    QString m_prometheusUrl;
};

// The JSON that one of the programs beside this one prints: kdra-bench-bare, kdra-bench-canvas, kdra-bench-table.
QJsonObject measured(const char *program, const QStringList &arguments);

// kdra --report after `seconds` from synced, in a 1920x1080 window drawn off-screen; an empty kubeconfig means --demo.
QJsonObject kdraReport(const QString &kubeconfig, int seconds);

// Wall-clock seconds of `kubectl get pods -A` with a warm discovery cache.
double kubectlGetPods(const QString &kubeconfig);

// CPU seconds per second that kdra uses between `from` and `to` seconds after its start.
double idleCpu(const QString &kubeconfig, int from, int to);

} // namespace kdra::bench
