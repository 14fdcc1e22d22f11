// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/table.h"
#include "randomdashboard.h"

#include <QDateTime>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace kdra;
using namespace kdra::metrics;
using namespace Qt::StringLiterals;

namespace {

Series series(const Labels &labels, const std::vector<double> &values, qint64 start = 1000)
{
    Series out{.labels = labels};
    for (const double value : values) {
        out.times.push_back(start + static_cast<qint64>(out.times.size()) * 1000);
        out.values.push_back(value);
    }
    return out;
}

Answer vectorOf(std::vector<Series> all)
{
    return {.type = Answer::Type::Vector, .series = std::make_shared<const std::vector<Series>>(std::move(all))};
}

Answer matrixOf(std::vector<Series> all)
{
    return {.type = Answer::Type::Matrix, .series = std::make_shared<const std::vector<Series>>(std::move(all))};
}

QJsonObject json(const char *text)
{
    return QJsonDocument::fromJson(text).object();
}

// "column|column" and a line for each row; times as seconds since 1970.
QString textOf(const Table &table)
{
    QStringList lines;
    QStringList names;
    for (const TableColumn &column : table.columns)
        names.append(column.name);
    lines.append(names.join(u'|'));
    for (qsizetype row = 0; row < table.rows; ++row) {
        QStringList cells;
        for (const TableColumn &column : table.columns) {
            const QVariant &cell = column.cells[row];
            cells.append(cell.typeId() == QMetaType::QDateTime
                    ? QString::number(cell.toDateTime().toMSecsSinceEpoch() / 1000) + u's'
                    : cell.toString());
        }
        lines.append(cells.join(u'|'));
    }
    return lines.join(u'\n');
}

// A panel that asks A, B, … as tables at one moment.
Panel tables(int queries, const QList<Transformation> &steps)
{
    Panel out{.kind = PanelKind::Table, .transformations = steps};
    for (int i = 0; i < queries; ++i)
        out.queries.append({.refId = QString(QChar(u'A' + i)), .expr = u"x"_s, .format = u"table"_s, .instant = true});
    return out;
}

// One that plots.
Panel plots(const QList<Transformation> &steps)
{
    return {.kind = PanelKind::Table,
        .queries = {{.refId = u"A"_s, .expr = u"x"_s, .legend = u"{{pod}}"_s}},
        .transformations = steps};
}

const Labels web{{u"pod"_s, u"web"_s}, {u"ns"_s, u"shop"_s}};
const Labels api{{u"pod"_s, u"api"_s}, {u"ns"_s, u"shop"_s}};

// CPU of both pods, memory of one and of another one, a moment later.
QList<Answer> usage()
{
    return {vectorOf({series(web, {0.5}), series(api, {0.25})}),
        vectorOf({series(api, {200}, 1037), series({{u"pod"_s, u"db"_s}, {u"ns"_s, u"shop"_s}}, {900}, 1037)})};
}

}

class TestPanelTable : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void asItCame();
    void merge();
    void organize();
    void join();
    void filters();
    void reduce();
    void calculate();
    void group();
    void labels();
    void overrides();
    void hiddenQueries();
    void muchOfEverything();
    void alwaysATable();
};

void TestPanelTable::asItCame()
{
    QCOMPARE(
        textOf(panelTable(tables(1, {}), {usage()[0]})), u"Time|ns|pod|Value\n1s|shop|web|0.5\n1s|shop|api|0.25"_s);
    // Several tables below each other.
    QCOMPARE(textOf(panelTable(tables(2, {}), usage())),
        u"Time|ns|pod|Value #A|Value #B\n1s|shop|web|0.5|\n1s|shop|api|0.25|\n1s|shop|api||200\n1s|shop|db||900"_s);
    // Series that are no tables: one line for each value.
    QCOMPARE(textOf(panelTable(plots({}), {matrixOf({series(web, {1, 2}), series(api, {3})})})),
        u"Time|Metric|Value\n1s|web|1\n2s|web|2\n1s|api|3"_s);
    QCOMPARE(panelTable(tables(1, {}), {}).rows, 0);
    QCOMPARE(
        textOf(panelTable(tables(1, {}), {Answer{.type = Answer::Type::String, .string = u"hi"_s}})), u"Value\nhi"_s);
}

void TestPanelTable::merge()
{
    QCOMPARE(textOf(panelTable(tables(2, {{.id = u"merge"_s}}), usage())),
        u"Time|ns|pod|Value #A|Value #B\n1s|shop|web|0.5|\n1s|shop|api|0.25|200\n1s|shop|db||900"_s);
}

void TestPanelTable::organize()
{
    const Transformation step{.id = u"organize"_s,
        .options = json(R"({"excludeByName":{"Time":true,"ns":false},"indexByName":{"pod":0,"ns":1},
            "renameByName":{"Value #A":"CPU","pod":"Pod"}})")};
    QCOMPARE(textOf(panelTable(tables(2, {{.id = u"merge"_s}, step}), usage())),
        u"Pod|ns|CPU|Value #B\nweb|shop|0.5|\napi|shop|0.25|200\ndb|shop||900"_s);
}

void TestPanelTable::join()
{
    QCOMPARE(
        textOf(panelTable(tables(2, {{.id = u"seriesToColumns"_s, .options = json(R"({"byField":"pod"})")}}), usage())),
        u"pod|Time 1|ns 1|Value #A|Time 2|ns 2|Value #B\nweb|1s|shop|0.5|||\napi|1s|shop|0.25|1s|shop|200\ndb||||1s|shop|900"_s);
    QCOMPARE(textOf(panelTable(
                 tables(2,
                     {{.id = u"joinByField"_s, .options = json(R"({"byField":"pod","mode":"inner"})")},
                         {.id = u"filterFieldsByName"_s, .options = json(R"({"include":{"pattern":"pod|Val.*"}})")}}),
                 usage())),
        u"pod|Value #A|Value #B\napi|0.25|200"_s);
    // By time when nothing is said.
    QCOMPARE(textOf(panelTable(
                 plots({{.id = u"joinByField"_s}}), {matrixOf({series(web, {1, 2}), series(api, {3}, 2000)})})),
        u"Time|web|api\n1s|1|\n2s|2|3"_s);
}

void TestPanelTable::filters()
{
    const auto rows = [](const char *options) {
        const Table table = panelTable(tables(1, {{.id = u"filterByValue"_s, .options = json(options)}}), {usage()[0]});
        return table.rows == 0 ? QString() : textOf(table).section(u'\n', 1);
    };
    QCOMPARE(
        rows(
            R"({"type":"include","match":"any","filters":[{"fieldName":"Value","config":{"id":"greater","options":{"value":0.3}}}]})"),
        u"1s|shop|web|0.5"_s);
    QCOMPARE(
        rows(
            R"({"type":"exclude","match":"any","filters":[{"fieldName":"pod","config":{"id":"regex","options":{"value":"^w"}}}]})"),
        u"1s|shop|api|0.25"_s);
    QCOMPARE(
        rows(
            R"({"type":"include","match":"all","filters":[{"fieldName":"pod","config":{"id":"equal","options":{"value":"api"}}},
        {"fieldName":"Value","config":{"id":"range","options":{"from":1,"to":2}}}]})"),
        QString());
    QCOMPARE(
        rows(R"({"type":"include","filters":[{"fieldName":"nothing","config":{"id":"isNull"}}]})").count(u'\n'), 1);
    QCOMPARE(
        textOf(panelTable(tables(2, {{.id = u"filterByRefId"_s, .options = json(R"({"include":"B"})")}}), usage())),
        u"Time|ns|pod|Value #B\n1s|shop|api|200\n1s|shop|db|900"_s);
    QCOMPARE(textOf(panelTable(
                 tables(1,
                     {{.id = u"filterFieldsByName"_s, .options = json(R"({"include":{"names":["pod","Value"]}})")},
                         {.id = u"sortBy"_s, .options = json(R"({"sort":[{"field":"Value"}]})")},
                         {.id = u"limit"_s, .options = json(R"({"limitField":1})")}}),
                 {usage()[0]})),
        u"pod|Value\napi|0.25"_s);
}

void TestPanelTable::reduce()
{
    const QList<Answer> answers = {matrixOf({series(web, {1, 5, qQNaN()}), series(api, {3})})};
    QCOMPARE(textOf(panelTable(
                 plots({{.id = u"reduce"_s,
                     .options = json(R"({"reducers":["lastNotNull","max","mean","sum","count","min","range"]})")}}),
                 answers)),
        u"Field|Last *|Max|Mean|Total|Count|Min|Range\nweb|5|5|3|6|3|1|4\napi|3|3|3|3|1|3|0"_s);
    QCOMPARE(
        textOf(panelTable(
            plots({{.id = u"reduce"_s, .options = json(R"({"reducers":["first"],"labelsToFields":true})")}}), answers)),
        u"Field|ns|pod|First\nweb|shop|web|1\napi|shop|api|3"_s);
    QCOMPARE(
        textOf(panelTable(
            plots({{.id = u"reduce"_s, .options = json(R"({"mode":"reduceFields","reducers":["min"]})")}}), answers)),
        u"web|api\n1|\n|3"_s);
}

void TestPanelTable::calculate()
{
    const Transformation merge{.id = u"merge"_s};
    const auto out = [&](const char *options) {
        return textOf(
            panelTable(tables(2,
                           {merge, {.id = u"calculateField"_s, .options = json(options)},
                               {.id = u"filterFieldsByName"_s,
                                   .options = json(R"({"exclude":{"names":["Time","ns","Value #A","Value #B"]}})")}}),
                usage()));
    };
    QCOMPARE(out(R"({"mode":"binary","alias":"per","binary":{"left":"Value #B","operator":"/","right":"Value #A"}})"),
        u"pod|per\nweb|nan\napi|800\ndb|nan"_s);
    QCOMPARE(
        out(R"({"mode":"binary","binary":{"left":{"matcher":{"id":"byName","options":"Value #A"}},"operator":"*","right":{"fixed":"4"}}})"),
        u"pod|Value #A * 4\nweb|2\napi|1\ndb|nan"_s);
    QCOMPARE(out(R"({"mode":"reduceRow","reduce":{"reducer":"sum"}})"), u"pod|Total\nweb|0.5\napi|200.25\ndb|900"_s);
    // What is not there is said.
    const Table table = panelTable(
        tables(1,
            {{.id = u"calculateField"_s, .options = json(R"({"mode":"binary","binary":{"left":"nope","right":"1"}})")},
                {.id = u"histogram"_s}}),
        {usage()[0]});
    QCOMPARE(table.notes.size(), 2);
    QCOMPARE(table.columns.size(), 4);
}

void TestPanelTable::group()
{
    QCOMPARE(textOf(panelTable(
                 tables(1,
                     {{.id = u"groupBy"_s, .options = json(R"({"fields":{"ns":{"operation":"groupby","aggregations":[]},
                                       "Value":{"operation":"aggregate","aggregations":["sum","lastNotNull"]},
                                       "pod":{"operation":"aggregate","aggregations":["distinctCount"]}}})")}}),
                 {usage()[0]})),
        u"ns|pod (distinctCount)|Value (sum)|Value (lastNotNull)\nshop|2|0.75|0.25"_s);
}

void TestPanelTable::labels()
{
    QCOMPARE(textOf(panelTable(plots({{.id = u"labelsToFields"_s, .options = json(R"({"keepLabels":["pod"]})")}}),
                 {matrixOf({series(web, {1}), series(api, {2})})})),
        u"Time|pod|Value\n1s|web|1\n1s|api|2"_s);
    QCOMPARE(textOf(panelTable(
                 plots({{.id = u"labelsToFields"_s, .options = json(R"({"valueLabel":"pod"})")}, {.id = u"merge"_s}}),
                 {matrixOf({series(web, {1}), series(api, {2})})})),
        u"Time|ns|web|api\n1s|shop|1|2"_s);
    QCOMPARE(textOf(panelTable(
                 plots({{.id = u"joinByField"_s},
                     {.id = u"renameByRegex"_s, .options = json(R"({"regex":"/(w)eb/","renamePattern":"$1!"})")}}),
                 {matrixOf({series(web, {1}), series(api, {2})})})),
        u"Time|w!|api\n1s|1|2"_s);
}

void TestPanelTable::overrides()
{
    Panel panel = tables(2, {{.id = u"merge"_s}});
    panel.field.unit = u"short"_s;
    panel.overrides = {
        {.matcher = u"byRegexp"_s, .argument = u"/.*B/"_s, .properties = json(R"({"unit":"bytes","decimals":1})")},
        {.matcher = u"byFrameRefID"_s, .argument = u"A"_s, .properties = json(R"({"displayName":"CPU"})")},
        {.matcher = u"byType"_s, .argument = u"time"_s, .properties = json(R"({"custom.hidden":true})")},
        {.matcher = u"byName"_s,
            .argument = u"Value #A"_s,
            .properties = json(
                R"({"thresholds":{"mode":"absolute","steps":[{"color":"green","value":null},{"color":"red","value":1}]}})")}};
    const Table table = panelTable(panel, usage());
    QCOMPARE(textOf(table).section(u'\n', 0, 0), u"ns|pod|CPU|Value #B"_s);
    QCOMPARE(table.columns[2].field.unit, u"short"_s);
    QCOMPARE(table.columns[2].field.thresholds.size(), 2);
    QCOMPARE(table.columns[3].field.unit, u"bytes"_s);
    QCOMPARE(table.columns[3].field.decimals, 1);
}

void TestPanelTable::hiddenQueries()
{
    Panel panel = tables(2, {});
    panel.queries[0].hidden = true;
    QCOMPARE(textOf(panelTable(panel, usage())), u"Time|ns|pod|Value\n1s|shop|api|200\n1s|shop|db|900"_s);
}

void TestPanelTable::muchOfEverything()
{
    std::vector<Series> many;
    for (int i = 0; i < 30000; ++i)
        many.push_back(series({{u"pod"_s, u"p%1"_s.arg(i)}}, {double(i)}));
    QElapsedTimer timer;
    timer.start();
    const Table table = panelTable(
        tables(1, {{.id = u"sortBy"_s, .options = json(R"({"sort":[{"field":"pod"}]})")}}), {vectorOf(many)});
    QCOMPARE(table.rows, mostTableRows);
    QCOMPARE(table.notes.size(), 1);
    const Table merged = panelTable(tables(2, {{.id = u"merge"_s}}), {vectorOf(many), vectorOf(many)});
    QCOMPARE(merged.rows, mostTableRows);
    // A column for each of them would be no table.
    const Table wide = panelTable(plots({{.id = u"joinByField"_s}}), {vectorOf(many)});
    QVERIFY(wide.columns.size() <= mostTableColumns);
    QVERIFY2(timer.elapsed() < 60000, qPrintable(QString::number(timer.elapsed())));
    // Rows that all have the same key but do not fit together.
    std::vector<Series> same;
    for (int i = 0; i < 3000; ++i)
        same.push_back(series({{u"pod"_s, u"p"_s}}, {double(i)}));
    timer.restart();
    QCOMPARE(panelTable(tables(2, {{.id = u"merge"_s}}), {vectorOf(same), vectorOf(same)}).rows, 3000);
    QVERIFY2(timer.elapsed() < 60000, qPrintable(QString::number(timer.elapsed())));
}

// Every step with options at random: columns are as long as the table says.
void TestPanelTable::alwaysATable()
{
    static const QStringList ids = {u"merge"_s, u"organize"_s, u"filterFieldsByName"_s, u"filterByRefId"_s, u"reduce"_s,
        u"calculateField"_s, u"groupBy"_s, u"joinByField"_s, u"labelsToFields"_s, u"sortBy"_s, u"limit"_s,
        u"seriesToRows"_s, u"renameByRegex"_s, u"filterByValue"_s};
    static const QList<QJsonObject> options = {{}, json(R"({"byField":"pod","mode":"inner"})"),
        json(R"({"fields":{"pod":{"operation":"groupby"},"Value":{"operation":"aggregate","aggregations":["mean"]}}})"),
        json(R"({"include":{"pattern":"("},"exclude":{"names":["Time"]}})"),
        json(R"({"regex":"(","renamePattern":"$9"})"),
        json(R"({"sort":[{"field":"Value","desc":true},{"field":"pod"}],"limitField":-3})"),
        json(R"({"excludeByName":{"pod":true},"renameByName":{"Time":"pod"},"include":"A"})"),
        json(R"({"mode":"reduceFields","reducers":["mean"],"labelsToFields":true,"keepLabels":["ns"]})")};
    QRandomGenerator random(17);
    for (int round = 0; round < 3000; ++round) {
        Panel panel = round % 2 ? tables(2, {}) : plots({});
        for (int i = random.bounded(5); i > 0; --i)
            panel.transformations.append(
                {.id = ids[random.bounded(ids.size())], .options = options[random.bounded(options.size())]});
        const QList<Answer> answers = {
            random.bounded(2) ? usage()[0] : matrixOf({series(web, {1, 2}), series(api, {}), series({}, {qQNaN()})}),
            usage()[1]};
        const Table table = panelTable(panel, answers);
        for (const TableColumn &column : table.columns)
            QCOMPARE(column.cells.size(), table.rows);
    }
}

QTEST_GUILESS_MAIN(TestPanelTable)
#include "tst_paneltable.moc"
