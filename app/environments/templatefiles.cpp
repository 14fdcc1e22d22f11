// SPDX-License-Identifier: GPL-3.0-or-later
#include "environments/templatefiles.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QSet>

namespace kdra::environments {
namespace {

using L = QLatin1StringView;

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::environments::Template)
};

constexpr L Folder("manifests/");
constexpr L FolderKey("manifests__"); // keys of ConfigMaps have no "/"

std::unexpected<Error> refused(const QString &what, const QString &where, const QString &remedy)
{
    return std::unexpected(Error{.kind = Error::Kind::Configuration, .what = what, .where = where, .remedy = remedy});
}

} // namespace

Result<void> checkTemplateFiles(const QList<TemplateFile> &files, const QString &origin)
{
    static const QRegularExpression manifest(
        QStringLiteral(R"(\Amanifests/[A-Za-z0-9][A-Za-z0-9._-]{0,199}\.ya?ml\z)"));
    if (files.size() > MaxTemplateFiles)
        return refused(Text::tr("The template has more than %n files.", nullptr, int(MaxTemplateFiles)), origin,
            Text::tr("Put several objects into one file."));
    qsizetype bytes = 0;
    QSet<QString> seen;
    for (const TemplateFile &file : files) {
        const QString shown = file.path.left(200);
        if (file.path.startsWith(QLatin1Char('/')) || file.path.contains(QLatin1Char('\\'))
            || file.path.split(QLatin1Char('/')).contains(L("..")))
            return refused(Text::tr("The file “%1” is outside of the template's folder.").arg(shown), origin,
                Text::tr("Do not use this template: it may have been made to read or write other files."));
        if (file.path != L("template.yaml") && !manifest.match(file.path).hasMatch())
            return refused(Text::tr("A template has no file “%1”.").arg(shown), origin,
                Text::tr(
                    "There are template.yaml and manifests/*.yaml, named with letters, digits, “-”, “_” and “.”."));
        if (seen.contains(file.path))
            return refused(
                Text::tr("The file “%1” is there twice.").arg(shown), origin, Text::tr("Remove one of them."));
        seen.insert(file.path);
        bytes += file.content.size();
        if (bytes > MaxTemplateBytes)
            return refused(
                Text::tr("The template is larger than %1.").arg(QLocale().formattedDataSize(MaxTemplateBytes)), origin,
                Text::tr("Make it smaller; a ConfigMap has to hold it."));
    }
    return {};
}

QByteArray packTemplateFiles(const QList<TemplateFile> &files)
{
    QJsonObject object;
    for (const TemplateFile &file : files)
        object.insert(file.path, QString::fromUtf8(file.content));
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

Result<QList<TemplateFile>> unpackTemplateFiles(const QByteArray &packed)
{
    const QString origin = Text::tr("packed template");
    const QString remedy = Text::tr("Use the template from where it came.");
    if (packed.size() > 2 * MaxTemplateBytes + 64 * 1024)
        return refused(Text::tr("The template is larger than %1.").arg(QLocale().formattedDataSize(MaxTemplateBytes)),
            origin, remedy);
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(packed, &error);
    if (!document.isObject())
        return refused(Text::tr("The packed template is damaged."), origin, remedy);
    QList<TemplateFile> files;
    const QJsonObject object = document.object();
    for (auto one = object.begin(); one != object.end(); ++one) {
        if (!one->isString())
            return refused(Text::tr("The packed template is damaged."), origin, remedy);
        files.append(TemplateFile{one.key(), one->toString().toUtf8()});
    }
    if (auto checked = checkTemplateFiles(files, origin); !checked)
        return std::unexpected(checked.error());
    return files;
}

QJsonObject configMapData(const QList<TemplateFile> &files)
{
    QJsonObject data;
    for (const TemplateFile &file : files) {
        const QString key = file.path.startsWith(Folder) ? FolderKey + file.path.sliced(Folder.size()) : file.path;
        data.insert(key, QString::fromUtf8(file.content));
    }
    return data;
}

Result<QList<TemplateFile>> filesOfConfigMap(const QJsonObject &configMap)
{
    const QJsonObject metadata = configMap.value(L("metadata")).toObject();
    const QString origin = QStringLiteral("ConfigMap %1/%2")
                               .arg(metadata.value(L("namespace")).toString(), metadata.value(L("name")).toString());
    QList<TemplateFile> files;
    const auto append = [&files](const QString &key, const QByteArray &content) {
        files.append(TemplateFile{key.startsWith(FolderKey) ? Folder + key.sliced(FolderKey.size()) : key, content});
    };
    const QJsonObject data = configMap.value(L("data")).toObject();
    for (auto one = data.begin(); one != data.end(); ++one)
        append(one.key(), one->toString().toUtf8());
    const QJsonObject binary = configMap.value(L("binaryData")).toObject();
    for (auto one = binary.begin(); one != binary.end(); ++one)
        append(one.key(), QByteArray::fromBase64(one->toString().toLatin1()));
    if (auto checked = checkTemplateFiles(files, origin); !checked)
        return std::unexpected(checked.error());
    return files;
}

} // namespace kdra::environments
