// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo/objects/json.h"

// metav1.ObjectMeta and what refers to it.
namespace kdra::demo {

struct Meta {
    QString name;
    QString ns;
    QString uid;
    QDateTime created;
    QJsonObject labels;
    QJsonObject annotations;
    QJsonArray owners;
};

QJsonObject metadata(const Meta &meta);

// A controller's ownerReference to an object (apiVersion, kind, name and uid must be there).
QJsonObject ownerReference(const QJsonObject &owner);
// The reference with controller: true, or an empty object.
QJsonObject controllerOf(const QJsonObject &object);

// metav1.FieldsV1 of everything in an object: f:key for maps, k:{...} for the lists merged by a key.
QJsonObject fieldsOf(const QJsonObject &object);
// An entry of metadata.managedFields; `subresource` may be empty.
QJsonObject managedFields(const QString &manager, const QString &apiVersion, const QJsonObject &owned,
    const QDateTime &time, const QString &subresource = {});

// labels ⊇ selector.matchLabels, and every matchExpression holds (metav1.LabelSelector). An absent selector matches
// nothing, an empty one everything.
bool selectorMatches(const QJsonValue &selector, const QJsonObject &labels);
// The plain map form that Services and ReplicationControllers use; an empty map matches nothing.
bool mapMatches(const QJsonObject &selector, const QJsonObject &labels);

// Takes the condition away; nothing happens when there is none.
void removeCondition(QJsonObject &object, QStringView type);
// Sets a condition by its type, keeping lastTransitionTime when the status did not change. Extra keys are inserted.
void setCondition(QJsonObject &object, const QString &type, const QString &status, const QString &reason,
    const QString &message, const QDateTime &now, const QJsonObject &extra = {});
QJsonObject conditionOf(const QJsonObject &object, QStringView type);

} // namespace kdra::demo
