// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QStringList>

// Sets of fields in the form of managedFields' FieldsV1: {"f:spec":{"f:replicas":{}}}. An empty object is a field that
// is owned as a whole; "." is an entry of an associative list as such.
namespace kdra::demo::fieldset {

// All fields of an object. `builtin` kinds have schemas; lists of others are atomic.
QJsonObject of(const QJsonObject &object, bool builtin);
// The fields that are new or different in `now`.
QJsonObject changed(const QJsonObject &old, const QJsonObject &now, bool builtin);

QJsonObject merge(const QJsonObject &a, const QJsonObject &b);
QJsonObject subtract(const QJsonObject &a, const QJsonObject &b);
QJsonObject intersect(const QJsonObject &a, const QJsonObject &b);

// `object` without the fields of `remove`; an entry of an associative list goes as a whole unless `others` has fields
// in it.
QJsonObject without(const QJsonObject &object, const QJsonObject &remove, const QJsonObject &others);

// The applied configuration laid over the live object: associative lists merge by key.
QJsonObject overlay(const QJsonObject &live, const QJsonObject &applied, bool builtin);

// ".spec.containers[name=\"web\"].image" for each field.
QStringList paths(const QJsonObject &set);

} // namespace kdra::demo::fieldset
