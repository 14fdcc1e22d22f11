// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "metrics/discovery.h"
#include "models/alertmarks.h"
#include "models/happenings.h"
#include "ui/alertfeed.h"
#include "ui/metrics/viewstate.h"
#include "ui/metricsources.h"

#include <QPointer>

#include <map>

namespace kdra::ui {

class AlertsPage;
class Pages;
class Session;
class SilenceDialog;

// Between the page of alerts and the clusters: finds the Alertmanager of a cluster, asks it and the rules, makes and
// ends silences, and says what the desktop is to be told. GUI thread.
class AlertDesk : public QObject {
    Q_OBJECT
public:
    AlertDesk(Session &session, Pages &pages, QWidget *window);
    ~AlertDesk() override;

    // Who answers about the rules of the cluster that is shown; null: nobody.
    void setClient(std::shared_ptr<metrics::PromClient> client);
    // Of the cluster that is shown; null while there is none.
    AlertFeed *feed() const;
    // When what fires (heard of or not) began, for plots that are about `scope`.
    QList<EventMark> marks(const models::HappeningScope &scope = {}) const;
    // How many fire, and how bad the worst of them is.
    int firing() const;
    store::Severity worst() const;

    metrics::NoticeRules noticeRules() const { return m_rules; }
    void setNoticeRules(const metrics::NoticeRules &rules);
    void chooseManager();
    void chooseNotices();
    // Shows this one among the others.
    void showAlert(const QString &id);
    // Shows the alerts, and asks for a silence with these matchers.
    SilenceDialog *askForSilence(const QList<metrics::LabelMatcher> &matchers);

Q_SIGNALS:
    // Alerts, silences, or what is known of their sources.
    void changed();
    // What fires, by what it is about; of the cluster that is shown.
    void marked(const kdra::models::AlertMarks &alerts);
    // The same of another cluster.
    void markedBeside(int id, const kdra::models::AlertMarks &alerts);
    // To be told to whoever does not look at the window.
    void notified(const QString &title, const QString &text);
    void exploreRequested(const QString &promql);
    void sourceRequested();
    void failed(const QString &title, const kdra::Error &error);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    // What is known of one cluster.
    struct Cluster {
        std::unique_ptr<AlertFeed> feed;
        metrics::HeldNotices held;
        bool troubleTold = false; // on the desktop
        metrics::Choice choice;
        std::optional<QList<metrics::Finding>> findings; // of Alertmanagers; none: not asked yet
        QList<metrics::Endpoint> asked;
        bool looking = false;
        Latest looks;
        Latest marking;
    };

    Cluster *current();
    const Cluster *current() const;
    void follow();
    void followServices();
    void look(int id);
    void takeFindings(int id, const QList<metrics::Finding> &findings, const metrics::Secrets &secrets);
    void setInterval();
    void tellTrouble(int id);
    void tellDesktop(const std::optional<metrics::AlertNotice> &notice);
    QString nameOf(int id) const;
    void tell();
    void tellManager();
    void mark(int id);
    void use(int id, const metrics::Choice &choice, const metrics::Secrets &secrets);
    void makeSilence(const metrics::Silence &silence);
    void expire(const QStringList &ids);
    void show(const metrics::AlertPlace &place);
    // Why nothing may be silenced; empty: it may.
    QString silencingProblem() const;
    QString setting(const QString &what) const;

    Session &m_session;
    Pages &m_pages;
    AlertsPage &m_page;
    QWidget *m_window;
    SourceSecrets m_secrets;
    std::map<int, Cluster> m_clusters; // by their ids
    metrics::NoticeRules m_rules;
    QPointer<SilenceDialog> m_dialog;
};

} // namespace kdra::ui
