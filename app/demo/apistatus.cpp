// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/apistatus.h"

#include "demo/resources.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace kdra::demo {

QJsonObject ApiStatus::object() const
{
    QJsonObject status{{QStringLiteral("apiVersion"), QStringLiteral("v1")},
        {QStringLiteral("kind"), QStringLiteral("Status")}, {QStringLiteral("metadata"), QJsonObject()},
        {QStringLiteral("status"), QStringLiteral("Failure")}, {QStringLiteral("message"), message},
        {QStringLiteral("reason"), reason}, {QStringLiteral("code"), code}};
    if (!details.isEmpty())
        status.insert(QStringLiteral("details"), details);
    return status;
}

QByteArray ApiStatus::json() const
{
    return QJsonDocument(object()).toJson(QJsonDocument::Compact) + '\n';
}

namespace status {
namespace {

std::unexpected<ApiStatus> make(int code, QLatin1StringView reason, const QString &message, QJsonObject details = {})
{
    return std::unexpected(ApiStatus{code, QString(reason), message, std::move(details)});
}

// Details that name the resource; most errors give the plural here, Invalid the kind.
QJsonObject about(const QString &group, const QString &what, const QString &name)
{
    QJsonObject details;
    if (!name.isEmpty())
        details.insert(QStringLiteral("name"), name);
    if (!group.isEmpty())
        details.insert(QStringLiteral("group"), group);
    details.insert(QStringLiteral("kind"), what);
    return details;
}

} // namespace

std::unexpected<ApiStatus> notFound(const ResourceType &type, const QString &name)
{
    return make(404, QLatin1StringView("NotFound"),
        QStringLiteral("%1 \"%2\" not found").arg(type.groupResource(), name), about(type.group, type.plural, name));
}

std::unexpected<ApiStatus> alreadyExists(const ResourceType &type, const QString &name)
{
    return make(409, QLatin1StringView("AlreadyExists"),
        QStringLiteral("%1 \"%2\" already exists").arg(type.groupResource(), name),
        about(type.group, type.plural, name));
}

std::unexpected<ApiStatus> conflict(const ResourceType &type, const QString &name, const QString &why)
{
    return make(409, QLatin1StringView("Conflict"),
        QStringLiteral("Operation cannot be fulfilled on %1 \"%2\": %3").arg(type.groupResource(), name, why),
        about(type.group, type.plural, name));
}

std::unexpected<ApiStatus> objectModified(const ResourceType &type, const QString &name)
{
    return conflict(type, name,
        QStringLiteral("the object has been modified; please apply your changes to the latest version and try again"));
}

std::unexpected<ApiStatus> invalid(const ResourceType &type, const QString &name, const QList<Cause> &causes)
{
    QJsonArray list;
    QStringList texts;
    for (const Cause &cause : causes) {
        list.append(QJsonObject{{QStringLiteral("reason"), cause.reason}, {QStringLiteral("message"), cause.message},
            {QStringLiteral("field"), cause.field}});
        texts.append(cause.field + QStringLiteral(": ") + cause.message);
    }
    const QString all =
        texts.size() == 1 ? texts.first() : QLatin1Char('[') + texts.join(QStringLiteral(", ")) + QLatin1Char(']');
    QJsonObject details = about(type.group, type.kind, name);
    details.insert(QStringLiteral("causes"), list);
    const QString what = type.group.isEmpty() ? type.kind : type.kind + QLatin1Char('.') + type.group;
    return make(
        422, QLatin1StringView("Invalid"), QStringLiteral("%1 \"%2\" is invalid: %3").arg(what, name, all), details);
}

std::unexpected<ApiStatus> invalidOptions(const QString &kind, const QList<Cause> &causes)
{
    ResourceType options;
    options.group = QStringLiteral("meta.k8s.io");
    options.kind = kind;
    return invalid(options, {}, causes);
}

std::unexpected<ApiStatus> badRequest(const QString &message)
{
    return make(400, QLatin1StringView("BadRequest"), message);
}

std::unexpected<ApiStatus> forbidden(const ResourceType &type, const QString &name, const QString &why)
{
    const QString subject =
        name.isEmpty() ? type.groupResource() : QStringLiteral("%1 \"%2\"").arg(type.groupResource(), name);
    return make(403, QLatin1StringView("Forbidden"), QStringLiteral("%1 is forbidden: %2").arg(subject, why),
        about(type.group, type.plural, name));
}

std::unexpected<ApiStatus> unauthorized()
{
    return make(401, QLatin1StringView("Unauthorized"), QStringLiteral("Unauthorized"));
}

std::unexpected<ApiStatus> expired(const QString &message)
{
    return make(410, QLatin1StringView("Expired"), message);
}

std::unexpected<ApiStatus> tooManyRequests(const QString &message, int retryAfterSeconds)
{
    QJsonObject details;
    if (retryAfterSeconds > 0)
        details.insert(QStringLiteral("retryAfterSeconds"), retryAfterSeconds);
    return make(429, QLatin1StringView("TooManyRequests"), message, details);
}

std::unexpected<ApiStatus> methodNotAllowed(const QString &, const QString &)
{
    return make(405, QLatin1StringView("MethodNotAllowed"),
        QStringLiteral("the server does not allow this method on the requested resource"));
}

std::unexpected<ApiStatus> unsupportedMediaType(const QString &message)
{
    return make(415, QLatin1StringView("UnsupportedMediaType"), message);
}

std::unexpected<ApiStatus> notAcceptable(const QString &message)
{
    return make(406, QLatin1StringView("NotAcceptable"), message);
}

std::unexpected<ApiStatus> noSuchPath()
{
    return make(404, QLatin1StringView("NotFound"), QStringLiteral("the server could not find the requested resource"));
}

} // namespace status
} // namespace kdra::demo
