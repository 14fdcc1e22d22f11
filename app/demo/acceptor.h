// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo/wsconnection.h"

#include <QTcpServer>

class QTcpSocket;

namespace kdra::demo {

// Takes new connections, looks at the head of the first request without consuming it, and hands the connection on: to
// the HTTP server, or to whoever takes WebSocket upgrades. Knows all open sockets.
class Acceptor : public QTcpServer {
    Q_OBJECT
public:
    using QTcpServer::QTcpServer;

    // The socket behind a request of the HTTP server; null when it has gone.
    QTcpSocket *socketOf(quint16 remotePort) const { return m_sockets.value(remotePort); }

    void refuse(bool refuse) { m_refuse = refuse; }
    void dropAll();

Q_SIGNALS:
    // The receiver owns the socket; the request's head has been read.
    void upgradeRequested(QTcpSocket *socket, const kdra::demo::UpgradeRequest &request);

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    void inspect(QTcpSocket *socket);

    QHash<quint16, QTcpSocket *> m_sockets;
    bool m_refuse = false;
};

} // namespace kdra::demo
