// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testhttpserver.h"

#include <QSslServer>
#include <QSslSocket>
#include <QTcpServer>
#include <QTcpSocket>

namespace kdra::test {

struct TestHttpServer::Connection {
    QTcpSocket *socket = nullptr;
    QByteArray buffer;
};

QByteArray HttpRequest::header(const QByteArray &name) const
{
    return headersOf(name).value(0);
}

QList<QByteArray> HttpRequest::headersOf(const QByteArray &name) const
{
    QList<QByteArray> values;
    for (const auto &[key, value] : headers) {
        if (key.compare(name, Qt::CaseInsensitive) == 0)
            values.append(value);
    }
    return values;
}

TestHttpServer::TestHttpServer(Handler handler, QObject *parent)
    : QObject(parent)
    , m_handler(std::move(handler))
{
}

TestHttpServer::~TestHttpServer()
{
    close();
}

bool TestHttpServer::listen(quint16 port)
{
    return start(std::make_unique<QTcpServer>(), port);
}

bool TestHttpServer::listen(const QSslConfiguration &tls, quint16 port)
{
    auto server = std::make_unique<QSslServer>();
    server->setSslConfiguration(tls);
    m_tls = true;
    return start(std::move(server), port);
}

bool TestHttpServer::start(std::unique_ptr<QTcpServer> server, quint16 port)
{
    m_server = std::move(server);
    connect(m_server.get(), &QTcpServer::pendingConnectionAvailable, this, &TestHttpServer::accept);
    return m_server->listen(QHostAddress::LocalHost, port);
}

void TestHttpServer::close()
{
    if (m_server) {
        for (const auto sockets = m_server->findChildren<QTcpSocket *>(); auto *socket : sockets) {
            socket->disconnect(this);
            socket->abort();
        }
    }
    m_server.reset();
}

quint16 TestHttpServer::port() const
{
    return m_server ? m_server->serverPort() : 0;
}

QUrl TestHttpServer::url(const QString &path, const QString &host) const
{
    QUrl url;
    url.setScheme(m_tls ? QStringLiteral("https") : QStringLiteral("http"));
    url.setHost(host);
    url.setPort(port());
    url.setPath(path);
    return url;
}

void TestHttpServer::accept()
{
    while (QTcpSocket *socket = m_server->nextPendingConnection()) {
        ++m_connections;
        auto connection = std::make_shared<Connection>();
        connection->socket = socket;
        connect(socket, &QTcpSocket::readyRead, this, [this, connection] { read(connection); });
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        read(connection);
    }
}

void TestHttpServer::read(const std::shared_ptr<Connection> &connection)
{
    connection->buffer += connection->socket->readAll();
    for (;;) {
        QByteArray &buffer = connection->buffer;
        const qsizetype end = buffer.indexOf("\r\n\r\n");
        if (end < 0)
            return;
        HttpRequest request;
        QList<QByteArray> lines = buffer.first(end).replace("\r\n", "\n").split('\n');
        const QList<QByteArray> first = lines.takeFirst().split(' ');
        request.verb = first.value(0);
        request.url = QUrl::fromEncoded(first.value(1), QUrl::StrictMode);
        for (const QByteArray &line : std::as_const(lines)) {
            const qsizetype colon = line.indexOf(':');
            request.headers.append({line.first(std::max<qsizetype>(colon, 0)), line.sliced(colon + 1).trimmed()});
        }
        const qsizetype length = request.header("Content-Length").toLongLong();
        if (buffer.size() < end + 4 + length)
            return;
        request.body = buffer.sliced(end + 4, length);
        buffer.remove(0, end + 4 + length);
        if (const auto *tls = qobject_cast<QSslSocket *>(connection->socket))
            request.peer = tls->peerCertificate();
        m_requests.append(request);
        answer(connection, request);
    }
}

void TestHttpServer::answer(const std::shared_ptr<Connection> &connection, const HttpRequest &request)
{
    const HttpResponse response = m_handler(request);
    QTcpSocket *socket = connection->socket;
    using Then = HttpResponse::Then;
    if (response.then == Then::Hang) {
        ++m_open;
        connect(socket, &QTcpSocket::disconnected, this, [this] { --m_open; });
        return;
    }
    if (response.then == Then::Drop) {
        socket->abort();
        return;
    }
    QByteArray head =
        "HTTP/1.1 " + QByteArray::number(response.status) + " Status\r\nContent-Type: " + response.contentType + "\r\n";
    for (const auto &[name, value] : response.headers)
        head += name + ": " + value + "\r\n";
    if (response.then == Then::Stream) {
        socket->write(head + "Transfer-Encoding: chunked\r\n\r\n");
        m_streams.append(socket);
        if (!response.body.isEmpty())
            socket->write(QByteArray::number(response.body.size(), 16) + "\r\n" + response.body + "\r\n");
        return;
    }
    head += "Content-Length: " + QByteArray::number(response.body.size()) + "\r\n";
    if (response.then == Then::Close)
        head += "Connection: close\r\n";
    socket->write(head + "\r\n" + response.body);
    if (response.then == Then::Close)
        socket->disconnectFromHost();
}

void TestHttpServer::sendChunk(const QByteArray &chunk)
{
    for (const QPointer<QTcpSocket> &socket : std::as_const(m_streams)) {
        if (socket)
            socket->write(QByteArray::number(chunk.size(), 16) + "\r\n" + chunk + "\r\n");
    }
}

int TestHttpServer::streams() const
{
    return static_cast<int>(std::ranges::count_if(m_streams, [](const auto &socket) { return !socket.isNull(); }));
}

} // namespace kdra::test
