// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "kube/kubeconfig.h"

#include <QFuture>
#include <QNetworkProxy>
#include <QNetworkRequest>
#include <QObject>
#include <QSslConfiguration>
#include <QUrlQuery>

#include <chrono>
#include <memory>

class QNetworkAccessManager;
class QNetworkReply;
class QWebSocket;

namespace kdra::kube {

class Credentials;

struct Request {
    QByteArray verb = "GET"; // GET POST PUT PATCH DELETE
    QString path = {}; // percent-encoded, without the server's prefix: "/api/v1/pods"
    QUrlQuery query = {};
    QByteArray body = {};
    QByteArray contentType = {}; // "application/json", "application/apply-patch+yaml", ...
    QByteArray accept = "application/json";
    QList<std::pair<QByteArray, QByteArray>> headers = {}; // more of them, for what is behind a proxied service
    bool background = false; // interactive requests go before background ones
    std::chrono::milliseconds timeout = std::chrono::seconds(30); // 0: none (watches)
    bool retryThrottled = true; // false: a 429 is an answer like others (evictions, which a budget refuses with it)
};

struct Response {
    int httpStatus = 0;
    QByteArray contentType = {};
    QByteArray body = {};
};

// What a WebSocket needs to reach the same server as the same user.
struct SocketSetup {
    QNetworkRequest request = {}; // wss:// URL, Authorization and Impersonate-* headers; no Origin header
    QSslConfiguration ssl = {}; // ALPN http/1.1 only
    QNetworkProxy proxy = {};
    QString origin = {}; // for QWebSocket's constructor (the API server refuses an upgrade without one)
    bool ignoreHostNameMismatch = false; // insecure-skip-tls-verify
    QString tlsServerName = {};
};

// Opens the socket (made with setup.origin) with everything in `setup`, on the socket's thread. QWebSocket 6.8 does not
// look at the request's peerVerifyName, so the name goes to the TLS socket inside of it.
void openSocket(QWebSocket &socket, const SocketSetup &setup);

// One API server as one user, over HTTPS. Create it, move it to the cluster's network thread, and call it from any
// thread: answers come as futures. Requests in flight end with Error::Kind::Cancelled when it is destroyed.
// A 401 refreshes the credentials once and repeats the request; a 429 with Retry-After is repeated when it says so.
class ApiClient : public QObject {
    Q_OBJECT
public:
    explicit ApiClient(ClientConfig config);
    ~ApiClient() override;

    // Any thread. HTTP errors become Error with the server's Status. future.cancel() aborts the request.
    QFuture<Result<Response>> send(Request request);

    // The client's thread. A GET whose body arrives bit by bit (chunked watch, logs): the caller owns the reply, which
    // has no timeout. TLS errors are handled; check the status code at metaDataChanged().
    QFuture<Result<QNetworkReply *>> open(Request request);

    // Any thread. For WebSockets of any kind (watch, exec): URL of `path`+`query` with ws/wss scheme.
    QFuture<Result<SocketSetup>> socketSetup(QString path, QUrlQuery query);

    // Any thread. The server said 401 to a socket: makes the next setup fetch fresh credentials.
    void invalidateCredentials();

    // Any thread, at any time. While read-only, nothing that could change the cluster reaches the network: POST, PUT,
    // PATCH and DELETE (dry runs too, whose admission webhooks may act), and sockets for exec, attach and port-forward
    // end with Error::Kind::Forbidden and the reason "ReadOnly". Questions about permissions are let through.
    void setReadOnly(bool readOnly);
    bool isReadOnly() const;

    QUrl server() const { return m_config.cluster.server; }
    const ClientConfig &config() const { return m_config; }

    // The Error an answer stands for, from its status and metav1.Status body; `where` is "GET https://host/path".
    static Error errorOf(int httpStatus, const QByteArray &body, const QString &where);
    // The Error a finished reply stands for when it got no HTTP answer (DNS, refused, TLS, timeout).
    static Error errorOf(const QNetworkReply &reply);

private:
    ClientConfig m_config;
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace kdra::kube
