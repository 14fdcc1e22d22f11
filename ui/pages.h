// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/itemviews.h"

#include <QList>
#include <QStackedWidget>

class QTabWidget;

namespace kdra::ui {

class AlertsPage;
class EnvironmentsPage;
class ExplorePage;
class FleetPanel;
class MetricsPage;
class Session;
class TablePage;
class TemplatePalette;
class TopologyPage;

// All pages of one window, in the order of the rail. Fed by the session.
class Pages : public QStackedWidget {
    Q_OBJECT
public:
    enum Page { Topology, Environments, Metrics, Nodes, Workloads, Network, Events, PageCount };

    explicit Pages(Session &session, QWidget *parent = nullptr);

    TopologyPage &topology() const { return *m_topology; }
    FleetPanel &fleet() const { return *m_fleet; }
    TemplatePalette &templates() const { return *m_templates; }
    EnvironmentsPage &environments() const { return *m_environments; }
    MetricsPage &metrics() const { return *m_metrics; }
    ExplorePage &explore() const { return *m_explore; }
    AlertsPage &alerts() const { return *m_alerts; }
    // The dashboards, and what else is done with metrics.
    QTabWidget &metricsTabs() const { return *m_metricsTabs; }
    // What is beside the canvas: the fleet and the templates.
    QTabWidget &side() const { return *m_side; }
    TablePage &nodes() const { return *m_nodes; }
    TablePage &pods() const { return *m_pods; }
    QTabWidget &workloadTabs() const { return *m_workloadTabs; }

    void showAlerts();
    // The page of pods, filtered.
    void showPods(const QString &filter);
    // The canvas with the templates beside it, ready for the keyboard.
    void showTemplates();
    // Any query of metrics, ready for the keyboard.
    void showExplore();
    // The canvas with the fleet beside it.
    void showFleet();
    // All open clusters beside each other on the canvas, as soon as there are two.
    void setSideBySide(bool on);
    // What else the tables' context menus offer for their rows.
    void setRowActions(const RowActions &actions);

Q_SIGNALS:
    // Return or a double click on a row, or on the canvas.
    void inspectRequested();
    // For what is selected.
    void contextMenuRequested(const QPoint &globalPosition);

private:
    TablePage *addTable(TablePage *page);
    void updateClusters();

    Session &m_session;
    bool m_sideBySide = false;
    FleetPanel *m_fleet;
    TemplatePalette *m_templates;
    EnvironmentsPage *m_environments;
    MetricsPage *m_metrics;
    ExplorePage *m_explore;
    AlertsPage *m_alerts;
    QTabWidget *m_metricsTabs;
    QTabWidget *m_side;
    TopologyPage *m_topology;
    TablePage *m_nodes = nullptr;
    TablePage *m_pods = nullptr;
    QTabWidget *m_workloadTabs;
    QList<TablePage *> m_tables;
};

} // namespace kdra::ui
