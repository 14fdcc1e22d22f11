// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/panelseries.h"

#include "metrics/grafanacontext.h"
#include "metrics/patterns.h"

#include <QJsonArray>
#include <QRegularExpression>

#include <cmath>

namespace kdra::metrics {

using namespace Qt::StringLiterals;

namespace {

// What all series have alike: it says nothing about one of them.
Labels commonLabels(const std::vector<Series> &all)
{
    Labels common = all.empty() ? Labels() : all.front().labels;
    for (const Series &one : all) {
        if (common.isEmpty())
            break;
        common.removeIf([&one](const auto &label) {
            const auto found = one.labels.constFind(label.key());
            return found == one.labels.cend() || *found != label.value();
        });
    }
    return common;
}

QString nameOf(const Series &series, const std::vector<Series> &all, const Labels &common, const Query &query)
{
    if (!query.legend.isEmpty() && query.legend != "__auto"_L1)
        return legendOf(series.labels, query.legend);
    if (all.size() > 1) {
        Labels differing = series.labels;
        differing.removeIf([&common](const auto &label) { return common.contains(label.key()); });
        if (!differing.isEmpty())
            return legendOf(differing, {});
    }
    return series.labels.isEmpty() ? query.expr.left(200) : legendOf(series.labels, {});
}

}

const ValueMapping *PanelSeries::mapping(double value) const
{
    for (const ValueMapping &one : field.mappings) {
        if (!one.special.isEmpty()) {
            if (std::isnan(value) && (one.special.contains("nan"_L1) || one.special.contains("null"_L1)))
                return &one;
            if ((one.special == "true"_L1 && value == 1) || (one.special == "false"_L1 && value == 0))
                return &one;
            continue;
        }
        if ((one.from || one.to) && !std::isnan(value) && (!one.from || value >= *one.from)
            && (!one.to || value <= *one.to))
            return &one;
    }
    return nullptr;
}

const Threshold *PanelSeries::threshold(double value) const
{
    if (std::isnan(value))
        return nullptr;
    if (field.thresholdsInPercent) {
        const double low = field.min.value_or(statistics.min);
        const double high = field.max.value_or(statistics.max);
        value = high > low ? (value - low) / (high - low) * 100 : 0;
    }
    const Threshold *found = nullptr;
    for (const Threshold &one : field.thresholds) {
        if (!one.from || value >= *one.from)
            found = &one;
    }
    return found;
}

QString PanelSeries::colorOf(double value) const
{
    if (const ValueMapping *mapped = mapping(value); mapped && !mapped->color.isEmpty())
        return mapped->color;
    const Threshold *reached = threshold(value);
    return reached ? reached->color : QString();
}

QString PanelSeries::text(double value) const
{
    if (const ValueMapping *mapped = mapping(value); mapped && !mapped->text.isEmpty())
        return mapped->text;
    if (std::isnan(value) && !field.noValue.isEmpty())
        return field.noValue;
    return unit.text(value, field.decimals);
}

namespace {

// False when the series is not to be seen.
bool applyOverride(PanelSeries &series, const QJsonObject &properties)
{
    grafana::applyProperties(properties, series.field);
    if (const QString name = properties.value("displayName"_L1).toString(); !name.isEmpty())
        series.name = legendOf(series.points->labels, name);
    if (const QString color = properties.value("color"_L1)[u"fixedColor"].toString(); !color.isEmpty())
        series.color = color;
    return !properties.value("custom.hideFrom"_L1)[u"viz"].toBool();
}

}

PanelData panelDataOf(const Panel &panel, const QList<PanelAnswer> &answers)
{
    PanelData data;
    struct Rule {
        const FieldOverride *rule;
        QRegularExpression expression;
    };
    std::vector<Rule> rules;
    for (const FieldOverride &one : panel.overrides)
        rules.push_back({&one, one.matcher == "byRegexp"_L1 ? harmlessPatternOf(one.argument) : QRegularExpression()});
    const Unit unit(panel.field.unit);
    for (const Query &query : panel.queries) {
        if (query.hidden)
            continue;
        for (const PanelAnswer &answer : answers) {
            if (answer.refId != query.refId)
                continue;
            const qint64 gap = usualGap(*answer.answer.series);
            data.gap = data.gap == 0 || (gap > 0 && gap < data.gap) ? gap : data.gap;
            const Labels common = commonLabels(*answer.answer.series);
            for (const Series &points : *answer.answer.series) {
                PanelSeries series{.name = nameOf(points, *answer.answer.series, common, query),
                    .refId = query.refId,
                    .field = panel.field,
                    .unit = unit,
                    .statistics = statisticsOf(points.values),
                    .owner = answer.answer.series,
                    .points = &points};
                const QString name = series.name;
                bool shown = true;
                for (const Rule &rule : rules) {
                    const FieldOverride &one = *rule.rule;
                    if ((one.matcher == "byName"_L1 && one.argument == name)
                        || (one.matcher == "byFrameRefID"_L1 && one.argument == query.refId)
                        || (one.matcher == "byType"_L1 && one.argument == "number"_L1)
                        || (one.matcher == "byRegexp"_L1 && rule.expression.isValid()
                            && rule.expression.match(name).hasMatch()))
                        shown = applyOverride(series, one.properties) && shown;
                }
                if (series.field.unit != panel.field.unit)
                    series.unit = Unit(series.field.unit);
                if (shown)
                    data.series.push_back(std::move(series));
            }
        }
    }
    return data;
}

} // namespace kdra::metrics
