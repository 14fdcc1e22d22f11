// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "metrics/dashboardfeed.h"
#include "ui/metrics/viewstate.h"

#include <QFrame>

class QButtonGroup;
class QComboBox;
class QPushButton;
class QSplitter;
class QStackedWidget;
class QToolButton;
class QVBoxLayout;

namespace kdra::ui {

class EmptyState;
class PanelView;
class QueryHistory;
class QueryRow;
class Theme;
class TimeRangePicker;

// Any PromQL: queries are written, run, and shown as a plot and as a table. What is written is kept for the next start,
// what was run is in the history. GUI thread.
class ExplorePage : public QFrame {
    Q_OBJECT
public:
    explicit ExplorePage(const Theme &theme, QWidget *parent = nullptr);
    ~ExplorePage() override;

    // Null: there is none.
    void setClient(std::shared_ptr<metrics::PromClient> client);

    static constexpr qsizetype mostRows = 12;
    enum class View : quint8 { Graph, Table, Both };
    View view() const { return m_view; }
    void setView(View view);
    void setRange(const metrics::TimeRange &range);
    // As they are written; blank ones are left out.
    QList<metrics::Query> queries() const;
    // Asks them; again, when nothing has changed.
    void run();
    // What is written, as a panel of a dashboard: a table when only that is seen.
    metrics::Panel panel() const { return panelOf(m_view == View::Table); }

    metrics::DashboardFeed &feed() { return m_feed; }
    const QList<QueryRow *> &rows() const { return m_rows; }
    PanelView &graph() const { return *m_graph; }
    PanelView &table() const { return *m_table; }
    EmptyState &nothing() const { return *m_nothing; }
    QueryHistory &history() const { return *m_history; }
    TimeRangePicker &picker() const { return *m_picker; }
    QPushButton &runButton() const { return *m_run; }
    QToolButton &addButton() const { return *m_add; }
    QToolButton &moreButton() const { return *m_more; }
    QComboBox &unitBox() const { return *m_units; }
    QComboBox &stepBox() const { return *m_steps; }

public Q_SLOTS:
    // Runs a query in place of those that are written.
    void open(const QString &promql);
    // The queries of a panel, over this range; variables are put in already.
    void openPanel(const kdra::metrics::Panel &panel, const kdra::metrics::TimeRange &range);

Q_SIGNALS:
    void sourceRequested();
    // To be put on a dashboard.
    void panelRequested(const kdra::metrics::Panel &panel);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    QueryRow *addRow(const metrics::Query &query);
    void removeRow(QueryRow *row);
    void nameRows();
    void makeMenu();
    QLayout *makeTools();
    void makeViews();
    metrics::Panel panelOf(bool table) const;
    void replace(const QList<metrics::Query> &queries);
    void updatePanel(int id);
    void updateErrors();
    void updateSeen();
    void updateState();
    void applyInterval();
    void restore();
    void save();

    const Theme &m_theme;
    metrics::DashboardFeed m_feed;
    ViewState m_state;
    View m_view = View::Both;
    QVariantMap m_kept; // in the settings
    std::shared_ptr<metrics::PromClient> m_client;
    QList<QueryRow *> m_rows;
    QVBoxLayout *m_rowsLayout;
    QPushButton *m_run;
    QToolButton *m_add;
    QueryHistory *m_history;
    QButtonGroup *m_views;
    QComboBox *m_units;
    QComboBox *m_steps;
    TimeRangePicker *m_picker;
    QComboBox *m_intervals;
    QToolButton *m_more;
    PanelView *m_graph = nullptr;
    PanelView *m_table = nullptr;
    QSplitter *m_results;
    EmptyState *m_nothing;
    QPushButton *m_chooseSource;
    QStackedWidget *m_stack;
};

} // namespace kdra::ui
