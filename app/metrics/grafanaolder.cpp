// SPDX-License-Identifier: GPL-3.0-or-later
// What Grafana's own migrations do: panels of older kinds become those of today.
#include "metrics/grafanacontext.h"

#include <QCoreApplication>

#include <cmath>

namespace kdra::metrics::grafana {

using namespace Qt::StringLiterals;

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::metrics::GrafanaImport)
};

// The fieldConfig of a panel while it is made.
struct Field {
    QJsonObject defaults = {};
    QJsonObject custom = {};
    QJsonArray overrides = {};

    void put(QLatin1StringView key, const QJsonValue &value)
    {
        if (!value.isNull() && !value.isUndefined() && value != QJsonValue(QString()))
            defaults.insert(key, value);
    }
    void putNumber(QLatin1StringView key, const QJsonValue &value)
    {
        if (const auto parsed = number(value))
            defaults.insert(key, *parsed);
    }
    void override(const QString &name, const QJsonArray &properties)
    {
        const bool regex = name.size() > 2 && name.startsWith(u'/') && name.lastIndexOf(u'/') > 0;
        overrides.append(QJsonObject{
            {u"matcher"_s, QJsonObject{{u"id"_s, regex ? u"byRegexp"_s : u"byName"_s}, {u"options"_s, name}}},
            {u"properties"_s, properties}});
    }
    QJsonObject json() const
    {
        QJsonObject all = defaults;
        if (!custom.isEmpty())
            all.insert("custom"_L1, custom);
        return {{u"defaults"_s, all}, {u"overrides"_s, overrides}};
    }
};

QJsonObject property(const QString &id, const QJsonValue &value)
{
    return {{u"id"_s, id}, {u"value"_s, value}};
}

QJsonObject fixedColor(const QJsonValue &color)
{
    return property(u"color"_s, QJsonObject{{u"mode"_s, u"fixed"_s}, {u"fixedColor"_s, color}});
}

QJsonObject step(const QJsonValue &from, const QString &color)
{
    return {{u"value"_s, from}, {u"color"_s, color}};
}

// "80,90" and three colours.
QJsonObject thresholds(const QString &list, const QStringList &colors)
{
    QJsonArray steps{step(QJsonValue::Null, colors.value(0, u"green"_s))};
    const QStringList defaults = {u"green"_s, u"orange"_s, u"red"_s};
    for (const QStringList parts = list.split(u',', Qt::SkipEmptyParts); const QString &each : parts)
        if (const auto value = number(each))
            steps.append(step(*value, colors.value(steps.size(), defaults.value(steps.size(), u"red"_s))));
    return {{u"mode"_s, u"absolute"_s}, {u"steps"_s, steps}};
}

// valueMaps and rangeMaps of a singlestat, and the first kind of fieldConfig mappings.
QJsonArray mappings(const QJsonObject &panel)
{
    QJsonArray out;
    const auto add = [&](const QJsonObject &old, bool range) {
        const QJsonObject result{{u"text"_s, text(old, "text"_L1)}};
        const QString value = old.value("value"_L1).isDouble() ? QString::number(old.value("value"_L1).toDouble())
                                                               : text(old, "value"_L1);
        if (range)
            out.append(QJsonObject{{u"type"_s, u"range"_s},
                {u"options"_s,
                    QJsonObject{
                        {u"from"_s, old.value("from"_L1)}, {u"to"_s, old.value("to"_L1)}, {u"result"_s, result}}}});
        else if (value == "null"_L1)
            out.append(QJsonObject{{u"type"_s, u"special"_s},
                {u"options"_s, QJsonObject{{u"match"_s, u"null+nan"_s}, {u"result"_s, result}}}});
        else if (number(value))
            out.append(QJsonObject{{u"type"_s, u"value"_s}, {u"options"_s, QJsonObject{{value, result}}}});
    };
    const bool ranges = integer(panel.value("mappingType"_L1), 1, 1, 2) == 2;
    for (const QJsonArray all = panel.value(ranges ? "rangeMaps"_L1 : "valueMaps"_L1).toArray();
        const QJsonValue &each : all)
        add(each.toObject(), ranges);
    return out;
}

// `right`: the properties of the axis at the right.
void readSeriesOverride(const QJsonObject &old, const QJsonArray &right, Field &field, Notes &notes)
{
    QJsonArray properties;
    if (old.contains("color"_L1))
        properties.append(fixedColor(old.value("color"_L1)));
    if (text(old, "transform"_L1) == "negative-Y"_L1)
        properties.append(property(u"custom.transform"_s, u"negative-Y"_s));
    if (integer(old.value("yaxis"_L1), 1, 1, 2) == 2) {
        properties.append(property(u"custom.axisPlacement"_s, u"right"_s));
        for (const QJsonValue &each : right)
            properties.append(each);
    }
    if (old.value("bars"_L1).toBool())
        properties.append(property(u"custom.drawStyle"_s, u"bars"_s));
    if (old.contains("fill"_L1))
        properties.append(property(u"custom.fillOpacity"_s, integer(old.value("fill"_L1), 0, 0, 10) * 10));
    if (old.value("stack"_L1) == QJsonValue(false))
        notes.add(Text::tr("Series that are not stacked there are stacked here, if others are."));
    if (!properties.isEmpty())
        field.override(text(old, "alias"_L1), properties);
}

void readAxes(const QJsonObject &panel, Field &field)
{
    const QJsonObject left = panel.value("yaxes"_L1).toArray().at(0).toObject();
    const QJsonObject grid = object(panel, "grid"_L1); // before there were yaxes
    const QStringList formats = texts(panel.value("y_formats"_L1));
    field.put("unit"_L1, text(left, "format"_L1).isEmpty() ? formats.value(0) : text(left, "format"_L1));
    field.putNumber("min"_L1, left.contains("min"_L1) ? left.value("min"_L1) : grid.value("leftMin"_L1));
    field.putNumber("max"_L1, left.contains("max"_L1) ? left.value("max"_L1) : grid.value("leftMax"_L1));
    field.putNumber(
        "decimals"_L1, left.contains("decimals"_L1) ? left.value("decimals"_L1) : panel.value("decimals"_L1));
    const int base =
        integer(left.contains("logBase"_L1) ? left.value("logBase"_L1) : grid.value("leftLogBase"_L1), 1, 1, 1024);
    if (base > 1)
        field.custom.insert("scaleDistribution"_L1, QJsonObject{{u"type"_s, u"log"_s}, {u"log"_s, base}});
    // Lines across the plot.
    QJsonArray steps;
    for (const QJsonArray all = panel.value("thresholds"_L1).toArray(); const QJsonValue &each : all) {
        const QJsonObject old = each.toObject();
        const QString mode = text(old, "colorMode"_L1);
        const QString color = mode == "ok"_L1 ? u"green"_s
            : mode == "warning"_L1            ? u"orange"_s
            : mode == "custom"_L1             ? text(old, "lineColor"_L1)
                                              : u"red"_s;
        if (const auto value = number(old.value("value"_L1)))
            steps.append(step(*value, color));
    }
    for (const QLatin1StringView key : {"threshold1"_L1, "threshold2"_L1})
        if (const auto value = number(grid.value(key)))
            steps.append(step(*value, key == "threshold1"_L1 ? u"orange"_s : u"red"_s));
    if (!steps.isEmpty()) {
        steps.prepend(step(QJsonValue::Null, u"transparent"_s));
        field.defaults.insert("thresholds"_L1, QJsonObject{{u"mode"_s, u"absolute"_s}, {u"steps"_s, steps}});
    }
}

QJsonObject graph(QJsonObject panel, Notes &notes)
{
    Field field;
    readAxes(panel, field);
    const bool bars = panel.value("bars"_L1).toBool();
    const bool lines = panel.value("lines"_L1).toBool(!bars && !panel.value("points"_L1).toBool());
    field.custom.insert("drawStyle"_L1, lines ? u"line"_s : bars ? u"bars"_s : u"points"_s);
    field.custom.insert("fillOpacity"_L1, lines ? integer(panel.value("fill"_L1), 1, 0, 10) * 10 : bars ? 100 : 0);
    if (panel.value("stack"_L1).toBool())
        field.custom.insert("stacking"_L1,
            QJsonObject{{u"mode"_s, panel.value("percentage"_L1).toBool() ? u"percent"_s : u"normal"_s}});
    const QStringList formats = texts(panel.value("y_formats"_L1));
    const QJsonObject rightAxis = panel.value("yaxes"_L1).toArray().at(1).toObject();
    QJsonArray right;
    if (const QString unit = rightAxis.value("format"_L1).toString(formats.value(1)); !unit.isEmpty())
        right.append(property(u"unit"_s, unit));
    for (const auto &[key, id] : {std::pair{"min"_L1, u"min"_s}, {"max"_L1, u"max"_s}})
        if (const auto end = number(rightAxis.value(key)))
            right.append(property(id, *end));
    for (const QJsonArray all = panel.value("seriesOverrides"_L1).toArray(); const QJsonValue &each : all)
        readSeriesOverride(each.toObject(), right, field, notes);
    const QJsonObject colors = object(panel, "aliasColors"_L1);
    for (auto it = colors.begin(); it != colors.end(); ++it)
        field.override(it.key(), {fixedColor(it.value())});
    const QJsonObject legend = object(panel, "legend"_L1);
    QJsonArray calcs;
    for (const auto &[old, name] : {std::pair{"current"_L1, u"lastNotNull"_s}, {"min"_L1, u"min"_s},
             {"max"_L1, u"max"_s}, {"avg"_L1, u"mean"_s}, {"total"_L1, u"sum"_s}})
        if (legend.value(old).toBool())
            calcs.append(name);
    panel.insert("options"_L1,
        QJsonObject{{u"legend"_s,
            QJsonObject{{u"displayMode"_s, legend.value("alignAsTable"_L1).toBool() ? u"table"_s : u"list"_s},
                {u"showLegend"_s, legend.value("show"_L1).toBool(true)}, {u"calcs"_s, calcs}}}});
    const QString axis = text(object(panel, "xaxis"_L1), "mode"_L1);
    panel.insert("type"_L1,
        axis == "series"_L1          ? u"barchart"_s
            : axis == "histogram"_L1 ? u"histogram"_s
                                     : u"timeseries"_s);
    panel.insert("fieldConfig"_L1, field.json());
    return panel;
}

QJsonObject singleStat(QJsonObject panel, Notes &notes)
{
    Field field;
    field.put("unit"_L1, panel.value("format"_L1));
    field.putNumber("decimals"_L1, panel.value("decimals"_L1));
    field.put("noValue"_L1, panel.value("nullText"_L1));
    const QStringList colors = texts(panel.value("colors"_L1));
    if (!text(panel, "thresholds"_L1).isEmpty())
        field.defaults.insert("thresholds"_L1, thresholds(text(panel, "thresholds"_L1), colors));
    if (const QJsonArray all = mappings(panel); !all.isEmpty())
        field.defaults.insert("mappings"_L1, all);
    const QJsonObject gauge = object(panel, "gauge"_L1);
    if (gauge.value("show"_L1).toBool()) {
        field.putNumber("min"_L1, gauge.value("minValue"_L1));
        field.putNumber("max"_L1, gauge.value("maxValue"_L1));
    }
    for (const QLatin1StringView key : {"prefix"_L1, "postfix"_L1})
        if (const QString around = text(panel, key).trimmed(); !around.isEmpty())
            notes.add(Text::tr("“%1” beside its number is left out.").arg(around));
    static const QHash<QString, QString> names = {{u"current"_s, u"lastNotNull"_s}, {u"avg"_s, u"mean"_s},
        {u"total"_s, u"sum"_s}, {u"min"_s, u"min"_s}, {u"max"_s, u"max"_s}, {u"first"_s, u"first"_s},
        {u"delta"_s, u"delta"_s}, {u"diff"_s, u"diff"_s}, {u"range"_s, u"range"_s}};
    const QString value = panel.value("valueName"_L1).toString(u"avg"_s);
    if (!names.contains(value))
        notes.add(Text::tr("It shows the last value instead of “%1”.").arg(value));
    panel.insert("options"_L1,
        QJsonObject{{u"reduceOptions"_s, QJsonObject{{u"calcs"_s, QJsonArray{names.value(value, u"lastNotNull"_s)}}}}});
    panel.insert("type"_L1, gauge.value("show"_L1).toBool() ? u"gauge"_s : u"stat"_s);
    panel.insert("fieldConfig"_L1, field.json());
    return panel;
}

// One style of the first table: how the columns that match its pattern are called and written.
void readStyle(const QJsonObject &style, Field &field, QJsonObject &renamed, QJsonObject &hidden)
{
    const QString pattern = text(style, "pattern"_L1);
    const bool exact = !pattern.startsWith(u'/');
    if (text(style, "type"_L1) == "hidden"_L1) {
        if (exact)
            hidden.insert(pattern, true);
        return;
    }
    if (const QString alias = text(style, "alias"_L1); exact && !alias.isEmpty())
        renamed.insert(pattern, alias);
    QJsonArray properties;
    if (const QString unit = text(style, "unit"_L1); !unit.isEmpty() && text(style, "type"_L1) == "number"_L1)
        properties.append(property(u"unit"_s, unit));
    if (const auto decimals = number(style.value("decimals"_L1)); decimals && text(style, "type"_L1) == "number"_L1)
        properties.append(property(u"decimals"_s, integer(*decimals, 0, 0, 20)));
    if (const QStringList limits = texts(style.value("thresholds"_L1)); !limits.isEmpty())
        properties.append(property(u"thresholds"_s, thresholds(limits.join(u','), texts(style.value("colors"_L1)))));
    if (!properties.isEmpty())
        field.override(exact && renamed.contains(pattern) ? renamed.value(pattern).toString() : pattern, properties);
}

QJsonObject firstTable(QJsonObject panel, Notes &notes)
{
    Field field;
    QJsonObject renamed;
    QJsonObject hidden;
    for (const QJsonArray all = panel.value("styles"_L1).toArray(); const QJsonValue &each : all)
        readStyle(each.toObject(), field, renamed, hidden);
    QJsonArray steps;
    const auto add = [&](const QString &id, const QJsonObject &options) {
        steps.append(QJsonObject{{u"id"_s, id}, {u"options"_s, options}});
    };
    const QString transform = text(panel, "transform"_L1);
    if (transform == "timeseries_aggregations"_L1) {
        static const QHash<QString, QString> names = {{u"avg"_s, u"mean"_s}, {u"min"_s, u"min"_s}, {u"max"_s, u"max"_s},
            {u"total"_s, u"sum"_s}, {u"current"_s, u"lastNotNull"_s}, {u"count"_s, u"count"_s}};
        QJsonArray reducers;
        for (const QJsonArray all = panel.value("columns"_L1).toArray(); const QJsonValue &each : all)
            reducers.append(names.value(text(each.toObject(), "value"_L1), u"lastNotNull"_s));
        if (reducers.isEmpty())
            reducers.append(u"mean"_s);
        add(u"reduce"_s, {{u"reducers"_s, reducers}});
    } else if (transform == "timeseries_to_rows"_L1) {
        add(u"seriesToRows"_s, {});
    } else if (transform == "timeseries_to_columns"_L1) {
        add(u"joinByField"_s, {{u"byField"_s, u"Time"_s}, {u"mode"_s, u"outer"_s}});
    } else if (transform == "table"_L1) {
        add(u"merge"_s, {});
    } else if (!transform.isEmpty()) {
        notes.add(Text::tr("The table's form “%1” is not known here.").arg(transform));
    }
    if (!renamed.isEmpty() || !hidden.isEmpty())
        add(u"organize"_s, {{u"renameByName"_s, renamed}, {u"excludeByName"_s, hidden}});
    panel.insert("transformations"_L1, steps);
    panel.insert("type"_L1, u"table"_s);
    panel.insert("fieldConfig"_L1, field.json());
    return panel;
}

// Mappings of the first fieldConfig (Grafana 7): {"type": 1, "value": …} instead of {"type": "value", "options": …}.
QJsonObject withTodaysMappings(QJsonObject panel)
{
    QJsonObject config = object(panel, "fieldConfig"_L1);
    QJsonObject defaults = object(config, "defaults"_L1);
    const QJsonArray old = defaults.value("mappings"_L1).toArray();
    if (old.isEmpty() || !old.first().toObject().value("type"_L1).isDouble())
        return panel;
    QJsonArray all;
    for (const QJsonValue &each : old)
        for (const QJsonArray one = mappings({{u"mappingType"_s, each.toObject().value("type"_L1)},
                 {u"valueMaps"_s, QJsonArray{each}}, {u"rangeMaps"_s, QJsonArray{each}}});
            const QJsonValue &mapping : one)
            all.append(mapping);
    defaults.insert("mappings"_L1, all);
    config.insert("defaults"_L1, defaults);
    panel.insert("fieldConfig"_L1, config);
    return panel;
}

}

QJsonObject modernised(const QJsonObject &panel, Notes &notes)
{
    const QString type = text(panel, "type"_L1);
    if (type == "graph"_L1)
        return graph(panel, notes);
    if (type == "singlestat"_L1 || type == "grafana-singlestat-panel"_L1)
        return singleStat(panel, notes);
    if (type == "table-old"_L1
        || (type == "table"_L1 && panel.contains("styles"_L1) && !panel.contains("fieldConfig"_L1)))
        return firstTable(panel, notes);
    return withTodaysMappings(panel);
}

} // namespace kdra::metrics::grafana
