// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/controlplane.h"

#include <QStringList>

namespace kdra::test {

// A real control plane with a real node, "pi-real": kubelet, containerd, real containers. Needs root,
// KUBEBUILDER_ASSETS with a kubelet, and KDRA_KUBERNETES, a folder with a `node` script (up RUNDIR NAME, image RUNDIR
// NAME COMMAND, down RUNDIR). Everything is stopped in the destructor.
class RealNode {
public:
    ~RealNode() { down(); }

    // Why there cannot be one here; empty when there can.
    static QString obstacle();

    // What went wrong; empty when it is up.
    QString up(const QString &monitorGrace = QStringLiteral("6h"));
    void down();

    // Marks the node as a Raspberry Pi and gives it what the template "Web + PostgreSQL" runs: small stand-ins under
    // its images' names, and a volume.
    bool prepareWebAndDatabase();

    ControlPlane &plane() { return m_plane; }
    QString script() const { return qEnvironmentVariable("KDRA_KUBERNETES") + QStringLiteral("/node"); }
    // The exit code; what it prints is in commands.log.
    int run(const QString &program, const QStringList &arguments, const QByteArray &input = {});
    // What kubectl prints.
    QString kubectl(const QStringList &arguments);
    // "node/phase" of each pod of the environment that is not being deleted, sorted.
    QStringList podsOf(const QString &environment, const QString &ns);
    // "kind/name" of everything that says it is of some environment, and of namespaces called like `environment`.
    QString leftOf(const QString &environment);

private:
    ControlPlane m_plane;
    bool m_up = false;
};

} // namespace kdra::test
