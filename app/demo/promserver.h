// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "demo/promapi.h"

#include <QHttpServer>

namespace kdra::demo {

struct ApiRequest;
struct ApiResponse;

// Serves PromApi on a port of its own on loopback, and through the API server's service proxy at the cluster's
// Prometheus Service (monitoring/prometheus).
class PromServer : public QObject {
    Q_OBJECT
public:
    explicit PromServer(const PromApi &api, QObject *parent = nullptr);

    // The port, or an Error when it is taken.
    Result<quint16> listen(quint16 port);

    // The answer to a request for services/NAME/proxy; nullopt when it is for another service.
    std::optional<ApiResponse> proxied(const ApiRequest &request) const;

private:
    const PromApi &m_api;
    QHttpServer m_http;
};

} // namespace kdra::demo
