// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "metrics/metricsserver.h"
#include "metrics/newest.h"

#include <QObject>
#include <QTimer>

namespace kdra::ui {

class MetricsDesk;
class MetricsPage;
class Session;

// Asks metrics-server for what the page of metrics shows where there is no Prometheus: again and again while the page
// is seen, and no more where the cluster has none. Answers are parsed on a pool. GUI thread.
class UseNowFeed : public QObject {
    Q_OBJECT
public:
    UseNowFeed(Session &session, MetricsDesk &desk, MetricsPage &page, QObject *parent);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void reset();
    void decide();
    void ask();
    void take(const Result<metrics::ResourceUse> &nodes);
    void show(const Result<metrics::ResourceUse> &pods);

    Session &m_session;
    MetricsDesk &m_desk;
    MetricsPage &m_page;
    QTimer m_timer;
    bool m_absent = false; // this cluster has no metrics-server
    metrics::ResourceUse m_nodes;
    metrics::Newest<metrics::ResourceUse> m_nodesAsked;
    metrics::Newest<metrics::ResourceUse> m_podsAsked;
};

} // namespace kdra::ui
