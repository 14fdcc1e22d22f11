// SPDX-License-Identifier: GPL-3.0-or-later
// How events arrive: the upgrade to WebSocket, and streaming lists.
#include "doctor/examination.h"
#include "kube/credentials.h"
#include "kube/watchstream.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>

namespace kdra::doctor {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::doctor::Watching)
};

// Of one watch: what it took until it had opened, said what was waited for, or ended.
struct Trial {
    bool opened = false;
    bool complete = false; // the bookmark after the initial events came
    int events = 0;
    std::optional<Error> closed = {};
    QString message = {}; // of an ERROR event
    int code = 0;

    void read(const QByteArray &json)
    {
        const QJsonObject event = QJsonDocument::fromJson(json).object();
        const QString type = event.value(QLatin1StringView("type")).toString();
        const QJsonObject object = event.value(QLatin1StringView("object")).toObject();
        if (type == QLatin1StringView("ERROR")) {
            message = object.value(QLatin1StringView("message")).toString();
            code = object.value(QLatin1StringView("code")).toInt();
        } else if (type == QLatin1StringView("BOOKMARK")) {
            complete = object.value(QLatin1StringView("metadata"))
                           .toObject()
                           .value(QLatin1StringView("annotations"))
                           .toObject()
                           .value(QLatin1StringView("k8s.io/initial-events-end"))
                           .toString()
                == QLatin1StringView("true");
        } else {
            ++events;
        }
    }
    bool isOver() const { return closed || complete || code != 0; }
};

QUrlQuery watchQuery(bool streamingList)
{
    QUrlQuery query{{QStringLiteral("watch"), QStringLiteral("1")},
        {QStringLiteral("allowWatchBookmarks"), QStringLiteral("true")},
        {QStringLiteral("timeoutSeconds"), QStringLiteral("60")}};
    if (streamingList) {
        query.addQueryItem(QStringLiteral("sendInitialEvents"), QStringLiteral("true"));
        query.addQueryItem(QStringLiteral("resourceVersionMatch"), QStringLiteral("NotOlderThan"));
    } else {
        query.addQueryItem(QStringLiteral("resourceVersion"), QStringLiteral("0"));
    }
    return query;
}

Trial tryWatch(kube::ApiClient &client, const QString &path, kube::WatchStream::Transport transport, bool streamingList,
    std::chrono::milliseconds deadline, const Patience &patience)
{
    Trial trial;
    kube::WatchStream stream(client, transport, {.connect = deadline});
    QObject::connect(&stream, &kube::WatchStream::opened, &stream, [&] { trial.opened = true; });
    QObject::connect(&stream, &kube::WatchStream::closed, &stream, [&](const Error &error) { trial.closed = error; });
    stream.open(
        path, watchQuery(streamingList), [&](QString &&text) { trial.read(text.toUtf8()); },
        [&](QByteArray &&bytes) { trial.read(bytes); });
    const bool settled = patience.until(deadline, [&] { return trial.isOver() || (trial.opened && !streamingList); });
    if (!settled && !trial.closed)
        trial.closed = Patience::timeout(deadline, path);
    return trial;
}

} // namespace

void Examination::upgrade(Step &step)
{
    if (!m_watchable) {
        skip(step, Text::tr("There is no kind that you may watch."));
        step.blocked = true;
        return;
    }
    using Transport = kube::WatchStream::Transport;
    const QString path = m_watchable->path(m_watchableNamespace);
    const Trial socket = tryWatch(*m_client, path, Transport::WebSocket, false, m_deadlines.stream, m_patience);
    m_webSockets = socket.opened;
    if (m_webSockets) {
        step.summary = Text::tr("A watch of %1 was upgraded to WebSocket.").arg(m_watchable->kind);
        return;
    }
    if (m_patience.isStopped())
        return;
    // A socket's refusal has no body: plain HTTP tells whether watches work at all.
    const Trial http = tryWatch(*m_client, path, Transport::Http, false, m_deadlines.stream, m_patience);
    m_httpWatches = http.opened;
    Error error = *socket.closed;
    step.details.append(Text::tr("Asked for: %1").arg(error.where));
    step.details.append(Text::tr("The answer: %1").arg(error.what));
    if (!m_httpWatches) {
        step.details.append(Text::tr("The same watch over plain HTTP: %1").arg(http.closed->what));
        fail(step, http.closed->httpStatus != 0 ? *http.closed : error);
        return;
    }
    error.what = error.kind == Error::Kind::Timeout
        ? Text::tr("The upgrade to WebSocket gets no answer; events come over plain HTTP instead.")
        : error.httpStatus != 0
        ? Text::tr("The upgrade to WebSocket is refused (HTTP status %1); events come over plain HTTP instead.")
              .arg(error.httpStatus)
        : Text::tr("The upgrade to WebSocket fails; events come over plain HTTP instead.");
    error.remedy = hasProxy()
        ? Text::tr(
              "Let the proxy's administrator allow WebSockets (the headers Upgrade and Connection) to this server.")
        : Text::tr("A load balancer or gateway before the API server takes the headers Upgrade and Connection away, or "
                   "does not accept the Origin: let WebSockets through there.");
    warn(step, error);
}

void Examination::streamList(Step &step)
{
    using Transport = kube::WatchStream::Transport;
    const Trial trial = tryWatch(*m_client, m_watchable->path(m_watchableNamespace),
        m_webSockets ? Transport::WebSocket : Transport::Http, true, m_deadlines.stream, m_patience);
    if (trial.complete) {
        step.summary = Text::tr("Served: one connection gives the state of a kind and its changes.");
        step.details.append(
            Text::tr("%n object(s) of kind %1 came in the initial list", nullptr, trial.events).arg(m_watchable->kind));
        if (!m_webSockets)
            step.details.append(Text::tr("Over plain HTTP, KDRA lists in pages all the same"));
        return;
    }
    const QString fallback =
        Text::tr("KDRA lists in pages of 500 and watches from there, which is slower to begin with");
    const int code = trial.code != 0 ? trial.code : trial.closed->httpStatus;
    if (trial.code == 0 && (code == 400 || code == 422)) {
        step.summary =
            m_version.isEmpty() ? Text::tr("Not served by this server.") : Text::tr("Not served by %1.").arg(m_version);
        step.details.append(fallback);
        return;
    }
    Error error = trial.closed.value_or(Error{.kind = Error::Kind::Server});
    if (trial.code != 0) {
        error.what = Text::tr("The server begins a streaming list and breaks it off: %1.").arg(trial.message);
        error.remedy = trial.message.contains(QLatin1StringView("RequestWatchProgress"))
            ? Text::tr("Its etcd is too old: 3.4.31, 3.5.13 or newer is needed.")
            : Text::tr("Ask the cluster's administrator to look at the API server's log.");
        error.httpStatus = trial.code;
    }
    step.details.append(fallback);
    warn(step, error);
}

} // namespace kdra::doctor
