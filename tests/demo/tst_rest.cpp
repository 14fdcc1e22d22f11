// SPDX-License-Identifier: GPL-3.0-or-later
#include "client.h"

using namespace kdra;
using namespace kdra::demo;

namespace {
const QString ConfigMaps = QStringLiteral("/api/v1/namespaces/default/configmaps");
const QString Deployments = QStringLiteral("/apis/apps/v1/namespaces/default/deployments");
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

    void pagesAreOneSnapshot()
    {
        for (int i = 0; i < 5; ++i)
            QCOMPARE(
                m_client->post(ConfigMaps, configMap(QStringLiteral("m%1").arg(i), {}, QStringLiteral("page"))).code,
                201);
        const QString selector = QStringLiteral("?limit=2&labelSelector=group%3Dpage");
        const Answer first = m_client->get(ConfigMaps + selector);
        QCOMPARE(first.items().size(), 2);
        QVERIFY(!first.items().at(0).toObject().contains(QLatin1StringView("kind")));
        // Changes after the first page are not seen by the following ones.
        m_client->remove(ConfigMaps + QStringLiteral("/m3"));
        m_client->post(ConfigMaps, configMap(QStringLiteral("m9"), {}, QStringLiteral("page")));
        QStringList names;
        QString next = at(first.json(), QStringLiteral("metadata.continue")).toString();
        while (!next.isEmpty()) {
            const Answer page = m_client->get(ConfigMaps + selector + QStringLiteral("&continue=") + next);
            QCOMPARE(page.code, 200);
            QCOMPARE(at(page.json(), QStringLiteral("metadata.resourceVersion")),
                at(first.json(), QStringLiteral("metadata.resourceVersion")));
            for (const QJsonValue &item : page.items())
                names.append(at(item, QStringLiteral("metadata.name")).toString());
            next = at(page.json(), QStringLiteral("metadata.continue")).toString();
        }
        QCOMPARE(names, QStringList({QStringLiteral("m2"), QStringLiteral("m3"), QStringLiteral("m4")}));
        m_cluster->compact();
        m_client->post(ConfigMaps, configMap(QStringLiteral("later")));
        const Answer expired = m_client->get(ConfigMaps + selector + QStringLiteral("&continue=")
            + at(first.json(), QStringLiteral("metadata.continue")).toString());
        QCOMPARE(expired.code, 410);
        QCOMPARE(expired.reason(), QStringLiteral("Expired"));
    }

    void selectors_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<int>("count");
        QTest::newRow("equals") << QStringLiteral("labelSelector=group%3Dred") << 1;
        QTest::newRow("double equals") << QStringLiteral("labelSelector=group%3D%3Dred") << 1;
        QTest::newRow("not equals") << QStringLiteral("labelSelector=group%21%3Dred,group") << 1;
        QTest::newRow("in") << QStringLiteral("labelSelector=group+in+%28red%2Cblue%29") << 2;
        QTest::newRow("notin") << QStringLiteral("labelSelector=group+notin+%28red%29,group") << 1;
        QTest::newRow("exists") << QStringLiteral("labelSelector=group") << 2;
        QTest::newRow("not exists") << QStringLiteral("labelSelector=%21group,%21kubernetes.io/metadata.name") << 0;
        QTest::newRow("name") << QStringLiteral("fieldSelector=metadata.name%3Dtwo") << 1;
        QTest::newRow("not name") << QStringLiteral("labelSelector=group&fieldSelector=metadata.name%21%3Dtwo") << 1;
    }
    void selectors()
    {
        QFETCH(QString, query);
        QFETCH(int, count);
        m_client->post(QStringLiteral("/api/v1/namespaces"), R"({"metadata":{"name":"sel"}})");
        const QString path = QStringLiteral("/api/v1/namespaces/sel/configmaps");
        m_client->post(path, configMap(QStringLiteral("one"), {}, QStringLiteral("red")));
        m_client->post(path, configMap(QStringLiteral("two"), {}, QStringLiteral("blue")));
        QCOMPARE(m_client->get(path + QLatin1Char('?') + query).items().size(), count);
    }

    void errorsAreWordedAsTheRealOnes()
    {
        const Answer missing = m_client->get(ConfigMaps + QStringLiteral("/none"));
        QCOMPARE(missing.code, 404);
        QCOMPARE(missing.message(), QStringLiteral("configmaps \"none\" not found"));
        QCOMPARE(m_client->post(ConfigMaps, configMap(QStringLiteral("one"))).code, 201);
        const Answer twice = m_client->post(ConfigMaps, configMap(QStringLiteral("one")));
        QCOMPARE(twice.code, 409);
        QCOMPARE(twice.message(), QStringLiteral("configmaps \"one\" already exists"));
        const Answer badName = m_client->post(ConfigMaps, configMap(QStringLiteral("Not_A_Name")));
        QCOMPARE(badName.code, 422);
        QCOMPARE(badName.reason(), QStringLiteral("Invalid"));
        QCOMPARE(
            at(badName.json(), QStringLiteral("details.causes.0.field")).toString(), QStringLiteral("metadata.name"));
        QCOMPARE(m_client->get(ConfigMaps + QStringLiteral("?fieldSelector=spec.color%3Dred")).code, 400);
        QCOMPARE(m_client->get(ConfigMaps + QStringLiteral("?resourceVersionMatch=Exact")).code, 422);
        QCOMPARE(m_client->get(ConfigMaps + QStringLiteral("?resourceVersion=99999999")).code, 504);
        QCOMPARE(m_client->get(ConfigMaps, "application/xml").code, 406);
        QCOMPARE(m_client->send("PATCH", ConfigMaps + QStringLiteral("/one"), "{}", "text/plain").code, 415);
        QCOMPARE(m_client->send("PUT", ConfigMaps, "{}").code, 405);
        const Answer noImage = m_client->post(Deployments, deployment(QStringLiteral("web"), 1, QString()));
        QCOMPARE(noImage.code, 422);
        QCOMPARE(noImage.message(),
            QStringLiteral(
                "Deployment.apps \"web\" is invalid: spec.template.spec.containers[0].image: Required value"));
        QCOMPARE(m_client->post(QStringLiteral("/api/v1/namespaces/nowhere/configmaps"), configMap(QStringLiteral("x")))
                     .message(),
            QStringLiteral("namespaces \"nowhere\" not found"));
    }

    void updateConflicts()
    {
        const QJsonObject created = m_client->post(ConfigMaps, configMap(QStringLiteral("one"))).json();
        QJsonObject stale = created;
        QCOMPARE(m_client
                     ->send("PUT", ConfigMaps + QStringLiteral("/one"),
                         configMap(QStringLiteral("one"), QStringLiteral("2")))
                     .code,
            200);
        const Answer conflict =
            m_client->send("PUT", ConfigMaps + QStringLiteral("/one"), QJsonDocument(stale).toJson());
        QCOMPARE(conflict.code, 409);
        QVERIFY(conflict.message().contains(QLatin1StringView("the object has been modified")));
    }

    void dryRunStoresNothing()
    {
        const Answer dry =
            m_client->post(Deployments + QStringLiteral("?dryRun=All"), deployment(QStringLiteral("web")));
        QCOMPARE(dry.code, 201);
        QCOMPARE(at(dry.json(), QStringLiteral("spec.strategy.type")).toString(), QStringLiteral("RollingUpdate"));
        QCOMPARE(m_client->get(Deployments + QStringLiteral("/web")).code, 404);
    }

    void patches()
    {
        m_client->post(Deployments, deployment(QStringLiteral("web")));
        const QString web = Deployments + QStringLiteral("/web");
        Answer answer = m_client->send("PATCH", web, R"({"spec":{"replicas":4}})", "application/merge-patch+json");
        QCOMPARE(at(answer.json(), QStringLiteral("spec.replicas")).toInt(), 4);
        answer = m_client->send("PATCH", web,
            R"([{"op":"test","path":"/spec/replicas","value":4},{"op":"replace","path":"/spec/replicas","value":5}])",
            "application/json-patch+json");
        QCOMPARE(at(answer.json(), QStringLiteral("spec.replicas")).toInt(), 5);
        answer = m_client->send(
            "PATCH", web, R"([{"op":"test","path":"/spec/replicas","value":4}])", "application/json-patch+json");
        QCOMPARE(answer.code, 422);
        answer = m_client->send("PATCH", web,
            R"({"spec":{"template":{"spec":{"containers":[{"name":"side","image":"busybox"}]}}}})",
            "application/strategic-merge-patch+json");
        QCOMPARE(at(answer.json(), QStringLiteral("spec.template.spec.containers")).toArray().size(), 2);
        answer = m_client->send("PATCH", web,
            R"({"spec":{"template":{"spec":{"containers":[{"name":"side","$patch":"delete"}]}}}})",
            "application/strategic-merge-patch+json");
        QCOMPARE(at(answer.json(), QStringLiteral("spec.template.spec.containers")).toArray().size(), 1);
        answer = m_client->send(
            "PATCH", web, R"({"spec":{"selector":{"matchLabels":{"app":"other"}}}})", "application/merge-patch+json");
        QCOMPARE(answer.code, 422);
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

    void tablesAndPartialMetadata()
    {
        m_client->post(Deployments, deployment(QStringLiteral("web"), 3));
        const QJsonObject table =
            m_client->get(Deployments, "application/json;as=Table;v=v1;g=meta.k8s.io,application/json").json();
        QCOMPARE(table.value(QLatin1StringView("kind")).toString(), QStringLiteral("Table"));
        QCOMPARE(at(table, QStringLiteral("columnDefinitions.1.name")).toString(), QStringLiteral("Ready"));
        QCOMPARE(at(table, QStringLiteral("rows.0.cells.1")).toString(), QStringLiteral("0/3"));
        const QJsonObject partial =
            m_client->get(Deployments, "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io").json();
        QCOMPARE(partial.value(QLatin1StringView("kind")).toString(), QStringLiteral("PartialObjectMetadataList"));
        QVERIFY(
            !partial.value(QLatin1StringView("items")).toArray().at(0).toObject().contains(QLatin1StringView("spec")));
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
        QTRY_COMPARE(at(m_client->get(base + QStringLiteral("/resourcequotas/q")).json(),
                         QStringLiteral("status.used.configmaps"))
                         .toString(),
            QStringLiteral("1"));
    }

    void customResources()
    {
        const QByteArray crd =
            R"({"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"boards.kdra.dev"},
            "spec":{"group":"kdra.dev","scope":"Namespaced","names":{"plural":"boards","kind":"Board"},"versions":[{"name":"v1","served":true,"storage":true}]}})";
        QCOMPARE(
            m_client->post(QStringLiteral("/apis/apiextensions.k8s.io/v1/customresourcedefinitions"), crd).code, 201);
        const QString boards = QStringLiteral("/apis/kdra.dev/v1/namespaces/default/boards");
        QTRY_COMPARE(m_client->get(boards).code, 200);
        QCOMPARE(
            m_client
                ->post(boards,
                    R"({"apiVersion":"kdra.dev/v1","kind":"Board","metadata":{"name":"pi"},"spec":{"any":"thing"}})")
                .code,
            201);
        QCOMPARE(at(m_client->get(boards + QStringLiteral("/pi")).json(), QStringLiteral("spec.any")).toString(),
            QStringLiteral("thing"));
    }
};

QTEST_GUILESS_MAIN(TestRest)
#include "tst_rest.moc"
