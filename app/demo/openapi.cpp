// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/openapi.h"

#include <QJsonArray>

namespace kdra::demo::openapi {
namespace {

using L = QLatin1StringView;

QString rootOf(const ResourceType &type)
{
    return type.group.isEmpty() ? QStringLiteral("api/") + type.version
                                : QStringLiteral("apis/") + type.group + QLatin1Char('/') + type.version;
}

QString schemaName(const ResourceType &type)
{
    const QString group = type.group.isEmpty() ? QStringLiteral("core") : type.group.section(QLatin1Char('.'), 0, 0);
    return QStringLiteral("io.k8s.api.%1.%2.%3").arg(group, type.version, type.kind);
}

QJsonObject gvk(const ResourceType &type)
{
    return {{QStringLiteral("group"), type.group}, {QStringLiteral("version"), type.version},
        {QStringLiteral("kind"), type.kind}};
}

QJsonObject parameter(const char *name)
{
    return {{QStringLiteral("name"), QString::fromLatin1(name)}, {QStringLiteral("in"), QStringLiteral("query")},
        {QStringLiteral("schema"),
            QJsonObject{{QStringLiteral("type"), QStringLiteral("string")}, {QStringLiteral("uniqueItems"), true}}}};
}

QJsonObject operation(const ResourceType &type, const QString &action)
{
    return {{QStringLiteral("x-kubernetes-action"), action},
        {QStringLiteral("x-kubernetes-group-version-kind"), gvk(type)},
        {QStringLiteral("parameters"),
            QJsonArray{parameter("dryRun"), parameter("fieldManager"), parameter("fieldValidation")}},
        {QStringLiteral("responses"),
            QJsonObject{{QStringLiteral("200"), QJsonObject{{QStringLiteral("description"), QStringLiteral("OK")}}}}}};
}

QJsonObject document(const QList<const ResourceType *> &types, const QString &root)
{
    QJsonObject paths;
    QJsonObject schemas;
    for (const ResourceType *type : types) {
        const QString collection = QLatin1Char('/') + root
            + (type->namespaced ? QStringLiteral("/namespaces/{namespace}/") : QStringLiteral("/")) + type->plural;
        paths.insert(collection, QJsonObject{{QStringLiteral("post"), operation(*type, QStringLiteral("post"))}});
        paths.insert(collection + QStringLiteral("/{name}"),
            QJsonObject{{QStringLiteral("put"), operation(*type, QStringLiteral("put"))},
                {QStringLiteral("patch"), operation(*type, QStringLiteral("patch"))}});
        schemas.insert(schemaName(*type),
            QJsonObject{{QStringLiteral("type"), QStringLiteral("object")},
                {QStringLiteral("x-kubernetes-preserve-unknown-fields"), true},
                {QStringLiteral("x-kubernetes-group-version-kind"), QJsonArray{gvk(*type)}}});
    }
    return {{QStringLiteral("openapi"), QStringLiteral("3.0.0")},
        {QStringLiteral("info"),
            QJsonObject{{QStringLiteral("title"), QStringLiteral("Kubernetes")},
                {QStringLiteral("version"), QStringLiteral("v1.36.2")}}},
        {QStringLiteral("paths"), paths},
        {QStringLiteral("components"), QJsonObject{{QStringLiteral("schemas"), schemas}}}};
}

} // namespace

ApiResult<ApiResponse> answer(const ApiRequest &request, const Resources &resources)
{
    if (request.segments.value(1) != L("v3"))
        return status::noSuchPath();
    QMap<QString, QList<const ResourceType *>> roots;
    for (const ResourceType &type : resources.all()) {
        if (!type.plural.isEmpty())
            roots[rootOf(type)].append(&type);
    }
    if (request.segments.size() == 2) {
        QJsonObject paths;
        for (auto it = roots.cbegin(); it != roots.cend(); ++it)
            paths.insert(it.key(),
                QJsonObject{{QStringLiteral("serverRelativeURL"),
                    QString(QStringLiteral("/openapi/v3/%1?hash=%2").arg(it.key()).arg(it->size()))}});
        return ApiResponse::of({{QStringLiteral("paths"), paths}});
    }
    const QString root = request.segments.sliced(2).join(QLatin1Char('/'));
    if (!roots.contains(root))
        return status::noSuchPath();
    return ApiResponse::of(document(roots.value(root), root));
}

} // namespace kdra::demo::openapi
