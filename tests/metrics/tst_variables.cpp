// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/variables.h"
#include "randomdashboard.h"

#include <QElapsedTimer>
#include <QTest>

using namespace kdra;
using namespace kdra::metrics;
using namespace Qt::StringLiterals;

namespace {

Scope scope()
{
    Scope out;
    out.from = 1'700'000'000'000;
    out.to = out.from + 3'600'000;
    out.interval = 30'000;
    out.variables = {
        {u"one"_s, {.values = {u"a.b"_s}, .texts = {u"A"_s}}},
        {u"many"_s, {.values = {u"a.b"_s, u"c|d"_s}, .texts = {u"A"_s, u"C"_s}, .asRegex = true}},
        {u"single"_s, {.values = {u"10.0.0.1:9100"_s}, .texts = {u"x"_s}, .asRegex = true}},
        {u"all"_s, {.values = {u"x"_s, u"y"_s}, .texts = {u"All"_s}, .asRegex = true, .whole = u".+"_s}},
        {u"none"_s, {.asRegex = true}},
        {u"empty"_s, {.values = {QString()}, .texts = {QString()}}},
        {u"evil"_s, {.values = {u"\"} or vector(1) # $one ${many:csv} \\"_s}, .texts = {u"$one"_s}}},
        {u"auto"_s, {.values = {u"$__auto:60:10s"_s}, .texts = {u"auto"_s}}},
    };
    return out;
}

Variable query(const QString &name, const QString &text, const QString &regex = {}, int sort = 0)
{
    return {.name = name, .query = text, .regex = regex, .sort = sort};
}

QStringList valuesOf(const Result<QList<Option>> &options)
{
    QStringList out;
    for (const QList<Option> &all = options.value(); const Option &option : all)
        out.append(option.text == option.value ? option.value : option.text + u'=' + option.value);
    return out;
}

// Whether a PromQL string is closed where it was opened: outside of quotes nothing of the value is seen.
QString outsideOfQuotes(const QString &expr)
{
    QString out;
    QChar quote;
    for (qsizetype i = 0; i < expr.size(); ++i) {
        const QChar c = expr[i];
        if (quote.isNull()) {
            out += c;
            if (c == u'"' || c == u'\'' || c == u'`')
                quote = c;
        } else if (c == u'\\' && quote != u'`') {
            ++i;
        } else if (c == quote) {
            quote = {};
            out += c;
        }
    }
    return out;
}

}

class TestVariables : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void interpolation_data();
    void interpolation();
    void valuesStayInTheirQuotes();
    void order();
    void circles();
    void longChains();
    void queries_data();
    void queries();
    void results();
    void options_data();
    void options();
    void hostileRegex();
    void own();
    void choosing();
    void panels();
};

void TestVariables::interpolation_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    const auto row = [](const QString &text, const QString &expected) {
        QTest::addRow("%s", qPrintable(text)) << text << expected;
    };
    row(u"up"_s, u"up"_s);
    row(u"up{a=\"$one\"}"_s, u"up{a=\"a.b\"}"_s);
    row(u"up{a=\"${one}\", b=\"[[one]]\"}"_s, u"up{a=\"a.b\", b=\"a.b\"}"_s);
    row(u"up{a=~\"$many\"}"_s, u"up{a=~\"(a\\\\.b|c\\\\|d)\"}"_s);
    row(u"up{a=~'$many'}"_s, u"up{a=~'(a\\\\.b|c\\\\|d)'}"_s);
    row(u"up{a=~`$many`}"_s, u"up{a=~`(a\\.b|c\\|d)`}"_s);
    row(u"up{a=~\"x-$many\"}"_s, u"up{a=~\"x-(a\\\\.b|c\\\\|d)\"}"_s);
    row(u"up{i=~\"$single\"}"_s, u"up{i=~\"10\\\\.0\\\\.0\\\\.1:9100\"}"_s);
    row(u"up{i=\"$single\"}"_s, u"up{i=\"10.0.0.1:9100\"}"_s);
    row(u"up{i != \"$single\"}"_s, u"up{i != \"10.0.0.1:9100\"}"_s);
    row(u"up{i=~\"$all\"}"_s, u"up{i=~\".+\"}"_s);
    row(u"up{i=~\"$none\"}"_s, u"up{i=~\"()\"}"_s);
    row(u"up{i=\"$empty\"}"_s, u"up{i=\"\"}"_s);
    row(u"up{a=~\"${many:regex}\"}"_s, u"up{a=~\"(a\\.b|c\\|d)\"}"_s);
    row(u"${many:csv} ${many:pipe} ${many:raw} ${many:glob} ${many:json}"_s,
        u"a.b,c|d a.b|c|d a.b,c|d {a.b,c|d} [\"a.b\",\"c|d\"]"_s);
    row(u"${many:doublequote} ${many:singlequote} ${many:sqlstring}"_s, u"\"a.b\",\"c|d\" 'a.b','c|d' 'a.b','c|d'"_s);
    row(u"${many:distributed} ${many:queryparam} ${many:text} ${many:nonsense}"_s,
        u"a.b,many=c|d var-many=a.b&var-many=c%7Cd A + C {a.b,c|d}"_s);
    row(u"${one:csv} ${one:json} ${one:glob} ${one:lucene} ${one:percentencode}"_s, u"a.b \"a.b\" a.b a.b a.b"_s);
    row(u"${many:lucene}"_s, u"(\"a.b\" OR \"c\\|d\")"_s);
    row(u"rate(x[$__interval])"_s, u"rate(x[30s])"_s);
    row(u"rate(x[$__rate_interval])"_s, u"rate(x[1m])"_s);
    row(u"$__interval_ms ${__interval_ms} $__range $__range_s $__range_ms"_s, u"30000 30000 3600s 3600 3600000"_s);
    row(u"$__from ${__to} ${__from:date:iso} ${__from:date:seconds}"_s,
        u"1700000000000 1700003600000 2023-11-14T22:13:20.000Z 1700000000"_s);
    row(u"$__all"_s, u".*"_s);
    row(u"rate(x[$auto])"_s, u"rate(x[1m])"_s);
    // What nobody knows stays.
    row(u"$unknown ${unknown:csv} [[unknown]] ${DS_PROM} ${__field.name} $1 $ ${ ${} [[ ]] $$ a[5m] b[[c"_s,
        u"$unknown ${unknown:csv} [[unknown]] ${DS_PROM} ${__field.name} $1 $ ${ ${} [[ ]] $$ a[5m] b[[c"_s);
    row(u"$ones$one"_s, u"$onesa.b"_s);
    row(u"$one$one-${one}x"_s, u"a.ba.b-a.bx"_s);
    row(u"label_replace(x, \"a\", \"$1\", \"b\", \"(.*)\")"_s, u"label_replace(x, \"a\", \"$1\", \"b\", \"(.*)\")"_s);
    // Quotes that only look open: an apostrophe in a comment.
    row(u"up # don't\n + up{a=\"$evil\"}"_s, u"up # don't\n + up{a=\"\\\"} or vector(1) # $one ${many:csv} \\\\\"}"_s);
}

void TestVariables::interpolation()
{
    QFETCH(const QString, text);
    QFETCH(const QString, expected);
    QCOMPARE(interpolated(text, scope(), Purpose::Expression), expected);
}

void TestVariables::valuesStayInTheirQuotes()
{
    test::RandomDashboard random(11);
    for (int round = 0; round < 3000; ++round) {
        Scope hostile = scope();
        const QString value = random.text() + random.text();
        for (const bool regex : {false, true}) {
            hostile.variables[u"v"_s] = {.values = {value}, .texts = {value}, .asRegex = regex};
            for (const char16_t *text : {u"up{a=\"$v\",b=\"x\"}", u"up{a='$v',b=\"x\"}", u"up{a=~\"y[[v]]\",b=\"x\"}",
                     u"up{a!~`${v}`,b=\"x\"}"}) {
                const QString out = interpolated(QString(text), hostile, Purpose::Expression);
                const QString before = QString(text);
                QCOMPARE(outsideOfQuotes(out), outsideOfQuotes(before));
                QVERIFY(out.contains(u"b=\"x\"}"));
            }
        }
    }
}

void TestVariables::order()
{
    const QList<Variable> variables = {query(u"c"_s, u"label_values(up{a=\"$b\"}, c)"_s), query(u"b"_s, u"[[a]]"_s),
        query(u"a"_s, u"label_values(a)"_s, u"/${d:regex}/"_s), query(u"d"_s, u"x $unknown"_s)};
    const auto sorted = orderOf(variables);
    QVERIFY(sorted);
    QCOMPARE(*sorted, QList<qsizetype>({3, 2, 1, 0}));
    QCOMPARE(dependents(variables, u"a"_s), QStringList({u"b"_s, u"c"_s}));
    QCOMPARE(dependents(variables, u"c"_s), QStringList());
    QCOMPARE(dependents(variables, u"d"_s), QStringList({u"a"_s, u"b"_s, u"c"_s}));
}

void TestVariables::circles()
{
    const auto self = orderOf({query(u"a"_s, u"label_values(up{x=\"$a\"}, y)"_s)});
    QVERIFY(!self);
    QVERIFY2(self.error().what.contains(u"a → a"), qPrintable(self.error().text()));
    const auto circle =
        orderOf({query(u"x"_s, u"$a"_s), query(u"a"_s, u"$b"_s), query(u"b"_s, u"${c}"_s), query(u"c"_s, u"[[a]]"_s)});
    QVERIFY(!circle);
    QVERIFY2(circle.error().what.contains(u"a → b → c → a"), qPrintable(circle.error().text()));
    QVERIFY(!circle.error().what.contains(u"x →"));
    // Texts of constants are not interpolated, so they need nothing.
    QVERIFY(orderOf({{.name = u"a"_s, .kind = Variable::Kind::Constant, .query = u"$a"_s}}));
}

void TestVariables::longChains()
{
    QList<Variable> chain;
    for (int i = 0; i < 2000; ++i)
        chain.append(query(u"v%1"_s.arg(i), u"$v%1"_s.arg(i + 1)));
    const auto sorted = orderOf(chain);
    QVERIFY(sorted);
    QCOMPARE(sorted->first(), 1999);
}

void TestVariables::queries_data()
{
    using Kind = VariableQuery::Kind;
    QTest::addColumn<QString>("text");
    QTest::addColumn<VariableQuery>("expected");
    const auto row = [](const QString &text, const VariableQuery &expected) {
        QTest::addRow("%s", qPrintable(text)) << text << expected;
    };
    row(u"label_values(job)"_s, {.kind = Kind::LabelValues, .label = u"job"_s});
    row(u" label_values( up , job ) "_s, {.kind = Kind::LabelValues, .label = u"job"_s, .match = u"up"_s});
    row(u"label_values(up{a=\"x,y\",b=~\"$many\"}, job)"_s,
        {.kind = Kind::LabelValues, .label = u"job"_s, .match = u"up{a=\"x,y\",b=~\"(a\\\\.b|c\\\\|d)\"}"_s});
    row(u"label_names()"_s, {.kind = Kind::LabelNames});
    row(u"label_names(up)"_s, {.kind = Kind::LabelNames, .match = u"up"_s});
    row(u"metrics(node_.*)"_s, {.kind = Kind::Metrics, .label = u"__name__"_s, .regex = u"node_.*"_s});
    row(u"query_result(topk(5, up{a=\"$one\"}))"_s, {.kind = Kind::Instant, .match = u"topk(5, up{a=\"a.b\"})"_s});
    row(u"up{a=\"b\"}"_s, {.kind = Kind::Series, .match = u"up{a=\"b\"}"_s});
}

void TestVariables::queries()
{
    QFETCH(const QString, text);
    QFETCH(const VariableQuery, expected);
    const auto got = variableQuery(query(u"v"_s, text), scope());
    QVERIFY(got);
    QVERIFY2(*got == expected, qPrintable(got->label + u'|' + got->match + u'|' + got->regex));
}

void TestVariables::results()
{
    QVERIFY(!variableQuery(query(u"v"_s, {}), {}));
    QVERIFY(!variableQuery(query(u"v"_s, u"label_values(up, a\"b)"_s), {}));
    QCOMPARE(variableQuery({.name = u"c"_s, .kind = Variable::Kind::Custom, .query = u"label_values(a)"_s}, {})->kind,
        VariableQuery::Kind::None);
    auto series = std::make_shared<std::vector<Series>>();
    series->push_back({.labels = {{u"__name__"_s, u"up"_s}, {u"job"_s, u"a"_s}}, .times = {1000}, .values = {1.5}});
    series->push_back({.labels = {{u"job"_s, u"b"_s}}, .times = {1000}, .values = {qQNaN()}});
    series->push_back({});
    QCOMPARE(resultsOf({.series = series}), QStringList({u"up{job=\"a\"} 1.5 1000"_s, u"{job=\"b\"} NaN 1000"_s}));
}

void TestVariables::options_data()
{
    QTest::addColumn<QStringList>("results");
    QTest::addColumn<QString>("regex");
    QTest::addColumn<int>("sort");
    QTest::addColumn<QStringList>("expected");
    const QStringList nodes = {u"node-10"_s, u"Node-9"_s, u"pi-2"_s, u"node-10"_s};
    QTest::newRow("as they are") << nodes << QString() << 0 << QStringList({u"node-10"_s, u"Node-9"_s, u"pi-2"_s});
    QTest::newRow("sorted") << nodes << QString() << 1 << QStringList({u"Node-9"_s, u"node-10"_s, u"pi-2"_s});
    QTest::newRow("falling") << nodes << QString() << 2 << QStringList({u"pi-2"_s, u"node-10"_s, u"Node-9"_s});
    QTest::newRow("by number") << nodes << QString() << 3 << QStringList({u"pi-2"_s, u"Node-9"_s, u"node-10"_s});
    QTest::newRow("without case") << nodes << QString() << 5 << QStringList({u"node-10"_s, u"Node-9"_s, u"pi-2"_s});
    QTest::newRow("whole text") << nodes << u"node-.*"_s << 0 << QStringList({u"node-10"_s});
    QTest::newRow("part, any case") << nodes << u"/node-(\\d+)/i"_s << 0 << QStringList({u"10"_s, u"9"_s});
    QTest::newRow("found only") << nodes << u"/^pi/"_s << 0 << QStringList({u"pi-2"_s});
    QTest::newRow("interpolated without a format")
        << QStringList{u"a.b"_s, u"axb"_s} << u"/^$v$/"_s << 0 << QStringList{u"a.b"_s};
    QTest::newRow("interpolated") << QStringList{u"a.b"_s, u"axb"_s, u"c"_s} << u"/^${v:regex}$/"_s << 0
                                  << QStringList{u"a.b"_s};
    const QStringList result = {
        u"up{host=\"h1\",instance=\"1.2.3.4:9\"} 1 1000"_s, u"up{host=\"h2\",instance=\"x\"} 1 1"_s};
    QTest::newRow("groups") << result << u"/host=\"(?<text>[^\"]+)\",instance=\"(?<value>[^\"]+)\"/"_s << 0
                            << QStringList({u"h1=1.2.3.4:9"_s, u"h2=x"_s});
    QTest::newRow("groups apart") << result << u"/host=\"(?<text>[^\"]+)|instance=\"(?<value>[^\"]+)/g"_s << 0
                                  << QStringList({u"h1=1.2.3.4:9"_s, u"h2=x"_s});
    QTest::newRow("many of one") << QStringList{u"a1 b2 c3"_s} << u"/([a-z])\\d/g"_s << 0
                                 << QStringList({u"a"_s, u"b"_s, u"c"_s});
}

void TestVariables::options()
{
    QFETCH(const QStringList, results);
    QFETCH(const QString, regex);
    QFETCH(const int, sort);
    QFETCH(const QStringList, expected);
    const Scope with{.variables = {{u"v"_s, {.values = {u"a.b"_s}, .texts = {u"a.b"_s}}}}};
    QCOMPARE(valuesOf(optionsOf(query(u"x"_s, u"q"_s, regex, sort), results, with)), expected);
}

void TestVariables::hostileRegex()
{
    const auto broken = optionsOf(query(u"x"_s, u"q"_s, u"/(/"_s), {u"a"_s});
    QVERIFY(!broken);
    QVERIFY(broken.error().what.contains(u"x"));
    QVERIFY(optionsOf(query(u"x"_s, u"q"_s, u"/"_s), {u"a"_s}));
    QVERIFY(optionsOf(query(u"x"_s, u"q"_s, u"//g"_s), {u"a"_s}));
    // Would take for ever without a limit.
    QStringList many;
    for (int i = 0; i < 100; ++i)
        many.append(QString(40, u'a') + QString::number(i));
    QElapsedTimer timer;
    timer.start();
    QVERIFY(optionsOf(query(u"x"_s, u"q"_s, u"/^(a+)+$/"_s), many)->isEmpty());
    QVERIFY2(timer.elapsed() < 60000, qPrintable(QString::number(timer.elapsed())));
    QStringList crowd;
    for (int i = 0; i < 20000; ++i)
        crowd.append(QString::number(i));
    QCOMPARE(optionsOf(query(u"x"_s, u"q"_s), crowd)->size(), 10000);
}

void TestVariables::own()
{
    using Kind = Variable::Kind;
    const auto texts = [](Kind kind, const QString &text, int count = 0) {
        return valuesOf(ownOptions({.name = u"v"_s, .kind = kind, .query = text, .autoCount = count}, {u"Prom"_s}));
    };
    QCOMPARE(texts(Kind::Custom, u"1s, 15s,a\\,b, Long : 1h, k:v,,"_s),
        QStringList({u"1s"_s, u"15s"_s, u"a,b"_s, u"Long=1h"_s, u"k:v"_s}));
    QCOMPARE(texts(Kind::Interval, u"30s,1m"_s, 30), QStringList({u"auto=$__auto:30:10s"_s, u"30s"_s, u"1m"_s}));
    QCOMPARE(texts(Kind::Datasource, u"prometheus"_s), QStringList({u"Prom"_s}));
    QCOMPARE(texts(Kind::Constant, u"a,b"_s), QStringList({u"a,b"_s}));
    QCOMPARE(texts(Kind::Query, u"a,b"_s), QStringList());
}

void TestVariables::choosing()
{
    const QList<Option> options = {{u"A"_s, u"a"_s}, {u"B"_s, u"b"_s}, {u"C"_s, u"c"_s}};
    Variable one = query(u"v"_s, u"q"_s);
    QCOMPARE(chosenOf(one, options, {u"b"_s}).values, QStringList{u"b"_s});
    QCOMPARE(chosenOf(one, options, {u"b"_s}).texts, QStringList{u"B"_s});
    QCOMPARE(chosenOf(one, options, {u"b"_s, u"c"_s}).values, QStringList{u"b"_s});
    QCOMPARE(chosenOf(one, options, {u"gone"_s}).values, QStringList{u"a"_s});
    QCOMPARE(chosenOf(one, options, {allChosen}).values, QStringList{u"a"_s});
    QCOMPARE(chosenOf(one, {}, {u"kept"_s}).values, QStringList{u"kept"_s});
    QCOMPARE(chosenOf(one, {}, {}).values, QStringList());
    QCOMPARE(pinned(one, {u"other"_s}).values, QStringList{u"other"_s});
    one.current = {u"c"_s};
    QCOMPARE(chosenOf(one, options, {}).values, QStringList{u"c"_s});
    Variable many = query(u"v"_s, u"q"_s);
    many.multi = many.includeAll = true;
    QCOMPARE(chosenOf(many, options, {u"b"_s, u"gone"_s, u"c"_s}).values, QStringList({u"b"_s, u"c"_s}));
    const Chosen all = chosenOf(many, options, {});
    QCOMPARE(all.values, QStringList({u"a"_s, u"b"_s, u"c"_s}));
    QVERIFY(all.asRegex && all.whole.isEmpty());
    many.allValue = u".*"_s;
    QCOMPARE(chosenOf(many, options, {allChosen}).whole, u".*"_s);
    QCOMPARE(chosenOf(many, options, {u"a"_s}).whole, QString());
    const Variable text{.name = u"t"_s, .kind = Variable::Kind::TextBox, .query = u"2.7"_s};
    QCOMPARE(chosenOf(text, ownOptions(text), {}).values, QStringList{u"2.7"_s});
    QCOMPARE(chosenOf(text, ownOptions(text), {u"3"_s}).values, QStringList{u"3"_s});
    const Variable interval{
        .name = u"i"_s, .kind = Variable::Kind::Interval, .query = u"1m"_s, .current = {u"$__auto"_s}, .autoCount = 30};
    QCOMPARE(chosenOf(interval, ownOptions(interval), {}).texts, QStringList{u"auto"_s});
}

void TestVariables::panels()
{
    Panel panel;
    panel.title = u"CPU of $many"_s;
    panel.queries = {{.expr = u"up{a=~\"$many\"}"_s, .legend = u"{{job}} $one"_s}};
    panel.scoped = {{u"many"_s, {u"c|d"_s}}};
    const Panel out = interpolated(panel, scope());
    QCOMPARE(out.title, u"CPU of C"_s);
    QCOMPARE(out.queries[0].expr, u"up{a=~\"c\\\\|d\"}"_s);
    QCOMPARE(out.queries[0].legend, u"{{job}} A"_s);
    QCOMPARE(titleOf({.title = u"$many"_s}, scope()), u"A + C"_s);
}

QTEST_GUILESS_MAIN(TestVariables)
#include "tst_variables.moc"
