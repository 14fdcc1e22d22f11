// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/limitrange.h"

#include "base/quantity.h"

#include <QJsonArray>

namespace kdra::demo {
namespace {

using L = QLatin1StringView;

qint64 milli(const QJsonValue &quantity)
{
    return parseQuantityMilli(quantity.toVariant().toString().toStdString()).value_or(0);
}

// Fills what is missing in `into`; returns the names of what was filled, sorted.
QStringList fill(QJsonObject &into, const QJsonObject &defaults)
{
    QStringList filled;
    for (auto it = defaults.begin(); it != defaults.end(); ++it) {
        if (!into.contains(it.key())) {
            into.insert(it.key(), it.value());
            filled.append(it.key());
        }
    }
    return filled;
}

// Containers get what they do not ask for; the annotation tells of it.
void setDefaults(const QJsonObject &item, QJsonObject &pod)
{
    QJsonObject spec = pod.value(L("spec")).toObject();
    QStringList told;
    for (const QString &list : {QStringLiteral("containers"), QStringLiteral("initContainers")}) {
        QJsonArray containers = spec.value(list).toArray();
        for (qsizetype i = 0; i < containers.size(); ++i) {
            QJsonObject container = containers.at(i).toObject();
            QJsonObject resources = container.value(L("resources")).toObject();
            const QString who =
                (list == L("containers") ? QStringLiteral("container ") : QStringLiteral("init container "))
                + container.value(L("name")).toString();
            for (const auto &[part, source, word] : {std::tuple{L("requests"), L("defaultRequest"), L("request")},
                     {L("limits"), L("default"), L("limit")}}) {
                QJsonObject amounts = resources.value(part).toObject();
                const QStringList filled = fill(amounts, item.value(source).toObject());
                if (filled.isEmpty())
                    continue;
                resources.insert(part, amounts);
                told.append(QStringLiteral("%1 %2 for %3").arg(filled.join(L(", ")), word, who));
            }
            container.insert(QStringLiteral("resources"), resources);
            containers.replace(i, container);
        }
        if (!containers.isEmpty())
            spec.insert(list, containers);
    }
    pod.insert(QStringLiteral("spec"), spec);
    if (told.isEmpty())
        return;
    QJsonObject metadata = pod.value(L("metadata")).toObject();
    QJsonObject annotations = metadata.value(L("annotations")).toObject();
    annotations.insert(
        QStringLiteral("kubernetes.io/limit-ranger"), QString(L("LimitRanger plugin set: ") + told.join(L("; "))));
    metadata.insert(QStringLiteral("annotations"), annotations);
    pod.insert(QStringLiteral("metadata"), metadata);
}

// What is out of bounds, in the words of the API server.
QStringList violations(
    const QJsonObject &item, const QString &kind, const QJsonObject &requests, const QJsonObject &limits)
{
    QStringList found;
    const auto told = [&](const char *bound, const QString &resource, const QJsonValue &value, const QString &rest) {
        found.append(QStringLiteral("%1 %2 usage per %3 is %4, but %5")
                .arg(QString::fromLatin1(bound), resource, kind, value.toVariant().toString(), rest));
    };
    const QJsonObject least = item.value(L("min")).toObject();
    for (auto it = least.begin(); it != least.end(); ++it) {
        const QJsonValue given = requests.value(it.key());
        if (given.isUndefined())
            told("minimum", it.key(), it.value(), QStringLiteral("no request is specified"));
        else if (milli(given) < milli(it.value()))
            told("minimum", it.key(), it.value(), L("request is ") + given.toVariant().toString());
    }
    const QJsonObject most = item.value(L("max")).toObject();
    const bool claim = kind == L("PersistentVolumeClaim");
    for (auto it = most.begin(); it != most.end(); ++it) {
        const QJsonValue given = (claim ? requests : limits).value(it.key());
        if (given.isUndefined())
            told("maximum", it.key(), it.value(), QStringLiteral("no limit is specified"));
        else if (milli(given) > milli(it.value()))
            told("maximum", it.key(), it.value(),
                (claim ? L("request is ") : L("limit is ")) + given.toVariant().toString());
    }
    return found;
}

} // namespace

QJsonObject withLimitRangeDefaults(QJsonObject spec)
{
    QJsonArray items = spec.value(L("limits")).toArray();
    for (qsizetype i = 0; i < items.size(); ++i) {
        QJsonObject item = items.at(i).toObject();
        if (item.value(L("type")).toString() != L("Container"))
            continue;
        QJsonObject limit = item.value(L("default")).toObject();
        fill(limit, item.value(L("max")).toObject());
        QJsonObject request = item.value(L("defaultRequest")).toObject();
        fill(request, limit);
        fill(request, item.value(L("min")).toObject());
        if (!limit.isEmpty())
            item.insert(QStringLiteral("default"), limit);
        if (!request.isEmpty())
            item.insert(QStringLiteral("defaultRequest"), request);
        items.replace(i, item);
    }
    if (!items.isEmpty())
        spec.insert(QStringLiteral("limits"), items);
    return spec;
}

ApiResult<void> applyLimitRanges(const ObjectStore &store, TypeId type, QJsonObject &object)
{
    const bool pod = type == kind::Pod;
    if (!pod && type != kind::PersistentVolumeClaim)
        return {};
    const QJsonObject metadata = object.value(L("metadata")).toObject();
    const QByteArray ns = metadata.value(L("namespace")).toString().toUtf8();
    QStringList found;
    for (const ObjectPtr &range : store.list(kind::LimitRange, ns)) {
        const QJsonArray items = range->object().value(L("spec")).toObject().value(L("limits")).toArray();
        for (const QJsonValue &value : items) {
            const QJsonObject item = value.toObject();
            const QString bounds = item.value(L("type")).toString();
            if (pod && bounds == L("Container")) {
                setDefaults(item, object);
                const QJsonObject spec = object.value(L("spec")).toObject();
                for (const QJsonArray containers = spec.value(L("containers")).toArray();
                    const QJsonValue &container : containers) {
                    const QJsonObject resources = container.toObject().value(L("resources")).toObject();
                    found += violations(item, bounds, resources.value(L("requests")).toObject(),
                        resources.value(L("limits")).toObject());
                }
            } else if (!pod && bounds == L("PersistentVolumeClaim")) {
                const QJsonObject resources = object.value(L("spec")).toObject().value(L("resources")).toObject();
                found += violations(item, bounds, resources.value(L("requests")).toObject(), {});
            }
        }
    }
    if (found.isEmpty())
        return {};
    const QString name = metadata.value(L("name")).toString(metadata.value(L("generateName")).toString());
    return status::forbidden(store.resources().at(type), name,
        found.size() == 1 ? found.first() : QStringLiteral("[%1]").arg(found.join(L(", "))));
}

} // namespace kdra::demo
