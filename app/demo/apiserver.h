// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo/democluster.h"
#include "demo/objectstore.h"
#include "demo/request.h"

class QTcpSocket;

namespace kdra::demo {

struct UpgradeRequest;
class Acceptor;
class CustomResources;
class HttpFront;
class StreamHub;

// The API server: listens, authenticates, authorizes, and sends each request where it belongs. Lives on the demo
// cluster's thread.
class ApiServer : public QObject {
    Q_OBJECT
public:
    // Answers what a client asks a service for through the API server: {namespace, "name:port", path, query}.
    using ServiceProxy = std::function<std::optional<ApiResponse>(const ApiRequest &request)>;

    ApiServer(ObjectStore &store, DemoOptions options, QObject *parent = nullptr);
    ~ApiServer() override;

    // The port, or an Error when it is taken.
    Result<quint16> listen(quint16 port);
    Acceptor &acceptor() { return *m_acceptor; }
    // Answers for the aggregated API metrics.k8s.io; nullopt: it has none of that.
    void setMetricsApi(ServiceProxy api) { m_metricsApi = std::move(api); }
    void setServiceProxy(ServiceProxy proxy) { m_serviceProxy = std::move(proxy); }

    // Any request; also the entry for requests that come by WebSocket.
    ApiResponse handle(ApiRequest &request);

private:
    ApiResult<ApiResponse> dispatch(ApiRequest &request);
    ApiResult<ApiResponse> dispatchResource(ApiRequest &request);
    void upgrade(QTcpSocket *socket, const UpgradeRequest &request);

    ObjectStore &m_store;
    DemoOptions m_options;
    ServiceProxy m_serviceProxy;
    ServiceProxy m_metricsApi;
    StreamHub *m_streams;
    Acceptor *m_acceptor;
    HttpFront *m_http;
    CustomResources *m_customResources;
};

} // namespace kdra::demo
