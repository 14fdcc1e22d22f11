// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/latest.h"
#include "base/result.h"

#include <QObject>
#include <QPointer>
#include <QUrlQuery>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

class QNetworkReply;
class QTimer;
class QWebSocket;

namespace kdra::kube {

class ApiClient;

// One watch of one collection, over a WebSocket or a chunked HTTP answer (Kubernetes API concepts: efficient detection
// of changes). Gives the watch events as they arrive, undecoded. One use: open() once, closed() once. Lives on the
// ApiClient's thread.
class WatchStream : public QObject {
    Q_OBJECT
public:
    enum class Transport { WebSocket, Http };

    // Silence that counts as a broken connection. A WebSocket is pinged; an HTTP watch has only its bookmarks (about
    // one a minute).
    struct Deadlines {
        std::chrono::milliseconds connect = std::chrono::seconds(15);
        std::chrono::milliseconds pingEvery = std::chrono::seconds(10);
        std::chrono::milliseconds pongWithin = std::chrono::seconds(10);
        std::chrono::milliseconds httpSilence = std::chrono::seconds(150);
    };

    // What arrives: one watch event as JSON text, UTF-16 as QWebSocket hands it out or UTF-8.
    using TextSink = std::function<void(QString &&)>;
    using BytesSink = std::function<void(QByteArray &&)>;

    WatchStream(ApiClient &client, Transport transport, Deadlines deadlines, QObject *parent = nullptr);
    ~WatchStream() override;

    void open(const QString &path, const QUrlQuery &query, TextSink text, BytesSink bytes);
    // Pings now (WebSocket): closed() follows within pongWithin when nobody is there.
    void probe();
    void close();

    bool isOpen() const { return m_open; }

Q_SIGNALS:
    void opened();
    // A frame or a pong arrived.
    void heard();
    // The stream is over: `error` says why; Kind::Cancelled when the server ended it in good order. Before opened(), a
    // httpStatus says that the server answered and refused.
    void closed(const kdra::Error &error);

private:
    void openWebSocket(const QString &path, const QUrlQuery &query);
    void openHttp(const QString &path, const QUrlQuery &query);
    void watchOver(QNetworkReply *reply, const QString &where);
    void readLines();
    void finish(const Error &error);

    ApiClient &m_client;
    const Transport m_transport;
    const Deadlines m_deadlines;
    TextSink m_text;
    BytesSink m_bytes;
    QWebSocket *m_socket = nullptr;
    QPointer<QNetworkReply> m_reply; // dies with the client
    QTimer *m_deadline;
    QTimer *m_pinger;
    QByteArray m_line;
    QString m_where;
    std::optional<Error> m_tlsError;
    Latest m_opening;
    bool m_connected = false; // TCP; a refusal after that is an HTTP answer
    bool m_open = false;
    bool m_finished = false;
};

} // namespace kdra::kube
