// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/promserver.h"

#include "demo/request.h"

#include <QTcpServer>

using namespace Qt::StringLiterals;

namespace kdra::demo {
namespace {

// The parameters of the URL, and of the form when one was posted.
QUrlQuery parametersOf(const QHttpServerRequest &request)
{
    QUrlQuery query(request.url());
    if (request.method() == QHttpServerRequest::Method::Post) {
        for (const auto items = QUrlQuery(QString::fromUtf8(request.body())).queryItems(QUrl::FullyEncoded);
            const auto &item : items)
            query.addQueryItem(item.first, item.second);
    }
    return query;
}

} // namespace

PromServer::PromServer(const PromApi &api, QObject *parent)
    : QObject(parent)
    , m_api(api)
{
    m_http.route(u"/api/v1/<arg>"_s, [this](const QUrl &, const QHttpServerRequest &request) {
        const PromAnswer answer = m_api.handle(request.url().path(), parametersOf(request));
        return QHttpServerResponse(
            "application/json", answer.json, static_cast<QHttpServerResponder::StatusCode>(answer.status));
    });
    m_http.route(u"/-/ready"_s, [] { return QHttpServerResponse("text/plain", "Prometheus Server is Ready.\n"); });
}

Result<quint16> PromServer::listen(quint16 port)
{
    auto server = std::make_unique<QTcpServer>();
    if (!server->listen(QHostAddress::LocalHost, port) || !m_http.bind(server.get())) {
        Error error;
        error.kind = Error::Kind::Local;
        error.what = tr("The demo cluster's Prometheus could not listen: %1.").arg(server->errorString());
        error.where = u"127.0.0.1:%1"_s.arg(port);
        error.remedy = tr("Choose another port, or 0 for any free one.");
        return std::unexpected(error);
    }
    return server.release()->serverPort(); // the HTTP server owns it now
}

std::optional<ApiResponse> PromServer::proxied(const ApiRequest &request) const
{
    const QStringList parts = request.name.split(u':');
    const bool mine = request.ns == "monitoring"_L1 && parts.contains(u"prometheus"_s);
    if (!mine)
        return std::nullopt;
    QUrlQuery query;
    for (const auto &[key, value] : request.query)
        query.addQueryItem(key, QString::fromUtf8(QUrl::toPercentEncoding(value)));
    if (request.method == "POST") {
        for (const auto items = QUrlQuery(QString::fromUtf8(request.body)).queryItems(QUrl::FullyEncoded);
            const auto &item : items)
            query.addQueryItem(item.first, item.second);
    }
    const PromAnswer answer = m_api.handle(u'/' + request.rest.join(u'/'), query);
    ApiResponse response;
    response.code = answer.status;
    response.body = answer.json;
    return response;
}

} // namespace kdra::demo
