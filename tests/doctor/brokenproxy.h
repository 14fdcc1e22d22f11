// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QTcpServer>
#include <QTcpSocket>

namespace kdra::test {

// Stands before a plain HTTP server on loopback and breaks what a proxy may break.
class BrokenProxy : public QObject {
    Q_OBJECT
public:
    enum class Manner {
        Refuse, // any request is answered with `answer`
        StripUpgrade, // as a reverse proxy that knows no WebSocket
    };

    BrokenProxy(Manner manner, QByteArray answer, quint16 target = 0)
        : m_manner(manner)
        , m_answer(std::move(answer))
        , m_target(target)
    {
        connect(&m_server, &QTcpServer::newConnection, this, &BrokenProxy::accept);
        m_server.listen(QHostAddress::LocalHost);
    }
    quint16 port() const { return m_server.serverPort(); }

private:
    void accept()
    {
        while (QTcpSocket *client = m_server.nextPendingConnection()) {
            connect(client, &QTcpSocket::disconnected, client, &QObject::deleteLater);
            if (m_manner == Manner::Refuse) {
                connect(client, &QTcpSocket::readyRead, client, [this, client] {
                    if (client->readAll().contains("\r\n\r\n")) {
                        client->write(m_answer);
                        client->disconnectFromHost();
                    }
                });
                continue;
            }
            auto *server = new QTcpSocket(client);
            connect(server, &QTcpSocket::readyRead, client, [server, client] { client->write(server->readAll()); });
            connect(server, &QTcpSocket::disconnected, client, &QTcpSocket::disconnectFromHost);
            connect(client, &QTcpSocket::readyRead, server, [server, client] {
                QByteArray bytes = client->readAll();
                bytes.replace("Upgrade: websocket\r\n", "").replace("Connection: Upgrade\r\n", "");
                server->write(bytes);
            });
            server->connectToHost(QHostAddress(QHostAddress::LocalHost), m_target);
        }
    }

    const Manner m_manner;
    const QByteArray m_answer;
    const quint16 m_target;
    QTcpServer m_server;
};

} // namespace kdra::test
