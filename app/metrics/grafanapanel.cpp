// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/duration.h"
#include "metrics/grafanacontext.h"
#include "metrics/placeholder.h"

#include <QCoreApplication>

#include <array>

namespace kdra::metrics::grafana {

using namespace Qt::StringLiterals;

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::metrics::GrafanaImport)
};

struct Kind {
    QLatin1StringView type;
    PanelKind kind;
};
constexpr std::array kinds = {Kind{"timeseries"_L1, PanelKind::TimeSeries}, Kind{"barchart"_L1, PanelKind::BarGauge},
    Kind{"stat"_L1, PanelKind::Stat}, Kind{"gauge"_L1, PanelKind::Gauge}, Kind{"bargauge"_L1, PanelKind::BarGauge},
    Kind{"piechart"_L1, PanelKind::BarGauge}, Kind{"grafana-piechart-panel"_L1, PanelKind::BarGauge},
    Kind{"table"_L1, PanelKind::Table}, Kind{"heatmap"_L1, PanelKind::Heatmap},
    Kind{"state-timeline"_L1, PanelKind::StateTimeline}, Kind{"status-history"_L1, PanelKind::StateTimeline},
    Kind{"text"_L1, PanelKind::Text}};

bool speaksPromQl(const QString &type)
{
    return type.isEmpty() || type == "prometheus"_L1 || type.endsWith("prometheus-datasource"_L1)
        || type == "victoriametrics-metrics-datasource"_L1;
}

// The name that `$name` or `${name}` stands for; empty for anything else.
QString reference(const QString &text)
{
    const auto found = nextPlaceholder(text, 0);
    return found && found->at == 0 && found->length == text.size() ? found->name.toString() : QString();
}

// Where a panel's data come from; empty: the page's Prometheus.
QString datasourceName(const QJsonValue &value, const Context &context)
{
    QString name = value.isObject() ? text(value.toObject(), "uid"_L1) : value.toString();
    if (name == "default"_L1 || name == "-- Mixed --"_L1 || name == "-- Default --"_L1
        || context.inputs.contains(reference(name)))
        return {};
    return name;
}

GridPos gridOf(const QJsonObject &panel)
{
    const QJsonObject pos = object(panel, "gridPos"_L1);
    GridPos out;
    out.width = integer(pos.value("w"_L1), 12, 1, 24);
    out.height = integer(pos.value("h"_L1), 8, 1, 1000);
    out.x = integer(pos.value("x"_L1), 0, 0, 24 - out.width);
    out.y = integer(pos.value("y"_L1), 0, 0, 1'000'000);
    return out;
}

void readQueries(const QJsonObject &panel, const Context &context, Panel &into, Notes &notes)
{
    const QString panelStep = text(panel, "interval"_L1);
    for (const QJsonArray targets = panel.value("targets"_L1).toArray(); const QJsonValue &each : targets) {
        const QJsonObject target = each.toObject();
        const QString refId = text(target, "refId"_L1);
        const QString type = datasourceType(target.value("datasource"_L1), context);
        if (type == "__expr__"_L1) {
            notes.add(Text::tr("Query %1 computes with other queries on Grafana's server; it is left out.").arg(refId));
            continue;
        }
        if (!speaksPromQl(type)) {
            notes.add(Text::tr("Query %1 asks a data source of the kind “%2”; it is left out.").arg(refId, type));
            continue;
        }
        Query query{.refId = refId, .expr = text(target, "expr"_L1), .legend = text(target, "legendFormat"_L1)};
        if (query.expr.isEmpty()) {
            if (!target.value("hide"_L1).toBool() && target.contains("expr"_L1) && targets.size() == 1)
                notes.add(Text::tr("It has no query."));
            continue;
        }
        if (query.legend == "__auto"_L1)
            query.legend.clear();
        query.format = text(target, "format"_L1);
        if (query.format == "time_series"_L1)
            query.format.clear();
        query.hidden = target.value("hide"_L1).toBool();
        query.instant = target.value("instant"_L1).toBool()
            && (!target.value("range"_L1).toBool() || into.kind == PanelKind::Table);
        const QString own = text(target, "interval"_L1);
        QString step = own.isEmpty() ? panelStep : own;
        if (step.startsWith(u'>')) // ">10s": at least, as old dashboards wrote it
            step.removeFirst();
        if (step.contains(u'$') || step.contains("[["_L1))
            query.minStepText = step;
        else
            query.minStep = durationOf(step).value_or(0);
        into.queries.append(query);
    }
}

void readTransformations(const QJsonObject &panel, Panel &into, Notes &notes)
{
    QStringList unknown;
    for (const QJsonArray all = panel.value("transformations"_L1).toArray(); const QJsonValue &each : all) {
        const QJsonObject one = each.toObject();
        if (one.value("disabled"_L1).toBool())
            continue;
        const QString id = text(one, "id"_L1);
        if (!isKnownTransformation(id))
            unknown.append(id);
        into.transformations.append({.id = id, .options = object(one, "options"_L1)});
    }
    if (!unknown.isEmpty())
        notes.add(Text::tr("These steps between the data and the picture are not carried out: %1.")
                .arg(unknown.join(u", "_s)));
    else if (!into.transformations.isEmpty() && into.kind != PanelKind::Table)
        notes.add(Text::tr("The steps between the data and the picture (%1) are carried out in tables only.")
                .arg(into.transformations.first().id));
}

void readRepeat(const QJsonObject &panel, Panel &into)
{
    into.repeat = text(panel, "repeat"_L1);
    if (into.repeat.isEmpty())
        return;
    into.repeatDown = text(panel, "repeatDirection"_L1) == "v"_L1;
    // Before maxPerRow there was minSpan: columns of 12, or of 24 later on, that a copy has at least.
    const int span = integer(panel.value("minSpan"_L1), 0, 0, 24);
    into.repeatPerRow = integer(panel.value("maxPerRow"_L1), span > 0 ? 24 / span : 4, 1, 24);
    if (into.repeatDown)
        into.repeatPerRow = Panel().repeatPerRow;
}

// A panel that keeps its place.
Panel unsupported(const Panel &panel, QJsonObject original, const QString &why)
{
    for (const QLatin1StringView key : {"id"_L1, "gridPos"_L1, "title"_L1, "description"_L1, "kdra"_L1, "repeat"_L1,
             "repeatDirection"_L1, "maxPerRow"_L1, "minSpan"_L1, "datasource"_L1})
        original.remove(key);
    Panel out{.id = panel.id,
        .kind = PanelKind::Unsupported,
        .title = panel.title,
        .description = panel.description,
        .grid = panel.grid,
        .repeat = panel.repeat,
        .repeatDown = panel.repeatDown,
        .repeatPerRow = panel.repeatPerRow,
        .note = why,
        .datasource = panel.datasource,
        .original = original};
    return out;
}

void readText(const QJsonObject &panel, Panel &into, Notes &notes)
{
    const QJsonObject options = object(panel, "options"_L1);
    const QString mode = options.value("mode"_L1).toString(text(panel, "mode"_L1));
    into.text = options.value("content"_L1).toString(text(panel, "content"_L1));
    if (mode == "html"_L1)
        notes.add(Text::tr("Its HTML is shown as far as Markdown knows it."));
    else if (mode == "code"_L1)
        into.text = u"```\n"_s + into.text + u"\n```"_s;
}

// Why a panel cannot be shown; empty: it can.
QString obstacle(const QJsonObject &panel, const QString &type, const Context &context)
{
    const auto *kind = std::ranges::find(kinds, type, &Kind::type);
    if (panel.contains("libraryPanel"_L1) && type.isEmpty())
        return Text::tr("The library panel “%1” is not in the file.")
            .arg(text(object(panel, "libraryPanel"_L1), "name"_L1));
    if (kind == kinds.end())
        return Text::tr("Panels of the kind “%1” are not known here.").arg(type);
    if (kind->kind == PanelKind::Text)
        return {};
    const QString source = datasourceType(panel.value("datasource"_L1), context);
    const QJsonValue reference = panel.value("datasource"_L1);
    const QString name = reference.isObject() ? text(reference.toObject(), "uid"_L1) : reference.toString();
    if (name == "-- Dashboard --"_L1)
        return Text::tr("It takes its data from another panel.");
    if (source == "datasource"_L1 || source == "grafana"_L1)
        return Text::tr("Its data are made up by Grafana itself.");
    if (source != "mixed"_L1 && !speaksPromQl(source))
        return Text::tr("It asks a data source of the kind “%1”; only Prometheus is asked here.").arg(source);
    return {};
}

}

QString datasourceType(const QJsonValue &value, const Context &context)
{
    QString type;
    QString name;
    if (value.isObject()) {
        type = text(value.toObject(), "type"_L1);
        name = text(value.toObject(), "uid"_L1);
    } else {
        name = value.toString();
    }
    if (name == "-- Mixed --"_L1)
        return u"mixed"_s;
    if (name == "-- Grafana --"_L1)
        return u"grafana"_s;
    return type.isEmpty() ? context.datasourceTypes.value(reference(name)) : type;
}

Panel panelOf(const QJsonObject &from, const Context &context)
{
    QJsonObject source = from;
    if (const QJsonObject library = object(from, "libraryPanel"_L1); !library.isEmpty() && !from.contains("type"_L1)) {
        QJsonObject model =
            object(object(context.elements, QLatin1StringView(text(library, "uid"_L1).toLatin1())), "model"_L1);
        if (model.isEmpty())
            model = object(library, "model"_L1);
        if (!model.isEmpty()) {
            for (const QLatin1StringView key :
                {"id"_L1, "gridPos"_L1, "title"_L1, "repeat"_L1, "repeatDirection"_L1, "maxPerRow"_L1, "kdra"_L1})
                if (from.contains(key))
                    model.insert(key, from.value(key));
            model.remove("libraryPanel"_L1);
            source = model;
        }
    }
    Notes notes;
    const QJsonObject panel = modernised(source, notes);
    const QString type = text(panel, "type"_L1);
    Panel out{.id = integer(panel.value("id"_L1), 0, 0, 2'000'000'000),
        .title = text(panel, "title"_L1),
        .description = text(panel, "description"_L1),
        .grid = gridOf(panel)};
    readRepeat(panel, out);
    out.datasource = datasourceName(panel.value("datasource"_L1), context);
    // What an own export says goes before what can be found out again.
    const QJsonObject own = object(panel, "kdra"_L1);
    if (own.value("unsupported"_L1).toBool()) {
        QJsonObject original = source;
        if (own.value("made"_L1).toBool())
            original = {};
        return unsupported(out, original, text(own, "note"_L1));
    }
    if (const QString why = obstacle(panel, type, context); !why.isEmpty())
        return unsupported(out, source, why);
    out.kind = std::ranges::find(kinds, type, &Kind::type)->kind;
    if (out.kind == PanelKind::Text)
        readText(panel, out, notes);
    readQueries(panel, context, out, notes);
    if (out.kind != PanelKind::Text && out.queries.isEmpty() && !notes.text().isEmpty() && own.isEmpty())
        return unsupported(out, source, notes.text());
    if (type == "barchart"_L1 || type.contains("piechart"_L1))
        notes.add(Text::tr("It is shown as bars beside each other."));
    if (panel.contains("timeFrom"_L1) || panel.contains("timeShift"_L1))
        if (!text(panel, "timeFrom"_L1).isEmpty() || !text(panel, "timeShift"_L1).isEmpty())
            notes.add(Text::tr("It is shown for the page's time range instead of its own."));
    if (panel.value("alert"_L1).isObject())
        notes.add(Text::tr("Its alert is not taken along."));
    readField(panel, out, notes);
    readTransformations(panel, out, notes);
    out.note = own.isEmpty() ? notes.text() : text(own, "note"_L1);
    return out;
}

} // namespace kdra::metrics::grafana
