// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/panelseries.h"

#include <QJsonArray>
#include <QRegularExpression>

#include <cmath>

namespace kdra::metrics {

using namespace Qt::StringLiterals;

namespace {

// Labels that all series have alike say nothing about one of them.
Labels differing(const Labels &labels, const std::vector<Series> &all)
{
    Labels result;
    for (auto it = labels.begin(); it != labels.end(); ++it) {
        const bool same = std::ranges::all_of(all, [&](const Series &other) {
            const auto found = other.labels.constFind(it.key());
            return found != other.labels.cend() && *found == it.value();
        });
        if (!same)
            result.insert(it.key(), it.value());
    }
    return result;
}

QString nameOf(const Series &series, const std::vector<Series> &all, const Query &query)
{
    if (!query.legend.isEmpty() && query.legend != "__auto"_L1)
        return legendOf(series.labels, query.legend);
    if (all.size() > 1) {
        if (const Labels labels = differing(series.labels, all); !labels.isEmpty())
            return legendOf(labels, {});
    }
    return series.labels.isEmpty() ? query.expr.left(200) : legendOf(series.labels, {});
}

// "/.*foo/i" or "foo".
QRegularExpression expressionOf(const QString &text)
{
    const qsizetype end = text.lastIndexOf(u'/');
    if (text.startsWith(u'/') && end > 0)
        return QRegularExpression(text.sliced(1, end - 1),
            text.sliced(end + 1).contains(u'i') ? QRegularExpression::CaseInsensitiveOption
                                                : QRegularExpression::NoPatternOption);
    return QRegularExpression(text);
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

void applyOverride(PanelSeries &series, const QJsonObject &properties)
{
    for (auto it = properties.begin(); it != properties.end(); ++it) {
        const QJsonValue value = it.value();
        if (it.key() == "unit"_L1)
            series.field.unit = value.toString();
        else if (it.key() == "decimals"_L1 && value.isDouble())
            series.field.decimals = value.toInt();
        else if (it.key() == "min"_L1 && value.isDouble())
            series.field.min = value.toDouble();
        else if (it.key() == "max"_L1 && value.isDouble())
            series.field.max = value.toDouble();
        else if (it.key() == "noValue"_L1)
            series.field.noValue = value.toString();
        else if (it.key() == "displayName"_L1 && !value.toString().isEmpty())
            series.name = legendOf(series.points->labels, value.toString());
        else if (it.key() == "color"_L1)
            series.color = value[u"fixedColor"].toString();
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
        rules.push_back({&one, one.matcher == "byRegexp"_L1 ? expressionOf(one.argument) : QRegularExpression()});
    const Unit unit(panel.field.unit);
    for (const Query &query : panel.queries) {
        if (query.hidden)
            continue;
        for (const PanelAnswer &answer : answers) {
            if (answer.refId != query.refId)
                continue;
            const qint64 gap = usualGap(*answer.answer.series);
            data.gap = data.gap == 0 || (gap > 0 && gap < data.gap) ? gap : data.gap;
            for (const Series &points : *answer.answer.series) {
                PanelSeries series{.name = nameOf(points, *answer.answer.series, query),
                    .refId = query.refId,
                    .field = panel.field,
                    .unit = unit,
                    .statistics = statisticsOf(points.values),
                    .owner = answer.answer.series,
                    .points = &points};
                const QString name = series.name;
                for (const Rule &rule : rules) {
                    const FieldOverride &one = *rule.rule;
                    if ((one.matcher == "byName"_L1 && one.argument == name)
                        || (one.matcher == "byFrameRefID"_L1 && one.argument == query.refId)
                        || (one.matcher == "byRegexp"_L1 && rule.expression.isValid()
                            && rule.expression.match(name).hasMatch()))
                        applyOverride(series, one.properties);
                }
                if (series.field.unit != panel.field.unit)
                    series.unit = Unit(series.field.unit);
                data.series.push_back(std::move(series));
            }
        }
    }
    return data;
}

} // namespace kdra::metrics
