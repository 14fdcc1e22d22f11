// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/network.h"

#include "base/whenfinished.h"

#include <QTimer>

#include <algorithm>
#include <ctime>

namespace kdra::store {
namespace {

using namespace std::chrono_literals;

std::chrono::nanoseconds clockNow(clockid_t clock)
{
    timespec time{};
    clock_gettime(clock, &time);
    return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

// How long the machine has slept since it was started: the clock that goes on while suspended, less the one that stops.
std::chrono::nanoseconds timeSuspended()
{
    return clockNow(CLOCK_BOOTTIME) - clockNow(CLOCK_MONOTONIC);
}

} // namespace

Network::Network(kube::ApiClient &client, Inbox &inbox, kube::WatchStream::Deadlines deadlines,
    std::function<void(Result<kube::ServerApi>)> connected)
    : m_client(client)
    , m_inbox(inbox)
    , m_deadlines(deadlines)
    , m_connected(std::move(connected))
    , m_retry(new QTimer(this))
    , m_suspendCheck(new QTimer(this))
{
    m_retry->setSingleShot(true);
    connect(m_retry, &QTimer::timeout, this, &Network::discover);
    connect(m_suspendCheck, &QTimer::timeout, this, &Network::noticeSuspend);
    for (const KindInfo &info : allKinds()) {
        auto *reflector = new Reflector(info.kind, m_client, m_inbox, m_traits, m_deadlines, this);
        m_reflectors[static_cast<size_t>(info.kind)] = reflector;
        // One connection stands again, so the server is back: the others need not wait out their backoff.
        connect(reflector, &Reflector::recovered, this, [this, reflector] {
            for (Reflector *other : m_reflectors) {
                if (other != reflector)
                    QMetaObject::invokeMethod(other, &Reflector::retryNow, Qt::QueuedConnection);
            }
        });
    }
}

void Network::start()
{
    m_suspended = timeSuspended();
    m_suspendCheck->start(5s);
    discover();
}

void Network::discover()
{
    if (std::exchange(m_discovering, true))
        return;
    whenFinished(kube::discover(m_client), this, [this](const Result<kube::ServerApi> &api) {
        m_discovering = false;
        discovered(api);
    });
}

void Network::discovered(const Result<kube::ServerApi> &api)
{
    m_connected(api);
    if (!api) {
        const auto delay = std::min<std::chrono::milliseconds>(30s, 500ms * (1 << std::min(m_failures++, 6)));
        m_retry->start(delay);
        return;
    }
    m_failures = 0;
    m_discovered = true;
    const QString fallback = m_client.config().ns;
    for (const KindInfo &info : allKinds()) {
        Reflector *reflector = m_reflectors[static_cast<size_t>(info.kind)];
        const QStringList versions = QString::fromLatin1(info.versions).split(u' ');
        const Result<kube::Resource> resource =
            api->find(QString::fromLatin1(info.group), apiKindName(info.kind), versions);
        const QString ns = QString::fromLatin1(info.fixedNamespace);
        if (resource)
            reflector->start(*resource, ns, ns.isEmpty() ? fallback : QString());
        else
            reflector->notServed(resource.error());
    }
}

void Network::wake()
{
    if (!m_discovered) {
        m_retry->stop();
        discover();
        return;
    }
    for (Reflector *reflector : m_reflectors) {
        reflector->retryNow();
        reflector->probe();
    }
}

void Network::handle(const Report &report)
{
    m_reflectors[static_cast<size_t>(report.kind)]->handle(report);
}

void Network::noticeSuspend()
{
    if (const auto suspended = timeSuspended(); suspended - std::exchange(m_suspended, suspended) > 2s)
        wake();
}

} // namespace kdra::store
