// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "metrics/dashboardlibrary.h"
#include "ui/clusterdashboards.h"

#include <QFileSystemWatcher>
#include <QObject>

#include <memory>

namespace kdra::metrics {
class PromClient;
}

namespace kdra::ui {

class Inspector;
class ObjectMetrics;
class Pages;
class Session;

// Which dashboards there are: built in, in the user's folder, in ConfigMaps of the cluster; how they come and go; and
// the few plots of what is selected, in the inspector. GUI thread; files are read and written on a worker.
class DashboardDesk : public QObject {
    Q_OBJECT
public:
    DashboardDesk(Session &session, Pages &pages, Inspector &inspector, QWidget *window);

    void setClient(std::shared_ptr<metrics::PromClient> client);
    // Files of ours or of Grafana's become dashboards of the user.
    void importFiles(const QStringList &files);
    // All that is in it, and in the folders in it.
    void importFolder(const QString &folder);
    // Asks which dashboard of the user's it goes to, and puts it there.
    void addPanel(const metrics::Panel &panel);
    // The user's folder, again.
    void readFolder();
    ObjectMetrics &objectMetrics() const { return *m_object; }
    static QString userFolder();

Q_SIGNALS:
    // What was done, and what cannot be shown and why.
    void done(const QString &title, const QStringList &notes);
    void failed(const QString &title, const kdra::Error &error);

private:
    void publish();
    void chooseFiles();
    void chooseFolder();
    void exportShown();
    void removeShown();
    void shareShown();
    void tellUnreadable();
    void followSelection();

    Session &m_session;
    Pages &m_pages;
    QWidget *m_window;
    ObjectMetrics *m_object;
    QFileSystemWatcher m_watcher;
    QList<metrics::Dashboard> m_builtIn; // the small ones too
    metrics::DashboardShelf m_own;
    ClusterDashboards m_shared;
};

} // namespace kdra::ui
