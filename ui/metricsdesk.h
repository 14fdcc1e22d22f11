// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "metrics/discovery.h"
#include "metrics/promclient.h"
#include "store/snapshot.h"
#include "ui/metricsources.h"

#include <QObject>

#include <map>
#include <memory>
#include <optional>

namespace kdra::ui {

class Pages;
class Session;

// Between the metrics page and the clusters: finds where the numbers of a cluster come from, remembers what the user
// chose, and hands out who answers queries. GUI thread.
class MetricsDesk : public QObject {
    Q_OBJECT
public:
    MetricsDesk(Session &session, Pages &pages, QWidget *window);
    ~MetricsDesk() override;

    // Of the cluster that is shown; null while there is none.
    std::shared_ptr<metrics::PromClient> client() const;
    // Asks all candidates again.
    void discover();
    void chooseSource();

Q_SIGNALS:
    // client() is another one.
    void clientChanged();
    // The template that brings a Prometheus.
    void installRequested();
    void failed(const QString &title, const kdra::Error &error);

private:
    // What is known of one cluster's source.
    struct Source {
        metrics::Choice choice;
        QList<metrics::ServiceFacts> services; // that were asked
        std::optional<QList<metrics::Finding>> findings; // none: not asked yet
        std::optional<Error> error;
        std::shared_ptr<metrics::PromClient> client;
        quint64 round = 0;
        bool looking = false;
    };

    Source *current();
    void follow();
    void followServices();
    void ask(int cluster);
    void take(int cluster, quint64 round, const Result<QList<metrics::Finding>> &findings);
    void use(int cluster, const metrics::Choice &choice, const metrics::Secrets &secrets);
    void tell();
    QFuture<Result<metrics::Secrets>> readSecrets(const metrics::Choice &choice) const;
    metrics::Secrets secretsOr(const Result<metrics::Secrets> &read);
    QString settingsKey(const QString &what) const;

    Session &m_session;
    Pages &m_pages;
    QWidget *m_window;
    SourceSecrets m_secrets;
    std::map<int, Source> m_sources; // by the id of the cluster
};

} // namespace kdra::ui
