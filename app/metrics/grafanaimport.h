// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "metrics/dashboard.h"

#include <QByteArray>

namespace kdra::metrics {

// Dashboards that were made with Grafana. Pure; any thread.

inline constexpr qsizetype mostGrafanaBytes = 16 * 1024 * 1024;

// A dashboard in Grafana's classic JSON (any schema version, also with old rows[]), in the v2 schema
// (dashboard.grafana.app/v2…), or either of them wrapped as Grafana's API and its resources have it. What cannot be
// shown keeps its place with a note that says why: on the panel, or in Dashboard::notes for what is outside of panels.
// An Error, with `origin` in it, for what is no dashboard at all.
Result<Dashboard> importGrafana(const QByteArray &json, const QString &origin);

// Classic JSON for Grafana. importGrafana() makes the same dashboard of it again; panels that could not be shown are
// written as they had come.
QByteArray exportGrafana(const Dashboard &dashboard);

// How many panels of a dashboard are shown as they were meant.
struct PanelCount {
    int native = 0; // without a note
    int noted = 0; // shown, with a note about what is different
    int unsupported = 0;
    int all() const { return native + noted + unsupported; }
};
PanelCount countPanels(const Dashboard &dashboard);

// What cannot be shown, panel by panel: `“CPU” in “Overview”: …`; then what is outside of panels.
QStringList importReport(const Dashboard &dashboard);

// A file of JSON, from wherever.
struct DashboardSource {
    QString origin = {}; // for people: the file, or "ConfigMap NAMESPACE/NAME: KEY"
    QByteArray json = {};
};

// What Grafana's sidecar reads: the *.json of ConfigMaps (as the API gives them) with the label `grafana_dashboard`,
// whatever its value, as in the sidecar's defaults. None for others.
QList<DashboardSource> grafanaDashboardsOf(const QJsonObject &configMap);
// To ask the API server for just those.
inline constexpr QLatin1StringView grafanaDashboardSelector{"grafana_dashboard"};

} // namespace kdra::metrics
