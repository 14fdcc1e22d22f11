// SPDX-License-Identifier: GPL-3.0-or-later
#include "playedkubelet.h"

#include "support/await.h"

namespace kdra::test {
namespace {

kube::Request requestOf(
    const QByteArray &verb, const QString &pathAndQuery, const QByteArray &body, const QByteArray &contentType)
{
    kube::Request request;
    request.verb = verb;
    request.path = pathAndQuery.section(QLatin1Char('?'), 0, 0);
    request.query = QUrlQuery(pathAndQuery.section(QLatin1Char('?'), 1));
    request.body = body;
    request.contentType = body.isEmpty() ? QByteArray() : contentType;
    return request;
}

} // namespace

Answer sendTo(kube::ApiClient &client, const QByteArray &verb, const QString &pathAndQuery, const QByteArray &body,
    const QByteArray &contentType)
{
    const QFuture<Result<kube::Response>> future = client.send(requestOf(verb, pathAndQuery, body, contentType));
    if (!finishes(future) || future.resultCount() == 0)
        return {};
    const Result<kube::Response> result = future.result();
    if (result)
        return {result->httpStatus, result->body, result->contentType};
    return {result.error().httpStatus, result.error().status, {}};
}

PlayedKubelet::PlayedKubelet(kube::ApiClient &client, bool jobsEnd)
    : m_client(client)
    , m_jobsEnd(jobsEnd)
{
    connect(&m_timer, &QTimer::timeout, this, &PlayedKubelet::look);
    m_timer.start(300);
}

void PlayedKubelet::look()
{
    // One look at a time, and only at the pods that it has seen: others may have their names by now.
    if (std::exchange(m_isLooking, true))
        return;
    m_client.send(requestOf("GET", QStringLiteral("/api/v1/pods"), {}, {}))
        .then(this, [this](const Result<kube::Response> &response) {
            m_isLooking = false;
            if (!response)
                return;
            const Answer answer{response->httpStatus, response->body, {}};
            for (const QJsonArray items = answer.items(); const QJsonValue &pod : items) {
                if (at(pod, QStringLiteral("spec.nodeName")).toString().isEmpty())
                    continue;
                const QString path = QStringLiteral("/api/v1/namespaces/%1/pods/%2")
                                         .arg(at(pod, QStringLiteral("metadata.namespace")).toString(),
                                             at(pod, QStringLiteral("metadata.name")).toString());
                const QByteArray uid = at(pod, QStringLiteral("metadata.uid")).toString().toLatin1();
                const QByteArray same = R"({"metadata":{"uid":")" + uid + R"("},)";
                if (!at(pod, QStringLiteral("metadata.deletionTimestamp")).isUndefined())
                    m_client.send(requestOf("DELETE", path,
                        R"({"gracePeriodSeconds":0,"preconditions":{"uid":")" + uid + R"("}})", "application/json"));
                else if (at(pod, QStringLiteral("status.phase")).toString() == QLatin1StringView("Pending"))
                    m_client.send(requestOf("PATCH", path + QStringLiteral("/status"),
                        same + R"("status":{"phase":"Running","conditions":[{"type":"Ready","status":"True"}]}})",
                        "application/merge-patch+json"));
                else if (m_jobsEnd && at(pod, QStringLiteral("status.phase")).toString() == QLatin1StringView("Running")
                    && at(pod, QStringLiteral("spec.restartPolicy")).toString() != QLatin1StringView("Always"))
                    m_client.send(requestOf("PATCH", path + QStringLiteral("/status"),
                        same + R"("status":{"phase":"Succeeded","conditions":[{"type":"Ready","status":"False"}]}})",
                        "application/merge-patch+json"));
            }
        });
}

} // namespace kdra::test
