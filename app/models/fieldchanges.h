// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QList>
#include <QString>

namespace kdra::models {

// A field that differs between two states of an object. An undefined value: the field is not there.
struct FieldChange {
    QString path = {}; // "spec.template.spec.containers[web].image"
    QJsonValue before = QJsonValue(QJsonValue::Undefined);
    QJsonValue after = QJsonValue(QJsonValue::Undefined);
    bool operator==(const FieldChange &) const = default;
};

// What a user would want to know of the difference: neither what the server keeps for itself (status, generation,
// managedFields, ...) nor values of Secrets, see readable(). Elements of a list that have names are compared by them,
// the others by their places. In the order of the paths. Any thread.
QList<FieldChange> changesBetween(const QJsonObject &before, const QJsonObject &after);

// Two lines for each, as a unified diff has them: "- spec.replicas: 1", "+ spec.replicas: 3"; more where the value is
// an object or a list.
QString asDiff(const QList<FieldChange> &changes);

} // namespace kdra::models
