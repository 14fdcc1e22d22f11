// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/writes.h"

#include "demo/defaults.h"
#include "demo/deletes.h"
#include "demo/encoder.h"
#include "demo/limitrange.h"
#include "demo/patch.h"
#include "demo/quota.h"
#include "demo/validation.h"

#include <QJsonDocument>

namespace kdra::demo::writes {
namespace {

using L = QLatin1StringView;

QJsonObject metadataOf(const QJsonObject &object)
{
    return object.value(L("metadata")).toObject();
}

// An object that is not stored: the answer to a dry run.
ObjectPtr unstored(const ObjectStore &store, TypeId type, const QJsonObject &object, quint64 revision)
{
    auto result = std::make_shared<StoredObject>();
    result->type = type;
    result->revision = revision;
    result->json = store.serialize(type, object, revision);
    result->name = metadataOf(object).value(L("name")).toString().toUtf8();
    result->ns = metadataOf(object).value(L("namespace")).toString().toUtf8();
    return result;
}

// The body as an object of the request's kind, in its namespace, under its name.
ApiResult<QJsonObject> bodyOf(const ApiRequest &request, const ObjectStore &store)
{
    const ResourceType &type = store.resources().at(request.type);
    if (request.contentType != "application/json" && request.contentType != "application/yaml"
        && !request.contentType.isEmpty() && !request.contentType.contains("apply-patch"))
        return status::unsupportedMediaType(
            QStringLiteral("the body of the request was in an unknown format - accepted media types include: "
                           "application/json, application/yaml"));
    auto body = parseBody(request.body);
    if (!body)
        return body;
    const QString kind = body->value(L("kind")).toString(type.kind);
    const QString version = body->value(L("apiVersion")).toString(type.apiVersion());
    if (kind != type.kind || version != type.apiVersion())
        return status::badRequest(QStringLiteral(
            "%1 in version \"%2\" cannot be handled as a %3: no kind \"%1\" is registered for version \"%2\" in scheme")
                .arg(kind, version, type.kind));
    QJsonObject metadata = metadataOf(*body);
    if (type.namespaced) {
        const QString ns = metadata.value(L("namespace")).toString();
        if (!ns.isEmpty() && ns != request.ns)
            return status::badRequest(QStringLiteral(
                "the namespace of the provided object does not match the namespace sent on the request"));
        metadata.insert(QStringLiteral("namespace"), request.ns);
    } else {
        metadata.remove(L("namespace"));
    }
    if (!request.name.isEmpty()) {
        const QString name = metadata.value(L("name")).toString(request.name);
        if (name != request.name)
            return status::badRequest(
                QStringLiteral("the name of the object (%1) does not match the name on the URL (%2)")
                    .arg(name, request.name));
        metadata.insert(QStringLiteral("name"), name);
    }
    body->insert(QStringLiteral("metadata"), metadata);
    if (type.id == kind::EventsEvent)
        *body = toCoreEvent(*body);
    return body;
}

ApiResult<void> admitNamespace(const ObjectStore &store, const ResourceType &type, const QJsonObject &metadata)
{
    if (!type.namespaced)
        return {};
    const QString name = metadata.value(L("namespace")).toString();
    const ObjectPtr ns = store.get(kind::Namespace, {}, name.toUtf8());
    if (!ns)
        return status::notFound(store.resources().at(kind::Namespace), name);
    if (ns->terminating) {
        auto refused = status::forbidden(type, metadata.value(L("name")).toString(),
            QStringLiteral("unable to create new content in namespace %1 because it is being terminated").arg(name));
        refused.error().details.insert(QStringLiteral("causes"),
            QJsonArray{QJsonObject{{QStringLiteral("reason"), QStringLiteral("NamespaceTerminating")},
                {QStringLiteral("message"), QStringLiteral("namespace %1 is being terminated").arg(name)},
                {QStringLiteral("field"), QStringLiteral("metadata.namespace")}}});
        return refused;
    }
    return {};
}

ApiResult<QJsonObject> patched(const ApiRequest &request, const ResourceType &type, const ObjectPtr &old)
{
    const QByteArray &form = request.contentType;
    const QJsonObject before = old->object();
    QJsonParseError error;
    const QJsonDocument patch = QJsonDocument::fromJson(request.body, &error);
    if (error.error != QJsonParseError::NoError)
        return status::badRequest(QStringLiteral("error decoding patch: %1").arg(error.errorString()));
    if (form == "application/json-patch+json")
        return patch.isArray()
            ? jsonPatch(before, patch.array())
            : ApiResult<QJsonObject>(status::badRequest(QStringLiteral(
                  "error decoding patch: json: cannot unmarshal object into Go value of type jsonpatch.Patch")));
    if (form == "application/merge-patch+json")
        return mergePatch(before, patch.object()).toObject();
    if (form == "application/strategic-merge-patch+json" && !type.custom)
        return strategicMergePatch(before, patch.object());
    return status::unsupportedMediaType(QStringLiteral(
        "the body of the request was in an unknown format - accepted media types include: application/json-patch+json, "
        "application/merge-patch+json, application/apply-patch+yaml"));
}

ApiResult<void> checkDryRun(const ApiRequest &request)
{
    const QString dryRun = request.param(L("dryRun"));
    if (dryRun.isEmpty() || dryRun == L("All"))
        return {};
    const QString kind = request.verb == L("create") ? QStringLiteral("CreateOptions")
        : request.verb == L("update")                ? QStringLiteral("UpdateOptions")
        : request.verb == L("patch")                 ? QStringLiteral("PatchOptions")
                                                     : QStringLiteral("DeleteOptions");
    return status::invalidOptions(kind,
        {{QStringLiteral("dryRun"), QStringLiteral("FieldValueNotSupported"),
            QStringLiteral("Unsupported value: [\"%1\"]: supported values: \"All\"").arg(dryRun)}});
}

ApiResult<ApiResponse> apply(
    const ApiRequest &request, ObjectStore &store, const ResourceType &type, const ObjectPtr &old, Writer writer)
{
    if (request.param(L("fieldManager")).isEmpty())
        return status::invalidOptions(QStringLiteral("PatchOptions"),
            {{QStringLiteral("fieldManager"), QStringLiteral("FieldValueRequired"),
                QStringLiteral("Required value: is required for apply patch")}});
    const auto body = bodyOf(request, store);
    if (!body)
        return std::unexpected(body.error());
    writer.force = request.flag(L("force"));
    if (!old && metadataOf(*body).contains(L("uid")))
        return status::conflict(type, request.name,
            QStringLiteral("uid mismatch: the provided object specified uid %1, and no existing object was found")
                .arg(metadataOf(*body).value(L("uid")).toString()));
    const auto merged = applyConfiguration(type, old ? old->object() : QJsonObject(), *body, writer);
    if (!merged)
        return std::unexpected(merged.error());
    if (!old) {
        const auto created = create(store, type.id, *merged, {}, request.dryRun());
        return created ? show(request, store, *created, 201) : ApiResult<ApiResponse>(std::unexpected(created.error()));
    }
    const auto replaced = replace(store, old, *merged, writer, request.dryRun(), true);
    return replaced ? show(request, store, *replaced) : ApiResult<ApiResponse>(std::unexpected(replaced.error()));
}

} // namespace

ApiResult<ApiResponse> show(const ApiRequest &request, const ObjectStore &store, const ObjectPtr &object, int code)
{
    const auto encoder = Encoder::of(request, store.resources());
    if (!encoder)
        return std::unexpected(encoder.error());
    ApiResponse response;
    response.code = code;
    response.body = encoder->one(*object) + '\n';
    return response;
}

ApiResult<ObjectPtr> create(ObjectStore &store, TypeId id, QJsonObject object, const Writer &writer, bool dryRun)
{
    const ResourceType &type = store.resources().at(store.resources().at(id).storage);
    QJsonObject metadata = metadataOf(object);
    for (const L key : {L("uid"), L("resourceVersion"), L("generation"), L("creationTimestamp"), L("deletionTimestamp"),
             L("deletionGracePeriodSeconds"), L("selfLink")}) {
        if (key == L("resourceVersion") && !metadata.value(key).toString().isEmpty())
            return status::badRequest(QStringLiteral("resourceVersion should not be set on objects to be created"));
        metadata.remove(key);
    }
    object.insert(QStringLiteral("metadata"), metadata);
    object.insert(QStringLiteral("apiVersion"), type.apiVersion());
    object.insert(QStringLiteral("kind"), type.kind);
    if (const auto admitted = admitNamespace(store, type, metadata); !admitted)
        return std::unexpected(admitted.error());
    const QString name = metadata.value(L("name")).toString();
    if (!name.isEmpty()
        && store.get(type.id, type.namespaced ? metadata.value(L("namespace")).toString().toUtf8() : QByteArray(),
            name.toUtf8()))
        return status::alreadyExists(type, name);
    if (!writer.manager.isEmpty())
        trackUpdate(type, {}, object, writer);
    if (const auto valid = validate(type, {}, object); !valid)
        return std::unexpected(valid.error());
    applyDefaults(type, object);
    initialize(type, object);
    if (const auto within = applyLimitRanges(store, type.id, object); !within)
        return std::unexpected(within.error());
    if (const auto within = checkQuota(store, type.id, object); !within)
        return std::unexpected(within.error());
    if (!dryRun)
        return store.create(type.id, std::move(object));
    metadata = metadataOf(object);
    if (name.isEmpty())
        metadata.insert(
            QStringLiteral("name"), QString(metadata.value(L("generateName")).toString() + QStringLiteral("00000")));
    metadata.insert(QStringLiteral("uid"), ObjectStore::newUid());
    metadata.insert(QStringLiteral("creationTimestamp"), ObjectStore::timestamp());
    object.insert(QStringLiteral("metadata"), metadata);
    return unstored(store, type.id, object, store.revision());
}

ApiResult<ObjectPtr> replace(
    ObjectStore &store, const ObjectPtr &old, QJsonObject changed, const Writer &writer, bool dryRun, bool tracked)
{
    const ResourceType &type = store.resources().at(old->type);
    const QJsonObject before = old->object();
    const bool hasStatus = type.subresources.contains(QStringLiteral("status"));
    QJsonObject metadata = metadataOf(changed);
    const QString uid = metadata.value(L("uid")).toString();
    if (!uid.isEmpty() && uid.toUtf8() != old->uid)
        return status::conflict(type, QString::fromUtf8(old->name),
            QStringLiteral("Precondition failed: UID in precondition: %1, UID in object meta: %2")
                .arg(uid, QString::fromUtf8(old->uid)));
    const QString revision = metadata.value(L("resourceVersion")).toString();
    if (!revision.isEmpty() && revision.toULongLong() != old->revision)
        return status::objectModified(type, QString::fromUtf8(old->name));
    if (writer.subresource == L("status")) {
        QJsonObject whole = before;
        whole.insert(QStringLiteral("status"), changed.value(L("status")));
        if (tracked)
            whole.insert(QStringLiteral("metadata"), metadata);
        changed = whole;
    } else if (hasStatus) {
        if (before.contains(L("status")))
            changed.insert(QStringLiteral("status"), before.value(L("status")));
        else
            changed.remove(L("status"));
    }
    metadata = metadataOf(changed);
    const QJsonObject oldMetadata = metadataOf(before);
    for (const L key : {L("name"), L("namespace"), L("uid"), L("creationTimestamp"), L("generation"),
             L("deletionTimestamp"), L("deletionGracePeriodSeconds"), L("resourceVersion")}) {
        if (oldMetadata.contains(key))
            metadata.insert(key, oldMetadata.value(key));
        else
            metadata.remove(key);
    }
    changed.insert(QStringLiteral("metadata"), metadata);
    if (writer.subresource.isEmpty()) {
        applyDefaults(type, changed);
        if (const auto valid = validate(type, before, changed); !valid)
            return std::unexpected(valid.error());
    }
    if (!tracked)
        trackUpdate(type, before, changed, writer);
    if (dryRun)
        return unstored(store, old->type, changed, old->revision);
    return store.update(old->type, std::move(changed));
}

ApiResult<ApiResponse> answer(const ApiRequest &request, ObjectStore &store)
{
    const ResourceType &type = store.resources().at(request.type);
    const Writer writer{request.fieldManager(), request.subresource};
    if (const auto valid = checkDryRun(request); !valid)
        return std::unexpected(valid.error());
    if (request.verb == L("create")) {
        auto body = bodyOf(request, store);
        if (!body)
            return std::unexpected(body.error());
        const auto created = create(store, type.id, std::move(*body), writer, request.dryRun());
        return created ? show(request, store, *created, 201) : ApiResult<ApiResponse>(std::unexpected(created.error()));
    }
    if (request.verb == L("delete") || request.verb == L("deletecollection"))
        return deletes::answer(request, store);
    const QByteArray ns = type.namespaced ? request.ns.toUtf8() : QByteArray();
    const ObjectPtr old = store.get(type.id, ns, request.name.toUtf8());
    if (request.verb == L("patch") && request.contentType == "application/apply-patch+yaml")
        return apply(request, store, type, old, writer);
    if (!old)
        return std::unexpected(status::notFound(type, request.name).error());
    if (request.verb == L("get"))
        return show(request, store, old);
    auto changed = request.verb == L("patch") ? patched(request, type, old) : bodyOf(request, store);
    if (!changed)
        return std::unexpected(changed.error());
    // A patch names no precondition as an update does: its uid is a field like others, and cannot change.
    const QJsonValue uid = metadataOf(*changed).value(L("uid"));
    if (request.verb == L("patch") && !uid.toString().isEmpty() && uid.toString().toUtf8() != old->uid)
        return status::invalid(type, request.name,
            {{QStringLiteral("metadata.uid"), QStringLiteral("FieldValueInvalid"),
                QStringLiteral("Invalid value: \"%1\": field is immutable").arg(uid.toString())}});
    const auto replaced = replace(store, old, std::move(*changed), writer, request.dryRun());
    return replaced ? show(request, store, *replaced) : ApiResult<ApiResponse>(std::unexpected(replaced.error()));
}

} // namespace kdra::demo::writes
