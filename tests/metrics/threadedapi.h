// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kube/apiclient.h"

#include <QThread>

namespace kdra::test {

// A client on a network thread of its own, as the application has it.
class ThreadedApi {
public:
    explicit ThreadedApi(kube::ClientConfig config)
        : m_client(new kube::ApiClient(std::move(config)))
    {
        m_client->moveToThread(&m_thread);
        QObject::connect(&m_thread, &QThread::finished, m_client, &QObject::deleteLater);
        m_thread.start();
    }
    explicit ThreadedApi(const QUrl &server = QUrl(QStringLiteral("http://127.0.0.1:1")))
        : ThreadedApi(kube::ClientConfig{.contextName = QStringLiteral("test"),
              .cluster = {.name = QStringLiteral("test"), .server = server},
              .user = {.name = QStringLiteral("tester"), .token = QStringLiteral("sesame")}})
    {
    }
    ~ThreadedApi() { stop(); }
    void stop()
    {
        m_thread.quit();
        m_thread.wait();
    }
    kube::ApiClient &operator*() { return *m_client; }

private:
    QThread m_thread;
    kube::ApiClient *m_client;
};

} // namespace kdra::test
