// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/template.h"

namespace kdra::environments {

// Why the value is not accepted, as a sentence; empty when it is.
QString problemOf(const Parameter &parameter, const QJsonValue &value);

// The value a text field's contents stand for; undefined when it is none (problemOf() says why).
QJsonValue valueOf(const Parameter &parameter, const QString &text);
// The other way round, for a text field.
QString textOf(const Parameter &parameter, const QJsonValue &value);

// All values of the template: those given, else the defaults; secrets that are not given are made at random
// (QRandomGenerator::system, letters and digits). Errors: unknown parameter, one without a value, one not accepted.
Result<Values> completeValues(const Template &from, const Values &given);

} // namespace kdra::environments
