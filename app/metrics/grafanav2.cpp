// SPDX-License-Identifier: GPL-3.0-or-later
// The v2 schema (https://grafana.com/docs/grafana/latest/observability-as-code/schema-v2/): a dashboard's elements and
// its layout are apart. They are put together again as the classic schema has them.
#include "metrics/grafanacontext.h"

#include <QCoreApplication>

#include <array>

namespace kdra::metrics::grafana {

using namespace Qt::StringLiterals;

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::metrics::GrafanaImport)
};

constexpr int deepest = 16; // layouts in layouts

QJsonObject at(const QJsonObject &from, std::initializer_list<QLatin1StringView> path)
{
    QJsonObject out = from;
    for (const QLatin1StringView key : path)
        out = object(out, key);
    return out;
}

// A query's data source: {"group": "prometheus", "datasource": {"name": …}}, in earlier versions {"kind": "prometheus"}
// beside {"datasource": {"type", "uid"}}.
QJsonObject datasourceOf(const QJsonObject &query, const QJsonObject &around)
{
    QJsonObject source = object(around, "datasource"_L1);
    if (source.isEmpty())
        source = object(query, "datasource"_L1);
    QString type = text(source, "type"_L1);
    if (type.isEmpty())
        type = text(query, "group"_L1);
    if (type.isEmpty() && text(query, "kind"_L1) != "DataQuery"_L1)
        type = text(query, "kind"_L1);
    QString name = text(source, "uid"_L1);
    if (name.isEmpty())
        name = text(source, "name"_L1);
    return {{u"type"_s, type}, {u"uid"_s, name}};
}

// Panel.spec as a classic panel, without a place.
QJsonObject panelOf(const QJsonObject &element)
{
    const QJsonObject spec = object(element, "spec"_L1);
    QJsonObject out{{u"id"_s, spec.value("id"_L1)}, {u"title"_s, spec.value("title"_L1)},
        {u"description"_s, spec.value("description"_L1)}};
    if (text(element, "kind"_L1) == "LibraryPanel"_L1) {
        out.insert("libraryPanel"_L1, object(spec, "libraryPanel"_L1));
        return out;
    }
    const QJsonObject viz = object(spec, "vizConfig"_L1);
    const QString group = text(viz, "group"_L1);
    out.insert("type"_L1, group.isEmpty() ? text(viz, "kind"_L1) : group);
    out.insert("options"_L1, at(viz, {"spec"_L1, "options"_L1}));
    out.insert("fieldConfig"_L1, at(viz, {"spec"_L1, "fieldConfig"_L1}));
    const QJsonObject data = at(spec, {"data"_L1, "spec"_L1});
    QJsonArray targets;
    QJsonObject first;
    bool mixed = false;
    for (const QJsonArray all = data.value("queries"_L1).toArray(); const QJsonValue &each : all) {
        const QJsonObject around = object(each.toObject(), "spec"_L1);
        const QJsonObject query = object(around, "query"_L1);
        QJsonObject target = object(query, "spec"_L1);
        target.insert("refId"_L1, around.value("refId"_L1));
        target.insert("hide"_L1, around.value("hidden"_L1));
        const QJsonObject source = datasourceOf(query, around);
        target.insert("datasource"_L1, source);
        targets.append(target);
        mixed = mixed || (!first.isEmpty() && first != source);
        if (first.isEmpty())
            first = source;
    }
    out.insert("targets"_L1, targets);
    if (!first.isEmpty())
        out.insert("datasource"_L1, mixed ? QJsonObject{{u"uid"_s, u"-- Mixed --"_s}} : first);
    QJsonArray transformations;
    for (const QJsonArray all = data.value("transformations"_L1).toArray(); const QJsonValue &each : all) {
        QJsonObject one = object(each.toObject(), "spec"_L1);
        if (text(one, "id"_L1).isEmpty())
            one.insert("id"_L1,
                text(each.toObject(), "group"_L1).isEmpty() ? text(each.toObject(), "kind"_L1)
                                                            : text(each.toObject(), "group"_L1));
        transformations.append(one);
    }
    if (!transformations.isEmpty())
        out.insert("transformations"_L1, transformations);
    const QJsonObject options = object(data, "queryOptions"_L1);
    for (const QLatin1StringView key : {"interval"_L1, "timeFrom"_L1, "timeShift"_L1})
        if (options.contains(key))
            out.insert(key, options.value(key));
    return out;
}

// Walks through layouts and lays their elements out below each other.
class Layout {
public:
    explicit Layout(const QJsonObject &elements)
        : m_elements(elements)
    {
    }

    void read(const QJsonObject &layout, const QString &heading, int depth = 0)
    {
        if (depth > deepest)
            return;
        const QString kind = text(layout, "kind"_L1);
        const QJsonObject spec = object(layout, "spec"_L1);
        if (kind == "RowsLayout"_L1) {
            readParts(spec.value("rows"_L1).toArray(), heading, depth);
        } else if (kind == "TabsLayout"_L1) {
            if (!m_tabs)
                m_notes.append(Text::tr("Its tabs are shown as rows below each other."));
            m_tabs = true;
            readParts(spec.value("tabs"_L1).toArray(), heading, depth);
        } else if (kind == "AutoGridLayout"_L1) {
            readAutoGrid(spec);
        } else {
            readGrid(spec.value("items"_L1).toArray(), heading, depth);
        }
    }

    // What no layout mentions is not lost.
    void readRest()
    {
        bool headed = false;
        for (auto it = m_elements.begin(); it != m_elements.end(); ++it) {
            if (m_used.contains(it.key()))
                continue;
            if (!headed)
                begin(Text::tr("Not in the layout"), {}, false);
            headed = true;
            place(it.key(), {{u"x"_s, 0}, {u"y"_s, m_y}, {u"w"_s, 12}, {u"h"_s, 8}}, {});
        }
    }

    QJsonArray panels() const { return m_panels; }
    QStringList notes() const { return m_notes; }

private:
    // Rows or tabs: what is inside of one that is inside of another is headed "outer / inner".
    void readParts(const QJsonArray &parts, const QString &heading, int depth)
    {
        for (const QJsonValue &each : parts) {
            const QJsonObject spec = object(each.toObject(), "spec"_L1);
            const QString own = spec.value("hideHeader"_L1).toBool() ? QString() : text(spec, "title"_L1);
            const QString title = heading.isEmpty() || own.isEmpty() ? heading + own : heading + u" / "_s + own;
            const QJsonObject inner = object(spec, "layout"_L1);
            const QString kind = text(inner, "kind"_L1);
            if (kind != "RowsLayout"_L1 && kind != "TabsLayout"_L1)
                begin(title, object(spec, "repeat"_L1), spec.value("collapse"_L1).toBool());
            if (spec.contains("conditionalRendering"_L1))
                m_notes.append(Text::tr("“%1” is always shown; the condition for it is not followed.").arg(title));
            read(inner, title, depth + 1);
        }
    }

    void readGrid(const QJsonArray &items, const QString &heading, int depth)
    {
        const int top = m_y;
        for (const QJsonValue &each : items) {
            const QJsonObject spec = object(each.toObject(), "spec"_L1);
            if (text(each.toObject(), "kind"_L1) == "GridLayoutRow"_L1) { // of the first v2 drafts
                begin(text(spec, "title"_L1), object(spec, "repeat"_L1), spec.value("collapsed"_L1).toBool());
                if (depth < deepest)
                    readGrid(spec.value("elements"_L1).toArray(), heading, depth + 1);
                continue;
            }
            const QJsonObject grid{{u"x"_s, spec.value("x"_L1)},
                {u"y"_s, top + integer(spec.value("y"_L1), 0, 0, 100'000)}, {u"w"_s, spec.value("width"_L1)},
                {u"h"_s, spec.value("height"_L1)}};
            place(text(object(spec, "element"_L1), "name"_L1), grid, object(spec, "repeat"_L1));
        }
    }

    void readAutoGrid(const QJsonObject &spec)
    {
        const int columns = integer(spec.value("maxColumnCount"_L1), 3, 1, 24);
        const int width = std::max(1, 24 / columns);
        const QString mode = text(spec, "rowHeightMode"_L1);
        const int height = mode == "short"_L1 ? 5 : mode == "tall"_L1 ? 16 : 9;
        const int top = m_y;
        int index = 0;
        for (const QJsonArray items = spec.value("items"_L1).toArray(); const QJsonValue &each : items) {
            const QJsonObject item = object(each.toObject(), "spec"_L1);
            place(text(object(item, "element"_L1), "name"_L1),
                {{u"x"_s, index % columns * width}, {u"y"_s, top + index / columns * height}, {u"w"_s, width},
                    {u"h"_s, height}},
                object(item, "repeat"_L1));
            ++index;
        }
    }

    void begin(const QString &title, const QJsonObject &repeat, bool collapsed)
    {
        QJsonObject row{{u"type"_s, u"row"_s}, {u"title"_s, title},
            {u"gridPos"_s, QJsonObject{{u"x"_s, 0}, {u"y"_s, m_y}, {u"w"_s, 24}, {u"h"_s, 1}}}};
        row.insert("collapsed"_L1, collapsed);
        if (const QString variable = text(repeat, "value"_L1); !variable.isEmpty())
            row.insert("repeat"_L1, variable);
        m_panels.append(row);
        ++m_y;
    }

    void place(const QString &name, const QJsonObject &grid, const QJsonObject &repeat)
    {
        if (!m_elements.contains(name)) {
            m_notes.append(Text::tr("The layout has a place for “%1”, which is not in the file.").arg(name));
            return;
        }
        m_used.insert(name);
        QJsonObject panel = panelOf(m_elements.value(name).toObject());
        panel.insert("gridPos"_L1, grid);
        if (const QString variable = text(repeat, "value"_L1); !variable.isEmpty()) {
            panel.insert("repeat"_L1, variable);
            panel.insert("repeatDirection"_L1, repeat.value("direction"_L1));
            panel.insert("maxPerRow"_L1, repeat.value("maxPerRow"_L1));
        }
        m_y = std::max(m_y, integer(grid.value("y"_L1), 0, 0, 1'000'000) + integer(grid.value("h"_L1), 8, 1, 1000));
        m_panels.append(panel);
    }

    const QJsonObject m_elements;
    QJsonArray m_panels;
    QStringList m_notes;
    QSet<QString> m_used;
    int m_y = 0;
    bool m_tabs = false;
};

QJsonObject variableOf(const QJsonObject &variable)
{
    static const QHash<QString, QString> types = {{u"QueryVariable"_s, u"query"_s}, {u"CustomVariable"_s, u"custom"_s},
        {u"IntervalVariable"_s, u"interval"_s}, {u"DatasourceVariable"_s, u"datasource"_s},
        {u"ConstantVariable"_s, u"constant"_s}, {u"TextVariable"_s, u"textbox"_s}, {u"AdhocVariable"_s, u"adhoc"_s},
        {u"GroupByVariable"_s, u"groupby"_s}, {u"SwitchVariable"_s, u"switch"_s}};
    const QString kind = text(variable, "kind"_L1);
    QJsonObject out = object(variable, "spec"_L1);
    out.insert("type"_L1, types.value(kind, kind));
    const QString hide = text(out, "hide"_L1);
    out.insert("hide"_L1, hide == "hideVariable"_L1 ? 2 : hide == "hideLabel"_L1 ? 1 : 0);
    static const QStringList sorts = {u"disabled"_s, u"alphabeticalAsc"_s, u"alphabeticalDesc"_s, u"numericalAsc"_s,
        u"numericalDesc"_s, u"alphabeticalCaseInsensitiveAsc"_s, u"alphabeticalCaseInsensitiveDesc"_s, u"naturalAsc"_s,
        u"naturalDesc"_s};
    if (out.value("sort"_L1).isString())
        out.insert("sort"_L1, std::max<qsizetype>(0, sorts.indexOf(text(out, "sort"_L1))));
    if (kind == "QueryVariable"_L1) {
        const QJsonObject query = object(out, "query"_L1);
        out.insert("datasource"_L1, datasourceOf(query, out));
        if (query.value("spec"_L1).isObject()) {
            QJsonObject written = object(query, "spec"_L1);
            if (const QString legacy = text(written, "__legacyStringValue"_L1); !legacy.isEmpty())
                written.insert("query"_L1, legacy);
            out.insert("query"_L1, written);
        }
    } else if (kind == "DatasourceVariable"_L1) {
        out.insert("query"_L1, out.value("pluginId"_L1));
    }
    return out;
}

}

QJsonObject classicOfV2(const QJsonObject &resource)
{
    const QJsonObject spec = object(resource, "spec"_L1);
    Layout layout(object(spec, "elements"_L1));
    layout.read(object(spec, "layout"_L1), {});
    layout.readRest();
    QJsonArray variables;
    for (const QJsonArray all = spec.value("variables"_L1).toArray(); const QJsonValue &each : all)
        variables.append(variableOf(each.toObject()));
    QJsonArray annotations;
    for (const QJsonArray all = spec.value("annotations"_L1).toArray(); const QJsonValue &each : all) {
        QJsonObject annotation = object(each.toObject(), "spec"_L1);
        const QJsonObject query = object(annotation, "query"_L1);
        annotation.insert("target"_L1, object(query, "spec"_L1));
        const QJsonObject legacy = object(annotation, "legacyOptions"_L1); // titleFormat and what else had no place
        for (auto it = legacy.begin(); it != legacy.end(); ++it)
            if (!annotation.contains(it.key()))
                annotation.insert(it.key(), it.value());
        annotation.insert("datasource"_L1, datasourceOf(query, annotation));
        annotation.insert("builtIn"_L1, annotation.value("builtIn"_L1).toBool() ? 1 : 0);
        annotations.append(annotation);
    }
    const QJsonObject time = object(spec, "timeSettings"_L1);
    return {{u"uid"_s, object(resource, "metadata"_L1).value("name"_L1)}, {u"title"_s, spec.value("title"_L1)},
        {u"description"_s, spec.value("description"_L1)}, {u"tags"_s, spec.value("tags"_L1)},
        {u"links"_s, spec.value("links"_L1)}, {u"annotations"_s, QJsonObject{{u"list"_s, annotations}}},
        {u"templating"_s, QJsonObject{{u"list"_s, variables}}},
        {u"time"_s, QJsonObject{{u"from"_s, time.value("from"_L1)}, {u"to"_s, time.value("to"_L1)}}},
        {u"refresh"_s, time.value("autoRefresh"_L1)}, {u"panels"_s, layout.panels()},
        {u"kdraNotes"_s, QJsonArray::fromStringList(layout.notes())}};
}

} // namespace kdra::metrics::grafana
