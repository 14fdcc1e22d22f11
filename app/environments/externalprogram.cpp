// SPDX-License-Identifier: GPL-3.0-or-later
#include "environments/externalprogram.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QFileInfo>
#include <QProcess>
#include <QThreadPool>

#include <csignal>
#include <unistd.h>

namespace kdra::environments {
namespace {

constexpr qsizetype LongestDiagnostics = 4000;
constexpr int Step = 50; // ms

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::environments::ExternalProgram)
};

// Lets the pool run somebody else while this thread only waits.
struct Waiting {
    Waiting() { QThreadPool::globalInstance()->releaseThread(); }
    ~Waiting() { QThreadPool::globalInstance()->reserveThread(); }
    Q_DISABLE_COPY_MOVE(Waiting)
};

// With its children: helm and kustomize start git.
void end(QProcess &process)
{
    if (const qint64 pid = process.processId(); pid > 0)
        ::kill(static_cast<pid_t>(-pid), SIGKILL);
    process.kill();
    process.waitForFinished(1000); // reaps it
}

std::unexpected<Error> failure(
    const ExternalProgram &program, Error::Kind kind, const QString &what, const QByteArray &diagnostics = {})
{
    const QString said = QString::fromUtf8(diagnostics).trimmed();
    return std::unexpected(Error{.kind = kind,
        .what = said.isEmpty() ? what : what + QLatin1Char(' ') + Text::tr("It said: %1").arg(said),
        .where = program.path + QLatin1Char(' ') + program.arguments.join(QLatin1Char(' ')),
        .remedy = Text::tr("Run the command in a terminal to look into it.")});
}

} // namespace

Result<QByteArray> runProgram(const ExternalProgram &program, const std::function<bool()> &isCancelled)
{
    const Waiting waiting;
    const QString name = QFileInfo(program.path).fileName();
    QProcess process;
    process.setStandardInputFile(QProcess::nullDevice());
    process.setChildProcessModifier([] { ::setpgid(0, 0); });
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("GIT_TERMINAL_PROMPT"), QStringLiteral("0")); // nobody is there to answer
    process.setProcessEnvironment(environment);
    process.start(program.path, program.arguments, QIODevice::ReadOnly);
    if (!process.waitForStarted(5000))
        return failure(
            program, Error::Kind::Local, Text::tr("%1 could not be started: %2.").arg(name, process.errorString()));
    const QDeadlineTimer deadline(program.deadline);
    QByteArray output;
    QByteArray diagnostics;
    while (true) {
        const bool running = process.state() != QProcess::NotRunning;
        if (running)
            process.waitForReadyRead(Step);
        output += process.readAllStandardOutput();
        diagnostics += process.readAllStandardError();
        if (diagnostics.size() > LongestDiagnostics)
            diagnostics = diagnostics.last(LongestDiagnostics); // the reason is at the end
        if (output.size() > program.longest) {
            end(process);
            return failure(program, Error::Kind::Local, Text::tr("%1 writes more than a template may hold.").arg(name));
        }
        if (!running)
            break;
        if (isCancelled && isCancelled()) {
            end(process);
            return failure(program, Error::Kind::Cancelled, Text::tr("%1 was cancelled.").arg(name));
        }
        if (deadline.hasExpired()) {
            end(process);
            return failure(program, Error::Kind::Timeout,
                Text::tr("%1 did not finish within %n seconds.", nullptr,
                    static_cast<int>(std::chrono::ceil<std::chrono::seconds>(program.deadline).count()))
                    .arg(name),
                diagnostics);
        }
    }
    if (process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0)
        return failure(program, Error::Kind::Local, Text::tr("%1 failed.").arg(name), diagnostics);
    return output;
}

} // namespace kdra::environments
