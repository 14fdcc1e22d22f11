// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/duration.h"
#include "metrics/grafanaimport.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <array>

namespace kdra::metrics {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array panelTypes = {"timeseries"_L1, "stat"_L1, "gauge"_L1, "bargauge"_L1, "table"_L1, "heatmap"_L1,
    "state-timeline"_L1, "text"_L1, "text"_L1};
constexpr std::array drawStyles = {"line"_L1, "bars"_L1, "points"_L1};
constexpr std::array stackingModes = {"none"_L1, "normal"_L1, "percent"_L1};
constexpr std::array calcs = {"last"_L1, "lastNotNull"_L1, "min"_L1, "max"_L1, "mean"_L1, "sum"_L1, "count"_L1,
    "first"_L1, "range"_L1, "delta"_L1};
constexpr std::array variableTypes = {
    "query"_L1, "custom"_L1, "interval"_L1, "datasource"_L1, "constant"_L1, "textbox"_L1};

template <class Names, class Enumerator> QString nameOf(const Names &names, Enumerator value)
{
    return names[static_cast<std::size_t>(value)];
}

void put(QJsonObject &object, QLatin1StringView key, const QString &value)
{
    if (!value.isEmpty())
        object.insert(key, value);
}
void put(QJsonObject &object, QLatin1StringView key, std::optional<double> value)
{
    if (value)
        object.insert(key, *value);
}

QJsonObject targetOf(const Query &query, const QString &datasource)
{
    QJsonObject out{{u"refId"_s, query.refId}, {u"expr"_s, query.expr}, {u"legendFormat"_s, query.legend},
        {u"instant"_s, query.instant}, {u"range"_s, !query.instant},
        {u"format"_s, query.format.isEmpty() ? u"time_series"_s : query.format}, {u"hide"_s, query.hidden}};
    if (!query.minStepText.isEmpty())
        out.insert("interval"_L1, query.minStepText);
    else if (query.minStep > 0)
        out.insert("interval"_L1, textOfDuration(query.minStep));
    if (!datasource.isEmpty())
        out.insert("datasource"_L1, QJsonObject{{u"type"_s, u"prometheus"_s}, {u"uid"_s, datasource}});
    return out;
}

QJsonObject mappingOf(const ValueMapping &mapping, int index)
{
    QJsonObject result{{u"text"_s, mapping.text}, {u"index"_s, index}};
    put(result, "color"_L1, mapping.color);
    if (!mapping.from && !mapping.to)
        return {{u"type"_s, u"special"_s},
            {u"options"_s, QJsonObject{{u"match"_s, mapping.special}, {u"result"_s, result}}}};
    if (mapping.from == mapping.to)
        return {{u"type"_s, u"value"_s},
            {u"options"_s, QJsonObject{{QString::number(*mapping.from, 'g', QLocale::FloatingPointShortest), result}}}};
    QJsonObject options{{u"result"_s, result}};
    put(options, "from"_L1, mapping.from);
    put(options, "to"_L1, mapping.to);
    return {{u"type"_s, u"range"_s}, {u"options"_s, options}};
}

QJsonObject fieldConfigOf(const Panel &panel)
{
    const FieldOptions &field = panel.field;
    QJsonObject defaults;
    put(defaults, "unit"_L1, field.unit);
    put(defaults, "min"_L1, field.min);
    put(defaults, "max"_L1, field.max);
    if (field.decimals)
        defaults.insert("decimals"_L1, *field.decimals);
    put(defaults, "noValue"_L1, field.noValue);
    if (!field.thresholds.isEmpty() || field.thresholdsInPercent) {
        QJsonArray steps;
        for (const Threshold &one : field.thresholds)
            steps.append(QJsonObject{{u"value"_s, one.from ? QJsonValue(*one.from) : QJsonValue(QJsonValue::Null)},
                {u"color"_s, one.color}});
        defaults.insert("thresholds"_L1,
            QJsonObject{{u"mode"_s, field.thresholdsInPercent ? u"percentage"_s : u"absolute"_s}, {u"steps"_s, steps}});
    }
    QJsonArray mappings;
    for (const ValueMapping &one : field.mappings)
        mappings.append(mappingOf(one, static_cast<int>(mappings.size())));
    defaults.insert("mappings"_L1, mappings);
    QJsonObject custom{{u"drawStyle"_s, nameOf(drawStyles, panel.draw)}, {u"fillOpacity"_s, panel.fillOpacity},
        {u"stacking"_s, QJsonObject{{u"mode"_s, nameOf(stackingModes, panel.stacking)}}}};
    if (field.thresholdStyle != ThresholdStyle::None)
        custom.insert("thresholdsStyle"_L1,
            QJsonObject{{u"mode"_s,
                field.thresholdStyle == ThresholdStyle::Lines       ? u"dashed"_s
                    : field.thresholdStyle == ThresholdStyle::Bands ? u"area"_s
                                                                    : u"dashed+area"_s}});
    if (field.mirrored)
        custom.insert("transform"_L1, u"negative-Y"_s);
    if (field.axis != AxisPlacement::Auto)
        custom.insert("axisPlacement"_L1, field.axis == AxisPlacement::Right ? u"right"_s : u"left"_s);
    if (panel.logarithmic)
        custom.insert("scaleDistribution"_L1, QJsonObject{{u"type"_s, u"log"_s}, {u"log"_s, 10}});
    if (panel.kind == PanelKind::TimeSeries || panel.draw != DrawStyle::Line || panel.fillOpacity > 0
        || panel.stacking != Stacking::None || panel.logarithmic || field.thresholdStyle != ThresholdStyle::None
        || field.mirrored || field.axis != AxisPlacement::Auto)
        defaults.insert("custom"_L1, custom);
    QJsonArray overrides;
    for (const FieldOverride &one : panel.overrides) {
        QJsonArray properties;
        for (auto it = one.properties.begin(); it != one.properties.end(); ++it)
            properties.append(QJsonObject{{u"id"_s, it.key()}, {u"value"_s, it.value()}});
        overrides.append(QJsonObject{{u"matcher"_s, QJsonObject{{u"id"_s, one.matcher}, {u"options"_s, one.argument}}},
            {u"properties"_s, properties}});
    }
    return {{u"defaults"_s, defaults}, {u"overrides"_s, overrides}};
}

QJsonObject optionsOf(const Panel &panel)
{
    if (panel.kind == PanelKind::Text)
        return {{u"mode"_s, u"markdown"_s}, {u"content"_s, panel.text}};
    QJsonObject out;
    if (panel.kind == PanelKind::TimeSeries || panel.kind == PanelKind::StateTimeline || panel.legendAsTable
        || panel.legendHidden || !panel.legendValues.isEmpty()) {
        QJsonArray values;
        for (const QString &value : panel.legendValues)
            values.append(value == "last"_L1 ? u"lastNotNull"_s : value);
        out.insert("legend"_L1,
            QJsonObject{{u"displayMode"_s, panel.legendAsTable ? u"table"_s : u"list"_s},
                {u"showLegend"_s, !panel.legendHidden}, {u"placement"_s, u"bottom"_s}, {u"calcs"_s, values}});
    }
    out.insert("reduceOptions"_L1,
        QJsonObject{
            {u"calcs"_s, QJsonArray{nameOf(calcs, panel.reduction)}}, {u"values"_s, false}, {u"fields"_s, QString()}});
    return out;
}

QJsonObject panelOf(const Panel &panel, int y)
{
    const bool unsupported = panel.kind == PanelKind::Unsupported;
    QJsonObject out = panel.original;
    QJsonObject own;
    if (!unsupported || panel.original.isEmpty())
        out.insert("type"_L1, nameOf(panelTypes, panel.kind));
    out.insert("id"_L1, panel.id);
    out.insert("title"_L1, panel.title);
    put(out, "description"_L1, panel.description);
    out.insert("gridPos"_L1,
        QJsonObject{{u"x"_s, panel.grid.x}, {u"y"_s, y}, {u"w"_s, panel.grid.width}, {u"h"_s, panel.grid.height}});
    if (!panel.repeat.isEmpty()) {
        out.insert("repeat"_L1, panel.repeat);
        out.insert("repeatDirection"_L1, panel.repeatDown ? u"v"_s : u"h"_s);
        if (!panel.repeatDown)
            out.insert("maxPerRow"_L1, panel.repeatPerRow);
    }
    if (!panel.datasource.isEmpty())
        out.insert("datasource"_L1, QJsonObject{{u"type"_s, u"prometheus"_s}, {u"uid"_s, panel.datasource}});
    if (unsupported) {
        own = {{u"unsupported"_s, true}, {u"made"_s, panel.original.isEmpty()}, {u"note"_s, panel.note}};
        if (panel.original.isEmpty())
            out.insert("options"_L1, QJsonObject{{u"mode"_s, u"markdown"_s}, {u"content"_s, panel.note}});
    } else {
        QJsonArray targets;
        for (const Query &query : panel.queries)
            targets.append(targetOf(query, panel.datasource));
        if (!targets.isEmpty())
            out.insert("targets"_L1, targets);
        out.insert("fieldConfig"_L1, fieldConfigOf(panel));
        out.insert("options"_L1, optionsOf(panel));
        QJsonArray transformations;
        for (const Transformation &one : panel.transformations)
            transformations.append(QJsonObject{{u"id"_s, one.id}, {u"options"_s, one.options}});
        if (!transformations.isEmpty())
            out.insert("transformations"_L1, transformations);
        own = {{u"note"_s, panel.note}};
    }
    out.insert("kdra"_L1, own);
    return out;
}

QJsonObject variableOf(const Variable &variable)
{
    QJsonObject out{{u"name"_s, variable.name}, {u"type"_s, nameOf(variableTypes, variable.kind)},
        {u"hide"_s, variable.hidden ? 2 : 0}, {u"multi"_s, variable.multi}, {u"includeAll"_s, variable.includeAll},
        {u"refresh"_s, variable.kind == Variable::Kind::Query ? 2 : 1}, {u"sort"_s, variable.sort}};
    put(out, "label"_L1, variable.label);
    put(out, "regex"_L1, variable.regex);
    put(out, "allValue"_L1, variable.allValue);
    if (variable.kind == Variable::Kind::Query) {
        out.insert("definition"_L1, variable.query);
        out.insert("query"_L1, QJsonObject{{u"query"_s, variable.query}, {u"refId"_s, u"StandardVariableQuery"_s}});
    } else {
        out.insert("query"_L1, variable.query);
    }
    if (!variable.current.isEmpty()) {
        const QJsonValue value = variable.multi ? QJsonValue(QJsonArray::fromStringList(variable.current))
                                                : QJsonValue(variable.current.first());
        out.insert("current"_L1, QJsonObject{{u"value"_s, value}, {u"text"_s, value}});
    }
    if (variable.kind == Variable::Kind::Interval && variable.autoCount > 0) {
        out.insert("auto"_L1, true);
        out.insert("auto_count"_L1, variable.autoCount);
        put(out, "auto_min"_L1, variable.autoMin);
    }
    return out;
}

QJsonObject annotationOf(const Annotation &annotation)
{
    QJsonObject out{{u"name"_s, annotation.name}, {u"enable"_s, annotation.enabled}, {u"expr"_s, annotation.expr},
        {u"datasource"_s, QJsonObject{{u"type"_s, u"prometheus"_s}}}};
    put(out, "titleFormat"_L1, annotation.title);
    put(out, "textFormat"_L1, annotation.text);
    put(out, "iconColor"_L1, annotation.color);
    if (annotation.minStep > 0)
        out.insert("step"_L1, textOfDuration(annotation.minStep));
    return out;
}

// The panels of all rows in one list, below each other.
QJsonArray panelsOf(const Dashboard &dashboard)
{
    int last = 0;
    for (const Row &row : dashboard.rows)
        for (const Panel &panel : row.panels)
            last = std::max(last, panel.id);
    QJsonArray out;
    int y = 0;
    for (qsizetype i = 0; i < dashboard.rows.size(); ++i) {
        const Row &row = dashboard.rows[i];
        const bool headed = i > 0 || !row.title.isEmpty() || row.collapsed || !row.repeat.isEmpty();
        QJsonObject heading{{u"type"_s, u"row"_s}, {u"id"_s, ++last}, {u"title"_s, row.title},
            {u"collapsed"_s, row.collapsed},
            {u"gridPos"_s, QJsonObject{{u"x"_s, 0}, {u"y"_s, y}, {u"w"_s, 24}, {u"h"_s, 1}}}};
        put(heading, "repeat"_L1, row.repeat);
        y += headed ? 1 : 0;
        QJsonArray panels;
        int bottom = y;
        for (const Panel &panel : row.panels) {
            panels.append(panelOf(panel, y + panel.grid.y));
            bottom = std::max(bottom, y + panel.grid.y + panel.grid.height);
        }
        // Folded rows hold their panels; what is below them is not moved down.
        if (row.collapsed)
            heading.insert("panels"_L1, panels);
        if (headed)
            out.append(heading);
        if (!row.collapsed) {
            for (const QJsonValue &panel : std::as_const(panels))
                out.append(panel);
            y = bottom;
        }
    }
    return out;
}

}

QByteArray exportGrafana(const Dashboard &dashboard)
{
    QJsonArray variables;
    for (const Variable &variable : dashboard.variables)
        variables.append(variableOf(variable));
    QJsonArray annotations;
    for (const Annotation &annotation : dashboard.annotations)
        annotations.append(annotationOf(annotation));
    QJsonObject own{{u"notes"_s, QJsonArray::fromStringList(dashboard.notes)}};
    put(own, "about"_L1, dashboard.about);
    if (dashboard.small)
        own.insert("small"_L1, true);
    QJsonObject out{{u"uid"_s, dashboard.uid}, {u"title"_s, dashboard.title}, {u"schemaVersion"_s, 41},
        {u"editable"_s, true}, {u"tags"_s, QJsonArray::fromStringList(dashboard.tags)},
        {u"templating"_s, QJsonObject{{u"list"_s, variables}}},
        {u"annotations"_s, QJsonObject{{u"list"_s, annotations}}}, {u"panels"_s, panelsOf(dashboard)},
        {u"kdra"_s, own}};
    put(out, "description"_L1, dashboard.description);
    QJsonObject time;
    put(time, "from"_L1, dashboard.from);
    put(time, "to"_L1, dashboard.to);
    out.insert("time"_L1, time);
    if (dashboard.refresh.count() > 0)
        out.insert("refresh"_L1, textOfDuration(dashboard.refresh.count()));
    return QJsonDocument(out).toJson(QJsonDocument::Indented);
}

} // namespace kdra::metrics
