// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "metrics/connection.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>

namespace kdra::metrics {

// Sends to an Endpoint that is not proxied. Lives on the network thread; all calls there.
class DirectWay : public QObject {
    Q_OBJECT
public:
    DirectWay(Endpoint endpoint, Secrets secrets, QObject *parent);
    ~DirectWay() override; // its replies end as cancelled

    // The caller owns the reply. Errors: Configuration, Local (files that cannot be read).
    Result<QNetworkReply *> send(const Call &call);

private:
    Result<QNetworkRequest> prepare(const Call &call);
    Result<QSslConfiguration> tls() const;

    Endpoint m_endpoint;
    Secrets m_secrets;
    QNetworkAccessManager *m_network = nullptr; // child, made on first use
    std::optional<QSslConfiguration> m_tls;
};

} // namespace kdra::metrics
