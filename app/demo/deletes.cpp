// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/deletes.h"

#include "demo/deletion.h"
#include "demo/listing.h"
#include "demo/patch.h"
#include "demo/writes.h"

namespace kdra::demo::deletes {
namespace {

using L = QLatin1StringView;

ApiResult<DeleteOptions> optionsOf(const ApiRequest &request)
{
    DeleteOptions options;
    QJsonObject body;
    if (!request.body.trimmed().isEmpty()) {
        if (request.contentType != "application/json" && request.contentType != "application/yaml"
            && !request.contentType.isEmpty())
            return status::unsupportedMediaType(
                QStringLiteral("the body of the request was in an unknown format - accepted media types include: "
                               "application/json, application/yaml"));
        const auto parsed = parseBody(request.body);
        if (!parsed)
            return std::unexpected(parsed.error());
        body = *parsed;
    }
    if (request.has(L("gracePeriodSeconds")))
        options.gracePeriodSeconds = request.param(L("gracePeriodSeconds")).toInt();
    else if (body.contains(L("gracePeriodSeconds")) && !body.value(L("gracePeriodSeconds")).isNull())
        options.gracePeriodSeconds = body.value(L("gracePeriodSeconds")).toInt();
    options.propagationPolicy = request.param(L("propagationPolicy"));
    if (options.propagationPolicy.isEmpty())
        options.propagationPolicy = body.value(L("propagationPolicy")).toString();
    if (body.value(L("orphanDependents")).toBool())
        options.propagationPolicy = QStringLiteral("Orphan");
    const QJsonObject preconditions = body.value(L("preconditions")).toObject();
    options.uid = preconditions.value(L("uid")).toString();
    options.resourceVersion = preconditions.value(L("resourceVersion")).toString();
    static const QStringList policies{
        QString(), QStringLiteral("Background"), QStringLiteral("Foreground"), QStringLiteral("Orphan")};
    if (!policies.contains(options.propagationPolicy)) {
        ResourceType deleteOptions;
        deleteOptions.group = QStringLiteral("meta.k8s.io");
        deleteOptions.kind = QStringLiteral("DeleteOptions");
        return status::invalid(deleteOptions, {},
            {{QStringLiteral("propagationPolicy"), QStringLiteral("FieldValueNotSupported"),
                QStringLiteral(
                    "Unsupported value: \"%1\": supported values: \"Foreground\", \"Background\", \"Orphan\", \"nil\"")
                    .arg(options.propagationPolicy)}});
    }
    return options;
}

QJsonObject success(const ResourceType &type, const ObjectPtr &object)
{
    QJsonObject details{{QStringLiteral("name"), QString::fromUtf8(object->name)},
        {QStringLiteral("kind"), type.plural}, {QStringLiteral("uid"), QString::fromUtf8(object->uid)}};
    if (!type.group.isEmpty())
        details.insert(QStringLiteral("group"), type.group);
    return {{QStringLiteral("kind"), QStringLiteral("Status")}, {QStringLiteral("apiVersion"), QStringLiteral("v1")},
        {QStringLiteral("metadata"), QJsonObject()}, {QStringLiteral("status"), QStringLiteral("Success")},
        {QStringLiteral("details"), details}};
}

// Kinds whose DELETE answers with the object even when it is gone.
bool returnsObject(TypeId type)
{
    return type == kind::Pod || type == kind::Service || type == kind::ServiceAccount || type == kind::PersistentVolume
        || type == kind::PersistentVolumeClaim || type == kind::ResourceQuota || type == kind::PodTemplate;
}

ApiResult<ApiResponse> collection(const ApiRequest &request, ObjectStore &store, const DeleteOptions &options)
{
    const auto filter = filterOf(request, store.resources());
    if (!filter)
        return std::unexpected(filter.error());
    std::vector<ObjectPtr> gone;
    for (const ObjectPtr &object : store.list(request.type, filter->ns)) {
        if (!filter->matches(*object))
            continue;
        if (request.dryRun()) {
            gone.push_back(object);
        } else if (const auto deleted = deleteObject(store, object->type, object->ns, object->name, options)) {
            gone.push_back(*deleted);
        }
    }
    const auto encoder = Encoder::of(request, store.resources());
    if (!encoder)
        return std::unexpected(encoder.error());
    ApiResponse response;
    response.body = encoder->list(gone, {{QStringLiteral("resourceVersion"), QString::number(store.revision())}});
    return response;
}

} // namespace

ApiResult<ApiResponse> answer(const ApiRequest &request, ObjectStore &store)
{
    const auto options = optionsOf(request);
    if (!options)
        return std::unexpected(options.error());
    if (request.verb == L("deletecollection"))
        return collection(request, store, *options);
    const ResourceType &type = store.resources().at(request.type);
    const QByteArray ns = type.namespaced ? request.ns.toUtf8() : QByteArray();
    const QByteArray name = request.name.toUtf8();
    const ObjectPtr object = store.get(type.id, ns, name);
    if (!object)
        return std::unexpected(status::notFound(type, request.name).error());
    if (request.dryRun())
        return returnsObject(type.id) ? writes::show(request, store, object) : ApiResponse::of(success(type, object));
    const auto deleted = deleteObject(store, type.id, ns, name, *options);
    if (!deleted)
        return std::unexpected(deleted.error());
    if (returnsObject(type.id) || store.get(type.id, ns, name))
        return writes::show(request, store, *deleted);
    return ApiResponse::of(success(type, object));
}

} // namespace kdra::demo::deletes
