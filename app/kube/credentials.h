// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kube/answer.h"
#include "kube/kubeconfig.h"
#include "kube/tlsfiles.h"

#include <QDateTime>
#include <QFuture>
#include <QObject>

#include <memory>

namespace kdra::kube {

class ExecPlugin;
class OidcRefresh;

// Who a request speaks as: at most a header and a client certificate. Holds secrets, never log it.
struct Identity {
    QByteArray authorization = {}; // value of the Authorization header; empty: none
    ClientCertificate certificate = {};
    QDateTime expires = {}; // invalid: not known
    quint64 generation = 0; // changes with the secrets
};

// The user entry of a kubeconfig turned into an Identity: static secrets, a token file (read again when it changes), an
// exec plugin or an OIDC refresh (asked again when they expire). Lives on its client's thread; all calls there.
class Credentials : public QObject {
    Q_OBJECT
public:
    explicit Credentials(ClientConfig config, QObject *parent = nullptr);
    ~Credentials() override;

    // Concurrent callers share one plugin run.
    QFuture<Result<Identity>> get();

    // The server did not accept the Identity of this generation: the next get() makes a new one. False when there is
    // nothing to renew (a static token), so that asking again is pointless.
    bool invalidate(quint64 generation);

    quint64 generation() const { return m_identity.generation; }

    // The exec plugin's file once it ran, else empty.
    QString pluginProgram() const;

    // Says more about a 401: which credentials were used and, where it can be seen from here, why they failed.
    Error explain(Error error) const;

private:
    Result<Identity> readStatic();
    void settle(Result<Identity> result);
    bool isFresh() const;
    bool isRenewable() const;

    ClientConfig m_config;
    Identity m_identity;
    bool m_valid = false;
    QDateTime m_tokenFileTime;
    QList<std::shared_ptr<Answer<Identity>>> m_waiting;
    ExecPlugin *m_plugin = nullptr; // child
    OidcRefresh *m_oidc = nullptr; // child
};

} // namespace kdra::kube
