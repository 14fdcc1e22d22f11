// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/template.h"

#include <QJsonObject>

namespace kdra::environments {

// Objects as YAML documents that kubectl and parseYaml() read back as they were. Scalars that are exactly one
// placeholder ("${replicas}") are written without quotes, so that they take the value's type. Pure; any thread.
QByteArray yamlDocuments(const QList<QJsonObject> &objects);

// template.yaml of a template without translations.
QByteArray templateHeader(const Template &from);

} // namespace kdra::environments
