// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kube/objectref.h"
#include "kube/watchstream.h"
#include "store/inbox.h"

#include <QObject>

#include <chrono>

class QTimer;

namespace kdra::kube {
class ApiClient;
struct Response;
}

namespace kdra::store {

// What the reflectors of one cluster have learnt about its server. Network thread only.
struct ServerTraits {
    bool refusesStreamingLists = false; // before 1.32, or over an old etcd
    bool refusesWebSockets = false; // a proxy in between
};

// Lists and watches one kind for as long as it lives, with the best transport the server grants: streaming list over
// WebSocket, else list and watch over WebSocket, else chunked HTTP. Repairs itself with jittered backoff; every change
// and every state goes to the inbox in order. Network thread only. (client-go's Reflector; KEP-3157 for streaming
// lists.)
class Reflector : public QObject {
    Q_OBJECT
public:
    Reflector(Kind kind, kube::ApiClient &client, Inbox &inbox, ServerTraits &traits,
        kube::WatchStream::Deadlines deadlines, QObject *parent);

    // `ns`: empty for all namespaces. `fallbackNamespace`: watched instead when all namespaces are forbidden.
    void start(const kube::Resource &resource, const QString &ns, const QString &fallbackNamespace);
    // This server has no such kind.
    void notServed(const Error &why);
    void handle(const Report &report);
    // The server can be reached again, or the user asks: no more waiting.
    void retryNow();
    // Makes sure that the connection lives.
    void probe();

Q_SIGNALS:
    // A connection of this kind stands, after one that had failed.
    void recovered();

private:
    enum class Step { Idle, StreamingList, Listing, Watching, Diagnosing, Waiting, Stopped };

    void begin();
    void openStream(Step step);
    void requestPage(const QString &continueToken);
    void streamOpened();
    void streamClosed(const Error &error);
    void afterDrained();
    void diagnose();
    void diagnosed(const Result<kube::Response> &answer);
    bool settle(const Error &error); // true when retrying does not help: forbidden, not served
    void wait(const Error &error);
    void setState(KindPhase phase, std::optional<Error> error = {}, bool reconnect = false);
    Delivery delivery(Delivery::What what) const;

    const Kind m_kind;
    kube::ApiClient &m_client;
    Inbox &m_inbox;
    ServerTraits &m_traits;
    const kube::WatchStream::Deadlines m_deadlines;
    kube::Resource m_resource;
    QString m_namespace;
    QString m_fallbackNamespace;
    Step m_step = Step::Idle;
    quint32 m_generation = 0;
    kube::WatchStream *m_stream = nullptr;
    QTimer *m_timer;
    Latest m_request;
    QString m_resourceVersion;
    std::optional<Error> m_closed; // why the stream ended
    std::optional<Error> m_streamError; // an ERROR event in it
    Transport m_transport = Transport::None;
    std::chrono::steady_clock::time_point m_openedAt;
    bool m_opened = false;
    bool m_everSynced = false;
    bool m_troubled = false; // failing since the last opened stream
    int m_failures = 0; // in a row, for the backoff
    int m_shortLives = 0; // resumed watches in a row that ended at once
    int m_refusals = 0; // upgrades refused in a row while plain requests work
};

} // namespace kdra::store
