// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/apiclient.h"
#include "kube/discovery.h"
#include "support/await.h"
#include "support/testhttpserver.h"

#include <QTest>

using namespace kdra;
using namespace kdra::kube;
using namespace kdra::test;

namespace {

constexpr char version[] = R"({"major":"1","minor":"30","gitVersion":"v1.30.2","platform":"linux/arm64"})";

constexpr char core[] = R"({"kind":"APIGroupDiscoveryList","apiVersion":"apidiscovery.k8s.io/v2","items":[
 {"metadata":{},"versions":[{"version":"v1","freshness":"Current","resources":[
  {"resource":"pods","responseKind":{"group":"","version":"","kind":"Pod"},"scope":"Namespaced","verbs":["list","watch"],
   "subresources":[{"subresource":"log","responseKind":{"kind":"Pod"},"verbs":["get"]}]},
  {"resource":"nodes","responseKind":{"kind":"Node"},"scope":"Cluster","verbs":["list"]}]}]}]})";

constexpr char groups[] = R"({"kind":"APIGroupDiscoveryList","apiVersion":"apidiscovery.k8s.io/v2","items":[
 {"metadata":{"name":"batch"},"versions":[
  {"version":"v1","freshness":"Current","resources":[{"resource":"jobs","responseKind":{"kind":"Job"},"scope":"Namespaced"},
   {"resource":"cronjobs","responseKind":{"kind":"CronJob"},"scope":"Namespaced"}]},
  {"version":"v1beta1","freshness":"Current","resources":[{"resource":"cronjobs","responseKind":{"kind":"CronJob"},"scope":"Namespaced"}]}]},
 {"metadata":{"name":"metrics.k8s.io"},"versions":[{"version":"v1beta1","freshness":"Stale"}]},
 {"metadata":{"name":"example.com"},"versions":[{"version":"v9","freshness":"Current","resources":[{"resource":"things","responseKind":{"kind":"Thing"},"scope":"Cluster"}]}]}]})";

HttpResponse newServer(const HttpRequest &request)
{
    const QString path = request.url.path();
    const QByteArray type = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
    if (path == QLatin1StringView("/version"))
        return {.body = version};
    if (request.header("Accept").startsWith(type) && path == QLatin1StringView("/api"))
        return {.body = core, .contentType = type};
    if (request.header("Accept").startsWith(type) && path == QLatin1StringView("/apis"))
        return {.body = groups, .contentType = type};
    return {.status = 404, .body = "404 page not found"};
}

// As 1.20 answers: one request a group-version.
HttpResponse oldServer(const HttpRequest &request)
{
    const QString path = request.url.path();
    if (path == QLatin1StringView("/version"))
        return {.body = R"({"gitVersion":"v1.20.2","platform":"linux/amd64"})"};
    if (path == QLatin1StringView("/api"))
        return {.body = R"({"kind":"APIVersions","versions":["v1"]})"};
    if (path == QLatin1StringView("/apis"))
        return {.body = R"({"kind":"APIGroupList","groups":[
            {"name":"batch","versions":[{"version":"v1"},{"version":"v1beta1"}],"preferredVersion":{"version":"v1"}},
            {"name":"metrics.k8s.io","versions":[{"version":"v1beta1"}],"preferredVersion":{"version":"v1beta1"}}]})"};
    if (path == QLatin1StringView("/api/v1"))
        return {.body = R"({"kind":"APIResourceList","resources":[{"name":"pods","kind":"Pod","namespaced":true},
            {"name":"pods/log","kind":"Pod","namespaced":true},{"name":"nodes","kind":"Node","namespaced":false}]})"};
    if (path == QLatin1StringView("/apis/batch/v1"))
        return {.body = R"({"kind":"APIResourceList","resources":[{"name":"jobs","kind":"Job","namespaced":true}]})"};
    if (path == QLatin1StringView("/apis/batch/v1beta1"))
        return {
            .body =
                R"({"kind":"APIResourceList","resources":[{"name":"cronjobs","kind":"CronJob","namespaced":true}]})"};
    return {.status = 503, .body = "service unavailable"};
}

} // namespace

class TestDiscovery : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aggregated()
    {
        TestHttpServer server(newServer);
        QVERIFY(server.listen());
        ApiClient client({.cluster = {.server = server.url()}});
        KDRA_AWAIT(api, discover(client));
        QVERIFY2(api, qPrintable(api ? QString() : api.error().text()));
        QCOMPARE(server.requests().size(), 3);
        QCOMPARE(api->gitVersion, QStringLiteral("v1.30.2"));
        QCOMPARE(api->platform, QStringLiteral("linux/arm64"));
        QCOMPARE(api->partial.size(), 1); // the stale metrics API
        QVERIFY(api->partial.constFirst().what.contains(QStringLiteral("metrics.k8s.io")));
        const auto pod = api->find({}, QStringLiteral("Pod"), {QStringLiteral("v1")});
        QVERIFY(pod);
        QCOMPARE(pod->path(), QStringLiteral("/api/v1/pods"));
        QVERIFY(!api->find({}, QStringLiteral("Node"))->namespaced);
        const QString batch = QStringLiteral("batch"), cron = QStringLiteral("CronJob");
        QCOMPARE(
            api->find(batch, cron, {QStringLiteral("v1"), QStringLiteral("v1beta1")})->version, QStringLiteral("v1"));
        QCOMPARE(api->find(batch, cron, {QStringLiteral("v1beta1")})->version, QStringLiteral("v1beta1"));
        QCOMPARE(api->find(QStringLiteral("example.com"), QStringLiteral("Thing"), {QStringLiteral("v1")})->version,
            QStringLiteral("v9"));
        QCOMPARE(api->find(batch, QStringLiteral("Nothing")).error().kind, Error::Kind::NotFound);
    }

    void oldServersAndBrokenGroups()
    {
        TestHttpServer server(oldServer);
        QVERIFY(server.listen());
        ApiClient client({.cluster = {.server = server.url()}});
        KDRA_AWAIT(api, discover(client));
        QVERIFY2(api, qPrintable(api ? QString() : api.error().text()));
        QCOMPARE(api->gitVersion, QStringLiteral("v1.20.2"));
        QCOMPARE(api->find(QStringLiteral("batch"), QStringLiteral("CronJob"),
                        {QStringLiteral("v1"), QStringLiteral("v1beta1")})
                     ->version,
            QStringLiteral("v1beta1"));
        QVERIFY(api->find({}, QStringLiteral("Pod"))->namespaced);
        QCOMPARE(std::ranges::count(api->resources, QStringLiteral("Pod"), &Resource::kind), 1); // no subresources
        QCOMPARE(api->partial.size(), 1);
        QVERIFY(api->partial.constFirst().where.contains(QStringLiteral("metrics.k8s.io")));
    }

    void notAnApiServer_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<Error::Kind>("kind");
        QTest::newRow("401") << 401 << QByteArray("Unauthorized") << Error::Kind::Authentication;
        QTest::newRow("404") << 404 << QByteArray("not here") << Error::Kind::NotFound;
        QTest::newRow("other JSON") << 200 << QByteArray("{\"hello\":1}") << Error::Kind::Protocol;
        QTest::newRow("half JSON") << 200 << QByteArray("{\"kind\":\"APIGro") << Error::Kind::Protocol;
        QTest::newRow("list of odd things")
            << 200
            << QByteArray(R"({"kind":"APIGroupDiscoveryList","items":[1,{"versions":[{"resources":[null,{}]}]}]})")
            << Error::Kind::Protocol;
    }
    void notAnApiServer()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        QFETCH(Error::Kind, kind);
        TestHttpServer server([&](const HttpRequest &) { return HttpResponse{.status = status, .body = body}; });
        QVERIFY(server.listen());
        ApiClient client({.cluster = {.server = server.url()}});
        KDRA_AWAIT(api, discover(client));
        QVERIFY(!api);
        QCOMPARE(api.error().kind, kind);
    }

    void clientGoesAway()
    {
        TestHttpServer server([&](const HttpRequest &) { return HttpResponse{.then = HttpResponse::Then::Hang}; });
        QVERIFY(server.listen());
        auto client = std::make_unique<ApiClient>(ClientConfig{.cluster = {.server = server.url()}});
        const auto future = discover(*client);
        QTRY_COMPARE_WITH_TIMEOUT(server.openRequests(), 3, 30000);
        client.reset();
        KDRA_AWAIT(api, future);
        QCOMPARE(api.error().kind, Error::Kind::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestDiscovery)
#include "tst_discovery.moc"
