// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/duration.h"
#include "metrics/grafanacontext.h"

#include <QCoreApplication>

namespace kdra::metrics::grafana {

using namespace Qt::StringLiterals;

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::metrics::GrafanaImport)
};

constexpr qsizetype mostPanels = 5000;

Context contextOf(const QJsonObject &dashboard)
{
    Context out;
    for (const QJsonArray inputs = dashboard.value("__inputs"_L1).toArray(); const QJsonValue &each : inputs) {
        const QJsonObject input = each.toObject();
        if (text(input, "type"_L1) != "datasource"_L1)
            continue;
        out.datasourceTypes.insert(text(input, "name"_L1), text(input, "pluginId"_L1));
        out.inputs.insert(text(input, "name"_L1));
    }
    for (const QJsonArray list = object(dashboard, "templating"_L1).value("list"_L1).toArray();
        const QJsonValue &each : list)
        if (const QJsonObject variable = each.toObject(); text(variable, "type"_L1) == "datasource"_L1) {
            out.datasourceTypes.insert(text(variable, "name"_L1), text(variable, "query"_L1));
            out.inputs.remove(text(variable, "name"_L1)); // one can choose it
        }
    out.elements = object(dashboard, "__elements"_L1);
    return out;
}

// Collects panels into rows.
class Rows {
public:
    explicit Rows(const Context &context, QStringList &notes)
        : m_context(context)
        , m_notes(notes)
    {
    }

    void begin(const QJsonObject &row)
    {
        Row out{.title = text(row, "title"_L1),
            .collapsed =
                row.contains("collapsed"_L1) ? row.value("collapsed"_L1).toBool() : row.value("collapse"_L1).toBool(),
            .repeat = text(row, "repeat"_L1)};
        m_rows.append(out);
    }
    void add(const QJsonObject &panel)
    {
        if (m_rows.isEmpty())
            m_rows.append(Row());
        if (++m_count > mostPanels) {
            if (m_count == mostPanels + 1)
                m_notes.append(
                    Text::tr("There are more than %n panels; the others are left out.", nullptr, int(mostPanels)));
            return;
        }
        m_rows.last().panels.append(panelOf(panel, m_context));
    }
    // `y` from the heading of each row, and an id for everything.
    QList<Row> take()
    {
        QSet<int> ids;
        int last = 0;
        for (const Row &row : std::as_const(m_rows))
            for (const Panel &panel : row.panels)
                last = std::max(last, panel.id);
        for (Row &row : m_rows) {
            int top = std::numeric_limits<int>::max();
            for (const Panel &panel : std::as_const(row.panels))
                top = std::min(top, panel.grid.y);
            for (Panel &panel : row.panels) {
                panel.grid.y -= top;
                if (panel.id == 0 || ids.contains(panel.id))
                    panel.id = ++last;
                ids.insert(panel.id);
            }
        }
        return m_rows;
    }

private:
    const Context &m_context;
    QStringList &m_notes;
    QList<Row> m_rows;
    qsizetype m_count = 0;
};

// A panel of old rows[]: `span` columns of 12 and the row's height instead of a place.
class Flow {
public:
    explicit Flow(const QJsonValue &height)
    {
        QString pixels = height.toVariant().toString();
        pixels.remove("px"_L1);
        m_height = std::clamp((integer(QJsonValue(pixels), 250, 38, 3800) + 37) / 38, 1, 100);
    }
    QJsonObject placed(QJsonObject panel)
    {
        const int width = integer(panel.value("span"_L1), 4, 1, 12) * 2;
        if (m_x + width > 24) {
            m_x = 0;
            m_y += m_height;
        }
        panel.insert("gridPos"_L1, QJsonObject{{u"x"_s, m_x}, {u"y"_s, m_y}, {u"w"_s, width}, {u"h"_s, m_height}});
        m_x += width;
        return panel;
    }

private:
    int m_height = 7;
    int m_x = 0;
    int m_y = 0;
};

void readPanels(const QJsonObject &dashboard, Rows &rows)
{
    // Until schema 16: rows[] with the panels in them.
    for (const QJsonArray old = dashboard.value("rows"_L1).toArray(); const QJsonValue &each : old) {
        QJsonObject row = each.toObject();
        if (!row.value("showTitle"_L1).toBool(true))
            row.remove("title"_L1);
        rows.begin(row);
        Flow flow(row.value("height"_L1));
        for (const QJsonArray panels = row.value("panels"_L1).toArray(); const QJsonValue &panel : panels)
            rows.add(flow.placed(panel.toObject()));
    }
    QJsonArray panels = dashboard.value("panels"_L1).toArray();
    // Rows own what is below them, whatever the order in the file.
    QList<QJsonObject> sorted;
    for (const QJsonValue &each : std::as_const(panels))
        sorted.append(each.toObject());
    std::ranges::stable_sort(sorted, {}, [](const QJsonObject &panel) {
        const QJsonObject grid = object(panel, "gridPos"_L1);
        return std::pair(integer(grid.value("y"_L1), 0, 0, 1'000'000), integer(grid.value("x"_L1), 0, 0, 24));
    });
    for (const QJsonObject &panel : std::as_const(sorted)) {
        if (text(panel, "type"_L1) != "row"_L1) {
            rows.add(panel);
            continue;
        }
        rows.begin(panel);
        for (const QJsonArray nested = panel.value("panels"_L1).toArray(); const QJsonValue &each : nested)
            rows.add(each.toObject());
    }
}

void readNotes(const QJsonObject &dashboard, QStringList &notes)
{
    for (const QJsonArray all = dashboard.value("links"_L1).toArray(); const QJsonValue &each : all)
        notes.append(Text::tr("The link “%1” is not taken along.").arg(text(each.toObject(), "title"_L1)));
    for (const QJsonArray all = dashboard.value("kdraNotes"_L1).toArray(); const QJsonValue &each : all)
        notes.append(each.toString());
}

}

Dashboard classic(const QJsonObject &dashboard)
{
    Dashboard out;
    out.uid = text(dashboard, "uid"_L1);
    out.title = text(dashboard, "title"_L1);
    out.description = text(dashboard, "description"_L1);
    if (out.title.isEmpty())
        out.title = Text::tr("Dashboard without a title");
    if (out.uid.isEmpty()) // the same for the same title, so that it can be opened again
        out.uid = u"grafana-"_s + QString::number(qHash(out.title, 0), 16);
    out.tags = texts(dashboard.value("tags"_L1));
    const QJsonObject time = object(dashboard, "time"_L1);
    out.from = text(time, "from"_L1);
    out.to = text(time, "to"_L1);
    out.refresh = std::chrono::milliseconds(durationOf(text(dashboard, "refresh"_L1)).value_or(0));
    const Context context = contextOf(dashboard);
    out.variables = variablesOf(object(dashboard, "templating"_L1).value("list"_L1).toArray(), context, out.notes);
    out.annotations = annotationsOf(object(dashboard, "annotations"_L1).value("list"_L1).toArray(), context, out.notes);
    Rows rows(context, out.notes);
    readPanels(dashboard, rows);
    out.rows = rows.take();
    readNotes(dashboard, out.notes);
    const QJsonObject own = object(dashboard, "kdra"_L1);
    out.about = text(own, "about"_L1);
    out.small = own.value("small"_L1).toBool();
    if (own.contains("notes"_L1))
        out.notes = texts(own.value("notes"_L1));
    return out;
}

} // namespace kdra::metrics::grafana
