// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/directway.h"

#include "kube/proxy.h"
#include "kube/tlserror.h"
#include "kube/tlsfiles.h"

#include <QCoreApplication>
#include <QHttpHeaders>

namespace kdra::metrics {

using namespace Qt::StringLiterals;

DirectWay::DirectWay(Endpoint endpoint, Secrets secrets, QObject *parent)
    : QObject(parent)
    , m_endpoint(std::move(endpoint))
    , m_secrets(std::move(secrets))
{
}

DirectWay::~DirectWay() = default;

Result<QSslConfiguration> DirectWay::tls() const
{
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setAllowedNextProtocols({QByteArrayLiteral("http/1.1")});
    if (!m_endpoint.certificateAuthority.isEmpty()) {
        const Result<QByteArray> pem = kube::readPem({}, m_endpoint.certificateAuthority);
        if (!pem)
            return std::unexpected(pem.error());
        const auto authorities = kube::readCertificates(*pem, m_endpoint.certificateAuthority);
        if (!authorities)
            return std::unexpected(authorities.error());
        tls.setCaCertificates(*authorities);
    }
    if (m_endpoint.insecureSkipTlsVerify)
        tls.setPeerVerifyMode(QSslSocket::VerifyNone);
    if (m_endpoint.login == Login::Certificate) {
        const QString where = m_endpoint.title();
        const auto certificate = kube::readClientCertificate(m_secrets.certificate, m_secrets.key, where, where);
        if (!certificate)
            return std::unexpected(certificate.error());
        tls.setLocalCertificateChain(certificate->chain);
        tls.setPrivateKey(certificate->key);
    }
    return tls;
}

Result<QNetworkRequest> DirectWay::prepare(const Call &call)
{
    if (std::optional<Error> problem = m_endpoint.problem())
        return std::unexpected(std::move(*problem));
    QUrl url = m_endpoint.url;
    url.setFragment({});
    url.setPath(m_endpoint.pathOf(call.path), QUrl::TolerantMode);
    if (!call.query.isEmpty()) {
        // QUrl leaves "+" as it is, and Go reads it as a space.
        QString text = call.query.toString(QUrl::FullyEncoded);
        text.replace(u'+', u"%2B"_s);
        url.setQuery(text, QUrl::StrictMode);
    }
    QNetworkRequest request(url);
    if (url.scheme() == "https"_L1) {
        if (!m_tls) {
            const Result<QSslConfiguration> made = tls();
            if (!made)
                return std::unexpected(made.error());
            m_tls = *made;
        }
        request.setSslConfiguration(*m_tls);
    }
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::SameOriginRedirectPolicy);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    // Series are alike and compress better than Qt's limit against archive bombs allows; ours counts what comes out.
    request.setDecompressedSafetyCheckThreshold(-1);
    QHttpHeaders headers;
    if (m_endpoint.login == Login::Basic)
        headers.append(QHttpHeaders::WellKnownHeader::Authorization,
            "Basic " + (m_endpoint.user + u':' + m_secrets.password).toUtf8().toBase64());
    else if (m_endpoint.login == Login::Bearer)
        headers.append(QHttpHeaders::WellKnownHeader::Authorization, "Bearer " + m_secrets.password.toUtf8());
    if (!m_endpoint.tenant.isEmpty())
        headers.append("X-Scope-OrgID", m_endpoint.tenant.toUtf8());
    if (!call.contentType.isEmpty())
        headers.append(QHttpHeaders::WellKnownHeader::ContentType, call.contentType);
    headers.append(QHttpHeaders::WellKnownHeader::Accept, "application/json");
    headers.append(QHttpHeaders::WellKnownHeader::UserAgent,
        QByteArray("kdra/" + QCoreApplication::applicationVersion().toUtf8()));
    request.setHeaders(std::move(headers));
    return request;
}

Result<QNetworkReply *> DirectWay::send(const Call &call)
{
    const Result<QNetworkRequest> request = prepare(call);
    if (!request)
        return std::unexpected(request.error());
    if (!m_network) {
        const Result<QNetworkProxy> proxy = kube::proxyFor(m_endpoint.url, {});
        if (!proxy)
            return std::unexpected(proxy.error());
        m_network = new QNetworkAccessManager(this);
        m_network->setProxy(*proxy);
    }
    QNetworkReply *reply =
        call.verb == "GET" ? m_network->get(*request) : m_network->sendCustomRequest(*request, call.verb, call.body);
    connect(reply, &QNetworkReply::sslErrors, reply, [reply](const QList<QSslError> &errors) {
        // Where kube::ApiClient::errorOf() looks for it.
        reply->setProperty(
            "kdraTlsError", QVariant::fromValue(kube::tlsError(errors, reply->url(), reply->url().host())));
    });
    return reply;
}

} // namespace kdra::metrics
