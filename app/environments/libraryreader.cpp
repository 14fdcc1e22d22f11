// SPDX-License-Identifier: GPL-3.0-or-later
#include "environments/libraryreader.h"

#include "environments/templatefiles.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QSet>

#include <chrono>

namespace kdra::environments {
namespace {

using L = QLatin1StringView;
using namespace std::chrono_literals;

constexpr qsizetype MaxTemplates = 500; // of one source
constexpr auto Settling = 200ms;

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::environments::TemplateLibrary)
};

// Puts templates on a shelf, each id once.
class Filling {
public:
    void add(const QString &origin, Result<Template> read)
    {
        if (!read) {
            problem(origin, read.error());
            return;
        }
        if (m_ids.contains(read->id)) {
            problem(origin,
                Error{.kind = Error::Kind::Configuration,
                    .what = Text::tr("There are two templates with the name “%1”.").arg(read->name),
                    .where = origin,
                    .remedy = Text::tr("Give one of them another name.")});
            return;
        }
        m_ids.insert(read->id);
        m_shelf.templates.append(std::make_shared<const Template>(*std::move(read)));
    }
    void problem(const QString &origin, const Error &error)
    {
        m_shelf.problems.append(TemplateProblem{.origin = origin, .error = error});
    }
    // False, with a problem, when there are more than anybody could look through.
    bool hasRoom(const QString &origin)
    {
        if (m_shelf.templates.size() + m_shelf.problems.size() < MaxTemplates)
            return true;
        problem(origin,
            Error{.kind = Error::Kind::Configuration,
                .what =
                    Text::tr("There are more than %n templates; the others are left out.", nullptr, int(MaxTemplates)),
                .where = origin,
                .remedy = Text::tr("Remove those that nobody needs.")});
        return false;
    }
    Shelf shelf()
    {
        m_shelf.read = true;
        return std::move(m_shelf);
    }

private:
    Shelf m_shelf;
    QSet<QString> m_ids;
};

Result<Template> readOne(const QString &folder, Source source)
{
    const auto files = readTemplateFolder(folder);
    if (!files)
        return std::unexpected(files.error());
    return readTemplate(*files, source, folder);
}

QStringList foldersOf(const QString &folder)
{
    return QDir(folder).entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name);
}

} // namespace

LibraryReader::LibraryReader(const QString &folder)
    : m_folder(folder.isEmpty() ? folder : QDir::cleanPath(folder))
    , m_watcher(this)
    , m_soon(this)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(Settling);
    const auto changed = [this] {
        if (!m_soon.isActive()) // never put off for ever by a folder that does not come to rest
            m_soon.start();
    };
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, changed);
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, changed);
    connect(&m_soon, &QTimer::timeout, this, &LibraryReader::readFolder);
}

void LibraryReader::start()
{
    const QString builtIn = QStringLiteral(":/kdra/templates");
    Filling filling;
    for (const QStringList names = foldersOf(builtIn); const QString &name : names) {
        const QString folder = builtIn + QLatin1Char('/') + name;
        filling.add(folder, readOne(folder, Source::BuiltIn));
    }
    Q_EMIT builtInRead(filling.shelf());
    readFolder();
}

void LibraryReader::watch(const QString &path)
{
    m_wanted.append(path);
    m_watcher.addPath(path); // false when it is watched already
}

// Each folder is watched before it is read: what comes in between is seen, if only by being read again.
void LibraryReader::readFolder()
{
    m_wanted.clear();
    Filling filling;
    if (!m_folder.isEmpty()) {
        // A folder that is made later shows in the nearest one that is there.
        QString existing = m_folder;
        while (!QFileInfo(existing).isDir() && existing != QFileInfo(existing).path())
            existing = QFileInfo(existing).path();
        watch(existing);
        for (const QStringList names = foldersOf(m_folder); const QString &name : names) {
            const QString folder = m_folder + QLatin1Char('/') + name;
            if (!filling.hasRoom(m_folder))
                break;
            const QString manifests = folder + QStringLiteral("/manifests");
            watch(folder);
            watch(manifests);
            watch(folder + QStringLiteral("/template.yaml"));
            for (const QStringList files = QDir(manifests).entryList(QDir::Files); const QString &file : files) {
                if (m_wanted.size() < 20 * MaxTemplates)
                    watch(manifests + QLatin1Char('/') + file);
            }
            filling.add(folder, readOne(folder, Source::Folder));
        }
    }
    const QSet<QString> wanted(m_wanted.begin(), m_wanted.end());
    for (const QStringList watched = m_watcher.directories() + m_watcher.files(); const QString &path : watched) {
        if (!wanted.contains(path))
            m_watcher.removePath(path);
    }
    Q_EMIT folderRead(filling.shelf());
}

void LibraryReader::readShared(const QList<QJsonObject> &configMaps, quint64 number)
{
    Filling filling;
    for (const QJsonObject &configMap : configMaps) {
        const QJsonObject metadata = configMap.value(L("metadata")).toObject();
        const QString name =
            metadata.value(L("namespace")).toString() + QLatin1Char('/') + metadata.value(L("name")).toString();
        const QString origin = QStringLiteral("ConfigMap ") + name;
        if (!filling.hasRoom(origin))
            break;
        const auto files = filesOfConfigMap(configMap);
        auto read =
            files ? readTemplate(*files, Source::Cluster, origin) : Result<Template>(std::unexpected(files.error()));
        if (read)
            read->id = QStringLiteral("cluster:") + name;
        filling.add(origin, std::move(read));
    }
    Q_EMIT sharedRead(filling.shelf(), number);
}

} // namespace kdra::environments
