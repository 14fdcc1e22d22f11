// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "metrics/newest.h"
#include "metrics/promclient.h"

#include <QHash>
#include <QObject>
#include <QTimer>

#include <memory>

namespace kdra::ui {

class EnvironmentWatch;
class Pages;
class Session;

// Tells the page of environments what they use, as long as it is looked at and the cluster has a Prometheus. GUI
// thread.
class EnvironmentUseFeed : public QObject {
    Q_OBJECT
public:
    EnvironmentUseFeed(Session &session, EnvironmentWatch &watch, Pages &pages, QObject *parent);

    // Null: nothing is known.
    void setClient(std::shared_ptr<metrics::PromClient> client);

private:
    void ask();
    void tell();

    Session &m_session;
    EnvironmentWatch &m_watch;
    Pages &m_pages;
    std::shared_ptr<metrics::PromClient> m_client;
    metrics::Newest<metrics::Answer> m_cpuAsked;
    metrics::Newest<metrics::Answer> m_memoryAsked;
    // By namespace and pod.
    QHash<std::pair<QString, QString>, double> m_cpu; // cores
    QHash<std::pair<QString, QString>, double> m_memory; // bytes
    QTimer m_timer;
};

} // namespace kdra::ui
