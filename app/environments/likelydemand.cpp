// SPDX-License-Identifier: GPL-3.0-or-later
#include "environments/demand.h"
#include "environments/rendering.h"

namespace kdra::environments {
namespace {

// Something in place of what only the user knows. It need not be what the template accepts, but two parameters that
// name objects must not make one of two.
QJsonValue standIn(const Parameter &parameter)
{
    switch (parameter.type) {
    case ParameterType::List:
        return QJsonArray();
    case ParameterType::Boolean:
        return false;
    case ParameterType::Integer:
    case ParameterType::Number:
        return parameter.minimum.isEmpty() ? 1.0 : parameter.minimum.toDouble();
    case ParameterType::Quantity:
        return parameter.minimum.isEmpty() ? QStringLiteral("1") : parameter.minimum;
    default:
        return parameter.choices.value(0, parameter.name);
    }
}

} // namespace

Result<Demand> likelyDemand(const Template &from)
{
    Values values = from.defaults();
    for (const Parameter &one : from.parameters) {
        if (!values.contains(one.name))
            values.insert(one.name, standIn(one));
    }
    return renderUnchecked(from, values,
        {.name = QStringLiteral("new"), .ns = QStringLiteral("new"), .owner = QStringLiteral("owner"), .host = {}})
        .transform([&](const QList<Manifest> &manifests) { return demandOf(from, manifests); });
}

} // namespace kdra::environments
