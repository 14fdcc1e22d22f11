// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>

namespace kdra::models {

// What people want to read of an object: without metadata.managedFields, and with the values of a Secret's data
// replaced by their sizes (also where kubectl keeps a copy of the whole object in an annotation).
QJsonObject readable(QJsonObject object);

// Block style YAML as kubectl prints it; keys in alphabetical order. Any thread.
QString toYaml(const QJsonObject &object);

} // namespace kdra::models
