// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/deletion.h"

#include <QDateTime>
#include <QJsonArray>

namespace kdra::demo {
namespace {

constexpr QLatin1StringView Metadata("metadata");

QString in(int seconds)
{
    return QDateTime::currentDateTimeUtc().addSecs(seconds).toString(QStringLiteral("yyyy-MM-ddTHH:mm:ssZ"));
}

// Seconds that the object may take to go; only pods that run somewhere have any.
int graceOf(const ObjectPtr &object, const QJsonObject &json, const DeleteOptions &options)
{
    if (object->type != kind::Pod)
        return 0;
    const QJsonObject spec = json.value(QLatin1StringView("spec")).toObject();
    const QString phase =
        json.value(QLatin1StringView("status")).toObject().value(QLatin1StringView("phase")).toString();
    if (spec.value(QLatin1StringView("nodeName")).toString().isEmpty() || phase == QLatin1StringView("Succeeded")
        || phase == QLatin1StringView("Failed"))
        return 0;
    return options.gracePeriodSeconds.value_or(
        spec.value(QLatin1StringView("terminationGracePeriodSeconds")).toInt(30));
}

// The finalizer that makes the garbage collector do what the policy says; empty for background.
QString finalizerOf(const QString &policy)
{
    if (policy == QLatin1StringView("Foreground"))
        return QStringLiteral("foregroundDeletion");
    if (policy == QLatin1StringView("Orphan"))
        return QStringLiteral("orphan");
    return {};
}

} // namespace

ApiResult<ObjectPtr> deleteObject(
    ObjectStore &store, TypeId type, const QByteArray &ns, const QByteArray &name, const DeleteOptions &options)
{
    const ResourceType &resource = store.resources().at(type);
    ObjectPtr object = store.get(type, ns, name);
    if (!object)
        return status::notFound(resource, QString::fromUtf8(name));
    // The server names the kind here, not the resource (rest.BeforeDelete).
    ResourceType named = resource;
    named.plural = resource.kind;
    if (!options.uid.isEmpty() && options.uid.toUtf8() != object->uid)
        return status::conflict(named, QString::fromUtf8(name),
            QStringLiteral("the UID in the precondition (%1) does not match the UID in record (%2). The object might "
                           "have been deleted and then recreated")
                .arg(options.uid, QString::fromUtf8(object->uid)));
    if (!options.resourceVersion.isEmpty() && options.resourceVersion.toULongLong() != object->revision)
        return status::conflict(named, QString::fromUtf8(name),
            QStringLiteral("the ResourceVersion in the precondition (%1) does not match the ResourceVersion in record "
                           "(%2). The object might have been modified")
                .arg(options.resourceVersion, QString::number(object->revision)));

    const QJsonObject json = object->object();
    const int grace = graceOf(object, json, options);
    QJsonArray finalizers = json.value(Metadata).toObject().value(QLatin1StringView("finalizers")).toArray();
    const QString added = finalizerOf(options.propagationPolicy);
    if (!added.isEmpty() && !finalizers.contains(added))
        finalizers.append(added);
    const bool waits = grace > 0 || !finalizers.isEmpty() || type == kind::Namespace;
    if (!waits) {
        store.remove(type, ns, name);
        return object;
    }
    return store.modify(type, ns, name, [&](QJsonObject &change) {
        QJsonObject metadata = change.value(Metadata).toObject();
        if (!finalizers.isEmpty())
            metadata.insert(QStringLiteral("finalizers"), finalizers);
        if (!object->terminating)
            metadata.insert(QStringLiteral("deletionTimestamp"), in(grace));
        if (!object->terminating || metadata.value(QLatin1StringView("deletionGracePeriodSeconds")).toInt() > grace)
            metadata.insert(QStringLiteral("deletionGracePeriodSeconds"), grace);
        change.insert(Metadata, metadata);
        if (type == kind::Namespace) {
            QJsonObject state = change.value(QLatin1StringView("status")).toObject();
            state.insert(QStringLiteral("phase"), QStringLiteral("Terminating"));
            change.insert(QStringLiteral("status"), state);
        }
    });
}

} // namespace kdra::demo
