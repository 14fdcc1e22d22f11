// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QHash>
#include <QList>
#include <QMap>
#include <QStringList>
#include <QUrl>

#include <optional>

// The only reader of kubeconfig files (clientcmd/api/v1). Never writes one.
namespace kdra::kube {

// clientcmd Cluster. Relative paths are already made absolute; `*-data` already won over the path.
struct ClusterEntry {
    QString name = {};
    QUrl server = {}; // may carry a path prefix
    QString tlsServerName = {};
    bool insecureSkipTlsVerify = false;
    QString certificateAuthority = {}; // file
    QByteArray certificateAuthorityData = {}; // PEM
    QUrl proxyUrl = {}; // http, https, socks5
    bool disableCompression = false;
    QByteArray execConfig = {}; // JSON of the extension client.authentication.k8s.io/exec, for provideClusterInfo
};

// client.authentication.k8s.io ExecConfig.
struct ExecEntry {
    QString command = {};
    QStringList args = {};
    QList<std::pair<QString, QString>> env = {};
    QString apiVersion = {};
    QString installHint = {};
    QString interactiveMode = {}; // Never, IfAvailable, Always
    bool provideClusterInfo = false;
};

// clientcmd AuthInfo.
struct UserEntry {
    QString name = {};
    QString clientCertificate = {}; // file
    QByteArray clientCertificateData = {}; // PEM
    QString clientKey = {}; // file
    QByteArray clientKeyData = {}; // PEM
    QString token = {};
    QString tokenFile = {}; // wins over token
    QString username = {};
    QString password = {};
    QString impersonateUser = {};
    QString impersonateUid = {};
    QStringList impersonateGroups = {};
    QMap<QString, QStringList> impersonateExtra = {};
    std::optional<ExecEntry> exec = {};
    QString authProvider = {}; // "oidc"
    QMap<QString, QString> authProviderConfig = {};
};

struct ContextEntry {
    QString name = {};
    QString cluster = {};
    QString user = {};
    QString ns = {}; // default namespace
};

// Everything needed to talk to one cluster as one user: what ApiClient is built from. A value; holds secrets, never log
// it.
struct ClientConfig {
    QString contextName = {};
    QString ns = {};
    ClusterEntry cluster = {};
    UserEntry user = {};
};

class Kubeconfig {
public:
    // Reads and merges as client-go does: first definition of a name wins, first current-context wins.
    // Missing files of a list are skipped as long as one is there. Errors name file and line.
    static Result<Kubeconfig> load(const QStringList &files);

    // The files of $KUBECONFIG (a list), else ~/.kube/config. May not exist.
    static QStringList defaultFiles();

    // Parses one document; `file` is for messages and for resolving relative paths.
    static Result<Kubeconfig> parse(const QByteArray &yaml, const QString &file);

    QStringList contextNames() const; // in file order
    QString currentContext() const { return m_currentContext; }

    // The pieces of a context put together. `context` empty means current-context. Errors list the names there are.
    Result<ClientConfig> resolve(const QString &context = {}) const;

    // Entries that could not be read and were left out (a broken context must not hide the others).
    const QList<Error> &warnings() const { return m_warnings; }

private:
    friend class KubeconfigReader;
    void merge(Kubeconfig other);

    QString m_currentContext;
    QList<ContextEntry> m_contexts;
    QList<ClusterEntry> m_clusters;
    QList<UserEntry> m_users;
    QList<Error> m_warnings;
    QMap<QString, Error> m_broken; // "clusters/NAME": why an entry was left out
    QStringList m_files;
};

} // namespace kdra::kube
