// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/latest.h"
#include "metrics/dashboardlibrary.h"

#include <QDeadlineTimer>
#include <QLocale>
#include <QObject>

namespace kdra::ui {

class Session;

// What texts of dashboards are shown in: the locale's language, "de".
inline QString dashboardLanguage()
{
    return QLocale().name().section(u'_', 0, 0);
}

// The dashboards that ConfigMaps of the current cluster share: in our own format, and those that its Grafana shows.
// ConfigMaps are many and large, so they are not watched: they are read when the cluster is shown and when somebody is
// about to choose among them. GUI thread; read on a worker.
class ClusterDashboards : public QObject {
    Q_OBJECT
public:
    explicit ClusterDashboards(Session &session, QObject *parent = nullptr);

    // And what cannot be read, with the reason.
    const metrics::DashboardShelf &shelf() const { return m_shelf; }
    // Now, whenever it was read before.
    void read();
    // Unless that was a moment ago.
    void refresh();

Q_SIGNALS:
    void changed();

private:
    void follow();
    void take(const metrics::DashboardShelf &shelf);

    Session &m_session;
    metrics::DashboardShelf m_shelf;
    int m_of = 0; // id of the cluster that has been read
    QDeadlineTimer m_fresh;
    Latest m_readings;
};

} // namespace kdra::ui
