// SPDX-License-Identifier: GPL-3.0-or-later
#include "doctor/doctor.h"

#include "doctor/redaction.h"

#include <QCoreApplication>
#include <QLocale>
#include <QThread>

namespace kdra::doctor {
namespace {

QList<Step> waitingSteps()
{
    QList<Step> steps(stepCount);
    for (int i = 0; i < stepCount; ++i)
        steps[i].id = static_cast<StepId>(i);
    return steps;
}

} // namespace

Doctor::Doctor(QObject *parent)
    : QObject(parent)
    , m_steps(waitingSteps())
{
}

Doctor::~Doctor()
{
    m_stop.request_stop();
    for (const auto threads = findChildren<QThread *>(Qt::FindDirectChildrenOnly); QThread * thread : threads)
        thread->wait();
}

void Doctor::run(const kube::ClientConfig &config, const Deadlines &deadlines)
{
    m_stop.request_stop();
    m_stop = std::stop_source();
    m_steps = waitingSteps();
    m_running = true;
    m_started = QDateTime::currentDateTime();
    const QUrl &server = config.cluster.server;
    m_subject = Redaction(config).clean(tr("Context “%1”, cluster “%2”, user “%3”, server %4")
            .arg(config.contextName, config.cluster.name, config.user.name,
                server.toDisplayString(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment)));
    const Latest::Token token = m_latest.next();
    const auto tell = [this, token](const Step &step) {
        QMetaObject::invokeMethod(
            this,
            [this, token, step] {
                if (!token.isCurrent())
                    return;
                m_steps[static_cast<int>(step.id)] = step;
                Q_EMIT stepChanged(static_cast<int>(step.id));
            },
            Qt::QueuedConnection);
    };
    const auto done = [this, token] {
        QMetaObject::invokeMethod(
            this,
            [this, token] {
                if (!token.isCurrent())
                    return;
                m_running = false;
                Q_EMIT finished();
            },
            Qt::QueuedConnection);
    };
    QThread *thread = QThread::create([config, deadlines, stop = m_stop.get_token(), tell, done] {
        Examination(config, deadlines, stop, tell).run();
        done();
    });
    thread->setParent(this);
    thread->setObjectName(QStringLiteral("doctor"));
    connect(thread, &QThread::finished, thread, &QObject::deleteLater);
    for (int i = 0; i < stepCount; ++i)
        Q_EMIT stepChanged(i);
    thread->start();
}

void Doctor::cancel()
{
    if (!m_running)
        return;
    m_stop.request_stop();
    m_latest.cancel();
    m_running = false;
    for (int i = 0; i < stepCount; ++i) {
        if (m_steps[i].isOver())
            continue;
        m_steps[i].state = Step::State::Skipped;
        m_steps[i].blocked = true;
        m_steps[i].summary = tr("Cancelled.");
        Q_EMIT stepChanged(i);
    }
    Q_EMIT finished();
}

bool Doctor::isHealthy() const
{
    return !m_running && std::ranges::all_of(m_steps, [](const Step &step) {
        return step.state == Step::State::Passed || (step.state == Step::State::Skipped && !step.blocked);
    });
}

QString Doctor::text() const
{
    const QString indent = QStringLiteral("    ");
    QStringList lines;
    lines.append(tr("KDRA %1, connection doctor, %2")
            .arg(QCoreApplication::applicationVersion(), m_started.toString(Qt::ISODate)));
    lines.append(m_subject);
    lines.append(QString());
    for (const Step &step : m_steps) {
        QString head = QStringLiteral("[%1] %2").arg(stateName(step.state), title(step.id));
        if (step.isOver() && step.state != Step::State::Skipped)
            head += QStringLiteral(" (%1)").arg(durationText(step.duration));
        lines.append(step.summary.isEmpty() ? head : head + QStringLiteral(": ") + step.summary);
        for (const QString &detail : step.details)
            lines.append(indent + detail);
        if (!step.error)
            continue;
        if (step.error->what != step.summary)
            lines.append(indent + tr("Cause: %1").arg(step.error->what));
        if (!step.error->where.isEmpty())
            lines.append(indent + tr("Where: %1").arg(step.error->where));
        if (!step.error->remedy.isEmpty())
            lines.append(indent + tr("Remedy: %1").arg(step.error->remedy));
    }
    return lines.join(u'\n') + u'\n';
}

} // namespace kdra::doctor
