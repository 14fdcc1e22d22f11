// SPDX-License-Identifier: GPL-3.0-or-later
#include "environments/templatefiles.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace kdra::environments {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::environments::Template)
};

std::unexpected<Error> refused(const QString &what, const QString &where, const QString &remedy)
{
    return std::unexpected(Error{.kind = Error::Kind::Configuration, .what = what, .where = where, .remedy = remedy});
}

// Reads files of one folder, and nothing that is not in it.
class FolderReader {
public:
    explicit FolderReader(const QString &folder)
        : m_root(QFileInfo(folder).canonicalFilePath())
    {
    }

    Result<TemplateFile> read(const QString &path, qsizetype room) const
    {
        const QFileInfo info(m_root + QLatin1Char('/') + path);
        const QString real = info.canonicalFilePath();
        if (!real.startsWith(m_root + QLatin1Char('/')))
            return refused(real.isEmpty() ? Text::tr("“%1” is a link to nowhere.").arg(path)
                                          : Text::tr("“%1” is a link out of the template's folder.").arg(path),
                info.filePath(), Text::tr("Replace the link by the file."));
        if (!info.isFile()) // also no pipe, which would never end
            return refused(Text::tr("“%1” is not a file.").arg(path), info.filePath(), Text::tr("Remove it."));
        QFile file(real);
        if (!file.open(QIODevice::ReadOnly))
            return refused(Text::tr("“%1” cannot be read: %2.").arg(path, file.errorString()), info.filePath(),
                Text::tr("Correct the rights of the file."));
        TemplateFile result{path, file.read(room + 1)};
        if (result.content.size() > room)
            return refused(
                Text::tr("The template is larger than %1.").arg(QLocale().formattedDataSize(MaxTemplateBytes)),
                info.filePath(), Text::tr("Make it smaller; a ConfigMap has to hold it."));
        return result;
    }

    // The files of manifests/, without hidden ones.
    QStringList manifests() const
    {
        QStringList names = QDir(m_root + QStringLiteral("/manifests"))
                                .entryList(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot, QDir::Name);
        for (QString &name : names)
            name.prepend(QStringLiteral("manifests/"));
        return names;
    }

    bool exists() const { return !m_root.isEmpty() && QFileInfo(m_root).isDir(); }
    bool hasHeader() const
    {
        const QFileInfo info(m_root + QStringLiteral("/template.yaml"));
        return info.exists() || info.isSymLink();
    }

private:
    QString m_root;
};

} // namespace

Result<QList<TemplateFile>> readTemplateFolder(const QString &folder)
{
    const FolderReader reader(folder);
    if (!reader.exists())
        return refused(
            Text::tr("The folder of the template is not there."), folder, Text::tr("Choose another folder."));
    if (!reader.hasHeader())
        return refused(Text::tr("The template has no template.yaml."), folder,
            Text::tr("Add the file; it says what the template is called and which parameters it has."));
    const QStringList paths = QStringList{QStringLiteral("template.yaml")} + reader.manifests();
    if (paths.size() > MaxTemplateFiles)
        return refused(Text::tr("The template has more than %n files.", nullptr, int(MaxTemplateFiles)), folder,
            Text::tr("Put several objects into one file."));
    QList<TemplateFile> files;
    qsizetype room = MaxTemplateBytes;
    for (const QString &path : paths) {
        auto file = reader.read(path, room);
        if (!file)
            return std::unexpected(file.error());
        room -= file->content.size();
        files.append(*std::move(file));
    }
    if (auto checked = checkTemplateFiles(files, folder); !checked)
        return std::unexpected(checked.error());
    return files;
}

} // namespace kdra::environments
