// SPDX-License-Identifier: GPL-3.0-or-later
#include "client.h"
#include "support/builtintemplates.h"

#include <QTest>

using namespace kdra::demo;
using namespace kdra::environments;
using namespace kdra::test;
using namespace Qt::StringLiterals;

// The built-in templates come alive on the demo cluster: what they deploy becomes ready, their claims are bound.
class TestTemplatePods : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void comeAlive_data();
    void comeAlive();
};

void TestTemplatePods::comeAlive_data()
{
    QTest::addColumn<QString>("name");
    for (const auto names = builtInTemplates(); const QString &name : names)
        QTest::addRow("%s", qPrintable(name)) << name;
}

namespace {

QString pathOf(const QJsonObject &object)
{
    static const QMap<QString, QString> plurals{
        {u"Ingress"_s, u"ingresses"_s}, {u"NetworkPolicy"_s, u"networkpolicies"_s}};
    const QString kind = at(object, u"kind"_s).toString();
    const QString apiVersion = at(object, u"apiVersion"_s).toString();
    const QString prefix = (apiVersion.contains(u'/') ? u"/apis/"_s : u"/api/"_s) + apiVersion;
    const QString scope = kind.startsWith("ClusterRole"_L1) ? u"/"_s : u"/namespaces/team/"_s;
    return prefix + scope + plurals.value(kind, kind.toLower() + u's') + u'/'
        + at(object, u"metadata.name"_s).toString();
}

// Whether the object does what it is there for.
bool isAlive(const QJsonObject &object)
{
    const QString kind = at(object, u"kind"_s).toString();
    const auto number = [&](const QString &path) { return at(object, path).toInt(); };
    if (kind == "Deployment"_L1 || kind == "StatefulSet"_L1)
        return number(u"spec.replicas"_s) > 0 && number(u"status.readyReplicas"_s) == number(u"spec.replicas"_s);
    if (kind == "DaemonSet"_L1)
        return number(u"status.desiredNumberScheduled"_s) > 0
            && number(u"status.numberReady"_s) == number(u"status.desiredNumberScheduled"_s);
    if (kind == "Job"_L1)
        return number(u"status.succeeded"_s) == 1;
    if (kind == "PersistentVolumeClaim"_L1)
        return at(object, u"status.phase"_s).toString() == "Bound"_L1;
    return !object.isEmpty();
}

} // namespace

void TestTemplatePods::comeAlive()
{
    QFETCH(QString, name);
    DemoOptions options;
    options.story = false;
    DemoCluster cluster(options);
    QVERIFY(cluster.start());
    Client client(cluster);
    QCOMPARE(client.post(u"/api/v1/namespaces"_s, R"({"metadata":{"name":"team"}})").code, 201);
    const auto from = builtInTemplate(name);
    QVERIFY(from);
    const auto values = completeValues(*from, variantsOf(*from).constFirst().values);
    QVERIFY(values);
    const auto manifests = render(*from, *values, {.name = u"demo"_s, .ns = u"team"_s, .host = u"demo.example.com"_s});
    QVERIFY(manifests);
    for (const Manifest &manifest : *manifests) {
        const Answer answer =
            client.apply(pathOf(manifest.object) + u"?fieldManager=kdra"_s, QJsonDocument(manifest.object).toJson());
        QVERIFY2(answer.code == 201, qPrintable(manifest.display() + u": "_s + answer.message()));
    }
    for (const Manifest &manifest : *manifests) {
        QJsonObject seen;
        QTRY_VERIFY2_WITH_TIMEOUT((seen = client.get(pathOf(manifest.object)).json(), isAlive(seen)),
            QJsonDocument(seen).toJson().constData(), 30000);
    }
}

QTEST_GUILESS_MAIN(TestTemplatePods)
#include "tst_templatepods.moc"
