// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "kube/kubeconfig.h"

#include <QProcess>
#include <QTemporaryDir>

#include <memory>

namespace kdra::test {

// A real Kubernetes control plane on loopback: etcd, kube-apiserver, kube-controller-manager and kube-scheduler from
// the folder that KUBEBUILDER_ASSETS names (envtest's convention); etcd may come from PATH. No kubelet runs. Every
// process is stopped in the destructor.
class ControlPlane {
public:
    // Whether KUBEBUILDER_ASSETS names a folder with a kube-apiserver and there is an etcd.
    static bool isAvailable();

    ControlPlane();
    ~ControlPlane();

    // `monitorGrace`: how long a node may be silent before the controller manager calls it NotReady.
    Result<void> start(const QString &monitorGrace = QStringLiteral("6h"));
    // SIGKILL, as a crash does; everything else goes on.
    void killApiServer();
    Result<void> startApiServer();
    // Forgets every revision of etcd before now: watches from an older one get 410.
    Result<void> compact();

    QString server() const;
    QString folder() const { return m_folder.path(); }
    QString adminKubeconfig() const { return m_folder.filePath(QStringLiteral("admin.kubeconfig")); }
    kube::ClientConfig admin() const; // client certificate, system:masters
    kube::ClientConfig viewer() const; // token, no rights
    // The last lines of each server's log, for a failing test's message.
    QString logTails() const;

private:
    Result<void> makeCertificates();
    Result<void> spawn(const QString &name, const QStringList &arguments);
    Result<void> waitReady();
    QString path(const char *name) const { return m_folder.filePath(QString::fromLatin1(name)); }

    QTemporaryDir m_folder;
    std::vector<std::unique_ptr<QProcess>> m_processes;
    quint16 m_port = 0;
    quint16 m_etcdPort = 0;
};

} // namespace kdra::test
