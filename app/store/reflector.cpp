// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/reflector.h"

#include "base/log.h"
#include "base/whenfinished.h"
#include "kube/apiclient.h"

#include <QRandomGenerator>
#include <QTimer>

#include <algorithm>

namespace kdra::store {
namespace {

using namespace std::chrono_literals;

constexpr int pageSize = 500;

std::chrono::milliseconds backoff(int failures)
{
    const auto full = std::min<std::chrono::milliseconds>(30s, 250ms * (1 << std::min(failures, 7)));
    // Half fixed, half random: many watches, and many desktops, must not come back in step.
    return full / 2
        + std::chrono::milliseconds(QRandomGenerator::global()->bounded(static_cast<int>(full.count() / 2) + 1));
}

// The part of a collection that the kind is.
void select(QUrlQuery &query, Kind kind)
{
    if (const QString selector = QString::fromLatin1(kindInfo(kind).labelSelector); !selector.isEmpty())
        query.addQueryItem(QStringLiteral("labelSelector"), selector);
}

} // namespace

Reflector::Reflector(Kind kind, kube::ApiClient &client, Inbox &inbox, ServerTraits &traits,
    kube::WatchStream::Deadlines deadlines, QObject *parent)
    : QObject(parent)
    , m_kind(kind)
    , m_client(client)
    , m_inbox(inbox)
    , m_traits(traits)
    , m_deadlines(deadlines)
    , m_timer(new QTimer(this))
{
    m_timer->setSingleShot(true);
    connect(m_timer, &QTimer::timeout, this, &Reflector::begin);
}

void Reflector::start(const kube::Resource &resource, const QString &ns, const QString &fallbackNamespace)
{
    m_resource = resource;
    m_namespace = ns;
    m_fallbackNamespace = resource.namespaced ? fallbackNamespace : QString();
    begin();
}

void Reflector::notServed(const Error &why)
{
    m_step = Step::Stopped;
    setState(KindPhase::NotServed, why);
}

void Reflector::begin()
{
    ++m_generation;
    m_closed.reset();
    m_streamError.reset();
    m_opened = false;
    if (!m_resourceVersion.isEmpty()) {
        openStream(Step::Watching);
        return;
    }
    if (!m_everSynced && !m_troubled)
        setState(KindPhase::Listing);
    m_inbox.push(delivery(Delivery::What::BeginList));
    if (m_traits.refusesStreamingLists || m_traits.refusesWebSockets) {
        m_step = Step::Listing;
        requestPage({});
    } else {
        openStream(Step::StreamingList);
    }
}

void Reflector::openStream(Step step)
{
    m_step = step;
    QUrlQuery query{{QStringLiteral("watch"), QStringLiteral("1")},
        {QStringLiteral("allowWatchBookmarks"), QStringLiteral("true")}};
    if (step == Step::StreamingList) {
        query.addQueryItem(QStringLiteral("sendInitialEvents"), QStringLiteral("true"));
        query.addQueryItem(QStringLiteral("resourceVersionMatch"), QStringLiteral("NotOlderThan"));
    } else {
        query.addQueryItem(QStringLiteral("resourceVersion"), m_resourceVersion);
    }
    select(query, m_kind);
    const bool http = m_traits.refusesWebSockets;
    m_transport = http                ? Transport::Http
        : step == Step::StreamingList ? Transport::WebSocketStreamingList
        : m_transport == Transport::WebSocketStreamingList && !m_traits.refusesStreamingLists ? m_transport
                                                                                              : Transport::WebSocket;
    using Stream = kube::WatchStream;
    m_stream = new Stream(m_client, http ? Stream::Transport::Http : Stream::Transport::WebSocket, m_deadlines, this);
    connect(m_stream, &Stream::opened, this, &Reflector::streamOpened);
    connect(m_stream, &Stream::heard, this, [this] {
        m_inbox.lastHeard[static_cast<size_t>(m_kind)].store(
            std::chrono::steady_clock::now(), std::memory_order_relaxed);
    });
    connect(m_stream, &Stream::closed, this, &Reflector::streamClosed);
    m_stream->open(
        m_resource.path(m_namespace), query,
        [this](QString &&text) {
            Delivery event = delivery(Delivery::What::Event);
            event.text = std::move(text);
            m_inbox.push(std::move(event));
        },
        [this](QByteArray &&bytes) {
            Delivery event = delivery(Delivery::What::Event);
            event.bytes = std::move(bytes);
            m_inbox.push(std::move(event));
        });
}

void Reflector::streamOpened()
{
    m_opened = true;
    m_refusals = 0;
    m_openedAt = std::chrono::steady_clock::now();
    m_inbox.lastHeard[static_cast<size_t>(m_kind)].store(m_openedAt, std::memory_order_relaxed);
    if (m_step == Step::Watching) {
        m_everSynced = true;
        setState(KindPhase::Live);
    }
    if (std::exchange(m_troubled, false))
        Q_EMIT recovered();
}

void Reflector::streamClosed(const Error &error)
{
    qCDebug(log::store) << kindInfo(m_kind).name << "closed:" << error.text();
    m_closed = error;
    m_stream->deleteLater();
    m_stream = nullptr;
    // What is still queued decides where to resume: go on when the store thread has been through it.
    m_inbox.push(delivery(Delivery::What::End));
}

void Reflector::handle(const Report &report)
{
    if (report.generation != m_generation)
        return;
    switch (report.what) {
    case Report::What::Synced:
        m_failures = 0;
        m_shortLives = 0;
        m_resourceVersion = report.resourceVersion;
        if (m_step == Step::Listing) {
            openStream(Step::Watching);
        } else {
            m_step = Step::Watching;
            m_everSynced = true;
            setState(KindPhase::Live);
        }
        break;
    case Report::What::PageDone:
        requestPage(report.continueToken);
        break;
    case Report::What::Failed:
        m_streamError = report.error;
        if (m_stream)
            m_stream->close();
        if (m_step == Step::Listing) {
            m_resourceVersion.clear();
            wait(*report.error);
        } else if (m_stream) {
            streamClosed(*report.error);
        }
        break;
    case Report::What::Drained:
        if (!report.resourceVersion.isEmpty() && m_step != Step::StreamingList)
            m_resourceVersion = report.resourceVersion;
        afterDrained();
        break;
    }
}

void Reflector::afterDrained()
{
    const Error error = m_streamError.value_or(*m_closed);
    const bool refused = !m_opened && error.httpStatus;
    if (error.kind == Error::Kind::Gone) {
        // The server no longer has the changes since then; what is shown stays until the new list is complete.
        m_resourceVersion.clear();
        if (m_streamError && m_everSynced)
            setState(KindPhase::Stale, error, true);
        m_timer->start(backoff(m_failures++));
        m_step = Step::Waiting;
        return;
    }
    if (m_streamError) {
        if (m_step == Step::StreamingList && error.kind != Error::Kind::Authentication
            && error.kind != Error::Kind::Forbidden) {
            m_traits.refusesStreamingLists = true; // e.g. an API server over an etcd that is too old for them
            begin();
            return;
        }
        if (error.kind == Error::Kind::Protocol)
            m_resourceVersion.clear(); // an event was lost: only a list tells the truth
        wait(error);
        return;
    }
    if (refused && error.kind != Error::Kind::Server && error.kind != Error::Kind::Throttled) {
        diagnose();
        return;
    }
    if (m_opened && error.kind == Error::Kind::Cancelled && std::chrono::steady_clock::now() - m_openedAt > 1s) {
        // The server ends every watch now and then: nothing is wrong, go on from where it was.
        m_failures = 0;
        m_step = Step::Waiting;
        m_timer->start(std::chrono::milliseconds(QRandomGenerator::global()->bounded(200)));
        return;
    }
    if (m_opened && m_step == Step::Watching && std::chrono::steady_clock::now() - m_openedAt < 1s
        && ++m_shortLives >= 3) {
        // Resuming ends at once, again and again, and no event says why: begin afresh.
        m_shortLives = 0;
        m_resourceVersion.clear();
    }
    wait(error);
}

// The upgrade was refused, and QWebSocket does not tell the reason: ask for the same collection in plain HTTP.
void Reflector::diagnose()
{
    m_step = Step::Diagnosing;
    kube::Request request;
    request.path = m_resource.path(m_namespace);
    request.query = QUrlQuery{{QStringLiteral("limit"), QStringLiteral("1")}};
    select(request.query, m_kind);
    request.background = true;
    whenFinished(m_client.send(std::move(request)), this,
        [this, token = m_request.next()](const Result<kube::Response> &answer) {
            if (token.isCurrent())
                diagnosed(answer);
        });
}

void Reflector::diagnosed(const Result<kube::Response> &answer)
{
    if (!answer) {
        if (!settle(answer.error()))
            wait(answer.error());
        return;
    }
    // Plain requests work, so the refusal was about the upgrade: about streaming lists first, WebSockets then.
    if (m_resourceVersion.isEmpty()) {
        m_traits.refusesStreamingLists = true;
        begin();
    } else if (++m_refusals >= 2) {
        qCInfo(log::store) << "WebSockets are refused; watching over chunked HTTP";
        m_traits.refusesWebSockets = true;
        begin();
    } else {
        wait(*m_closed);
    }
}

void Reflector::requestPage(const QString &continueToken)
{
    kube::Request request;
    request.path = m_resource.path(m_namespace);
    request.query = QUrlQuery{{QStringLiteral("limit"), QString::number(pageSize)}};
    select(request.query, m_kind);
    if (!continueToken.isEmpty())
        request.query.addQueryItem(QStringLiteral("continue"), continueToken);
    request.background = true;
    request.timeout = 60s;
    whenFinished(m_client.send(std::move(request)), this,
        [this, token = m_request.next()](const Result<kube::Response> &answer) {
            if (!token.isCurrent())
                return;
            if (!answer) {
                if (!settle(answer.error()))
                    wait(answer.error());
                return;
            }
            m_inbox.lastHeard[static_cast<size_t>(m_kind)].store(
                std::chrono::steady_clock::now(), std::memory_order_relaxed);
            Delivery page = delivery(Delivery::What::Page);
            page.bytes = answer->body;
            m_inbox.push(std::move(page));
        });
}

bool Reflector::settle(const Error &error)
{
    if (error.kind == Error::Kind::Forbidden && m_namespace.isEmpty() && !m_fallbackNamespace.isEmpty()) {
        m_namespace = std::exchange(m_fallbackNamespace, QString());
        m_resourceVersion.clear();
        begin();
        return true;
    }
    if (error.kind != Error::Kind::Forbidden && error.kind != Error::Kind::NotFound)
        return false;
    m_step = Step::Stopped;
    setState(error.kind == Error::Kind::Forbidden ? KindPhase::Forbidden : KindPhase::NotServed, error);
    return true;
}

void Reflector::wait(const Error &error)
{
    m_step = Step::Waiting;
    m_troubled = true;
    setState(m_everSynced ? KindPhase::Stale : KindPhase::Failed, error, true);
    m_timer->start(backoff(m_failures++));
}

void Reflector::retryNow()
{
    if (m_step == Step::Stopped && !m_resource.kind.isEmpty()) {
        m_everSynced = false;
        m_resourceVersion.clear();
        begin();
    } else if (m_step == Step::Waiting) {
        m_timer->stop();
        begin();
    }
}

void Reflector::probe()
{
    if (m_stream)
        m_stream->probe();
}

void Reflector::setState(KindPhase phase, std::optional<Error> error, bool reconnect)
{
    qCDebug(log::store) << kindInfo(m_kind).name << "phase" << static_cast<int>(phase) << transportName(m_transport)
                        << (error ? error->text() : QString());
    Delivery change = delivery(Delivery::What::State);
    change.state = std::make_unique<StateChange>(StateChange{.phase = phase,
        .transport = m_transport,
        .apiVersion = m_resource.apiVersion(),
        .scope = m_namespace,
        .error = std::move(error),
        .reconnect = reconnect});
    m_inbox.push(std::move(change));
}

Delivery Reflector::delivery(Delivery::What what) const
{
    Delivery delivery;
    delivery.what = what;
    delivery.kind = m_kind;
    delivery.generation = m_generation;
    delivery.received = std::chrono::steady_clock::now();
    return delivery;
}

} // namespace kdra::store
