// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/connectionstore.h"

#include "base/secretstore.h"
#include "base/whenfinished.h"
#include "kube/answer.h"

#include <QFile>
#include <QHostAddress>
#include <QSettings>
#include <QUuid>
#include <QtConcurrentRun>

namespace kdra::kube {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::kube::ConnectionStore)
};

QString keyOf(const QString &id)
{
    return QStringLiteral("connection/") + id;
}

Error invalid(const QString &what, const QString &where, const QString &remedy)
{
    return Error{.kind = Error::Kind::Configuration, .what = what, .where = where, .remedy = remedy};
}

Result<void> statusOf(const QSettings &settings)
{
    if (settings.status() == QSettings::NoError)
        return {};
    return std::unexpected(Error{.kind = Error::Kind::Local,
        .what = settings.status() == QSettings::FormatError
            ? Text::tr("The file of saved connections is damaged.")
            : Text::tr("The file of saved connections cannot be written or read."),
        .where = settings.fileName(),
        .remedy = Text::tr("Check the file's permissions and the free disk space; a damaged file can be moved away.")});
}

Result<QList<SavedConnection>> readAll(const QString &file)
{
    QSettings settings(file, QSettings::IniFormat);
    if (const Result<void> status = statusOf(settings); !status)
        return std::unexpected(status.error());
    QList<SavedConnection> result;
    for (const QStringList ids = settings.childGroups(); const QString &id : ids) {
        settings.beginGroup(id);
        result.append(SavedConnection{.id = id,
            .name = settings.value("name").toString(),
            .server = QUrl(settings.value("server").toString()),
            .certificateAuthority = settings.value("certificateAuthority").toString(),
            .insecureSkipTlsVerify = settings.value("insecureSkipTlsVerify").toBool(),
            .ns = settings.value("namespace").toString()});
        settings.endGroup();
    }
    std::ranges::sort(result, [](const SavedConnection &a, const SavedConnection &b) {
        return std::tie(a.name, a.id) < std::tie(b.name, b.id);
    });
    return result;
}

Result<void> write(const QString &file, const SavedConnection &connection)
{
    QSettings settings(file, QSettings::IniFormat);
    settings.beginGroup(connection.id);
    settings.setValue("name", connection.name);
    settings.setValue("server", connection.server.toString(QUrl::RemoveUserInfo));
    settings.setValue("certificateAuthority", connection.certificateAuthority);
    settings.setValue("insecureSkipTlsVerify", connection.insecureSkipTlsVerify);
    settings.setValue("namespace", connection.ns);
    settings.endGroup();
    settings.sync();
    return statusOf(settings);
}

Result<void> erase(const QString &file, const QString &id)
{
    QSettings settings(file, QSettings::IniFormat);
    settings.remove(id);
    settings.sync();
    return statusOf(settings);
}

} // namespace

ConnectionStore::ConnectionStore(QString file, QObject *parent)
    : QObject(parent)
    , m_file(std::move(file))
{
}

QFuture<Result<QList<SavedConnection>>> ConnectionStore::connections() const
{
    return QtConcurrent::run([file = m_file] { return readAll(file); });
}

Result<void> ConnectionStore::check(const SavedConnection &connection, const QByteArray &token)
{
    const QUrl &server = connection.server;
    const QString shown = server.toDisplayString(QUrl::RemoveUserInfo);
    const bool tls = server.scheme() == QLatin1StringView("https");
    if (!server.isValid() || server.host().isEmpty() || (!tls && server.scheme() != QLatin1StringView("http")))
        return std::unexpected(invalid(
            Text::tr("This is not the address of an API server."), shown, Text::tr("Write it as https://host:port.")));
    if (token.trimmed().isEmpty())
        return std::unexpected(invalid(Text::tr("The token is missing."), shown,
            Text::tr("Paste a token, for example from “kubectl create token NAME”.")));
    const QHostAddress address(server.host());
    if (!tls && server.host() != QLatin1StringView("localhost") && !address.isLoopback())
        return std::unexpected(invalid(Text::tr("A token must not travel over an unencrypted connection."), shown,
            Text::tr("Use the server's https:// address.")));
    return {};
}

ClientConfig ConnectionStore::configOf(const SavedConnection &connection, const QByteArray &token)
{
    const QString name = connection.name.isEmpty() ? connection.server.host() : connection.name;
    return ClientConfig{.contextName = name,
        .ns = connection.ns,
        .cluster = {.name = name,
            .server = connection.server,
            .insecureSkipTlsVerify = connection.insecureSkipTlsVerify,
            .certificateAuthority = connection.certificateAuthority},
        .user = {.name = name, .token = QString::fromUtf8(token.trimmed())}};
}

QFuture<Result<SavedConnection>> ConnectionStore::save(SavedConnection connection, const QByteArray &token)
{
    const auto answer = std::make_shared<Answer<SavedConnection>>();
    if (const Result<void> good = check(connection, token); !good) {
        answer->give(std::unexpected(good.error()));
        return answer->future();
    }
    if (connection.id.isEmpty())
        connection.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    whenFinished(secretstore::write(keyOf(connection.id), token.trimmed()), this,
        [this, answer, connection](const Result<void> &kept) {
            if (!kept) {
                answer->give(std::unexpected(kept.error()));
                return;
            }
            whenFinished(QtConcurrent::run([file = m_file, connection] { return write(file, connection); }), this,
                [this, answer, connection](const Result<void> &written) {
                    answer->give(written ? Result<SavedConnection>(connection) : std::unexpected(written.error()));
                    if (written)
                        Q_EMIT changed();
                });
        });
    return answer->future();
}

QFuture<Result<ClientConfig>> ConnectionStore::open(const QString &id) const
{
    const auto answer = std::make_shared<Answer<ClientConfig>>();
    // Continuations need an object of this thread that is not const; nothing of it changes.
    auto *context = const_cast<ConnectionStore *>(this);
    whenFinished(connections(), context, [context, answer, id](const Result<QList<SavedConnection>> &all) {
        if (!all) {
            answer->give(std::unexpected(all.error()));
            return;
        }
        const auto found = std::ranges::find(*all, id, &SavedConnection::id);
        if (found == all->end()) {
            answer->give(std::unexpected(Error{
                .kind = Error::Kind::NotFound, .what = Text::tr("This connection is no longer saved."), .where = id}));
            return;
        }
        whenFinished(
            secretstore::read(keyOf(id)), context, [answer, connection = *found](const Result<QByteArray> &token) {
                if (token) {
                    answer->give(configOf(connection, *token));
                    return;
                }
                Error error = token.error();
                if (error.kind == Error::Kind::NotFound) {
                    error.what = Text::tr("The keychain no longer holds the token of “%1”.").arg(connection.name);
                    error.remedy = Text::tr("Enter the token again.");
                }
                answer->give(std::unexpected(std::move(error)));
            });
    });
    return answer->future();
}

QFuture<Result<void>> ConnectionStore::remove(const QString &id)
{
    const auto answer = std::make_shared<Answer<void>>();
    // The token first: if that fails, the entry is still there to try again.
    whenFinished(secretstore::remove(keyOf(id)), this, [this, answer, id](const Result<void> &removed) {
        if (!removed) {
            answer->give(removed);
            return;
        }
        whenFinished(QtConcurrent::run([file = m_file, id] { return erase(file, id); }), this,
            [this, answer](const Result<void> &erased) {
                answer->give(erased);
                if (erased)
                    Q_EMIT changed();
            });
    });
    return answer->future();
}

} // namespace kdra::kube
