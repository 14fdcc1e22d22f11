// SPDX-License-Identifier: GPL-3.0-or-later
// Every namespace of the demo cluster as a template, made again in another namespace by server-side apply.
#include "../demo/client.h"
#include "environments/parameters.h"
#include "environments/render.h"
#include "environments/saveas.h"

#include <QTest>

using namespace kdra;
using namespace kdra::environments;

namespace {

struct Served {
    const char *prefix;
    const char *plural;
    const char *apiVersion;
    const char *kind;
};
constexpr Served Kinds[] = {
    {"/api/v1", "configmaps", "v1", "ConfigMap"},
    {"/api/v1", "secrets", "v1", "Secret"},
    {"/api/v1", "serviceaccounts", "v1", "ServiceAccount"},
    {"/api/v1", "services", "v1", "Service"},
    {"/api/v1", "persistentvolumeclaims", "v1", "PersistentVolumeClaim"},
    {"/api/v1", "pods", "v1", "Pod"},
    {"/apis/apps/v1", "deployments", "apps/v1", "Deployment"},
    {"/apis/apps/v1", "replicasets", "apps/v1", "ReplicaSet"},
    {"/apis/apps/v1", "statefulsets", "apps/v1", "StatefulSet"},
    {"/apis/apps/v1", "daemonsets", "apps/v1", "DaemonSet"},
    {"/apis/batch/v1", "jobs", "batch/v1", "Job"},
    {"/apis/batch/v1", "cronjobs", "batch/v1", "CronJob"},
    {"/apis/networking.k8s.io/v1", "ingresses", "networking.k8s.io/v1", "Ingress"},
    {"/apis/networking.k8s.io/v1", "networkpolicies", "networking.k8s.io/v1", "NetworkPolicy"},
};

QString latin1(const char *text)
{
    return QString::fromLatin1(text);
}

QString pathOf(const Served &kind, const QString &ns)
{
    return QStringLiteral("%1/namespaces/%2/%3").arg(latin1(kind.prefix), ns, latin1(kind.plural));
}

} // namespace

class TestSavedNamespaces : public QObject {
    Q_OBJECT

    // As a client sees them: lists leave apiVersion and kind of their items out.
    static QList<QJsonObject> objectsOf(demo::Client &client, const QString &ns)
    {
        QList<QJsonObject> objects;
        for (const Served &kind : Kinds) {
            for (const auto items = client.get(pathOf(kind, ns)).items(); const QJsonValue &item : items) {
                QJsonObject object = item.toObject();
                object.insert(QStringLiteral("apiVersion"), latin1(kind.apiVersion));
                object.insert(QStringLiteral("kind"), latin1(kind.kind));
                objects.append(object);
            }
        }
        return objects;
    }

private Q_SLOTS:
    void comeBackElsewhere()
    {
        demo::DemoCluster cluster({.story = false});
        QVERIFY(cluster.start());
        demo::Client client(cluster);
        int saved = 0;
        int applied = 0;
        const auto namespaces = client.get(QStringLiteral("/api/v1/namespaces")).items();
        for (const QJsonValue &item : namespaces) {
            const QString ns = test::at(item, QStringLiteral("metadata.name")).toString();
            const auto made = templateFrom(objectsOf(client, ns), {.name = templateNameFrom(ns), .title = ns});
            if (!made) // one in which the cluster makes everything
                continue;
            ++saved;
            const auto read = readTemplate(made->files, Source::Folder, ns);
            QVERIFY2(read, qPrintable(read ? QString() : read.error().text()));
            const auto values = completeValues(*read, {});
            QVERIFY2(values, qPrintable(values ? QString() : values.error().text()));
            const QString copy = ns + QStringLiteral("-copy");
            QCOMPARE(client
                         .post(QStringLiteral("/api/v1/namespaces"),
                             R"({"apiVersion":"v1","kind":"Namespace","metadata":{"name":")" + copy.toUtf8() + R"("}})")
                         .code,
                201);
            const auto manifests = render(*read, *values,
                {.name = QStringLiteral("copy"), .ns = copy, .host = QStringLiteral("copy.example.com")});
            QVERIFY2(manifests, qPrintable(manifests ? QString() : manifests.error().text()));
            for (const Manifest &one : *manifests) {
                const auto kind = std::ranges::find_if(Kinds, [&one](const Served &served) {
                    return one.object.value(QStringLiteral("kind")) == latin1(served.kind);
                });
                QVERIFY2(kind != std::end(Kinds), qPrintable(one.display()));
                const QString name = test::at(one.object, QStringLiteral("metadata.name")).toString();
                const auto answer =
                    client.apply(pathOf(*kind, copy) + QLatin1Char('/') + name + QStringLiteral("?fieldManager=kdra"),
                        QJsonDocument(one.object).toJson(QJsonDocument::Compact));
                QVERIFY2(answer.code == 200 || answer.code == 201,
                    qPrintable(ns + QLatin1Char(' ') + one.display() + QLatin1Char(' ') + answer.message()));
                ++applied;
            }
        }
        QVERIFY(saved >= 3);
        QVERIFY(applied >= 10);
        qInfo() << saved << "namespaces," << applied << "objects";
    }
};

QTEST_GUILESS_MAIN(TestSavedNamespaces)
#include "tst_savednamespaces.moc"
