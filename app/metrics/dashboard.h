// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QList>
#include <QMap>
#include <QStringList>

#include <chrono>
#include <optional>

namespace kdra::metrics {

// How a panel shows its answers.
enum class PanelKind : quint8 {
    TimeSeries, // lines, areas, stacked areas or bars over time
    Stat, // one number a series, with a small line
    Gauge,
    BarGauge,
    Table,
    Heatmap,
    StateTimeline,
    Text, // Markdown
    Unsupported, // `note` says why; its place is kept
};

enum class DrawStyle : quint8 { Line, Bars, Points };
enum class Stacking : quint8 { None, Normal, Percent };
// What one number a series is made of.
enum class Reduction : quint8 { Last, LastNotNull, Min, Max, Mean, Sum, Count, First, Range, Delta };

// Place in a grid of 24 columns, as in Grafana; a row is 30 px high at scale 1. `y` counts from the heading of the Row
// that the panel is in.
struct GridPos {
    int x = 0;
    int y = 0;
    int width = 12;
    int height = 8;
    bool operator==(const GridPos &) const = default;
};

// One PromQL expression of a panel.
struct Query {
    QString refId = {}; // "A"
    QString expr = {}; // with $variables
    QString legend = {}; // "{{instance}}"; empty: the labels
    QString format = {}; // "time_series", "table", "heatmap"; empty: time_series
    bool instant = false;
    bool hidden = false;
    qint64 minStep = 0; // milliseconds; 0: none
    QString minStepText = {}; // with $variables, in place of minStep; interpolated() puts it there
    bool operator==(const Query &) const = default;
};

struct Threshold {
    std::optional<double> from = {}; // none: the base, from minus infinity
    QString color = {}; // "green", "#rrggbb" as Grafana names them
    bool operator==(const Threshold &) const = default;
};

// How thresholds are drawn in a plot over time.
enum class ThresholdStyle : quint8 { None, Lines, Bands, Both };

// A value, or a range of values, shown as a text: "1" -> "up".
struct ValueMapping {
    std::optional<double> from = {}; // none with `to` none: `special` decides
    std::optional<double> to = {}; // equal to `from` for one value
    QString special = {}; // "null", "nan", "null+nan", "true", "false", "empty"
    QString text = {};
    QString color = {};
    bool operator==(const ValueMapping &) const = default;
};

// The vertical axis of a plot that a series belongs to. Auto: the left one, unless its unit is another than that one's.
enum class AxisPlacement : quint8 { Auto, Left, Right };

// How values are written and coloured.
struct FieldOptions {
    QString unit = {}; // by Grafana's names: "bytes", "percentunit", "celsius", "short"
    std::optional<double> min = {};
    std::optional<double> max = {};
    std::optional<int> decimals = {};
    QString noValue = {};
    bool thresholdsInPercent = false; // of min..max
    QList<Threshold> thresholds = {}; // rising
    QList<ValueMapping> mappings = {};
    ThresholdStyle thresholdStyle = ThresholdStyle::None;
    AxisPlacement axis = AxisPlacement::Auto;
    bool mirrored = false; // a plot draws them below zero; they are written as they are
    bool operator==(const FieldOptions &) const = default;
};

// Options that differ for some of a panel's series.
struct FieldOverride {
    QString matcher = {}; // "byName", "byRegexp", "byFrameRefID", "byType"
    QString argument = {};
    QJsonObject properties = {}; // "unit": ..., as in the file
    bool operator==(const FieldOverride &) const = default;
};

// A step between the answers and a table: "merge", "organize", "filterFieldsByName", "reduce", "calculateField".
struct Transformation {
    QString id = {};
    QJsonObject options = {};
    bool operator==(const Transformation &) const = default;
};

struct Panel {
    int id = 0;
    PanelKind kind = PanelKind::TimeSeries;
    QString title = {}; // with $variables
    QString description = {};
    GridPos grid = {};
    QList<Query> queries = {};
    FieldOptions field = {};
    QList<FieldOverride> overrides = {};
    QList<Transformation> transformations = {};
    DrawStyle draw = DrawStyle::Line;
    Stacking stacking = Stacking::None;
    int fillOpacity = 0; // percent
    bool logarithmic = false;
    bool legendAsTable = false;
    bool legendHidden = false;
    QStringList legendValues = {}; // "last", "min", "max", "mean", "sum"
    Reduction reduction = Reduction::LastNotNull;
    QString text = {}; // Markdown of PanelKind::Text, with $variables
    QString repeat = {}; // name of the variable for each of whose values the panel is shown
    bool repeatDown = false; // below each other instead of beside each other
    int repeatPerRow = 4; // the most that are beside each other
    QMap<QString, QStringList> scoped = {}; // variables that have another value in this panel: what repeats.h left
    QString note = {}; // what of the original is not shown, and why; a whole sentence
    QString datasource = {}; // name or uid; empty: the page's Prometheus
    QJsonObject original = {}; // of PanelKind::Unsupported: as it was in the file, for who exports it again
    bool operator==(const Panel &) const = default;
};

// Panels under one heading; a dashboard without rows has one without a title.
struct Row {
    QString title = {}; // with $variables; empty: no heading
    bool collapsed = false;
    QString repeat = {};
    QMap<QString, QStringList> scoped = {}; // as a panel's
    QList<Panel> panels = {};
    bool operator==(const Row &) const = default;
};

// One of the menus above a dashboard.
struct Variable {
    enum class Kind : quint8 { Query, Custom, Interval, Datasource, Constant, TextBox };

    QString name = {};
    QString label = {}; // empty: the name
    Kind kind = Kind::Query;
    QString query =
        {}; // "label_values(up, job)", "query_result(...)", "metrics(...)", a PromQL expression; or the values "a,b,c"
    QString regex = {}; // picks a part of each value
    bool multi = false;
    bool includeAll = false;
    QString allValue = {}; // empty: all values, joined
    bool hidden = false;
    int sort = 0; // 0 none, 1/2 by text, 3/4 by number, 5/6 by text without case; odd: rising
    QStringList current = {}; // chosen values; "$__all" for all
    int autoCount = 0; // of Kind::Interval: "auto" is the range divided by so many; 0: there is no "auto"
    QString autoMin = {}; // "10s": what "auto" is at least
    bool operator==(const Variable &) const = default;
};

// Moments and spans that all panels of a dashboard mark: where a PromQL expression is something else than zero.
struct Annotation {
    QString name = {};
    QString expr = {}; // with $variables
    QString title = {}; // "{{alertname}}", with $variables; empty: the name
    QString text = {}; // the same
    QString color = {}; // as a threshold's
    bool enabled = true;
    qint64 minStep = 0; // milliseconds; 0: the page's
    bool operator==(const Annotation &) const = default;
};

// A page of panels. A value; read by dashboardfile.h and grafanaimport.h.
struct Dashboard {
    QString uid = {};
    QString title = {};
    QString description = {};
    QString about =
        {}; // what it shows one of: "cluster", "node", "pi", "environment", "workload", "pod", "controlplane"
    bool small = false; // the few panels that fit beside something else
    QStringList tags = {};
    QList<Variable> variables = {};
    QList<Annotation> annotations = {};
    QList<Row> rows = {};
    QString from = {}; // "now-1h": the range it opens with; empty: the page's
    QString to = {};
    std::chrono::milliseconds refresh = {}; // 0: the page's
    QStringList notes = {}; // what of the original could not be taken along, outside of panels
    bool operator==(const Dashboard &) const = default;
};

} // namespace kdra::metrics
