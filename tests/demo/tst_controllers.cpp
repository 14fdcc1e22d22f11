// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/controllers/kubelet.h"
#include "demo/controllers/nodeheartbeats.h"
#include "demo/controllers/schedule.h"
#include "demo/deletion.h"
#include "demo/lifecycle.h"
#include "demo/objects/meta.h"
#include "demo/simulation.h"
#include "demo/world.h"

#include <QSignalSpy>
#include <QTest>

using namespace kdra::demo;
using namespace Qt::StringLiterals;

namespace {

// A small cluster with its controllers; the story is told by the tests.
struct Cluster {
    explicit Cluster(DemoOptions options = {.story = false})
    {
        populate(store, options);
        lifecycle = std::make_unique<Lifecycle>(store, nullptr);
        simulation = std::make_unique<Simulation>(store, options);
        simulation->start();
    }
    ObjectStore store;
    std::unique_ptr<Lifecycle> lifecycle;
    std::unique_ptr<Simulation> simulation;

    QJsonObject object(TypeId type, const QByteArray &ns, const QByteArray &name) const
    {
        const ObjectPtr stored = store.get(type, ns, name);
        return stored ? stored->object() : QJsonObject();
    }
    QList<ObjectPtr> pods(const QByteArray &app, const QByteArray &ns = "default") const
    {
        QList<ObjectPtr> out;
        for (const ObjectPtr &pod : store.list(kind::Pod, ns)) {
            if (pod->label("app") == app)
                out.append(pod);
        }
        return out;
    }
    qsizetype readyPods(const QByteArray &app) const
    {
        const auto all = pods(app);
        return std::ranges::count_if(all, [](const ObjectPtr &pod) { return isReady(*pod) && !pod->terminating; });
    }
    QString waitingReason(const QByteArray &app) const
    {
        const auto all = pods(app);
        if (all.isEmpty())
            return {};
        const QJsonArray statuses = at(all.first()->object(), u"status.containerStatuses").toArray();
        return textAt(statuses.first().toObject(), u"state.waiting.reason");
    }
    bool hasEvent(const QByteArray &reason, const QByteArray &about) const
    {
        const auto all = store.list(kind::Event);
        return std::ranges::any_of(all, [&](const ObjectPtr &event) {
            return event->field(store.resources(), "reason") == reason
                && event->field(store.resources(), "involvedObject.name").startsWith(about);
        });
    }
};

QJsonObject deployment(const QString &name, int replicas, const QString &podSpec)
{
    return fromText(R"({"metadata":{"name":"$name","namespace":"default"},"spec":{"replicas":$n,
"selector":{"matchLabels":{"app":"$name"}},"strategy":{"type":"RollingUpdate","rollingUpdate":{"maxSurge":1,"maxUnavailable":0}},
"template":{"metadata":{"labels":{"app":"$name"}},"spec":$spec}}})",
        {{"name", name}, {"n", QString::number(replicas)}, {"spec", podSpec}});
}

QString container(const QString &image, const QString &extra = {})
{
    return u"{\"containers\":[{\"name\":\"main\",\"image\":\"%1\"%2}]}"_s.arg(image, extra);
}

} // namespace

class TestControllers : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void deploymentRunsRollsAndScales();
    void rollbackReusesTheOldRevision();
    void deletingADeploymentTakesItsPods();
    void brokenImage();
    void crashLoop();
    void wrongArchitecture();
    void unschedulable();
    void refusedByQuota();
    void claimWaitsForItsPod();
    void cordonAndTaints();
    void statefulSetInOrder();
    void daemonSetFollowsNodes();
    void jobCompletesAndFails();
    void cronSchedules();
    void endpointsFollowReadiness();
    void silentNode();
    void namespaceGetsAccountAndGoes();
    void quietWhenNothingHappens();
    void churn();
};

void TestControllers::deploymentRunsRollsAndScales()
{
    Cluster cluster;
    QVERIFY(cluster.store.create(kind::Deployment, deployment(u"web"_s, 3, container(u"nginx:1.28"_s))));
    QTRY_COMPARE_WITH_TIMEOUT(cluster.readyPods("web"), 3, 15000);
    QTRY_COMPARE_WITH_TIMEOUT(
        intAt(cluster.object(kind::Deployment, "default", "web"), u"status.availableReplicas"), 3, 5000);
    const auto web = [&] { return cluster.object(kind::Deployment, "default", "web"); };
    QTRY_COMPARE_WITH_TIMEOUT(
        textAt(conditionOf(web(), u"Progressing"), u"reason"), u"NewReplicaSetAvailable"_s, 30000);
    QVERIFY(cluster.hasEvent("ScalingReplicaSet", "web"));
    QVERIFY(cluster.hasEvent("Scheduled", "web-"));
    QVERIFY(cluster.hasEvent("Started", "web-"));

    // With maxUnavailable 0 there are never fewer than three ready.
    qsizetype fewest = 3;
    connect(&cluster.store, &ObjectStore::changed, this, [&] { fewest = std::min(fewest, cluster.readyPods("web")); });
    QVERIFY(cluster.store.modify(kind::Deployment, "default", "web", [](QJsonObject &object) {
        put(object, u"spec.template",
            fromText(
                R"({"metadata":{"labels":{"app":"web"}},"spec":{"containers":[{"name":"main","image":"nginx:1.29"}]}})"));
    }));
    QTRY_VERIFY_WITH_TIMEOUT(intAt(web(), u"status.observedGeneration") == 2
            && intAt(web(), u"status.updatedReplicas") == 3 && intAt(web(), u"status.replicas") == 3
            && textAt(conditionOf(web(), u"Progressing"), u"reason") == "NewReplicaSetAvailable"_L1,
        40000);
    disconnect(&cluster.store, nullptr, this, nullptr);
    QCOMPARE(fewest, 3);
    QTRY_COMPARE_WITH_TIMEOUT(cluster.pods("web").size(), 3, 30000);
    for (const auto pods = cluster.pods("web"); const ObjectPtr &pod : pods)
        QVERIFY(pod->json.contains("nginx:1.29"));
    QCOMPARE(
        at(web(), u"metadata.annotations").toObject().value(u"deployment.kubernetes.io/revision"_s).toString(), u"2"_s);

    QVERIFY(cluster.store.modify(
        kind::Deployment, "default", "web", [](QJsonObject &object) { put(object, u"spec.replicas", 1); }));
    QTRY_COMPARE_WITH_TIMEOUT(cluster.pods("web").size(), 1, 30000);
}

void TestControllers::rollbackReusesTheOldRevision()
{
    Cluster cluster;
    const auto setImage = [&](const QString &image) {
        (void)cluster.store.modify(kind::Deployment, "default", "app", [&](QJsonObject &object) {
            put(object, u"spec.template.spec",
                fromText(R"({"containers":[{"name":"main","image":"$image"}]})", {{"image", image}}));
        });
    };
    QVERIFY(cluster.store.create(kind::Deployment, deployment(u"app"_s, 1, container(u"app:1"_s))));
    QTRY_COMPARE_WITH_TIMEOUT(cluster.readyPods("app"), 1, 15000);
    const auto sets = [&] {
        const ObjectPtr owner = cluster.store.get(kind::Deployment, "default", "app");
        return static_cast<int>(cluster.store.ownedBy(owner->uid).size());
    };
    setImage(u"app:2"_s);
    QTRY_COMPARE_WITH_TIMEOUT(sets(), 2, 30000);
    setImage(u"app:1"_s);
    const auto revision = [&] {
        return at(cluster.object(kind::Deployment, "default", "app"), u"metadata.annotations")
            .toObject()
            .value(u"deployment.kubernetes.io/revision"_s)
            .toString();
    };
    QTRY_COMPARE_WITH_TIMEOUT(revision(), u"3"_s, 30000);
    QCOMPARE(sets(), 2);
}

void TestControllers::deletingADeploymentTakesItsPods()
{
    Cluster cluster;
    QVERIFY(cluster.store.create(kind::Deployment, deployment(u"gone"_s, 2, container(u"nginx:1"_s))));
    QTRY_COMPARE_WITH_TIMEOUT(cluster.readyPods("gone"), 2, 15000);
    QVERIFY(deleteObject(cluster.store, kind::Deployment, "default", "gone"));
    QTRY_COMPARE_WITH_TIMEOUT(cluster.pods("gone").size(), 0, 30000);
}

void TestControllers::brokenImage()
{
    Cluster cluster;
    QVERIFY(cluster.store.create(
        kind::Deployment, deployment(u"bad"_s, 1, container(u"registry.example.com/bad:broken"_s))));
    QTRY_COMPARE_WITH_TIMEOUT(cluster.waitingReason("bad"), u"ImagePullBackOff"_s, 15000);
    QVERIFY(cluster.hasEvent("Failed", "bad-"));
    QCOMPARE(cluster.readyPods("bad"), 0);
}

void TestControllers::crashLoop()
{
    Cluster cluster;
    QVERIFY(cluster.store.create(kind::Deployment,
        deployment(u"crash"_s, 1, container(u"busybox:1"_s, u",\"command\":[\"sh\",\"-c\",\"exit 3\"]"_s))));
    QTRY_COMPARE_WITH_TIMEOUT(cluster.waitingReason("crash"), u"CrashLoopBackOff"_s, 20000);
    const QJsonObject pod = cluster.pods("crash").constFirst()->object();
    const QJsonObject status = at(pod, u"status.containerStatuses").toArray().first().toObject();
    QCOMPARE(intAt(status, u"lastState.terminated.exitCode"), 3);
    QVERIFY(intAt(status, u"restartCount") >= 1);
    QCOMPARE(textAt(pod, u"status.phase"), u"Running"_s);
    QVERIFY(cluster.hasEvent("BackOff", "crash-"));
}

void TestControllers::wrongArchitecture()
{
    Cluster cluster;
    QVERIFY(cluster.store.create(kind::Deployment,
        deployment(u"arch"_s, 1,
            u"{\"nodeSelector\":{\"kubernetes.io/arch\":\"arm64\"},\"containers\":[{\"name\":\"main\",\"image\":\"legacy:1-amd64\"}]}"_s)));
    QTRY_COMPARE_WITH_TIMEOUT(cluster.waitingReason("arch"), u"CrashLoopBackOff"_s, 20000);
}

void TestControllers::unschedulable()
{
    Cluster cluster;
    QVERIFY(cluster.store.create(kind::Deployment,
        deployment(u"huge"_s, 1, container(u"nginx:1"_s, u",\"resources\":{\"requests\":{\"cpu\":\"500\"}}"_s))));
    QTRY_VERIFY_WITH_TIMEOUT(cluster.hasEvent("FailedScheduling", "huge-"), 30000);
    const QJsonObject pod = cluster.pods("huge").constFirst()->object();
    const QString message = textAt(conditionOf(pod, u"PodScheduled"), u"message");
    QVERIFY2(message.startsWith("0/24 nodes are available: "_L1) && message.contains("Insufficient cpu"_L1),
        qPrintable(message));
    QCOMPARE(textAt(pod, u"status.phase"), u"Pending"_s);
}

// A quota lets one of two pods in, with what the LimitRange gives them; the second comes when there is room.
void TestControllers::refusedByQuota()
{
    Cluster cluster;
    QVERIFY(cluster.store.create(
        kind::LimitRange, fromText(R"({"metadata":{"name":"limits","namespace":"default"},"spec":{"limits":[
{"type":"Container","default":{"memory":"64Mi"},"defaultRequest":{"memory":"64Mi"}}]}})")));
    QVERIFY(cluster.store.create(kind::ResourceQuota,
        fromText(
            R"({"metadata":{"name":"quota","namespace":"default"},"spec":{"hard":{"requests.memory":"100Mi"}}})")));
    QVERIFY(cluster.store.create(kind::Deployment, deployment(u"web"_s, 2, container(u"nginx:1.29"_s))));
    QTRY_COMPARE_WITH_TIMEOUT(cluster.readyPods("web"), 1, 15000);
    QCOMPARE(cluster.pods("web").size(), 1);
    QVERIFY(cluster.pods("web").first()->json.contains(R"("memory":"64Mi")"));
    const auto failure = [&] {
        return textAt(conditionOf(cluster.object(kind::Deployment, "default", "web"), u"ReplicaFailure"), u"message");
    };
    QTRY_VERIFY_WITH_TIMEOUT(failure().contains("exceeded quota: quota"_L1), 30000);
    QVERIFY(cluster.hasEvent("FailedCreate", "web-"));
    QVERIFY(cluster.store.modify(kind::ResourceQuota, "default", "quota",
        [](QJsonObject &object) { put(object, u"spec.hard", QJsonObject{{u"requests.memory"_s, u"1Gi"_s}}); }));
    QTRY_COMPARE_WITH_TIMEOUT(cluster.readyPods("web"), 2, 20000);
    QTRY_VERIFY_WITH_TIMEOUT(failure().isEmpty(), 30000);
}

// The volume is made where the first pod is, and keeps the next one there.
void TestControllers::claimWaitsForItsPod()
{
    Cluster cluster;
    QVERIFY(cluster.store.create(kind::PersistentVolumeClaim,
        fromText(R"({"metadata":{"name":"data","namespace":"default"},"spec":{"accessModes":["ReadWriteOnce"],
"resources":{"requests":{"storage":"1Gi"}}},"status":{"phase":"Pending"}})")));
    const auto claim = [&] { return cluster.object(kind::PersistentVolumeClaim, "default", "data"); };
    QTRY_VERIFY_WITH_TIMEOUT(cluster.hasEvent("WaitForFirstConsumer", "data"), 30000);
    QCOMPARE(textAt(claim(), u"status.phase"), u"Pending"_s);
    QVERIFY(cluster.store.create(kind::Deployment,
        deployment(u"db"_s, 1,
            u"{\"containers\":[{\"name\":\"main\",\"image\":\"postgres:17\"}],"
            "\"volumes\":[{\"name\":\"d\",\"persistentVolumeClaim\":{\"claimName\":\"data\"}}]}"_s)));
    QTRY_COMPARE_WITH_TIMEOUT(cluster.readyPods("db"), 1, 15000);
    QTRY_COMPARE_WITH_TIMEOUT(textAt(claim(), u"status.phase"), u"Bound"_s, 30000);
    const QByteArray node = nodeOf(cluster.store, *cluster.pods("db").first());
    const ObjectPtr volume =
        cluster.store.get(kind::PersistentVolume, {}, textAt(claim(), u"spec.volumeName").toUtf8());
    QVERIFY(volume);
    QVERIFY(volume->json.contains("[\"" + node + "\"]"));
    // The pod's successor has to come to the same node, however full of others the cluster is.
    const QByteArray first = cluster.pods("db").first()->name;
    QVERIFY(deleteObject(cluster.store, kind::Pod, "default", first));
    QTRY_VERIFY_WITH_TIMEOUT(
        cluster.pods("db").size() == 1 && cluster.pods("db").first()->name != first && cluster.readyPods("db") == 1,
        15000);
    QCOMPARE(nodeOf(cluster.store, *cluster.pods("db").first()), node);
}

void TestControllers::cordonAndTaints()
{
    Cluster cluster;
    for (const ObjectPtr &node : cluster.store.list(kind::Node)) {
        if (node->name != "pi-005")
            QVERIFY(cluster.store.modify(
                kind::Node, {}, node->name, [](QJsonObject &object) { put(object, u"spec.unschedulable", true); }));
    }
    QVERIFY(cluster.store.create(kind::Deployment, deployment(u"only"_s, 2, container(u"nginx:1"_s))));
    QTRY_COMPARE_WITH_TIMEOUT(cluster.readyPods("only"), 2, 15000);
    for (const auto pods = cluster.pods("only"); const ObjectPtr &pod : pods)
        QCOMPARE(pod->field(cluster.store.resources(), "spec.nodeName"), QByteArray("pi-005"));
}

void TestControllers::statefulSetInOrder()
{
    Cluster cluster;
    QVERIFY(cluster.store.create(kind::StatefulSet,
        fromText(R"({"metadata":{"name":"db","namespace":"default"},"spec":{"replicas":2,"serviceName":"db",
"selector":{"matchLabels":{"app":"db"}},"template":{"metadata":{"labels":{"app":"db"}},"spec":{"containers":[{"name":"main","image":"postgres:17"}]}},
"volumeClaimTemplates":[{"metadata":{"name":"data"},"spec":{"accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"1Gi"}}}}]}})")));
    QTRY_COMPARE_WITH_TIMEOUT(cluster.readyPods("db"), 2, 20000);
    QVERIFY(cluster.store.get(kind::Pod, "default", "db-0"));
    QVERIFY(cluster.store.get(kind::Pod, "default", "db-1"));
    QTRY_COMPARE_WITH_TIMEOUT(
        textAt(cluster.object(kind::PersistentVolumeClaim, "default", "data-db-1"), u"status.phase"), u"Bound"_s, 5000);
    QTRY_COMPARE_WITH_TIMEOUT(
        intAt(cluster.object(kind::StatefulSet, "default", "db"), u"status.readyReplicas"), 2, 5000);
    const QByteArray uid = cluster.store.get(kind::Pod, "default", "db-0")->uid;
    QVERIFY(deleteObject(cluster.store, kind::Pod, "default", "db-0"));
    QTRY_VERIFY_WITH_TIMEOUT(
        cluster.store.get(kind::Pod, "default", "db-0") && cluster.store.get(kind::Pod, "default", "db-0")->uid != uid,
        10000);
}

void TestControllers::daemonSetFollowsNodes()
{
    Cluster cluster;
    QVERIFY(cluster.store.create(kind::DaemonSet,
        fromText(
            R"({"metadata":{"name":"agent","namespace":"default"},"spec":{"selector":{"matchLabels":{"app":"agent"}},
"template":{"metadata":{"labels":{"app":"agent"}},"spec":{"nodeSelector":{"node-role.kubernetes.io/edge":""},"containers":[{"name":"main","image":"agent:1"}]}}}})")));
    QTRY_COMPARE_WITH_TIMEOUT(cluster.readyPods("agent"), 16, 20000);
    QVERIFY(cluster.store.remove(kind::Node, {}, "pi-016"));
    QTRY_COMPARE_WITH_TIMEOUT(cluster.pods("agent").size(), 15, 30000);
}

void TestControllers::jobCompletesAndFails()
{
    Cluster cluster;
    const auto job = [](const QString &name, const QString &command) {
        return fromText(R"({"metadata":{"name":"$name","namespace":"default"},"spec":{"backoffLimit":0,
"template":{"metadata":{"labels":{"app":"$name"}},"spec":{"restartPolicy":"Never","containers":[{"name":"main","image":"busybox:1","command":["sh","-c","$command"]}]}}}})",
            {{"name", name}, {"command", command}});
    };
    QVERIFY(cluster.store.create(kind::Job, job(u"good"_s, u"sleep 1"_s)));
    QVERIFY(cluster.store.create(kind::Job, job(u"poor"_s, u"exit 2"_s)));
    QTRY_COMPARE_WITH_TIMEOUT(
        textAt(conditionOf(cluster.object(kind::Job, "default", "good"), u"Complete"), u"status"), u"True"_s, 15000);
    QTRY_COMPARE_WITH_TIMEOUT(
        textAt(conditionOf(cluster.object(kind::Job, "default", "poor"), u"Failed"), u"status"), u"True"_s, 15000);
    QCOMPARE(textAt(cluster.pods("good").constFirst()->object(), u"status.phase"), u"Succeeded"_s);
}

void TestControllers::cronSchedules()
{
    const auto schedule = Schedule::parse(u"*/15 3-4 * * 1,5"_s);
    QVERIFY(schedule);
    const QDateTime monday = QDateTime::fromString(u"2026-11-23T03:30:00Z"_s, Qt::ISODate);
    QVERIFY(schedule->matches(monday));
    QVERIFY(!schedule->matches(monday.addSecs(60)));
    QVERIFY(!schedule->matches(monday.addDays(1)));
    QCOMPARE(schedule->lastDue(monday.addSecs(-3600), monday.addSecs(300)), monday);
    QVERIFY(!Schedule::parse(u"61 * * * *"_s));
    QVERIFY(!Schedule::parse(u"nonsense"_s));
    QVERIFY(Schedule::parse(u"@hourly"_s)->matches(monday.addSecs(-1800)));
}

void TestControllers::endpointsFollowReadiness()
{
    Cluster cluster;
    QVERIFY(cluster.store.create(kind::Service,
        fromText(
            R"({"metadata":{"name":"svc","namespace":"default"},"spec":{"selector":{"app":"svc"},"ports":[{"port":80,"targetPort":8080}]}})")));
    QVERIFY(cluster.store.create(kind::Deployment, deployment(u"svc"_s, 2, container(u"nginx:1"_s))));
    const auto ready = [&] {
        int count = 0;
        for (const ObjectPtr &slice : cluster.store.list(kind::EndpointSlice, "default")) {
            if (slice->label("kubernetes.io/service-name") != "svc")
                continue;
            for (const QJsonArray endpoints = slice->object().value(u"endpoints"_s).toArray();
                const QJsonValue &endpoint : endpoints)
                count += at(endpoint.toObject(), u"conditions.ready").toBool() ? 1 : 0;
        }
        return count;
    };
    QTRY_COMPARE_WITH_TIMEOUT(ready(), 2, 15000);
    QVERIFY(cluster.store.modify(
        kind::Deployment, "default", "svc", [](QJsonObject &object) { put(object, u"spec.replicas", 0); }));
    QTRY_COMPARE_WITH_TIMEOUT(ready(), 0, 30000);
}

void TestControllers::silentNode()
{
    Cluster cluster;
    const auto readiness = [&] {
        return textAt(conditionOf(cluster.object(kind::Node, {}, "pi-012"), u"Ready"), u"status");
    };
    QVERIFY(cluster.store.create(kind::Deployment,
        deployment(u"pinned"_s, 1,
            u"{\"nodeSelector\":{\"kubernetes.io/hostname\":\"pi-012\"},\"containers\":[{\"name\":\"main\",\"image\":\"nginx:1\"}]}"_s)));
    QTRY_COMPARE_WITH_TIMEOUT(cluster.readyPods("pinned"), 1, 15000);
    const QString before = textAt(cluster.object(kind::Lease, "kube-node-lease", "pi-012"), u"spec.renewTime");
    QTRY_VERIFY_WITH_TIMEOUT(
        textAt(cluster.object(kind::Lease, "kube-node-lease", "pi-012"), u"spec.renewTime") != before, 40000);
    cluster.simulation->controllers().nodeLifecycle().setGrace(12, 3);
    cluster.simulation->controllers().kubelet().setSilent("pi-012", true);
    QTRY_COMPARE_WITH_TIMEOUT(readiness(), u"Unknown"_s, 20000);
    QVERIFY(cluster.store.get(kind::Node, {}, "pi-012")->json.contains("node.kubernetes.io/unreachable"));
    const auto terminating = [&] {
        const auto all = cluster.store.list(kind::Pod);
        return std::ranges::count_if(
            all, [&](const ObjectPtr &pod) { return pod->terminating && nodeOf(cluster.store, *pod) == "pi-012"; });
    };
    QCOMPARE(cluster.readyPods("pinned"), 0);
    QTRY_VERIFY_WITH_TIMEOUT(terminating() > 0, 30000);
    cluster.simulation->controllers().kubelet().setSilent("pi-012", false);
    QTRY_COMPARE_WITH_TIMEOUT(readiness(), u"True"_s, 15000);
    QVERIFY(
        !cluster.store.get(kind::Node, {}, "pi-012")->json.contains("node.kubernetes.io/unreachable\",\"timeAdded"));
    QTRY_COMPARE_WITH_TIMEOUT(terminating(), 0, 30000);
}

void TestControllers::namespaceGetsAccountAndGoes()
{
    Cluster cluster;
    QVERIFY(cluster.store.create(kind::Namespace,
        fromText(R"({"metadata":{"name":"fresh"},"spec":{"finalizers":["kubernetes"]},"status":{"phase":"Active"}})")));
    QTRY_VERIFY_WITH_TIMEOUT(cluster.store.get(kind::ServiceAccount, "fresh", "default"), 30000);
    QVERIFY(deleteObject(cluster.store, kind::Namespace, {}, "fresh"));
    QTRY_VERIFY_WITH_TIMEOUT(!cluster.store.get(kind::Namespace, {}, "fresh"), 30000);
}

void TestControllers::quietWhenNothingHappens()
{
    Cluster cluster;
    // Those of the demo are due at some minute; what they have made goes with them.
    const auto crons = cluster.store.list(kind::CronJob);
    for (const ObjectPtr &cron : crons)
        QVERIFY(cluster.store.remove(kind::CronJob, cron->ns, cron->name));
    const auto isOfOne = [&](const ObjectPtr &object) {
        return std::ranges::any_of(crons,
            [&](const ObjectPtr &cron) { return object->ns == cron->ns && object->name.startsWith(cron->name + '-'); });
    };
    QTRY_VERIFY_WITH_TIMEOUT(std::ranges::none_of(cluster.store.list(kind::Job), isOfOne)
            && std::ranges::none_of(cluster.store.list(kind::Pod), isOfOne),
        60000);
    QStringList others;
    int leases = 0;
    connect(&cluster.store, &ObjectStore::changed, this, [&](const Change &change) {
        if (change.type == kind::Lease)
            ++leases;
        else
            others.append(QString::fromUtf8(change.now->key()));
    });
    QTRY_VERIFY_WITH_TIMEOUT(leases >= 24, 60000);
    disconnect(&cluster.store, nullptr, this, nullptr);
    QVERIFY2(others.isEmpty(), qPrintable(others.join(u' ')));
}

void TestControllers::churn()
{
    DemoOptions options;
    options.story = false;
    options.controllers = false;
    options.eventsPerSecond = 200;
    Cluster cluster(options);
    int changes = 0;
    QSet<QByteArray> pods;
    QElapsedTimer timer;
    timer.start();
    connect(&cluster.store, &ObjectStore::changed, this, [&](const Change &change) {
        ++changes;
        pods.insert(change.now->name);
        QVERIFY(!change.now->object().isEmpty());
        QCOMPARE(change.now->revision, textAt(change.now->object(), u"metadata.resourceVersion").toULongLong());
    });
    QTRY_VERIFY_WITH_TIMEOUT(changes >= 300, 30000);
    disconnect(&cluster.store, nullptr, this, nullptr);
    QVERIFY(timer.elapsed() > 1000); // not faster than asked
    QVERIFY(pods.size() > 50);
}

QTEST_GUILESS_MAIN(TestControllers)
#include "tst_controllers.moc"
