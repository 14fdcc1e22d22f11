// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/wsconnection.h"

#include <QCryptographicHash>
#include <QTcpSocket>
#include <QtEndian>

namespace kdra::demo {
namespace {

enum Opcode : quint8 { Text = 1, Close = 8, Ping = 9, Pong = 10 };

void appendHeader(QByteArray &out, Opcode opcode, quint64 size)
{
    out += static_cast<char>(0x80 | opcode);
    if (size < 126) {
        out += static_cast<char>(size);
    } else if (size < 65536) {
        const quint16 length = qToBigEndian(static_cast<quint16>(size));
        out += static_cast<char>(126);
        out.append(reinterpret_cast<const char *>(&length), sizeof length);
    } else {
        const quint64 length = qToBigEndian(size);
        out += static_cast<char>(127);
        out.append(reinterpret_cast<const char *>(&length), sizeof length);
    }
}

} // namespace

class WsConnection::TextFramer : public Framer {
public:
    QByteArray *out = nullptr;

    void event(QByteArrayView type, QByteArrayView json) override
    {
        static constexpr QByteArrayView before("{\"type\":\"");
        static constexpr QByteArrayView between("\",\"object\":");
        const auto size = before.size() + type.size() + between.size() + json.size() + 1;
        appendHeader(*out, Text, static_cast<quint64>(size));
        *out += before;
        *out += type;
        *out += between;
        *out += json;
        *out += '}';
    }

    void raw(QByteArrayView bytes) override
    {
        appendHeader(*out, Text, static_cast<quint64>(bytes.size()));
        *out += bytes;
    }
};

std::optional<UpgradeRequest> UpgradeRequest::parse(QByteArrayView head)
{
    UpgradeRequest request;
    const QByteArrayList lines = head.toByteArray().split('\n');
    const QByteArrayList first = lines.first().trimmed().split(' ');
    if (first.size() != 3 || first.first() != "GET")
        return std::nullopt;
    request.target = first.at(1);
    for (const auto fields = lines.sliced(1); const QByteArray &line : fields) {
        const qsizetype colon = line.indexOf(':');
        if (colon <= 0)
            continue;
        const QByteArray name = line.first(colon).trimmed().toLower();
        QByteArray &value = request.headers[name];
        value += (value.isEmpty() ? "" : ", ") + line.sliced(colon + 1).trimmed();
    }
    if (request.headers.value("upgrade").toLower() != "websocket"
        || !request.headers.value("connection").toLower().contains("upgrade"))
        return std::nullopt;
    return request;
}

QByteArrayList UpgradeRequest::protocols() const
{
    QByteArrayList list;
    for (const auto protocols = headers.value("sec-websocket-protocol").split(',');
        const QByteArray &protocol : protocols)
        list.append(protocol.trimmed());
    list.removeAll(QByteArray());
    return list;
}

WsConnection::WsConnection(std::shared_ptr<Source> source, QTcpSocket *socket, const UpgradeRequest &request,
    const QByteArray &protocol, QObject *parent)
    : Stream(std::move(source), socket, parent)
    , m_framer(std::make_unique<TextFramer>())
{
    socket->setParent(this);
    const QByteArray key = request.headers.value("sec-websocket-key") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    QByteArray answer = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        "Sec-WebSocket-Accept: "
        + QCryptographicHash::hash(key, QCryptographicHash::Sha1).toBase64() + "\r\n";
    if (!protocol.isEmpty())
        answer += "Sec-WebSocket-Protocol: " + protocol + "\r\n";
    socket->write(answer + "\r\n");
    connect(socket, &QTcpSocket::readyRead, this, &WsConnection::readFrames);
    readFrames();
}

WsConnection::~WsConnection() = default;

void WsConnection::refuse(QTcpSocket *socket, const ApiResponse &response)
{
    socket->write("HTTP/1.1 " + QByteArray::number(response.code) + " Refused\r\nContent-Type: " + response.contentType
        + "\r\nContent-Length: " + QByteArray::number(response.body.size()) + "\r\nConnection: close\r\n\r\n"
        + response.body);
    connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
    socket->disconnectFromHost();
}

Framer &WsConnection::framer(QByteArray &buffer)
{
    m_framer->out = &buffer;
    return *m_framer;
}

void WsConnection::write(const QByteArray &bytes)
{
    if (!m_closed)
        socket()->write(bytes);
}

void WsConnection::finish()
{
    if (!std::exchange(m_closed, true)) {
        QByteArray frame;
        appendHeader(frame, Close, 2);
        frame += QByteArrayLiteral("\x03\xe8"); // 1000: normal
        socket()->write(frame);
    }
    QTcpSocket *last = socket();
    last->setParent(nullptr); // sends what is left on its own
    connect(last, &QTcpSocket::disconnected, last, &QObject::deleteLater);
    last->disconnectFromHost();
}

void WsConnection::readFrames()
{
    m_input += socket()->readAll();
    while (m_input.size() >= 2) {
        const auto byte = [this](qsizetype at) { return static_cast<quint8>(m_input.at(at)); };
        const int opcode = byte(0) & 0x0f;
        quint64 size = byte(1) & 0x7f;
        qsizetype at = 2;
        const qsizetype lengthBytes = size == 126 ? 2 : size == 127 ? 8 : 0;
        const qsizetype maskBytes = (byte(1) & 0x80) ? 4 : 0;
        if (m_input.size() < at + lengthBytes + maskBytes)
            return;
        if (lengthBytes == 2)
            size = qFromBigEndian<quint16>(m_input.constData() + at);
        else if (lengthBytes == 8)
            size = qFromBigEndian<quint64>(m_input.constData() + at);
        at += lengthBytes;
        if (size > 1024 * 1024) { // nobody has reason to send that much to a watch
            socket()->abort();
            return;
        }
        const qsizetype mask = at;
        at += maskBytes;
        const auto length = static_cast<qsizetype>(size);
        if (m_input.size() < at + length)
            return;
        QByteArray payload = m_input.sliced(at, length);
        for (qsizetype i = 0; maskBytes && i < length; ++i)
            payload[i] = static_cast<char>(payload.at(i) ^ m_input.at(mask + i % 4));
        m_input.remove(0, at + length);
        if (opcode == Ping) {
            QByteArray frame;
            appendHeader(frame, Pong, size);
            write(frame + payload);
        } else if (opcode == Close) {
            QByteArray frame;
            appendHeader(frame, Close, size);
            write(frame + payload);
            m_closed = true;
            socket()->disconnectFromHost();
            return;
        }
    }
}

} // namespace kdra::demo
