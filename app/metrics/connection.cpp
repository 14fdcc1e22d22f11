// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/connection.h"

#include "base/whenfinished.h"
#include "kube/apiclient.h"
#include "metrics/directway.h"
#include "metrics/fairqueue.h"

#include <QCoreApplication>
#include <QLocale>
#include <QNetworkReply>
#include <QPointer>
#include <QRandomGenerator>
#include <QThread>
#include <QTimeZone>
#include <QTimer>

#include <algorithm>

namespace kdra::metrics {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int maxUnderWay = 6;
constexpr int maxAttempts = 3;
constexpr int longQuery = 4000; // bytes; proxies refuse lines of some 8 KiB
constexpr qsizetype padding = 64; // that simdjson may read behind the text
constexpr qsizetype shortestPoint = 8; // [0,"0"],
constexpr qint64 trustedClock = 2000; // milliseconds that Date and the way here blur

// Milliseconds the server's clock is ahead (RFC 9110 Date, whole seconds), nothing without one.
std::optional<qint64> clockAheadOf(const QNetworkReply &reply)
{
    QDateTime date =
        QLocale::c().toDateTime(QString::fromLatin1(reply.rawHeader("Date")), u"ddd, dd MMM yyyy HH:mm:ss 'GMT'"_s);
    if (!date.isValid())
        return {};
    date.setTimeZone(QTimeZone::utc());
    return date.toMSecsSinceEpoch() + 500 - QDateTime::currentMSecsSinceEpoch();
}

QString describe(const QByteArray &verb, const QUrl &url)
{
    return QString::fromLatin1(verb) + u' ' + url.toDisplayString(QUrl::RemoveUserInfo | QUrl::RemoveQuery);
}

// Prometheus has given up on the query itself: asking again would only load it once more.
bool tookTooLong(const QByteArray &body)
{
    return body.first(std::min<qsizetype>(body.size(), 4096)).contains("\"errorType\":\"timeout\"");
}

} // namespace

struct Connection::Attempt {
    QFuture<Result<QNetworkReply *>> opening;
    QPointer<QNetworkReply> reply;
    QByteArray body;
    qint64 values = 0; // in what was counted of the body: at least as many as it has points
    qsizetype counted = 0;
    std::optional<Error> refused; // by a limit
    std::optional<qint64> clockAhead; // milliseconds, as the answer began

    void abort()
    {
        if (!opening.isFinished()) // else its reply is on the way to whoever deletes it
            opening.cancel();
        if (reply)
            reply->abort();
    }
};

struct Connection::Private {
    Private(Connection *connection, Secrets secretsOfLogin, kube::ApiClient &apiClient)
        : q(connection)
        , secrets(std::move(secretsOfLogin))
        , client(&apiClient)
    {
    }

    void pump();
    void start(const JobPtr &job);
    void startProxied(const JobPtr &job, Call call);
    void follow(const JobPtr &job, QNetworkReply *reply);
    void read(Job &job, Attempt &attempt);
    void setClockAhead(qint64 ahead);
    void receive(const JobPtr &job, QNetworkReply *reply);
    bool tryAgain(const JobPtr &job, int status, std::optional<int> retryAfter);
    void end(const JobPtr &job, Result<Reply> result);
    Error late(const Job &job) const;
    QString whereOf(const Call &call) const;

    Connection *q;
    Secrets secrets;
    QPointer<kube::ApiClient> client;
    DirectWay *direct = nullptr; // child of q, made on its thread
    FairQueue<JobPtr> waiting;
    QList<JobPtr> underWay;
};

Connection::Connection(Endpoint endpoint, Secrets secrets, kube::ApiClient &client)
    : m_endpoint(std::move(endpoint))
    , m_parsers(std::make_shared<QThreadPool>())
    , d(std::make_unique<Private>(this, std::move(secrets), client))
{
    m_parsers->setMaxThreadCount(std::max(1, QThread::idealThreadCount() / 2));
}

Connection::~Connection()
{
    for (const JobPtr &job : std::exchange(d->underWay, {})) {
        job->done = true;
        if (job->attempt)
            job->attempt->abort();
        job->finish(std::unexpected(kube::cancelledError(d->whereOf(job->call))));
    }
    m_parsers->waitForDone();
}

void Connection::enqueue(const JobPtr &job, std::function<QFutureWatcherBase *(QObject *)> watch)
{
    QMetaObject::invokeMethod(this, [this, job, watch = std::move(watch)] {
        QFutureWatcherBase *watcher = watch(this);
        connect(watcher, &QFutureWatcherBase::canceled, this, [this, weak = std::weak_ptr(job)] {
            if (const JobPtr cancelled = weak.lock(); cancelled && !cancelled->done) {
                d->waiting.remove([&](const JobPtr &other) { return other == cancelled; });
                d->end(cancelled, std::unexpected(kube::cancelledError(d->whereOf(cancelled->call))));
            }
        });
        connect(watcher, &QFutureWatcherBase::finished, watcher, &QObject::deleteLater);
        job->deadline = QDeadlineTimer(job->call.deadline);
        QTimer::singleShot(job->call.deadline, this, [this, weak = std::weak_ptr(job)] {
            if (const JobPtr late = weak.lock(); late && !late->done) {
                d->waiting.remove([&](const JobPtr &other) { return other == late; });
                d->end(late, std::unexpected(d->late(*late)));
            }
        });
        if (job->isCanceled())
            return;
        d->waiting.push(job->call.group, job->call.interactive, job);
        d->pump();
    });
}

QString Connection::Private::whereOf(const Call &call) const
{
    QUrl url = q->m_endpoint.url;
    if (q->m_endpoint.isProxied() && client)
        url = client->server();
    QString prefix = q->m_endpoint.isProxied() ? url.path() : QString();
    while (prefix.endsWith(u'/'))
        prefix.chop(1);
    url.setPath(prefix + q->m_endpoint.pathOf(call.path));
    return describe(call.verb, url);
}

Error Connection::Private::late(const Job &job) const
{
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(job.call.deadline).count();
    return Error{.kind = Error::Kind::Timeout,
        .what = tr("The metrics server did not answer within %n second(s).", nullptr, static_cast<int>(seconds)),
        .where = whereOf(job.call),
        .remedy = tr("Choose a shorter time range or a simpler query, or check whether the server is overloaded.")};
}

void Connection::Private::pump()
{
    while (underWay.size() < maxUnderWay) {
        const std::optional<JobPtr> next = waiting.pop();
        if (!next)
            return;
        if ((*next)->isCanceled()) { // and the watcher has not said so yet
            (*next)->done = true;
            (*next)->finish(std::unexpected(kube::cancelledError(whereOf((*next)->call))));
            continue;
        }
        underWay.append(*next);
        start(*next);
    }
}

void Connection::Private::end(const JobPtr &job, Result<Reply> result)
{
    if (std::exchange(job->done, true))
        return;
    underWay.removeOne(job);
    if (const auto attempt = std::exchange(job->attempt, nullptr))
        attempt->abort();
    job->finish(std::move(result));
    pump();
}

void Connection::Private::start(const JobPtr &job)
{
    ++job->attempts;
    job->attempt = std::make_shared<Attempt>();
    Call call = job->call;
    if (call.formAllowed && call.verb == "GET" && job->attempts == 1) {
        const bool mayPost = !q->m_endpoint.isProxied() || (client && !client->isReadOnly());
        job->asForm = mayPost && call.query.toString(QUrl::FullyEncoded).size() > longQuery;
    }
    if (job->asForm) {
        call.verb = "POST";
        call.body = call.query.toString(QUrl::FullyEncoded).toLatin1().replace("+", "%2B");
        call.contentType = "application/x-www-form-urlencoded";
        call.query.clear();
    }
    if (q->m_endpoint.isProxied()) {
        startProxied(job, std::move(call));
        return;
    }
    if (!direct)
        direct = new DirectWay(q->m_endpoint, secrets, q);
    const Result<QNetworkReply *> reply = direct->send(call);
    if (reply)
        follow(job, *reply);
    else // not before the caller has its future
        QMetaObject::invokeMethod(
            q, [this, job, error = reply.error()] { end(job, std::unexpected(error)); }, Qt::QueuedConnection);
}

void Connection::Private::startProxied(const JobPtr &job, Call call)
{
    if (!client) {
        end(job, std::unexpected(kube::cancelledError(whereOf(job->call))));
        return;
    }
    kube::Request request{.verb = call.verb,
        .path = q->m_endpoint.pathOf(call.path),
        .query = call.query,
        .body = call.body,
        .contentType = call.contentType,
        .background = !call.interactive};
    if (!q->m_endpoint.tenant.isEmpty())
        request.headers.append({"X-Scope-OrgID", q->m_endpoint.tenant.toUtf8()});
    // A future of its own: the continuation, which may run at once, lets go of the other.
    QFuture<Result<QNetworkReply *>> opening = client->open(std::move(request));
    job->attempt->opening = opening;
    whenFinished(opening, q, [this, job, attempt = job->attempt](const Result<QNetworkReply *> &reply) {
        attempt->opening = {};
        if (job->done || job->attempt != attempt) {
            if (reply)
                delete *reply;
        } else if (!reply) {
            end(job, std::unexpected(reply.error()));
        } else {
            follow(job, *reply);
        }
    });
}

void Connection::Private::follow(const JobPtr &job, QNetworkReply *reply)
{
    job->attempt->reply = reply;
    connect(reply, &QNetworkReply::readyRead, q, [this, job, attempt = job->attempt] { read(*job, *attempt); });
    const auto finished = [this, job, attempt = job->attempt, reply = QPointer(reply),
                              ended = std::make_shared<bool>(false)] {
        if (!reply || std::exchange(*ended, true))
            return;
        reply->deleteLater();
        if (!job->done && job->attempt == attempt)
            receive(job, reply);
    };
    connect(reply, &QNetworkReply::finished, q, finished);
    // A reply that was opened elsewhere may have come to its end on the way here: it says so only once.
    if (reply->isFinished())
        QMetaObject::invokeMethod(q, finished, Qt::QueuedConnection);
}

void Connection::Private::read(Job &job, Attempt &attempt)
{
    QNetworkReply *reply = attempt.reply;
    const qint64 available = reply ? reply->bytesAvailable() : 0;
    if (available <= 0 || attempt.refused)
        return;
    const qsizetype before = attempt.body.size();
    if (before == 0) {
        // Now: what follows may take its time.
        attempt.clockAhead = clockAheadOf(*reply);
        const qint64 announced = reply->header(QNetworkRequest::ContentLengthHeader).toLongLong();
        attempt.body.reserve(std::clamp(announced, available, std::max(job.call.limits.bytes, available)) + padding);
    }
    attempt.body.resizeForOverwrite(before + available);
    const qint64 got = reply->read(attempt.body.data() + before, available);
    attempt.body.truncate(before + std::max<qint64>(got, 0));
    const Limits &limits = job.call.limits;
    // Each point is an array of its own; a bracket in a label's value counts too, but labels have few. What is too
    // small to hold so many points needs no counting.
    if (job.call.countValues && attempt.body.size() / shortestPoint > limits.values) {
        attempt.values += std::count(attempt.body.cbegin() + attempt.counted, attempt.body.cend(), '[');
        attempt.counted = attempt.body.size();
    }
    const bool tooMany = job.call.countValues && attempt.values > limits.values;
    if (!tooMany && attempt.body.size() <= limits.bytes)
        return;
    const QLocale locale;
    attempt.refused = Error{.kind = Error::Kind::Invalid,
        .what = tooMany ? tr("The answer has more than %1 values, so it was not read to the end.")
                              .arg(locale.toString(limits.values))
                        : tr("The answer is larger than %1, so it was not read to the end.")
                              .arg(locale.formattedDataSize(limits.bytes)),
        .where = describe(job.call.verb, reply->url()),
        .remedy = tr("Ask for fewer series (add labels, or aggregate with sum or topk), a shorter time range, or a "
                     "longer step.")};
    attempt.body = {};
    reply->abort();
}

// What is within the blur of what is known already is no news: live plots would jump.
void Connection::Private::setClockAhead(qint64 ahead)
{
    const qint64 trusted = std::abs(ahead) > trustedClock ? ahead : 0;
    if (std::abs(trusted - q->m_clockAhead) > trustedClock)
        q->m_clockAhead = trusted;
}

void Connection::Private::receive(const JobPtr &job, QNetworkReply *reply)
{
    const std::shared_ptr<Attempt> attempt = job->attempt;
    read(*job, *attempt);
    if (attempt->refused) {
        end(job, std::unexpected(*attempt->refused));
        return;
    }
    const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const bool answered = status >= 400 || (status >= 200 && status < 300 && reply->error() == QNetworkReply::NoError);
    const QString where = describe(job->call.verb, reply->url());
    if (answered) {
        if (!attempt->clockAhead)
            attempt->clockAhead = clockAheadOf(*reply);
        if (attempt->clockAhead)
            setClockAhead(*attempt->clockAhead);
        // A proxy between us allows reading only, or knows no POST here.
        if (job->asForm && (status == 403 || status == 405)) {
            job->asForm = false;
            start(job);
            return;
        }
        if (status == 401 && q->m_endpoint.isProxied() && client && !std::exchange(job->reauthenticated, true)) {
            client->invalidateCredentials();
            QMetaObject::invokeMethod(
                q,
                [this, job] {
                    if (!job->done)
                        start(job);
                },
                Qt::QueuedConnection);
            return;
        }
        bool known = false;
        const int seconds = reply->rawHeader("Retry-After").toInt(&known);
        const bool temporary = status == 429 || (status >= 500 && status != 501 && !tookTooLong(attempt->body));
        if (temporary && tryAgain(job, status, known ? std::optional(seconds) : std::nullopt))
            return;
        attempt->body.reserve(attempt->body.size() + padding);
        end(job, Reply{.httpStatus = status, .body = std::move(attempt->body), .where = where});
        return;
    }
    Error error = kube::ApiClient::errorOf(*reply);
    error.where = where;
    if (error.kind == Error::Kind::Network && tryAgain(job, 0, {}))
        return;
    if (!q->m_endpoint.isProxied() && error.kind == Error::Kind::Network)
        error.remedy = tr("Check the address of the metrics server, that it runs, and your network.");
    end(job, std::unexpected(std::move(error)));
}

bool Connection::Private::tryAgain(const JobPtr &job, int status, std::optional<int> retryAfter)
{
    // What was refused with 429 was not done.
    if (job->attempts >= maxAttempts || (!job->call.repeatable && status != 429))
        return false;
    const qint64 backoff = 250LL << job->attempts;
    std::chrono::milliseconds delay(backoff / 2 + QRandomGenerator::global()->bounded(backoff));
    if (retryAfter)
        delay = std::chrono::seconds(std::max(*retryAfter, 0));
    if (job->deadline.remainingTimeAsDuration() <= delay)
        return false;
    // Others may go meanwhile.
    underWay.removeOne(job);
    job->attempt.reset();
    QTimer::singleShot(delay, q, [this, job] {
        if (!job->done) {
            waiting.push(job->call.group, job->call.interactive, job);
            pump();
        }
    });
    pump();
    return true;
}

void release(Connection *connection)
{
    // Null when the thread's object is gone as well: its cluster was closed first.
    const QThread *thread = connection->thread();
    if (thread && thread->isRunning())
        connection->deleteLater();
    else
        delete connection;
}

} // namespace kdra::metrics
