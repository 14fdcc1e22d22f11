// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kube/apiclient.h"
#include "kube/discovery.h"
#include "store/reflector.h"

#include <QObject>

#include <array>
#include <functional>

class QTimer;

namespace kdra::store {

// The network side of one cluster: discovery, then one reflector a kind. Lives in the cluster's network thread.
class Network : public QObject {
    Q_OBJECT
public:
    // `connected` is called on the network thread with the outcome of each attempt at discovery.
    Network(kube::ApiClient &client, Inbox &inbox, kube::WatchStream::Deadlines deadlines,
        std::function<void(Result<kube::ServerApi>)> connected);

    void start();
    void wake();
    void handle(const Report &report);

private:
    void discover();
    void discovered(const Result<kube::ServerApi> &api);
    void noticeSuspend();

    kube::ApiClient &m_client;
    Inbox &m_inbox;
    const kube::WatchStream::Deadlines m_deadlines;
    const std::function<void(Result<kube::ServerApi>)> m_connected;
    ServerTraits m_traits;
    std::array<Reflector *, kindCount> m_reflectors{};
    QTimer *m_retry;
    QTimer *m_suspendCheck;
    std::chrono::nanoseconds m_suspended{};
    int m_failures = 0;
    bool m_discovered = false;
    bool m_discovering = false;
};

} // namespace kdra::store
