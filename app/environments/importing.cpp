// SPDX-License-Identifier: GPL-3.0-or-later
#include "environments/importing.h"

#include "environments/yamltree.h"

#include <QJsonArray>

namespace kdra::environments {

using L = QLatin1StringView;

Result<ImportedTemplate> importYaml(
    const QByteArray &yaml, const QString &tool, const SaveAsOptions &options, Source source, const QString &origin)
{
    const auto documents = parseYaml(yaml, tool);
    if (!documents)
        return std::unexpected(documents.error());
    QList<QJsonObject> objects;
    for (const YamlNode &document : *documents) {
        const QJsonObject object = toJson(document).toObject();
        if (object.value(L("kind")) != L("List")) {
            objects.append(object);
            continue;
        }
        for (const auto items = object.value(L("items")).toArray(); const QJsonValue &item : items)
            objects.append(item.toObject());
    }
    const auto saved = templateFrom(objects, options);
    if (!saved)
        return std::unexpected(saved.error());
    auto content = readTemplate(saved->files, source, origin);
    if (!content)
        return std::unexpected(content.error());
    return ImportedTemplate{*std::move(content), saved->notes};
}

} // namespace kdra::environments
