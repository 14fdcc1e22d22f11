// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QStringList>

#include <optional>

// What the API's schemas say about lists and maps (x-kubernetes-list-type, -map-keys, -map-type; patchMergeKey), as far
// as patches and field ownership need it. Named by field, with the field around it where names repeat.
namespace kdra::demo::schema {

// The keys that identify an entry of an associative list; nullopt for atomic lists and sets.
std::optional<QStringList> listKeys(const QString &field, const QString &parent);
// The one key that strategic merge patches use; empty when the list is replaced.
QString patchMergeKey(const QString &field, const QString &parent);
// Lists of values that merge as a set (finalizers).
bool isSet(const QString &field);
// Maps that are owned as a whole (selectors).
bool isAtomicMap(const QString &field);

// The identity of an entry, as {"containerPort":80,"protocol":"TCP"}: missing keys take their defaults.
QJsonObject keyOf(const QJsonObject &entry, const QStringList &keys);

} // namespace kdra::demo::schema
