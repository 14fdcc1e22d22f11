// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/controlplane.h"

#include "support/freeports.h"
#include "support/testauthority.h"

#include <QDeadlineTimer>
#include <QEventLoop>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QStandardPaths>

namespace kdra::test {
namespace {

using namespace std::chrono_literals;

QString binary(const QString &name)
{
    const QString asset = qEnvironmentVariable("KUBEBUILDER_ASSETS") + QLatin1Char('/') + name;
    return QFileInfo(asset).isExecutable() ? asset : QStandardPaths::findExecutable(name);
}

Error failed(const QString &what)
{
    return {.kind = Error::Kind::Local, .what = what};
}

// Blocks; the body of the answer, or an error.
Result<QByteArray> http(
    const QUrl &url, const QSslConfiguration &tls, const QByteArray &body = {}, std::chrono::milliseconds within = 5s)
{
    QNetworkAccessManager access;
    QNetworkRequest request(url);
    request.setSslConfiguration(tls);
    request.setTransferTimeout(within);
    request.setHeader(QNetworkRequest::ContentTypeHeader, QByteArrayLiteral("application/json"));
    const std::unique_ptr<QNetworkReply> reply(body.isEmpty() ? access.get(request) : access.post(request, body));
    QEventLoop loop;
    QObject::connect(reply.get(), &QNetworkReply::finished, &loop, &QEventLoop::quit);
    loop.exec();
    if (reply->error() != QNetworkReply::NoError)
        return std::unexpected(failed(reply->errorString()));
    return reply->readAll();
}

QSslConfiguration tlsWith(const QString &folder)
{
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setCaCertificates(QSslCertificate::fromPath(folder + QStringLiteral("/ca.crt")));
    tls.setLocalCertificate(QSslCertificate::fromPath(folder + QStringLiteral("/admin.crt")).value(0));
    QFile key(folder + QStringLiteral("/admin.key"));
    if (key.open(QFile::ReadOnly))
        tls.setPrivateKey(QSslKey(&key, QSsl::Rsa));
    return tls;
}

void write(const QString &file, const QByteArray &text)
{
    QFile out(file);
    if (out.open(QFile::WriteOnly))
        out.write(text);
}

} // namespace

bool ControlPlane::isAvailable()
{
    const QString assets = qEnvironmentVariable("KUBEBUILDER_ASSETS");
    return !assets.isEmpty() && QFileInfo(assets + QStringLiteral("/kube-apiserver")).isExecutable()
        && !binary(QStringLiteral("etcd")).isEmpty();
}

ControlPlane::ControlPlane() = default;

ControlPlane::~ControlPlane()
{
    // The API server before its etcd, or it waits for it.
    for (auto process = m_processes.rbegin(); process != m_processes.rend(); ++process) {
        (*process)->terminate();
        if (!(*process)->waitForFinished(3000)) {
            (*process)->kill();
            (*process)->waitForFinished(3000);
        }
    }
}

QString ControlPlane::server() const
{
    return QStringLiteral("https://127.0.0.1:%1").arg(m_port);
}

Result<void> ControlPlane::makeCertificates()
{
    TestAuthority authority(QDir(m_folder.path()), QStringLiteral("kdra-test-ca"));
    using KeyType = TestAuthority::KeyType;
    const auto keep = [this](const TestCertificate &certificate, const char *name) {
        QFile::copy(certificate.certificateFile, path(name) + QStringLiteral(".crt"));
        QFile::copy(certificate.keyFile, path(name) + QStringLiteral(".key"));
    };
    keep(authority.certificate(), "ca");
    keep(authority.issue({.name = QStringLiteral("kube-apiserver"),
             .alternativeNames = {QStringLiteral("DNS:localhost"), QStringLiteral("DNS:kubernetes"),
                 QStringLiteral("IP:127.0.0.1"), QStringLiteral("IP:10.0.0.1")},
             .keyType = KeyType::Rsa}),
        "server");
    keep(authority.issue({.name = QStringLiteral("admin"),
             .organisation = QStringLiteral("system:masters"),
             .keyType = KeyType::Rsa}),
        "admin");
    keep(authority.issue({.name = QStringLiteral("service-accounts"), .keyType = KeyType::Rsa}), "sa");
    write(path("tokens.csv"), "viewer-token,viewer,viewer-uid,\"viewers\"\n");
    if (!authority.isValid())
        return std::unexpected(failed(authority.errors()));
    return {};
}

Result<void> ControlPlane::spawn(const QString &name, const QStringList &arguments)
{
    auto process = std::make_unique<QProcess>();
    process->setObjectName(name);
    process->setProcessChannelMode(QProcess::MergedChannels);
    process->setStandardOutputFile(m_folder.filePath(name + QStringLiteral(".log")), QIODevice::Append);
    process->start(binary(name), arguments);
    if (!process->waitForStarted())
        return std::unexpected(failed(name + QStringLiteral(": ") + process->errorString()));
    m_processes.push_back(std::move(process));
    return {};
}

Result<void> ControlPlane::start(const QString &monitorGrace)
{
    if (const Result<void> made = makeCertificates(); !made)
        return made;
    const auto [port, etcdPort, peerPort, managerPort, schedulerPort] = freePorts<5>();
    m_port = port;
    m_etcdPort = etcdPort;
    const QString client = QStringLiteral("http://127.0.0.1:%1").arg(m_etcdPort);
    const QString peer = QStringLiteral("http://127.0.0.1:%1").arg(peerPort);
    write(adminKubeconfig(),
        QStringLiteral("apiVersion: v1\nkind: Config\ncurrent-context: lab\ncontexts: [{name: lab, context: {cluster: "
                       "lab, user: u}}]\n"
                       "clusters: [{name: lab, cluster: {server: \"%1\", certificate-authority: %2/ca.crt}}]\n"
                       "users: [{name: u, user: {client-certificate: %2/admin.crt, client-key: %2/admin.key}}]\n")
            .arg(server(), folder())
            .toUtf8());
    if (const Result<void> etcd = spawn(QStringLiteral("etcd"),
            {QStringLiteral("--data-dir"), path("data"), QStringLiteral("--listen-client-urls"), client,
                QStringLiteral("--advertise-client-urls"), client, QStringLiteral("--listen-peer-urls"), peer,
                QStringLiteral("--initial-advertise-peer-urls"), peer, QStringLiteral("--initial-cluster"),
                QStringLiteral("default=") + peer});
        !etcd)
        return etcd;
    if (const Result<void> api = startApiServer(); !api)
        return api;
    const QStringList kubeconfigs = {QStringLiteral("--kubeconfig"), adminKubeconfig(),
        QStringLiteral("--authentication-kubeconfig"), adminKubeconfig(), QStringLiteral("--authorization-kubeconfig"),
        adminKubeconfig(), QStringLiteral("--bind-address"), QStringLiteral("127.0.0.1"),
        QStringLiteral("--leader-elect=false")};
    if (const Result<void> manager = spawn(QStringLiteral("kube-controller-manager"),
            kubeconfigs
                + QStringList{QStringLiteral("--secure-port"), QString::number(managerPort),
                    QStringLiteral("--service-account-private-key-file"), path("sa.key"),
                    QStringLiteral("--root-ca-file"), path("ca.crt"),
                    QStringLiteral("--use-service-account-credentials=true"),
                    QStringLiteral("--node-monitor-grace-period=") + monitorGrace});
        !manager)
        return manager;
    return spawn(QStringLiteral("kube-scheduler"),
        kubeconfigs + QStringList{QStringLiteral("--secure-port"), QString::number(schedulerPort)});
}

Result<void> ControlPlane::startApiServer()
{
    const Result<void> spawned = spawn(QStringLiteral("kube-apiserver"),
        {QStringLiteral("--etcd-servers"), QStringLiteral("http://127.0.0.1:%1").arg(m_etcdPort),
            QStringLiteral("--secure-port"), QString::number(m_port), QStringLiteral("--bind-address"),
            QStringLiteral("127.0.0.1"), QStringLiteral("--advertise-address"), QStringLiteral("127.0.0.1"),
            QStringLiteral("--tls-cert-file"), path("server.crt"), QStringLiteral("--tls-private-key-file"),
            path("server.key"), QStringLiteral("--client-ca-file"), path("ca.crt"), QStringLiteral("--token-auth-file"),
            path("tokens.csv"), QStringLiteral("--service-account-issuer"),
            QStringLiteral("https://kubernetes.default.svc"), QStringLiteral("--service-account-key-file"),
            path("sa.crt"), QStringLiteral("--service-account-signing-key-file"), path("sa.key"),
            QStringLiteral("--service-cluster-ip-range"), QStringLiteral("10.0.0.0/16"),
            QStringLiteral("--authorization-mode"), QStringLiteral("Node,RBAC"),
            QStringLiteral("--allow-privileged=true"), QStringLiteral("--endpoint-reconciler-type=none")});
    return spawned ? waitReady() : spawned;
}

Result<void> ControlPlane::waitReady()
{
    const QSslConfiguration tls = tlsWith(m_folder.path());
    const QDeadlineTimer deadline(90s);
    while (!deadline.hasExpired()) {
        if (const Result<QByteArray> answer = http(QUrl(server() + QStringLiteral("/readyz")), tls);
            answer && *answer == "ok")
            return {};
        if (m_processes.back()->waitForFinished(200))
            break;
    }
    return std::unexpected(failed(QStringLiteral("kube-apiserver is not ready\n") + logTails()));
}

void ControlPlane::killApiServer()
{
    std::erase_if(m_processes, [](const std::unique_ptr<QProcess> &process) {
        if (process->objectName() != QStringLiteral("kube-apiserver"))
            return false;
        process->kill();
        process->waitForFinished(5000);
        return true;
    });
}

Result<void> ControlPlane::compact()
{
    const QString gateway = QStringLiteral("http://127.0.0.1:%1/v3/kv/").arg(m_etcdPort);
    const Result<QByteArray> range = http(QUrl(gateway + QStringLiteral("range")), {}, R"({"key":"AA=="})", 60s);
    if (!range)
        return std::unexpected(range.error());
    const QString revision =
        QJsonDocument::fromJson(*range)[QStringLiteral("header")][QStringLiteral("revision")].toString();
    const Result<QByteArray> compacted = http(QUrl(gateway + QStringLiteral("compaction")), {},
        QStringLiteral("{\"revision\":\"%1\",\"physical\":true}").arg(revision).toUtf8(), 60s);
    if (!compacted)
        return std::unexpected(compacted.error());
    return {};
}

kube::ClientConfig ControlPlane::admin() const
{
    const Result<kube::Kubeconfig> config = kube::Kubeconfig::load({adminKubeconfig()});
    return config ? config->resolve().value_or(kube::ClientConfig()) : kube::ClientConfig();
}

kube::ClientConfig ControlPlane::viewer() const
{
    kube::ClientConfig config = admin();
    config.user = {.name = QStringLiteral("viewer"), .token = QStringLiteral("viewer-token")};
    return config;
}

QString ControlPlane::logTails() const
{
    QString tails;
    for (const auto &process : m_processes) {
        QFile log(m_folder.filePath(process->objectName() + QStringLiteral(".log")));
        if (log.open(QFile::ReadOnly))
            tails += process->objectName() + QStringLiteral(":\n") + QString::fromUtf8(log.readAll().right(1500))
                + QLatin1Char('\n');
    }
    return tails;
}

} // namespace kdra::test
