// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/dashboardfile.h"

#include "metrics/dashboardnames.h"
#include "metrics/duration.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace kdra::metrics {

using namespace Qt::StringLiterals;

namespace {

// An object that takes up only what differs from the default.
class ObjectWriter {
public:
    void put(QLatin1StringView key, const QString &value)
    {
        if (!value.isEmpty())
            object.insert(key, value);
    }
    void put(QLatin1StringView key, bool value)
    {
        if (value)
            object.insert(key, true);
    }
    void put(QLatin1StringView key, int value, int otherwise)
    {
        if (value != otherwise)
            object.insert(key, value);
    }
    void put(QLatin1StringView key, std::optional<double> value)
    {
        if (value)
            object.insert(key, *value);
    }
    void put(QLatin1StringView key, const QStringList &value)
    {
        if (!value.isEmpty())
            object.insert(key, QJsonArray::fromStringList(value));
    }
    void put(QLatin1StringView key, const QJsonObject &value)
    {
        if (!value.isEmpty())
            object.insert(key, value);
    }
    template <class Enumerator>
    void put(QLatin1StringView key, const std::initializer_list<QLatin1StringView> &all, Enumerator value,
        Enumerator otherwise)
    {
        if (value != otherwise)
            object.insert(key, names::nameOf(all, value));
    }
    template <class T> void each(QLatin1StringView key, const QList<T> &all, auto written)
    {
        QJsonArray array;
        for (const T &one : all)
            array.append(written(one));
        if (!array.isEmpty())
            object.insert(key, array);
    }

    QJsonObject object;
};

QJsonObject written(const Query &query)
{
    ObjectWriter out;
    out.put("refId"_L1, query.refId);
    out.put("expr"_L1, query.expr);
    out.put("legend"_L1, query.legend);
    out.put("format"_L1, query.format);
    out.put("instant"_L1, query.instant);
    out.put("hidden"_L1, query.hidden);
    if (!query.minStepText.isEmpty())
        out.put("minStep"_L1, query.minStepText);
    else if (query.minStep > 0)
        out.put("minStep"_L1, textOfDuration(query.minStep));
    return out.object;
}

void put(ObjectWriter &out, const FieldOptions &field)
{
    out.put("unit"_L1, field.unit);
    out.put("min"_L1, field.min);
    out.put("max"_L1, field.max);
    if (field.decimals)
        out.object.insert("decimals"_L1, *field.decimals);
    out.put("noValue"_L1, field.noValue);
    out.put("thresholdsInPercent"_L1, field.thresholdsInPercent);
    out.each("thresholds"_L1, field.thresholds, [](const Threshold &one) {
        ObjectWriter threshold;
        threshold.put("from"_L1, one.from);
        threshold.put("color"_L1, one.color);
        return threshold.object;
    });
    out.put("thresholdStyle"_L1, names::thresholdStyles, field.thresholdStyle, ThresholdStyle::None);
    out.put("axis"_L1, names::axes, field.axis, AxisPlacement::Auto);
    out.put("mirrored"_L1, field.mirrored);
    out.each("mappings"_L1, field.mappings, [](const ValueMapping &one) {
        ObjectWriter mapping;
        mapping.put("from"_L1, one.from);
        mapping.put("to"_L1, one.to);
        mapping.put("special"_L1, one.special);
        mapping.put("text"_L1, one.text);
        mapping.put("color"_L1, one.color);
        return mapping.object;
    });
}

QJsonObject written(const Panel &panel)
{
    ObjectWriter out;
    out.put("id"_L1, panel.id, 0);
    out.put("kind"_L1, names::panelKinds, panel.kind, PanelKind::TimeSeries);
    out.put("title"_L1, panel.title);
    out.put("description"_L1, panel.description);
    if (panel.grid != GridPos{})
        out.object.insert("grid"_L1, QJsonArray{panel.grid.x, panel.grid.y, panel.grid.width, panel.grid.height});
    out.each("queries"_L1, panel.queries, [](const Query &one) { return written(one); });
    put(out, panel.field);
    out.each("overrides"_L1, panel.overrides, [](const FieldOverride &one) {
        ObjectWriter override;
        override.put("matcher"_L1, one.matcher);
        override.put("argument"_L1, one.argument);
        override.put("properties"_L1, one.properties);
        return override.object;
    });
    out.each("transformations"_L1, panel.transformations, [](const Transformation &one) {
        ObjectWriter transformation;
        transformation.put("id"_L1, one.id);
        transformation.put("options"_L1, one.options);
        return transformation.object;
    });
    out.put("draw"_L1, names::drawStyles, panel.draw, DrawStyle::Line);
    out.put("stacking"_L1, names::stackings, panel.stacking, Stacking::None);
    out.put("fillOpacity"_L1, panel.fillOpacity, 0);
    out.put("logarithmic"_L1, panel.logarithmic);
    out.put("legendAsTable"_L1, panel.legendAsTable);
    out.put("legendHidden"_L1, panel.legendHidden);
    out.put("legendValues"_L1, panel.legendValues);
    out.put("reduction"_L1, names::reductions, panel.reduction, Reduction::LastNotNull);
    out.put("text"_L1, panel.text);
    out.put("repeat"_L1, panel.repeat);
    out.put("repeatDown"_L1, panel.repeatDown);
    out.put("repeatPerRow"_L1, panel.repeatPerRow, Panel().repeatPerRow);
    out.put("note"_L1, panel.note);
    out.put("datasource"_L1, panel.datasource);
    out.put("original"_L1, panel.original);
    return out.object;
}

QJsonObject written(const Variable &variable)
{
    ObjectWriter out;
    out.put("name"_L1, variable.name);
    out.put("label"_L1, variable.label);
    out.put("kind"_L1, names::variableKinds, variable.kind, Variable::Kind::Query);
    out.put("query"_L1, variable.query);
    out.put("regex"_L1, variable.regex);
    out.put("multi"_L1, variable.multi);
    out.put("includeAll"_L1, variable.includeAll);
    out.put("allValue"_L1, variable.allValue);
    out.put("hidden"_L1, variable.hidden);
    out.put("sort"_L1, variable.sort, 0);
    out.put("current"_L1, variable.current);
    out.put("autoCount"_L1, variable.autoCount, 0);
    out.put("autoMin"_L1, variable.autoMin);
    return out.object;
}

}

QByteArray writeDashboard(const Dashboard &dashboard)
{
    ObjectWriter out;
    out.object.insert("kdraDashboard"_L1, dashboardFormat);
    out.put("uid"_L1, dashboard.uid);
    out.put("title"_L1, dashboard.title);
    out.put("description"_L1, dashboard.description);
    out.put("about"_L1, dashboard.about);
    out.put("small"_L1, dashboard.small);
    out.put("tags"_L1, dashboard.tags);
    out.put("from"_L1, dashboard.from);
    out.put("to"_L1, dashboard.to);
    if (dashboard.refresh.count() > 0)
        out.put("refresh"_L1, textOfDuration(dashboard.refresh.count()));
    out.put("notes"_L1, dashboard.notes);
    out.each("variables"_L1, dashboard.variables, [](const Variable &one) { return written(one); });
    out.each("annotations"_L1, dashboard.annotations, [](const Annotation &one) {
        ObjectWriter annotation;
        annotation.put("name"_L1, one.name);
        annotation.put("expr"_L1, one.expr);
        annotation.put("title"_L1, one.title);
        annotation.put("text"_L1, one.text);
        annotation.put("color"_L1, one.color);
        annotation.put("disabled"_L1, !one.enabled);
        if (one.minStep > 0)
            annotation.put("minStep"_L1, textOfDuration(one.minStep));
        return annotation.object;
    });
    out.each("rows"_L1, dashboard.rows, [](const Row &one) {
        ObjectWriter row;
        row.put("title"_L1, one.title);
        row.put("collapsed"_L1, one.collapsed);
        row.put("repeat"_L1, one.repeat);
        row.each("panels"_L1, one.panels, [](const Panel &panel) { return written(panel); });
        return row.object;
    });
    return QJsonDocument(out.object).toJson(QJsonDocument::Indented);
}

} // namespace kdra::metrics
