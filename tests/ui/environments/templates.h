// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/template.h"

// Templates for tests of what shows them.
namespace kdra::tests {

inline environments::TemplatePtr makeTemplate(const QString &name, const QString &title, const QString &category,
    environments::Source source = environments::Source::BuiltIn)
{
    auto made = std::make_shared<environments::Template>();
    made->name = name;
    made->id =
        (source == environments::Source::BuiltIn ? QStringLiteral("builtin:") : QStringLiteral("folder:")) + name;
    made->title = title;
    made->description = QStringLiteral("What %1 is for.").arg(title);
    made->icon = QStringLiteral("server-database");
    made->category = category;
    made->version = QStringLiteral("1.0.0");
    made->source = source;
    made->origin = QStringLiteral("/templates/") + name;
    return made;
}

inline QList<environments::TemplatePtr> someTemplates()
{
    auto mqtt = std::make_shared<environments::Template>(
        *makeTemplate(QStringLiteral("mosquitto"), QStringLiteral("Mosquitto + Node-RED"), QStringLiteral("Edge")));
    mqtt->edge = true;
    mqtt->capabilities = QStringList{QStringLiteral("storage")};
    mqtt->tags = QStringList{QStringLiteral("mqtt")};
    return {makeTemplate(
                QStringLiteral("web-postgresql"), QStringLiteral("Web + PostgreSQL"), QStringLiteral("Applications")),
        makeTemplate(QStringLiteral("redis"), QStringLiteral("Redis"), QStringLiteral("Data")), mqtt,
        makeTemplate(
            QStringLiteral("bench"), QStringLiteral("Bench"), QStringLiteral("Our own"), environments::Source::Folder)};
}

} // namespace kdra::tests
