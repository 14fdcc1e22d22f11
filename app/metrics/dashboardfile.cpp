// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/dashboardfile.h"

#include "metrics/dashboardnames.h"
#include "metrics/duration.h"
#include "metrics/jsonreading.h"

#include <QCoreApplication>
#include <QJsonDocument>

namespace kdra::metrics {

using namespace Qt::StringLiterals;

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::metrics::DashboardFile)
};

class DashboardReader {
public:
    DashboardReader(Reading &reading, QJsonObject translations)
        : m_reading(reading)
        , m_translations(std::move(translations))
    {
    }

    Dashboard read(ObjectReader &at)
    {
        Dashboard out;
        out.uid = at.required("uid"_L1);
        out.title = shown(at.required("title"_L1));
        out.description = shown(at.string("description"_L1));
        out.about = at.string("about"_L1, 100);
        out.small = at.boolean("small"_L1);
        out.tags = at.strings("tags"_L1, 100);
        out.from = at.string("from"_L1, 100);
        out.to = at.string("to"_L1, 100);
        out.refresh = std::chrono::milliseconds(duration(at, "refresh"_L1));
        out.notes = at.strings("notes"_L1, 1000);
        each(at, "variables"_L1, 200, [&](ObjectReader &one) { out.variables.append(variable(one)); });
        each(at, "annotations"_L1, 50, [&](ObjectReader &one) { out.annotations.append(annotation(one)); });
        each(at, "rows"_L1, 500, [&](ObjectReader &one) { out.rows.append(row(one)); });
        return out;
    }

private:
    // Hands each object of a list to `work`.
    void each(ObjectReader &at, QLatin1StringView key, qsizetype most, auto work)
    {
        const QJsonArray all = at.array(key, most);
        for (qsizetype i = 0; i < all.size() && !m_reading.error; ++i) {
            ObjectReader one(all.at(i), at.pathOf(key) + u"[%1]"_s.arg(i), m_reading);
            work(one);
            one.finish();
        }
    }

    QString shown(const QString &text) const { return m_translations.value(text).toString(text); }

    qint64 duration(ObjectReader &at, QLatin1StringView key)
    {
        const QString text = at.string(key, 100);
        const auto milliseconds = text.isEmpty() ? 0 : durationOf(text);
        if (!milliseconds)
            at.fail(key, Text::tr("“%1” is not a duration such as 30s or 1h30m.").arg(text));
        return milliseconds.value_or(0);
    }

    Variable variable(ObjectReader &at)
    {
        Variable out;
        out.name = at.required("name"_L1);
        out.label = shown(at.string("label"_L1, 1000));
        out.kind = static_cast<Variable::Kind>(at.choice("kind"_L1, names::variableKinds));
        out.query = at.string("query"_L1);
        out.regex = at.string("regex"_L1);
        out.multi = at.boolean("multi"_L1);
        out.includeAll = at.boolean("includeAll"_L1);
        out.allValue = at.string("allValue"_L1);
        out.hidden = at.boolean("hidden"_L1);
        out.sort = at.integer("sort"_L1, 0, 8, 0);
        out.current = at.strings("current"_L1, 10000);
        out.autoCount = at.integer("autoCount"_L1, 0, 10000, 0);
        out.autoMin = at.string("autoMin"_L1, 100);
        return out;
    }

    Annotation annotation(ObjectReader &at)
    {
        return {.name = shown(at.required("name"_L1)),
            .expr = at.string("expr"_L1),
            .title = shown(at.string("title"_L1)),
            .text = shown(at.string("text"_L1)),
            .color = at.string("color"_L1, 1000),
            .enabled = !at.boolean("disabled"_L1),
            .minStep = duration(at, "minStep"_L1)};
    }

    Row row(ObjectReader &at)
    {
        Row out;
        out.title = shown(at.string("title"_L1));
        out.collapsed = at.boolean("collapsed"_L1);
        out.repeat = at.string("repeat"_L1, 1000);
        each(at, "panels"_L1, mostPanels, [&](ObjectReader &one) {
            out.panels.append(panel(one));
            if (++m_panels > mostPanels)
                one.fail("id"_L1, Text::tr("A dashboard has at most %n panels.", nullptr, int(mostPanels)));
        });
        return out;
    }

    GridPos grid(ObjectReader &at)
    {
        if (!at.has("grid"_L1))
            return {};
        QList<int> numbers;
        for (const QJsonArray all = at.array("grid"_L1, 4); const QJsonValue &one : all)
            numbers.append(one.toInt(-1));
        const GridPos pos = numbers.size() == 4 ? GridPos{numbers[0], numbers[1], numbers[2], numbers[3]} : GridPos{-1};
        if (pos.x < 0 || pos.y < 0 || pos.y > 100000 || pos.width < 1 || pos.height < 1 || pos.height > 1000
            || pos.x + pos.width > 24)
            at.fail("grid"_L1,
                Text::tr("There should be [column, line, width, height] here, within a grid of 24 columns."));
        return pos;
    }

    Panel panel(ObjectReader &at)
    {
        Panel out;
        out.id = at.integer("id"_L1, 0, 2'000'000'000, 0);
        out.kind = static_cast<PanelKind>(at.choice("kind"_L1, names::panelKinds));
        out.title = shown(at.string("title"_L1));
        out.description = shown(at.string("description"_L1));
        out.grid = grid(at);
        each(at, "queries"_L1, 100, [&](ObjectReader &one) { out.queries.append(query(one)); });
        out.field = field(at);
        each(at, "overrides"_L1, 500, [&](ObjectReader &one) {
            out.overrides.append(FieldOverride{.matcher = one.required("matcher"_L1),
                .argument = one.string("argument"_L1),
                .properties = one.object("properties"_L1)});
        });
        each(at, "transformations"_L1, 100, [&](ObjectReader &one) {
            out.transformations.append(
                Transformation{.id = one.required("id"_L1), .options = one.object("options"_L1)});
        });
        out.draw = static_cast<DrawStyle>(at.choice("draw"_L1, names::drawStyles));
        out.stacking = static_cast<Stacking>(at.choice("stacking"_L1, names::stackings));
        out.fillOpacity = at.integer("fillOpacity"_L1, 0, 100, 0);
        out.logarithmic = at.boolean("logarithmic"_L1);
        out.legendAsTable = at.boolean("legendAsTable"_L1);
        out.legendHidden = at.boolean("legendHidden"_L1);
        out.legendValues = at.strings("legendValues"_L1, 20);
        out.reduction = static_cast<Reduction>(
            at.choice("reduction"_L1, names::reductions, static_cast<int>(Reduction::LastNotNull)));
        out.text = shown(at.string("text"_L1));
        out.repeat = at.string("repeat"_L1, 1000);
        out.repeatDown = at.boolean("repeatDown"_L1);
        out.repeatPerRow = at.integer("repeatPerRow"_L1, 1, 24, out.repeatPerRow);
        out.note = at.string("note"_L1);
        out.datasource = at.string("datasource"_L1, 1000);
        out.original = at.object("original"_L1);
        return out;
    }

    Query query(ObjectReader &at)
    {
        Query out;
        out.refId = at.string("refId"_L1, 1000);
        out.expr = at.string("expr"_L1);
        out.legend = shown(at.string("legend"_L1));
        out.format = at.string("format"_L1, 100);
        out.instant = at.boolean("instant"_L1);
        out.hidden = at.boolean("hidden"_L1);
        if (const QString step = at.string("minStep"_L1, 1000); step.contains(u'$') || step.contains(u'['))
            out.minStepText = step;
        else
            out.minStep = duration(at, "minStep"_L1);
        return out;
    }

    FieldOptions field(ObjectReader &at)
    {
        FieldOptions out;
        out.unit = at.string("unit"_L1, 1000);
        out.min = at.number("min"_L1);
        out.max = at.number("max"_L1);
        if (at.has("decimals"_L1))
            out.decimals = at.integer("decimals"_L1, 0, 20, 0);
        out.noValue = shown(at.string("noValue"_L1));
        out.thresholdsInPercent = at.boolean("thresholdsInPercent"_L1);
        each(at, "thresholds"_L1, 200, [&](ObjectReader &one) {
            out.thresholds.append(Threshold{.from = one.number("from"_L1), .color = one.string("color"_L1, 1000)});
        });
        out.thresholdStyle = static_cast<ThresholdStyle>(at.choice("thresholdStyle"_L1, names::thresholdStyles));
        out.axis = static_cast<AxisPlacement>(at.choice("axis"_L1, names::axes));
        out.mirrored = at.boolean("mirrored"_L1);
        each(at, "mappings"_L1, 1000, [&](ObjectReader &one) {
            out.mappings.append(ValueMapping{.from = one.number("from"_L1),
                .to = one.number("to"_L1),
                .special = one.string("special"_L1, 1000),
                .text = shown(one.string("text"_L1)),
                .color = one.string("color"_L1, 1000)});
        });
        return out;
    }

    Reading &m_reading;
    QJsonObject m_translations;
    qsizetype m_panels = 0;
};

}

Result<Dashboard> readDashboard(const QByteArray &json, const QString &origin, const QString &language)
{
    Reading reading{.origin = origin};
    if (json.size() > mostDashboardBytes) {
        reading.fail(u"$"_s,
            Text::tr("A dashboard of %1 MiB is not read; at most %2 MiB are.")
                .arg(json.size() / (1024 * 1024))
                .arg(mostDashboardBytes / (1024 * 1024)));
        return std::unexpected(*reading.error);
    }
    QJsonParseError parse;
    const QJsonDocument document = QJsonDocument::fromJson(json, &parse);
    if (parse.error != QJsonParseError::NoError) {
        const qsizetype line = json.first(std::min<qsizetype>(parse.offset, json.size())).count('\n') + 1;
        reading.fail(QString::number(line), Text::tr("This is not JSON: %1.").arg(parse.errorString()));
        reading.error->where = u"%1:%2"_s.arg(origin).arg(line);
        return std::unexpected(*reading.error);
    }
    ObjectReader root(
        document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object()), u"$"_s, reading);
    if (!root.has("kdraDashboard"_L1))
        root.fail(
            "kdraDashboard"_L1, Text::tr("This is not a dashboard of KDRA: the number of its format is missing."));
    if (const int format = root.integer("kdraDashboard"_L1, 1, 1'000'000, 1); format > dashboardFormat)
        root.fail("kdraDashboard"_L1, Text::tr("This dashboard was made with a newer version of KDRA."));
    const QJsonObject translations = root.object("translations"_L1);
    DashboardReader reader(reading, translations.value(language).toObject());
    Dashboard dashboard = reader.read(root);
    root.finish();
    if (reading.error)
        return std::unexpected(*reading.error);
    return dashboard;
}

bool isOwnDashboard(const QByteArray &json)
{
    return QByteArrayView(json).first(std::min<qsizetype>(json.size(), 4096)).contains("\"kdraDashboard\"");
}

} // namespace kdra::metrics
