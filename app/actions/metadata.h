// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QMap>

namespace kdra::actions {

// Accept: only an object's metadata (meta.k8s.io/v1 PartialObjectMetadata), or all of it from whoever cannot.
inline constexpr char MetadataOnly[] = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json";

// metadata.labels or metadata.annotations of an object.
QMap<QString, QString> textsOf(const QJsonObject &object, const QString &field);

} // namespace kdra::actions
