// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "doctor/patience.h"
#include "doctor/redaction.h"
#include "doctor/step.h"
#include "kube/apiclient.h"
#include "kube/objectref.h"
#include "kube/proxy.h"

#include <QHostAddress>

#include <functional>
#include <memory>
#include <stop_token>

class QNetworkReply;

namespace kdra::kube {
struct Identity;
}

namespace kdra::doctor {

// How long each step may take.
struct Deadlines {
    std::chrono::milliseconds lookup = std::chrono::seconds(8);
    std::chrono::milliseconds connect = std::chrono::seconds(6); // each address
    std::chrono::milliseconds handshake = std::chrono::seconds(10); // TLS, a proxy's answer
    std::chrono::milliseconds credentials = std::chrono::seconds(65); // a plugin may open a browser
    std::chrono::milliseconds request = std::chrono::seconds(15);
    std::chrono::milliseconds stream = std::chrono::seconds(15);
};

// One run of the doctor, from the name to the watch. Made, run and destroyed on a thread of its own, which it blocks.
class Examination {
public:
    using Tell = std::function<void(const Step &)>;

    Examination(kube::ClientConfig config, const Deadlines &deadlines, std::stop_token stop, Tell tell);
    ~Examination();

    // Tells each step when it begins and when it is over.
    void run();

private:
    using Work = void (Examination::*)(Step &);
    void step(StepId id, const QList<StepId> &needs, Work work);
    static void fail(Step &step, Error error);
    static void warn(Step &step, Error error);
    static void skip(Step &step, const QString &why);

    // route.cpp
    void lookUp(Step &step);
    void connectTcp(Step &step);
    void passProxy(Step &step);
    void openTunnel(Step &step);
    void openSocks(Step &step);
    void encrypt(Step &step);
    // login.cpp
    void meetServer(Step &step);
    // GET /version without credentials; checks certificates as `config` says. A reply of the client's, finished.
    Result<QNetworkReply *> askVersion(kube::ApiClient &client) const;
    static std::optional<qint64> clockAhead(const QNetworkReply &reply);
    void gatherCredentials(Step &step);
    void authenticate(Step &step);
    void askPermissions(Step &step);
    // watching.cpp
    void upgrade(Step &step);
    void streamList(Step &step);

    bool hasProxy() const { return m_route.proxy.type() != QNetworkProxy::NoProxy; }
    QString host() const; // that TCP connects to
    quint16 port() const;
    quint16 serverPort() const;
    QString serverText() const;

    const kube::ClientConfig m_config;
    const Deadlines m_deadlines;
    const Tell m_tell;
    Patience m_patience;
    Redaction m_redaction;
    QList<StepId> m_broken; // failed, or skipped because something before failed

    kube::ProxyRoute m_route;
    std::optional<Error> m_routeError;
    QList<QHostAddress> m_addresses;
    std::optional<QHostAddress> m_reached;
    QString m_version; // "v1.20.2"
    qint64 m_clockAhead = 0; // seconds the server's clock is ahead
    std::unique_ptr<kube::Identity> m_identity;
    std::function<Error(Error)> m_explain; // a 401, in terms of the credentials that were used
    std::unique_ptr<QObject> m_login; // kube::Credentials
    std::unique_ptr<kube::ApiClient> m_client; // as the user
    std::optional<kube::Resource> m_watchable; // a kind that may be watched
    QString m_watchableNamespace;
    bool m_webSockets = false;
    bool m_httpWatches = false;
};

} // namespace kdra::doctor
