// SPDX-License-Identifier: GPL-3.0-or-later
// The built-in dashboards on the demo cluster's Prometheus over HTTP, and before Debian's.
#include "demo/democluster.h"
#include "metrics/builtindashboards.h"
#include "metrics/dashboardfile.h"
#include "metrics/repeats.h"
#include "promhttp.h"

#include <QTest>

using namespace kdra;
using namespace kdra::metrics;
using namespace Qt::StringLiterals;

class TestBuiltInDashboards : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void complete();
    void everyExpressionGivesData_data();
    void everyExpressionGivesData();
    void realPrometheusAcceptsThem();
    void otherNodeLabels_data();
    void otherNodeLabels();

private:
    // Chooses for each variable as the page does, with `wanted` where it is there.
    bool choose(const Dashboard &dashboard, const QMap<QString, QStringList> &wanted, Scope &scope)
    {
        const auto order = orderOf(dashboard.variables);
        if (!order)
            return false;
        for (const qsizetype at : *order) {
            const Variable &variable = dashboard.variables[at];
            const auto options = m_http->optionsOf(variable, scope);
            if (!options || options->isEmpty()) {
                qWarning() << dashboard.uid << variable.name << "has no options";
                return false;
            }
            scope.variables.insert(variable.name, chosenOf(variable, *options, wanted.value(variable.name)));
        }
        return true;
    }
    static Scope now()
    {
        Scope scope;
        scope.to = QDateTime::currentMSecsSinceEpoch();
        scope.from = scope.to - 3'600'000;
        return scope;
    }

    QList<Dashboard> m_dashboards;
    QString m_pod;
    std::unique_ptr<demo::DemoCluster> m_cluster;
    std::unique_ptr<test::PromHttp> m_http;
};

void TestBuiltInDashboards::initTestCase()
{
    const auto read = builtInDashboards();
    QVERIFY2(read, qPrintable(read ? QString() : read.error().text()));
    m_dashboards = *read;
    m_cluster = std::make_unique<demo::DemoCluster>(demo::DemoOptions{.story = false});
    const auto url = m_cluster->start();
    QVERIFY2(url, qPrintable(url ? QString() : url.error().text()));
    m_http = std::make_unique<test::PromHttp>(m_cluster->prometheusUrl());
    // The demo's own pods have no CPU limit; this one has everything.
    const test::Answer made = test::PromHttp(*url).post(u"/apis/apps/v1/namespaces/shop/deployments"_s,
        R"({"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"limited"},"spec":{"replicas":1,
            "selector":{"matchLabels":{"app":"limited"}},"template":{"metadata":{"labels":{"app":"limited"}},
            "spec":{"containers":[{"name":"limited","image":"nginx:1","resources":{
            "requests":{"cpu":"100m","memory":"64Mi"},"limits":{"cpu":"200m","memory":"128Mi"}}}]}}}})");
    QVERIFY2(made.code == 201, made.body);
    const auto running = [&] {
        const QJsonArray pods = test::at(
            m_http
                ->ask(u"query"_s,
                    {{u"query"_s,
                        u"kube_pod_status_phase{namespace=\"shop\",pod=~\"limited-.*\",phase=\"Running\"} == 1"_s}})
                .json(),
            u"data.result"_s)
                                    .toArray();
        m_pod = test::at(pods.first(), u"metric.pod"_s).toString();
        return !m_pod.isEmpty();
    };
    QTRY_VERIFY_WITH_TIMEOUT(running(), 60000);
}

void TestBuiltInDashboards::complete()
{
    QSet<QString> uids;
    QSet<QString> large;
    QSet<QString> small;
    for (const Dashboard &dashboard : std::as_const(m_dashboards)) {
        QVERIFY2(!uids.contains(dashboard.uid), qPrintable(dashboard.uid));
        uids.insert(dashboard.uid);
        (dashboard.small ? small : large).insert(dashboard.about);
        int panels = 0;
        QSet<int> ids;
        for (const Row &row : dashboard.rows) {
            QList<Panel> compacted = row.panels;
            compact(compacted);
            QVERIFY2(compacted == row.panels, qPrintable(dashboard.uid + u": the grid has gaps"_s));
            for (const Panel &panel : row.panels) {
                ++panels;
                QVERIFY2(!ids.contains(panel.id), qPrintable(dashboard.uid));
                ids.insert(panel.id);
                QVERIFY2(!panel.title.isEmpty() && !panel.queries.isEmpty(), qPrintable(dashboard.uid));
            }
        }
        QVERIFY2(!dashboard.small || (panels >= 2 && panels <= 4), qPrintable(dashboard.uid));
        QVERIFY2(*readDashboard(writeDashboard(dashboard), {}) == dashboard, qPrintable(dashboard.uid));
    }
    QCOMPARE(
        large, QSet<QString>({u"cluster"_s, u"node"_s, u"pi"_s, u"environment"_s, u"workload"_s, u"controlplane"_s}));
    QCOMPARE(small, QSet<QString>({u"node"_s, u"pi"_s, u"environment"_s, u"workload"_s, u"pod"_s}));
    const auto german = builtInDashboards(u"de"_s);
    QVERIFY(german);
    QCOMPARE(german->at(1).title, u"Knoten"_s);
    // The power of a board is never measured, and every panel that shows it says so.
    for (const Dashboard &dashboard : std::as_const(m_dashboards))
        for (const Row &row : dashboard.rows)
            for (const Panel &panel : row.panels)
                if (panel.field.unit == "watt"_L1)
                    QVERIFY(panel.title.contains(u"estimate") && panel.description.contains(u"not a measurement"));
}

void TestBuiltInDashboards::everyExpressionGivesData_data()
{
    QTest::addColumn<int>("index");
    QTest::addColumn<QString>("node");
    for (int i = 0; i < m_dashboards.size(); ++i) {
        QTest::addRow("%s", qPrintable(m_dashboards[i].uid)) << i << u"pi-004"_s;
        if (m_dashboards[i].about == "node"_L1)
            QTest::addRow("%s of a rack", qPrintable(m_dashboards[i].uid)) << i << u"rack-1"_s;
    }
}

void TestBuiltInDashboards::everyExpressionGivesData()
{
    QFETCH(const int, index);
    QFETCH(const QString, node);
    const Dashboard &dashboard = m_dashboards[index];
    Scope scope = now();
    QVERIFY(choose(dashboard,
        {{u"node"_s, {node}}, {u"namespace"_s, {u"shop"_s}}, {u"workload"_s, {u"limited"_s}}, {u"pod"_s, {m_pod}}},
        scope));
    if (scope.variables.contains(u"node"_s))
        QCOMPARE(scope.variables.value(u"node"_s).values, QStringList{node});
    int asked = 0;
    for (const Row &row : dashboard.rows) {
        for (const Panel &each : row.panels) {
            const Panel panel = interpolated(each, scope);
            for (const Query &query : panel.queries) {
                // A node without a heat sensor of that kind is no error.
                if (node.startsWith("rack"_L1) && query.expr.contains("node_thermal_zone_temp"_L1))
                    continue;
                ++asked;
                const test::Answer answer = m_http->ask(u"query_range"_s,
                    {{u"query"_s, query.expr}, {u"start"_s, QString::number(scope.from / 1000)},
                        {u"end"_s, QString::number(scope.to / 1000)}, {u"step"_s, u"300"_s}});
                const QByteArray what = (dashboard.uid + u" / "_s + panel.title + u": "_s + query.expr + u'\n').toUtf8()
                    + answer.body.first(std::min<qsizetype>(300, answer.body.size()));
                QVERIFY2(answer.code == 200, what);
                const QJsonArray result = test::at(answer.json(), u"data.result"_s).toArray();
                QVERIFY2(!result.isEmpty(), what);
                bool number = false;
                for (const QJsonValue &series : result)
                    for (const QJsonArray values = series.toObject().value(u"values"_s).toArray();
                        const QJsonValue &value : values)
                        number = number || std::isfinite(value.toArray().at(1).toString().toDouble());
                QVERIFY2(number, what);
                // Every label of a legend is there.
                for (auto label = QRegularExpression(u"\\{\\{(\\w+)\\}\\}"_s).globalMatch(query.legend);
                    label.hasNext();) {
                    const QString name = label.next().captured(1);
                    QVERIFY2(test::at(result.first(), u"metric."_s + name).isString(), what);
                }
            }
        }
    }
    QVERIFY(asked > 0);
}

void TestBuiltInDashboards::realPrometheusAcceptsThem()
{
    if (test::EmptyPrometheus::program().isEmpty())
        QSKIP("There is no prometheus here: nothing has checked the built-in dashboards' expressions.");
    test::EmptyPrometheus prometheus;
    QVERIFY(prometheus.start());
    QVERIFY(!prometheus.refusal(u"sum(up"_s).isEmpty());
    for (const Dashboard &dashboard : std::as_const(m_dashboards)) {
        Scope scope = now();
        for (const Variable &variable : dashboard.variables) {
            if (const auto query = variableQuery(variable, scope); query && !query->match.isEmpty())
                QVERIFY2(prometheus.refusal(query->match).isEmpty(), qPrintable(query->match));
            scope.variables.insert(variable.name,
                variable.multi ? Chosen{.values = {u"a.b"_s, u"c\"d"_s}, .texts = {}, .asRegex = true}
                               : chosenOf(variable, ownOptions(variable), {u"7"_s}));
        }
        for (const Row &row : dashboard.rows)
            for (const Panel &panel : row.panels)
                for (const Query &query : interpolated(panel, scope).queries)
                    QVERIFY2(prometheus.refusal(query.expr).isEmpty(),
                        qPrintable(dashboard.uid + u": "_s + query.expr + u"\n"_s + prometheus.refusal(query.expr)));
    }
}

void TestBuiltInDashboards::otherNodeLabels_data()
{
    QTest::addColumn<QString>("result");
    QTest::newRow("node")
        << u"node_uname_info{instance=\"10.0.0.7:9100\",job=\"n\",node=\"pi-1\",nodename=\"x\"} 1 1"_s;
    QTest::newRow("kubernetes_node") << u"node_uname_info{instance=\"10.0.0.7:9100\",kubernetes_node=\"pi-1\"} 1 1"_s;
    QTest::newRow("nodename") << u"node_uname_info{instance=\"10.0.0.7:9100\",nodename=\"pi-1\"} 1 1"_s;
}

// Whatever the label is called that names the node, the panels ask by the instance that goes with it.
void TestBuiltInDashboards::otherNodeLabels()
{
    QFETCH(const QString, result);
    for (const Dashboard &dashboard : std::as_const(m_dashboards)) {
        for (const Variable &variable : dashboard.variables) {
            if (variable.name != "instance"_L1)
                continue;
            const auto options = optionsOf(variable, {result});
            QVERIFY(options);
            QCOMPARE(options->size(), 1);
            QCOMPARE(options->first().value, u"10.0.0.7:9100"_s);
            for (const QString &label : {u"nodename=~"_s, u" or node_uname_info{node="_s, u"{kubernetes_node="_s})
                QVERIFY2(variable.query.contains(label), qPrintable(variable.query));
        }
    }
}

QTEST_GUILESS_MAIN(TestBuiltInDashboards)
#include "tst_builtindashboards.moc"
