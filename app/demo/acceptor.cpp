// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/acceptor.h"

#include <QTcpSocket>

namespace kdra::demo {
namespace {

constexpr qint64 MaxHead = 64 * 1024;

// Resets instead of closing politely: what a server that is killed looks like.
void reset(QTcpSocket *socket)
{
    socket->abort();
}

} // namespace

void Acceptor::incomingConnection(qintptr descriptor)
{
    auto *socket = new QTcpSocket(this);
    if (!socket->setSocketDescriptor(descriptor)) {
        delete socket;
        return;
    }
    if (m_refuse) {
        reset(socket);
        socket->deleteLater();
        return;
    }
    socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    const quint16 port = socket->peerPort();
    m_sockets.insert(port, socket);
    const auto forget = [this, port, socket] {
        if (m_sockets.value(port) == socket)
            m_sockets.remove(port);
    };
    connect(socket, &QTcpSocket::disconnected, this, forget);
    connect(socket, &QObject::destroyed, this, forget);
    connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
    connect(socket, &QTcpSocket::readyRead, this, [this, socket] { inspect(socket); });
    if (socket->bytesAvailable() > 0)
        inspect(socket);
}

void Acceptor::inspect(QTcpSocket *socket)
{
    const QByteArray head = socket->peek(MaxHead);
    const qsizetype end = head.indexOf("\r\n\r\n");
    if (end < 0 && head.size() < MaxHead)
        return;
    disconnect(socket, &QTcpSocket::readyRead, this, nullptr);
    disconnect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater); // its new owner's business
    const auto upgrade = end < 0 ? std::nullopt : UpgradeRequest::parse(QByteArrayView(head).first(end));
    if (upgrade) {
        socket->skip(end + 4);
        Q_EMIT upgradeRequested(socket, *upgrade);
        return;
    }
    addPendingConnection(socket);
    Q_EMIT socket->readyRead(); // the HTTP server was not there yet when the data came
}

void Acceptor::dropAll()
{
    const auto sockets = m_sockets.values();
    for (QTcpSocket *socket : sockets)
        reset(socket);
}

} // namespace kdra::demo
