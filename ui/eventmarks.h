// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/latest.h"
#include "models/happenings.h"

#include <QHash>
#include <QObject>
#include <QTimer>

#include <functional>
#include <vector>

namespace kdra::metrics {
class DashboardFeed;
}

namespace kdra::store {
struct Batch;
}

namespace kdra::ui {

class EnvironmentWatch;
class MetricsPage;
class ObjectMetrics;
class Session;
class ViewState;
struct EventMark;

// Marks in plots what happened in the cluster: environments, rollouts, nodes; on the page of dashboards what concerns
// what is chosen there, in the inspector what concerns the selected object. Looks on a worker, and only for plots that
// are seen. GUI thread.
class EventMarks : public QObject {
    Q_OBJECT
public:
    EventMarks(Session &session, EnvironmentWatch &watch, MetricsPage &page, ObjectMetrics &object, QObject *parent);

    // More marks about what a page is about, asked for at each look; and that they are others by now.
    using More = std::function<QList<EventMark>(const models::HappeningScope &scope)>;
    void setMore(More more) { m_more = std::move(more); }
    void refresh() { schedule(); }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    // Plots with a time of their own.
    struct View {
        QWidget *widget = nullptr;
        metrics::DashboardFeed *feed = nullptr;
        ViewState *state = nullptr;
        models::HappeningScope scope = {}; // what its marks are about
        Latest looks = {};
    };
    void follow(QWidget &widget, metrics::DashboardFeed &feed, ViewState &state);
    void apply(const store::Batch &batch);
    void noteEnds();
    void schedule();
    void look(View &view);

    Session &m_session;
    EnvironmentWatch &m_watch;
    MetricsPage &m_page;
    std::vector<std::unique_ptr<View>> m_views;
    More m_more;
    QTimer m_due;
    // By the id of the cluster: nobody else remembers what is gone.
    QHash<int, QList<environments::Environment>> m_environments;
    QHash<int, QList<models::Happening>> m_ended;
};

} // namespace kdra::ui
