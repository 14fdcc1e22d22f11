// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/render.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace kdra::test {

// A template of these parameters (the lines below `parameters:`) and one file manifests/app.yaml.
inline QList<environments::TemplateFile> filesOf(
    const QByteArray &manifest, const QByteArray &parameters = {}, const QByteArray &more = {})
{
    QByteArray header = "apiVersion: kdra.dev/v1\n"
                        "kind: EnvironmentTemplate\n"
                        "name: sample\n"
                        "title: Sample\n"
        + more;
    if (!parameters.isEmpty())
        header += "parameters:\n" + parameters;
    return {{QStringLiteral("template.yaml"), header}, {QStringLiteral("manifests/app.yaml"), manifest}};
}

inline environments::Identity identity()
{
    return {.name = QStringLiteral("demo"),
        .ns = QStringLiteral("team"),
        .owner = QStringLiteral("jane"),
        .host = QStringLiteral("demo.example.com")};
}

inline QByteArray json(const QJsonValue &value)
{
    return value.isArray() ? QJsonDocument(value.toArray()).toJson(QJsonDocument::Compact)
                           : QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact);
}

} // namespace kdra::test
