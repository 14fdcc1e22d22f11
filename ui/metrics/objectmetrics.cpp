// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/metrics/objectmetrics.h"

#include "ui/common/widgets.h"
#include "ui/metrics/dashboardgrid.h"
#include "ui/metrics/panelview.h"

#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace kdra::ui {

ObjectMetrics::ObjectMetrics(const Theme &theme, QWidget *parent)
    : QFrame(parent)
    , m_theme(theme)
    , m_grid(new DashboardGrid(theme,
          [this](const metrics::Panel &panel) {
              auto *view = new PanelView(panel, m_state, m_theme);
              connect(view, &PanelView::retryRequested, &m_feed, &metrics::DashboardFeed::refresh);
              connect(
                  view, &PanelView::exploreRequested, this, [this, view] { Q_EMIT exploreRequested(view->panel()); });
              QMetaObject::invokeMethod(this, [this, id = panel.id] { updatePanel(id); }, Qt::QueuedConnection);
              return view;
          }))
    , m_nothing(new EmptyState(theme, u"metrics"_s, {}, {}))
    , m_stack(new QStackedWidget)
{
    m_grid->setOneColumn(true);
    m_stack->addWidget(m_grid);
    m_stack->addWidget(m_nothing);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_stack);
    connect(&m_feed, &metrics::DashboardFeed::momentsChanged, this,
        [this] { m_state.setSpan({m_feed.moments().from, m_feed.moments().to}); });
    connect(&m_feed, &metrics::DashboardFeed::expandedChanged, this, [this] {
        m_grid->setRows(m_feed.expanded().rows);
        for (const int id : m_grid->seen().keys())
            updatePanel(id);
    });
    connect(&m_feed, &metrics::DashboardFeed::panelChanged, this, &ObjectMetrics::updatePanel);
    connect(m_grid, &DashboardGrid::seenChanged, this, [this] {
        if (isVisible())
            m_feed.setSeen(m_grid->seen());
    });
    connect(&m_state, &ViewState::spanChosen, this, [this](const TimeSpan &span) {
        m_feed.setRange(metrics::absoluteRange({span.from, span.to}), m_state.zone());
    });
    connect(&m_state, &ViewState::resetRequested, this, [this] { m_feed.setRange({}, m_state.zone()); });
    decide();
}

void ObjectMetrics::setClient(std::shared_ptr<metrics::PromClient> client)
{
    m_hasClient = client != nullptr;
    m_started = false;
    m_feed.setClient(std::move(client));
    decide();
    start();
}

void ObjectMetrics::setSubject(const metrics::Dashboard &dashboard, const QMap<QString, QStringList> &pinned)
{
    if (dashboard == m_dashboard && pinned == m_pinned)
        return;
    m_dashboard = dashboard;
    m_pinned = pinned;
    m_started = false;
    decide();
    start();
}

// Only what is looked at is asked for.
void ObjectMetrics::start()
{
    if (!isVisible() || m_started)
        return;
    m_started = true;
    // Numbers of the object before must not stand under this one's name.
    m_grid->setRows({});
    m_state.forget();
    m_feed.setRange({}, m_state.zone());
    m_feed.setDashboard(m_dashboard, {}, m_pinned);
}

void ObjectMetrics::decide()
{
    if (!m_hasClient)
        m_nothing->setText(tr("No source of metrics"), tr("The page Metrics says what is missing."));
    else
        m_nothing->setText(tr("No plots for this"), tr("Nodes, pods, workloads and namespaces have some."));
    m_stack->setCurrentWidget(m_hasClient && !m_dashboard.rows.isEmpty() ? static_cast<QWidget *>(m_grid) : m_nothing);
}

void ObjectMetrics::updatePanel(int id)
{
    PanelView *view = m_grid->view(id);
    const std::optional<metrics::Panel> panel = m_feed.panel(id);
    if (!view || !panel)
        return;
    const metrics::PanelState state = m_feed.state(id);
    view->setPanel(*panel);
    if (state.asOf > 0)
        view->setAnswers(state.answers);
    view->setLoading(state.loading);
    if (!state.errors.isEmpty())
        view->setError(state.errors.first());
}

void ObjectMetrics::showEvent(QShowEvent *event)
{
    QFrame::showEvent(event);
    m_feed.setInterval(15s);
    start();
    m_feed.setSeen(m_grid->seen());
    m_feed.refresh();
}

void ObjectMetrics::hideEvent(QHideEvent *event)
{
    QFrame::hideEvent(event);
    m_feed.setInterval({});
}

} // namespace kdra::ui
