// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo/request.h"
#include "demo/stream.h"

#include <QHash>

namespace kdra::demo {

// The head of an HTTP request that asks for a WebSocket (RFC 6455).
struct UpgradeRequest {
    QByteArray target;
    QHash<QByteArray, QByteArray> headers; // names in lower case

    // nullopt when `head` (up to the empty line) is no upgrade.
    static std::optional<UpgradeRequest> parse(QByteArrayView head);
    QByteArrayList protocols() const;
};

// The server's side of a WebSocket that only sends: text frames straight from stored bytes, unmasked. What the client
// sends is read and dropped, but pings and close frames are answered. Written by hand because QWebSocket takes text as
// UTF-16 and buffers without bound.
class WsConnection : public Stream {
    Q_OBJECT
public:
    // Answers the handshake; `protocol` is the subprotocol that was agreed on, if any.
    WsConnection(std::shared_ptr<Source> source, QTcpSocket *socket, const UpgradeRequest &request,
        const QByteArray &protocol, QObject *parent);
    ~WsConnection() override;

    // Answers an upgrade with a plain HTTP response and closes.
    static void refuse(QTcpSocket *socket, const ApiResponse &response);

protected:
    Framer &framer(QByteArray &buffer) override;
    void write(const QByteArray &bytes) override;
    void finish() override;

private:
    void readFrames();

    class TextFramer;
    std::unique_ptr<TextFramer> m_framer;
    QByteArray m_input;
    bool m_closed = false;
};

} // namespace kdra::demo
