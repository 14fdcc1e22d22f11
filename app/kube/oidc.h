// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kube/answer.h"

#include <QDateTime>
#include <QMap>
#include <QObject>

class QNetworkAccessManager;
class QNetworkReply;
class QNetworkRequest;
class QSslConfiguration;

namespace kdra::kube {

struct Identity;

// auth-provider oidc: the kubeconfig's id-token while it is valid, then a new one for the refresh-token from the
// issuer's token endpoint (OpenID Connect Discovery 1.0, RFC 6749 section 6). New tokens stay in memory: KDRA never
// writes a kubeconfig. Lives on its Credentials' thread.
class OidcRefresh : public QObject {
    Q_OBJECT
public:
    explicit OidcRefresh(QMap<QString, QString> config, QObject *parent = nullptr);

    QFuture<Result<Identity>> token();

    // The server refused the current id-token: get another.
    void forget() { m_idToken.clear(); }

    // The time an id-token ends (its "exp" claim); invalid when it is not a JWT.
    static QDateTime expiry(const QByteArray &idToken);

private:
    Identity identity() const;
    QNetworkAccessManager &network();
    Result<QSslConfiguration> tls() const;
    Result<QNetworkRequest> request(const QUrl &url) const;
    void discover(const std::shared_ptr<Answer<Identity>> &answer);
    void refresh(const QUrl &endpoint, bool secretInBody, const std::shared_ptr<Answer<Identity>> &answer);
    Result<Identity> readTokens(QNetworkReply &reply);
    Error signInAgain(const QString &what) const;

    QMap<QString, QString> m_config;
    QByteArray m_idToken;
    QByteArray m_refreshToken; // an issuer may hand out a new one with each refresh
    QNetworkAccessManager *m_network = nullptr; // child
};

} // namespace kdra::kube
