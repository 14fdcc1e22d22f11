// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/oidc.h"

#include "kube/credentials.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSslConfiguration>
#include <QTimeZone>
#include <QUrlQuery>

namespace kdra::kube {
namespace {

constexpr std::chrono::milliseconds Timeout = std::chrono::seconds(30);
constexpr qint64 MarginSeconds = 10;

QJsonObject jsonOf(QNetworkReply &reply)
{
    return QJsonDocument::fromJson(reply.read(1 << 20)).object();
}

} // namespace

OidcRefresh::OidcRefresh(QMap<QString, QString> config, QObject *parent)
    : QObject(parent)
    , m_config(std::move(config))
    , m_idToken(m_config.value(QStringLiteral("id-token")).toUtf8())
    , m_refreshToken(m_config.value(QStringLiteral("refresh-token")).toUtf8())
{
}

QDateTime OidcRefresh::expiry(const QByteArray &idToken)
{
    const QList<QByteArray> parts = idToken.split('.');
    if (parts.size() != 3)
        return {};
    const QJsonObject claims =
        QJsonDocument::fromJson(QByteArray::fromBase64(parts.at(1), QByteArray::Base64UrlEncoding)).object();
    const QJsonValue exp = claims.value(QLatin1StringView("exp"));
    return exp.isDouble() ? QDateTime::fromSecsSinceEpoch(exp.toInteger(), QTimeZone::utc()) : QDateTime();
}

Identity OidcRefresh::identity() const
{
    return Identity{.authorization = "Bearer " + m_idToken, .certificate = {}, .expires = expiry(m_idToken)};
}

Error OidcRefresh::signInAgain(const QString &what) const
{
    return Error{.kind = Error::Kind::Authentication,
        .what = what,
        .where = m_config.value(QStringLiteral("idp-issuer-url")),
        .remedy = tr("Sign in again with the tool that wrote this kubeconfig.")};
}

QNetworkAccessManager &OidcRefresh::network()
{
    if (!m_network)
        m_network = new QNetworkAccessManager(this);
    return *m_network;
}

QFuture<Result<Identity>> OidcRefresh::token()
{
    const auto answer = std::make_shared<Answer<Identity>>();
    const QDateTime expires = expiry(m_idToken);
    if (expires.isValid() && expires > QDateTime::currentDateTimeUtc().addSecs(MarginSeconds))
        answer->give(identity());
    else if (m_refreshToken.isEmpty())
        answer->give(
            std::unexpected(signInAgain(tr("The sign-in has expired, and the kubeconfig has no refresh-token."))));
    else if (!QUrl(m_config.value(QStringLiteral("idp-issuer-url"))).isValid()
        || m_config.value(QStringLiteral("idp-issuer-url")).isEmpty())
        answer->give(std::unexpected(signInAgain(tr("The kubeconfig's oidc entry has no usable idp-issuer-url."))));
    else
        discover(answer);
    return answer->future();
}

Result<QSslConfiguration> OidcRefresh::tls() const
{
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    const QString file = m_config.value(QStringLiteral("idp-certificate-authority"));
    const QByteArray data =
        QByteArray::fromBase64(m_config.value(QStringLiteral("idp-certificate-authority-data")).toLatin1());
    const Result<QByteArray> pem = readPem(data, file);
    if (!pem)
        return std::unexpected(pem.error());
    if (pem->isEmpty())
        return tls;
    const Result<QList<QSslCertificate>> authorities =
        readCertificates(*pem, file.isEmpty() ? QStringLiteral("idp-certificate-authority-data") : file);
    if (!authorities)
        return std::unexpected(authorities.error());
    tls.setCaCertificates(*authorities);
    return tls;
}

Result<QNetworkRequest> OidcRefresh::request(const QUrl &url) const
{
    const Result<QSslConfiguration> ssl = tls();
    if (!ssl)
        return std::unexpected(ssl.error());
    QNetworkRequest request(url);
    request.setSslConfiguration(*ssl);
    request.setTransferTimeout(Timeout);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::SameOriginRedirectPolicy);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/x-www-form-urlencoded"));
    return request;
}

void OidcRefresh::discover(const std::shared_ptr<Answer<Identity>> &answer)
{
    QString issuer = m_config.value(QStringLiteral("idp-issuer-url"));
    while (issuer.endsWith(QLatin1Char('/')))
        issuer.chop(1);
    const Result<QNetworkRequest> prepared =
        request(QUrl(issuer + QStringLiteral("/.well-known/openid-configuration")));
    if (!prepared) {
        answer->give(std::unexpected(prepared.error()));
        return;
    }
    QNetworkReply *reply = network().get(*prepared);
    connect(reply, &QNetworkReply::finished, this, [this, reply, answer] {
        reply->deleteLater();
        if (reply->error() != QNetworkReply::NoError) {
            answer->give(std::unexpected(signInAgain(
                tr("The sign-in could not be renewed: the issuer does not answer (%1).").arg(reply->errorString()))));
            return;
        }
        const QUrl endpoint(jsonOf(*reply).value(QLatin1StringView("token_endpoint")).toString());
        if (!endpoint.isValid() || endpoint.host().isEmpty())
            answer->give(std::unexpected(signInAgain(tr("The issuer names no token endpoint."))));
        else
            refresh(endpoint, false, answer);
    });
}

void OidcRefresh::refresh(const QUrl &endpoint, bool secretInBody, const std::shared_ptr<Answer<Identity>> &answer)
{
    Result<QNetworkRequest> prepared = request(endpoint);
    if (!prepared) {
        answer->give(std::unexpected(prepared.error()));
        return;
    }
    const QString client = m_config.value(QStringLiteral("client-id"));
    const QString secret = m_config.value(QStringLiteral("client-secret"));
    const auto encoded = [](const QString &text) { return QUrl::toPercentEncoding(text); };
    QByteArray body =
        "grant_type=refresh_token&refresh_token=" + QUrl::toPercentEncoding(QString::fromUtf8(m_refreshToken));
    // RFC 6749 section 2.3.1: the header is what every issuer must support; some support the body only.
    if (secret.isEmpty() || secretInBody) {
        body += "&client_id=" + encoded(client);
        if (!secret.isEmpty())
            body += "&client_secret=" + encoded(secret);
    } else {
        prepared->setRawHeader("Authorization", "Basic " + (encoded(client) + ':' + encoded(secret)).toBase64());
    }
    QNetworkReply *reply = network().post(*prepared, body);
    connect(reply, &QNetworkReply::finished, this, [this, reply, answer, endpoint, secretInBody, secret] {
        reply->deleteLater();
        const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        if (status == 401 && !secretInBody && !secret.isEmpty())
            refresh(endpoint, true, answer);
        else
            answer->give(readTokens(*reply));
    });
}

Result<Identity> OidcRefresh::readTokens(QNetworkReply &reply)
{
    const QJsonObject tokens = jsonOf(reply);
    if (reply.error() != QNetworkReply::NoError) {
        QString reason = tokens.value(QLatin1StringView("error_description")).toString();
        if (reason.isEmpty())
            reason = tokens.value(QLatin1StringView("error")).toString();
        if (reason.isEmpty())
            reason = reply.errorString();
        return std::unexpected(signInAgain(tr("The sign-in could not be renewed: %1.").arg(reason)));
    }
    const QByteArray idToken = tokens.value(QLatin1StringView("id_token")).toString().toUtf8();
    if (idToken.isEmpty())
        return std::unexpected(signInAgain(tr("The issuer answered without an id-token.")));
    m_idToken = idToken;
    if (const QString next = tokens.value(QLatin1StringView("refresh_token")).toString(); !next.isEmpty())
        m_refreshToken = next.toUtf8();
    return identity();
}

} // namespace kdra::kube
