// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/parameters.h"
#include "environments/render.h"

#include <QDir>

namespace kdra::test {

inline QString templatesFolder()
{
    return qEnvironmentVariable("KDRA_SOURCE") + QStringLiteral("/resources/templates");
}

inline QStringList builtInTemplates()
{
    return QDir(templatesFolder()).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
}

inline Result<environments::Template> builtInTemplate(const QString &name)
{
    const QString folder = templatesFolder() + u'/' + name;
    const auto files = environments::readTemplateFolder(folder);
    if (!files)
        return std::unexpected(files.error());
    return environments::readTemplate(*files, environments::Source::BuiltIn, folder);
}

// A set of values that a template is tried with.
struct Variant {
    QByteArray name;
    environments::Values values;
};

// The defaults, and then each choice and each switch the other way; what the user has to give is made up.
inline QList<Variant> variantsOf(const environments::Template &from)
{
    using environments::ParameterType;
    environments::Values given;
    for (const environments::Parameter &one : from.parameters) {
        if (one.name == QStringLiteral("server"))
            given.insert(one.name, QStringLiteral("https://git.example.com"));
        else if (one.name == QStringLiteral("token"))
            given.insert(one.name, QStringLiteral("abcdefghijklmnopqrstuvwxyz0123456789"));
    }
    QList<Variant> variants{{"defaults", given}};
    const auto with = [&](const environments::Parameter &parameter, const QJsonValue &value) {
        environments::Values values = given;
        values.insert(parameter.name, value);
        variants.append({parameter.name.toUtf8() + '=' + value.toVariant().toString().toUtf8().left(20), values});
    };
    for (const environments::Parameter &one : from.parameters) {
        if (one.type == ParameterType::Boolean)
            with(one, !one.defaultValue.toBool());
        for (const QString &choice : one.choices) {
            if (choice != one.defaultValue.toString())
                with(one, choice);
        }
        // Texts that may be empty have a meaning of their own when they are, and when they are not.
        if (one.type == ParameterType::String && one.defaultValue.isString()) {
            const bool empty = one.defaultValue.toString().isEmpty();
            const QString other = empty ? QStringLiteral("http://other.example.com:9090") : QString();
            if (environments::problemOf(one, other).isEmpty())
                with(one, other);
        }
        if (one.name == QStringLiteral("mqttNodePort"))
            with(one, 31883);
    }
    return variants;
}

// The text under `key` in a ConfigMap of the template, as its containers see it; empty when there is none.
inline QString scriptOf(const QString &name, const QString &key, const environments::Identity &identity)
{
    const auto from = builtInTemplate(name);
    const auto values = from ? environments::completeValues(*from, {}) : std::unexpected(from.error());
    const auto manifests = values ? environments::render(*from, *values, identity) : std::unexpected(values.error());
    for (const environments::Manifest &manifest : manifests.value_or(QList<environments::Manifest>())) {
        const QJsonValue text = manifest.object.value(QStringLiteral("data")).toObject().value(key);
        if (text.isString())
            return text.toString();
    }
    return {};
}

} // namespace kdra::test
