// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "metrics/dashboardfile.h"
#include "metrics/grafanaimport.h"

namespace kdra::metrics {

// The user's dashboards: files in a folder (~/.local/share/kdra/dashboards, as a rule), and ConfigMaps with the label
// kdra.dev/dashboard=true that share them with everybody who uses a cluster. Functions that touch files block: call
// them off the GUI thread.

inline constexpr QLatin1StringView dashboardLabel{"kdra.dev/dashboard"}; // "true"
inline constexpr qsizetype mostDashboardFiles = 500; // of one folder

// A dashboard of either format: our own, or Grafana's.
Result<Dashboard> readAnyDashboard(const DashboardSource &source, const QString &language = {});

struct DashboardProblem {
    QString origin = {};
    Error error = {};
};
struct DashboardShelf {
    QList<Dashboard> dashboards = {}; // each uid once
    QList<DashboardProblem> problems = {}; // what could not be read, or is there twice
};

// All *.json of a folder and the folders in it, in the order of their names. A folder that is not there is empty.
DashboardShelf readDashboardFolder(const QString &folder, const QString &language = {});
DashboardShelf readDashboards(const QList<DashboardSource> &sources, const QString &language = {});

// Writes `dashboard` in our own format, in place of the one with the same uid that was saved here before; makes the
// folder. The file's path, or an Error.
Result<QString> saveDashboard(const QString &folder, const Dashboard &dashboard);
// Removes what saveDashboard() has written. An Error when it is not there.
Result<void> removeDashboard(const QString &folder, const QString &uid);

// A ConfigMap that shares a dashboard, to be applied. An Error when it is too large for one (1 MiB).
Result<QJsonObject> sharedDashboard(const Dashboard &dashboard, const QString &ns);
// What a ConfigMap (as the API gives it) shares in our own format; none for others.
QList<DashboardSource> sharedDashboardsOf(const QJsonObject &configMap);

} // namespace kdra::metrics
