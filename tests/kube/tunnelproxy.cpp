// SPDX-License-Identifier: GPL-3.0-or-later
#include "tunnelproxy.h"

#include <QNetworkProxy>
#include <QPointer>
#include <QTcpSocket>

namespace kdra::test {

struct TunnelProxy::Tunnel {
    QPointer<QTcpSocket> client; // either may go first
    QPointer<QTcpSocket> server;
    QByteArray buffer;
    int step = 0; // of the SOCKS greeting
};

TunnelProxy::TunnelProxy(Kind kind, QByteArray user, QByteArray password)
    : m_kind(kind)
    , m_user(std::move(user))
    , m_password(std::move(password))
{
    connect(&m_server, &QTcpServer::newConnection, this, &TunnelProxy::accept);
}

void TunnelProxy::accept()
{
    while (QTcpSocket *socket = m_server.nextPendingConnection()) {
        auto tunnel = std::make_shared<Tunnel>();
        tunnel->client = socket;
        connect(socket, &QTcpSocket::readyRead, this, [this, tunnel] { greet(tunnel); });
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
    }
}

void TunnelProxy::greet(const std::shared_ptr<Tunnel> &tunnel)
{
    if (!tunnel->client)
        return;
    tunnel->buffer += tunnel->client->readAll();
    if (tunnel->server) {
        if (tunnel->server->state() == QAbstractSocket::ConnectedState)
            tunnel->server->write(std::exchange(tunnel->buffer, {}));
        return;
    }
    if (m_kind == Kind::Connect)
        connectRequest(tunnel);
    else
        socks(tunnel);
}

void TunnelProxy::connectRequest(const std::shared_ptr<Tunnel> &tunnel)
{
    const qsizetype end = tunnel->buffer.indexOf("\r\n\r\n");
    if (end < 0)
        return;
    const QByteArray head = tunnel->buffer.first(end);
    tunnel->buffer.remove(0, end + 4);
    const QByteArray expected = "Proxy-Authorization: Basic " + (m_user + ':' + m_password).toBase64();
    if (!m_user.isEmpty() && !head.toLower().contains(expected.toLower())) {
        tunnel->client->write(
            "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"proxy\"\r\n"
            "Content-Length: 0\r\n\r\n");
        return;
    }
    const QByteArray target = head.split(' ').value(1);
    const qsizetype colon = target.lastIndexOf(':');
    open(tunnel, target.first(colon), static_cast<quint16>(target.sliced(colon + 1).toUInt()),
        "HTTP/1.1 200 Connection established\r\n\r\n");
}

void TunnelProxy::socks(const std::shared_ptr<Tunnel> &tunnel)
{
    QByteArray &buffer = tunnel->buffer;
    const auto byte = [&](qsizetype i) { return static_cast<unsigned char>(buffer.at(i)); };
    if (tunnel->step == 0 && buffer.size() >= 2 && buffer.size() >= 2 + byte(1)) {
        buffer.remove(0, 2 + byte(1));
        tunnel->client->write(m_user.isEmpty() ? QByteArray("\x05\x00", 2) : QByteArray("\x05\x02", 2));
        tunnel->step = m_user.isEmpty() ? 2 : 1;
    }
    if (tunnel->step == 1 && buffer.size() >= 2 && buffer.size() >= 3 + byte(1)) {
        const QByteArray user = buffer.sliced(2, byte(1));
        const qsizetype at = 2 + byte(1);
        if (buffer.size() < at + 1 + byte(at))
            return;
        const QByteArray password = buffer.sliced(at + 1, byte(at));
        buffer.remove(0, at + 1 + byte(at));
        const bool good = user == m_user && password == m_password;
        tunnel->client->write(good ? QByteArray("\x01\x00", 2) : QByteArray("\x01\x01", 2));
        tunnel->step = 2;
    }
    if (tunnel->step == 2 && buffer.size() >= 7) {
        const int type = byte(3);
        const qsizetype length = type == 1 ? 4 : type == 4 ? 16 : 1 + byte(4);
        if (buffer.size() < 4 + length + 2)
            return;
        QByteArray host;
        if (type == 1) {
            host = QHostAddress((quint32(byte(4)) << 24) | (quint32(byte(5)) << 16) | (quint32(byte(6)) << 8) | byte(7))
                       .toString()
                       .toLatin1();
        } else {
            host = buffer.sliced(5, length - 1);
        }
        const auto port = static_cast<quint16>((byte(4 + length) << 8) | byte(5 + length));
        buffer.remove(0, 4 + length + 2);
        open(tunnel, host, port, QByteArray("\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00", 10));
    }
}

void TunnelProxy::open(
    const std::shared_ptr<Tunnel> &tunnel, const QByteArray &host, quint16 port, const QByteArray &welcome)
{
    m_tunnels.append(host + ':' + QByteArray::number(port));
    auto *server = new QTcpSocket(tunnel->client);
    tunnel->server = server;
    connect(server, &QTcpSocket::connected, this, [tunnel, welcome] {
        if (!tunnel->client)
            return;
        tunnel->client->write(welcome);
        tunnel->server->write(std::exchange(tunnel->buffer, {}));
    });
    connect(server, &QTcpSocket::readyRead, this, [tunnel] {
        if (tunnel->client && tunnel->server)
            tunnel->client->write(tunnel->server->readAll());
    });
    connect(server, &QTcpSocket::disconnected, this, [tunnel] {
        if (tunnel->client)
            tunnel->client->disconnectFromHost();
    });
    server->setProxy(QNetworkProxy::NoProxy);
    // Names go to loopback: a proxy resolves names its clients cannot.
    server->connectToHost(
        QHostAddress(QString::fromLatin1(host)).isNull() ? QStringLiteral("127.0.0.1") : QString::fromLatin1(host),
        port);
}

} // namespace kdra::test
