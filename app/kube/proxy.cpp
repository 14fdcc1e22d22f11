// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/proxy.h"

#include <QCoreApplication>
#include <QHostAddress>
#include <QNetworkProxyFactory>

namespace kdra::kube {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::kube::Proxy)
};

QString anyCase(const QProcessEnvironment &environment, const QString &name)
{
    const QString upper = environment.value(name);
    return upper.isEmpty() ? environment.value(name.toLower()) : upper;
}

int portOf(const QUrl &url)
{
    return url.port(url.scheme() == QLatin1StringView("http") ? 80 : 443);
}

bool isLoopback(const QString &host)
{
    const QHostAddress address(host);
    return host == QLatin1StringView("localhost") || (!address.isNull() && address.isLoopback());
}

// One entry of NO_PROXY: "*", an address, a CIDR block, "example.com" (with its subdomains), ".example.com" (only
// those), each with an optional port.
bool excludes(QString rule, const QUrl &server)
{
    rule = rule.trimmed().toLower();
    if (rule.isEmpty())
        return false;
    if (rule == QLatin1Char('*'))
        return true;
    const QString host = server.host().toLower();
    const QHostAddress address(host);
    if (rule.contains(QLatin1Char('/')))
        return !address.isNull() && address.isInSubnet(QHostAddress::parseSubnet(rule));
    const qsizetype colon = rule.lastIndexOf(QLatin1Char(':'));
    if (colon > 0 && rule.count(QLatin1Char(':')) == 1) {
        if (QStringView(rule).sliced(colon + 1).toInt() != portOf(server))
            return false;
        rule.truncate(colon);
    }
    if (!address.isNull())
        return QHostAddress(rule) == address;
    if (rule.startsWith(QLatin1StringView("*.")))
        rule.remove(0, 1);
    if (rule.startsWith(QLatin1Char('.')))
        return host.endsWith(rule);
    return host == rule || host.endsWith(QLatin1Char('.') + rule);
}

Result<QNetworkProxy> fromUrl(const QUrl &url, const QString &source)
{
    const QString scheme = url.scheme().toLower();
    const auto bad = [&](const QString &what, const QString &remedy) {
        return std::unexpected(Error{.kind = Error::Kind::Configuration,
            .what = what,
            .where = source + QStringLiteral(": ") + url.toDisplayString(QUrl::RemoveUserInfo),
            .remedy = remedy});
    };
    if (!url.isValid() || url.host().isEmpty())
        return bad(Text::tr("The proxy's address is not a URL."),
            Text::tr("Write it as http://host:port or socks5://host:port."));
    QNetworkProxy proxy;
    int defaultPort = 80;
    if (scheme == QLatin1StringView("http")) {
        proxy.setType(QNetworkProxy::HttpProxy);
        // Plain http:// requests go through CONNECT as well: an upgrade to WebSocket needs a tunnel.
        proxy.setCapabilities(proxy.capabilities() & ~QNetworkProxy::CachingCapability);
    } else if (scheme == QLatin1StringView("socks5") || scheme == QLatin1StringView("socks5h")) {
        proxy.setType(QNetworkProxy::Socks5Proxy);
        defaultPort = 1080;
    } else if (scheme == QLatin1StringView("https")) {
        return bad(Text::tr("Proxies that are themselves reached by TLS are not supported."),
            Text::tr("Use the proxy's http:// or socks5:// port; the connection through it stays encrypted."));
    } else {
        return bad(Text::tr("The proxy's scheme “%1” is unknown.").arg(scheme),
            Text::tr("Supported are http:// and socks5://."));
    }
    proxy.setHostName(url.host());
    proxy.setPort(static_cast<quint16>(url.port(defaultPort)));
    proxy.setUser(url.userName(QUrl::FullyDecoded));
    proxy.setPassword(url.password(QUrl::FullyDecoded));
    return proxy;
}

} // namespace

Result<ProxyRoute> proxyRoute(const QUrl &server, const QUrl &proxyUrl, const QProcessEnvironment &environment)
{
    using Source = ProxyRoute::Source;
    const QNetworkProxy none(QNetworkProxy::NoProxy);
    const auto from = [](Source source, const QString &name) {
        return [source, name](const QNetworkProxy &proxy) { return ProxyRoute{proxy, source, name}; };
    };
    if (!proxyUrl.isEmpty())
        return fromUrl(proxyUrl, QStringLiteral("proxy-url")).transform(from(Source::Kubeconfig, {}));
    if (isLoopback(server.host()))
        return ProxyRoute{none, Source::Loopback, {}};
    const QString name =
        server.scheme() == QLatin1StringView("http") ? QStringLiteral("HTTP_PROXY") : QStringLiteral("HTTPS_PROXY");
    const QString value = anyCase(environment, name);
    const QStringList rules =
        anyCase(environment, QStringLiteral("NO_PROXY")).split(QLatin1Char(','), Qt::SkipEmptyParts);
    for (const QString &rule : rules) {
        if (excludes(rule, server))
            return ProxyRoute{none, Source::NoProxyRule, QStringLiteral("NO_PROXY")};
    }
    if (!value.isEmpty()) {
        const QUrl url =
            value.contains(QLatin1StringView("://")) ? QUrl(value) : QUrl(QStringLiteral("http://") + value);
        return fromUrl(url, name).transform(from(Source::Environment, name));
    }
    // systemProxyForQuery knows http and https, not wss; all of them leave the same way.
    QUrl url = server;
    url.setScheme(QStringLiteral("https"));
    const QList<QNetworkProxy> system = QNetworkProxyFactory::systemProxyForQuery(QNetworkProxyQuery(url));
    return ProxyRoute{system.isEmpty() ? none : system.constFirst(), Source::Desktop, {}};
}

Result<QNetworkProxy> proxyFor(const QUrl &server, const QUrl &proxyUrl, const QProcessEnvironment &environment)
{
    return proxyRoute(server, proxyUrl, environment).transform([](const ProxyRoute &route) { return route.proxy; });
}

} // namespace kdra::kube
