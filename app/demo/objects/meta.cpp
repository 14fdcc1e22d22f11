// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/objects/meta.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace kdra::demo {
namespace {

// The merge keys of the lists of maps in the core types (the x-kubernetes-list-map-keys of the OpenAPI document).
QJsonObject listKey(const QString &list, const QJsonObject &item)
{
    static const QHash<QString, QStringList> keys = {
        {u"containers"_s, {u"name"_s}},
        {u"initContainers"_s, {u"name"_s}},
        {u"env"_s, {u"name"_s}},
        {u"volumes"_s, {u"name"_s}},
        {u"volumeMounts"_s, {u"mountPath"_s}},
        {u"conditions"_s, {u"type"_s}},
        {u"ownerReferences"_s, {u"uid"_s}},
        {u"podIPs"_s, {u"ip"_s}},
        {u"addresses"_s, {u"type"_s}},
    };
    QJsonObject key;
    if (list == u"ports"_s) {
        const QString port = item.contains(u"containerPort"_s) ? u"containerPort"_s : u"port"_s;
        key.insert(port, item.value(port));
        key.insert(u"protocol"_s, item.value(u"protocol"_s).toString(u"TCP"_s));
        return key;
    }
    for (const auto names = keys.value(list); const QString &name : names)
        key.insert(name, item.value(name));
    return key;
}

QJsonValue fieldsOfValue(const QString &name, const QJsonValue &value)
{
    if (value.isObject())
        return fieldsOf(value.toObject());
    if (value.isArray()) {
        QJsonObject out;
        for (const QJsonArray items = value.toArray(); const QJsonValue &item : items) {
            const QJsonObject key = listKey(name, item.toObject());
            if (key.isEmpty())
                return QJsonObject();
            QJsonObject fields = fieldsOf(item.toObject());
            fields.insert(u"."_s, QJsonObject());
            out.insert(u"k:"_s + QString::fromUtf8(QJsonDocument(key).toJson(QJsonDocument::Compact)), fields);
        }
        out.insert(u"."_s, QJsonObject());
        return out;
    }
    return QJsonObject();
}

bool expressionHolds(const QJsonObject &expression, const QJsonObject &labels)
{
    const QString op = textAt(expression, u"operator");
    const QJsonValue value = labels.value(textAt(expression, u"key"));
    const QJsonArray values = expression.value(u"values"_s).toArray();
    if (op == "In"_L1)
        return !value.isUndefined() && values.contains(value);
    if (op == "NotIn"_L1)
        return value.isUndefined() || !values.contains(value);
    if (op == "Exists"_L1)
        return !value.isUndefined();
    return op == "DoesNotExist"_L1 && value.isUndefined();
}

} // namespace

QJsonObject metadata(const Meta &meta)
{
    QJsonObject out{{u"name"_s, meta.name}, {u"uid"_s, meta.uid}, {u"creationTimestamp"_s, timestamp(meta.created)}};
    if (!meta.ns.isEmpty())
        out.insert(u"namespace"_s, meta.ns);
    if (!meta.labels.isEmpty())
        out.insert(u"labels"_s, meta.labels);
    if (!meta.annotations.isEmpty())
        out.insert(u"annotations"_s, meta.annotations);
    if (!meta.owners.isEmpty())
        out.insert(u"ownerReferences"_s, meta.owners);
    return out;
}

QJsonObject ownerReference(const QJsonObject &owner)
{
    return {{u"apiVersion"_s, owner.value(u"apiVersion"_s)}, {u"kind"_s, owner.value(u"kind"_s)},
        {u"name"_s, nameOf(owner)}, {u"uid"_s, uidOf(owner)}, {u"controller"_s, true}, {u"blockOwnerDeletion"_s, true}};
}

QJsonObject controllerOf(const QJsonObject &object)
{
    for (const QJsonArray ownerReferences = at(object, u"metadata.ownerReferences").toArray();
        const QJsonValue &reference : ownerReferences) {
        if (reference.toObject().value(u"controller"_s).toBool())
            return reference.toObject();
    }
    return {};
}

QJsonObject fieldsOf(const QJsonObject &object)
{
    QJsonObject out;
    for (auto it = object.begin(); it != object.end(); ++it)
        out.insert(u"f:"_s + it.key(), fieldsOfValue(it.key(), it.value()));
    return out;
}

QJsonObject managedFields(const QString &manager, const QString &apiVersion, const QJsonObject &owned,
    const QDateTime &time, const QString &subresource)
{
    QJsonObject out{{u"manager"_s, manager}, {u"operation"_s, u"Update"_s}, {u"apiVersion"_s, apiVersion},
        {u"time"_s, timestamp(time)}, {u"fieldsType"_s, u"FieldsV1"_s}, {u"fieldsV1"_s, fieldsOf(owned)}};
    if (!subresource.isEmpty())
        out.insert(u"subresource"_s, subresource);
    return out;
}

bool selectorMatches(const QJsonValue &selector, const QJsonObject &labels)
{
    if (!selector.isObject())
        return false;
    const QJsonObject wanted = selector.toObject();
    const QJsonObject matchLabels = wanted.value(u"matchLabels"_s).toObject();
    for (auto it = matchLabels.begin(); it != matchLabels.end(); ++it) {
        if (labels.value(it.key()) != it.value())
            return false;
    }
    for (const QJsonArray matchExpressions = wanted.value(u"matchExpressions"_s).toArray();
        const QJsonValue &expression : matchExpressions) {
        if (!expressionHolds(expression.toObject(), labels))
            return false;
    }
    return true;
}

bool mapMatches(const QJsonObject &selector, const QJsonObject &labels)
{
    for (auto it = selector.begin(); it != selector.end(); ++it) {
        if (labels.value(it.key()) != it.value())
            return false;
    }
    return !selector.isEmpty();
}

void setCondition(QJsonObject &object, const QString &type, const QString &status, const QString &reason,
    const QString &message, const QDateTime &now, const QJsonObject &extra)
{
    QJsonArray conditions = at(object, u"status.conditions").toArray();
    qsizetype index = 0;
    while (index < conditions.size() && conditions[index].toObject().value(u"type"_s) != type)
        ++index;
    QJsonObject condition = index < conditions.size() ? conditions[index].toObject() : QJsonObject();
    const bool changed = textAt(condition, u"status") != status;
    condition.insert(u"type"_s, type);
    condition.insert(u"status"_s, status);
    for (const auto &[key, value] : {std::pair{u"reason"_s, reason}, std::pair{u"message"_s, message}}) {
        if (value.isEmpty())
            condition.remove(key);
        else
            condition.insert(key, value);
    }
    if (changed)
        condition.insert(u"lastTransitionTime"_s, timestamp(now));
    for (auto it = extra.begin(); it != extra.end(); ++it)
        condition.insert(it.key(), it.value());
    if (index < conditions.size())
        conditions[index] = condition;
    else
        conditions.append(condition);
    put(object, u"status.conditions", conditions);
}

void removeCondition(QJsonObject &object, QStringView type)
{
    QJsonArray kept;
    const QJsonArray conditions = at(object, u"status.conditions").toArray();
    for (const QJsonValue &condition : conditions) {
        if (condition.toObject().value(u"type"_s).toString() != type)
            kept.append(condition);
    }
    if (kept.size() != conditions.size())
        put(object, u"status.conditions", kept);
}

QJsonObject conditionOf(const QJsonObject &object, QStringView type)
{
    for (const QJsonArray conditions = at(object, u"status.conditions").toArray();
        const QJsonValue &condition : conditions) {
        if (condition.toObject().value(u"type"_s).toString() == type)
            return condition.toObject();
    }
    return {};
}

} // namespace kdra::demo
