// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/clustermarks.h"

#include "base/whenfinished.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QSettings>
#include <QtConcurrentRun>

namespace kdra::kube {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::kube::ClusterMarks)
};

// Names of contexts and URLs may hold anything, and a group of an INI file may not; what it stands for is written into
// the group for whoever reads the file.
QString groupOf(const QString &server, const QString &context)
{
    const QByteArray key = server.toUtf8() + '\n' + context.toUtf8();
    return QString::fromLatin1(QCryptographicHash::hash(key, QCryptographicHash::Sha256).toHex().first(32));
}

QString serverOf(const ClientConfig &config)
{
    return config.cluster.server.toString(
        QUrl::RemoveUserInfo | QUrl::StripTrailingSlash | QUrl::NormalizePathSegments);
}

Result<void> statusOf(const QSettings &settings)
{
    if (settings.status() == QSettings::NoError)
        return {};
    return std::unexpected(Error{.kind = Error::Kind::Local,
        .what = settings.status() == QSettings::FormatError
            ? Text::tr("The file of the clusters' marks is damaged.")
            : Text::tr("The file of the clusters' marks cannot be written or read."),
        .where = settings.fileName(),
        .remedy = Text::tr("Check the file's permissions and the free disk space; a damaged file can be moved away.")});
}

} // namespace

QString marksText(const Marks &marks)
{
    if (marks.production && marks.readOnly)
        return ClusterMarks::tr("Production, read-only");
    if (marks.production)
        return ClusterMarks::tr("Production");
    return marks.readOnly ? ClusterMarks::tr("Read-only") : QString();
}

ClusterMarks::ClusterMarks(QString file, QObject *parent)
    : QObject(parent)
    , m_file(std::move(file))
{
}

QFuture<Result<Marks>> ClusterMarks::read(const ClientConfig &config) const
{
    return QtConcurrent::run([file = m_file, group = groupOf(serverOf(config), config.contextName)]() -> Result<Marks> {
        QSettings settings(file, QSettings::IniFormat);
        if (const Result<void> status = statusOf(settings); !status)
            return std::unexpected(status.error());
        settings.beginGroup(group);
        return Marks{
            .production = settings.value("production").toBool(), .readOnly = settings.value("readOnly").toBool()};
    });
}

QFuture<Result<void>> ClusterMarks::write(const ClientConfig &config, const Marks &marks)
{
    const auto future =
        QtConcurrent::run([file = m_file, server = serverOf(config), context = config.contextName, marks] {
            QSettings settings(file, QSettings::IniFormat);
            settings.beginGroup(groupOf(server, context));
            if (marks == Marks()) {
                settings.remove(QString());
            } else {
                settings.setValue("server", server);
                settings.setValue("context", context);
                settings.setValue("production", marks.production);
                settings.setValue("readOnly", marks.readOnly);
            }
            settings.endGroup();
            settings.sync();
            return statusOf(settings);
        });
    whenFinished(future, this, [this](const Result<void> &written) {
        if (written)
            Q_EMIT changed();
    });
    return future;
}

} // namespace kdra::kube
