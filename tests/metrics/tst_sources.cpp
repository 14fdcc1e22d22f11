// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/democluster.h"
#include "metrics/discovery.h"
#include "metrics/metricsserver.h"
#include "support/await.h"
#include "support/testhttpserver.h"
#include "threadedapi.h"

#include <QTest>

using namespace kdra;
using namespace kdra::metrics;
using namespace kdra::test;
using namespace Qt::StringLiterals;

namespace {

ServiceFacts service(const QString &ns, const QString &name, const Labels &labels, const QList<ServicePort> &ports)
{
    return {.ns = ns, .name = name, .labels = labels, .ports = ports};
}

const QByteArray oneTarget =
    R"({"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1,"1"]}]}})";
const QByteArray noTargets = R"({"status":"success","data":{"resultType":"vector","result":[]}})";

} // namespace

class TestSources : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void servicesThatMayBeIt()
    {
        const QList<ServiceFacts> services = {service(u"default"_s, u"web"_s, {{u"app"_s, u"web"_s}}, {{.number = 80}}),
            service(u"mimir"_s, u"mimir-gateway"_s,
                {{u"app.kubernetes.io/name"_s, u"mimir"_s}, {u"app.kubernetes.io/component"_s, u"gateway"_s}},
                {{.number = 80}}),
            service(u"vm"_s, u"vmselect-x"_s, {{u"app.kubernetes.io/name"_s, u"vmselect"_s}}, {{u"http"_s, 8481}}),
            service(
                u"prom"_s, u"server"_s, {{u"app"_s, u"prometheus"_s}, {u"component"_s, u"server"_s}}, {{.number = 80}}),
            service(u"monitoring"_s, u"prometheus-operated"_s, {{u"operated-prometheus"_s, u"true"_s}},
                {{u"grpc"_s, 10901}, {u"web"_s, 9090}}),
            service(u"openshift-monitoring"_s, u"prometheus-k8s"_s, {}, {{u"tenancy"_s, 9092}, {u"web"_s, 9091}})};
        const auto found = candidatesAmong(services);
        QVERIFY(found);
        QStringList titles;
        for (const Candidate &candidate : *found)
            titles += candidate.endpoint.title();
        QCOMPARE(titles,
            (QStringList{u"monitoring/prometheus-operated:9090"_s, u"prom/server:80"_s,
                u"openshift-monitoring/prometheus-k8s:9091"_s, u"vm/vmselect-x:8481/select/0/prometheus"_s,
                u"mimir/mimir-gateway:80/prometheus"_s}));
        QCOMPARE(found->at(0).reason, u"operated-prometheus=true"_s);
        QCOMPARE(found->at(3).flavor, Flavor::VictoriaMetrics);

        const auto byLabel =
            candidatesAmong(services, {.kind = Choice::Kind::Label, .selector = u"app in (web, other)"_s});
        QVERIFY(byLabel);
        QCOMPARE(byLabel->constFirst().endpoint.title(), u"default/web:80"_s);
        QVERIFY(byLabel->constFirst().chosen);
        QCOMPARE(byLabel->size(), 6);
        const Choice mimir{.kind = Choice::Kind::Service,
            .endpoint = {.ns = u"mimir"_s, .service = u"mimir-gateway"_s, .port = u"80"_s, .tenant = u"t"_s}};
        const auto byService = candidatesAmong(services, mimir);
        QCOMPARE(byService->constFirst().endpoint.prefix, u"/prometheus"_s);
        QCOMPARE(byService->constFirst().endpoint.tenant, u"t"_s);
        QCOMPARE(byService->constFirst().flavor, Flavor::Mimir);
        QCOMPARE(byService->size(), 5);
        QVERIFY(!candidatesAmong(services, {.kind = Choice::Kind::Label, .selector = u"a in b"_s}));
        QCOMPARE(Choice::fromJson(mimir.toJson()).value(), mimir);
        QCOMPARE(Choice::fromJson({}).value(), Choice());
        QVERIFY(!Choice::fromJson({{u"kind"_s, u"url"_s}}));
        QCOMPARE(alertmanagersAmong({service(u"m"_s, u"alertmanager-main"_s,
                                        {{u"app.kubernetes.io/name"_s, u"alertmanager"_s}}, {{u"web"_s, 9093}})})
                     .constFirst()
                     .endpoint.title(),
            u"m/alertmanager-main:9093"_s);
        QCOMPARE(portsOf(u"80/TCP,443:30443/TCP,x"), (QList<ServicePort>{{.number = 80}, {.number = 443}}));
    }

    void selectors_data()
    {
        QTest::addColumn<QString>("selector");
        QTest::addColumn<bool>("picks");
        QTest::newRow("all") << u""_s << true;
        QTest::newRow("equal") << u"app=web,tier==front"_s << true;
        QTest::newRow("not equal") << u"app!=web"_s << false;
        QTest::newRow("not equal, absent") << u"zone!=a"_s << true;
        QTest::newRow("in") << u"app in (api, web),tier"_s << true;
        QTest::newRow("notin") << u"app notin (api,web)"_s << false;
        QTest::newRow("absent") << u"!zone"_s << true;
        QTest::newRow("present, absent") << u"!app"_s << false;
    }
    void selectors()
    {
        QFETCH(QString, selector);
        QFETCH(bool, picks);
        QCOMPARE(selects(selector, {{u"app"_s, u"web"_s}, {u"tier"_s, u"front"_s}}).value(), picks);
    }

    void eachIsAskedAndOrdered()
    {
        TestHttpServer server([](const HttpRequest &request) {
            const QString path = request.url.path();
            const bool build = path.endsWith(u"/status/buildinfo"_s);
            if (path.contains(u"/empty:"_s))
                return HttpResponse{
                    .status = build ? 404 : 200, .body = build ? QByteArray("404 page not found") : noTargets};
            if (path.contains(u"/good:"_s))
                return HttpResponse{.body = build
                        ? QByteArray(R"({"status":"success","data":{"version":"3.1.0","goVersion":"go1"}})")
                        : oneTarget};
            return HttpResponse{.status = 403,
                .body = R"({"kind":"Status","message":"services bad is forbidden","reason":"Forbidden"})"};
        });
        QVERIFY(server.listen());
        ThreadedApi api(server.url());
        const auto prometheus = [](const QString &name) {
            return service(u"m"_s, name, {{u"app.kubernetes.io/name"_s, u"prometheus"_s}}, {{.number = 9090}});
        };
        const QList<ServiceFacts> services = {prometheus(u"bad"_s), prometheus(u"empty"_s), prometheus(u"good"_s)};
        KDRA_AWAIT(findings, discoverSources(*api, {}, {}, services));
        QVERIFY(findings);
        QCOMPARE(findings->size(), 3);
        QCOMPARE(findings->at(0).candidate.endpoint.service, u"good"_s);
        QCOMPARE(findings->at(0).probe.text, u"Prometheus 3.1.0, 1 target(s)."_s);
        QCOMPARE(findings->at(1).candidate.endpoint.service, u"empty"_s);
        QCOMPARE(findings->at(1).probe.state, Probe::State::Empty);
        QCOMPARE(findings->at(2).probe.state, Probe::State::Failed);
        QCOMPARE(findings->at(2).probe.error->kind, Error::Kind::Forbidden);
        QCOMPARE(best(*findings)->candidate.endpoint.service, u"good"_s);
        // What was chosen is used, though it fails: never another one silently.
        const Choice choice{
            .kind = Choice::Kind::Service, .endpoint = {.ns = u"m"_s, .service = u"bad"_s, .port = u"9090"_s}};
        KDRA_AWAIT(chosen, discoverSources(*api, choice, {}, services));
        QCOMPARE(best(*chosen)->candidate.endpoint.service, u"bad"_s);
        QCOMPARE(chosen->size(), 3);
    }

    void servicesThatMayNotBeListed()
    {
        TestHttpServer server([](const HttpRequest &request) {
            if (request.url.path() == "/api/v1/services"_L1 || !request.url.path().contains(u"/prometheus-server:"_s))
                return HttpResponse{.status = 403, .body = R"({"kind":"Status","message":"no","reason":"Forbidden"})"};
            return HttpResponse{.body = request.url.path().endsWith(u"buildinfo"_s) ? noTargets : oneTarget};
        });
        QVERIFY(server.listen());
        ThreadedApi api(server.url());
        KDRA_AWAIT(findings, discoverSources(*api));
        QVERIFY(findings);
        QVERIFY(best(*findings).has_value());
        QCOMPARE(best(*findings)->candidate.endpoint.service, u"prometheus-server"_s);
    }

    void theDemoClustersPrometheusIsFound()
    {
        demo::DemoCluster cluster;
        QVERIFY(cluster.start());
        ThreadedApi api(cluster.clientConfig());
        KDRA_AWAIT(findings, discoverSources(*api));
        QVERIFY2(findings, qPrintable(findings ? QString() : findings.error().text()));
        const auto one = best(*findings);
        QVERIFY(one.has_value());
        QCOMPARE(one->candidate.endpoint.service, u"prometheus"_s);
        QVERIFY(one->probe.targets > 0);
    }

    void metricsServer()
    {
        const auto nodes = parseNodeMetrics(
            R"({"kind":"NodeMetricsList","metadata":{},"items":[{"metadata":{"name":"pi-1"},"timestamp":"2026-11-22T17:00:00Z","window":"10s","usage":{"cpu":"231874600n","memory":"1Mi"}}]})");
        QVERIFY(nodes);
        QCOMPARE(nodes->cpu.series->at(0).labels, (Labels{{u"node"_s, u"pi-1"_s}}));
        QCOMPARE(nodes->cpu.series->at(0).values.at(0), 0.2318746);
        QCOMPARE(nodes->memory.series->at(0).values.at(0), 1048576.0);
        QCOMPARE(nodes->memory.series->at(0).times.at(0), 1795366800000);
        TestHttpServer server([](const HttpRequest &request) {
            if (request.url.path() == "/apis/metrics.k8s.io/v1beta1/namespaces/shop/pods"_L1)
                return HttpResponse{
                    .body =
                        R"({"items":[{"metadata":{"name":"web-0","namespace":"shop"},"timestamp":"2026-11-22T17:00:00Z","containers":[{"name":"a","usage":{"cpu":"250m","memory":"5"}},{"name":"b","usage":{"cpu":"1","memory":"6"}}]}]})"};
            return HttpResponse{.status = 404, .body = "404 page not found"};
        });
        QVERIFY(server.listen());
        ThreadedApi api(server.url());
        KDRA_AWAIT(pods, podUse(*api, u"shop"_s));
        QVERIFY(pods);
        QCOMPARE(pods->cpu.series->size(), 2u);
        QCOMPARE(pods->cpu.series->at(0).values.at(0), 0.25);
        QCOMPARE(pods->cpu.series->at(1).labels.value(u"container"_s), u"b"_s);
        // Containers are summed; the largest comes first; parts of what there is.
        const Answer sums = largest(pods->cpu, {u"pod"_s}, 5);
        QCOMPARE(sums.series->size(), 1u);
        QCOMPARE(sums.series->at(0).values.at(0), 1.25);
        const Answer containers = largest(pods->cpu, {u"container"_s}, 1);
        QCOMPARE(containers.series->size(), 1u);
        QCOMPARE(containers.series->at(0).labels, (Labels{{u"container"_s, u"b"_s}}));
        const Answer parts = largest(nodes->cpu, {u"node"_s}, 5, {{u"pi-1"_s, 4.0}});
        QCOMPARE(parts.series->at(0).values.at(0), 0.2318746 / 4);
        QVERIFY(largest(nodes->cpu, {u"node"_s}, 5, {{u"pi-2"_s, 4.0}}).series->empty());
        KDRA_AWAIT(none, nodeUse(*api));
        QCOMPARE(none.error().kind, Error::Kind::NotFound);
        QVERIFY(none.error().what.contains(u"metrics-server"_s));
    }
};

QTEST_GUILESS_MAIN(TestSources)
#include "tst_sources.moc"
