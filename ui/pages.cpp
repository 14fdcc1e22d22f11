// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages.h"

#include "ui/common/widgets.h"
#include "ui/environments/environmentspage.h"
#include "ui/environments/templatelist.h"
#include "ui/environments/templatepalette.h"
#include "ui/metrics/alertspage.h"
#include "ui/metrics/explorepage.h"
#include "ui/metrics/metricspage.h"
#include "ui/metrics/promqledit.h"
#include "ui/metrics/queryrow.h"
#include "ui/metrics/timerangepicker.h"
#include "ui/objects/fleetpanel.h"
#include "ui/objects/fleettree.h"
#include "ui/objects/tablepage.h"
#include "ui/session.h"
#include "ui/topology/clusterheader.h"
#include "ui/topology/topologypage.h"

#include <QLineEdit>
#include <QSplitter>
#include <QTabBar>
#include <QTabWidget>
#include <QTreeView>

namespace kdra::ui {

namespace {

QSplitter *sideBySide(QWidget *side, QWidget *main)
{
    auto *splitter = new QSplitter;
    splitter->addWidget(side);
    splitter->addWidget(main);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({232, 900});
    splitter->setChildrenCollapsible(true);
    return splitter;
}

} // namespace

Pages::Pages(Session &session, QWidget *parent)
    : QStackedWidget(parent)
    , m_session(session)
    , m_fleet(new FleetPanel(session.theme(), session.selection(), session.models().fleet))
    , m_templates(new TemplatePalette(session.theme()))
    , m_environments(new EnvironmentsPage(session.theme()))
    , m_metrics(new MetricsPage(session.theme()))
    , m_explore(new ExplorePage(session.theme()))
    , m_alerts(new AlertsPage(session.theme()))
    , m_metricsTabs(new QTabWidget)
    , m_side(new QTabWidget)
    , m_topology(new TopologyPage(session.theme(), session.selection()))
    , m_workloadTabs(new QTabWidget)
{
    setObjectName(QStringLiteral("pages"));
    Theme &theme = session.theme();
    models::Selection &selection = session.selection();
    models::ClusterModels &models = session.models();

    m_side->setDocumentMode(true);
    m_side->setAccessibleName(tr("Fleet and templates"));
    m_side->addTab(m_fleet, tr("Fleet"));
    m_side->addTab(m_templates, tr("Templates"));
    // On the way from the templates to the fleet a drag waits over its tab.
    m_side->tabBar()->setAcceptDrops(true);
    m_side->tabBar()->setChangeCurrentOnDrag(true);
    connect(m_templates, &TemplatePalette::dragEnded, this, [this] { m_side->setCurrentWidget(m_templates); });
    addWidget(sideBySide(m_side, m_topology));
    addWidget(m_environments);
    m_metricsTabs->setDocumentMode(true);
    m_metricsTabs->setAccessibleName(tr("Dashboards, queries and alerts"));
    m_metricsTabs->addTab(m_metrics, tr("Dashboards"));
    m_metricsTabs->addTab(m_explore, tr("Explore"));
    m_metricsTabs->addTab(m_alerts, tr("Alerts"));
    // One alone needs no name.
    m_metricsTabs->tabBar()->setAutoHide(true);
    addWidget(m_metricsTabs);
    connect(m_metrics, &MetricsPage::exploreRequested, this, [this](const metrics::Panel &panel) {
        showExplore();
        m_explore->openPanel(panel, m_metrics->picker().range());
    });
    connect(m_alerts, &AlertsPage::exploreRequested, this, [this](const QString &promql) {
        showExplore();
        m_explore->open(promql);
    });
    // What runs on a node stands before what it is made of.
    m_nodes = addTable(new TablePage(theme, selection, tr("Nodes & Pis"), models.nodes, models.sortedNodes, 0, nullptr,
        {{QStringLiteral("pods"), models.sortedNodes.headerData(models.nodes.columnCount(), Qt::Horizontal).toString(),
             56},
            {QStringLiteral("cpurequested"),
                models.sortedNodes.headerData(models.nodes.columnCount() + 1, Qt::Horizontal).toString(), 112},
            {QStringLiteral("memoryrequested"),
                models.sortedNodes.headerData(models.nodes.columnCount() + 2, Qt::Horizontal).toString(), 124}},
        {QStringLiteral("name"), QStringLiteral("status"), QStringLiteral("site"), QStringLiteral("role"),
            QStringLiteral("pods"), QStringLiteral("cpurequested"), QStringLiteral("memoryrequested")}));
    addWidget(sideBySide(new FleetPanel(theme, selection, models.fleet), m_nodes));
    TablePage *workloads =
        addTable(new TablePage(theme, selection, tr("Workloads"), models.workloads, models.workloads, 0));
    m_pods = addTable(new TablePage(theme, selection, tr("Pods"), models.pods, models.pods, 0));
    m_workloadTabs->setDocumentMode(true);
    m_workloadTabs->setAccessibleName(tr("Workloads and pods"));
    m_workloadTabs->addTab(workloads, tr("Workloads"));
    m_workloadTabs->addTab(m_pods, tr("Pods"));
    addWidget(m_workloadTabs);
    addWidget(addTable(new TablePage(theme, selection, tr("Network"), models.network, models.network, 0)));
    addWidget(addTable(new TablePage(theme, selection, tr("Events"), models.events, models.events, 0)));

    connect(m_topology, &TopologyPage::inspectRequested, this, &Pages::inspectRequested);
    connect(m_topology, &TopologyPage::contextMenuRequested, this,
        [this](const models::Item &item, const QPoint &globalPosition) {
            if (!m_session.selection().contains(item))
                m_session.selection().set(item);
            Q_EMIT contextMenuRequested(globalPosition);
        });
    for (const auto panels = findChildren<FleetPanel *>(); const FleetPanel *fleet : panels) {
        FleetTree &tree = fleet->tree();
        tree.setContextMenuPolicy(Qt::CustomContextMenu);
        connect(&tree, &QWidget::customContextMenuRequested, this, [this, &tree](const QPoint &position) {
            Q_EMIT contextMenuRequested(tree.viewport()->mapToGlobal(position));
        });
    }
    connect(&m_session, &Session::currentChanged, this, [this] {
        m_topology->setCluster(m_session.current() ? m_session.current()->name() : QString());
        if (!m_topology->switchTo(m_session.currentId()))
            m_topology->reset(m_session.current() ? m_session.models().snapshot() : nullptr);
        for (TablePage *table : m_tables) {
            table->setKubectlContext(m_session.current() ? m_session.current()->name() : QString());
            table->refresh();
        }
    });
    connect(&m_session, &Session::published, this, [this](const store::Batch &batch) {
        m_topology->apply(batch);
        if (!batch.statesChanged)
            return;
        for (TablePage *table : m_tables)
            table->refresh();
    });
    connect(&m_session, &Session::clusterPublished, m_topology, &TopologyPage::applyBeside);
    connect(&m_session, &Session::clustersChanged, this, &Pages::updateClusters);
    connect(&m_session, &Session::clusterChanged, this, &Pages::updateClusters);
    connect(m_topology, &TopologyPage::clusterActivated, this, [this](int id, const QList<models::Item> &items) {
        m_session.setCurrentId(id);
        if (!items.isEmpty())
            m_session.selection().set(items);
    });
}

void Pages::showAlerts()
{
    setCurrentIndex(Metrics);
    m_metricsTabs->setCurrentWidget(m_alerts);
    m_alerts->view().setFocus();
}

void Pages::showTemplates()
{
    setCurrentIndex(Topology);
    m_side->show();
    m_side->setCurrentWidget(m_templates);
    m_templates->list().setFocus();
}

void Pages::showExplore()
{
    setCurrentIndex(Metrics);
    m_metricsTabs->setCurrentWidget(m_explore);
    m_explore->rows().first()->edit().setFocus();
}

void Pages::showFleet()
{
    setCurrentIndex(Topology);
    m_side->show();
    m_side->setCurrentWidget(m_fleet);
}

void Pages::setSideBySide(bool on)
{
    m_sideBySide = on;
    updateClusters();
}

void Pages::updateClusters()
{
    QList<ClusterState> states;
    if (m_sideBySide) {
        for (const auto all = m_session.clusters(); const Session::OpenCluster &cluster : all)
            states.append({cluster.id, cluster.name, cluster.marks, cluster.store->connection(), cluster.store->error(),
                cluster.store->snapshot()});
    }
    m_topology->setClusters(states, m_session.currentId());
}

TablePage *Pages::addTable(TablePage *page)
{
    m_tables.append(page);
    connect(&page->table(), &DenseTable::opened, this, &Pages::inspectRequested);
    return page;
}

void Pages::showPods(const QString &filter)
{
    setCurrentIndex(Workloads);
    m_workloadTabs->setCurrentWidget(m_pods);
    m_pods->filterEdit().setText(filter);
    m_pods->table().setFocus();
}

void Pages::setRowActions(const RowActions &actions)
{
    for (TablePage *table : std::as_const(m_tables))
        table->setRowActions(actions);
}

} // namespace kdra::ui
