// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "metrics/alerts.h"
#include "ui/metrics/alertmodel.h"

#include <QFrame>
#include <QTimer>

#include <array>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSplitter;
class QStackedWidget;
class QToolButton;
class QTreeView;

namespace kdra::ui {

class AlertDetails;
class Banner;
class EmptyState;
class SilenceList;
class Theme;

// What is firing, pending, silenced and inhibited, in groups; what is known of one alert; and the silences. What is
// shown comes from outside, and what is asked for goes there. GUI thread.
class AlertsPage : public QFrame {
    Q_OBJECT
public:
    explicit AlertsPage(const Theme &theme, QWidget *parent = nullptr);
    ~AlertsPage() override;

    // As they were at `asOf` (milliseconds since the epoch); the list is shown from now on.
    void setAlerts(const QList<metrics::Alert> &alerts, const QList<metrics::Silence> &silences, qint64 asOf);
    // Instead of the list: there is no source of alerts, or it is looked for.
    void setAbsence(const QString &title, const QString &text);
    // What is wrong with the source of what is shown; empty: nothing.
    void setTrouble(const QString &text);
    // Where silences are made. `name` empty: there is none, and then `explanation` says so in whole sentences.
    // `problem`: why nothing may be silenced; empty: it may.
    void setManager(const QString &name, const QString &explanation, const QString &problem);
    // Shows this alert among the others, whatever is filtered.
    void select(const QString &id);

    const QList<metrics::Alert> &alerts() const { return m_alerts; }
    // Those that nobody counts: an alert that says only that alerts work is none.
    int count(metrics::Alert::State state) const { return m_counts[static_cast<size_t>(state)]; }

    QTreeView &view() const { return *m_view; }
    AlertModel &model() const { return *m_model; }
    AlertDetails &details() const { return *m_details; }
    SilenceList &silenceList() const { return *m_silences; }
    QLineEdit &filterEdit() const { return *m_filter; }
    QToolButton &stateButton(metrics::Alert::State state) const { return *m_states[static_cast<size_t>(state)]; }
    QComboBox &groupBox() const { return *m_groups; }
    QToolButton &managerButton() const { return *m_manager; }
    QToolButton &noticesButton() const { return *m_notices; }
    Banner &banner() const { return *m_banner; }
    QLabel &managerNote() const { return *m_managerNote; }
    EmptyState &calm() const { return *m_calm; }
    EmptyState &absence() const { return *m_absence; }
    QLabel &freshness() const { return *m_freshness; }

Q_SIGNALS:
    // For these labels; empty: for what the user will write.
    void silenceRequested(const QList<kdra::metrics::LabelMatcher> &matchers);
    void expireRequested(const QStringList &ids);
    void placeRequested(const kdra::metrics::AlertPlace &place);
    void exploreRequested(const QString &promql);
    // Where the alerts come from; where silences are made; who is told.
    void sourceRequested();
    void managerRequested();
    void noticesRequested();

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    QWidget *makeHeader();
    void makeLists();
    void refill();
    void updateFreshness();
    void updateDetails();
    bool isShown(const metrics::Alert &alert) const;

    const Theme &m_theme;
    QList<metrics::Alert> m_alerts; // without watchdogs
    QList<metrics::Silence> m_activeSilences;
    std::array<int, 4> m_counts{}; // by state
    qint64 m_asOf = 0;
    bool m_hasWatchdog = false;
    bool m_isTrouble = false;
    AlertModel *m_model;
    QLineEdit *m_filter;
    std::array<QToolButton *, 4> m_states{};
    QComboBox *m_groups;
    QToolButton *m_manager;
    QToolButton *m_notices;
    QLabel *m_freshness;
    Banner *m_banner;
    QLabel *m_managerNote;
    QTreeView *m_view;
    AlertDetails *m_details;
    SilenceList *m_silences;
    EmptyState *m_calm;
    EmptyState *m_absence;
    QPushButton *m_showAll;
    QSplitter *m_columns;
    QStackedWidget *m_list; // the tree, or that there is nothing in it
    QStackedWidget *m_stack; // all of that, or that there is no source
    QTimer m_ageTimer;
};

} // namespace kdra::ui
