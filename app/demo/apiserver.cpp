// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/apiserver.h"

#include "base/log.h"
#include "demo/acceptor.h"
#include "demo/authz.h"
#include "demo/customresources.h"
#include "demo/discoveryanswers.h"
#include "demo/encoder.h"
#include "demo/httpfront.h"
#include "demo/lifecycle.h"
#include "demo/listing.h"
#include "demo/openapi.h"
#include "demo/protobufbody.h"
#include "demo/quota.h"
#include "demo/reviews.h"
#include "demo/stream.h"
#include "demo/subresources.h"
#include "demo/watchsource.h"
#include "demo/writes.h"

#include <QTcpSocket>
#include <QUrl>

namespace kdra::demo {

using L = QLatin1StringView;

ApiServer::ApiServer(ObjectStore &store, DemoOptions options, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_options(options)
    , m_streams(new StreamHub(store, this))
    , m_acceptor(new Acceptor(this))
    , m_http(new HttpFront([this](ApiRequest &request) { return handle(request); }, *m_acceptor, m_streams, this))
    , m_customResources(new CustomResources(store, this))
{
    new Lifecycle(store, this);
    new QuotaStatus(store, this);
    connect(m_acceptor, &Acceptor::upgradeRequested, this, &ApiServer::upgrade);
}

ApiServer::~ApiServer()
{
    delete m_streams; // before the sockets and the HTTP server that its answers write to
}

Result<quint16> ApiServer::listen(quint16 port)
{
    m_acceptor->setListenBacklogSize(512);
    if (!m_acceptor->listen(QHostAddress::LocalHost, port))
        return std::unexpected(Error{.kind = Error::Kind::Local,
            .what = tr("The demo cluster cannot listen: %1.").arg(m_acceptor->errorString()),
            .where = QStringLiteral("127.0.0.1:%1").arg(port),
            .remedy = tr("Choose another port with --port, or 0 for any free one."),
            .reason = {},
            .status = {}});
    m_http->bind(m_acceptor);
    return m_acceptor->serverPort();
}

ApiResponse ApiServer::handle(ApiRequest &request)
{
    ApiResult<ApiResponse> result = dispatch(request);
    qCDebug(log::demo).noquote() << request.method << request.path << (result ? result->code : result.error().code);
    return result ? std::move(*result) : ApiResponse::of(result.error());
}

ApiResult<ApiResponse> ApiServer::dispatch(ApiRequest &request)
{
    const auto user = authz::authenticate(request, m_options.requireToken);
    if (!user)
        return std::unexpected(user.error());
    request.user = *user;
    if (request.contentType == "application/vnd.kubernetes.protobuf") {
        auto json = jsonFromProtobuf(request.body);
        if (!json)
            return std::unexpected(json.error());
        request.body = std::move(*json);
        request.contentType = QByteArrayLiteral("application/json");
    }
    if (auto review = reviews::answer(request))
        return *review;
    const QString first = request.segments.value(0);
    if (first == L("apis") && m_metricsApi) {
        if (std::optional<ApiResponse> answer = m_metricsApi(request))
            return std::move(*answer);
    }
    const bool resource =
        (first == L("api") && request.segments.size() >= 3) || (first == L("apis") && request.segments.size() >= 4);
    if (!resource) {
        if (const auto may = authz::authorize(request, m_store.resources()); !may)
            return std::unexpected(may.error());
        if (first == L("openapi"))
            return openapi::answer(request, m_store.resources());
        return discovery::answer(request, m_store.resources(), m_options.compat120);
    }
    return dispatchResource(request);
}

ApiResult<ApiResponse> ApiServer::dispatchResource(ApiRequest &request)
{
    if (const auto resolved = request.resolve(m_store.resources()); !resolved)
        return std::unexpected(resolved.error());
    if (const auto may = authz::authorize(request, m_store.resources()); !may)
        return std::unexpected(may.error());
    if (request.subresource == L("proxy")) {
        std::optional<ApiResponse> answer = m_serviceProxy ? m_serviceProxy(request) : std::nullopt;
        if (answer)
            return std::move(*answer);
        return std::unexpected(ApiStatus{503, QStringLiteral("ServiceUnavailable"),
            QStringLiteral("no endpoints available for service \"%1\"").arg(request.name), {}});
    }
    if (!request.subresource.isEmpty() && request.subresource != L("status"))
        return subresources::answer(request, m_store);
    if (request.verb == L("watch")) {
        const auto encoder = Encoder::of(request, m_store.resources());
        if (!encoder)
            return std::unexpected(encoder.error());
        auto options = WatchSource::options(request, m_store, !m_options.compat120);
        if (!options)
            return std::unexpected(options.error());
        options->bookmarkSeconds = m_options.bookmarkSeconds;
        ApiResponse response;
        response.stream = std::make_shared<WatchSource>(m_store, *encoder, request.type, std::move(*options));
        return response;
    }
    if (request.verb == L("list"))
        return listObjects(request, m_store);
    return writes::answer(request, m_store);
}

void ApiServer::upgrade(QTcpSocket *socket, const UpgradeRequest &upgrade)
{
    ApiRequest request;
    request.method = QByteArrayLiteral("GET");
    request.setUrl(QUrl::fromEncoded(upgrade.target));
    request.accept = upgrade.headers.value("accept");
    request.userAgent = upgrade.headers.value("user-agent");
    request.authorization = upgrade.headers.value("authorization");
    const auto refuse = [socket](int code, const QByteArray &text) {
        WsConnection::refuse(socket, {code, QByteArrayLiteral("text/plain; charset=utf-8"), text, {}, nullptr});
    };
    if (!m_options.webSocket)
        return refuse(400, "this proxy does not speak WebSocket\n");
    // A bearer token may come as a subprotocol from browsers; others offer at most the one that they want.
    const QByteArrayList protocols = upgrade.protocols();
    if (!upgrade.headers.contains("origin"))
        return refuse(403, "origin header required\n");
    if (protocols.size() > 1)
        return refuse(403, "more than one subprotocol offered\n");
    ApiResponse response = handle(request);
    if (response.code != 200)
        return WsConnection::refuse(socket, response);
    if (!response.stream)
        return refuse(400, "not a watch\n");
    auto *connection = new WsConnection(response.stream, socket, upgrade, protocols.value(0), m_streams);
    connection->pump();
}

} // namespace kdra::demo
