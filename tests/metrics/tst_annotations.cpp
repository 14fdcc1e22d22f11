// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/annotations.h"
#include "metrics/grafanaimport.h"

#include <QTest>

using namespace kdra;
using namespace kdra::metrics;
using namespace Qt::StringLiterals;

namespace {

Answer answer(const std::vector<double> &values, const Labels &labels = {{u"alertname"_s, u"Hot"_s}})
{
    Series series{.labels = labels, .values = values};
    for (std::size_t i = 0; i < values.size(); ++i)
        series.times.push_back(static_cast<qint64>(i) * 1000);
    return {.series = std::make_shared<const std::vector<Series>>(std::vector<Series>{series})};
}

// "from-to title" of each.
QStringList textOf(const QList<Occurrence> &all)
{
    QStringList out;
    for (const Occurrence &one : all)
        out.append(u"%1-%2 %3"_s.arg(one.from).arg(one.to).arg(one.title));
    return out;
}

}

class TestAnnotations : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void spans();
    void hostile();
    void imported();
};

void TestAnnotations::spans()
{
    const Annotation annotation{.name = u"Alerts"_s, .title = u"{{alertname}}!"_s, .text = u"on {{node}}"_s};
    const QList<Occurrence> found = occurrencesOf(annotation, answer({0, 1, 1, 0, 0, 2, qQNaN(), 1}), 1000);
    QCOMPARE(textOf(found), QStringList({u"1000-2000 Hot!"_s, u"5000-5000 Hot!"_s, u"7000-7000 Hot!"_s}));
    QCOMPARE(found[0].text, u"on "_s);
    QCOMPARE(textOf(occurrencesOf({.name = u"Alerts"_s}, answer({1, 0, 1}), 2000)), QStringList({u"0-2000 Alerts"_s}));
    QVERIFY(occurrencesOf(annotation, answer({}), 1000).isEmpty());
    const Scope scope{.variables = {{u"node"_s, {.values = {u"a\"b"_s}, .texts = {u"A"_s}}}}};
    const Annotation put = interpolated({.expr = u"up{n=\"$node\"}"_s, .title = u"{{x}} $node"_s}, scope);
    QCOMPARE(put.expr, u"up{n=\"a\\\"b\"}"_s);
    QCOMPARE(put.title, u"{{x}} A"_s);
}

void TestAnnotations::hostile()
{
    std::vector<double> many(50000, 0);
    for (std::size_t i = 0; i < many.size(); i += 2)
        many[i] = 1;
    const QList<Occurrence> found = occurrencesOf({.name = u"a"_s}, answer(many), 1000);
    QCOMPARE(found.size(), mostOccurrences);
    QCOMPARE(found.last().from, 49998000); // the latest
    const Labels labels{{u"a"_s, u"{{b}} <b>"_s}, {u"b"_s, u"no"_s}};
    QCOMPARE(occurrencesOf({.title = u"{{a}}"_s}, answer({1}, labels), 1)[0].title, u"{{b}} <b>"_s);
}

void TestAnnotations::imported()
{
    const auto dashboard = importGrafana(R"({"title":"t","panels":[],"annotations":{"list":[
        {"builtIn":1,"name":"Annotations & Alerts","enable":true},
        {"name":"Old","datasource":"Prometheus","enable":false,"expr":"ALERTS","titleFormat":"{{alertname}}","step":"60s","iconColor":"red"},
        {"name":"New","datasource":{"type":"prometheus","uid":"x"},"enable":true,"target":{"expr":"deploys > 0","interval":"30s"}
},
        {"name":"Tags","datasource":{"type":"datasource","uid":"grafana"},"enable":true,"target":{"tags":["a"]}}]
}
})",
        u"f"_s);
    QVERIFY(dashboard);
    QCOMPARE(dashboard->annotations,
        QList<Annotation>({{.name = u"Old"_s,
                               .expr = u"ALERTS"_s,
                               .title = u"{{alertname}}"_s,
                               .color = u"red"_s,
                               .enabled = false,
                               .minStep = 60000},
            {.name = u"New"_s, .expr = u"deploys > 0"_s, .minStep = 30000}}));
    QCOMPARE(dashboard->notes.size(), 1);
    QVERIFY(dashboard->notes[0].contains(u"Tags"));
    const auto second =
        importGrafana(R"({"spec":{"title":"t","elements":{},"layout":{},"annotations":[{"kind":"AnnotationQuery",
        "spec":{"name":"A","enable":true,"iconColor":"blue","query":{"kind":"DataQuery","group":"prometheus","spec":{"expr":"up"}},
        "legacyOptions":{"titleFormat":"{{job}}","step":"1m"}}}]}})",
            u"f"_s);
    QVERIFY(second);
    QCOMPARE(second->annotations,
        QList<Annotation>(
            {{.name = u"A"_s, .expr = u"up"_s, .title = u"{{job}}"_s, .color = u"blue"_s, .minStep = 60000}}));
}

QTEST_GUILESS_MAIN(TestAnnotations)
#include "tst_annotations.moc"
