// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kube/apiclient.h"
#include "kube/credentials.h"

#include <atomic>

namespace kdra::kube {

// Turns a Request and an Identity into what the network takes: URL, headers, TLS, proxy. One thread: the client's.
class Transport {
public:
    explicit Transport(ClientConfig config);

    Result<QNetworkRequest> networkRequest(const Request &request, const Identity &identity);
    Result<SocketSetup> socketSetup(const QString &path, const QUrlQuery &query, const Identity &identity);

    // Read once.
    Result<QNetworkProxy> proxy();

    // Any thread. While set, whatever could change the cluster is refused here, which every request passes.
    void setReadOnly(bool readOnly) { m_readOnly = readOnly; }
    bool isReadOnly() const { return m_readOnly; }

    QUrl url(const QString &path, const QUrlQuery &query) const;
    // The name the server's certificate must have.
    QString serverName() const;

private:
    Result<QSslConfiguration> tls(const Identity &identity);
    // The Error of a request that a read-only cluster must not see.
    std::optional<Error> refusal(const QByteArray &verb, const QString &path) const;
    void setUserHeaders(QNetworkRequest &request, const Identity &identity) const;

    ClientConfig m_config;
    std::atomic<bool> m_readOnly = false;
    std::optional<QSslConfiguration> m_tls;
    quint64 m_tlsGeneration = 0;
    std::optional<Result<QNetworkProxy>> m_proxy;
};

} // namespace kdra::kube
