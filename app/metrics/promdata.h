// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "metrics/series.h"

#include <QHash>
#include <QList>

// What Prometheus' HTTP API tells besides the answers to queries. Values. Times are milliseconds since the epoch, 0 for
// "never". https://prometheus.io/docs/prometheus/latest/querying/api/
namespace kdra::metrics {

// What a server tells about a metric.
struct Metadata {
    QString type = {}; // "counter", "gauge", "histogram", "summary", "info", "unknown"
    QString help = {};
    QString unit = {};
    bool operator==(const Metadata &) const = default;
};

// A list of the server's, and what it says about it.
template <class T> struct Listing {
    QList<T> items = {};
    QStringList warnings = {};
    QStringList infos = {};
};
using Names = Listing<QString>;
using LabelSets = Listing<Labels>;
using MetadataByName = QHash<QString, Metadata>;

struct Target {
    Labels labels = {};
    QString pool = {};
    QString url = {}; // without user and password, as Prometheus gives it
    QString health = {}; // "up", "down", "unknown"
    QString error = {}; // of the last scrape
    qint64 lastScrape = 0;
    qint64 scrapeInterval = 0; // milliseconds; 0: not told
};

// An alert as the rules of Prometheus see it.
struct RuleAlert {
    Labels labels = {};
    Labels annotations = {};
    QString state = {}; // "pending", "firing"
    qint64 since = 0; // activeAt
    QString value = {};
};

struct Rule {
    QString name = {};
    QString query = {};
    bool alerting = false; // else a recording rule
    QString state = {}; // of an alerting rule: "inactive", "pending", "firing"
    QString health = {}; // "ok", "err", "unknown"
    QString error = {}; // why the last evaluation failed
    qint64 holdFor = 0; // milliseconds an alert is pending ("for")
    Labels labels = {};
    Labels annotations = {};
    qint64 lastEvaluation = 0;
    QList<RuleAlert> alerts = {};
};

struct RuleGroup {
    QString name = {};
    QString file = {};
    qint64 interval = 0; // milliseconds
    QList<Rule> rules = {};
};

// What kind of server answers Prometheus' API.
enum class Flavor : quint8 { Unknown, Prometheus, Thanos, Mimir, Cortex, VictoriaMetrics };

struct BuildInfo {
    Flavor flavor = Flavor::Unknown;
    QString version = {};
    QString revision = {};
};

} // namespace kdra::metrics
