// SPDX-License-Identifier: GPL-3.0-or-later
#include "environments/helm.h"
#include "environments/parameters.h"

#include <QJsonArray>

namespace kdra::environments {
namespace {

using L = QLatin1StringView;

constexpr qsizetype MaxParameters = 100;
constexpr int MaxDepth = 5;

bool isListOfTexts(const QJsonObject &property)
{
    return property.value(L("type")) == L("array")
        && property.value(L("items")).toObject().value(L("type")) == L("string");
}

// The type of a property, or nothing where a form has no field for it.
std::optional<ParameterType> typeOf(const QJsonObject &property)
{
    const QString type = property.value(L("type")).toString();
    if (property.value(L("enum")).isArray())
        return type == L("string") ? std::optional(ParameterType::Enum) : std::nullopt;
    if (type == L("string"))
        return property.value(L("format")) == L("password") || property.value(L("writeOnly")).toBool()
            ? ParameterType::Secret
            : ParameterType::String;
    if (type == L("integer"))
        return ParameterType::Integer;
    if (type == L("number"))
        return ParameterType::Number;
    if (type == L("boolean"))
        return ParameterType::Boolean;
    return isListOfTexts(property) ? std::optional(ParameterType::List) : std::nullopt;
}

QString bound(const QJsonValue &value)
{
    return value.isDouble() ? textOf(Parameter{}, value) : QString();
}

void collect(
    const QJsonObject &schema, const QJsonObject &defaults, const QString &prefix, int depth, QList<Parameter> &into)
{
    const QJsonObject properties = schema.value(L("properties")).toObject();
    for (auto one = properties.begin(); one != properties.end(); ++one) {
        const QJsonObject property = one->toObject();
        const QString name = prefix + one.key();
        if (one.key().contains(QLatin1Char('.')) || into.size() >= MaxParameters)
            continue; // a "." in a name could not be told from one between two
        if (property.value(L("properties")).isObject()) {
            if (depth < MaxDepth)
                collect(property, defaults.value(one.key()).toObject(), name + QLatin1Char('.'), depth + 1, into);
            continue;
        }
        const auto type = typeOf(property);
        if (!type)
            continue;
        Parameter parameter{.name = name,
            .title = property.value(L("title")).toString(name),
            .help = property.value(L("description")).toString(),
            .type = *type,
            .pattern = property.value(L("pattern")).toString(),
            .minimum = bound(property.value(L("minimum"))),
            .maximum = bound(property.value(L("maximum")))};
        for (const auto choices = property.value(L("enum")).toArray(); const QJsonValue &choice : choices)
            parameter.choices.append(choice.toString());
        QJsonValue value = property.value(L("default"));
        if (value.isUndefined())
            value = defaults.value(one.key());
        parameter.defaultValue = value;
        if (*type == ParameterType::Secret || !problemOf(parameter, value).isEmpty())
            parameter.defaultValue = QJsonValue::Undefined;
        into.append(parameter);
    }
}

} // namespace

QList<Parameter> parametersOfSchema(const QJsonObject &schema, const QJsonObject &defaults)
{
    QList<Parameter> parameters;
    collect(schema, defaults, {}, 0, parameters);
    return parameters;
}

QJsonObject nestedValues(const Values &values)
{
    QJsonObject root;
    // Rebuilds the objects along the path.
    const auto insert = [](auto &self, QJsonObject &into, const QStringList &path, const QJsonValue &value) -> void {
        if (path.size() == 1) {
            into.insert(path.constFirst(), value);
            return;
        }
        QJsonObject inner = into.value(path.constFirst()).toObject();
        self(self, inner, path.sliced(1), value);
        into.insert(path.constFirst(), inner);
    };
    for (auto one = values.begin(); one != values.end(); ++one)
        insert(insert, root, one.key().split(QLatin1Char('.')), *one);
    return root;
}

} // namespace kdra::environments
