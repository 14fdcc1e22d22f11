// SPDX-License-Identifier: GPL-3.0-or-later
#include "informerfixture.h"

#include <QTest>

using namespace kdra;
using namespace kdra::store;
using kdra::test::InformerFixture;
using kdra::test::uid;

class TestDecoder : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void podStatusIsWhatKubectlShows_data();
    void podStatusIsWhatKubectlShows();
    void podFields();
    void nodeFields();
    void nodeSeverity_data();
    void nodeSeverity();
    void workloadSeverity_data();
    void workloadSeverity();
    void cronJobOfBothVersions();
    void eventOfBothApis();
    void ingressOfBothVersions();
    void podClaimsAndLastTermination();
    void nodeProblems();
    void revisionOfReplicaSet();
    void autoscaler_data();
    void autoscaler();
    void unexpectedTypesAreSkipped();
    void brokenTextIsAnError_data();
    void brokenTextIsAnError();
    void objectWithoutUidIsCounted();
    void hugeObject();
    void leaseKeepsWhenItWasSeen();
    void firstSightOfLeasesToleratesAClockThatIsOff();
    void errorEventCarriesItsStatus();
};

static QByteArray pod(const QByteArray &spec, const QByteArray &status, const QByteArray &metadata = {})
{
    return R"({"kind":"Pod","apiVersion":"v1","metadata":{"name":"web-1","namespace":"shop","uid":")" + uid(1)
        + R"(","resourceVersion":"42","creationTimestamp":"2026-11-22T10:00:00Z")" + metadata + R"(},"spec":{)" + spec
        + R"(},"status":{)" + status + "}}";
}

void TestDecoder::podStatusIsWhatKubectlShows_data()
{
    QTest::addColumn<QByteArray>("spec");
    QTest::addColumn<QByteArray>("status");
    QTest::addColumn<QByteArray>("metadata");
    QTest::addColumn<QString>("shown");
    QTest::addColumn<int>("severity");
    const QByteArray one = R"("containers":[{"name":"a","image":"nginx:1"}])";
    const auto row = [&](const char *name, const QByteArray &spec, const QByteArray &status, const char *shown,
                         Severity severity, const QByteArray &metadata = {}) {
        QTest::newRow(name) << spec << status << metadata << QString::fromLatin1(shown) << static_cast<int>(severity);
    };
    row("running and ready", one,
        R"("phase":"Running","conditions":[{"type":"Ready","status":"True"}],"containerStatuses":[{"ready":true,"restartCount":0,"state":{"running":{}}}])",
        "Running", Severity::Healthy);
    row("running, not ready for long", one,
        R"("phase":"Running","startTime":"2020-01-01T00:00:00Z","conditions":[{"type":"Ready","status":"False"}],"containerStatuses":[{"ready":false,"state":{"running":{}}}])",
        "Running", Severity::Warning);
    row("crash loop", one,
        R"("phase":"Running","containerStatuses":[{"ready":false,"restartCount":7,"state":{"waiting":{"reason":"CrashLoopBackOff","message":"back-off 5m0s"}},"lastState":{"terminated":{"exitCode":1,"finishedAt":"2026-11-22T11:00:00Z"}}}])",
        "CrashLoopBackOff", Severity::Failing);
    row("image that is not there", one,
        R"("phase":"Pending","containerStatuses":[{"state":{"waiting":{"reason":"ImagePullBackOff","message":"no such tag"}}}])",
        "ImagePullBackOff", Severity::Failing);
    row("creating", one,
        R"("phase":"Pending","containerStatuses":[{"state":{"waiting":{"reason":"ContainerCreating"}}}])",
        "ContainerCreating", Severity::Progressing);
    row("no node fits", one,
        R"("phase":"Pending","conditions":[{"type":"PodScheduled","status":"False","reason":"Unschedulable","message":"0/3 nodes are available"}])",
        "Pending", Severity::Warning);
    row("init containers at work", R"("initContainers":[{"name":"i"},{"name":"j"}],)" + one,
        R"("phase":"Pending","initContainerStatuses":[{"state":{"terminated":{"exitCode":0,"reason":"Completed"}}},{"state":{"running":{}}}],"containerStatuses":[{"state":{"waiting":{"reason":"PodInitializing"}}}])",
        "Init:1/2", Severity::Progressing);
    row("init container fails", R"("initContainers":[{"name":"i"}],)" + one,
        R"("phase":"Pending","initContainerStatuses":[{"state":{"waiting":{"reason":"CrashLoopBackOff"}}}],"containerStatuses":[{"state":{"waiting":{"reason":"PodInitializing"}}}])",
        "Init:CrashLoopBackOff", Severity::Failing);
    row("done", one,
        R"("phase":"Succeeded","containerStatuses":[{"state":{"terminated":{"exitCode":0,"reason":"Completed"}}}])",
        "Completed", Severity::Healthy);
    row("killed for memory", one,
        R"("phase":"Failed","containerStatuses":[{"state":{"terminated":{"exitCode":137,"reason":"OOMKilled"}}}])",
        "OOMKilled", Severity::Failing);
    row("evicted", one, R"("phase":"Failed","reason":"Evicted","message":"The node was low on resource")", "Evicted",
        Severity::Failing);
    row("terminating", one, R"("phase":"Running","conditions":[{"type":"Ready","status":"True"}])", "Terminating",
        Severity::Progressing, R"(,"deletionTimestamp":"2026-11-22T12:00:00Z")");
    row("phase of the future", one, R"("phase":"Hibernating")", "Hibernating", Severity::Unknown);
}

void TestDecoder::podStatusIsWhatKubectlShows()
{
    QFETCH(QByteArray, spec);
    QFETCH(QByteArray, status);
    QFETCH(QByteArray, metadata);
    InformerFixture<Kind::Pod> pods;
    QCOMPARE(pods.event("ADDED", pod(spec, status, metadata)).objects, 1u);
    pods.publish();
    const Ref<PodRecord> record = pods.table().at(0);
    QTEST(pods.string(record->status), "shown");
    QTEST(static_cast<int>(record->meta.severity), "severity");
}

void TestDecoder::podFields()
{
    InformerFixture<Kind::Pod> pods;
    pods.event("ADDED",
        pod(R"("nodeName":"pi-007","containers":[{"name":"a","image":"nginx:1.29","resources":{"requests":{"cpu":"250m","memory":"64Mi"}}},
            {"name":"b","image":"redis:8","resources":{"requests":{"cpu":1,"memory":"1Gi"}}}])",
            R"("phase":"Running","podIP":"10.1.2.3","startTime":"2026-11-22T10:00:05Z","conditions":[{"type":"Ready","status":"True"}],
            "containerStatuses":[{"ready":true,"restartCount":2,"state":{"running":{}},"lastState":{"terminated":{"exitCode":0,"finishedAt":"2026-11-22T10:30:00Z"}}},
            {"ready":true,"restartCount":1,"state":{"running":{}}}])",
            R"(,"labels":{"b":"2","app":"web"},"ownerReferences":[{"kind":"ReplicaSet","name":"web","uid":")" + uid(9)
                + R"(","controller":true}])"));
    pods.publish();
    const Ref<PodRecord> record = pods.table().at(0);
    QCOMPARE(toQString(record.name()), QStringLiteral("web-1"));
    QCOMPARE(pods.string(record->meta.ns), QStringLiteral("shop"));
    QCOMPARE(pods.string(record->node), QStringLiteral("pi-007"));
    QCOMPARE(pods.string(record->meta.labels), QStringLiteral("app=web\nb=2\n"));
    QCOMPARE(pods.string(record->meta.ownerKind), QStringLiteral("ReplicaSet"));
    QVERIFY(record->meta.owner == Uid::parse(uid(9).toStdString()));
    QCOMPARE(record->meta.resourceVersion, 42u);
    QCOMPARE(record->meta.created, 1795341600u);
    QCOMPARE(record->cpuMilliRequested, 1250u);
    QCOMPARE(record->memoryRequested, (64u + 1024u) * 1024 * 1024);
    QCOMPARE(record->restarts, 3u);
    QCOMPARE(int(record->containers), 2);
    QCOMPARE(int(record->readyContainers), 2);
    QCOMPARE(record->lastRestart, 1795343400u);
    QCOMPARE(pods.string(record->image), QStringLiteral("nginx:1.29"));
    QCOMPARE(toQString(record.text(record->ip)), QStringLiteral("10.1.2.3"));
}

static QByteArray node(const QByteArray &spec, const QByteArray &conditions)
{
    return R"({"metadata":{"name":"pi-007","uid":")" + uid(7)
        + R"(","labels":{"topology.kubernetes.io/zone":"site-a","kdra.dev/board":"Raspberry Pi 4 Model B","node-role.kubernetes.io/control-plane":""}},
        "spec":{)"
        + spec
        + R"(},"status":{"capacity":{"cpu":"4","memory":"8000000Ki","pods":"110"},"allocatable":{"cpu":"3800m","memory":"7Gi","pods":"110"},
        "conditions":[)"
        + conditions
        + R"(],"addresses":[{"type":"Hostname","address":"pi-007"},{"type":"InternalIP","address":"192.168.4.7"}],
        "nodeInfo":{"architecture":"arm64","kernelVersion":"6.12.25+rpt-rpi-v8","osImage":"Debian GNU/Linux 12","kubeletVersion":"v1.36.2","containerRuntimeVersion":"containerd://1.7"}}})";
}

void TestDecoder::nodeFields()
{
    InformerFixture<Kind::Node> nodes;
    nodes.event("ADDED",
        node(R"("taints":[{"key":"b","value":"c","effect":"NoExecute"},{"key":"a","effect":"NoSchedule"}])",
            R"({"type":"MemoryPressure","status":"False"},{"type":"Ready","status":"True","reason":"KubeletReady","message":"kubelet is posting ready status","lastHeartbeatTime":"2026-11-22T10:00:00Z"})"));
    nodes.publish();
    const Ref<NodeRecord> record = nodes.table().at(0);
    QCOMPARE(record->ready, NodeRecord::Ready::True);
    QCOMPARE(record->cpuMilliAllocatable, 3800u);
    QCOMPARE(record->cpuMilliCapacity, 4000u);
    QCOMPARE(record->memoryAllocatable, 7ull << 30);
    QCOMPARE(record->podsAllocatable, quint16(110));
    QCOMPARE(record->taints, quint16(2));
    QCOMPARE(toQString(record.text(record->taintList)), QStringLiteral("a:NoSchedule\nb=c:NoExecute\n"));
    QVERIFY(record->controlPlane);
    QCOMPARE(nodes.string(record->zone), QStringLiteral("site-a"));
    QCOMPARE(nodes.string(record->board), QStringLiteral("Raspberry Pi 4 Model B"));
    QCOMPARE(nodes.string(record->architecture), QStringLiteral("arm64"));
    QCOMPARE(toQString(record.text(record->address)), QStringLiteral("192.168.4.7"));
    QCOMPARE(record->heartbeat, 1795341600u);
}

void TestDecoder::nodeSeverity_data()
{
    QTest::addColumn<QByteArray>("spec");
    QTest::addColumn<QByteArray>("conditions");
    QTest::addColumn<int>("severity");
    const auto row = [](const char *name, const char *spec, const char *conditions, Severity severity) {
        QTest::newRow(name) << QByteArray(spec) << QByteArray(conditions) << static_cast<int>(severity);
    };
    row("ready", "", R"({"type":"Ready","status":"True"})", Severity::Healthy);
    row("cordoned", R"("unschedulable":true)", R"({"type":"Ready","status":"True"})", Severity::Warning);
    row("short of memory", "", R"({"type":"MemoryPressure","status":"True"},{"type":"Ready","status":"True"})",
        Severity::Warning);
    row("not ready", "", R"({"type":"Ready","status":"False"})", Severity::Failing);
    row("silent", "", R"({"type":"Ready","status":"Unknown"})", Severity::Unknown);
    row("no condition yet", "", "", Severity::Unknown);
}

void TestDecoder::nodeSeverity()
{
    QFETCH(QByteArray, spec);
    QFETCH(QByteArray, conditions);
    InformerFixture<Kind::Node> nodes;
    nodes.event("ADDED", node(spec, conditions));
    nodes.publish();
    QTEST(static_cast<int>(nodes.table().at(0)->meta.severity), "severity");
}

void TestDecoder::workloadSeverity_data()
{
    QTest::addColumn<QByteArray>("spec");
    QTest::addColumn<QByteArray>("status");
    QTest::addColumn<int>("severity");
    const auto row = [](const char *name, const char *spec, const char *status, Severity severity) {
        QTest::newRow(name) << QByteArray(spec) << QByteArray(status) << static_cast<int>(severity);
    };
    row("all ready", R"("replicas":3)", R"("observedGeneration":2,"replicas":3,"updatedReplicas":3,"readyReplicas":3)",
        Severity::Healthy);
    row("rolling out", R"("replicas":3)",
        R"("observedGeneration":2,"replicas":4,"updatedReplicas":1,"readyReplicas":3)", Severity::Progressing);
    row("not seen by the controller yet", R"("replicas":3)",
        R"("observedGeneration":1,"replicas":3,"updatedReplicas":3,"readyReplicas":3)", Severity::Progressing);
    row("one is missing", R"("replicas":3)",
        R"("observedGeneration":2,"replicas":3,"updatedReplicas":3,"readyReplicas":2)", Severity::Warning);
    row("none is ready", R"("replicas":3)", R"("observedGeneration":2,"replicas":3,"updatedReplicas":3)",
        Severity::Failing);
    row("deadline exceeded", R"("replicas":3)",
        R"("observedGeneration":2,"replicas":3,"updatedReplicas":1,"readyReplicas":2,"conditions":[{"type":"Progressing","status":"False","reason":"ProgressDeadlineExceeded"}])",
        Severity::Failing);
    row("scaled to zero", R"("replicas":0)", R"("observedGeneration":2)", Severity::Healthy);
}

void TestDecoder::workloadSeverity()
{
    QFETCH(QByteArray, spec);
    QFETCH(QByteArray, status);
    InformerFixture<Kind::Deployment> deployments;
    deployments.event("ADDED",
        R"({"metadata":{"name":"web","namespace":"shop","generation":2,"uid":")" + uid(1) + R"("},"spec":{)" + spec
            + R"(},"status":{)" + status + "}}");
    deployments.publish();
    QTEST(static_cast<int>(deployments.table().at(0)->meta.severity), "severity");
}

void TestDecoder::cronJobOfBothVersions()
{
    InformerFixture<Kind::CronJob> jobs;
    jobs.event("ADDED",
        R"({"metadata":{"name":"n","uid":")" + uid(1)
            + R"("},"spec":{"schedule":"*/5 * * * *","suspend":true,"jobTemplate":{"spec":{"template":{"spec":{"containers":[{"image":"backup:3"}]}}}}},
            "status":{"active":[{"name":"n-1"}],"lastScheduleTime":"2026-11-22T10:00:00Z"}})");
    jobs.publish();
    const Ref<WorkloadRecord> record = jobs.table().at(0);
    QCOMPARE(jobs.string(record->schedule), QStringLiteral("*/5 * * * *"));
    QCOMPARE(jobs.string(record->image), QStringLiteral("backup:3"));
    QVERIFY(record->paused);
    QCOMPARE(record->current, 1u);
    QCOMPARE(record->lastScheduled, 1795341600u);
}

void TestDecoder::eventOfBothApis()
{
    InformerFixture<Kind::Event> events;
    events.event("ADDED",
        R"({"metadata":{"name":"a","namespace":"shop","uid":")" + uid(1)
            + R"("},"involvedObject":{"kind":"Pod","name":"web-1","uid":")" + uid(5)
            + R"("},"reason":"BackOff","message":"Back-off restarting","source":{"component":"kubelet"},"firstTimestamp":"2026-11-22T10:00:00Z","lastTimestamp":"2026-11-22T10:05:00Z","count":9,"type":"Warning","eventTime":null})");
    events.event("ADDED",
        R"({"metadata":{"name":"b","namespace":"shop","uid":")" + uid(2)
            + R"("},"regarding":{"kind":"Node","name":"pi-007"},"reason":"Scheduled","note":"Assigned","reportingController":"default-scheduler","eventTime":"2026-11-22T10:00:00.123456Z","type":"Normal"})");
    events.publish();
    const Ref<EventRecord> old = events.table().at(0);
    QVERIFY(old->warning);
    QCOMPARE(old->count, 9u);
    QCOMPARE(old->last - old->first, 300u);
    QCOMPARE(events.string(old->source), QStringLiteral("kubelet"));
    QCOMPARE(toQString(old.text(old->regardingName)), QStringLiteral("web-1"));
    QVERIFY(old->regardingUid == Uid::parse(uid(5).toStdString()));
    const Ref<EventRecord> young = events.table().at(1);
    QCOMPARE(young->last, 1795341600u);
    QCOMPARE(young->count, 1u);
    QCOMPARE(toQString(young.text(young->message)), QStringLiteral("Assigned"));
    QCOMPARE(events.string(young->source), QStringLiteral("default-scheduler"));
}

void TestDecoder::ingressOfBothVersions()
{
    InformerFixture<Kind::Ingress> ingresses;
    ingresses.event("ADDED",
        R"({"metadata":{"name":"v1","uid":")" + uid(1)
            + R"("},"spec":{"ingressClassName":"nginx","rules":[{"host":"shop.local","http":{"paths":[{"path":"/","backend":{"service":{"name":"web","port":{"number":80}}}}]}}]},"status":{"loadBalancer":{"ingress":[{"ip":"10.0.0.9"}]}}})");
    ingresses.event("ADDED",
        R"({"metadata":{"name":"beta","uid":")" + uid(2)
            + R"("},"spec":{"rules":[{"host":"old.local","http":{"paths":[{"backend":{"serviceName":"legacy","servicePort":80}}]}}]}})");
    ingresses.publish();
    const Ref<IngressRecord> now = ingresses.table().at(0);
    QCOMPARE(toQString(now.text(now->hosts)), QStringLiteral("shop.local"));
    QCOMPARE(toQString(now.text(now->services)), QStringLiteral("web"));
    QCOMPARE(toQString(now.text(now->address)), QStringLiteral("10.0.0.9"));
    const Ref<IngressRecord> beta = ingresses.table().at(1);
    QCOMPARE(toQString(beta.text(beta->services)), QStringLiteral("legacy"));
}

void TestDecoder::podClaimsAndLastTermination()
{
    InformerFixture<Kind::Pod> pods;
    pods.event("ADDED",
        pod(R"("volumes":[{"name":"tmp","emptyDir":{}},{"name":"a","persistentVolumeClaim":{"claimName":"data-0"}},{"name":"b","persistentVolumeClaim":{"claimName":"logs"}}],"containers":[{"name":"app"},{"name":"side"}])",
            R"("phase":"Running","containerStatuses":[
            {"name":"side","ready":true,"restartCount":1,"state":{"running":{}},"lastState":{"terminated":{"exitCode":2,"reason":"Error","finishedAt":"2026-11-22T12:00:00Z"}}},
            {"name":"app","ready":false,"restartCount":7,"state":{"waiting":{"reason":"CrashLoopBackOff"}},"lastState":{"terminated":{"exitCode":137,"reason":"OOMKilled","finishedAt":"2026-11-22T11:00:00Z"}}}])"));
    pods.publish();
    const auto looping = pods.table().at(0);
    QCOMPARE(looping.text(looping->claims), "data-0,logs");
    QCOMPARE(pods.string(looping->container), QStringLiteral("app"));
    QCOMPARE(pods.string(looping->lastReason), QStringLiteral("OOMKilled"));
    QCOMPARE(looping->lastExitCode, 137);
    // Nobody waits: then it is the one that ended last.
    pods.event("MODIFIED",
        pod(R"("containers":[{"name":"app"},{"name":"side"}])",
            R"("phase":"Running","containerStatuses":[
            {"name":"app","ready":true,"state":{"running":{}},"lastState":{"terminated":{"exitCode":137,"reason":"OOMKilled","finishedAt":"2026-11-22T11:00:00Z"}}},
            {"name":"side","ready":true,"state":{"running":{}},"lastState":{"terminated":{"exitCode":2,"reason":"Error","finishedAt":"2026-11-22T12:00:00Z"}}}])"));
    pods.publish();
    const auto running = pods.table().at(0);
    QCOMPARE(running.text(running->claims), "");
    QCOMPARE(pods.string(running->container), QStringLiteral("side"));
    QCOMPARE(running->lastExitCode, 2);
}

void TestDecoder::nodeProblems()
{
    InformerFixture<Kind::Node> nodes;
    const auto node = [&](const QByteArray &conditions) {
        nodes.event("MODIFIED",
            R"({"kind":"Node","metadata":{"name":"pi-003","uid":")" + uid(1)
                + R"("},"status":{"conditions":[{"type":"Ready","status":"True"},)" + conditions + "]}}");
        nodes.publish();
        return nodes.table().at(0);
    };
    const auto weak = node(R"({"type":"UnderVoltage","status":"True","message":"Supply voltage below 4.63 V"})");
    QCOMPARE(nodes.string(weak->problem), QStringLiteral("UnderVoltage"));
    QCOMPARE(weak.text(weak->problemMessage), "Supply voltage below 4.63 V");
    QCOMPARE(weak->meta.severity, Severity::Warning);
    // Good when true, and a problem that is over.
    const auto well = node(R"({"type":"EtcdIsVoter","status":"True"},{"type":"UnderVoltage","status":"False"})");
    QCOMPARE(well->problem, StringId::Empty);
    QCOMPARE(well->meta.severity, Severity::Healthy);
}

void TestDecoder::revisionOfReplicaSet()
{
    InformerFixture<Kind::ReplicaSet> sets;
    sets.event("ADDED",
        R"({"kind":"ReplicaSet","metadata":{"name":"web-1","uid":")" + uid(1)
            + R"(","annotations":{"deployment.kubernetes.io/desired-replicas":"3","deployment.kubernetes.io/revision":"12"}},"spec":{"replicas":3}})");
    sets.publish();
    QCOMPARE(sets.table().at(0)->revision, 12u);
}

void TestDecoder::autoscaler_data()
{
    QTest::addColumn<QByteArray>("conditions");
    QTest::addColumn<QString>("reason");
    QTest::addColumn<int>("severity");
    const auto row = [](const char *name, const char *conditions, const char *reason, Severity severity) {
        QTest::newRow(name) << QByteArray(conditions) << QString::fromLatin1(reason) << int(severity);
    };
    row("v1 has no conditions", "null", "", Severity::Healthy);
    row("scaling", R"([{"type":"ScalingActive","status":"True","reason":"ValidMetricFound"}])", "", Severity::Healthy);
    row("no metrics",
        R"([{"type":"AbleToScale","status":"True","reason":"SucceededGetScale"},{"type":"ScalingLimited","status":"True","reason":"TooFewReplicas"},{"type":"ScalingActive","status":"False","reason":"FailedGetResourceMetric","message":"unable to get metrics"}])",
        "FailedGetResourceMetric", Severity::Warning);
    row("no target",
        R"([{"type":"AbleToScale","status":"False","reason":"FailedGetScale","message":"deployments.apps \"web\" not found"}])",
        "FailedGetScale", Severity::Warning);
    row("scaled to zero by hand", R"([{"type":"ScalingActive","status":"False","reason":"ScalingDisabled"}])", "",
        Severity::Healthy);
    row("at its limit", R"([{"type":"ScalingLimited","status":"True","reason":"TooManyReplicas"}])", "TooManyReplicas",
        Severity::Healthy);
}

void TestDecoder::autoscaler()
{
    QFETCH(const QByteArray, conditions);
    InformerFixture<Kind::HorizontalPodAutoscaler> scalers;
    scalers.event("ADDED",
        R"({"kind":"HorizontalPodAutoscaler","metadata":{"name":"web","namespace":"shop","uid":")" + uid(1)
            + R"("},"spec":{"minReplicas":2,"maxReplicas":10,"scaleTargetRef":{"apiVersion":"apps/v1","kind":"Deployment","name":"web"},"targetCPUUtilizationPercentage":70},
            "status":{"currentReplicas":4,"desiredReplicas":4,"conditions":)"
            + conditions + "}}");
    scalers.publish();
    const auto scaler = scalers.table().at(0);
    QCOMPARE(scalers.string(scaler->targetKind), QStringLiteral("Deployment"));
    QCOMPARE(scaler.text(scaler->targetName), "web");
    QCOMPARE(scaler->minReplicas, 2u);
    QCOMPARE(scaler->maxReplicas, 10u);
    QCOMPARE(scaler->current, 4u);
    QCOMPARE(scaler->desired, 4u);
    QTEST(scalers.string(scaler->reason), "reason");
    QTEST(int(scaler->meta.severity), "severity");
}

void TestDecoder::unexpectedTypesAreSkipped()
{
    InformerFixture<Kind::Pod> pods;
    const Applied applied = pods.event("ADDED",
        R"({"metadata":{"name":"odd","uid":")" + uid(1)
            + R"(","labels":["not","a","map"],"ownerReferences":"none","creationTimestamp":12},"spec":{"containers":{"a":1},"nodeName":7},
            "status":{"phase":["Running"],"containerStatuses":[1,"x",null,{"restartCount":"many"}],"conditions":{"Ready":true}},"new":{"deep":[[[{}]]]}})");
    QCOMPARE(applied.objects, 1u);
    QVERIFY(!applied.isError);
    pods.publish();
    QCOMPARE(toQString(pods.table().at(0).name()), QStringLiteral("odd"));
}

void TestDecoder::brokenTextIsAnError_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("not JSON") << QByteArray("<html>502 Bad Gateway</html>");
    QTest::newRow("half a frame") << QByteArray(R"({"type":"ADDED","object":{"metadata":{"name":"we)");
    QTest::newRow("an array") << QByteArray("[]");
    QTest::newRow("no object") << QByteArray(R"({"type":"ADDED"})");
    QTest::newRow("no type") << QByteArray(R"({"object":{}})");
    QTest::newRow("object is a string") << QByteArray(R"({"type":"ADDED","object":"x"})");
}

void TestDecoder::brokenTextIsAnError()
{
    QFETCH(QByteArray, json);
    InformerFixture<Kind::Pod> pods;
    const Applied applied = pods.raw(json);
    QVERIFY(applied.isError);
    QCOMPARE(applied.error.kind, Error::Kind::Protocol);
    QVERIFY(!applied.error.what.isEmpty());
    QVERIFY(!applied.error.remedy.isEmpty());
    // And the next one is read as if nothing had been.
    QCOMPARE(pods.event("ADDED", pod({}, {})).objects, 1u);
}

void TestDecoder::objectWithoutUidIsCounted()
{
    InformerFixture<Kind::Pod> pods;
    QCOMPARE(pods.event("ADDED", R"({"metadata":{"name":"ghost"}})").malformed, 1u);
    QCOMPARE(pods.event("REWOUND", pod({}, {})).malformed, 1u);
    pods.publish();
    QCOMPARE(pods.table().size(), 0u);
}

void TestDecoder::hugeObject()
{
    InformerFixture<Kind::Pod> pods;
    const QByteArray large(10 * 1024 * 1024, 'x');
    QCOMPARE(pods.event("ADDED",
                     pod(R"("containers":[{"name":"a","env":[{"name":"BLOB","value":")" + large + R"("}]}])",
                         R"("phase":"Running")"))
                 .objects,
        1u);
    pods.publish();
    QCOMPARE(int(pods.table().at(0)->containers), 1);
}

static QByteArray lease(int number, qint64 renewedMs, const char *version)
{
    return R"({"metadata":{"name":"pi-)" + QByteArray::number(number) + R"(","namespace":"kube-node-lease","uid":")"
        + uid(number) + R"(","resourceVersion":")" + version + R"("},"spec":{"leaseDurationSeconds":40,"renewTime":")"
        + QDateTime::fromMSecsSinceEpoch(renewedMs, QTimeZone::UTC).toString(Qt::ISODateWithMs).toLatin1() + R"("}})";
}

void TestDecoder::leaseKeepsWhenItWasSeen()
{
    InformerFixture<Kind::Lease> leases;
    leases.event("ADDED", lease(1, 1'000'000, "1"));
    leases.publish();
    const qint64 seen = leases.table().at(0)->seenMs;
    QTest::qWait(5);
    leases.event("MODIFIED", lease(1, 1'000'000, "2")); // somebody labelled it: no heartbeat
    leases.publish();
    QCOMPARE(leases.table().at(0)->seenMs, seen);
    leases.event("MODIFIED", lease(1, 1'010'000, "3"));
    leases.publish();
    QVERIFY(leases.table().at(0)->seenMs > seen);
}

void TestDecoder::firstSightOfLeasesToleratesAClockThatIsOff()
{
    // The servers' clocks are an hour behind ours, and one node has been silent for five minutes.
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    const qint64 theirs = now - 3'600'000;
    InformerFixture<Kind::Lease> leases;
    leases.informer->beginList();
    leases.event("ADDED", lease(1, theirs, "1"));
    leases.event("ADDED", lease(2, theirs - 300'000, "2"));
    QVERIFY(leases
            .raw(
                R"({"type":"BOOKMARK","object":{"metadata":{"resourceVersion":"9","annotations":{"k8s.io/initial-events-end":"true"}}}})")
            .listComplete);
    leases.publish();
    QVERIFY(now - leases.table().at(0)->seenMs < 60'000);
    QVERIFY(now - leases.table().at(1)->seenMs >= 240'000);
}

void TestDecoder::errorEventCarriesItsStatus()
{
    InformerFixture<Kind::Pod> pods;
    const Applied applied = pods.raw(
        R"x({"type":"ERROR","object":{"kind":"Status","code":410,"reason":"Expired","message":"too old resource version: 3 (17)"}})x");
    QVERIFY(applied.isError);
    QCOMPARE(applied.error.kind, Error::Kind::Gone);
    QCOMPARE(applied.error.what, QStringLiteral("too old resource version: 3 (17)"));
}

QTEST_GUILESS_MAIN(TestDecoder)
#include "tst_decoder.moc"
