// SPDX-License-Identifier: GPL-3.0-or-later
#include "client.h"

using namespace kdra;
using namespace kdra::demo;

namespace {

const QString Deployments = QStringLiteral("/apis/apps/v1/namespaces/default/deployments");

QString as(const char *manager, bool force = false)
{
    return Deployments + QStringLiteral("/web?fieldManager=") + QString::fromLatin1(manager)
        + (force ? QStringLiteral("&force=true") : QString());
}

// Server-side apply takes YAML.
QByteArray web(const char *spec)
{
    return QByteArray("apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  selector: {matchLabels: "
                      "{app: web}}\n  template:\n"
                      "    metadata: {labels: {app: web}}\n    spec:\n      containers:\n      - name: main\n        "
                      "image: \"nginx:1\"\n")
        + spec;
}

QJsonObject entryOf(const QJsonObject &object, const QString &manager)
{
    for (const QJsonValue &entry : at(object, QStringLiteral("metadata.managedFields")).toArray()) {
        if (entry.toObject().value(QLatin1StringView("manager")).toString() == manager)
            return entry.toObject();
    }
    return {};
}

} // namespace

class TestApply : public QObject {
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

    void createsAndRecordsOwnership()
    {
        const Answer answer = m_client->apply(as("one"), web("  replicas: 2\n"));
        QCOMPARE(answer.code, 201);
        const QJsonObject entry = entryOf(answer.json(), QStringLiteral("one"));
        QCOMPARE(entry.value(QLatin1StringView("operation")).toString(), QStringLiteral("Apply"));
        QVERIFY(at(entry, QStringLiteral("fieldsV1.f:spec")).toObject().contains(QLatin1StringView("f:replicas")));
        QVERIFY(!at(entry, QStringLiteral("fieldsV1.f:spec")).toObject().contains(QLatin1StringView("f:strategy")));
        const QString revision = at(answer.json(), QStringLiteral("metadata.resourceVersion")).toString();
        const Answer again = m_client->apply(as("one"), web("  replicas: 2\n"));
        QCOMPARE(again.code, 200);
        QCOMPARE(at(again.json(), QStringLiteral("metadata.resourceVersion")).toString(), revision);
    }

    void conflictNamesFieldAndManager()
    {
        m_client->apply(as("one"), web("  replicas: 2\n"));
        const Answer conflict = m_client->apply(as("two"), web("  replicas: 3\n"));
        QCOMPARE(conflict.code, 409);
        QCOMPARE(conflict.message(),
            QStringLiteral("Apply failed with 1 conflict: conflict with \"one\" using apps/v1: .spec.replicas"));
        QCOMPARE(at(conflict.json(), QStringLiteral("details.causes.0.reason")).toString(),
            QStringLiteral("FieldManagerConflict"));
        QCOMPARE(
            at(conflict.json(), QStringLiteral("details.causes.0.field")).toString(), QStringLiteral(".spec.replicas"));

        const Answer forced = m_client->apply(as("two", true), web("  replicas: 3\n"));
        QCOMPARE(forced.code, 200);
        QCOMPARE(at(forced.json(), QStringLiteral("spec.replicas")).toInt(), 3);
        QVERIFY(!at(entryOf(forced.json(), QStringLiteral("one")), QStringLiteral("fieldsV1.f:spec"))
                .toObject()
                .contains(QLatin1StringView("f:replicas")));
    }

    void sameValueIsSharedNotContested()
    {
        m_client->apply(as("one"), web("  replicas: 2\n"));
        QCOMPARE(m_client->apply(as("two"), web("  replicas: 2\n")).code, 200);
        // One gives it up; two still holds it.
        const Answer answer = m_client->apply(as("one"), web(""));
        QCOMPARE(at(answer.json(), QStringLiteral("spec.replicas")).toInt(), 2);
    }

    void fieldsGivenUpGo()
    {
        m_client->apply(
            as("one"), web("        env: [{name: A, value: \"1\"}, {name: B, value: \"2\"}]\n  minReadySeconds: 5\n"));
        const Answer answer = m_client->apply(as("one"), web("        env: [{name: B, value: \"2\"}]\n"));
        QCOMPARE(answer.code, 200);
        QVERIFY(!at(answer.json(), QStringLiteral("spec")).toObject().contains(QLatin1StringView("minReadySeconds")));
        const QJsonArray env = at(answer.json(), QStringLiteral("spec.template.spec.containers.0.env")).toArray();
        QCOMPARE(env.size(), 1);
        QCOMPARE(at(env, QStringLiteral("0.name")).toString(), QStringLiteral("B"));
    }

    void updatesOwnWhatTheyChange()
    {
        m_client->apply(as("one"), web("  replicas: 2\n"));
        m_client->send("PATCH", Deployments + QStringLiteral("/web?fieldManager=editor"), R"({"spec":{"replicas":9}})",
            "application/merge-patch+json");
        const Answer conflict = m_client->apply(as("one"), web("  replicas: 2\n"));
        QCOMPARE(conflict.code, 409);
        QVERIFY(conflict.message().contains(QLatin1StringView("conflict with \"editor\" using apps/v1 at ")));
    }

    void dryRunChangesNothing()
    {
        m_client->apply(as("one"), web("  replicas: 2\n"));
        const Answer dry = m_client->apply(as("one") + QStringLiteral("&dryRun=All"), web("  replicas: 5\n"));
        QCOMPARE(at(dry.json(), QStringLiteral("spec.replicas")).toInt(), 5);
        QCOMPARE(
            at(m_client->get(Deployments + QStringLiteral("/web")).json(), QStringLiteral("spec.replicas")).toInt(), 2);
    }

    void anotherContainerIsNobodyElsesBusiness()
    {
        m_client->apply(as("one"), web(""));
        const QByteArray side = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  template:\n    "
                                "spec:\n      containers:\n"
                                "      - {name: side, image: busybox}\n";
        QCOMPARE(at(m_client->apply(as("two"), side).json(), QStringLiteral("spec.template.spec.containers"))
                     .toArray()
                     .size(),
            2);
        const QByteArray nothing = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n";
        QCOMPARE(at(m_client->apply(as("two"), nothing).json(), QStringLiteral("spec.template.spec.containers"))
                     .toArray()
                     .size(),
            1);
    }

    void needsAFieldManager() { QCOMPARE(m_client->apply(Deployments + QStringLiteral("/web"), web("")).code, 400); }
};

QTEST_GUILESS_MAIN(TestApply)
#include "tst_apply.moc"
