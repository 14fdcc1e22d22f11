// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/realnode.h"

#include <QFileInfo>

#include <unistd.h>

using namespace Qt::StringLiterals;

namespace kdra::test {

QString RealNode::obstacle()
{
    if (geteuid() != 0)
        return u"A real node needs root."_s;
    if (!ControlPlane::isAvailable() || !QFileInfo(qEnvironmentVariable("KDRA_KUBERNETES") + u"/node"_s).isExecutable())
        return u"KUBEBUILDER_ASSETS or KDRA_KUBERNETES is not set: no real node is tested."_s;
    return {};
}

QString RealNode::up(const QString &monitorGrace)
{
    if (const Result<void> started = m_plane.start(monitorGrace); !started)
        return started.error().text();
    m_up = true;
    const int code = run(script(), {u"up"_s, m_plane.folder(), u"pi-real"_s});
    return code == 0 ? QString() : u"node up: exit code %1"_s.arg(code);
}

void RealNode::down()
{
    if (std::exchange(m_up, false))
        run(script(), {u"down"_s, m_plane.folder()});
}

bool RealNode::prepareWebAndDatabase()
{
    const auto image = [this](const QString &name, const QString &port) {
        // A page to answer the health check with.
        const QString command =
            uR"(["/bin/sh","-c","echo KDRA > /tmp/index.html; exec httpd -f -p %1 -h /tmp"])"_s.arg(port);
        return run(script(), {u"image"_s, m_plane.folder(), name, command}) == 0;
    };
    const QByteArray volume = R"({"apiVersion":"v1","kind":"PersistentVolume","metadata":{"name":"disk"},"spec":{
        "capacity":{"storage":"2Gi"},"accessModes":["ReadWriteOnce"],"persistentVolumeReclaimPolicy":"Retain",
        "hostPath":{"path":")"
        + m_plane.folder().toUtf8() + R"(/disk","type":"DirectoryOrCreate"}}})";
    return image(u"docker.io/nginxinc/nginx-unprivileged:1.29-alpine"_s, u"8080"_s)
        && image(u"docker.io/library/postgres:17-alpine"_s, u"5432"_s)
        && kubectl({u"label"_s, u"node"_s, u"pi-real"_s, u"kdra.dev/board=raspberry-pi-4-model-b-rev-1.4"_s})
               .contains("labeled"_L1)
        && run(u"kubectl"_s,
               {u"--kubeconfig"_s, m_plane.adminKubeconfig(), u"apply"_s, u"--validate=false"_s, u"-f"_s, u"-"_s},
               volume)
        == 0;
}

int RealNode::run(const QString &program, const QStringList &arguments, const QByteArray &input)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.setStandardOutputFile(m_plane.folder() + u"/commands.log"_s, QIODevice::Append);
    process.start(program, arguments);
    process.write(input);
    process.closeWriteChannel();
    return process.waitForFinished(120000) && process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
}

QString RealNode::kubectl(const QStringList &arguments)
{
    QProcess process;
    process.start(u"kubectl"_s, QStringList{u"--kubeconfig"_s, m_plane.adminKubeconfig()} + arguments);
    process.waitForFinished(60000);
    return QString::fromUtf8(process.readAllStandardOutput());
}

QStringList RealNode::podsOf(const QString &environment, const QString &ns)
{
    QStringList pods = kubectl({u"get"_s, u"pods"_s, u"-n"_s, ns, u"-l"_s, u"kdra.dev/environment="_s + environment,
                                   u"-o"_s, u"jsonpath={range .items[*]}{.spec.nodeName}/{.status.phase} {end}"_s})
                           .simplified()
                           .split(u' ', Qt::SkipEmptyParts);
    pods.sort();
    return pods;
}

QString RealNode::leftOf(const QString &environment)
{
    QString left =
        kubectl({u"get"_s, u"namespace,pods,pvc,secrets,configmaps,services,deployments,statefulsets,networkpolicies"_s,
            u"-A"_s, u"-l"_s, u"kdra.dev/environment"_s, u"-o"_s, u"name"_s});
    if (kubectl({u"get"_s, u"namespaces"_s, u"-o"_s, u"name"_s}).split(u'\n').contains(u"namespace/"_s + environment))
        left += u"namespace/"_s + environment;
    return left;
}

} // namespace kdra::test
