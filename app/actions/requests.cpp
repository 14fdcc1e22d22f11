// SPDX-License-Identifier: GPL-3.0-or-later
#include "actions/requests.h"

#include <QCoreApplication>
#include <QJsonDocument>

namespace kdra::actions {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::actions::Requests)
};

kube::Request writing(
    const QByteArray &verb, const QString &path, const QByteArray &contentType, const QByteArray &body)
{
    kube::Request request{.verb = verb, .path = path, .body = body, .contentType = contentType};
    request.query.addQueryItem(QStringLiteral("fieldManager"), QStringLiteral("kdra"));
    return request;
}

QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

} // namespace

kube::Request getRequest(const QString &path, const QUrlQuery &query)
{
    return kube::Request{.path = path, .query = query};
}

kube::Request postRequest(const QString &path, const QJsonObject &body)
{
    return writing("POST", path, "application/json", compact(body));
}

kube::Request putRequest(const QString &path, const QJsonObject &body)
{
    return writing("PUT", path, "application/json", compact(body));
}

kube::Request mergePatchRequest(const QString &path, QJsonObject patch, const QString &uid)
{
    QJsonObject metadata = patch.value(u"metadata").toObject();
    metadata.insert(QStringLiteral("uid"), uid);
    patch.insert(QStringLiteral("metadata"), metadata);
    return writing("PATCH", path, "application/merge-patch+json", compact(patch));
}

kube::Request jsonPatchRequest(const QString &path, const QJsonArray &operations)
{
    return writing(
        "PATCH", path, "application/json-patch+json", QJsonDocument(operations).toJson(QJsonDocument::Compact));
}

kube::Request deleteRequest(const QString &path, const QJsonObject &options)
{
    return kube::Request{.verb = "DELETE", .path = path, .body = compact(options), .contentType = "application/json"};
}

Result<QJsonObject> objectOf(const Result<kube::Response> &response)
{
    if (!response)
        return std::unexpected(response.error());
    QJsonParseError problem;
    const QJsonDocument parsed = QJsonDocument::fromJson(response->body, &problem);
    if (!parsed.isObject())
        return std::unexpected(Error{.kind = Error::Kind::Protocol,
            .what = Text::tr("The server's answer is not a Kubernetes object."),
            .where = problem.errorString(),
            .remedy = Text::tr("Try again; if it stays, a proxy may be in the way.")});
    return parsed.object();
}

QString uidOf(const QJsonObject &object)
{
    return object.value(u"metadata").toObject().value(u"uid").toString();
}

QString resourceVersionOf(const QJsonObject &object)
{
    return object.value(u"metadata").toObject().value(u"resourceVersion").toString();
}

Error replacedError(const Target &target)
{
    return Error{.kind = Error::Kind::Conflict,
        .what = Text::tr("%1 has been deleted meanwhile, and another object has its name now.").arg(target.display()),
        .where = target.path(),
        .remedy = Text::tr("Look at the new object; if the action is meant for it, start it again.")};
}

Error explained(const Error &error, const Target &target)
{
    if (error.kind != Error::Kind::Conflict && error.kind != Error::Kind::Invalid)
        return error;
    const QJsonObject details = QJsonDocument::fromJson(error.status).object().value(u"details").toObject();
    for (const QJsonArray causes = details.value(u"causes").toArray(); const QJsonValue &cause : causes) {
        if (cause.toObject().value(u"field").toString() == QLatin1StringView("metadata.uid"))
            return replacedError(target);
    }
    // Deleting says it in a sentence only (rest.BeforeDelete, storage.Preconditions).
    const bool uid = error.what.contains(QLatin1StringView("UID in the precondition"))
        || error.what.contains(QLatin1StringView("UID in precondition"));
    return uid ? replacedError(target) : error;
}

} // namespace kdra::actions
