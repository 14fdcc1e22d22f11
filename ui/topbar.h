// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/records.h"

#include <QFrame>
#include <QTimer>

namespace kdra::kube {
struct Marks;
}

class QMenu;
class QPushButton;
class QToolButton;

namespace kdra::ui {

class ChoicePopover;
class FreshnessPopover;
class Session;

// The bar on top: clusters, namespace, search, alerts, freshness.
class TopBar : public QFrame {
    Q_OBJECT
public:
    TopBar(Session &session, QMenu &mainMenu, QWidget *parent = nullptr);

    QToolButton &alertsButton() const { return *m_alerts; }
    QPushButton &searchButton() const { return *m_search; }
    QToolButton &freshnessButton() const { return *m_freshness; }
    FreshnessPopover &freshnessPopover() const { return *m_kinds; }
    // The menu that opens more clusters, below the ones that are open.
    void setOpenActions(const QList<QAction *> &actions) { m_openActions = actions; }
    // How many alerts fire and how bad the worst of them is; `trouble`: why that cannot be believed, in whole
    // sentences.
    void setAlerts(int firing, store::Severity worst, const QString &trouble);
    void updateFreshness();
    // What each kind's freshness is; nothing while no cluster is shown.
    void showFreshness();
    // What can be done about the connection: offered where the freshness is told.
    void setConnectionActions(const QList<QAction *> &actions);
    // What the cluster that is shown can be marked as.
    void setMarkActions(const QList<QAction *> &actions);
    void setMarks(const kube::Marks &marks);

Q_SIGNALS:
    void searchRequested();
    void problemsRequested();
    void alertsRequested();

private:
    void updateCluster();
    void updateNamespace();
    void updateProblems();
    void updateAlerts();
    void fillClusterMenu();

    Session &m_session;
    QToolButton *m_cluster;
    QMenu *m_clusterMenu;
    QToolButton *m_namespace;
    QToolButton *m_marks;
    ChoicePopover *m_namespaces;
    QPushButton *m_search;
    QToolButton *m_problems;
    QToolButton *m_alerts;
    QToolButton *m_freshness;
    FreshnessPopover *m_kinds;
    QList<QAction *> m_openActions;
    QList<QAction *> m_markActions;
    int m_firing = 0; // alerts
    store::Severity m_worst = store::Severity::Healthy; // of them
    QString m_trouble;
    QTimer m_seconds; // runs only while something is stale
};

} // namespace kdra::ui
