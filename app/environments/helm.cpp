// SPDX-License-Identifier: GPL-3.0-or-later
#include "environments/helm.h"

#include "environments/externalprogram.h"
#include "environments/parameters.h"
#include "environments/yamltree.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QPromise>
#include <QStandardPaths>
#include <QTemporaryFile>
#include <QtConcurrentRun>

#include <algorithm>

namespace kdra::environments {
namespace {

using L = QLatin1StringView;
using Cancelled = std::function<bool()>;

constexpr qint64 MaxFile = 1024 * 1024;
// Stand for the environment's name and namespace while the chart is rendered: nothing else in it looks so.
constexpr L Release("kdra-release-name");
constexpr L ReleaseNamespace("kdra-release-namespace");

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::environments::Helm)
};

Result<QByteArray> helm(const QStringList &arguments, const QString &chart, const Cancelled &isCancelled)
{
    const QString path = QStandardPaths::findExecutable(QStringLiteral("helm"));
    if (path.isEmpty())
        return std::unexpected(Error{.kind = Error::Kind::NotFound,
            .what = Text::tr("helm is not installed."),
            .where = chart,
            .remedy = Text::tr("Install it (https://helm.sh/docs/intro/install), and import the chart again.")});
    return runProgram({.path = path, .arguments = arguments}, isCancelled);
}

// Empty when there is no such file: only Chart.yaml has to be there.
QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return QFileInfo(path).isFile() && file.open(QIODevice::ReadOnly) ? file.read(MaxFile) : QByteArray();
}

Result<QJsonObject> objectOf(const QByteArray &yaml, const QString &file)
{
    const auto documents = parseYaml(yaml, file);
    if (!documents)
        return std::unexpected(documents.error());
    return documents->empty() ? QJsonObject() : toJson(documents->front()).toObject();
}

Result<HelmChart> read(const QString &path, const Cancelled &isCancelled)
{
    const QFileInfo info(path);
    HelmChart chart{.path = info.canonicalFilePath()};
    if (chart.path.isEmpty())
        return std::unexpected(Error{.kind = Error::Kind::NotFound,
            .what = Text::tr("The chart is not there."),
            .where = path,
            .remedy = Text::tr("Choose the directory of a chart, or its archive (.tgz).")});
    const QString file = chart.path + QStringLiteral("/Chart.yaml");
    Result<QByteArray> text = info.isDir()
        ? Result<QByteArray>(contentOf(file))
        : helm({QStringLiteral("show"), QStringLiteral("chart"), chart.path}, chart.path, isCancelled);
    if (!text)
        return std::unexpected(text.error());
    const auto about = objectOf(*text, file);
    if (!about)
        return std::unexpected(about.error());
    chart.name = about->value(L("name")).toString();
    chart.description = about->value(L("description")).toString();
    chart.version = about->value(L("version")).toString();
    if (chart.name.isEmpty())
        return std::unexpected(Error{.kind = Error::Kind::Configuration,
            .what = Text::tr("This is no Helm chart: there is no Chart.yaml with a name."),
            .where = file,
            .remedy = Text::tr("Choose the directory of a chart, or its archive (.tgz).")});
    if (!info.isDir())
        return chart;
    const auto defaults =
        objectOf(contentOf(chart.path + QStringLiteral("/values.yaml")), chart.path + QStringLiteral("/values.yaml"));
    if (!defaults)
        return std::unexpected(defaults.error());
    const QString schemaFile = chart.path + QStringLiteral("/values.schema.json");
    const QByteArray schema = contentOf(schemaFile);
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(schema, &error);
    if (!schema.isEmpty() && !document.isObject())
        return std::unexpected(Error{.kind = Error::Kind::Configuration,
            .what = Text::tr("The schema of the chart's values is not JSON: %1.").arg(error.errorString()),
            .where = fileAndLine(schemaFile, static_cast<int>(schema.first(error.offset).count('\n')) + 1),
            .remedy = Text::tr("Correct the file, or remove it.")});
    chart.parameters = parametersOfSchema(document.object(), *defaults);
    return chart;
}

Result<ImportedTemplate> import(const HelmChart &chart, const Values &values, const Cancelled &isCancelled)
{
    for (auto one = values.begin(); one != values.end(); ++one) {
        const auto parameter = std::ranges::find(chart.parameters, one.key(), &Parameter::name);
        const QString problem = parameter == chart.parameters.end() ? Text::tr("The chart has no such value.")
                                                                    : problemOf(*parameter, *one);
        if (!problem.isEmpty())
            return std::unexpected(Error{.kind = Error::Kind::Invalid,
                .what = Text::tr("%1: %2", "a value's name, and what is wrong with it").arg(one.key(), problem),
                .where = chart.path,
                .remedy = Text::tr("Give “%1” another value.").arg(one.key())});
    }
    QTemporaryFile file; // for its owner only
    const QByteArray json = QJsonDocument(nestedValues(values)).toJson(QJsonDocument::Compact);
    if (!file.open() || file.write(json) != json.size() || !file.flush())
        return std::unexpected(Error{.kind = Error::Kind::Local,
            .what = Text::tr("The values for helm cannot be written: %1.").arg(file.errorString()),
            .where = file.fileName(),
            .remedy = Text::tr("Make room in the folder for temporary files.")});
    const auto output = helm({QStringLiteral("template"), Release, chart.path, QStringLiteral("--namespace"),
                                 ReleaseNamespace, QStringLiteral("--values"), file.fileName()},
        chart.path, isCancelled);
    if (!output)
        return std::unexpected(output.error());
    const SaveAsOptions options{.name = templateNameFrom(chart.name),
        .title = chart.name,
        .description = chart.description.left(1000),
        .environmentName = Release,
        .environmentNamespace = ReleaseNamespace};
    return importYaml(*output, QStringLiteral("helm template"), options, Source::Helm, chart.path);
}

} // namespace

QFuture<Result<HelmChart>> readHelmChart(const QString &path)
{
    return QtConcurrent::run([path](QPromise<Result<HelmChart>> &promise) {
        promise.addResult(read(path, [&promise] { return promise.isCanceled(); }));
    });
}

QFuture<Result<ImportedTemplate>> importHelm(const HelmChart &chart, const Values &values)
{
    return QtConcurrent::run([chart, values](QPromise<Result<ImportedTemplate>> &promise) {
        promise.addResult(import(chart, values, [&promise] { return promise.isCanceled(); }));
    });
}

} // namespace kdra::environments
