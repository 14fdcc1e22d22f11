// SPDX-License-Identifier: GPL-3.0-or-later
#include "environments/rendering.h"
#include "environments/templatefiles.h"
#include "environments/templateheader.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>

namespace kdra::environments {
namespace {

using L = QLatin1StringView;

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::environments::Template)
};

// Stands in for what the user has to give.
QJsonValue sampleOf(const Parameter &parameter)
{
    if (!parameter.defaultValue.isUndefined() && !parameter.defaultValue.isNull())
        return parameter.defaultValue;
    switch (parameter.type) {
    case ParameterType::Integer:
    case ParameterType::Number:
        return parameter.minimum.isEmpty() ? 1.0 : parameter.minimum.toDouble();
    case ParameterType::Boolean:
        return false;
    case ParameterType::Enum:
        return parameter.choices.value(0);
    case ParameterType::Quantity:
        return parameter.minimum.isEmpty() ? QStringLiteral("1") : parameter.minimum;
    case ParameterType::List:
        return QJsonArray{QStringLiteral("x")};
    default:
        return QStringLiteral("x");
    }
}

QString idOf(Source source, const QString &name)
{
    switch (source) {
    case Source::BuiltIn:
        return QStringLiteral("builtin:") + name;
    case Source::Folder:
        return QStringLiteral("folder:") + name;
    case Source::Cluster:
        return QStringLiteral("cluster:") + name;
    case Source::Kustomize:
        return QStringLiteral("kustomize:") + name;
    case Source::Helm:
        break;
    }
    return QStringLiteral("helm:") + name;
}

Result<Template> readHeader(const QList<TemplateFile> &files, const QString &origin)
{
    const auto header = std::ranges::find(files, L("template.yaml"), &TemplateFile::path);
    if (header == files.end())
        return std::unexpected(Error{.kind = Error::Kind::Configuration,
            .what = Text::tr("The template has no template.yaml."),
            .where = origin,
            .remedy = Text::tr("Add the file; it says what the template is called and which parameters it has.")});
    if (!std::ranges::any_of(files, [](const TemplateFile &file) { return file.path != L("template.yaml"); }))
        return std::unexpected(Error{.kind = Error::Kind::Configuration,
            .what = Text::tr("The template has no manifests."),
            .where = origin,
            .remedy = Text::tr("Add Kubernetes objects as manifests/*.yaml.")});
    const auto documents = parseYaml(header->content, header->path);
    if (!documents)
        return std::unexpected(documents.error());
    if (documents->size() != 1)
        return std::unexpected(Error{.kind = Error::Kind::Configuration,
            .what = Text::tr("template.yaml has to be one YAML document."),
            .where = documents->empty() ? header->path : fileAndLine(header->path, documents->at(1).line),
            .remedy = Text::tr("Put objects into manifests/*.yaml.")});
    try {
        return readTemplateHeader(documents->front());
    } catch (const Refusal &refused) {
        return std::unexpected(refused.error);
    }
}

} // namespace

Result<Template> readTemplate(const QList<TemplateFile> &files, Source source, const QString &origin)
{
    if (auto checked = checkTemplateFiles(files, origin); !checked)
        return std::unexpected(checked.error());
    auto result = readHeader(files, origin);
    if (!result)
        return result;
    result->source = source;
    result->origin = origin;
    result->id = idOf(source, result->name);
    result->files = files;
    std::ranges::sort(result->files, {}, &TemplateFile::path);
    Values values;
    for (const Parameter &parameter : std::as_const(result->parameters))
        values.insert(parameter.name, sampleOf(parameter));
    const QString x = QStringLiteral("x");
    if (auto rendered =
            renderUnchecked(*result, values, Identity{.name = x, .ns = x, .owner = x, .host = x, .whole = x});
        !rendered)
        return std::unexpected(rendered.error());
    return result;
}

} // namespace kdra::environments
