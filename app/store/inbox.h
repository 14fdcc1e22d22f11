// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/snapshot.h"

#include <QByteArray>
#include <QString>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

namespace kdra::store {

// How a reflector wants its kind to be shown from here on.
struct StateChange {
    KindPhase phase;
    Transport transport = Transport::None;
    QString apiVersion;
    QString scope; // the one namespace that is watched, empty for all
    std::optional<Error> error;
    bool reconnect = false; // counts as a reconnect
};

// What the network thread hands to the store thread, in the order it happened.
struct Delivery {
    enum class What : quint8 {
        BeginList, // a new list begins: what does not come again is gone
        Event, // a watch event as text
        Page, // one page of a list as bytes
        End, // the stream is over
        State,
    };
    What what = What::Event;
    Kind kind = Kind::Node;
    quint32 generation = 0; // of the reflector's attempt; comes back in the Report
    std::chrono::steady_clock::time_point received;
    QString text; // Event over WebSocket
    QByteArray bytes; // Event over HTTP, Page
    std::unique_ptr<StateChange> state;
};

// What the store thread answers a reflector.
struct Report {
    enum class What : quint8 {
        Synced, // the list is complete; resourceVersion is where to watch from
        PageDone, // a page is applied; continueToken names the next one
        Failed, // an ERROR event, or text that is not a watch event
        Drained, // everything before End is applied; resourceVersion is where to resume
    };
    What what;
    Kind kind;
    quint32 generation;
    QString resourceVersion;
    QString continueToken;
    std::optional<Error> error;
};

// The queue between a cluster's two threads. Bounded: push() waits while more than `capacity` bytes are queued, which
// stops reading the sockets and so slows the server down.
class Inbox {
public:
    explicit Inbox(size_t capacity = 24 * 1024 * 1024)
        : m_capacity(capacity)
    {
    }

    // Called on the pushing thread, under the lock, when the queue was empty before: it may only post an event.
    void setNotifier(std::function<void()> notifier) { m_notify = std::move(notifier); }

    void push(Delivery delivery);
    // Everything queued; empty when there is nothing.
    std::vector<Delivery> take();
    // From now on push() drops what it gets, waits no more and notifies nobody.
    void close();

    // By kind: when a frame or pong was last heard (steady_clock), written by the network thread.
    std::array<std::atomic<std::chrono::steady_clock::time_point>, kindCount> lastHeard{};

private:
    const size_t m_capacity;
    std::function<void()> m_notify;
    std::mutex m_mutex;
    std::condition_variable m_space;
    std::vector<Delivery> m_items;
    size_t m_bytes = 0;
    bool m_closed = false;
};

} // namespace kdra::store
