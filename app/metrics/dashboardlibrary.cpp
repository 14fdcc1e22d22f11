// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/dashboardlibrary.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QDirIterator>
#include <QSaveFile>

namespace kdra::metrics {

using namespace Qt::StringLiterals;

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::metrics::DashboardLibrary)
};

constexpr qsizetype mostConfigMapBytes = 1000 * 1000; // etcd's limit is 1.5 MiB, the API server's 1 MiB of data

// A name for a file and for a ConfigMap: the uid where it can be one, with something of its hash where it cannot.
QString nameFor(const QString &uid)
{
    QString name;
    for (const QString lower = uid.toLower(); const QChar c : lower)
        name += (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9') ? c : u'-';
    while (name.startsWith(u'-'))
        name.removeFirst();
    name.truncate(40);
    while (name.endsWith(u'-'))
        name.chop(1);
    if (name == uid)
        return name;
    const QByteArray hash = QCryptographicHash::hash(uid.toUtf8(), QCryptographicHash::Sha256).toHex().first(8);
    return (name.isEmpty() ? u"dashboard"_s : name) + u'-' + QString::fromLatin1(hash);
}

QString fileFor(const QString &folder, const QString &uid)
{
    return QDir(folder).filePath(nameFor(uid) + u".json"_s);
}

Error local(const QString &what, const QString &where)
{
    return {.kind = Error::Kind::Local,
        .what = what,
        .where = where,
        .remedy = Text::tr("Check whether the disk is full and who may write there.")};
}

void put(DashboardShelf &shelf, QSet<QString> &known, const QString &origin, Result<Dashboard> read)
{
    if (!read) {
        shelf.problems.append({.origin = origin, .error = read.error()});
        return;
    }
    if (known.contains(read->uid)) {
        shelf.problems.append({.origin = origin,
            .error = {.kind = Error::Kind::Configuration,
                .what = Text::tr("There are two dashboards with the uid “%1”.").arg(read->uid),
                .where = origin,
                .remedy = Text::tr("Give one of them another uid, or remove it.")}});
        return;
    }
    known.insert(read->uid);
    shelf.dashboards.append(*std::move(read));
}

}

Result<Dashboard> readAnyDashboard(const DashboardSource &source, const QString &language)
{
    return isOwnDashboard(source.json) ? readDashboard(source.json, source.origin, language)
                                       : importGrafana(source.json, source.origin);
}

DashboardShelf readDashboards(const QList<DashboardSource> &sources, const QString &language)
{
    DashboardShelf out;
    QSet<QString> known;
    for (const DashboardSource &source : sources)
        put(out, known, source.origin, readAnyDashboard(source, language));
    return out;
}

DashboardShelf readDashboardFolder(const QString &folder, const QString &language)
{
    DashboardShelf out;
    QStringList paths;
    for (QDirIterator files(folder, {u"*.json"_s}, QDir::Files, QDirIterator::Subdirectories); files.hasNext();)
        paths.append(files.next());
    paths.sort();
    QSet<QString> known;
    for (const QString &path : std::as_const(paths)) {
        if (out.dashboards.size() + out.problems.size() == mostDashboardFiles) {
            out.problems.append({.origin = folder,
                .error = {.kind = Error::Kind::Configuration,
                    .what = Text::tr("There are more than %n dashboards; the others are left out.", nullptr,
                        int(mostDashboardFiles)),
                    .where = folder,
                    .remedy = Text::tr("Remove those that nobody needs.")}});
            break;
        }
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly)) {
            put(out, known, path, std::unexpected(local(file.errorString(), path)));
            continue;
        }
        // One more than allowed is enough for the reader to refuse it.
        put(out, known, path, readAnyDashboard({.origin = path, .json = file.read(mostGrafanaBytes + 1)}, language));
    }
    return out;
}

Result<QString> saveDashboard(const QString &folder, const Dashboard &dashboard)
{
    QString path = fileFor(folder, dashboard.uid);
    const QByteArray json = writeDashboard(dashboard);
    // What could not be read again must not take the place of what can.
    if (const auto read = readDashboard(json, path); !read)
        return std::unexpected(read.error());
    if (!QDir().mkpath(folder))
        return std::unexpected(local(Text::tr("The folder for dashboards cannot be made."), folder));
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(json) != json.size() || !file.commit())
        return std::unexpected(local(Text::tr("The dashboard cannot be saved: %1.").arg(file.errorString()), path));
    return path;
}

Result<void> removeDashboard(const QString &folder, const QString &uid)
{
    QFile file(fileFor(folder, uid));
    if (!file.remove())
        return std::unexpected(
            local(Text::tr("The dashboard cannot be removed: %1.").arg(file.errorString()), file.fileName()));
    return {};
}

Result<QJsonObject> sharedDashboard(const Dashboard &dashboard, const QString &ns)
{
    const QString name = nameFor(dashboard.uid);
    const QByteArray json = writeDashboard(dashboard);
    if (json.size() > mostConfigMapBytes)
        return std::unexpected(Error{.kind = Error::Kind::Configuration,
            .what = Text::tr("The dashboard “%1” is too large for a ConfigMap.").arg(dashboard.title),
            .where = ns + u'/' + name,
            .remedy = Text::tr("Split it into several, or share it as a file.")});
    return QJsonObject{{u"apiVersion"_s, u"v1"_s}, {u"kind"_s, u"ConfigMap"_s},
        {u"metadata"_s,
            QJsonObject{{u"name"_s, QString(u"dashboard-"_s + name)}, {u"namespace"_s, ns},
                {u"labels"_s, QJsonObject{{QString(dashboardLabel), u"true"_s}}}}},
        {u"data"_s, QJsonObject{{QString(name + u".json"_s), QString::fromUtf8(json)}}}};
}

QList<DashboardSource> sharedDashboardsOf(const QJsonObject &configMap)
{
    const QJsonObject metadata = configMap.value("metadata"_L1).toObject();
    if (metadata.value("labels"_L1).toObject().value(dashboardLabel).toString() != "true"_L1)
        return {};
    QList<DashboardSource> out;
    const QJsonObject data = configMap.value("data"_L1).toObject();
    for (auto it = data.begin(); it != data.end(); ++it)
        if (it.key().endsWith(".json"_L1))
            out.append({.origin = u"ConfigMap %1/%2: %3"_s.arg(
                            metadata.value("namespace"_L1).toString(), metadata.value("name"_L1).toString(), it.key()),
                .json = it->toString().toUtf8()});
    return out;
}

} // namespace kdra::metrics
