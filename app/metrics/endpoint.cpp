// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/endpoint.h"

#include "base/secretstore.h"
#include "base/whenfinished.h"

#include <QCoreApplication>
#include <QJsonDocument>

namespace kdra::metrics {

using namespace Qt::StringLiterals;

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::metrics::Endpoint)
};

constexpr std::pair<Login, QLatin1StringView> logins[] = {{Login::None, "none"_L1}, {Login::Basic, "basic"_L1},
    {Login::Bearer, "bearer"_L1}, {Login::Certificate, "certificate"_L1}};

QString encoded(const QString &segment)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(segment));
}

// "/a/b" of "a/b/", "/a/b" or ""; percent-encoded where it is not yet.
QString tidyPrefix(const QString &prefix)
{
    QString path;
    for (const auto parts = prefix.split(u'/', Qt::SkipEmptyParts); const QString &part : parts)
        path += u'/' + encoded(QUrl::fromPercentEncoding(part.toUtf8()));
    return path;
}

Error misconfigured(const QString &what, const QString &where, const QString &remedy)
{
    return Error{.kind = Error::Kind::Configuration, .what = what, .where = where, .remedy = remedy};
}

} // namespace

QString Endpoint::pathOf(const QString &api) const
{
    if (!isProxied())
        return tidyPrefix(url.path()) + tidyPrefix(prefix) + api;
    // Colons part scheme, name and port here, and stay as they are.
    QString target = (https ? u"https:"_s : QString()) + encoded(service);
    if (!port.isEmpty())
        target += u':' + encoded(port);
    else if (https)
        target += u':';
    return u"/api/v1/namespaces/"_s + encoded(ns) + u"/services/"_s + target + u"/proxy"_s + tidyPrefix(prefix) + api;
}

QString Endpoint::title() const
{
    if (!isProxied())
        return url.toDisplayString(QUrl::RemovePassword | QUrl::StripTrailingSlash) + tidyPrefix(prefix);
    return ns + u'/' + service + (port.isEmpty() ? QString() : u':' + port) + tidyPrefix(prefix);
}

std::optional<Error> Endpoint::problem() const
{
    if (isProxied()) {
        if (ns.isEmpty())
            return misconfigured(Text::tr("The service has no namespace."), service, Text::tr("Choose its namespace."));
        return {};
    }
    const bool plain = url.scheme() == "http"_L1;
    if (!url.isValid() || url.host().isEmpty() || (!plain && url.scheme() != "https"_L1))
        return misconfigured(Text::tr("This is not an address that can be asked for metrics."),
            url.toDisplayString(QUrl::RemovePassword), Text::tr("Write it as https://host:port or http://host:port."));
    if (!url.userInfo().isEmpty())
        return misconfigured(Text::tr("The address holds a user or a password."), title(),
            Text::tr("Take them out of the address and choose basic authentication: the keychain keeps the password."));
    if (plain && login == Login::Certificate)
        return misconfigured(Text::tr("A client certificate needs an encrypted connection."), title(),
            Text::tr("Write https:// instead of http:// in the address."));
    return {};
}

QJsonObject Endpoint::toJson() const
{
    QJsonObject json;
    const auto put = [&](QLatin1StringView key, const QString &value) {
        if (!value.isEmpty())
            json.insert(key, value);
    };
    put("namespace"_L1, ns);
    put("service"_L1, service);
    put("port"_L1, port);
    if (https)
        json.insert("https"_L1, true);
    put("url"_L1, url.toString(QUrl::RemovePassword));
    if (login != Login::None)
        put("login"_L1, std::ranges::find(logins, login, &std::pair<Login, QLatin1StringView>::first)->second);
    put("user"_L1, user);
    put("certificateAuthority"_L1, certificateAuthority);
    if (insecureSkipTlsVerify)
        json.insert("insecureSkipTlsVerify"_L1, true);
    put("prefix"_L1, prefix);
    put("tenant"_L1, tenant);
    return json;
}

Result<Endpoint> Endpoint::fromJson(const QJsonObject &json)
{
    Endpoint endpoint{.ns = json.value("namespace"_L1).toString(),
        .service = json.value("service"_L1).toString(),
        .port = json.value("port"_L1).toString(),
        .https = json.value("https"_L1).toBool(),
        .url = QUrl(json.value("url"_L1).toString()),
        .user = json.value("user"_L1).toString(),
        .certificateAuthority = json.value("certificateAuthority"_L1).toString(),
        .insecureSkipTlsVerify = json.value("insecureSkipTlsVerify"_L1).toBool(),
        .prefix = json.value("prefix"_L1).toString(),
        .tenant = json.value("tenant"_L1).toString()};
    const QString login = json.value("login"_L1).toString(u"none"_s);
    const auto known = std::ranges::find_if(logins, [&](const auto &entry) { return entry.second == login; });
    if (known == std::end(logins))
        return std::unexpected(misconfigured(
            Text::tr("“%1” is no way of signing in.").arg(login), u"login"_s, Text::tr("Choose the source anew.")));
    endpoint.login = known->first;
    if (std::optional<Error> problem = endpoint.problem())
        return std::unexpected(std::move(*problem));
    return endpoint;
}

QFuture<Result<Secrets>> readSecrets(const QString &name)
{
    return onPool(secretstore::read(name), [](const Result<QByteArray> &stored) -> Result<Secrets> {
        if (!stored && stored.error().kind == Error::Kind::NotFound)
            return Secrets();
        if (!stored)
            return std::unexpected(stored.error());
        const QJsonObject json = QJsonDocument::fromJson(*stored).object();
        return Secrets{.password = json.value("password"_L1).toString(),
            .certificate = json.value("certificate"_L1).toString().toUtf8(),
            .key = json.value("key"_L1).toString().toUtf8()};
    });
}

QFuture<Result<void>> writeSecrets(const QString &name, const Secrets &secrets)
{
    const QJsonObject json{{u"password"_s, secrets.password},
        {u"certificate"_s, QString::fromUtf8(secrets.certificate)}, {u"key"_s, QString::fromUtf8(secrets.key)}};
    return secretstore::write(name, QJsonDocument(json).toJson(QJsonDocument::Compact));
}

} // namespace kdra::metrics
