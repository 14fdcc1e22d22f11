// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/reviews.h"

#include "demo/authz.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace kdra::demo::reviews {
namespace {

using L = QLatin1StringView;

QJsonObject userInfo(const QString &user)
{
    return {{QStringLiteral("username"), user},
        {QStringLiteral("groups"), QJsonArray::fromStringList(authz::groupsOf(user))}};
}

QJsonObject accessStatus(const QString &user, const QJsonObject &spec)
{
    const QJsonObject resource = spec.value(L("resourceAttributes")).toObject();
    const QJsonObject path = spec.value(L("nonResourceAttributes")).toObject();
    bool allowed = false;
    if (!resource.isEmpty()) {
        QString name = resource.value(L("resource")).toString();
        if (const QString sub = resource.value(L("subresource")).toString(); !sub.isEmpty())
            name += QLatin1Char('/') + sub;
        allowed = authz::allowed(user,
            {resource.value(L("verb")).toString(), resource.value(L("group")).toString(), name,
                resource.value(L("namespace")).toString(), resource.value(L("name")).toString()});
    } else {
        allowed = authz::allowedPath(user, path.value(L("path")).toString());
    }
    QJsonObject status{{QStringLiteral("allowed"), allowed}};
    if (!allowed)
        status.insert(QStringLiteral("reason"), QStringLiteral("no rule of the demo cluster allows it"));
    return status;
}

} // namespace

std::optional<ApiResult<ApiResponse>> answer(const ApiRequest &request)
{
    const QStringList &parts = request.segments;
    if (parts.value(0) != L("apis") || request.method != "POST"
        || (parts.value(1) != L("authorization.k8s.io") && parts.value(1) != L("authentication.k8s.io")))
        return std::nullopt;
    const QString resource = parts.value(parts.size() - 1);
    QJsonObject review = QJsonDocument::fromJson(request.body).object();
    const QJsonObject spec = review.value(L("spec")).toObject();
    if (review.isEmpty())
        return status::badRequest(
            QStringLiteral("the object provided is unrecognized (must be of type %1)").arg(resource));
    if (request.user == L("system:anonymous"))
        return std::unexpected(ApiStatus{403, QStringLiteral("Forbidden"),
            QStringLiteral("%1.%2 is forbidden: User \"system:anonymous\" cannot create resource \"%1\" in API group "
                           "\"%2\" at the cluster scope")
                .arg(resource, parts.at(1)),
            {}});
    QJsonObject answer;
    if (resource == L("selfsubjectaccessreviews")) {
        answer = accessStatus(request.user, spec);
    } else if (resource == L("subjectaccessreviews") || resource == L("localsubjectaccessreviews")) {
        if (!authz::allowed(
                request.user, {QStringLiteral("create"), QStringLiteral("authorization.k8s.io"), resource, {}, {}}))
            return std::unexpected(ApiStatus{403, QStringLiteral("Forbidden"),
                QStringLiteral("%1.authorization.k8s.io is forbidden: User \"%2\" cannot create resource \"%1\" in API "
                               "group \"authorization.k8s.io\" at the cluster scope")
                    .arg(resource, request.user),
                {}});
        answer = accessStatus(spec.value(L("user")).toString(), spec);
    } else if (resource == L("selfsubjectrulesreviews")) {
        const QJsonObject paths{{QStringLiteral("verbs"), QJsonArray{QStringLiteral("get")}},
            {QStringLiteral("nonResourceURLs"),
                QJsonArray{QStringLiteral("/api"), QStringLiteral("/api/*"), QStringLiteral("/apis"),
                    QStringLiteral("/apis/*"), QStringLiteral("/version")}}};
        answer = {{QStringLiteral("resourceRules"), authz::rules(request.user, spec.value(L("namespace")).toString())},
            {QStringLiteral("nonResourceRules"), QJsonArray{paths}}, {QStringLiteral("incomplete"), false}};
    } else if (resource == L("selfsubjectreviews")) {
        answer = {{QStringLiteral("userInfo"), userInfo(request.user)}};
    } else if (resource == L("tokenreviews")) {
        const QString user = authz::userOf(spec.value(L("token")).toString());
        answer = {{QStringLiteral("authenticated"), !user.isEmpty()}};
        if (!user.isEmpty())
            answer.insert(QStringLiteral("user"), userInfo(user));
    } else {
        return status::noSuchPath();
    }
    review.insert(QStringLiteral("metadata"), QJsonObject{{QStringLiteral("creationTimestamp"), QJsonValue()}});
    review.insert(QStringLiteral("status"), answer);
    return ApiResponse::of(review, 201);
}

} // namespace kdra::demo::reviews
