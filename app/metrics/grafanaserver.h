// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "metrics/variables.h"

#include <QUrl>
#include <QUrlQuery>

namespace kdra::metrics {

// A Grafana server's HTTP API (https://grafana.com/docs/grafana/latest/developers/http_api/): what to ask and what the
// answers say. Pure; whoever sends it adds the base URL and `Authorization: Bearer TOKEN`.

struct GrafanaRequest {
    QByteArray method = QByteArrayLiteral("GET");
    QString path = {}; // after the server's URL: "/api/search"
    QUrlQuery query = {};
    QByteArray body = {}; // JSON
    QUrl under(const QUrl &base) const; // keeps a path that the server is served under
};

// One of the dashboards that a server has.
struct GrafanaEntry {
    QString uid = {};
    QString title = {};
    QString folder = {}; // empty: none
    QStringList tags = {};
    bool operator==(const GrafanaEntry &) const = default;
};

inline constexpr int grafanaPageSize = 1000;

// The server's dashboards, a page of grafanaPageSize; pages count from 1, and a page that is not full is the last.
GrafanaRequest grafanaSearch(int page = 1);
Result<QList<GrafanaEntry>> readGrafanaSearch(const QByteArray &json);
// One dashboard: the answer goes to importGrafana() as it is.
GrafanaRequest grafanaDashboard(const QString &uid);

// A moment, or a span when `end` is later, that Grafana's dashboards mark.
struct GrafanaAnnotation {
    qint64 start = 0; // milliseconds since the epoch
    qint64 end = 0;
    QString text = {};
    QStringList tags = {};
};
// For the whole organisation: dashboards show it that ask for its tags.
GrafanaRequest grafanaAnnotation(const GrafanaAnnotation &annotation);
// The creation or the end of an environment, with the tags "kdra", "environment", its name and its namespace.
GrafanaAnnotation environmentCreated(const QString &name, const QString &ns, qint64 at);
GrafanaAnnotation environmentEnded(const QString &name, const QString &ns, qint64 at);
// The annotation's id, to extend or remove it.
Result<qint64> readGrafanaAnnotation(const QByteArray &json);

// The page of a dashboard in Grafana, with the time range (both zero: the dashboard's own) and with what is chosen for
// its variables; "All" is carried along as such. `values` by name; a variable may have several.
QUrl openInGrafana(
    const QUrl &base, const QString &uid, qint64 from, qint64 to, const QMap<QString, QStringList> &values);

} // namespace kdra::metrics
