// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "kube/kubeconfig.h"

#include <QFuture>
#include <QObject>

namespace kdra::kube {

// A connection by URL and token, as it is written to disk: without the token.
struct SavedConnection {
    QString id = {}; // of the file and the keychain; empty: not saved yet
    QString name = {};
    QUrl server = {};
    QString certificateAuthority = {}; // file; empty: the system's authorities
    bool insecureSkipTlsVerify = false;
    QString ns = {};
    bool operator==(const SavedConnection &) const = default;
};

// Connections the user made by URL and token. What they are goes into a settings file, their tokens into the keychain
// only. GUI thread; the file is read and written on a pool thread.
class ConnectionStore : public QObject {
    Q_OBJECT
public:
    // `file`: an INI file of its own; made when needed.
    explicit ConnectionStore(QString file, QObject *parent = nullptr);

    // By name. Errors when the file is there but cannot be read.
    QFuture<Result<QList<SavedConnection>>> connections() const;

    // Adds it, or changes the one with the same id. Without a keychain nothing is saved. Answers with the id filled in.
    QFuture<Result<SavedConnection>> save(SavedConnection connection, const QByteArray &token);

    // With the token out of the keychain, ready for an ApiClient.
    QFuture<Result<ClientConfig>> open(const QString &id) const;

    QFuture<Result<void>> remove(const QString &id);

    // What is wrong with a connection before it is tried, for a form: URL, token.
    static Result<void> check(const SavedConnection &connection, const QByteArray &token);

    static ClientConfig configOf(const SavedConnection &connection, const QByteArray &token);

Q_SIGNALS:
    void changed();

private:
    QString m_file;
};

} // namespace kdra::kube
