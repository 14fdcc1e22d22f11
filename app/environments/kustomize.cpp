// SPDX-License-Identifier: GPL-3.0-or-later
#include "environments/kustomize.h"

#include "environments/externalprogram.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QPromise>
#include <QStandardPaths>
#include <QtConcurrentRun>

namespace kdra::environments {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::environments::Kustomize)
};

Result<ImportedTemplate> import(const QString &directory, const std::function<bool()> &isCancelled)
{
    const QFileInfo info(directory);
    if (!info.isDir())
        return std::unexpected(Error{.kind = Error::Kind::NotFound,
            .what = Text::tr("The Kustomize directory is not there."),
            .where = directory,
            .remedy = Text::tr("Choose a directory with a kustomization.yaml.")});
    ExternalProgram program{.path = QStandardPaths::findExecutable(QStringLiteral("kustomize"))};
    const QString path = info.canonicalFilePath(); // absolute: never taken for an option
    if (!program.path.isEmpty()) {
        program.arguments = {QStringLiteral("build"), path};
    } else {
        program.path = QStandardPaths::findExecutable(QStringLiteral("kubectl"));
        program.arguments = {QStringLiteral("kustomize"), path};
    }
    if (program.path.isEmpty())
        return std::unexpected(Error{.kind = Error::Kind::NotFound,
            .what = Text::tr("Neither kustomize nor kubectl is installed."),
            .where = directory,
            .remedy = Text::tr("Install kustomize or kubectl, and import the directory again.")});
    const auto output = runProgram(program, isCancelled);
    if (!output)
        return std::unexpected(output.error());
    const QString name = QFileInfo(path).fileName();
    const SaveAsOptions options{
        .name = templateNameFrom(name), .title = name, .description = Text::tr("Imported from Kustomize.")};
    return importYaml(*output, QStringLiteral("kustomize build"), options, Source::Kustomize, path);
}

} // namespace

QFuture<Result<ImportedTemplate>> importKustomize(const QString &directory)
{
    return QtConcurrent::run([directory](QPromise<Result<ImportedTemplate>> &promise) {
        promise.addResult(import(directory, [&promise] { return promise.isCanceled(); }));
    });
}

} // namespace kdra::environments
