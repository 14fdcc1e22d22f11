// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QFuture>
#include <QJsonObject>
#include <QUrl>

namespace kdra::metrics {

// How a server speaks to us when it is asked directly. Through the API server's proxy it is always None: the API server
// takes the Authorization header for itself.
enum class Login : quint8 { None, Basic, Bearer, Certificate };

// Where Prometheus, or an Alertmanager, is and how to get there. A value without secrets.
struct Endpoint {
    // Through the API server's service proxy, with the cluster's own credentials; used when `service` is not empty.
    QString ns = {};
    QString service = {};
    QString port = {}; // name or number; empty: the Service's only one
    bool https = false; // between the API server and the service
    // Directly.
    QUrl url = {}; // "https://prometheus.example.com"; its path comes before `prefix`
    Login login = Login::None;
    QString user = {}; // of Login::Basic
    QString certificateAuthority = {}; // file with PEM; empty: the system's
    bool insecureSkipTlsVerify = false;
    // Either way.
    QString prefix = {}; // "/prometheus"
    QString tenant = {}; // X-Scope-OrgID of Mimir, Cortex and Loki's relatives; empty: none

    bool isProxied() const { return !service.isEmpty(); }
    bool isNull() const { return service.isEmpty() && url.isEmpty(); }
    // "/api/v1/query" as it is asked for: below the prefix, and below the proxy's path when proxied.
    QString pathOf(const QString &api) const;
    // For people: "monitoring/prometheus:9090" or the URL without a password.
    QString title() const;
    // Why it cannot be used, in a whole sentence; nothing when it can.
    std::optional<Error> problem() const;

    QJsonObject toJson() const;
    static Result<Endpoint> fromJson(const QJsonObject &json);
    bool operator==(const Endpoint &) const = default;
};

// What a Login needs. Never log it.
struct Secrets {
    QString password = {}; // of Basic; the token of Bearer
    QByteArray certificate = {}; // PEM, of Certificate: the chain
    QByteArray key = {}; // PEM
};

// Secrets in the desktop's keychain, under a name that the caller keeps with its Endpoint ("metrics/CLUSTER"). On a
// thread with an event loop (the GUI thread). Nothing stored is an empty answer.
QFuture<Result<Secrets>> readSecrets(const QString &name);
QFuture<Result<void>> writeSecrets(const QString &name, const Secrets &secrets);

} // namespace kdra::metrics
