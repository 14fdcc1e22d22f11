// SPDX-License-Identifier: GPL-3.0-or-later
#include "client.h"

#include <QTest>

using namespace kdra;
using namespace kdra::demo;

namespace {
constexpr QLatin1StringView ConfigMaps("/api/v1/namespaces/default/configmaps");
constexpr QLatin1StringView Deployments("/apis/apps/v1/namespaces/default/deployments");
}

class TestRest : public QObject {
    Q_OBJECT
    std::unique_ptr<DemoCluster> m_cluster;
    std::unique_ptr<Client> m_client;

private Q_SLOTS:
    void init()
    {
        m_cluster = std::make_unique<DemoCluster>(bare());
        QVERIFY(m_cluster->start());
        m_client = std::make_unique<Client>(*m_cluster);
    }

    void versionAndDiscovery()
    {
        QVERIFY(at(m_client->get(QStringLiteral("/version")).json(), QStringLiteral("gitVersion"))
                .toString()
                .startsWith(QLatin1StringView("v1.36")));
        const Answer aggregated = m_client->get(QStringLiteral("/apis"),
            "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json");
        QVERIFY(aggregated.contentType.contains("as=APIGroupDiscoveryList"));
        QVERIFY(aggregated.body.contains("\"deployments\""));
        QVERIFY(m_client->get(QStringLiteral("/api/v1")).body.contains("\"pods/log\""));
        QCOMPARE(m_client->get(QStringLiteral("/apis/nowhere.example.com/v1")).code, 404);
    }
    void revisionsThatCannotBeServed()
    {
        QCOMPARE(m_client->get(ConfigMaps + QStringLiteral("?resourceVersionMatch=Exact")).code, 422);
        QCOMPARE(m_client->get(ConfigMaps + QStringLiteral("?resourceVersion=99999999")).code, 504);
    }

    void scaleAndStatusAreApart()
    {
        m_client->post(Deployments, deployment(QStringLiteral("web")));
        const QString web = Deployments + QStringLiteral("/web");
        QJsonObject scale = m_client->get(web + QStringLiteral("/scale")).json();
        QCOMPARE(at(scale, QStringLiteral("status.selector")).toString(), QStringLiteral("app=web"));
        scale.insert(QStringLiteral("spec"), QJsonObject{{QStringLiteral("replicas"), 7}});
        QCOMPARE(m_client->send("PUT", web + QStringLiteral("/scale"), QJsonDocument(scale).toJson()).code, 200);
        m_client->send("PATCH", web + QStringLiteral("/status"), R"({"spec":{"replicas":1},"status":{"replicas":3}})",
            "application/merge-patch+json");
        m_client->send("PATCH", web, R"({"status":{"replicas":99}})", "application/merge-patch+json");
        const QJsonObject now = m_client->get(web).json();
        QCOMPARE(at(now, QStringLiteral("spec.replicas")).toInt(), 7);
        QCOMPARE(at(now, QStringLiteral("status.replicas")).toInt(), 3);
    }

    void tokens()
    {
        DemoOptions options = bare();
        options.requireToken = true;
        DemoCluster guarded(options);
        QVERIFY(guarded.start());
        QCOMPARE(Client(guarded).get(QStringLiteral("/api/v1/pods")).code, 403);
        QCOMPARE(Client(guarded, "wrong").get(QStringLiteral("/api/v1/pods")).code, 401);
        QCOMPARE(Client(guarded, "viewer").get(QStringLiteral("/api/v1/pods")).code, 200);
        const Answer secrets = Client(guarded, "viewer").get(QStringLiteral("/api/v1/secrets"));
        QCOMPARE(secrets.code, 403);
        QCOMPARE(secrets.message(),
            QStringLiteral("secrets is forbidden: User \"viewer\" cannot list resource \"secrets\" in API group \"\" "
                           "at the cluster scope"));
        QCOMPARE(Client(guarded, "nobody").get(ConfigMaps).message(),
            QStringLiteral("configmaps is forbidden: User \"nobody\" cannot list resource \"configmaps\" in API group "
                           "\"\" in the namespace \"default\""));
        QCOMPARE(Client(guarded, "team").get(QStringLiteral("/api/v1/namespaces/team-anna/pods")).code, 200);
        QCOMPARE(Client(guarded, "team").get(QStringLiteral("/api/v1/pods")).code, 403);
        const QByteArray review =
            R"({"kind":"SelfSubjectAccessReview","apiVersion":"authorization.k8s.io/v1","spec":{"resourceAttributes":{"verb":"delete","resource":"pods","namespace":"default"}}})";
        const QString reviews = QStringLiteral("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews");
        QCOMPARE(at(Client(guarded, "viewer").post(reviews, review).json(), QStringLiteral("status.allowed")).toBool(),
            false);
        QCOMPARE(
            at(Client(guarded, "admin").post(reviews, review).json(), QStringLiteral("status.allowed")).toBool(), true);
    }

    void quota()
    {
        m_client->post(QStringLiteral("/api/v1/namespaces"), R"({"metadata":{"name":"tight"}})");
        const QString base = QStringLiteral("/api/v1/namespaces/tight");
        QCOMPARE(m_client
                     ->post(base + QStringLiteral("/resourcequotas"),
                         R"({"metadata":{"name":"q"},"spec":{"hard":{"configmaps":"1"}}})")
                     .code,
            201);
        QCOMPARE(m_client->post(base + QStringLiteral("/configmaps"), configMap(QStringLiteral("a"))).code, 201);
        const Answer refused = m_client->post(base + QStringLiteral("/configmaps"), configMap(QStringLiteral("b")));
        QCOMPARE(refused.code, 403);
        QCOMPARE(refused.message(),
            QStringLiteral("configmaps \"b\" is forbidden: exceeded quota: q, requested: configmaps=1, used: "
                           "configmaps=1, limited: configmaps=1"));
        QTRY_COMPARE_WITH_TIMEOUT(at(m_client->get(base + QStringLiteral("/resourcequotas/q")).json(),
                                      QStringLiteral("status.used.configmaps"))
                                      .toString(),
            QStringLiteral("1"), 30000);
    }
};

QTEST_GUILESS_MAIN(TestRest)
#include "tst_rest.moc"
