// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/stoppingproxy.h"

namespace kdra::test {

StoppingProxy::StoppingProxy(quint16 target)
    : m_target(target)
{
    connect(&m_server, &QTcpServer::newConnection, this, &StoppingProxy::accept);
    m_server.listen(QHostAddress::LocalHost);
}

void StoppingProxy::accept()
{
    while (QTcpSocket *client = m_server.nextPendingConnection()) {
        auto *server = new QTcpSocket(this);
        m_pairs.append(Pair{client, server});
        connect(client, &QTcpSocket::readyRead, this, [=, this] { pump(client, server, false); });
        connect(server, &QTcpSocket::readyRead, this, [=, this] { pump(server, client, true); });
        connect(server, &QTcpSocket::connected, this, [=, this] { pump(client, server, false); });
        connect(server, &QTcpSocket::disconnected, this, [=, this] {
            if (!m_cut)
                client->disconnectFromHost();
        });
        connect(client, &QTcpSocket::disconnected, server, &QTcpSocket::disconnectFromHost);
        connect(server, &QTcpSocket::errorOccurred, this, [=, this](QAbstractSocket::SocketError error) {
            // An orderly end still has bytes on their way to the client.
            if (!m_cut && error != QAbstractSocket::RemoteHostClosedError)
                client->abort();
        });
        server->connectToHost(QHostAddress::LocalHost, m_target);
    }
}

void StoppingProxy::pump(QTcpSocket *from, QTcpSocket *to, bool fromServer)
{
    if (m_cut || to->state() != QAbstractSocket::ConnectedState)
        return;
    QByteArray bytes = from->readAll();
    if (fromServer && m_remaining >= 0) {
        bytes.truncate(std::min<qint64>(bytes.size(), m_remaining));
        m_remaining -= bytes.size();
        to->write(bytes);
        if (m_remaining == 0) {
            m_remaining = -1;
            to->flush();
            to->abort();
            from->abort();
        }
        return;
    }
    to->write(bytes);
}

void StoppingProxy::cut()
{
    m_cut = true;
}

void StoppingProxy::mend()
{
    m_cut = false;
    for (const auto pairs = std::exchange(m_pairs, {}); const Pair &pair : pairs) {
        for (const QPointer<QTcpSocket> &socket : {pair.client, pair.server}) {
            if (socket) {
                socket->abort();
                socket->deleteLater();
            }
        }
    }
}

} // namespace kdra::test
