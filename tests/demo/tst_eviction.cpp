// SPDX-License-Identifier: GPL-3.0-or-later
#include "client.h"

#include <QTest>

using namespace kdra;
using namespace kdra::demo;

class TestEviction : public QObject {
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
        m_client->send("PATCH", budgets + QStringLiteral("/b/status"),
            R"({"status":{"observedGeneration":1,"disruptionsAllowed":1}})", "application/merge-patch+json");
        QCOMPARE(m_client->post(base + QStringLiteral("/p/eviction"), eviction).code, 201);
        QCOMPARE(m_client->get(base + QStringLiteral("/p")).code, 404);
    }
};

QTEST_GUILESS_MAIN(TestEviction)
#include "tst_eviction.moc"
