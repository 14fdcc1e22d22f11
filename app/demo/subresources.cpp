// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/subresources.h"

#include "demo/deletion.h"
#include "demo/patch.h"
#include "demo/podlogs.h"
#include "demo/selectors.h"
#include "demo/writes.h"

#include <QJsonDocument>

namespace kdra::demo::subresources {
namespace {

using L = QLatin1StringView;

QJsonObject created(const QString &message = {})
{
    QJsonObject status{{QStringLiteral("kind"), QStringLiteral("Status")},
        {QStringLiteral("apiVersion"), QStringLiteral("v1")}, {QStringLiteral("metadata"), QJsonObject()},
        {QStringLiteral("status"), QStringLiteral("Success")}, {QStringLiteral("code"), 201}};
    if (!message.isEmpty())
        status.insert(QStringLiteral("message"), message);
    return status;
}

QJsonObject scaleOf(const ObjectPtr &object)
{
    const QJsonObject json = object->object();
    const QJsonObject metadata = json.value(L("metadata")).toObject();
    const QJsonObject spec = json.value(L("spec")).toObject();
    QStringList selector;
    const QJsonObject labels = spec.value(L("selector")).toObject().value(L("matchLabels")).toObject();
    for (auto it = labels.begin(); it != labels.end(); ++it)
        selector.append(it.key() + QLatin1Char('=') + it.value().toString());
    QJsonObject scaleMetadata;
    for (const QString &key : {QStringLiteral("name"), QStringLiteral("namespace"), QStringLiteral("uid"),
             QStringLiteral("resourceVersion"), QStringLiteral("creationTimestamp")})
        scaleMetadata.insert(key, metadata.value(key));
    return {{QStringLiteral("kind"), QStringLiteral("Scale")},
        {QStringLiteral("apiVersion"), QStringLiteral("autoscaling/v1")}, {QStringLiteral("metadata"), scaleMetadata},
        {QStringLiteral("spec"), QJsonObject{{QStringLiteral("replicas"), spec.value(L("replicas")).toInt()}}},
        {QStringLiteral("status"),
            QJsonObject{{QStringLiteral("replicas"), json.value(L("status")).toObject().value(L("replicas")).toInt()},
                {QStringLiteral("selector"), selector.join(QLatin1Char(','))}}}};
}

ApiResult<ApiResponse> scale(const ApiRequest &request, ObjectStore &store, const ObjectPtr &object)
{
    QJsonObject wanted = scaleOf(object);
    if (request.verb == L("get"))
        return ApiResponse::of(wanted);
    const auto body = parseBody(request.body);
    if (request.contentType == "application/json-patch+json") {
        const auto patched = jsonPatch(wanted, QJsonDocument::fromJson(request.body).array());
        if (!patched)
            return std::unexpected(patched.error());
        wanted = *patched;
    } else if (!body) {
        return std::unexpected(body.error());
    } else {
        wanted = request.verb == L("patch") ? mergePatch(wanted, *body).toObject() : *body;
    }
    QJsonObject changed = object->object();
    QJsonObject metadata = changed.value(L("metadata")).toObject();
    const QString revision = wanted.value(L("metadata")).toObject().value(L("resourceVersion")).toString();
    metadata.insert(QStringLiteral("resourceVersion"), revision);
    changed.insert(QStringLiteral("metadata"), metadata);
    QJsonObject spec = changed.value(L("spec")).toObject();
    spec.insert(QStringLiteral("replicas"), wanted.value(L("spec")).toObject().value(L("replicas")).toInt());
    changed.insert(QStringLiteral("spec"), spec);
    Writer writer{request.fieldManager(), {}};
    const auto replaced = writes::replace(store, object, changed, writer, request.dryRun());
    if (!replaced)
        return std::unexpected(replaced.error());
    return ApiResponse::of(scaleOf(*replaced));
}

ApiResult<ApiResponse> bind(const ApiRequest &request, ObjectStore &store, const ObjectPtr &pod)
{
    const auto body = parseBody(request.body);
    if (!body)
        return std::unexpected(body.error());
    const QString node = body->value(L("target")).toObject().value(L("name")).toString();
    const QString current = pod->object().value(L("spec")).toObject().value(L("nodeName")).toString();
    if (!current.isEmpty())
        return status::conflict(store.resources().at(kind::Pod), request.name,
            QStringLiteral("pod %1 is already assigned to node \"%2\"").arg(request.name, current));
    const auto bound = store.modify(kind::Pod, pod->ns, pod->name, [&node](QJsonObject &json) {
        QJsonObject spec = json.value(L("spec")).toObject();
        spec.insert(QStringLiteral("nodeName"), node);
        json.insert(QStringLiteral("spec"), spec);
    });
    if (!bound)
        return std::unexpected(bound.error());
    return ApiResponse::of(created(), 201);
}

std::unexpected<ApiStatus> budgetRefuses(const QString &cause, int retryAfterSeconds)
{
    auto refused = status::tooManyRequests(
        QStringLiteral("Cannot evict pod as it would violate the pod's disruption budget."), retryAfterSeconds);
    refused.error().details.insert(QStringLiteral("causes"),
        QJsonArray{QJsonObject{
            {QStringLiteral("reason"), QStringLiteral("DisruptionBudget")}, {QStringLiteral("message"), cause}}});
    return refused;
}

// Whether the pod's budget lets it go (registry/core/pod/storage/eviction.go), and counts it.
ApiResult<void> askBudget(const ApiRequest &request, ObjectStore &store, const ObjectPtr &pod)
{
    const QString phase = pod->object().value(L("status")).toObject().value(L("phase")).toString();
    if (pod->terminating || phase == L("Succeeded") || phase == L("Failed") || phase == L("Pending"))
        return {};
    std::vector<ObjectPtr> budgets;
    for (const ObjectPtr &budget : store.list(kind::PodDisruptionBudget, pod->ns)) {
        const QJsonObject spec = budget->object().value(L("spec")).toObject();
        if (LabelSelector::fromJson(spec.value(L("selector")).toObject()).matches(pod->labels))
            budgets.push_back(budget);
    }
    if (budgets.size() > 1)
        return std::unexpected(ApiStatus{500, QStringLiteral("InternalError"),
            QStringLiteral(
                "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support."),
            {}});
    if (budgets.empty())
        return {};
    const ObjectPtr &budget = budgets.front();
    const QString name = QString::fromUtf8(budget->name);
    const QJsonObject json = budget->object();
    const QJsonObject state = json.value(L("status")).toObject();
    if (state.value(L("observedGeneration")).toInt()
        < json.value(L("metadata")).toObject().value(L("generation")).toInt())
        return budgetRefuses(
            QStringLiteral("The disruption budget %1 is still being processed by the server.").arg(name), 10);
    if (state.value(L("disruptionsAllowed")).toInt() <= 0)
        return budgetRefuses(QStringLiteral("The disruption budget %1 needs %2 healthy pods and has %3 currently")
                                 .arg(name)
                                 .arg(state.value(L("desiredHealthy")).toInt())
                                 .arg(state.value(L("currentHealthy")).toInt()),
            0);
    if (!request.dryRun()) {
        (void)store.modify(kind::PodDisruptionBudget, budget->ns, budget->name, [](QJsonObject &change) {
            QJsonObject counted = change.value(L("status")).toObject();
            counted.insert(QStringLiteral("disruptionsAllowed"), counted.value(L("disruptionsAllowed")).toInt() - 1);
            change.insert(QStringLiteral("status"), counted);
        });
    }
    return {};
}

ApiResult<ApiResponse> evict(const ApiRequest &request, ObjectStore &store, const ObjectPtr &pod)
{
    const auto body = request.body.isEmpty() ? ApiResult<QJsonObject>(QJsonObject()) : parseBody(request.body);
    if (!body)
        return std::unexpected(body.error());
    if (const auto may = askBudget(request, store, pod); !may)
        return std::unexpected(may.error());
    const QJsonObject given = body->value(L("deleteOptions")).toObject();
    DeleteOptions options;
    options.uid = given.value(L("preconditions")).toObject().value(L("uid")).toString();
    if (given.contains(L("gracePeriodSeconds")))
        options.gracePeriodSeconds = given.value(L("gracePeriodSeconds")).toInt();
    const bool dryRun = request.dryRun() || given.value(L("dryRun")).toArray().contains(QStringLiteral("All"));
    if (!dryRun) {
        if (const auto deleted = deleteObject(store, kind::Pod, pod->ns, pod->name, options); !deleted)
            return std::unexpected(deleted.error());
    }
    return ApiResponse::of(created(), 201);
}

} // namespace

ApiResult<ApiResponse> answer(const ApiRequest &request, ObjectStore &store)
{
    const ResourceType &type = store.resources().at(request.type);
    const ObjectPtr object =
        store.get(type.id, type.namespaced ? request.ns.toUtf8() : QByteArray(), request.name.toUtf8());
    if (!object)
        return status::notFound(type, request.name);
    if (request.subresource == L("scale"))
        return scale(request, store, object);
    if (request.subresource == L("log"))
        return podLog(request, store, object);
    if (request.subresource == L("binding") && request.verb == L("create"))
        return bind(request, store, object);
    if (request.subresource == L("eviction") && request.verb == L("create"))
        return evict(request, store, object);
    if (request.subresource == L("finalize") && request.verb == L("update")) {
        const auto body = parseBody(request.body);
        if (!body)
            return std::unexpected(body.error());
        const auto changed = store.modify(type.id, {}, object->name, [&body](QJsonObject &json) {
            QJsonObject spec = json.value(L("spec")).toObject();
            spec.insert(QStringLiteral("finalizers"), body->value(L("spec")).toObject().value(L("finalizers")));
            json.insert(QStringLiteral("spec"), spec);
        });
        return changed ? writes::show(request, store, *changed)
                       : ApiResult<ApiResponse>(std::unexpected(changed.error()));
    }
    return std::unexpected(ApiStatus{501, QStringLiteral("NotImplemented"),
        QStringLiteral("the demo cluster has no containers to %1").arg(request.subresource), {}});
}

} // namespace kdra::demo::subresources
