// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/apiclient.h"

#include "base/log.h"
#include "base/whenfinished.h"
#include "kube/answer.h"
#include "kube/tlserror.h"
#include "kube/transport.h"

#include <QFutureWatcher>
#include <QHttp1Configuration>
#include <QLocale>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QPointer>
#include <QThread>
#include <QTimeZone>
#include <QTimer>

#include <deque>

namespace kdra::kube {
namespace {

constexpr int MaxBackground = 4; // of the six connections a host gets
constexpr int MaxThrottled = 5;
constexpr int MaxRetryAfterSeconds = 10;
constexpr int StreamConnections = 64; // one a kind when WebSockets are refused, and logs

// One request on its way; whoever drops the last reference ends it as cancelled.
struct Call {
    Request request;
    Answer<Response> answer;
    QPointer<QNetworkReply> reply;
    quint64 generation = 0; // of the credentials it was sent with
    bool retried = false;
    bool timedOut = false;
    int throttled = 0; // times the server said 429
};
using CallPtr = std::shared_ptr<Call>;

QString describe(const QByteArray &verb, const QUrl &url)
{
    return QString::fromLatin1(verb) + QLatin1Char(' ') + url.toDisplayString(QUrl::RemoveUserInfo | QUrl::RemoveQuery);
}

// Seconds the server's clock is ahead of ours (RFC 9110 Date), 0 without one.
qint64 clockAhead(const QNetworkReply &reply)
{
    const QString text = QString::fromLatin1(reply.rawHeader("Date"));
    QDateTime date = QLocale::c().toDateTime(text, QStringLiteral("ddd, dd MMM yyyy HH:mm:ss 'GMT'"));
    if (!date.isValid())
        return 0;
    date.setTimeZone(QTimeZone::utc());
    return QDateTime::currentDateTimeUtc().secsTo(date);
}

// Connections are reused whatever client certificate they were opened with, so each certificate has its own.
struct Pool {
    QNetworkAccessManager *manager = nullptr; // child of the client, made on its thread
    QList<QSslCertificate> certificate;
};

} // namespace

struct ApiClient::Private {
    Private(ApiClient *client, const ClientConfig &config)
        : q(client)
        , transport(config)
    {
    }

    Credentials *credentials();
    QNetworkAccessManager *manager(Pool &pool, const ClientCertificate &certificate, const QNetworkProxy &proxy);
    void enqueue(const CallPtr &call);
    void start(const CallPtr &call);
    void transmit(const CallPtr &call, const Identity &identity);
    void receive(const CallPtr &call, QNetworkReply *reply);
    void end(const CallPtr &call, Result<Response> result);
    QNetworkReply *dispatch(QNetworkAccessManager *manager, QNetworkRequest request, const Request &what);

    ApiClient *q;
    Transport transport;
    Credentials *login = nullptr; // child of q, made on its thread
    Pool requests;
    Pool streams;
    std::deque<CallPtr> background;
    int backgroundInFlight = 0;
    qint64 serverClockAhead = 0;
    std::optional<Error> tlsFailure; // the last one that came with its certificates
};

ApiClient::ApiClient(ClientConfig config)
    : m_config(std::move(config))
    , d(std::make_unique<Private>(this, m_config))
{
}

ApiClient::~ApiClient()
{
    // Their calls end as cancelled while everything they refer to still exists.
    qDeleteAll(findChildren<QNetworkAccessManager *>(Qt::FindDirectChildrenOnly));
    delete std::exchange(d->login, nullptr);
}

Credentials *ApiClient::Private::credentials()
{
    if (!login)
        login = new Credentials(q->m_config, q);
    return login;
}

QNetworkAccessManager *ApiClient::Private::manager(
    Pool &pool, const ClientCertificate &certificate, const QNetworkProxy &proxy)
{
    if (pool.manager && pool.certificate != certificate.chain) {
        // What is under way ends in peace: clearConnectionCache() would leave it hanging.
        QNetworkAccessManager *retired = std::exchange(pool.manager, nullptr);
        const auto leave = [retired] {
            if (retired->findChildren<QNetworkReply *>().isEmpty())
                retired->deleteLater();
        };
        for (const auto replies = retired->findChildren<QNetworkReply *>(); const QNetworkReply *reply : replies)
            QObject::connect(reply, &QObject::destroyed, retired, leave, Qt::QueuedConnection);
        leave();
    }
    if (!pool.manager) {
        pool.manager = new QNetworkAccessManager(q);
        pool.certificate = certificate.chain;
        pool.manager->setProxy(proxy);
    }
    return pool.manager;
}

QFuture<Result<Response>> ApiClient::send(Request request)
{
    const auto call = std::make_shared<Call>();
    call->request = std::move(request);
    QMetaObject::invokeMethod(this, [this, call] { d->enqueue(call); }, Qt::AutoConnection);
    return call->answer.future();
}

void ApiClient::Private::enqueue(const CallPtr &call)
{
    auto *watcher = new QFutureWatcher<Result<Response>>(q);
    QObject::connect(watcher, &QFutureWatcherBase::canceled, q, [call = std::weak_ptr(call)] {
        if (const CallPtr running = call.lock(); running && running->reply)
            running->reply->abort();
    });
    QObject::connect(watcher, &QFutureWatcherBase::finished, watcher, &QObject::deleteLater);
    watcher->setFuture(call->answer.future());
    if (call->request.background && backgroundInFlight >= MaxBackground) {
        background.push_back(call);
        return;
    }
    if (call->request.background)
        ++backgroundInFlight;
    start(call);
}

void ApiClient::Private::end(const CallPtr &call, Result<Response> result)
{
    call->answer.give(std::move(result));
    if (!call->request.background)
        return;
    --backgroundInFlight;
    while (!background.empty() && backgroundInFlight < MaxBackground) {
        const CallPtr next = std::move(background.front());
        background.pop_front();
        ++backgroundInFlight;
        start(next);
    }
}

void ApiClient::Private::start(const CallPtr &call)
{
    whenFinished(credentials()->get(), q, [this, call](const Result<Identity> &identity) {
        if (call->answer.isCanceled())
            end(call, std::unexpected(cancelledError()));
        else if (!identity)
            end(call, std::unexpected(identity.error()));
        else
            transmit(call, *identity);
    });
}

void ApiClient::Private::transmit(const CallPtr &call, const Identity &identity)
{
    const Result<QNetworkRequest> request = transport.networkRequest(call->request, identity);
    const Result<QNetworkProxy> proxy = transport.proxy();
    if (!request || !proxy) {
        end(call, std::unexpected(request ? proxy.error() : request.error()));
        return;
    }
    call->generation = identity.generation;
    QNetworkReply *reply = dispatch(manager(requests, identity.certificate, *proxy), *request, call->request);
    call->reply = reply;
    QObject::connect(reply, &QNetworkReply::finished, q, [this, call, reply] {
        reply->deleteLater();
        receive(call, reply);
    });
    if (call->request.timeout.count() > 0) {
        QTimer::singleShot(call->request.timeout, reply, [weak = std::weak_ptr(call), reply] {
            if (const CallPtr late = weak.lock(); late && !reply->isFinished()) {
                late->timedOut = true;
                reply->abort();
            }
        });
    }
}

QNetworkReply *ApiClient::Private::dispatch(
    QNetworkAccessManager *network, QNetworkRequest request, const Request &what)
{
    QNetworkReply *reply =
        what.verb == "GET" ? network->get(request) : network->sendCustomRequest(request, what.verb, what.body);
    QObject::connect(reply, &QNetworkReply::sslErrors, reply, [this, reply](const QList<QSslError> &errors) {
        tlsFailure = tlsError(errors, reply->url(), transport.serverName(), serverClockAhead);
        reply->setProperty("kdraTlsError", QVariant::fromValue(*tlsFailure));
    });
    return reply;
}

void ApiClient::Private::receive(const CallPtr &call, QNetworkReply *reply)
{
    const QString where = describe(call->request.verb, reply->url());
    if (call->answer.isCanceled()) {
        end(call, std::unexpected(cancelledError(where)));
        return;
    }
    if (call->timedOut) {
        end(call,
            std::unexpected(Error{.kind = Error::Kind::Timeout,
                .what = tr("The server did not answer within %n second(s).", nullptr,
                    static_cast<int>(std::chrono::ceil<std::chrono::seconds>(call->request.timeout).count())),
                .where = where,
                .remedy = tr("Check your network, and whether the cluster is overloaded; then try again.")}));
        return;
    }
    const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const bool answered = status >= 400 || (status >= 200 && status < 300 && reply->error() == QNetworkReply::NoError);
    if (!answered) {
        Error error = errorOf(*reply);
        // Of several connections that fail at once, only one is told the certificates: the others learn from it.
        if (error.kind == Error::Kind::Tls && !reply->property("kdraTlsError").isValid()) {
            if (tlsFailure) {
                error = *tlsFailure;
            } else if (!call->retried) {
                call->retried = true;
                start(call);
                return;
            }
        }
        error.where = where;
        qCDebug(log::kube) << where << reply->error() << reply->errorString();
        end(call, std::unexpected(std::move(error)));
        return;
    }
    tlsFailure.reset();
    if (status >= 400 || serverClockAhead == 0)
        serverClockAhead = clockAhead(*reply);
    if (status == 401 && !call->retried && credentials()->invalidate(call->generation)) {
        call->retried = true;
        start(call);
        return;
    }
    // API Priority and Fairness turned it away before doing anything, and says when to come back.
    if (status == 429 && call->request.retryThrottled && call->throttled < MaxThrottled) {
        bool known = false;
        const int seconds = reply->rawHeader("Retry-After").toInt(&known);
        if (known && seconds >= 0 && seconds <= MaxRetryAfterSeconds) {
            ++call->throttled;
            QTimer::singleShot(std::chrono::seconds(seconds), q, [this, call] { start(call); });
            return;
        }
    }
    const QByteArray type = reply->rawHeader("Content-Type");
    QByteArray body = reply->readAll();
    if (status >= 400) {
        Error error = errorOf(status, body, where);
        if (status == 401) {
            error = credentials()->explain(std::move(error));
            if (const QString hint = clockHint(serverClockAhead); !hint.isEmpty())
                error.remedy = hint + QLatin1Char(' ') + error.remedy;
        }
        end(call, std::unexpected(std::move(error)));
        return;
    }
    if (type.startsWith("text/html") && !call->request.accept.contains("html")) {
        end(call,
            std::unexpected(Error{.kind = Error::Kind::Protocol,
                .what = tr("A web page came back instead of an answer of the Kubernetes API."),
                .where = where,
                .remedy = tr("Check that the address is the API server's, and whether a proxy or a sign-in page sits "
                             "in between."),
                .httpStatus = status}));
        return;
    }
    end(call, Response{.httpStatus = status, .contentType = type, .body = std::move(body)});
}

QFuture<Result<QNetworkReply *>> ApiClient::open(Request request)
{
    const auto answer = std::make_shared<Answer<QNetworkReply *>>();
    whenFinished(
        d->credentials()->get(), this, [this, answer, request = std::move(request)](const Result<Identity> &identity) {
            if (!identity) {
                answer->give(std::unexpected(identity.error()));
                return;
            }
            Result<QNetworkRequest> prepared = d->transport.networkRequest(request, *identity);
            const Result<QNetworkProxy> proxy = d->transport.proxy();
            if (!prepared || !proxy) {
                answer->give(std::unexpected(prepared ? proxy.error() : prepared.error()));
                return;
            }
            if (answer->isCanceled())
                return;
            QHttp1Configuration http;
            http.setNumberOfConnectionsPerHost(StreamConnections);
            prepared->setHttp1Configuration(http);
            answer->give(
                d->dispatch(d->manager(d->streams, identity->certificate, *proxy), *std::move(prepared), request));
        });
    return answer->future();
}

QFuture<Result<SocketSetup>> ApiClient::socketSetup(QString path, QUrlQuery query)
{
    const auto answer = std::make_shared<Answer<SocketSetup>>();
    QMetaObject::invokeMethod(this, [this, answer, path = std::move(path), query = std::move(query)] {
        whenFinished(d->credentials()->get(), this, [this, answer, path, query](const Result<Identity> &identity) {
            answer->give(
                identity ? d->transport.socketSetup(path, query, *identity) : std::unexpected(identity.error()));
        });
    });
    return answer->future();
}

void ApiClient::setReadOnly(bool readOnly)
{
    d->transport.setReadOnly(readOnly);
}

bool ApiClient::isReadOnly() const
{
    return d->transport.isReadOnly();
}

void ApiClient::invalidateCredentials()
{
    QMetaObject::invokeMethod(this, [this] { d->credentials()->invalidate(d->credentials()->generation()); });
}

} // namespace kdra::kube
