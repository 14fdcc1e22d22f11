// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages.h"

#include <QMainWindow>
#include <QMenu>

class QActionGroup;
class QSplitter;

namespace kdra {
struct Error;
}

namespace kdra::ui {

class ActionSet;
class AlertDesk;
class CommandPalette;
class DoctorPage;
class Drawer;
class EmptyState;
class EnvironmentDesk;
class EnvironmentUseFeed;
class DashboardDesk;
class GrafanaDesk;
class MetricsDesk;
class Inspector;
class Rail;
class Session;
class TemplateDesk;
class TopBar;
class WelcomePage;

// The window: rail, top bar, pages, inspector, drawer; or the welcome page while no cluster is open.
class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    explicit MainWindow(Session &session, QWidget *parent = nullptr);

    Pages &pages() const { return *m_pages; }
    Inspector &inspector() const { return *m_inspector; }
    WelcomePage &welcome() const { return *m_welcome; }
    CommandPalette &commandPalette() const { return *m_palette; }
    DoctorPage &doctorPage() const { return *m_doctor; }
    TopBar &topBar() const { return *m_topBar; }
    Drawer &drawer() const { return *m_drawer; }
    ActionSet &actionSet() const { return *m_actionSet; }
    EnvironmentDesk &environmentDesk() const { return *m_desk; }
    TemplateDesk &templateDesk() const { return *m_templateDesk; }
    MetricsDesk &metricsDesk() const { return *m_metricsDesk; }
    AlertDesk &alertDesk() const { return *m_alertDesk; }
    DashboardDesk &dashboardDesk() const { return *m_dashboardDesk; }
    GrafanaDesk &grafanaDesk() const { return *m_grafanaDesk; }
    void showPage(int page);
    // The connection doctor over everything else, examining the current cluster.
    void openDoctor();

    // The window's place and the widths of its parts, in the user's settings.
    void restore();
    void save() const;

Q_SIGNALS:
    // The window's contents have been painted.
    void painted();

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void closeEvent(QCloseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void makeActions();
    QAction *makeAction(const QString &text, const QKeySequence &key, const std::function<void()> &run);
    void updateState();
    void makeClusterActions();
    void makeClustersActions();
    void updateMarks();
    void openPalette();
    // Once it is known what can be done to the selection.
    void openContextMenu(const QPoint &globalPosition);
    void makeDesk();
    void makeAlerts();
    // What was done, and what is to be said about it.
    void report(const QString &title, const QStringList &notes);
    void tell(const QString &title, const Error &error);
    void closeDoctor();
    void askForFile();
    void askForServer();
    void showShortcuts();

    Session &m_session;
    QMenu m_menu;
    QActionGroup *m_pageActions;
    QAction *m_openDemo = nullptr;
    QAction *m_openFile = nullptr;
    QAction *m_openServer = nullptr;
    QAction *m_toggleInspector = nullptr;
    QAction *m_toggleDrawer = nullptr;
    QAction *m_toggleFleet = nullptr;
    QAction *m_showTemplates = nullptr;
    QAction *m_showExplore = nullptr;
    QAction *m_showAlerts = nullptr;
    QAction *m_reconnect = nullptr;
    QAction *m_undo = nullptr;
    QAction *m_markProduction = nullptr;
    QAction *m_markReadOnly = nullptr;
    ActionSet *m_actionSet;
    QMetaObject::Connection m_menuLater;
    QAction *m_openDoctor = nullptr;
    QAction *m_showFreshness = nullptr;
    QAction *m_sideBySide = nullptr;
    QAction *m_nextCluster = nullptr;
    QAction *m_previousCluster = nullptr;

    TopBar *m_topBar;
    Rail *m_rail;
    QFrame *m_frame;
    QStackedWidget *m_states;
    WelcomePage *m_welcome;
    EmptyState *m_connecting;
    EmptyState *m_failed;
    DoctorPage *m_doctor;
    bool m_doctorOpen = false;
    QSplitter *m_columns;
    QSplitter *m_rows;
    Pages *m_pages;
    Inspector *m_inspector;
    Drawer *m_drawer;
    CommandPalette *m_palette;
    EnvironmentDesk *m_desk;
    TemplateDesk *m_templateDesk;
    MetricsDesk *m_metricsDesk;
    AlertDesk *m_alertDesk;
    DashboardDesk *m_dashboardDesk;
    GrafanaDesk *m_grafanaDesk;
    EnvironmentUseFeed *m_use;
};

} // namespace kdra::ui
