// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/transport.h"

#include "kube/proxy.h"
#include "kube/readonly.h"

#include <QCoreApplication>
#include <QHttpHeaders>
#include <QSslSocket>
#include <QWebSocket>

namespace kdra::kube {
namespace {

// RFC 9110 tokens, without "%" which is the escape: client-go's headerKeyEscape for Impersonate-Extra-*.
QByteArray headerKey(const QString &key)
{
    return QUrl::toPercentEncoding(key, "!#$&'*+-.^_`|~");
}

} // namespace

void openSocket(QWebSocket &socket, const SocketSetup &setup)
{
    socket.setSslConfiguration(setup.ssl);
    socket.setProxy(setup.proxy);
    socket.open(setup.request);
    if (setup.tlsServerName.isEmpty())
        return;
    // The TLS socket exists once open() returns, and greets the server later.
    if (auto *tls = socket.findChild<QSslSocket *>())
        tls->setPeerVerifyName(setup.tlsServerName);
}

Transport::Transport(ClientConfig config)
    : m_config(std::move(config))
{
}

QString Transport::serverName() const
{
    const ClusterEntry &cluster = m_config.cluster;
    return cluster.tlsServerName.isEmpty() ? cluster.server.host() : cluster.tlsServerName;
}

QUrl Transport::url(const QString &path, const QUrlQuery &query) const
{
    QUrl url = m_config.cluster.server;
    QString prefix = url.path(QUrl::FullyEncoded);
    while (prefix.endsWith(QLatin1Char('/')))
        prefix.chop(1);
    url.setUserInfo({});
    url.setFragment({});
    url.setPath(prefix + (path.startsWith(QLatin1Char('/')) ? path : QLatin1Char('/') + path), QUrl::TolerantMode);
    if (!query.isEmpty()) {
        // QUrl leaves "+" as it is, and Go reads it as a space.
        QString text = query.toString(QUrl::FullyEncoded);
        text.replace(QLatin1Char('+'), QStringLiteral("%2B"));
        url.setQuery(text, QUrl::StrictMode);
    }
    return url;
}

Result<QSslConfiguration> Transport::tls(const Identity &identity)
{
    if (m_tls && m_tlsGeneration == identity.generation)
        return *m_tls;
    const ClusterEntry &cluster = m_config.cluster;
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    // Upgrades to WebSocket fail on a connection that negotiated HTTP/2.
    tls.setAllowedNextProtocols({QByteArrayLiteral("http/1.1")});
    const Result<QByteArray> pem = readPem(cluster.certificateAuthorityData, cluster.certificateAuthority);
    if (!pem)
        return std::unexpected(pem.error());
    if (!pem->isEmpty()) {
        const Result<QList<QSslCertificate>> authorities = readCertificates(*pem,
            cluster.certificateAuthority.isEmpty()
                ? QCoreApplication::translate("kube", "cluster %1, certificate-authority-data").arg(cluster.name)
                : cluster.certificateAuthority);
        if (!authorities)
            return std::unexpected(authorities.error());
        tls.setCaCertificates(*authorities); // only these: the system's authorities must not vouch for a cluster
    }
    if (cluster.insecureSkipTlsVerify)
        tls.setPeerVerifyMode(QSslSocket::VerifyNone);
    if (!identity.certificate.isNull()) {
        tls.setLocalCertificateChain(identity.certificate.chain);
        tls.setPrivateKey(identity.certificate.key);
    }
    m_tls = tls;
    m_tlsGeneration = identity.generation;
    return tls;
}

Result<QNetworkProxy> Transport::proxy()
{
    if (!m_proxy)
        m_proxy = proxyFor(m_config.cluster.server, m_config.cluster.proxyUrl);
    return *m_proxy;
}

void Transport::setUserHeaders(QNetworkRequest &request, const Identity &identity) const
{
    const UserEntry &user = m_config.user;
    QHttpHeaders headers = request.headers();
    if (!identity.authorization.isEmpty())
        headers.append(QHttpHeaders::WellKnownHeader::Authorization, identity.authorization);
    if (!user.impersonateUser.isEmpty())
        headers.append("Impersonate-User", user.impersonateUser.toUtf8());
    if (!user.impersonateUid.isEmpty())
        headers.append("Impersonate-Uid", user.impersonateUid.toUtf8());
    for (const QString &group : user.impersonateGroups)
        headers.append("Impersonate-Group", group.toUtf8());
    for (const auto &[key, values] : user.impersonateExtra.asKeyValueRange()) {
        for (const QString &value : values)
            headers.append(QByteArray("Impersonate-Extra-" + headerKey(key)), value.toUtf8());
    }
    headers.append(QHttpHeaders::WellKnownHeader::UserAgent,
        QByteArray("kdra/" + QCoreApplication::applicationVersion().toUtf8()));
    request.setHeaders(std::move(headers));
}

std::optional<Error> Transport::refusal(const QByteArray &verb, const QString &path) const
{
    if (!m_readOnly || !mayChange(verb, path))
        return {};
    return Error{.kind = Error::Kind::Forbidden,
        .what = QCoreApplication::translate("kube", "This cluster is marked read-only, so the request was not sent."),
        .where = QString::fromLatin1(verb) + QLatin1Char(' ') + url(path, {}).toDisplayString(),
        .remedy = QCoreApplication::translate("kube", "Take the read-only mark off the cluster first."),
        .reason = QStringLiteral("ReadOnly")};
}

Result<QNetworkRequest> Transport::networkRequest(const Request &request, const Identity &identity)
{
    if (std::optional<Error> refused = refusal(request.verb, request.path))
        return std::unexpected(std::move(*refused));
    // QNetworkAccessManager joins values with a comma, and the API server would take "dev, ops" for one group.
    const UserEntry &user = m_config.user;
    const bool manyExtra =
        std::ranges::any_of(user.impersonateExtra, [](const QStringList &values) { return values.size() > 1; });
    if (user.impersonateGroups.size() > 1 || manyExtra)
        return std::unexpected(Error{.kind = Error::Kind::Configuration,
            .what = QCoreApplication::translate(
                "kube", "The user “%1” is impersonated with several groups or values, which is not supported.")
                .arg(user.name),
            .where = url(request.path, {}).toDisplayString(),
            .remedy = QCoreApplication::translate(
                "kube", "Leave one entry in as-groups and one for each key of as-user-extra.")});

    const Result<QSslConfiguration> ssl = tls(identity);
    if (!ssl)
        return std::unexpected(ssl.error());
    QNetworkRequest result(url(request.path, request.query));
    result.setSslConfiguration(*ssl);
    if (!m_config.cluster.tlsServerName.isEmpty())
        result.setPeerVerifyName(m_config.cluster.tlsServerName);
    result.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    result.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::SameOriginRedirectPolicy);
    result.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    result.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    result.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    result.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    result.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    // A list of ten thousand similar pods compresses better than Qt's limit against archive bombs allows.
    result.setDecompressedSafetyCheckThreshold(-1);
    result.setPriority(request.background ? QNetworkRequest::LowPriority : QNetworkRequest::HighPriority);
    setUserHeaders(result, identity);
    QHttpHeaders headers = result.headers();
    if (!request.accept.isEmpty())
        headers.append(QHttpHeaders::WellKnownHeader::Accept, request.accept);
    if (!request.contentType.isEmpty())
        headers.append(QHttpHeaders::WellKnownHeader::ContentType, request.contentType);
    if (m_config.cluster.disableCompression)
        headers.append(QHttpHeaders::WellKnownHeader::AcceptEncoding, "identity");
    for (const auto &[name, value] : request.headers)
        headers.append(name, value);
    result.setHeaders(std::move(headers));
    return result;
}

Result<SocketSetup> Transport::socketSetup(const QString &path, const QUrlQuery &query, const Identity &identity)
{
    if (std::optional<Error> refused = refusal("GET", path))
        return std::unexpected(std::move(*refused));
    const Result<QSslConfiguration> ssl = tls(identity);
    if (!ssl)
        return std::unexpected(ssl.error());
    const Result<QNetworkProxy> way = proxy();
    if (!way)
        return std::unexpected(way.error());
    SocketSetup setup;
    QUrl target = url(path, query);
    setup.origin = target.toString(QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveFragment | QUrl::RemoveUserInfo);
    target.setScheme(target.scheme() == QLatin1StringView("http") ? QStringLiteral("ws") : QStringLiteral("wss"));
    setup.request.setUrl(target);
    setUserHeaders(setup.request, identity);
    if (!m_config.cluster.tlsServerName.isEmpty())
        setup.request.setPeerVerifyName(m_config.cluster.tlsServerName);
    setup.ssl = *ssl;
    setup.proxy = *way;
    setup.ignoreHostNameMismatch = m_config.cluster.insecureSkipTlsVerify;
    setup.tlsServerName = m_config.cluster.tlsServerName;
    return setup;
}

} // namespace kdra::kube
