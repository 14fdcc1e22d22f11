// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/request.h"

#include <QJsonDocument>
#include <QUrl>

namespace kdra::demo {
namespace {

QString decoded(QStringView text, bool plusIsSpace)
{
    QByteArray bytes = text.toUtf8();
    if (plusIsSpace)
        bytes.replace('+', ' ');
    return QString::fromUtf8(QByteArray::fromPercentEncoding(bytes));
}

} // namespace

QString ApiRequest::param(QLatin1StringView wanted) const
{
    for (const auto &[key, value] : query) {
        if (key == wanted)
            return value;
    }
    return {};
}

bool ApiRequest::has(QLatin1StringView wanted) const
{
    return std::ranges::any_of(query, [wanted](const auto &entry) { return entry.first == wanted; });
}

QString ApiRequest::fieldManager() const
{
    QString given = param(QLatin1StringView("fieldManager"));
    if (!given.isEmpty())
        return given;
    const QString agent = QString::fromUtf8(userAgent).section(QLatin1Char('/'), 0, 0);
    return agent.isEmpty() ? QStringLiteral("unknown") : agent.left(128);
}

void ApiRequest::setUrl(const QUrl &url)
{
    const QString encoded = url.path(QUrl::FullyEncoded);
    path = decoded(encoded, false);
    segments.clear();
    for (const auto parts = QStringView(encoded).split(QLatin1Char('/'), Qt::SkipEmptyParts);
        const QStringView part : parts)
        segments.append(decoded(part, false));
    query.clear();
    const QString text = url.query(QUrl::FullyEncoded);
    for (const auto parts = QStringView(text).split(QLatin1Char('&'), Qt::SkipEmptyParts);
        const QStringView part : parts) {
        const qsizetype equals = part.indexOf(QLatin1Char('='));
        query.append({decoded(equals < 0 ? part : part.first(equals), true),
            equals < 0 ? QString() : decoded(part.sliced(equals + 1), true)});
    }
}

ApiResult<void> ApiRequest::resolve(const Resources &resources)
{
    QStringList parts = segments;
    QString group;
    if (parts.value(0) == QLatin1StringView("api")) {
        parts.removeFirst();
    } else if (parts.value(0) == QLatin1StringView("apis") && parts.size() >= 2) {
        group = parts.at(1);
        parts.remove(0, 2);
    } else {
        return status::noSuchPath();
    }
    if (parts.size() < 2)
        return status::noSuchPath();
    const QString version = parts.takeFirst();
    // "namespaces/NS/pods" is about pods; "namespaces/NS[/status|finalize]" about the namespace itself.
    if (parts.size() >= 3 && parts.at(0) == QLatin1StringView("namespaces")
        && !(group.isEmpty()
            && (parts.at(2) == QLatin1StringView("status") || parts.at(2) == QLatin1StringView("finalize")))) {
        ns = parts.at(1);
        parts.remove(0, 2);
    }
    type = resources.find(group, version, parts.takeFirst());
    if (type < 0)
        return status::noSuchPath();
    if (!ns.isEmpty() && !resources.at(type).namespaced)
        return status::noSuchPath();
    name = parts.isEmpty() ? QString() : parts.takeFirst();
    subresource = parts.isEmpty() ? QString() : parts.takeFirst();
    rest = parts;
    if (type == kind::Namespace)
        ns = name; // as the authorizer sees it
    if (!subresource.isEmpty() && !resources.at(type).subresources.contains(subresource))
        return status::noSuchPath();
    if (method == "GET" || method == "HEAD") {
        verb = flag(QLatin1StringView("watch")) && subresource.isEmpty() ? QStringLiteral("watch")
            : name.isEmpty()                                             ? QStringLiteral("list")
                                                                         : QStringLiteral("get");
    } else if (method == "POST") {
        verb = QStringLiteral("create");
    } else if (method == "PUT") {
        verb = QStringLiteral("update");
    } else if (method == "PATCH") {
        verb = QStringLiteral("patch");
    } else if (method == "DELETE") {
        verb = name.isEmpty() ? QStringLiteral("deletecollection") : QStringLiteral("delete");
    }
    const bool wrongTarget =
        ((verb == QLatin1StringView("update") || verb == QLatin1StringView("patch")) && name.isEmpty())
        || (verb == QLatin1StringView("create") && !name.isEmpty() && subresource.isEmpty())
        || (verb == QLatin1StringView("deletecollection") && ns.isEmpty() && resources.at(type).namespaced);
    if (verb.isEmpty() || wrongTarget)
        return status::methodNotAllowed(resources.at(type).plural, verb);
    return {};
}

ApiResponse ApiResponse::of(const ApiStatus &status)
{
    ApiResponse response{status.code, QByteArrayLiteral("application/json"), status.json(), {}, nullptr};
    if (const int seconds = status.details.value(QLatin1StringView("retryAfterSeconds")).toInt(); seconds > 0)
        response.headers.append({QByteArrayLiteral("Retry-After"), QByteArray::number(seconds)});
    return response;
}

ApiResponse ApiResponse::of(const QJsonObject &object, int code)
{
    return {code, QByteArrayLiteral("application/json"), QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n',
        {}, nullptr};
}

} // namespace kdra::demo
