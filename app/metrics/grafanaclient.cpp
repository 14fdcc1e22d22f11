// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/grafanaclient.h"

#include "kube/apiclient.h"
#include "metrics/answerparser.h"
#include "metrics/grafanaimport.h"
#include "metrics/promdata.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>

namespace kdra::metrics {

using namespace Qt::StringLiterals;

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::metrics::GrafanaClient)
};

// {"message":"Invalid API key"}; the API server's own Status has a message too, and a kind.
Error refusal(const Reply &reply)
{
    Error error = errorOf(reply);
    const QJsonObject json = reply.body.size() > 65536 ? QJsonObject() : QJsonDocument::fromJson(reply.body).object();
    QString said = json.value("message"_L1).toString();
    if (said.isEmpty() || json.contains("kind"_L1))
        return error;
    while (said.endsWith(u'.'))
        said.chop(1);
    error.what = Text::tr("Grafana refuses: %1.").arg(said);
    if (error.kind == Error::Kind::Authentication || error.kind == Error::Kind::Forbidden)
        error.remedy = Text::tr("Give it the token of a service account that may do this (in Grafana: Administration, "
                                "Service accounts). Through the cluster's API server no token can be sent.");
    return error;
}

Result<QByteArray> asItIs(const QByteArray &body)
{
    return body;
}

} // namespace

GrafanaClient::GrafanaClient(Endpoint endpoint, Secrets secrets, kube::ApiClient &client)
    : m_endpoint(std::move(endpoint))
    , m_connection(new Connection(m_endpoint, std::move(secrets), client))
{
    m_connection->moveToThread(client.thread());
}

GrafanaClient::~GrafanaClient()
{
    release(m_connection);
}

template <class T>
QFuture<Result<T>> GrafanaClient::ask(const GrafanaRequest &request, Result<T> (*read)(const QByteArray &))
{
    const bool writes = request.method != "GET";
    Call call{.verb = request.method,
        .path = request.path,
        .query = request.query,
        .body = request.body,
        .contentType = writes ? QByteArrayLiteral("application/json") : QByteArray(),
        .interactive = !writes,
        .repeatable = !writes};
    call.limits.bytes = mostGrafanaBytes;
    return m_connection->ask<T>(call, [read](Reply &&reply) -> Result<T> {
        if (reply.httpStatus < 200 || reply.httpStatus >= 300)
            return std::unexpected(refusal(reply));
        Result<T> answer = read(reply.body);
        if (!answer)
            answer.error().where = reply.where;
        return answer;
    });
}

QFuture<Result<QList<GrafanaEntry>>> GrafanaClient::search(int page)
{
    return ask<QList<GrafanaEntry>>(grafanaSearch(page), readGrafanaSearch);
}

QFuture<Result<QByteArray>> GrafanaClient::dashboard(const QString &uid)
{
    return ask<QByteArray>(grafanaDashboard(uid), asItIs);
}

QFuture<Result<qint64>> GrafanaClient::annotate(const GrafanaAnnotation &annotation)
{
    return ask<qint64>(grafanaAnnotation(annotation), readGrafanaAnnotation);
}

} // namespace kdra::metrics
