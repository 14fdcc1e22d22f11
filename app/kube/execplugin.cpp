// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/execplugin.h"

#include "base/log.h"
#include "kube/credentials.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPointer>
#include <QProcess>
#include <QStandardPaths>
#include <QTimer>

#include <csignal>
#include <unistd.h>

namespace kdra::kube {
namespace {

constexpr auto ShellDeadline = std::chrono::seconds(5);
constexpr qsizetype MaxOutput = 1 << 20;
constexpr char PathMarker[] = "kdra-path:";

// A process in a group of its own, so that a deadline ends its children too (`sh -c "sleep 1000"`).
QProcess *newProcess(QObject *parent)
{
    auto *process = new QProcess(parent);
    process->setStandardInputFile(QProcess::nullDevice());
    process->setChildProcessModifier([] { ::setpgid(0, 0); });
    return process;
}

void killGroup(QProcess &process)
{
    if (const qint64 pid = process.processId(); pid > 0)
        ::kill(static_cast<pid_t>(-pid), SIGKILL);
    process.kill();
}

// When the plugin has ended or could not be started; `timedOut` when the deadline ended it. Deletes the process.
template <class Done>
void runProcess(QProcess *process, const QString &program, const QStringList &arguments,
    std::chrono::milliseconds deadline, Done done)
{
    auto finish = [process, done = std::move(done), finished = false](bool timedOut) mutable {
        if (std::exchange(finished, true))
            return;
        done(*process, timedOut);
        if (timedOut)
            QObject::connect(process, &QProcess::finished, process, &QObject::deleteLater); // once it is reaped
        else
            process->deleteLater();
    };
    const auto shared = std::make_shared<decltype(finish)>(std::move(finish));
    QObject::connect(process, &QProcess::finished, process, [shared] { (*shared)(false); });
    QObject::connect(process, &QProcess::errorOccurred, process, [shared](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            (*shared)(false);
    });
    QTimer::singleShot(deadline, process, [process, shared] {
        (*shared)(true);
        killGroup(*process);
    });
    process->start(program, arguments, QIODevice::ReadOnly);
}

} // namespace

ExecPlugin::ExecPlugin(ExecEntry entry, ClusterEntry cluster, QObject *parent)
    : QObject(parent)
    , m_entry(std::move(entry))
    , m_cluster(std::move(cluster))
{
}

ExecPlugin::~ExecPlugin()
{
    for (const auto processes = findChildren<QProcess *>(); auto *process : processes) {
        process->disconnect();
        killGroup(*process);
        process->waitForFinished(1000); // reaps it; it was just killed
    }
}

Error ExecPlugin::failure(const QString &what, const QString &remedy, const QByteArray &diagnostics) const
{
    QString text = what;
    QString said = QString::fromUtf8(diagnostics).trimmed();
    if (said.size() > 2000)
        said = QChar(0x2026) + said.last(2000);
    if (!said.isEmpty())
        text += QLatin1Char(' ') + tr("It said: %1").arg(said);
    return Error{.kind = Error::Kind::Authentication,
        .what = text,
        .where = m_program.isEmpty() ? m_entry.command : m_program,
        .remedy = remedy};
}

QFuture<Result<Identity>> ExecPlugin::run()
{
    const auto answer = std::make_shared<Answer<Identity>>();
    const bool v1 = m_entry.apiVersion == QLatin1StringView("client.authentication.k8s.io/v1");
    if (!v1 && m_entry.apiVersion != QLatin1StringView("client.authentication.k8s.io/v1beta1")) {
        answer->give(
            std::unexpected(failure(tr("The exec plugin's apiVersion “%1” is not supported.").arg(m_entry.apiVersion),
                tr("Let the tool that wrote the kubeconfig write it anew, with client.authentication.k8s.io/v1 or "
                   "v1beta1."))));
    } else if (m_entry.interactiveMode == QLatin1StringView("Always")) {
        answer->give(std::unexpected(failure(tr("The exec plugin works in a terminal only (interactiveMode: Always)."),
            tr("Sign in with it in a terminal first and set interactiveMode to IfAvailable, or use a token."))));
    } else if (v1 && m_entry.interactiveMode.isEmpty()) {
        answer->give(std::unexpected(failure(tr("The exec plugin's entry has no interactiveMode, which v1 demands."),
            tr("Add “interactiveMode: IfAvailable” to the user's exec entry in the kubeconfig."))));
    } else {
        locate(answer);
    }
    return answer->future();
}

void ExecPlugin::locate(const std::shared_ptr<Answer<Identity>> &answer)
{
    QString program;
    if (m_entry.command.contains(QLatin1Char('/')))
        program = QFileInfo(m_entry.command).isExecutable() ? m_entry.command : QString();
    else
        program = QStandardPaths::findExecutable(m_entry.command);
    if (program.isEmpty() && !m_searchPath.isEmpty())
        program =
            QStandardPaths::findExecutable(m_entry.command, m_searchPath.split(QLatin1Char(':'), Qt::SkipEmptyParts));
    if (!program.isEmpty()) {
        start(program, answer);
        return;
    }
    if (m_searchPath.isEmpty() && !m_entry.command.contains(QLatin1Char('/'))) {
        askLoginShell(answer);
        return;
    }
    QString remedy = m_entry.installHint;
    if (remedy.isEmpty())
        remedy = tr("Install the plugin, or write its full path into the kubeconfig.");
    const QString looked = m_entry.command.contains(QLatin1Char('/'))
        ? QString()
        : QLatin1Char(' ') + tr("Looked for it in: %1.").arg(m_searchPath);
    answer->give(
        std::unexpected(failure(tr("The exec plugin “%1” is not installed.").arg(m_entry.command) + looked, remedy)));
}

// A program started from the desktop has a poor PATH: what the user's shell adds to it is not there.
void ExecPlugin::askLoginShell(const std::shared_ptr<Answer<Identity>> &answer)
{
    const QString own = qEnvironmentVariable("PATH");
    QString shell = qEnvironmentVariable("SHELL");
    if (shell.isEmpty())
        shell = QStringLiteral("/bin/sh");
    QProcess *process = newProcess(this);
    const QString script = QStringLiteral("printf '\\n%1%s\\n' \"$PATH\"").arg(QLatin1StringView(PathMarker));
    const QStringList arguments{QStringLiteral("-l"), QStringLiteral("-i"), QStringLiteral("-c"), script};
    runProcess(process, shell, arguments, ShellDeadline, [this, answer, own](QProcess &ended, bool) {
        m_searchPath = own;
        const QByteArrayList lines = ended.readAllStandardOutput().split('\n');
        for (const QByteArray &line : lines) {
            if (line.startsWith(PathMarker))
                m_searchPath = QString::fromUtf8(line.sliced(sizeof(PathMarker) - 1)).trimmed();
        }
        if (m_searchPath.isEmpty())
            m_searchPath = QStringLiteral("/usr/local/bin:/usr/bin:/bin");
        qCDebug(log::kube) << "login shell's PATH" << m_searchPath;
        locate(answer);
    });
}

QByteArray ExecPlugin::execInfo() const
{
    QJsonObject spec{{QStringLiteral("interactive"), false}};
    if (m_entry.provideClusterInfo) {
        QJsonObject cluster{{QStringLiteral("server"), m_cluster.server.toString()}};
        if (!m_cluster.tlsServerName.isEmpty())
            cluster.insert(QStringLiteral("tls-server-name"), m_cluster.tlsServerName);
        if (m_cluster.insecureSkipTlsVerify)
            cluster.insert(QStringLiteral("insecure-skip-tls-verify"), true);
        if (const Result<QByteArray> pem = readPem(m_cluster.certificateAuthorityData, m_cluster.certificateAuthority);
            pem && !pem->isEmpty())
            cluster.insert(QStringLiteral("certificate-authority-data"), QString::fromLatin1(pem->toBase64()));
        if (!m_cluster.proxyUrl.isEmpty())
            cluster.insert(QStringLiteral("proxy-url"), m_cluster.proxyUrl.toString());
        if (m_cluster.disableCompression)
            cluster.insert(QStringLiteral("disable-compression"), true);
        if (!m_cluster.execConfig.isEmpty())
            cluster.insert(QStringLiteral("config"), QJsonDocument::fromJson(m_cluster.execConfig).object());
        spec.insert(QStringLiteral("cluster"), cluster);
    }
    const QJsonObject info{{QStringLiteral("apiVersion"), m_entry.apiVersion},
        {QStringLiteral("kind"), QStringLiteral("ExecCredential")}, {QStringLiteral("spec"), spec}};
    return QJsonDocument(info).toJson(QJsonDocument::Compact);
}

void ExecPlugin::start(const QString &program, const std::shared_ptr<Answer<Identity>> &answer)
{
    m_program = program;
    QProcess *process = newProcess(this);
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    if (!m_searchPath.isEmpty()) // the plugin calls other programs of the same places
        environment.insert(QStringLiteral("PATH"), m_searchPath);
    for (const auto &[name, value] : std::as_const(m_entry.env))
        environment.insert(name, value);
    environment.insert(QStringLiteral("KUBERNETES_EXEC_INFO"), QString::fromUtf8(execInfo()));
    process->setProcessEnvironment(environment);
    runProcess(process, program, m_entry.args, m_deadline, [this, answer](QProcess &ended, bool timedOut) {
        const QByteArray diagnostics = ended.readAllStandardError();
        if (timedOut) {
            answer->give(std::unexpected(
                failure(tr("The exec plugin did not finish within %n second(s) and was stopped.", nullptr,
                            static_cast<int>(std::chrono::ceil<std::chrono::seconds>(m_deadline).count())),
                    tr("Run it in a terminal to see what it waits for; it may want you to sign in."), diagnostics)));
        } else if (ended.error() == QProcess::FailedToStart) {
            answer->give(
                std::unexpected(failure(tr("The exec plugin could not be started: %1.").arg(ended.errorString()),
                    tr("Check that the file is a program and that you may execute it."))));
        } else if (ended.exitStatus() != QProcess::NormalExit) {
            answer->give(std::unexpected(
                failure(tr("The exec plugin crashed."), tr("Run it in a terminal to see why."), diagnostics)));
        } else if (ended.exitCode() != 0) {
            answer->give(
                std::unexpected(failure(tr("The exec plugin failed with exit status %1.").arg(ended.exitCode()),
                    tr("Run it in a terminal; you may have to sign in again."), diagnostics)));
        } else {
            answer->give(read(ended.readAllStandardOutput()));
        }
    });
}

Result<Identity> ExecPlugin::read(const QByteArray &output) const
{
    const QString again = tr("Update the plugin, or ask who provides it.");
    if (output.size() > MaxOutput)
        return std::unexpected(failure(tr("The exec plugin printed far too much."), again));
    // What it printed may hold the token: it never goes into the message.
    const QJsonObject credential = QJsonDocument::fromJson(output).object();
    if (credential.value(QLatin1StringView("kind")).toString() != QLatin1StringView("ExecCredential"))
        return std::unexpected(failure(tr("The exec plugin did not print an ExecCredential."), again));
    const QString version = credential.value(QLatin1StringView("apiVersion")).toString();
    if (version != m_entry.apiVersion)
        return std::unexpected(
            failure(tr("The exec plugin answered with apiVersion “%1” where the kubeconfig says “%2”.")
                        .arg(version, m_entry.apiVersion),
                tr("Correct apiVersion in the kubeconfig's exec entry, or update the plugin.")));
    const QJsonObject status = credential.value(QLatin1StringView("status")).toObject();
    const auto field = [&](const char *name) { return status.value(QLatin1StringView(name)).toString().toUtf8(); };
    Identity identity;
    const QByteArray token = field("token");
    const QByteArray certificate = field("clientCertificateData");
    const QByteArray key = field("clientKeyData");
    if (token.isEmpty() && certificate.isEmpty() && key.isEmpty())
        return std::unexpected(failure(tr("The exec plugin's answer holds neither a token nor a certificate."), again));
    if (!token.isEmpty())
        identity.authorization = "Bearer " + token;
    if (!certificate.isEmpty() || !key.isEmpty()) {
        Result<ClientCertificate> both = readClientCertificate(certificate, key, m_program, m_program);
        if (!both)
            return std::unexpected(both.error());
        identity.certificate = *std::move(both);
        identity.expires = identity.certificate.chain.constFirst().expiryDate();
    }
    if (const QByteArray expires = field("expirationTimestamp"); !expires.isEmpty()) {
        const QDateTime time = QDateTime::fromString(QString::fromLatin1(expires), Qt::ISODateWithMs);
        if (!time.isValid())
            return std::unexpected(failure(tr("The exec plugin's expirationTimestamp is not a time."), again));
        if (!identity.expires.isValid() || time < identity.expires)
            identity.expires = time;
    }
    return identity;
}

} // namespace kdra::kube
