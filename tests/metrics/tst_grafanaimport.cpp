// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/grafanacontext.h"
#include "metrics/grafanaimport.h"
#include "randomdashboard.h"

#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace kdra;
using namespace kdra::metrics;
using namespace Qt::StringLiterals;

namespace {

Dashboard read(const QByteArray &json)
{
    const auto out = importGrafana(json, u"file"_s);
    if (!out)
        qWarning() << out.error().text();
    return out.value_or(Dashboard());
}

// The only panel of a dashboard with just this one.
Panel onePanel(const QByteArray &panel)
{
    const Dashboard dashboard = read(R"({"title":"t","panels":[)" + panel + "]}");
    return dashboard.rows.value(0).panels.value(0);
}

Dashboard fixture(const QString &name)
{
    QFile file(qEnvironmentVariable("KDRA_SOURCE", u"."_s) + u"/tests/metrics/grafana/"_s + name);
    if (!file.open(QFile::ReadOnly))
        qWarning() << file.errorString() << file.fileName();
    return read(file.readAll());
}

QString layoutOf(const Dashboard &dashboard)
{
    QStringList out;
    for (const Row &row : dashboard.rows) {
        QStringList panels;
        for (const Panel &panel : row.panels)
            panels.append(u"%1 %2,%3 %4x%5"_s.arg(panel.title)
                    .arg(panel.grid.x)
                    .arg(panel.grid.y)
                    .arg(panel.grid.width)
                    .arg(panel.grid.height));
        out.append(u"[%1%2%3] %4"_s.arg(row.title, row.collapsed ? u"-"_s : QString(),
            row.repeat.isEmpty() ? QString() : u" for "_s + row.repeat, panels.join(u"; "_s)));
    }
    return out.join(u'\n');
}

}

class TestGrafanaImport : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void exportedAndImported()
    {
        for (quint32 seed = 1; seed <= 500; ++seed) {
            const Dashboard dashboard = test::RandomDashboard(seed).make();
            const auto again = importGrafana(exportGrafana(dashboard), u"file"_s);
            QVERIFY(again);
            QVERIFY2(*again == dashboard, exportGrafana(*again) + "\n---\n" + exportGrafana(dashboard));
        }
    }

    void graph()
    {
        const Panel panel = fixture(u"older.json"_s).rows[0].panels[0];
        QVERIFY(panel.kind == PanelKind::TimeSeries);
        QCOMPARE(panel.queries.size(), 2);
        QCOMPARE(panel.queries[0].minStep, 10000);
        QCOMPARE(panel.field.unit, u"bytes"_s);
        QCOMPARE(panel.field.min, 0.0);
        QCOMPARE(panel.field.max, std::nullopt);
        QVERIFY(panel.logarithmic);
        QVERIFY(panel.stacking == Stacking::Normal);
        QCOMPARE(panel.fillOpacity, 30);
        QVERIFY(panel.legendAsTable);
        QCOMPARE(panel.legendValues, QStringList({u"last"_s, u"max"_s, u"mean"_s}));
        QCOMPARE(panel.field.thresholds.size(), 2);
        QCOMPARE(panel.field.thresholds[1].from, 90.0);
        QCOMPARE(panel.overrides.size(), 2);
        QCOMPARE(panel.overrides[0].matcher, u"byRegexp"_s);
        QCOMPARE(panel.overrides[0].argument, u"/out.*/"_s);
        QCOMPARE(panel.overrides[0].properties.value(u"unit"_s), u"percent"_s);
        QCOMPARE(panel.overrides[1].argument, u"total"_s);
        QVERIFY2(panel.note.contains("alert"_L1), qPrintable(panel.note));
        // Mirrored and on an axis at the right, as it is shown.
        QVERIFY2(!panel.note.contains("axis"_L1) && !panel.note.contains("below"_L1), qPrintable(panel.note));
        FieldOptions out = panel.field;
        grafana::applyProperties(panel.overrides[0].properties, out);
        QVERIFY(out.mirrored);
        QVERIFY(out.axis == AxisPlacement::Right);
    }

    void singleStat()
    {
        const QList<Panel> panels = fixture(u"older.json"_s).rows[0].panels;
        QVERIFY(panels[1].kind == PanelKind::Stat);
        QVERIFY(panels[1].reduction == Reduction::Mean);
        QCOMPARE(panels[1].field.unit, u"percent"_s);
        QCOMPARE(panels[1].field.thresholds,
            QList<Threshold>({{.color = u"#299c46"_s}, {.from = 80.0, .color = u"orange"_s},
                {.from = 90.0, .color = u"#d44a3a"_s}}));
        QCOMPARE(panels[1].field.mappings,
            QList<ValueMapping>(
                {{.from = 1.0, .to = 1.0, .text = u"up"_s}, {.special = u"null+nan"_s, .text = u"N/A"_s}}));
        QVERIFY(panels[1].note.contains(u"“about”"));
        QVERIFY(panels[2].kind == PanelKind::Gauge);
        QCOMPARE(panels[2].field.max, 100.0);
        QCOMPARE(panels[2].field.mappings, QList<ValueMapping>({{.from = 0.0, .to = 10.0, .text = u"low"_s}}));
    }

    void firstTable()
    {
        const Panel panel = fixture(u"older.json"_s).rows[1].panels[0];
        QVERIFY(panel.kind == PanelKind::Table);
        QCOMPARE(panel.transformations.size(), 2);
        QCOMPARE(panel.transformations[0].id, u"merge"_s);
        QCOMPARE(panel.transformations[1].options.value(u"renameByName"_s).toObject().value(u"Value #A"_s), u"Used"_s);
        QCOMPARE(panel.transformations[1].options.value(u"excludeByName"_s).toObject().value(u"Time"_s), true);
        QCOMPARE(panel.overrides.size(), 2);
        QCOMPARE(panel.overrides[0].argument, u"Used"_s);
        QCOMPARE(panel.overrides[1].argument, u"/Value.*/"_s);
    }

    void olderRows()
    {
        const Dashboard dashboard = fixture(u"older.json"_s);
        QCOMPARE(layoutOf(dashboard),
            u"[] Traffic 0,0 12x7; Load 12,0 6x7; Fill 18,0 6x7\n[Disks- for disk] List 0,0 24x7; Words 0,7 24x7"_s);
        QCOMPARE(dashboard.variables.size(), 3);
        QCOMPARE(dashboard.variables[0].query, u"label_values(disk)"_s);
        QCOMPARE(dashboard.variables[0].current, QStringList({u"sda"_s, u"sdb"_s}));
        QCOMPARE(dashboard.variables[1].autoCount, 20);
        QCOMPARE(dashboard.variables[1].current, QStringList{u"$__auto"_s});
        QVERIFY(dashboard.variables[2].hidden);
        QCOMPARE(dashboard.notes.size(), 3); // an ad hoc filter, an annotation, a link
    }

    void nestedRowsAndLibraryPanels()
    {
        const Dashboard dashboard = fixture(u"classic.json"_s);
        QCOMPARE(layoutOf(dashboard),
            u"[] Top 0,0 12x4\n[Nodes for node] Each 0,0 6x5; Shared 6,0 6x5\n[Folded-] Inner 0,0 8x6; Lost 8,0 8x6"_s);
        const QList<Panel> nodes = dashboard.rows[1].panels;
        QCOMPARE(nodes[0].repeat, u"cpu"_s);
        QVERIFY(nodes[0].repeatDown);
        QVERIFY(nodes[1].kind == PanelKind::Stat); // its model was in the file
        QCOMPARE(nodes[1].queries.value(0).expr, u"up"_s);
        const Panel lost = dashboard.rows[2].panels[1];
        QVERIFY(lost.kind == PanelKind::Unsupported);
        QVERIFY2(lost.note.contains(u"Gone"), qPrintable(lost.note));
        const Panel inner = dashboard.rows[2].panels[0];
        QCOMPARE(inner.datasource, QString()); // an input: whatever was chosen
        QCOMPARE(inner.queries[0].minStepText, u"$resolution"_s);
        QCOMPARE(inner.transformations.size(), 1); // a disabled one is left out
        // Each panel has an id of its own.
        QSet<int> ids;
        for (const Row &row : dashboard.rows)
            for (const Panel &panel : row.panels)
                ids.insert(panel.id);
        QCOMPARE(ids.size(), 5);
        QVERIFY(!ids.contains(0));
        QCOMPARE(*importGrafana(exportGrafana(dashboard), {}), dashboard);
    }

    void secondSchema()
    {
        const Dashboard dashboard = fixture(u"v2.json"_s);
        QCOMPARE(dashboard.uid, u"edge-overview"_s);
        QCOMPARE(dashboard.title, u"Edge"_s);
        QCOMPARE(dashboard.from, u"now-6h"_s);
        QCOMPARE(dashboard.refresh, std::chrono::seconds(30));
        QCOMPARE(layoutOf(dashboard),
            u"[Now for node] CPU 0,0 12x8; Uptime 12,0 12x8\n[Later / First-] Memory 0,0 12x5; Logs 12,0 12x5\n"
            "[Later / Second] Words 0,0 24x4\n[Not in the layout] Forgotten 0,0 12x8"_s);
        const Panel cpu = dashboard.rows[0].panels[0];
        QCOMPARE(cpu.queries.size(), 2);
        QCOMPARE(cpu.queries[0].refId, u"A"_s);
        QCOMPARE(cpu.queries[0].expr, u"rate(a{node=\"$node\"}[$__rate_interval])"_s);
        QVERIFY(cpu.queries[1].hidden);
        QCOMPARE(cpu.field.unit, u"percentunit"_s);
        QCOMPARE(cpu.repeat, u"cpu"_s);
        QCOMPARE(cpu.repeatPerRow, 3);
        QCOMPARE(cpu.note, QString());
        const Panel uptime = dashboard.rows[0].panels[1];
        QVERIFY(uptime.kind == PanelKind::Stat);
        QCOMPARE(uptime.queries.value(0).expr, u"time() - b"_s); // the first drafts' way
        const Panel logs = dashboard.rows[1].panels[1];
        QVERIFY(logs.kind == PanelKind::Unsupported);
        QVERIFY(!logs.original.isEmpty());
        QCOMPARE(dashboard.rows[1].panels[0].transformations.value(0).id, u"organize"_s);
        QCOMPARE(dashboard.variables.size(), 2);
        QCOMPARE(dashboard.variables[0].query, u"label_values(node_uname_info, nodename)"_s);
        QCOMPARE(dashboard.variables[0].sort, 7);
        QCOMPARE(dashboard.variables[1].query, u"0,1,2"_s);
        QVERIFY(dashboard.variables[1].hidden);
        QVERIFY2(dashboard.notes.join(u'\n').contains(u"tabs"), qPrintable(dashboard.notes.join(u'\n')));
        QVERIFY(dashboard.notes.join(u'\n').contains(u"missing-one"));
        QVERIFY(dashboard.notes.join(u'\n').contains(u"Deploys"));
        QCOMPARE(*importGrafana(exportGrafana(dashboard), {}), dashboard);
    }

    void wrapped()
    {
        const QByteArray inner = R"({"title":"t","uid":"u","panels":[{"type":"text","id":1}]})";
        for (const QByteArray &json : {inner, R"({"meta":{"slug":"t"},"dashboard":)" + inner + '}',
                 R"({"apiVersion":"dashboard.grafana.app/v1beta1","kind":"Dashboard","metadata":{"name":"u"},"spec":)"
                     + inner + '}'}) {
            QCOMPARE(read(json).uid, u"u"_s);
            QCOMPARE(countPanels(read(json)).all(), 1);
        }
    }

    void whyNot_data();

    void whyNot()
    {
        QFETCH(const QByteArray, panel);
        QFETCH(const QString, why);
        QFETCH(const bool, shown);
        const Panel out = onePanel(panel);
        QCOMPARE(out.kind != PanelKind::Unsupported, shown);
        QVERIFY2(out.note.contains(why) && out.note.isEmpty() == why.isEmpty(), qPrintable(out.note));
        const Dashboard dashboard = read(R"({"title":"t","panels":[)" + panel + "]}");
        QCOMPARE(importReport(dashboard).size(), why.isEmpty() ? 0 : 1);
        QCOMPARE(*importGrafana(exportGrafana(dashboard), {}), dashboard);
    }

    // What could not be shown goes back to Grafana as it came.
    void unsupportedComesBack()
    {
        const QByteArray panel =
            R"({"id":7,"type":"geomap","title":"Map","gridPos":{"x":1,"y":0,"w":9,"h":5},"options":{"view":{"zoom":3}}})";
        const QJsonObject out =
            QJsonDocument::fromJson(exportGrafana(read(R"({"title":"t","panels":[)" + panel + "]}")))
                .object()
                .value(u"panels"_s)
                .toArray()
                .at(0)
                .toObject();
        const QJsonObject in = QJsonDocument::fromJson(panel).object();
        for (auto it = in.begin(); it != in.end(); ++it)
            QCOMPARE(out.value(it.key()), it.value());
    }

    void newMappingsAndOverrides()
    {
        const Panel panel = onePanel(R"({"type":"stat","targets":[{"expr":"up"}],"fieldConfig":{"defaults":{
            "thresholds":{"mode":"percentage","steps":[{"color":"red","value":50},{"color":"green","value":null}]},
            "mappings":[{"type":"value","options":{"1":{"text":"up","index":1},"0":{"text":"down","index":0,"color":"red"}}},
                {"type":"range","options":{"from":5,"to":null,"result":{"text":"many"}}},
                {"type":"special","options":{"match":"nan","result":{"text":"-"}}}]},
            "overrides":[{"matcher":{"id":"byNames","options":{"mode":"include","names":["a","b"]}},
                "properties":[{"id":"unit","value":"s"}]}]}})");
        QVERIFY(panel.field.thresholdsInPercent);
        QCOMPARE(panel.field.thresholds, QList<Threshold>({{.color = u"green"_s}, {.from = 50.0, .color = u"red"_s}}));
        QCOMPARE(panel.field.mappings,
            QList<ValueMapping>({{.from = 0.0, .to = 0.0, .text = u"down"_s, .color = u"red"_s},
                {.from = 1.0, .to = 1.0, .text = u"up"_s}, {.from = 5.0, .text = u"many"_s},
                {.special = u"nan"_s, .text = u"-"_s}}));
        QCOMPARE(panel.overrides.size(), 2);
        QCOMPARE(panel.overrides[1].argument, u"b"_s);
        // Those of Grafana 7.
        QCOMPARE(onePanel(R"({"type":"stat","targets":[{"expr":"up"}],"fieldConfig":{"defaults":{"mappings":[
            {"type":1,"value":"3","text":"three"},{"type":2,"from":"4","to":"5","text":"some"}]}}})")
                     .field.mappings,
            QList<ValueMapping>(
                {{.from = 3.0, .to = 3.0, .text = u"three"_s}, {.from = 4.0, .to = 5.0, .text = u"some"_s}}));
    }

    void configMaps()
    {
        const QJsonObject map = QJsonDocument::fromJson(R"({"metadata":{"name":"n","namespace":"monitoring",
            "labels":{"grafana_dashboard":"1"}},"data":{"a.json":"{}","readme.md":"x"},"binaryData":{"b.json":"e30="}})")
                                    .object();
        const QList<DashboardSource> found = grafanaDashboardsOf(map);
        QCOMPARE(found.size(), 2);
        QCOMPARE(found[0].origin, u"ConfigMap monitoring/n: a.json"_s);
        QCOMPARE(found[1].json, QByteArray("{}"));
        QJsonObject other = map;
        other.insert(u"metadata"_s, QJsonObject{{u"name"_s, u"n"_s}});
        QVERIFY(grafanaDashboardsOf(other).isEmpty());
    }

    void notADashboard_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("text") << QByteArray("apiVersion: v1");
        QTest::newRow("cut off") << QByteArray(R"({"panels":[{"type":)");
        QTest::newRow("list") << QByteArray("[]");
        QTest::newRow("other object") << QByteArray(R"({"kind":"Pod","spec":{"containers":[]}})");
        QTest::newRow("panels of another kind") << QByteArray(R"({"panels":{}})");
        QTest::newRow("too big") << QByteArray(mostGrafanaBytes + 1, ' ');
        QTest::newRow("too deep") << QByteArray(R"({"panels":)") + QByteArray(100000, '[');
    }
    void notADashboard()
    {
        QFETCH(const QByteArray, json);
        const auto out = importGrafana(json, u"x.json"_s);
        QVERIFY(!out);
        QCOMPARE(out.error().where, u"x.json"_s);
        QVERIFY(!out.error().what.isEmpty() && !out.error().remedy.isEmpty());
    }

    // Wrong types everywhere, at random: a dashboard or an error, whose export can be imported.
    void garbage()
    {
        QRandomGenerator random(5);
        for (const QString &name : {u"older.json"_s, u"classic.json"_s, u"v2.json"_s}) {
            QFile file(qEnvironmentVariable("KDRA_SOURCE", u"."_s) + u"/tests/metrics/grafana/"_s + name);
            QVERIFY(file.open(QFile::ReadOnly));
            const QJsonValue whole = QJsonDocument::fromJson(file.readAll()).object();
            for (int round = 0; round < 400; ++round) {
                const QJsonObject json = broken(whole, random).toObject();
                const auto out = importGrafana(QJsonDocument(json).toJson(), u"x"_s);
                if (!out)
                    continue;
                const auto again = importGrafana(exportGrafana(*out), u"x"_s);
                QVERIFY(again);
                QCOMPARE(countPanels(*again).all(), countPanels(*out).all());
            }
        }
    }

    void manyPanels()
    {
        QByteArray json = R"({"title":"t","panels":[)";
        for (int i = 0; i < 20000; ++i)
            json += R"({"type":"stat","targets":[{"expr":"up"}],"gridPos":{"x":0,"y":0,"w":99999,"h":-5}},)";
        json.chop(1);
        QElapsedTimer timer;
        timer.start();
        const Dashboard out = read(json + "]}");
        QCOMPARE(countPanels(out).all(), 5000);
        QCOMPARE(out.notes.size(), 1);
        QVERIFY2(timer.elapsed() < 60000, qPrintable(QString::number(timer.elapsed())));
    }

private:
    // The value with some of its parts replaced by something else.
    static QJsonValue broken(const QJsonValue &value, QRandomGenerator &random)
    {
        if (random.bounded(60) == 0) {
            switch (random.bounded(6)) {
            case 0:
                return QJsonValue::Null;
            case 1:
                return -1e300;
            case 2:
                return QJsonArray{1, u"x"_s};
            case 3:
                return QJsonObject{{u"type"_s, 3}, {u"value"_s, QJsonArray()}};
            case 4:
                return u"$$"_s;
            default:
                return true;
            }
        }
        if (value.isObject()) {
            QJsonObject out;
            const QJsonObject in = value.toObject();
            for (auto it = in.begin(); it != in.end(); ++it)
                out.insert(it.key(), broken(it.value(), random));
            return out;
        }
        if (value.isArray()) {
            QJsonArray out;
            for (const QJsonArray in = value.toArray(); const QJsonValue &each : in)
                out.append(broken(each, random));
            return out;
        }
        return value;
    }
};

// Out here because moc does not get past these raw strings.
void TestGrafanaImport::whyNot_data()
{
    QTest::addColumn<QByteArray>("panel");
    QTest::addColumn<QString>("why");
    QTest::addColumn<bool>("shown");
    const auto row = [](const char *name, const char *panel, const QString &why, bool shown = false) {
        QTest::newRow(name) << QByteArray(panel) << why << shown;
    };
    row("plugin", R"({"type":"geomap","targets":[{"expr":"up"}]})", u"geomap"_s);
    row("no kind", R"({"title":"x"})", u"kind “”"_s);
    row("loki", R"({"type":"timeseries","datasource":{"type":"loki","uid":"x"},"targets":[{"expr":"{a=\"b\"}"}]})",
        u"loki"_s);
    row("another panel", R"({"type":"stat","datasource":{"type":"datasource","uid":"-- Dashboard --"}})",
        u"another panel"_s);
    row("random walk", R"({"type":"stat","datasource":{"type":"datasource","uid":"grafana"}})", u"made up"_s);
    row("math only", R"({"type":"stat","targets":[{"refId":"A","datasource":{"type":"__expr__"},"expression":"1"}]})",
        u"Query A"_s);
    row("math too",
        R"({"type":"stat","targets":[{"refId":"A","expr":"up"},{"refId":"B","datasource":{"type":"__expr__"}}]})",
        u"Query B"_s, true);
    row("pie", R"({"type":"piechart","targets":[{"expr":"up"}]})", u"bars"_s, true);
    row("steps", R"({"type":"table","targets":[{"expr":"up"}],"transformations":[{"id":"heatmap"}]})", u"heatmap"_s,
        true);
    row("steps of a plot", R"({"type":"timeseries","targets":[{"expr":"up"}],"transformations":[{"id":"merge"}]})",
        u"merge"_s, true);
    row("own time", R"({"type":"stat","targets":[{"expr":"up"}],"timeShift":"1d"})", u"time range"_s, true);
    row("all values",
        R"({"type":"stat","targets":[{"expr":"up"}],"options":{"reduceOptions":{"values":true,"calcs":["stdDev"]}}})",
        u"stdDev"_s, true);
    row("regex names",
        R"({"type":"stat","targets":[{"expr":"up"}],"fieldConfig":{"defaults":{"mappings":[{"type":"regex"}]}}})",
        u"regular expression"_s, true);
    row("html", R"({"type":"text","options":{"mode":"html","content":"<b>x</b>"}})", u"HTML"_s, true);
    row("nothing wrong", R"({"type":"timeseries","targets":[{"expr":"up"}]})", QString(), true);
}

QTEST_GUILESS_MAIN(TestGrafanaImport)
#include "tst_grafanaimport.moc"
