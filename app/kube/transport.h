// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kube/apiclient.h"
#include "kube/credentials.h"

namespace kdra::kube {

// Turns a Request and an Identity into what the network takes: URL, headers, TLS, proxy. One thread: the client's.
class Transport {
public:
    explicit Transport(ClientConfig config);

    Result<QNetworkRequest> networkRequest(const Request &request, const Identity &identity);
    Result<SocketSetup> socketSetup(const QString &path, const QUrlQuery &query, const Identity &identity);

    // Read once.
    Result<QNetworkProxy> proxy();

    QUrl url(const QString &path, const QUrlQuery &query) const;
    // The name the server's certificate must have.
    QString serverName() const;

private:
    Result<QSslConfiguration> tls(const Identity &identity);
    void setUserHeaders(QNetworkRequest &request, const Identity &identity) const;

    ClientConfig m_config;
    std::optional<QSslConfiguration> m_tls;
    quint64 m_tlsGeneration = 0;
    std::optional<Result<QNetworkProxy>> m_proxy;
};

} // namespace kdra::kube
