// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kube/answer.h"
#include "kube/kubeconfig.h"

#include <QObject>

#include <chrono>

class QProcess;

namespace kdra::kube {

struct Identity;

// A credential plugin (client.authentication.k8s.io/v1, v1beta1): a program that prints an ExecCredential. Run without
// a terminal. One run at a time; lives on its Credentials' thread and never blocks it.
class ExecPlugin : public QObject {
    Q_OBJECT
public:
    ExecPlugin(ExecEntry entry, ClusterEntry cluster, QObject *parent = nullptr);
    ~ExecPlugin() override;

    // The Identity with its expiry as the plugin gave it. The caller waits for one answer before it asks again.
    QFuture<Result<Identity>> run();

    // A plugin keeps nothing between runs here; caching is the caller's.
    void forget() { }

    // The file that ran; empty before.
    QString program() const { return m_program; }

    // How long a plugin may take: it may open a browser for a sign-in.
    void setDeadline(std::chrono::milliseconds deadline) { m_deadline = deadline; }

private:
    void locate(const std::shared_ptr<Answer<Identity>> &answer);
    void askLoginShell(const std::shared_ptr<Answer<Identity>> &answer);
    void start(const QString &program, const std::shared_ptr<Answer<Identity>> &answer);
    Result<Identity> read(const QByteArray &output) const;
    QByteArray execInfo() const;
    Error failure(const QString &what, const QString &remedy, const QByteArray &diagnostics = {}) const;

    ExecEntry m_entry;
    ClusterEntry m_cluster;
    QString m_searchPath; // the login shell's PATH, once it was needed
    QString m_program; // resolved
    std::chrono::milliseconds m_deadline = std::chrono::seconds(60);
};

} // namespace kdra::kube
