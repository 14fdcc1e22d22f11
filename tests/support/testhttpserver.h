// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QList>
#include <QObject>
#include <QPointer>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QUrl>

#include <functional>
#include <memory>

class QTcpServer;
class QTcpSocket;

namespace kdra::test {

struct HttpRequest {
    QByteArray verb;
    QUrl url; // path and query
    QList<std::pair<QByteArray, QByteArray>> headers;
    QByteArray body;
    QSslCertificate peer; // the client's certificate, if it sent one

    QByteArray header(const QByteArray &name) const; // the first one, names compared without case
    QList<QByteArray> headersOf(const QByteArray &name) const;
};

struct HttpResponse {
    enum class Then { KeepAlive, Close, Hang, Drop, Stream };

    int status = 200;
    QByteArray body = {};
    QByteArray contentType = "application/json";
    QList<std::pair<QByteArray, QByteArray>> headers = {};
    // Hang: never answer. Drop: close without an answer. Stream: chunked, `body` first, more by sendChunk().
    Then then = Then::KeepAlive;
};

// An HTTP/1.1 server on loopback for tests, plain or with TLS, on the test's own thread.
class TestHttpServer : public QObject {
    Q_OBJECT
public:
    using Handler = std::function<HttpResponse(const HttpRequest &)>;

    explicit TestHttpServer(Handler handler, QObject *parent = nullptr);
    ~TestHttpServer() override;

    // port 0: any.
    bool listen(quint16 port = 0);
    bool listen(const QSslConfiguration &tls, quint16 port = 0);
    void close();

    quint16 port() const;
    QUrl url(const QString &path = {}, const QString &host = QStringLiteral("127.0.0.1")) const;

    const QList<HttpRequest> &requests() const { return m_requests; }
    int connections() const { return m_connections; }
    int openRequests() const { return m_open; } // received and not answered
    void setHandler(Handler handler) { m_handler = std::move(handler); }

    // To every answer of Then::Stream; an empty chunk ends them.
    void sendChunk(const QByteArray &chunk);
    int streams() const;

private:
    struct Connection;
    bool start(std::unique_ptr<QTcpServer> server, quint16 port);
    void accept();
    void read(const std::shared_ptr<Connection> &connection);
    void answer(const std::shared_ptr<Connection> &connection, const HttpRequest &request);

    Handler m_handler;
    std::unique_ptr<QTcpServer> m_server;
    bool m_tls = false;
    QList<HttpRequest> m_requests;
    QList<QPointer<QTcpSocket>> m_streams;
    int m_connections = 0;
    int m_open = 0;
};

} // namespace kdra::test
