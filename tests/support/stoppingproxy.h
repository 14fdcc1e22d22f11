// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QPointer>
#include <QTcpServer>
#include <QTcpSocket>

namespace kdra::test {

// A TCP relay on loopback that can be cut like a cable: while it is cut nothing passes and nobody is told.
class StoppingProxy : public QObject {
    Q_OBJECT
public:
    explicit StoppingProxy(quint16 target);
    quint16 port() const { return m_server.serverPort(); }

    // Bytes stop passing and new connections hang; sockets stay open, as with a pulled cable.
    void cut();
    // Whatever was open is reset now; new connections pass.
    void mend();
    // Forwards only this many more bytes from the server, then resets the connection: half a frame.
    void resetAfter(qint64 bytes) { m_remaining = bytes; }

private:
    struct Pair {
        QPointer<QTcpSocket> client;
        QPointer<QTcpSocket> server;
    };
    void accept();
    void pump(QTcpSocket *from, QTcpSocket *to, bool fromServer);

    const quint16 m_target;
    QTcpServer m_server;
    QList<Pair> m_pairs;
    bool m_cut = false;
    qint64 m_remaining = -1;
};

} // namespace kdra::test
