// SPDX-License-Identifier: GPL-3.0-or-later
#include "client.h"

using namespace kdra;
using namespace kdra::demo;

namespace {

const QString ConfigMaps = QStringLiteral("/api/v1/namespaces/default/configmaps");

QByteArray owned(const char *name, const QString &ownerUid)
{
    return QByteArray(R"({"metadata":{"name":")") + name
        + R"(","ownerReferences":[{"apiVersion":"v1","kind":"ConfigMap","name":"owner","uid":")" + ownerUid.toUtf8()
        + R"("}]}})";
}

} // namespace

class TestDelete : public QObject {
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

    void dependentsGoWithTheirOwner_data()
    {
        QTest::addColumn<QByteArray>("policy");
        QTest::addColumn<bool>("stays");
        QTest::newRow("background") << QByteArray("Background") << false;
        QTest::newRow("foreground") << QByteArray("Foreground") << false;
        QTest::newRow("orphan") << QByteArray("Orphan") << true;
    }
    void dependentsGoWithTheirOwner()
    {
        QFETCH(QByteArray, policy);
        QFETCH(bool, stays);
        const QString uid =
            at(m_client->post(ConfigMaps, configMap(QStringLiteral("owner"))).json(), QStringLiteral("metadata.uid"))
                .toString();
        QCOMPARE(m_client->post(ConfigMaps, owned("child", uid)).code, 201);
        QCOMPARE(
            m_client->remove(ConfigMaps + QStringLiteral("/owner"), "{\"propagationPolicy\":\"" + policy + "\"}").code,
            200);
        QTRY_COMPARE(m_client->get(ConfigMaps + QStringLiteral("/owner")).code, 404);
        if (stays) {
            const Answer child = m_client->get(ConfigMaps + QStringLiteral("/child"));
            QCOMPARE(child.code, 200);
            QVERIFY(!at(child.json(), QStringLiteral("metadata"))
                    .toObject()
                    .contains(QLatin1StringView("ownerReferences")));
        } else {
            QTRY_COMPARE(m_client->get(ConfigMaps + QStringLiteral("/child")).code, 404);
        }
    }

    void finalizersHoldAnObject()
    {
        m_client->post(ConfigMaps, R"({"metadata":{"name":"held","finalizers":["example.com/hold"]}})");
        const Answer deleted = m_client->remove(ConfigMaps + QStringLiteral("/held"));
        QVERIFY(
            at(deleted.json(), QStringLiteral("metadata")).toObject().contains(QLatin1StringView("deletionTimestamp")));
        QCOMPARE(m_client->get(ConfigMaps + QStringLiteral("/held")).code, 200);
        m_client->send("PATCH", ConfigMaps + QStringLiteral("/held"), R"({"metadata":{"finalizers":null}})",
            "application/merge-patch+json");
        QCOMPARE(m_client->get(ConfigMaps + QStringLiteral("/held")).code, 404);
    }

    void preconditions()
    {
        m_client->post(ConfigMaps, configMap(QStringLiteral("one")));
        QCOMPARE(
            m_client->remove(ConfigMaps + QStringLiteral("/one"), R"({"preconditions":{"uid":"another"}})").code, 409);
        QCOMPARE(m_client->remove(ConfigMaps + QStringLiteral("/one?dryRun=All")).code, 200);
        QCOMPARE(m_client->get(ConfigMaps + QStringLiteral("/one")).code, 200);
        const Answer gone = m_client->remove(ConfigMaps + QStringLiteral("/one"));
        QCOMPARE(at(gone.json(), QStringLiteral("status")).toString(), QStringLiteral("Success"));
    }

    void aNamespaceGoesWithEverythingInIt()
    {
        m_client->post(QStringLiteral("/api/v1/namespaces"), R"({"metadata":{"name":"temp"}})");
        const QString maps = QStringLiteral("/api/v1/namespaces/temp/configmaps");
        m_client->post(maps, R"({"metadata":{"name":"held","finalizers":["example.com/hold"]}})");
        m_client->post(maps, configMap(QStringLiteral("free")));
        QCOMPARE(m_client->remove(QStringLiteral("/api/v1/namespaces/temp")).code, 200);
        QTRY_COMPARE(m_client->get(maps).items().size(), 1);
        QCOMPARE(at(m_client->get(QStringLiteral("/api/v1/namespaces/temp")).json(), QStringLiteral("status.phase"))
                     .toString(),
            QStringLiteral("Terminating"));
        const Answer refused = m_client->post(maps, configMap(QStringLiteral("late")));
        QCOMPARE(refused.code, 403);
        QVERIFY(refused.message().contains(QLatin1StringView("because it is being terminated")));
        m_client->send("PATCH", maps + QStringLiteral("/held"), R"({"metadata":{"finalizers":null}})",
            "application/merge-patch+json");
        QTRY_COMPARE(m_client->get(QStringLiteral("/api/v1/namespaces/temp")).code, 404);
    }

    void collections()
    {
        m_client->post(ConfigMaps, configMap(QStringLiteral("a1"), {}, QStringLiteral("a")));
        m_client->post(ConfigMaps, configMap(QStringLiteral("b1"), {}, QStringLiteral("b")));
        QCOMPARE(m_client->remove(ConfigMaps + QStringLiteral("?labelSelector=group%3Da")).code, 200);
        QCOMPARE(m_client->get(ConfigMaps + QStringLiteral("/a1")).code, 404);
        QCOMPARE(m_client->get(ConfigMaps + QStringLiteral("/b1")).code, 200);
    }

    void budgetsStopEvictions()
    {
        const QString base = QStringLiteral("/api/v1/namespaces/default/pods");
        m_client->post(base,
            R"({"metadata":{"name":"p","labels":{"app":"web"}},"spec":{"containers":[{"name":"c","image":"i"}]}})");
        m_client->send("PATCH", base + QStringLiteral("/p/status"), R"({"status":{"phase":"Running"}})",
            "application/merge-patch+json");
        const QString budgets = QStringLiteral("/apis/policy/v1/namespaces/default/poddisruptionbudgets");
        m_client->post(
            budgets, R"({"metadata":{"name":"b"},"spec":{"minAvailable":1,"selector":{"matchLabels":{"app":"web"}}}})");
        const QByteArray eviction =
            R"({"apiVersion":"policy/v1","kind":"Eviction","metadata":{"name":"p","namespace":"default"}})";
        QCOMPARE(m_client->post(base + QStringLiteral("/p/eviction"), eviction).code, 429);
        m_client->send("PATCH", budgets + QStringLiteral("/b/status"), R"({"status":{"disruptionsAllowed":1}})",
            "application/merge-patch+json");
        QCOMPARE(m_client->post(base + QStringLiteral("/p/eviction"), eviction).code, 201);
        QCOMPARE(m_client->get(base + QStringLiteral("/p")).code, 404);
    }
};

QTEST_GUILESS_MAIN(TestDelete)
#include "tst_delete.moc"
