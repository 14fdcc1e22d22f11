// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "kube/answer.h"
#include "metrics/endpoint.h"

#include <QDeadlineTimer>
#include <QFuture>
#include <QFutureWatcher>
#include <QObject>
#include <QThreadPool>
#include <QUrlQuery>

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>

namespace kdra::kube {
class ApiClient;
}

namespace kdra::metrics {

// What is read before an answer is refused, so that a careless query does not take the memory.
struct Limits {
    qint64 values = 10'000'000; // points of all series together; for answers to queries
    qint64 bytes = 512LL << 20; // after decompression
};

// One request to the API of a metrics server.
struct Call {
    QByteArray verb = "GET";
    QString path = {}; // below the endpoint: "/api/v1/query"
    QUrlQuery query = {};
    QByteArray body = {};
    QByteArray contentType = {};
    bool interactive = true; // goes before the others
    quint64 group = 0; // of one page or panel: groups take turns
    std::chrono::milliseconds deadline = std::chrono::seconds(30); // for all of it: waiting, retries and the answer
    bool formAllowed = false; // a GET whose query is long may go as a POST with a form (queries, series, labels)
    bool repeatable = true; // may be sent again after a failure; false for what changes something
    bool countValues = false; // Limits::values is held while the answer arrives
    Limits limits = {};
};

// What came back, whatever the status.
struct Reply {
    int httpStatus = 0;
    QByteArray body = {}; // with room for simdjson's padding
    QString where = {}; // "GET http://host/path", for messages
};

// One metrics server as one user. Make it, move it to the cluster's network thread, that of `client`, and call it from
// any thread. At most six requests are under way at once; the others wait in a fair queue, interactive ones first.
// 5xx, 429 and failures of the network are tried again, up to three times in all, with backoff and within the deadline.
class Connection : public QObject {
    Q_OBJECT
    struct Attempt;
    struct Job {
        Call call;
        std::function<bool()> isCanceled;
        std::function<void(Result<Reply>)> finish;
        std::shared_ptr<Attempt> attempt; // while it is under way
        QDeadlineTimer deadline;
        int attempts = 0;
        bool done = false;
        bool asForm = false; // a long GET that is sent as POST
        bool reauthenticated = false;
    };
    using JobPtr = std::shared_ptr<Job>;

public:
    Connection(Endpoint endpoint, Secrets secrets, kube::ApiClient &client);
    // What is under way ends with Error::Kind::Cancelled.
    ~Connection() override;

    const Endpoint &endpoint() const { return m_endpoint; }

    // Any thread. Sends, and makes the reply into what is wanted with `parse`, a function of Reply&& to Result<T> that
    // runs on a thread of its own. Without an HTTP answer it is the Error and `parse` is not called. future.cancel()
    // aborts.
    template <class T> QFuture<Result<T>> ask(Call call, std::function<Result<T>(Reply &&)> parse)
    {
        const auto answer = std::make_shared<kube::Answer<T>>();
        const auto job = std::make_shared<Job>();
        job->call = std::move(call);
        job->isCanceled = [answer] { return answer->isCanceled(); };
        job->finish = [answer, parse = std::move(parse), pool = m_parsers](Result<Reply> reply) {
            if (!reply)
                answer->give(std::unexpected(std::move(reply.error())));
            else
                pool->start([answer, parse, reply = std::make_shared<Reply>(std::move(*reply))] {
                    answer->give(answer->isCanceled() ? std::unexpected(kube::cancelledError(reply->where))
                                                      : parse(std::move(*reply)));
                });
        };
        enqueue(job, [future = answer->future()](QObject *parent) -> QFutureWatcherBase * {
            auto *watcher = new QFutureWatcher<Result<T>>(parent);
            watcher->setFuture(future);
            return watcher;
        });
        return answer->future();
    }

    // Any thread. Milliseconds that the server's clock is ahead of ours by its last answer (RFC 9110 Date, so to a
    // second or so); 0 when it is not known.
    qint64 clockAhead() const { return m_clockAhead; }

private:
    struct Private;

    void enqueue(const JobPtr &job, std::function<QFutureWatcherBase *(QObject *)> watch);

    Endpoint m_endpoint;
    std::shared_ptr<QThreadPool> m_parsers;
    std::atomic<qint64> m_clockAhead = 0;
    std::unique_ptr<Private> d;
};

// Ends a Connection from any thread: on its own thread while that runs, else here. Nothing of it is under way for its
// callers afterwards.
void release(Connection *connection);

} // namespace kdra::metrics
