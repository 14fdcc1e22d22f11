// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "metrics/dashboardfeed.h"
#include "ui/metrics/viewstate.h"

#include <QFrame>

class QStackedWidget;

namespace kdra::ui {

class DashboardGrid;
class EmptyState;
class Theme;

// The few plots of one object that fit beside something else: the last hour, live, while it is looked at.
class ObjectMetrics : public QFrame {
    Q_OBJECT
public:
    explicit ObjectMetrics(const Theme &theme, QWidget *parent = nullptr);

    void setClient(std::shared_ptr<metrics::PromClient> client);
    // A dashboard without a panel: there is none for what is selected. `pinned`: the object, by variable.
    void setSubject(const metrics::Dashboard &dashboard, const QMap<QString, QStringList> &pinned);

    metrics::DashboardFeed &feed() { return m_feed; }
    ViewState &state() { return m_state; }
    DashboardGrid &grid() const { return *m_grid; }

Q_SIGNALS:
    // A panel whose queries the user wants to go on with; its variables are put in.
    void exploreRequested(const kdra::metrics::Panel &panel);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void updatePanel(int id);
    void decide();
    void start();

    const Theme &m_theme;
    metrics::DashboardFeed m_feed;
    ViewState m_state;
    metrics::Dashboard m_dashboard;
    QMap<QString, QStringList> m_pinned;
    bool m_hasClient = false;
    bool m_started = false; // the feed has the subject
    DashboardGrid *m_grid;
    EmptyState *m_nothing;
    QStackedWidget *m_stack;
};

} // namespace kdra::ui
