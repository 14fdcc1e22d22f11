// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/grafanacontext.h"

#include <QCoreApplication>
#include <QSet>

#include <array>

namespace kdra::metrics::grafana {

using namespace Qt::StringLiterals;

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::metrics::GrafanaImport)
};

struct Reducer {
    QLatin1StringView name;
    Reduction reduction;
    QLatin1StringView legend; // what a legend's column is called here; empty: there is none
};
constexpr std::array reducers = {Reducer{"lastNotNull"_L1, Reduction::LastNotNull, "last"_L1},
    Reducer{"last"_L1, Reduction::Last, "last"_L1}, Reducer{"min"_L1, Reduction::Min, "min"_L1},
    Reducer{"max"_L1, Reduction::Max, "max"_L1}, Reducer{"mean"_L1, Reduction::Mean, "mean"_L1},
    Reducer{"sum"_L1, Reduction::Sum, "sum"_L1}, Reducer{"count"_L1, Reduction::Count, {}},
    Reducer{"firstNotNull"_L1, Reduction::First, {}}, Reducer{"first"_L1, Reduction::First, {}},
    Reducer{"range"_L1, Reduction::Range, {}}, Reducer{"delta"_L1, Reduction::Delta, {}},
    Reducer{"diff"_L1, Reduction::Delta, {}}};

QList<Threshold> thresholdsOf(const QJsonObject &thresholds)
{
    QList<Threshold> out;
    for (const QJsonArray steps = thresholds.value("steps"_L1).toArray(); const QJsonValue &each : steps) {
        const QJsonObject step = each.toObject();
        // The base is "-Infinity" in some versions.
        out.append({.from = number(step.value("value"_L1)), .color = text(step, "color"_L1)});
    }
    std::ranges::stable_sort(out, {}, [](const Threshold &one) { return one.from.value_or(-qInf()); });
    return out;
}

ValueMapping result(const QJsonObject &from)
{
    return {.text = text(from, "text"_L1), .color = text(from, "color"_L1)};
}

void readMapping(const QJsonObject &mapping, QList<ValueMapping> &into, Notes &notes)
{
    const QJsonObject options = object(mapping, "options"_L1);
    const QString type = text(mapping, "type"_L1);
    if (type == "value"_L1) {
        // An object has no order: "index" says it.
        QStringList keys = options.keys();
        std::ranges::stable_sort(
            keys, {}, [&](const QString &key) { return options.value(key).toObject().value("index"_L1).toInt(); });
        for (const QString &key : std::as_const(keys)) {
            ValueMapping one = result(options.value(key).toObject());
            one.from = one.to = number(key);
            if (!one.from) {
                one.special = key == "true"_L1 || key == "false"_L1 || key == "null"_L1 ? key : QString();
                if (one.special.isEmpty()) {
                    notes.add(Text::tr("It names texts by other texts (“%1”), which is not shown.").arg(key));
                    continue;
                }
            }
            into.append(one);
        }
    } else if (type == "range"_L1) {
        ValueMapping one = result(object(options, "result"_L1));
        one.from = number(options.value("from"_L1));
        one.to = number(options.value("to"_L1));
        if (!one.from && !one.to)
            one.from = std::numeric_limits<double>::lowest(); // every number
        into.append(one);
    } else if (type == "special"_L1) {
        ValueMapping one = result(object(options, "result"_L1));
        one.special = text(options, "match"_L1);
        into.append(one);
    } else {
        notes.add(Text::tr("It names values by a regular expression, which is not shown."));
    }
}

// The options that `from` has, in place of those that are there.
void apply(const QJsonObject &from, FieldOptions &field, Notes &notes)
{
    field.unit = from.value("unit"_L1).toString(field.unit);
    field.noValue = from.value("noValue"_L1).toString(field.noValue);
    if (const auto min = number(from.value("min"_L1)))
        field.min = min;
    if (const auto max = number(from.value("max"_L1)))
        field.max = max;
    if (const auto decimals = number(from.value("decimals"_L1)))
        field.decimals = integer(*decimals, 0, 0, 20);
    if (const QJsonObject thresholds = object(from, "thresholds"_L1); !thresholds.isEmpty()) {
        field.thresholdsInPercent = text(thresholds, "mode"_L1) == "percentage"_L1;
        field.thresholds = thresholdsOf(thresholds);
    }
    if (const QJsonArray mappings = from.value("mappings"_L1).toArray(); !mappings.isEmpty()) {
        field.mappings.clear();
        for (const QJsonValue &each : mappings)
            readMapping(each.toObject(), field.mappings, notes);
    }
}

bool isMirrored(const QJsonValue &transform)
{
    return transform == QJsonValue("negative-Y"_L1);
}

// An axis that is hidden there is one here: numbers without an axis tell nothing.
AxisPlacement axisOf(const QJsonValue &placement)
{
    return placement == QJsonValue("right"_L1) ? AxisPlacement::Right
        : placement == QJsonValue("left"_L1)   ? AxisPlacement::Left
                                               : AxisPlacement::Auto;
}

void readOverrides(const QJsonObject &config, Panel &into, Notes &notes)
{
    static const QSet<QString> matchers = {u"byName"_s, u"byRegexp"_s, u"byFrameRefID"_s, u"byType"_s};
    for (const QJsonArray all = config.value("overrides"_L1).toArray(); const QJsonValue &each : all) {
        const QJsonObject matcher = object(each.toObject(), "matcher"_L1);
        FieldOverride override{.matcher = text(matcher, "id"_L1), .argument = text(matcher, "options"_L1)};
        for (const QJsonArray properties = each.toObject().value("properties"_L1).toArray();
            const QJsonValue &property : properties)
            override.properties.insert(text(property.toObject(), "id"_L1), property.toObject().value("value"_L1));
        if (override.matcher == "byNames"_L1) {
            const QJsonObject options = object(matcher, "options"_L1);
            if (text(options, "mode"_L1) == "exclude"_L1) {
                notes.add(Text::tr("It hides series that are not in a list; all of them are shown."));
                continue;
            }
            override.matcher = u"byName"_s;
            for (const QStringList names = texts(options.value("names"_L1)); const QString &name : names) {
                override.argument = name;
                into.overrides.append(override);
            }
            continue;
        }
        if (!matchers.contains(override.matcher)) {
            notes.add(
                Text::tr("It changes series by a rule of the kind “%1”, which is not followed.").arg(override.matcher));
            continue;
        }
        into.overrides.append(override);
    }
}

void readCustom(const QJsonObject &custom, Panel &into, Notes &notes)
{
    const QString style = text(custom, "drawStyle"_L1);
    into.draw = style == "bars"_L1 ? DrawStyle::Bars : style == "points"_L1 ? DrawStyle::Points : DrawStyle::Line;
    into.fillOpacity = integer(custom.value("fillOpacity"_L1), 0, 0, 100);
    const QString mode = text(object(custom, "stacking"_L1), "mode"_L1);
    into.stacking = mode == "normal"_L1 ? Stacking::Normal : mode == "percent"_L1 ? Stacking::Percent : Stacking::None;
    const QString scale = text(object(custom, "scaleDistribution"_L1), "type"_L1);
    into.logarithmic = scale == "log"_L1;
    const QString thresholds = text(object(custom, "thresholdsStyle"_L1), "mode"_L1);
    const bool lines = thresholds.contains("line"_L1) || thresholds.contains("dashed"_L1);
    const bool bands = thresholds.contains("area"_L1);
    into.field.thresholdStyle = lines && bands ? ThresholdStyle::Both
        : lines                                ? ThresholdStyle::Lines
        : bands                                ? ThresholdStyle::Bands
                                               : ThresholdStyle::None;
    if (scale == "symlog"_L1)
        notes.add(Text::tr("Its axis is linear instead of symmetrically logarithmic."));
    into.field.mirrored = isMirrored(custom.value("transform"_L1));
    into.field.axis = axisOf(custom.value("axisPlacement"_L1));
}

void readLegend(const QJsonObject &legend, Panel &into, Notes &notes)
{
    const QString mode = text(legend, "displayMode"_L1);
    into.legendAsTable = mode == "table"_L1;
    into.legendHidden = mode == "hidden"_L1 || !legend.value("showLegend"_L1).toBool(true);
    for (const QStringList calcs = texts(legend.value("calcs"_L1)); const QString &calc : calcs) {
        const auto *found = std::ranges::find(reducers, calc, &Reducer::name);
        if (found == reducers.end() || found->legend.isEmpty())
            notes.add(Text::tr("Its legend does not show “%1”.").arg(calc));
        else if (!into.legendValues.contains(found->legend))
            into.legendValues.append(found->legend);
    }
}

void readReduction(const QJsonObject &options, Panel &into, Notes &notes)
{
    const QString calc = texts(options.value("calcs"_L1)).value(0);
    if (!calc.isEmpty()) {
        const auto *found = std::ranges::find(reducers, calc, &Reducer::name);
        if (found == reducers.end())
            notes.add(Text::tr("It shows the last value instead of “%1”.").arg(calc));
        else
            into.reduction = found->reduction;
    }
    if (options.value("values"_L1).toBool())
        notes.add(Text::tr("It shows one number a series instead of one a value."));
    const QString fields = text(options, "fields"_L1);
    if (!fields.isEmpty() && fields != "/.*/"_L1 && fields != "/^Value$/"_L1)
        notes.add(Text::tr("It shows numbers instead of the texts of “%1”.").arg(fields));
}

}

bool isKnownTransformation(const QString &id)
{
    static const QSet<QString> known = {u"merge"_s, u"organize"_s, u"filterFieldsByName"_s, u"filterByRefId"_s,
        u"reduce"_s, u"calculateField"_s, u"groupBy"_s, u"joinByField"_s, u"seriesToColumns"_s, u"labelsToFields"_s,
        u"sortBy"_s, u"limit"_s, u"seriesToRows"_s, u"renameByRegex"_s, u"filterByValue"_s};
    return known.contains(id);
}

void applyProperties(const QJsonObject &properties, FieldOptions &field)
{
    Notes unread;
    apply(properties, field, unread);
    if (const QJsonValue transform = properties.value("custom.transform"_L1); transform.isString())
        field.mirrored = isMirrored(transform);
    if (const QJsonValue placement = properties.value("custom.axisPlacement"_L1); placement.isString())
        field.axis = axisOf(placement);
}

void readField(const QJsonObject &panel, Panel &into, Notes &notes)
{
    const QJsonObject config = object(panel, "fieldConfig"_L1);
    const QJsonObject defaults = object(config, "defaults"_L1);
    apply(defaults, into.field, notes);
    readCustom(object(defaults, "custom"_L1), into, notes);
    readOverrides(config, into, notes);
    const QJsonObject options = object(panel, "options"_L1);
    readLegend(object(options, "legend"_L1), into, notes);
    readReduction(object(options, "reduceOptions"_L1), into, notes);
}

} // namespace kdra::metrics::grafana
