// SPDX-License-Identifier: GPL-3.0-or-later
#include "doctor/examination.h"

#include "kube/credentials.h"

#include <QCoreApplication>
#include <QElapsedTimer>

namespace kdra::doctor {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::doctor::Examination)
};

} // namespace

Examination::Examination(kube::ClientConfig config, const Deadlines &deadlines, std::stop_token stop, Tell tell)
    : m_config(std::move(config))
    , m_deadlines(deadlines)
    , m_tell(std::move(tell))
    , m_patience(std::move(stop))
    , m_redaction(m_config)
{
}

Examination::~Examination() = default;

void Examination::run()
{
    using enum StepId;
    const kube::ClusterEntry &cluster = m_config.cluster;
    if (const Result<kube::ProxyRoute> route = kube::proxyRoute(cluster.server, cluster.proxyUrl)) {
        m_route = *route;
        m_redaction.add(m_route.proxy.password());
    } else {
        m_routeError = route.error();
    }
    step(Name, {}, &Examination::lookUp);
    step(Tcp, {Name}, &Examination::connectTcp);
    step(Proxy, {Tcp}, &Examination::passProxy);
    step(Tls, {Tcp, Proxy}, &Examination::encrypt);
    step(Server, {Tls}, &Examination::meetServer);
    step(Credentials, {}, &Examination::gatherCredentials);
    step(Authentication, {Server, Credentials}, &Examination::authenticate);
    step(Permissions, {Authentication}, &Examination::askPermissions);
    step(Upgrade, {Permissions}, &Examination::upgrade);
    step(WatchList, {Upgrade}, &Examination::streamList);
}

void Examination::step(StepId id, const QList<StepId> &needs, Work work)
{
    if (m_patience.isStopped())
        return;
    Step step{.id = id, .state = Step::State::Running};
    for (const StepId need : needs) {
        if (m_broken.contains(need)) {
            m_broken.append(id);
            skip(step, Text::tr("Needs “%1”.").arg(title(need)));
            step.blocked = true;
            m_tell(step);
            return;
        }
    }
    m_tell(step);
    QElapsedTimer clock;
    clock.start();
    (this->*work)(step);
    step.duration = std::chrono::milliseconds(clock.elapsed());
    if (step.state == Step::State::Running)
        step.state = Step::State::Passed;
    if (step.state == Step::State::Failed || step.blocked)
        m_broken.append(id);
    if (!m_patience.isStopped())
        m_tell(m_redaction.clean(step));
}

void Examination::fail(Step &step, Error error)
{
    step.state = Step::State::Failed;
    step.summary = error.what;
    step.error = std::move(error);
}

void Examination::warn(Step &step, Error error)
{
    step.state = Step::State::Warning;
    step.summary = error.what;
    step.error = std::move(error);
}

void Examination::skip(Step &step, const QString &why)
{
    step.state = Step::State::Skipped;
    step.summary = why;
}

QString Examination::host() const
{
    return hasProxy() ? m_route.proxy.hostName() : m_config.cluster.server.host();
}

quint16 Examination::serverPort() const
{
    const QUrl &server = m_config.cluster.server;
    return static_cast<quint16>(server.port(server.scheme() == QLatin1StringView("http") ? 80 : 443));
}

quint16 Examination::port() const
{
    return hasProxy() ? m_route.proxy.port() : serverPort();
}

QString Examination::serverText() const
{
    const QString name = m_config.cluster.server.host();
    return (name.contains(u':') ? QStringLiteral("[%1]:%2") : QStringLiteral("%1:%2"))
        .arg(name, QString::number(serverPort()));
}

} // namespace kdra::doctor
