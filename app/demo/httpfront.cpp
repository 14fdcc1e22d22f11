// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/httpfront.h"

#include "demo/acceptor.h"
#include "demo/stream.h"

#include <QHttpHeaders>
#include <QHttpServerRequest>
#include <QHttpServerResponder>
#include <QTcpSocket>

namespace kdra::demo {
namespace {

// A chunked answer: watch events as lines, or plain bytes.
class ChunkedResponse : public Stream {
public:
    ChunkedResponse(std::shared_ptr<Source> source, QTcpSocket *socket, QHttpServerResponder responder,
        const QHttpHeaders &headers, QHttpServerResponder::StatusCode code, QObject *parent)
        : Stream(std::move(source), socket, parent)
        , m_responder(std::move(responder))
    {
        m_responder.writeBeginChunked(headers, code);
    }

protected:
    Framer &framer(QByteArray &buffer) override
    {
        m_framer.out = &buffer;
        return m_framer;
    }
    void write(const QByteArray &bytes) override
    {
        if (!bytes.isEmpty()) // an empty chunk would end the answer
            m_responder.writeChunk(bytes);
    }
    void finish() override { m_responder.writeEndChunked({}); }

private:
    class LineFramer : public Framer {
    public:
        QByteArray *out = nullptr;

        void event(QByteArrayView type, QByteArrayView json) override
        {
            *out += "{\"type\":\"";
            *out += type;
            *out += "\",\"object\":";
            *out += json;
            *out += "}\n";
        }
        void raw(QByteArrayView bytes) override { *out += bytes; }
    };

    QHttpServerResponder m_responder;
    LineFramer m_framer;
};

QByteArray methodName(QHttpServerRequest::Method method)
{
    switch (method) {
    case QHttpServerRequest::Method::Get:
        return QByteArrayLiteral("GET");
    case QHttpServerRequest::Method::Head:
        return QByteArrayLiteral("HEAD");
    case QHttpServerRequest::Method::Post:
        return QByteArrayLiteral("POST");
    case QHttpServerRequest::Method::Put:
        return QByteArrayLiteral("PUT");
    case QHttpServerRequest::Method::Patch:
        return QByteArrayLiteral("PATCH");
    case QHttpServerRequest::Method::Delete:
        return QByteArrayLiteral("DELETE");
    default:
        return QByteArrayLiteral("OPTIONS");
    }
}

} // namespace

HttpFront::HttpFront(Handler handler, Acceptor &acceptor, QObject *streams, QObject *parent)
    : QAbstractHttpServer(parent)
    , m_handler(std::move(handler))
    , m_acceptor(acceptor)
    , m_streams(streams)
{
}

bool HttpFront::handleRequest(const QHttpServerRequest &http, QHttpServerResponder &responder)
{
    ApiRequest request;
    request.method = methodName(http.method());
    request.setUrl(http.url());
    const auto header = [&http](QLatin1StringView name) { return http.headers().combinedValue(name); };
    request.accept = header(QLatin1StringView("accept"));
    request.contentType = header(QLatin1StringView("content-type")).split(';').first().trimmed().toLower();
    request.userAgent = header(QLatin1StringView("user-agent"));
    request.authorization = header(QLatin1StringView("authorization"));
    request.body = http.body();

    const ApiResponse response = m_handler(request);
    QHttpHeaders headers;
    headers.append(QHttpHeaders::WellKnownHeader::ContentType, response.contentType);
    headers.append(QHttpHeaders::WellKnownHeader::CacheControl, QByteArrayView("no-cache, private"));
    for (const auto &[name, value] : response.headers)
        headers.append(QLatin1StringView(name), QLatin1StringView(value));
    const auto code = static_cast<QHttpServerResponder::StatusCode>(response.code);
    QTcpSocket *socket = m_acceptor.socketOf(http.remotePort());
    if (response.stream && socket) {
        auto *stream = new ChunkedResponse(response.stream, socket, std::move(responder), headers, code, m_streams);
        stream->pump();
    } else {
        responder.write(response.body, headers, code);
    }
    return true;
}

void HttpFront::missingHandler(const QHttpServerRequest &, QHttpServerResponder &) { }

} // namespace kdra::demo
