// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/podlogs.h"

#include "demo/stream.h"

#include <QDateTime>
#include <QJsonArray>
#include <QRandomGenerator>
#include <QTimeZone>

namespace kdra::demo {
namespace {

using L = QLatin1StringView;

struct Run {
    QByteArray seed; // uid, container, run
    qint64 start = 0; // seconds since the epoch
    qint64 end = 0; // 0: still running
    bool failed = false;
};

qint64 seconds(const QString &time)
{
    const QDateTime parsed = QDateTime::fromString(time, Qt::ISODate);
    return parsed.isValid() ? parsed.toSecsSinceEpoch() : 0;
}

// One line for each second in which this container has something to say; empty in the others.
QByteArray lineAt(const Run &run, qint64 second)
{
    const QByteArray failure[] = {"connecting to database at db:5432",
        "dial tcp 10.96.12.7:5432: connect: connection refused", "retrying in 1s", "fatal: giving up after 5 attempts"};
    const qint64 age = second - run.start;
    if (age == 0)
        return "starting";
    if (run.failed)
        return age <= 4 ? failure[age - 1] : QByteArray();
    if (age == 1)
        return "listening on :8080";
    const std::size_t hash = qHash(run.seed, static_cast<std::size_t>(second));
    if (hash % 3)
        return {};
    static const QByteArray paths[] = {"/", "/healthz", "/api/items", "/api/readings", "/metrics"};
    return "GET " + paths[hash / 3 % std::size(paths)] + (hash / 16 % 40 ? " 200 " : " 503 ")
        + QByteArray::number(static_cast<int>(1 + hash / 64 % 90)) + "ms";
}

QByteArray stamped(const Run &run, qint64 second, bool timestamps)
{
    QByteArray line = lineAt(run, second);
    if (line.isEmpty())
        return line;
    const QByteArray time = QDateTime::fromSecsSinceEpoch(second, QTimeZone::UTC).toString(Qt::ISODate).toLatin1();
    return (timestamps ? time.chopped(1) + ".000000000Z " : QByteArray()) + time + " info " + line + '\n';
}

class LogFollower : public Source {
public:
    LogFollower(const ObjectStore &store, const ObjectPtr &pod, Run run, QByteArray first, bool timestamps)
        : m_store(store)
        , m_uid(pod->uid)
        , m_run(std::move(run))
        , m_first(std::move(first))
        , m_next(QDateTime::currentSecsSinceEpoch() + 1)
        , m_timestamps(timestamps)
    {
    }

    Next pull(Framer &out) override
    {
        if (!m_first.isEmpty()) {
            out.raw(std::exchange(m_first, {}));
            return Next::Data;
        }
        if (m_run.end || !m_store.byUid(m_uid))
            return Next::End;
        if (m_next > QDateTime::currentSecsSinceEpoch())
            return Next::Wait;
        const QByteArray line = stamped(m_run, m_next++, m_timestamps);
        if (!line.isEmpty())
            out.raw(line);
        return Next::Data;
    }

private:
    const ObjectStore &m_store;
    QByteArray m_uid;
    Run m_run;
    QByteArray m_first;
    qint64 m_next;
    bool m_timestamps;
};

// The container that is asked for, or the only one. 400 with the choices otherwise.
ApiResult<QString> containerOf(const ApiRequest &request, const QJsonObject &spec)
{
    QStringList names;
    for (const L list : {L("initContainers"), L("containers")}) {
        for (const QJsonArray values = spec.value(list).toArray(); const QJsonValue &value : values)
            names.append(value.toObject().value(L("name")).toString());
    }
    const QString wanted = request.param(L("container"));
    if (wanted.isEmpty() && names.size() != 1)
        return status::badRequest(QStringLiteral("a container name must be specified for pod %1, choose one of: [%2]")
                .arg(request.name, names.join(QLatin1Char(' '))));
    if (!wanted.isEmpty() && !names.contains(wanted))
        return status::badRequest(QStringLiteral("container %1 is not valid for pod %2").arg(wanted, request.name));
    return wanted.isEmpty() ? names.first() : wanted;
}

} // namespace

ApiResult<ApiResponse> podLog(const ApiRequest &request, const ObjectStore &store, const ObjectPtr &pod)
{
    const QJsonObject json = pod->object();
    const auto container = containerOf(request, json.value(L("spec")).toObject());
    if (!container)
        return std::unexpected(container.error());
    const QJsonObject state = json.value(L("status")).toObject();
    QJsonObject containerStatus;
    for (const L list : {L("initContainerStatuses"), L("containerStatuses")}) {
        for (const QJsonArray values = state.value(list).toArray(); const QJsonValue &value : values) {
            if (value.toObject().value(L("name")).toString() == *container)
                containerStatus = value.toObject();
        }
    }
    const bool previous = request.flag(L("previous"));
    const QJsonObject now = containerStatus.value(L("state")).toObject();
    QJsonObject shown = previous ? containerStatus.value(L("lastState")).toObject().value(L("terminated")).toObject()
                                 : now.value(L("running")).toObject();
    if (shown.isEmpty() && !previous)
        shown = now.value(L("terminated")).toObject();
    if (shown.isEmpty() && !previous) // waiting to be restarted: the last run is what there is
        shown = containerStatus.value(L("lastState")).toObject().value(L("terminated")).toObject();
    if (shown.isEmpty()) {
        const QString why = previous ? QStringLiteral("previous terminated container \"%1\" in pod \"%2\" not found")
                                           .arg(*container, request.name)
                                     : QStringLiteral("container \"%1\" in pod \"%2\" is waiting to start: %3")
                                           .arg(*container, request.name,
                                               now.value(L("waiting"))
                                                   .toObject()
                                                   .value(L("reason"))
                                                   .toString(QStringLiteral("ContainerCreating")));
        return status::badRequest(why);
    }
    const int restarts = containerStatus.value(L("restartCount")).toInt();
    Run run{pod->uid + container->toUtf8() + QByteArray::number(restarts),
        seconds(shown.value(L("startedAt")).toString()), seconds(shown.value(L("finishedAt")).toString()),
        shown.value(L("exitCode")).toInt() != 0};

    const qint64 current = QDateTime::currentSecsSinceEpoch();
    const qint64 last = run.end ? std::min(run.end, current) : current;
    qint64 from = std::max(run.start, last - 86400); // a day is enough to look at
    if (request.has(L("sinceSeconds")))
        from = std::max(from, current - request.param(L("sinceSeconds")).toLongLong());
    if (request.has(L("sinceTime")))
        from = std::max(from, seconds(request.param(L("sinceTime"))));
    const bool timestamps = request.flag(L("timestamps"));
    const qint64 tail = request.has(L("tailLines")) ? request.param(L("tailLines")).toLongLong() : 100000;
    QByteArrayList lines;
    for (qint64 second = last; second >= from && lines.size() < tail; --second) {
        const QByteArray line = stamped(run, second, timestamps);
        if (!line.isEmpty())
            lines.prepend(line);
    }
    ApiResponse response;
    response.contentType = QByteArrayLiteral("text/plain");
    response.body = lines.join();
    if (request.has(L("limitBytes")))
        response.body.truncate(request.param(L("limitBytes")).toLongLong());
    if (request.flag(L("follow")))
        response.stream = std::make_shared<LogFollower>(store, pod, run, response.body, timestamps);
    return response;
}

} // namespace kdra::demo
