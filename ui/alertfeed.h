// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/latest.h"
#include "metrics/alertnotices.h"
#include "metrics/promclient.h"

#include <QObject>
#include <QTimer>

#include <memory>

namespace kdra::ui {

// What is firing in one cluster: its rules and its Alertmanager, asked again and again. What was last known stays while
// a source does not answer. GUI thread; answers are parsed and merged elsewhere.
class AlertFeed : public QObject {
    Q_OBJECT
public:
    explicit AlertFeed(QObject *parent = nullptr);
    ~AlertFeed() override;

    // Null: there is none. Another one is asked at once.
    void setRules(std::shared_ptr<metrics::PromClient> client);
    void setManager(std::shared_ptr<metrics::AlertmanagerClient> client);
    metrics::PromClient *rules() const { return m_prom.get(); }
    const std::shared_ptr<metrics::AlertmanagerClient> &manager() const { return m_manager; }
    // Between two rounds; 0: it is not asked.
    void setInterval(std::chrono::milliseconds interval);
    // Now; what is under way counts no more.
    void refresh();

    bool isAnswered() const { return m_asOf > 0; }
    const QList<metrics::Alert> &alerts() const { return m_alerts; }
    // Their beginnings and ends by our clock.
    const QList<metrics::Silence> &silences() const { return m_silences; }
    // Milliseconds that the clock of the servers is ahead of ours, as Prometheus tells it.
    qint64 clockAhead() const;
    // Of the last answer of the rules or, without any, of the Alertmanager: milliseconds since the epoch; 0: there was
    // none.
    qint64 asOf() const { return m_asOf; }
    // What is wrong with the sources, in whole sentences; empty: nothing.
    QString trouble() const;
    // Since when, by our clock in milliseconds since the epoch; 0: nothing is.
    qint64 troubleSince() const;
    // Why there is no answer at all yet.
    const std::optional<Error> &error() const { return m_deadMan.state().error; }

Q_SIGNALS:
    // A round is over.
    void changed();
    // These began to fire since the round before.
    void began(const QList<kdra::metrics::Alert> &alerts);

private:
    struct Round;
    void finish(const std::shared_ptr<Round> &round);
    void take(const Round &round, const QList<metrics::Alert> &alerts);

    std::shared_ptr<metrics::PromClient> m_prom;
    std::shared_ptr<metrics::AlertmanagerClient> m_manager;
    QList<metrics::RuleGroup> m_rules;
    QList<metrics::ManagedAlert> m_managed;
    QList<metrics::Silence> m_silences;
    QList<metrics::Alert> m_alerts;
    metrics::DeadMan m_deadMan;
    metrics::AlertNotices m_notices;
    std::optional<Error> m_managerError;
    qint64 m_managerSilentSince = 0;
    qint64 m_asOf = 0;
    std::chrono::milliseconds m_interval{0};
    QTimer m_timer;
    Latest m_rounds;
};

} // namespace kdra::ui
