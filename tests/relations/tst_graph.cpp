// SPDX-License-Identifier: GPL-3.0-or-later
#include "objects.h"
#include "relations/graph.h"

#include <QTest>

#include <memory>

using namespace kdra;
using namespace kdra::relations;
using kdra::test::itemOf;
using kdra::test::nameOf;
using kdra::test::Objects;

class TestGraph : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void relations_data();
    void relations();
    void path_data();
    void path();
    void selectorsNeedEachOfTheirLabels();
    void manyPodsAreCutAndSaid();
    void goneObjectHasNone();
    void costAt150000Pods();

private:
    store::SnapshotPtr m_shop;
};

namespace {

// {"metadata":{...}} of an object, with the controller that owns it: "ReplicaSet web-1".
QByteArray meta(
    const QByteArray &ns, const QByteArray &name, const QByteArray &owner = {}, const QByteArray &labels = "{}")
{
    QByteArray owners;
    if (!owner.isEmpty()) {
        const QByteArray kind = owner.left(owner.indexOf(' '));
        const QByteArray ownerName = owner.mid(owner.indexOf(' ') + 1);
        owners = R"(,"ownerReferences":[{"apiVersion":"v1","kind":")" + kind + R"(","name":")" + ownerName
            + R"(","controller":true,"uid":")"
            + Objects::uidOf(QString::fromUtf8(kind), QString::fromUtf8(kind == "Node" ? QByteArray() : ns),
                QString::fromUtf8(ownerName))
                  .toUtf8()
            + R"("}])";
    }
    return R"("metadata":{"name":")" + name + (ns.isEmpty() ? QByteArray() : R"(","namespace":")" + ns)
        + R"(","labels":)" + labels + owners + "}";
}

QByteArray object(
    const QByteArray &kind, const QByteArray &metadata, const QByteArray &spec = "{}", const QByteArray &status = "{}")
{
    return R"({"kind":")" + kind + R"(",)" + metadata + R"(,"spec":)" + spec + R"(,"status":)" + status + "}";
}

QByteArray pod(const QByteArray &ns, const QByteArray &name, const QByteArray &owner, const QByteArray &labels,
    const QByteArray &node, const QByteArray &claim = {})
{
    QByteArray spec = R"({"nodeName":")" + node + R"(","volumes":[{"name":"tmp","emptyDir":{}})";
    if (!claim.isEmpty())
        spec += R"(,{"name":"data","persistentVolumeClaim":{"claimName":")" + claim + R"("}})";
    return object("Pod", meta(ns, name, owner, labels), spec + R"(],"containers":[{"name":"c"}]})");
}

constexpr char replicas[] = R"({"replicas":2})";

// In words, sorted: "Service shop/web selects Pod shop/web-1-a".
QStringList told(const store::Snapshot &snapshot, const std::vector<Link> &links, bool sorted = true)
{
    static constexpr const char *words[] = {"owns", "selects", "routes to", "mounts", "scales", "runs on"};
    QStringList lines;
    for (const Link &link : links) {
        lines += QStringLiteral("%1 %2 %3")
                     .arg(nameOf(snapshot, link.from), QLatin1StringView(words[int(link.relation)]),
                         nameOf(snapshot, link.to));
    }
    if (sorted)
        lines.sort();
    return lines;
}

} // namespace

void TestGraph::initTestCase()
{
    Objects objects;
    for (const char *node : {"rack-1", "pi-007"})
        objects.add(object("Node", meta({}, node)));
    objects.add(object("Deployment", meta("shop", "web"), replicas));
    objects.add(object("ReplicaSet", meta("shop", "web-1", "Deployment web"), R"({"replicas":0})"));
    objects.add(object("ReplicaSet", meta("shop", "web-2", "Deployment web"), replicas));
    objects.add(pod("shop", "web-2-a", "ReplicaSet web-2", R"({"app":"web","tier":"front"})", "rack-1"));
    objects.add(pod("shop", "web-2-b", "ReplicaSet web-2", R"({"app":"web","tier":"front"})", "pi-007"));
    objects.add(object("HorizontalPodAutoscaler", meta("shop", "web"),
        R"({"maxReplicas":5,"scaleTargetRef":{"kind":"Deployment","name":"web"}})"));
    objects.add(object("Service", meta("shop", "web"), R"({"selector":{"app":"web"}})"));
    objects.add(object("EndpointSlice", meta("shop", "web-x", "Service web")));
    objects.add(object("Ingress", meta("shop", "shop"),
        R"({"rules":[{"http":{"paths":[{"backend":{"service":{"name":"web"}}},{"path":"/api","backend":{"service":{"name":"web"}}},{"backend":{"service":{"name":"missing"}}}]}}]})"));
    objects.add(object("StatefulSet", meta("shop", "db"), R"({"replicas":1})"));
    objects.add(pod("shop", "db-0", "StatefulSet db", R"({"app":"db"})", "rack-1", "data-db-0"));
    objects.add(object("PersistentVolumeClaim", meta("shop", "data-db-0")));
    objects.add(object("CronJob", meta("shop", "dump")));
    objects.add(object("Job", meta("shop", "dump-1", "CronJob dump")));
    objects.add(pod("shop", "dump-1-x", "Job dump-1", R"({"job":"dump"})", "rack-1", "data-db-0"));
    // The same names elsewhere are other objects.
    objects.add(object("Service", meta("test", "web"), R"({"selector":{"app":"web"}})"));
    objects.add(object("PersistentVolumeClaim", meta("test", "data-db-0")));
    objects.add(object("HorizontalPodAutoscaler", meta("test", "web"),
        R"({"maxReplicas":5,"scaleTargetRef":{"kind":"Deployment","name":"web"}})"));
    // A static pod, and a pod of a kind that nobody watches.
    objects.add(pod("kube-system", "proxy-pi-007", "Node pi-007", R"({"app":"web"})", "pi-007"));
    objects.add(pod("test", "alone", "Rollout alone", R"({"app":"other"})", {}));
    objects.add(object("Namespace", meta({}, "shop")));
    m_shop = objects.snapshot();
}

void TestGraph::relations_data()
{
    QTest::addColumn<QString>("of");
    QTest::addColumn<QStringList>("links");
    const auto row = [](const char *of, const char *links) {
        QTest::newRow(of) << QString::fromLatin1(of) << QString::fromLatin1(links).split(u'\n', Qt::SkipEmptyParts);
    };
    const char web[] = "Deployment shop/web owns ReplicaSet shop/web-2\n"
                       "HorizontalPodAutoscaler shop/web scales Deployment shop/web\n"
                       "Ingress shop/shop routes to Service shop/web\n"
                       "Pod shop/web-2-a runs on Node rack-1\n"
                       "Pod shop/web-2-b runs on Node pi-007\n"
                       "ReplicaSet shop/web-2 owns Pod shop/web-2-a\n"
                       "ReplicaSet shop/web-2 owns Pod shop/web-2-b\n"
                       "Service shop/web selects Pod shop/web-2-a\n"
                       "Service shop/web selects Pod shop/web-2-b";
    row("Deployment shop/web", web);
    row("ReplicaSet shop/web-2", web);
    row("HorizontalPodAutoscaler shop/web", web);
    row("Ingress shop/shop", web);
    row("ReplicaSet shop/web-1",
        "Deployment shop/web owns ReplicaSet shop/web-1\n"
        "HorizontalPodAutoscaler shop/web scales Deployment shop/web");
    row("Pod shop/web-2-a",
        "Deployment shop/web owns ReplicaSet shop/web-2\n"
        "HorizontalPodAutoscaler shop/web scales Deployment shop/web\n"
        "Ingress shop/shop routes to Service shop/web\n"
        "Pod shop/web-2-a runs on Node rack-1\n"
        "ReplicaSet shop/web-2 owns Pod shop/web-2-a\n"
        "Service shop/web selects Pod shop/web-2-a");
    row("Service shop/web",
        "Deployment shop/web owns ReplicaSet shop/web-2\n"
        "HorizontalPodAutoscaler shop/web scales Deployment shop/web\n"
        "Ingress shop/shop routes to Service shop/web\n"
        "Pod shop/web-2-a runs on Node rack-1\n"
        "Pod shop/web-2-b runs on Node pi-007\n"
        "ReplicaSet shop/web-2 owns Pod shop/web-2-a\n"
        "ReplicaSet shop/web-2 owns Pod shop/web-2-b\n"
        "Service shop/web owns EndpointSlice shop/web-x\n"
        "Service shop/web selects Pod shop/web-2-a\n"
        "Service shop/web selects Pod shop/web-2-b");
    row("EndpointSlice shop/web-x",
        "Ingress shop/shop routes to Service shop/web\nService shop/web owns EndpointSlice shop/web-x");
    row("StatefulSet shop/db",
        "Pod shop/db-0 mounts PersistentVolumeClaim shop/data-db-0\nPod shop/db-0 runs on Node rack-1\n"
        "StatefulSet shop/db owns Pod shop/db-0");
    row("PersistentVolumeClaim shop/data-db-0",
        "CronJob shop/dump owns Job shop/dump-1\nJob shop/dump-1 owns Pod shop/dump-1-x\n"
        "Pod shop/db-0 mounts PersistentVolumeClaim shop/data-db-0\nPod shop/db-0 runs on Node rack-1\n"
        "Pod shop/dump-1-x mounts PersistentVolumeClaim shop/data-db-0\nPod shop/dump-1-x runs on Node rack-1\n"
        "StatefulSet shop/db owns Pod shop/db-0");
    row("CronJob shop/dump",
        "CronJob shop/dump owns Job shop/dump-1\nJob shop/dump-1 owns Pod shop/dump-1-x\n"
        "Pod shop/dump-1-x mounts PersistentVolumeClaim shop/data-db-0\nPod shop/dump-1-x runs on Node rack-1");
    row("Node pi-007", "Pod kube-system/proxy-pi-007 runs on Node pi-007\nPod shop/web-2-b runs on Node pi-007");
    row("Pod kube-system/proxy-pi-007", "Pod kube-system/proxy-pi-007 runs on Node pi-007");
    row("Pod test/alone", "");
    row("Service test/web", "");
    row("HorizontalPodAutoscaler test/web", "");
    row("Namespace shop", "");
}

void TestGraph::relations()
{
    QFETCH(const QString, of);
    QFETCH(const QStringList, links);
    const Graph graph = relationsOf(*m_shop, itemOf(*m_shop, of));
    QVERIFY(!graph.truncated);
    QCOMPARE(told(*m_shop, graph.links), links);
    QVERIFY(std::ranges::is_sorted(graph.links, {}, &Link::relation));
}

void TestGraph::path_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    QTest::addColumn<QStringList>("links");
    const auto row = [](const char *from, const char *to, const char *links) {
        QTest::addRow("%s to %s", from, to) << QString::fromLatin1(from) << QString::fromLatin1(to)
                                            << QString::fromLatin1(links).split(u'\n', Qt::SkipEmptyParts);
    };
    row("Ingress shop/shop", "Node pi-007",
        "Ingress shop/shop routes to Service shop/web\nService shop/web selects Pod shop/web-2-b\n"
        "Pod shop/web-2-b runs on Node pi-007");
    row("Node pi-007", "Ingress shop/shop",
        "Pod shop/web-2-b runs on Node pi-007\nService shop/web selects Pod shop/web-2-b\n"
        "Ingress shop/shop routes to Service shop/web");
    row("HorizontalPodAutoscaler shop/web", "Pod shop/web-2-a",
        "HorizontalPodAutoscaler shop/web scales Deployment shop/web\nDeployment shop/web owns ReplicaSet shop/web-2\n"
        "ReplicaSet shop/web-2 owns Pod shop/web-2-a");
    row("StatefulSet shop/db", "CronJob shop/dump",
        "StatefulSet shop/db owns Pod shop/db-0\nPod shop/db-0 mounts PersistentVolumeClaim shop/data-db-0\n"
        "Pod shop/dump-1-x mounts PersistentVolumeClaim shop/data-db-0\nJob shop/dump-1 owns Pod shop/dump-1-x\n"
        "CronJob shop/dump owns Job shop/dump-1");
    row("Pod shop/web-2-a", "Pod shop/web-2-b",
        "ReplicaSet shop/web-2 owns Pod shop/web-2-a\nReplicaSet shop/web-2 owns Pod shop/web-2-b");
    row("Deployment shop/web", "ReplicaSet shop/web-1", "Deployment shop/web owns ReplicaSet shop/web-1");
    row("Pod test/alone", "Node rack-1", "");
    row("Node rack-1", "Node rack-1", "");
}

void TestGraph::path()
{
    QFETCH(const QString, from);
    QFETCH(const QString, to);
    QFETCH(const QStringList, links);
    const std::vector<Link> way = relations::path(*m_shop, itemOf(*m_shop, from), itemOf(*m_shop, to));
    QCOMPARE(told(*m_shop, way, false), links);
}

void TestGraph::selectorsNeedEachOfTheirLabels()
{
    Objects objects;
    objects.add(object("Service", meta("a", "both"), R"({"selector":{"app":"web","tier":"front"}})"));
    objects.add(object("Service", meta("a", "part"), R"({"selector":{"app":"we"}})"));
    objects.add(object("Service", meta("a", "none"), "{}"));
    objects.add(pod("a", "one", {}, R"({"app":"web"})", {}));
    objects.add(pod("a", "two", {}, R"({"app":"web","tier":"front","zone":"x"})", {}));
    const auto snapshot = objects.snapshot();
    QCOMPARE(told(*snapshot, relationsOf(*snapshot, itemOf(*snapshot, QStringLiteral("Service a/both"))).links),
        QStringList{QStringLiteral("Service a/both selects Pod a/two")});
    QVERIFY(relationsOf(*snapshot, itemOf(*snapshot, QStringLiteral("Service a/part"))).links.empty());
    QVERIFY(relationsOf(*snapshot, itemOf(*snapshot, QStringLiteral("Service a/none"))).links.empty());
    QVERIFY(relationsOf(*snapshot, itemOf(*snapshot, QStringLiteral("Pod a/one"))).links.empty());
}

void TestGraph::manyPodsAreCutAndSaid()
{
    const Graph graph = relationsOf(*m_shop, itemOf(*m_shop, QStringLiteral("Deployment shop/web")), {.pods = 1});
    QVERIFY(graph.truncated);
    const QStringList links = told(*m_shop, graph.links);
    QCOMPARE(links.filter(QStringLiteral("owns Pod")).size(), 1);
    QCOMPARE(links.filter(QStringLiteral("runs on")).size(), 1);
    QVERIFY(links.contains(QStringLiteral("Ingress shop/shop routes to Service shop/web")));
}

void TestGraph::goneObjectHasNone()
{
    QVERIFY(relationsOf(*m_shop, {store::Kind::Pod, {1, 2}}).links.empty());
    QVERIFY(relationsOf(*m_shop, {}).links.empty());
    QVERIFY(
        relations::path(*m_shop, {store::Kind::Pod, {1, 2}}, itemOf(*m_shop, QStringLiteral("Node rack-1"))).empty());
}

// Not a bar on a shared machine, but a guard against a walk that reads the pods once for each pod.
void TestGraph::costAt150000Pods()
{
    Objects objects;
    for (int node = 0; node < 100; ++node)
        objects.add(object("Node", meta({}, "node-" + QByteArray::number(node))));
    for (int app = 0; app < 7500; ++app) {
        const QByteArray ns = "ns-" + QByteArray::number(app % 100);
        const QByteArray name = "app-" + QByteArray::number(app);
        const QByteArray labels = R"({"app":")" + name + R"("})";
        objects.add(object("Deployment", meta(ns, name), replicas));
        objects.add(object("ReplicaSet", meta(ns, name + "-1", "Deployment " + name), replicas));
        objects.add(object("Service", meta(ns, name), R"({"selector":)" + labels + "}"));
        for (int i = 0; i < 20; ++i)
            objects.add(pod(ns, name + "-1-" + QByteArray::number(i), "ReplicaSet " + name + "-1", labels,
                "node-" + QByteArray::number((app + i) % 100)));
    }
    const store::SnapshotPtr snapshot = objects.snapshot();
    QCOMPARE(snapshot->count(store::Kind::Pod), 150000u);
    QElapsedTimer timer;
    for (const char *name : {"Deployment ns-7/app-7", "Service ns-7/app-7", "Pod ns-7/app-7-1-3", "Node node-7"}) {
        const store::Item item = itemOf(*snapshot, QString::fromLatin1(name));
        timer.start();
        const Graph graph = relationsOf(*snapshot, item);
        const double ms = double(timer.nsecsElapsed()) / 1e6;
        qInfo("%s: %zu links in %.1f ms", name, graph.links.size(), ms);
        QVERIFY(graph.links.size() > 3);
        QVERIFY(ms < 10'000);
    }
    const store::Item a = itemOf(*snapshot, QStringLiteral("Deployment ns-7/app-7"));
    const store::Item b = itemOf(*snapshot, QStringLiteral("Deployment ns-9/app-9"));
    timer.start();
    const std::vector<Link> way = relations::path(*snapshot, a, b);
    const double ms = double(timer.nsecsElapsed()) / 1e6;
    qInfo("path of %zu links in %.1f ms", way.size(), ms);
    QCOMPARE(way.size(), 6u);
    QVERIFY(ms < 20'000);
}

QTEST_GUILESS_MAIN(TestGraph)
#include "tst_graph.moc"
