// SPDX-License-Identifier: GPL-3.0-or-later
#include "worldfixture.h"

#include "relations/causes.h"

#include <QTest>

using namespace kdra;
using store::Item;
using store::Kind;
using store::Severity;

namespace {

constexpr quint32 now = 1'800'000'000;

using World = test::WorldFixture;

// A pod that is not well.
Item ill(World &world, const std::string &name, const std::string &status, Severity severity,
    const std::function<void(store::PodRecord &)> &change = {}, const std::string &message = {})
{
    return world.put<Kind::Pod>(name, [&](store::PodRecord &pod, auto keep) {
        pod.phase = store::PodRecord::Phase::Running;
        pod.status = world.intern(status);
        pod.meta.severity = severity;
        pod.node = world.intern("pi-1");
        pod.image = world.intern("nginx:1.29.99");
        pod.message = keep(message);
        if (change)
            change(pod);
    });
}

void warn(World &world, const Item &about, const std::string &reason, const std::string &message,
    quint32 last = now - 10, bool warning = true)
{
    world.put<Kind::Event>(reason + message, [&](store::EventRecord &event, auto keep) {
        event.regardingUid = about.uid;
        event.warning = warning;
        event.last = last;
        event.reason = world.intern(reason);
        event.message = keep(message);
    });
}

template <Kind K>
Item workload(World &world, const std::string &name, quint32 ready, quint32 desired, Severity severity,
    const Item &owner = {}, const std::function<void(store::WorkloadRecord &)> &change = {},
    const std::string &message = {})
{
    return world.put<K>(name, [&](store::WorkloadRecord &record, auto keep) {
        if (!owner.isNull())
            world.own(record.meta, owner);
        record.desired = desired;
        record.current = desired;
        record.ready = ready;
        record.meta.severity = severity;
        record.message = keep(message);
        if (change)
            change(record);
    });
}

Item node(World &world, const std::function<void(store::NodeRecord &)> &change = {}, const std::string &message = {})
{
    return world.put<Kind::Node>("pi-1", [&](store::NodeRecord &record, auto keep) {
        record.ready = store::NodeRecord::Ready::True;
        record.readyMessage = keep(message);
        if (change)
            change(record);
    });
}

using Build = std::function<Item(World &)>;

} // namespace

Q_DECLARE_METATYPE(Build)

class TestCauses : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void chains_data()
    {
        QTest::addColumn<Build>("build");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *tag, const char *expected, Build build) {
            QTest::newRow(tag) << std::move(build) << QString::fromUtf8(expected);
        };

        row("a deployment whose image has no such tag",
            "The image nginx:1.29.99 cannot be pulled: no such tag 1.29.99.\n"
            "Pod web-x: ImagePullBackOff.\nDeployment web: 2 of 3 ready.",
            [](World &world) {
                node(world);
                const Item deployment = workload<Kind::Deployment>(world, "web", 2, 3, Severity::Warning);
                const Item set = workload<Kind::ReplicaSet>(world, "web-1", 2, 3, Severity::Warning, deployment);
                const Item pod = ill(world, "web-x", "ImagePullBackOff", Severity::Failing,
                    [&](store::PodRecord &record) { world.own(record.meta, set); });
                world.pod("web-y", set, {}, "pi-1");
                warn(world, pod, "Failed",
                    "Failed to pull image \"nginx:1.29.99\": rpc error: code = NotFound desc = no such tag 1.29.99");
                warn(world, pod, "Failed", "Error: ErrImagePull", now - 1);
                return deployment;
            });
        row("a crash loop",
            "A container stops soon after it starts (12 restart(s)): back-off 5m0s restarting failed container.\n"
            "Pod a: CrashLoopBackOff.",
            [](World &world) {
                return ill(
                    world, "a", "CrashLoopBackOff", Severity::Failing, [](store::PodRecord &pod) { pod.restarts = 12; },
                    "back-off 5m0s restarting failed container");
            });
        row("not schedulable",
            "No node takes it: 0/3 nodes are available: 3 Insufficient memory.\nPod a waits for a node.",
            [](World &world) {
                return ill(
                    world, "a", "Pending", Severity::Warning,
                    [](store::PodRecord &pod) {
                        pod.phase = store::PodRecord::Phase::Pending;
                        pod.node = StringId::Empty;
                    },
                    "0/3 nodes are available: 3 Insufficient memory.");
            });
        row("a failing probe",
            "A probe fails: Readiness probe failed: HTTP probe failed with statuscode: 503.\n"
            "Pod a runs, but is not ready.",
            [](World &world) {
                const Item pod = ill(world, "a", "Running", Severity::Warning);
                warn(world, pod, "Unhealthy", "Readiness probe failed: HTTP probe failed with statuscode: 503");
                return pod;
            });
        row("a pod on a silent node",
            "Node pi-1 has been silent for 3 minute(s).\nNobody knows how pod a fares on the silent node.",
            [](World &world) {
                node(world);
                world.put<Kind::Lease>(
                    "pi-1", [](store::LeaseRecord &lease, auto) { lease.seenMs = (qint64(now) - 200) * 1000; });
                return world.pod("a", {}, {}, "pi-1");
            });
        row("a node under voltage, and short of disk",
            "The power supply of node pi-1 is too weak: Undervoltage detected.\n"
            "Node pi-1 is short of disk space.\nNode pi-1 is not ready: PLEG is not healthy.\n"
            "Node pi-1 is cordoned: no new pods are placed on it.",
            [](World &world) {
                const Item pi = node(
                    world,
                    [](store::NodeRecord &record) {
                        record.ready = store::NodeRecord::Ready::False;
                        record.pressures = store::NodeRecord::Disk;
                        record.unschedulable = true;
                    },
                    "PLEG is not healthy");
                warn(world, pi, "UnderVoltageDetected", "Undervoltage detected!");
                return pi;
            });
        row("the voltage is normal again", "", [](World &world) {
            const Item pi = node(world);
            warn(world, pi, "UnderVoltageDetected", "Undervoltage detected!");
            warn(world, pi, "VoltageNormal", "Voltage normalised", now - 5, false);
            return pi;
        });
        row("a claim without a volume",
            "The cluster says: storageclass \"fast\" not found.\nClaim data waits for a volume.", [](World &world) {
                const Item claim = world.put<Kind::PersistentVolumeClaim>(
                    "data", [&](store::ClaimRecord &record, auto) { record.phase = world.intern("Pending"); });
                warn(world, claim, "ProvisioningFailed", "storageclass \"fast\" not found");
                return claim;
            });
        row("a service that selects nothing",
            "No pod has the labels app=web, tier=front.\nService web has no ready pod to send requests to.",
            [](World &world) { return world.service("web", "app=web\ntier=front\n"); });
        row("an ingress to a service whose pod is not ready",
            "Pod a runs, but is not ready.\nService web has no ready pod to send requests to.\n"
            "Ingress web routes to service web, which cannot answer.\n"
            "Ingress web routes to service gone, which does not exist.",
            [](World &world) {
                ill(world, "a", "Running", Severity::Warning,
                    [&](store::PodRecord &pod) { pod.meta.labels = world.intern("app=web\n"); });
                world.service("web", "app=web\n");
                return world.ingress("web", "web,gone,web");
            });
        row("a job that failed", "Pod a: Error.\nJob import failed: Job has reached the specified backoff limit.",
            [](World &world) {
                const Item job = workload<Kind::Job>(
                    world, "import", 0, 1, Severity::Failing, {},
                    [](store::WorkloadRecord &record) { record.current = 1; },
                    "Job has reached the specified backoff limit");
                ill(world, "a", "Error", Severity::Failing, [&](store::PodRecord &pod) { world.own(pod.meta, job); });
                return job;
            });
        row("a suspended cron job", "Cron job backup is suspended: it starts no new jobs.", [](World &world) {
            return workload<Kind::CronJob>(world, "backup", 0, 0, Severity::Healthy, {},
                [](store::WorkloadRecord &record) { record.paused = true; });
        });
        row("a quota", "No more pods can be made: exceeded quota: team.\nDeployment web: 0 of 2 ready.",
            [](World &world) {
                const Item deployment = workload<Kind::Deployment>(world, "web", 0, 2, Severity::Failing);
                const Item set = workload<Kind::ReplicaSet>(world, "web-1", 0, 2, Severity::Failing, deployment,
                    [](store::WorkloadRecord &record) { record.current = 0; });
                warn(world, set, "FailedCreate", "exceeded quota: team");
                return deployment;
            });
        row("a rollout on its way", "", [](World &world) {
            const Item deployment = workload<Kind::Deployment>(world, "web", 1, 2, Severity::Progressing);
            ill(world, "a", "ContainerCreating", Severity::Progressing,
                [&](store::PodRecord &pod) { world.own(pod.meta, deployment); });
            return deployment;
        });
        row("a healthy pod with an old warning", "", [](World &world) {
            node(world);
            const Item pod = world.pod("a", {}, {}, "pi-1");
            warn(world, pod, "Unhealthy", "Readiness probe failed", now - 600);
            return pod;
        });
        row("a service without a selector", "", [](World &world) { return world.service("external", {}); });
    }

    void chains()
    {
        QFETCH(Build, build);
        QFETCH(QString, expected);
        World world;
        const Item item = build(world);
        const store::Snapshot snapshot = world.snapshot();
        QStringList lines;
        for (const relations::Cause &cause : relations::diagnose(snapshot, item, now)) {
            lines.append(cause.text);
            QVERIFY2(store::find(snapshot, cause.item), qPrintable(cause.text));
            QVERIFY(cause.severity >= Severity::Warning);
        }
        QCOMPARE(lines.join(u'\n'), expected);
    }

    // Who may not list pods is not told that there are none.
    void whatIsForbiddenIsNotMissing()
    {
        World world;
        const Item service = world.service("web", "app=web\n");
        const Item ingress = world.ingress("web", "gone");
        store::Snapshot snapshot = world.snapshot();
        QVERIFY(!relations::diagnose(snapshot, service, now).isEmpty());
        snapshot.kinds[static_cast<size_t>(Kind::Pod)].phase = store::KindPhase::Forbidden;
        snapshot.kinds[static_cast<size_t>(Kind::Service)].phase = store::KindPhase::Forbidden;
        QVERIFY(relations::diagnose(snapshot, service, now).isEmpty());
        QVERIFY(relations::diagnose(snapshot, ingress, now).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestCauses)
#include "tst_causes.moc"
