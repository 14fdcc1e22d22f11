// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "metrics/annotationfeed.h"
#include "metrics/dashboardfeed.h"
#include "store/records.h"
#include "ui/metrics/viewstate.h"

#include <QFrame>

class QComboBox;
class QLabel;
class QMenu;
class QPushButton;
class QStackedWidget;
class QToolButton;

namespace kdra::ui {

class Banner;
class DashboardGrid;
class EmptyState;
class PanelView;
class Theme;
class TimeRangePicker;
class UseNowView;
class VariableBar;

// Dashboards over what a Prometheus knows: which one, over which time, of what; live. Where the numbers come from is
// set from outside, and without a source the page says what is missing. GUI thread.
class MetricsPage : public QFrame {
    Q_OBJECT
public:
    explicit MetricsPage(const Theme &theme, QWidget *parent = nullptr);
    ~MetricsPage() override;

    // In the order of the menu, with the groups that it shows them in.
    struct Entry {
        metrics::Dashboard dashboard;
        QString group; // "Built in", "My dashboards"
        bool isOwn = false; // the user's: can be removed
    };
    // `unreadable`: how many more there are that cannot be shown.
    void setDashboards(const QList<Entry> &entries, int unreadable = 0);
    // Null: there is none.
    void setClient(std::shared_ptr<metrics::PromClient> client);
    // What the button for the source says: "monitoring/prometheus", and how that fares.
    void setSource(const QString &text, store::Severity severity, const QString &explanation);
    // Instead of panels while there is no source: it is still looked for; there is none that answers; or there is none,
    // and the template that brings one is offered.
    enum class Absence : quint8 { Looking, Final, CanInstall };
    void setAbsence(const QString &title, const QString &text, Absence absence);
    // In place of that: what metrics-server knows.
    void showUseNow(bool on);
    UseNowView &useNow() const { return *m_useNow; }
    void setMarks(const QList<EventMark> &marks, MarkOrigin origin = MarkOrigin::Cluster)
    {
        m_state.setMarks(marks, origin);
    }

    // Shows this dashboard; `pinned`: of one object only.
    void open(const QString &uid, const QMap<QString, QStringList> &wanted = {});
    QString currentUid() const { return m_feed.dashboard().uid; }
    void setRange(const metrics::TimeRange &range);

    // Nothing that is seen is still to come: every panel has its answers, or it is known that there is no source.
    bool isSettled() const;

    metrics::DashboardFeed &feed() { return m_feed; }
    ViewState &state() { return m_state; }
    DashboardGrid &grid() const { return *m_grid; }
    TimeRangePicker &picker() const { return *m_picker; }
    VariableBar &variableBar() const { return *m_variables; }
    QToolButton &dashboardButton() const { return *m_dashboardButton; }
    QToolButton &moreButton() const { return *m_more; }
    QAction &removeAction() const { return *m_remove; }
    QAction &shareAction() const { return *m_share; }
    // Checked while marks of events are shown.
    QAction &eventsAction() const { return *m_events; }
    EmptyState &absence() const { return *m_absence; }
    QComboBox &intervalBox() const { return *m_intervals; }

Q_SIGNALS:
    // The user wants to see or change where the numbers come from.
    void sourceRequested();
    void installRequested();
    void importRequested();
    void importFolderRequested();
    void exportRequested();
    void openInGrafanaRequested();
    void grafanaRequested();
    // Of the dashboard that is shown.
    void removeRequested();
    void shareRequested();
    // Which dashboards cannot be shown, and why.
    void unreadableRequested();
    // Somebody is about to choose a dashboard.
    void choosing();
    // A panel whose queries the user wants to go on with; its variables are put in.
    void exploreRequested(const kdra::metrics::Panel &panel);
    // Another dashboard, other values, another range: what a session remembers.
    void viewChanged();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    PanelView *makePanel(const metrics::Panel &panel);
    void fillMenu();
    void judgeActions();
    void showWhatThereIs();
    void showDashboard();
    void updatePanel(int id);
    void updateAll();
    void updateFreshness();
    void chooseRange(const metrics::TimeRange &range);
    void applyInterval();
    void followAnnotations();
    void markAnnotations();
    void tellAside();

    const Theme &m_theme;
    QList<Entry> m_entries;
    int m_unreadable = 0;
    metrics::DashboardFeed m_feed;
    metrics::AnnotationFeed m_annotations;
    ViewState m_state;
    bool m_hasClient = false;
    bool m_hasUseNow = false;
    bool m_absenceIsFinal = false;

    QToolButton *m_dashboardButton;
    QMenu *m_dashboards;
    QToolButton *m_source;
    TimeRangePicker *m_picker;
    QToolButton *m_refresh;
    QComboBox *m_intervals;
    QToolButton *m_more;
    QAction *m_share = nullptr;
    QAction *m_remove = nullptr;
    QAction *m_events = nullptr;
    VariableBar *m_variables;
    Banner *m_banner;
    QLabel *m_about;
    DashboardGrid *m_grid;
    EmptyState *m_absence;
    QPushButton *m_install;
    UseNowView *m_useNow;
    QStackedWidget *m_stack;
    QTimer m_ageTimer;
};

} // namespace kdra::ui
