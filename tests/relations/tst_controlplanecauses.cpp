// SPDX-License-Identifier: GPL-3.0-or-later
#include "objects.h"
#include "relations/causes.h"

#include <QDateTime>
#include <QFile>
#include <QLocale>
#include <QTest>

using namespace kdra;
using kdra::test::itemOf;
using kdra::test::nameOf;
using kdra::test::Objects;

// What a Kubernetes 1.20 control plane said of objects that cannot work, read by the decoder and explained.
class TestControlPlaneCauses : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom)); }
    void explains_data();
    void explains();
    void crashedPods_data();
    void crashedPods();
};

void TestControlPlaneCauses::explains_data()
{
    QTest::addColumn<QString>("about");
    QTest::addColumn<QStringList>("steps");
    const auto row = [](const char *about, const char *steps) {
        QTest::newRow(about) << QString::fromUtf8(about) << QString::fromUtf8(steps).split(u'\n', Qt::SkipEmptyParts);
    };
    const QByteArray tooBig =
        "Pod shop/toobig-55877f75cc-m6cpq: No node takes it: 0/2 nodes are available: 1 Insufficient memory, 1 node(s) "
        "had taint {kdra.dev/edge: }, that the pod didn't tolerate.\n"
        "Pod shop/toobig-55877f75cc-m6cpq: Pod toobig-55877f75cc-m6cpq waits for a node.\n";
    row("Pod shop/toobig-55877f75cc-m6cpq", tooBig.constData());
    row("Deployment shop/toobig", (tooBig + "Deployment shop/toobig: Deployment toobig: 0 of 1 ready.").constData());
    row("Deployment shop/many",
        "Event shop/many-8747ccc5d.18eaf5b60bb3375e: No more pods can be made: Error creating: pods "
        "\"many-8747ccc5d-7b68b\" is forbidden: exceeded quota: team, requested: count/pods=1, used: count/pods=5, "
        "limited: count/pods=5.\nDeployment shop/many: Deployment many: 0 of 8 ready.");
    // Not the quota that kept its first pod waiting.
    row("Job shop/migrate",
        "Pod shop/migrate-jhqwz: Container migrate ended with exit code 3; its log may say why.\n"
        "Pod shop/migrate-jhqwz: Pod migrate-jhqwz: Error.\n"
        "Job shop/migrate: Job migrate failed: Job has reached the specified backoff limit.");
    row("HorizontalPodAutoscaler shop/toobig",
        "HorizontalPodAutoscaler shop/toobig: The cluster says: …unable to fetch metrics from resource metrics API: "
        "the "
        "server could not find the requested resource (get pods.metrics.k8s.io).\n"
        "HorizontalPodAutoscaler shop/toobig: HorizontalPodAutoscaler toobig cannot read its metrics, so Deployment "
        "toobig stays at 1.");
    row("HorizontalPodAutoscaler shop/gone",
        "HorizontalPodAutoscaler shop/gone: The cluster says: the HPA controller was unable to get the target's "
        "current "
        "scale: deployments/scale.apps \"gone\" not found.\n"
        "HorizontalPodAutoscaler shop/gone: HorizontalPodAutoscaler gone cannot scale Deployment gone.");
    row("PersistentVolumeClaim shop/data",
        "Event shop/data.18eaf5b6062b79ec: The cluster says: no persistent volumes available for this claim and no "
        "storage class is set.\nPersistentVolumeClaim shop/data: Claim data waits for a volume.");
    row("PersistentVolumeClaim shop/fast",
        "Event shop/fast.18eaf5b608a6398e: The cluster says: storageclass.storage.k8s.io \"fast-ssd\" not found.\n"
        "PersistentVolumeClaim shop/fast: Claim fast waits for a volume.");
    row("Service shop/typo",
        "Service shop/typo: No pod has the labels app=wbe.\n"
        "Service shop/typo: Service typo has no ready pod to send requests to.");
    row("Ingress shop/shop", "Ingress shop/shop: Ingress shop routes to service web, which does not exist.");
    row("Node rack-1", "");
}

void TestControlPlaneCauses::explains()
{
    QFETCH(const QString, about);
    QFETCH(const QStringList, steps);
    QFile file(QFINDTESTDATA("objects/control-plane-1.20.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    Objects objects;
    objects.add(file.readAll());
    const store::SnapshotPtr snapshot = objects.snapshot();
    const store::Item item = itemOf(*snapshot, about);
    QVERIFY(!item.isNull());
    QStringList told;
    const qint64 now = QDateTime::fromString(QStringLiteral("2026-11-24T10:54:30Z"), Qt::ISODate).toSecsSinceEpoch();
    for (const relations::Cause &cause : relations::diagnose(*snapshot, item, now))
        told += nameOf(*snapshot, cause.item) + QStringLiteral(": ") + cause.text;
    QCOMPARE(told, steps);
}

void TestControlPlaneCauses::crashedPods_data()
{
    QTest::addColumn<QByteArray>("terminated");
    QTest::addColumn<QByteArray>("condition");
    QTest::addColumn<QStringList>("steps");
    const QByteArray well = R"({"type":"UnderVoltage","status":"False"})";
    QTest::newRow("out of memory")
        << QByteArray(R"({"exitCode":137,"reason":"OOMKilled"})") << well
        << QStringList{QStringLiteral("Container c needed more memory than its limit, and was stopped (OOMKilled).")};
    QTest::newRow("command not found") << QByteArray(R"({"exitCode":127,"reason":"Error"})") << well
                                       << QStringList{QStringLiteral(
                                              "Container c ended with exit code 127: its command cannot be run.")};
    QTest::newRow("too little voltage")
        << QByteArray(R"({"exitCode":139,"reason":"Error"})")
        << QByteArray(R"({"type":"UnderVoltage","status":"True","message":"Supply voltage below 4.63 V"})")
        << QStringList{QStringLiteral("Node pi-003 reports UnderVoltage: Supply voltage below 4.63 V."),
               QStringLiteral("Container c crashed (exit code 139, SIGSEGV).")};
}

// What a kubelet says of a container that ends again and again.
void TestControlPlaneCauses::crashedPods()
{
    QFETCH(const QByteArray, terminated);
    QFETCH(const QByteArray, condition);
    QFETCH(QStringList, steps);
    Objects objects;
    objects.add(
        R"({"kind":"Node","metadata":{"name":"pi-003"},"status":{"conditions":[{"type":"Ready","status":"True"},)"
        + condition + "]}}");
    objects.add(
        R"({"kind":"Pod","metadata":{"namespace":"a","name":"web"},"spec":{"nodeName":"pi-003","containers":[{"name":"c"}]},"status":{"phase":"Running","containerStatuses":[{"name":"c","restartCount":4,"state":{"waiting":{"reason":"CrashLoopBackOff","message":"back-off 40s restarting failed container"}},"lastState":{"terminated":)"
        + terminated + "}}]}}");
    const store::SnapshotPtr snapshot = objects.snapshot();
    QStringList told;
    const store::Item pod = itemOf(*snapshot, QStringLiteral("Pod a/web"));
    for (const relations::Cause &cause : relations::diagnose(*snapshot, pod, 1'790'000'000))
        told += cause.text;
    steps += QStringLiteral("Pod web: CrashLoopBackOff.");
    QCOMPARE(told, steps);
}

QTEST_GUILESS_MAIN(TestControlPlaneCauses)
#include "tst_controlplanecauses.moc"
