// SPDX-License-Identifier: GPL-3.0-or-later
#include "environments/demand.h"

#include <QJsonDocument>
#include <QTest>

using namespace kdra;
using namespace kdra::environments;
using namespace Qt::StringLiterals;

// What manifests ask of a cluster.
class TestDemand : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void podsOfEachWorkload_data();
    void podsOfEachWorkload();
    void requestsAreThoseOfTheScheduler_data();
    void requestsAreThoseOfTheScheduler();
    void limitsCountWhenEveryContainerHasOne();
    void placementOfThePods();
    void storageOfAllClaims();
    void kindsEachOnceInOrder();
    void sumsLeaveDaemonSetsOut();
    void whatCannotBeReadCountsAsNothing();
    void likelyWithoutWhatOnlyTheUserKnows();
};

static constexpr qint64 mi = 1 << 20;

static Manifest manifest(const QByteArray &json)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    if (!document.isObject())
        qFatal("%s in %s", qPrintable(error.errorString()), json.constData());
    return {.object = document.object(), .file = u"manifests/10.yaml"_s, .line = 1};
}

static Demand demand(const QList<QByteArray> &objects, Template from = {})
{
    QList<Manifest> manifests;
    for (const QByteArray &object : objects)
        manifests.append(manifest(object));
    return demandOf(from, manifests);
}

static QByteArray container(const QByteArray &requests, const QByteArray &limits = {}, const QByteArray &more = {})
{
    return R"({"name":"c","image":"i")" + more + R"(,"resources":{"requests":{)" + requests + R"(},"limits":{)" + limits
        + "}}}";
}

static QByteArray workload(const QByteArray &kind, const QByteArray &spec, const QByteArray &podSpec)
{
    return R"({"apiVersion":"apps/v1","kind":")" + kind + R"(","metadata":{"name":"web"},"spec":{)" + spec
        + R"("template":{"spec":{)" + podSpec + "}}}}";
}

void TestDemand::podsOfEachWorkload_data()
{
    QTest::addColumn<QByteArray>("object");
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("replicas");
    QTest::addColumn<bool>("everyNode");
    const QByteArray pod = R"("containers":[{"name":"c"}])";
    const auto row = [&](const char *title, const QByteArray &kind, const QByteArray &spec, int replicas,
                         bool everyNode = false) {
        QTest::newRow(title) << workload(kind, spec, pod) << QString::fromLatin1(kind + " web") << replicas
                             << everyNode;
    };
    row("deployment", "Deployment", R"("replicas":3,)", 3);
    row("one unless it is said", "Deployment", "", 1);
    row("none", "StatefulSet", R"("replicas":0,)", 0);
    row("daemon set", "DaemonSet", "", 0, true);
    row("job", "Job", "", 1);
    row("parallel job", "Job", R"("parallelism":4,"completions":9,)", 4);
    row("job that ends sooner", "Job", R"("parallelism":4,"completions":2,)", 2);
    row("job that waits", "Job", R"("suspend":true,)", 0);
    QTest::newRow("cron job") << QByteArray(
        R"({"apiVersion":"batch/v1","kind":"CronJob","metadata":{"name":"web"},"spec":{"jobTemplate":{"spec":{"parallelism":2,"template":{"spec":{)"
        + pod + "}}}}}}") << u"CronJob web"_s
                              << 2 << false;
    QTest::newRow("pod") << QByteArray(
        R"({"apiVersion":"v1","kind":"Pod","metadata":{"name":"web"},"spec":{)" + pod + "}}")
                         << u"Pod web"_s << 1 << false;
}

void TestDemand::podsOfEachWorkload()
{
    QFETCH(QByteArray, object);
    QFETCH(QString, name);
    QFETCH(int, replicas);
    QFETCH(bool, everyNode);
    const Demand asked = demand({object});
    QCOMPARE(asked.pods.size(), 1);
    QCOMPARE(asked.pods[0].workload, name);
    QCOMPARE(asked.pods[0].replicas, replicas);
    QCOMPARE(asked.pods[0].everyNode, everyNode);
    QCOMPARE(asked.pods[0].containers.size(), 1);
}

void TestDemand::requestsAreThoseOfTheScheduler_data()
{
    QTest::addColumn<QByteArray>("podSpec");
    QTest::addColumn<qint64>("cpuMilli");
    QTest::addColumn<qint64>("memory");
    const auto row = [](const char *title, const QByteArray &podSpec, qint64 cpuMilli, qint64 memory) {
        QTest::newRow(title) << podSpec << cpuMilli << memory;
    };
    const QByteArray small = container(R"("cpu":"100m","memory":"64Mi")");
    const QByteArray large = container(R"("cpu":"1","memory":"32Mi")");
    row("containers together", R"("containers":[)" + small + "," + small + "]", 200, 128 * mi);
    row("numbers", R"("containers":[)" + container(R"("cpu":2,"memory":1000000)") + "]", 2000, 1000000);
    row("fractions", R"("containers":[)" + container(R"("cpu":0.5,"memory":1e6)") + "]", 500, 1000000);
    row("limit where there is no request",
        R"("containers":[)" + container(R"("cpu":"100m")", R"("cpu":"1","memory":"64Mi")") + "]", 100, 64 * mi);
    row("the largest init container when it is more",
        R"("initContainers":[)" + large + "," + large + R"(],"containers":[)" + small + "]", 1000, 64 * mi);
    const QByteArray sidecar = container(R"("cpu":"50m","memory":"16Mi")", {}, R"(,"restartPolicy":"Always")");
    row("sidecars go on", R"("initContainers":[)" + sidecar + R"(],"containers":[)" + small + "]", 150, 80 * mi);
    row("sidecars before an init container",
        R"("initContainers":[)" + sidecar + "," + large + R"(],"containers":[)" + small + "]", 1050, 80 * mi);
    row("overhead", R"("overhead":{"cpu":"10m","memory":"1Mi"},"containers":[)" + small + "]", 110, 65 * mi);
    row("nothing", R"("containers":[{"name":"c"}])", 0, 0);
}

void TestDemand::requestsAreThoseOfTheScheduler()
{
    QFETCH(QByteArray, podSpec);
    const Demand asked = demand({workload("Deployment", "", podSpec)});
    QTEST(asked.pods[0].cpuMilli, "cpuMilli");
    QTEST(asked.pods[0].memory, "memory");
}

void TestDemand::limitsCountWhenEveryContainerHasOne()
{
    const QByteArray both = container({}, R"("cpu":"200m","memory":"64Mi")");
    const QByteArray one = container({}, R"("memory":"64Mi")");
    const PodDemand pod = demand({workload("Deployment", "", R"("containers":[)" + both + "," + one + "]")}).pods[0];
    QCOMPARE(pod.cpuMilliLimit, 0);
    QCOMPARE(pod.memoryLimit, 128 * mi);
}

void TestDemand::placementOfThePods()
{
    const PodDemand pod = demand(
        {workload("Deployment", "",
            R"("nodeSelector":{"disk":"ssd"},"tolerations":[{"key":"a","operator":"Exists"}],"affinity":{"nodeAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":{"nodeSelectorTerms":[{"matchExpressions":[]}]}}},"containers":[])")})
                              .pods[0];
    QCOMPARE(pod.nodeSelector, (QMap<QString, QString>{{u"disk"_s, u"ssd"_s}}));
    QCOMPARE(pod.tolerations.size(), 1);
    QCOMPARE(pod.nodeTerms.size(), 1);
}

void TestDemand::storageOfAllClaims()
{
    const Demand asked = demand(
        {R"({"apiVersion":"v1","kind":"PersistentVolumeClaim","metadata":{"name":"d"},"spec":{"resources":{"requests":{"storage":"1Gi"}}}})",
            workload("StatefulSet",
                R"("replicas":3,"volumeClaimTemplates":[{"spec":{"resources":{"requests":{"storage":"100Mi"}}}}],)",
                "")});
    QCOMPARE(asked.claims, 4);
    QCOMPARE(asked.storage, 1024 * mi + 300 * mi);
}

void TestDemand::kindsEachOnceInOrder()
{
    Template from;
    from.architectures = {u"arm64"_s};
    from.edge = true;
    from.clusterScoped = {u"Widget.example.com"_s};
    const Demand asked =
        demand({workload("Deployment", "", ""), R"({"apiVersion":"v1","kind":"Secret"})",
                   workload("Deployment", "", ""), R"({"apiVersion":"example.com/v1","kind":"Widget"})",
                   R"({"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRole"})"},
            from);
    QCOMPARE(asked.kinds,
        (QStringList{
            u"Deployment.apps"_s, u"Secret"_s, u"Widget.example.com"_s, u"ClusterRole.rbac.authorization.k8s.io"_s}));
    QCOMPARE(asked.clusterScoped, asked.kinds.sliced(2));
    QCOMPARE(asked.architectures, from.architectures);
    QVERIFY(asked.edge);
}

void TestDemand::sumsLeaveDaemonSetsOut()
{
    const QByteArray pod = R"("containers":[)" + container(R"("cpu":"100m","memory":"64Mi")") + "]";
    const Demand asked = demand({workload("Deployment", R"("replicas":3,)", pod), workload("StatefulSet", "", pod),
        workload("DaemonSet", "", pod)});
    QCOMPARE(asked.podCount(), 4);
    QCOMPARE(asked.cpuMilli(), 400);
    QCOMPARE(asked.memory(), 256 * mi);
}

void TestDemand::whatCannotBeReadCountsAsNothing()
{
    const Demand asked = demand({workload("Deployment", R"("replicas":-2,)",
        R"("containers":[)" + container(R"("cpu":"lots","memory":"-1")") + R"(,7],"tolerations":{})")});
    QCOMPARE(asked.pods[0].replicas, 0);
    QCOMPARE(asked.pods[0].cpuMilli, 0);
    QCOMPARE(asked.pods[0].memory, 0);
}

void TestDemand::likelyWithoutWhatOnlyTheUserKnows()
{
    // Neither value can be made up so that the template accepts it, and both name an object.
    Parameter server{.name = u"server"_s, .title = u"Server"_s, .pattern = u"https://.+"_s};
    Parameter client{.name = u"client"_s, .title = u"Client"_s, .pattern = u"[0-9]{7}"_s};
    Parameter memory{.name = u"memory"_s, .title = u"Memory"_s, .type = ParameterType::Quantity, .minimum = u"256Mi"_s};
    const QByteArray pod = "metadata: {name: \"x-${%1}\"}\nspec:\n  containers:\n    - name: c\n      resources:\n"
                           "        requests: {memory: \"${memory}\"}\n";
    QByteArray manifests;
    for (const QByteArray &name : {QByteArray("server"), QByteArray("client")})
        manifests += "apiVersion: v1\nkind: Pod\n" + QByteArray(pod).replace("%1", name) + "---\n";
    manifests.chop(4);
    const Template from{
        .name = u"x"_s, .parameters = {server, client, memory}, .files = {{u"manifests/10-pods.yaml"_s, manifests}}};
    const Result<Demand> demand = likelyDemand(from);
    QVERIFY2(demand, qPrintable(demand ? QString() : demand.error().text()));
    QCOMPARE(demand->pods.size(), 2);
    QCOMPARE(demand->memory(), 2 * 256 * mi);
}

QTEST_GUILESS_MAIN(TestDemand)
#include "tst_demand.moc"
