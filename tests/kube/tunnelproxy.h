// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QObject>
#include <QTcpServer>

class QTcpSocket;

namespace kdra::test {

// A forward proxy on loopback that tunnels: HTTP CONNECT or SOCKS5 (RFC 1928, 1929), with or without a password.
class TunnelProxy : public QObject {
    Q_OBJECT
public:
    enum class Kind { Connect, Socks5 };

    explicit TunnelProxy(Kind kind, QByteArray user = {}, QByteArray password = {});

    bool listen() { return m_server.listen(QHostAddress::LocalHost); }
    quint16 port() const { return m_server.serverPort(); }
    QList<QByteArray> tunnels() const { return m_tunnels; } // "host:port"

private:
    struct Tunnel;
    void accept();
    void greet(const std::shared_ptr<Tunnel> &tunnel);
    void connectRequest(const std::shared_ptr<Tunnel> &tunnel);
    void socks(const std::shared_ptr<Tunnel> &tunnel);
    void open(const std::shared_ptr<Tunnel> &tunnel, const QByteArray &host, quint16 port, const QByteArray &welcome);

    Kind m_kind;
    QByteArray m_user;
    QByteArray m_password;
    QTcpServer m_server;
    QList<QByteArray> m_tunnels;
};

} // namespace kdra::test
