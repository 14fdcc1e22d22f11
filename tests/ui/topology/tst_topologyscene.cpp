// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/topology/fleet.h"
#include "ui/topology/describe.h"
#include "ui/topology/labels.h"
#include "ui/topology/scene.h"
#include "ui/topology/search.h"
#include "ui/topology/tilepainter.h"

#include <QTest>

#include <map>
#include <set>

using namespace kdra;
using namespace kdra::ui;
using store::Severity;
using tests::Fleet;

class TestTopologyScene : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void groupsBySiteAndRole();
    void sumsFollowPods();
    void incrementalEqualsFromScratch();
    void groupsByNodeLabel();
    void workloadsHoldTheirPods();
    void workloadsIncrementalEqualsFromScratch_data();
    void workloadsIncrementalEqualsFromScratch();
    void offersLabels();
    void nobodyElseMoves();
    void aBatchThatDoesNotFollowIsAReset();
    void podsOfUnlistedNodesAreShown();
    void unscheduledPodsWaitInTheTray();
    void heartbeats();
    void ourOwnSilenceAccusesNobody();
    void manyChangesAreNotAnimated();
    void searches();
    void speaks();
    void badges();
    void stepsOfValues();
    void stepsFollowBatches_data();
    void stepsFollowBatches();
    void commonImagesHaveSteps();
    void requestsOfWorkloads();
    void agesMoveOn();
    void aNodesCapacityIsPartOfTheStep();
};

static int tileNamed(const Scene &scene, const QString &name)
{
    for (size_t i = 0; i < scene.tiles().size(); ++i) {
        if (scene.tiles()[i].shown && scene.tiles()[i].name == name)
            return static_cast<int>(i);
    }
    return -1;
}

void TestTopologyScene::groupsBySiteAndRole()
{
    Fleet fleet;
    fleet.addNode("control-0", "rack", {.controlPlane = true});
    fleet.addNode("rack-0", "rack");
    fleet.addNode("pi-1", "Site A", {.pi = true});
    fleet.addNode("pi-2", "", {.pi = true});
    Scene scene;
    scene.apply(fleet.publish());
    const auto groups = [&] {
        std::map<QString, int> names;
        for (int g = 0; g < scene.layout().groupCount(); ++g)
            names[scene.group(g).name] = scene.group(g).nodes;
        return names;
    };
    QCOMPARE(groups(),
        (std::map<QString, int>{
            {QStringLiteral("No site"), 1}, {QStringLiteral("Site A"), 1}, {QStringLiteral("rack"), 2}}));
    scene.setGrouping(Grouping::Role);
    QCOMPARE(groups(),
        (std::map<QString, int>{{QStringLiteral("Control plane"), 1}, {QStringLiteral("Raspberry Pis"), 2},
            {QStringLiteral("Workers"), 1}}));
    QCOMPARE(scene.layout().tileKind(tileNamed(scene, QStringLiteral("pi-1"))), TileKind::Pi);
    QCOMPARE(scene.layout().tileKind(tileNamed(scene, QStringLiteral("control-0"))), TileKind::ControlPlane);
}

void TestTopologyScene::sumsFollowPods()
{
    Fleet fleet;
    fleet.addNode("n", "a");
    const store::Uid uid = fleet.addPod("p", "n");
    fleet.addPod("q", "n");
    Scene scene;
    scene.apply(fleet.publish());
    const int tile = tileNamed(scene, QStringLiteral("n"));
    QCOMPARE(scene.tile(tile).cpuMilliRequested, 200u);
    QCOMPARE(scene.tile(tile).memoryRequested, 128'000'000u);
    store::PodRecord pod = fleet.pod(uid);
    pod.cpuMilliRequested = 1000;
    fleet.put(pod);
    scene.apply(fleet.publish());
    QCOMPARE(scene.tile(tile).cpuMilliRequested, 1100u);
    // What has ended asks for nothing any more.
    pod.phase = store::PodRecord::Phase::Succeeded;
    fleet.put(pod);
    scene.apply(fleet.publish());
    QCOMPARE(scene.tile(tile).cpuMilliRequested, 100u);
    fleet.pods.remove(uid);
    scene.apply(fleet.publish());
    QCOMPARE(scene.tile(tile).cpuMilliRequested, 100u);
    QCOMPARE(scene.tile(tile).cells.count(), 1);
}

void TestTopologyScene::commonImagesHaveSteps()
{
    Fleet fleet;
    fleet.addNode("pi-1", "a", {.pi = true});
    const auto run = [&](const std::string &image, int pods) {
        for (int i = 0; i < pods; ++i) {
            const store::Uid uid = fleet.addPod(image + std::to_string(fleet.random()), "pi-1");
            store::PodRecord pod = fleet.pod(uid);
            pod.image = fleet.strings->intern(image);
            fleet.put(pod);
        }
    };
    run("docker.io/library/nginx:1.27@sha256:00", 9);
    run("registry.local:5000/shop/web:2", 8);
    run("redis:7", 7);
    run("postgres:16", 6);
    run("busybox:1", 2);
    Scene scene;
    scene.apply(fleet.publish());
    scene.setOverlay(Overlay::Image, 0);
    const QStringList names{QStringLiteral("library/nginx:1.27"), QStringLiteral("shop/web:2"),
        QStringLiteral("redis:7"), QStringLiteral("postgres:16"), QStringLiteral("other images")};
    QCOMPARE(scene.stepNames(), names);
    QCOMPARE(scene.byStep(), (StepCounts{9, 8, 7, 6, 2}));
    // Another image becomes common: it takes the step of the one that is not any more, all others keep theirs.
    run("busybox:1", 20);
    scene.apply(fleet.publish());
    QCOMPARE(scene.byStep(), (StepCounts{9, 8, 7, 6, 22}));
    QVERIFY(!scene.updateAges(0).tiles.empty());
    QStringList later = names;
    later[3] = QStringLiteral("busybox:1");
    QCOMPARE(scene.stepNames(), later);
    QCOMPARE(scene.byStep(), (StepCounts{9, 8, 7, 22, 6}));
    QVERIFY(scene.updateAges(0).tiles.empty());
}

// What a pod asks of its node is known where tiles are workloads too.
void TestTopologyScene::requestsOfWorkloads()
{
    Fleet fleet;
    const store::Uid pi = fleet.addNode("pi-1", "a", {.pi = true});
    store::NodeRecord node = *fleet.nodes.table().at(fleet.nodes.find(pi));
    node.cpuMilliAllocatable = 1000;
    fleet.nodes.put(node, "pi-1");
    const store::Uid uid = fleet.addPod("p", "pi-1");
    store::PodRecord pod = fleet.pod(uid);
    pod.cpuMilliRequested = 300;
    fleet.put(pod);
    Scene scene;
    scene.setGrouping(Grouping::Namespace);
    scene.apply(fleet.publish());
    scene.setOverlay(Overlay::Cpu, 0);
    QCOMPARE(scene.byStep(), (StepCounts{0, 0, 0, 0, 1}));
    // The node turns out to be larger.
    node.cpuMilliAllocatable = 4000;
    fleet.nodes.put(node, "pi-1");
    QVERIFY(!scene.apply(fleet.publish()).tiles.empty());
    QCOMPARE(scene.byStep(), (StepCounts{0, 0, 1, 0, 0}));
}

// Random batches; after each, what the scene holds is what one built from the snapshot holds.
void TestTopologyScene::incrementalEqualsFromScratch()
{
    Fleet fleet;
    Scene scene;
    std::vector<store::Uid> pods;
    std::vector<std::pair<std::string, store::Uid>> nodes;
    auto &random = fleet.random;
    for (int round = 0; round < 150; ++round) {
        for (int i = 0; i < 20; ++i) {
            const auto dice = random() % 20;
            if (dice < 2 || nodes.empty()) {
                const std::string name = "node-" + std::to_string(random() % 60);
                if (std::ranges::none_of(nodes, [&](const auto &node) { return node.first == name; }))
                    nodes.emplace_back(
                        name, fleet.addNode(name, "z" + std::to_string(random() % 4), {.pi = random() % 2 == 0}));
            } else if (dice < 3) {
                const size_t n = random() % nodes.size();
                fleet.nodes.remove(nodes[n].second);
                nodes.erase(nodes.begin() + static_cast<std::ptrdiff_t>(n));
            } else if (dice < 11 || pods.empty()) {
                const auto &node = nodes[random() % nodes.size()].first;
                pods.push_back(fleet.addPod("p" + std::to_string(round * 100 + i), random() % 6 ? node : std::string(),
                    static_cast<Severity>(random() % 5)));
            } else if (dice < 16) {
                store::PodRecord pod = fleet.pod(pods[random() % pods.size()]);
                pod.meta.severity = static_cast<Severity>(random() % 5);
                pod.cpuMilliRequested = static_cast<quint32>(random() % 500);
                if (pod.node == StringId::Empty)
                    pod.node = fleet.strings->intern(nodes[random() % nodes.size()].first);
                fleet.put(pod);
            } else {
                const size_t n = random() % pods.size();
                fleet.pods.remove(pods[n]);
                pods.erase(pods.begin() + static_cast<std::ptrdiff_t>(n));
            }
        }
        scene.apply(fleet.publish());
        Scene fresh;
        fresh.reset(fleet.snapshot);
        QCOMPARE(scene.podCount(), fleet.snapshot->table<store::Kind::Pod>().size());
        std::map<QString, const NodeTile *> expected;
        for (const NodeTile &tile : fresh.tiles()) {
            if (tile.shown)
                expected[tile.name] = &tile;
        }
        size_t shown = 0;
        for (const NodeTile &tile : scene.tiles()) {
            if (!tile.shown)
                continue;
            ++shown;
            QVERIFY(expected.contains(tile.name));
            const NodeTile &other = *expected[tile.name];
            QCOMPARE(tile.cells.count(), other.cells.count());
            QCOMPARE(tile.cpuMilliRequested, other.cpuMilliRequested);
            QCOMPARE(tile.memoryRequested, other.memoryRequested);
            QCOMPARE(tile.bySeverity, other.bySeverity);
            QCOMPARE(tile.slot, other.slot);
            std::set<store::Slot> mine(tile.cells.pods().begin(), tile.cells.pods().end());
            std::set<store::Slot> theirs(other.cells.pods().begin(), other.cells.pods().end());
            mine.erase(store::noSlot);
            theirs.erase(store::noSlot);
            QCOMPARE(mine, theirs);
            for (int cell = 0; cell < tile.cells.used(); ++cell) {
                const auto pod = scene.podAt({static_cast<int>(&tile - scene.tiles().data()), cell});
                QCOMPARE(tile.severities[static_cast<size_t>(cell)], pod ? quint8(pod->meta.severity) : emptyCell);
            }
        }
        QCOMPARE(shown, expected.size());
    }
}

static std::map<QString, QStringList> tilesByGroup(const Scene &scene)
{
    std::map<QString, QStringList> result;
    for (const int tile : scene.layout().order())
        result[scene.group(scene.layout().tileGroup(tile)).name] += scene.tile(tile).name;
    return result;
}

void TestTopologyScene::groupsByNodeLabel()
{
    Fleet fleet;
    const auto label = [&](const store::Uid &uid, std::string_view name, std::string_view labels) {
        store::NodeRecord node = *fleet.nodes.table().at(fleet.nodes.find(uid));
        node.meta.name = {0, static_cast<quint32>(name.size())};
        node.readyMessage = node.address = node.problemMessage = node.taintList = {};
        node.meta.labels = fleet.strings->intern(labels);
        fleet.nodes.put(node, name);
    };
    label(fleet.addNode("a", "z"), "a", "disk=ssd\nrow=1\n");
    label(fleet.addNode("b", "z"), "b", "disk=hdd\n");
    const store::Uid c = fleet.addNode("c", "z");
    label(c, "c", "row=2\n");
    Scene scene;
    scene.apply(fleet.publish());
    scene.setGrouping(Grouping::NodeLabel, QStringLiteral("disk"));
    using Tiles = std::map<QString, QStringList>;
    const Tiles expected{{QStringLiteral("hdd"), {QStringLiteral("b")}}, {QStringLiteral("ssd"), {QStringLiteral("a")}},
        {QStringLiteral("No such label"), {QStringLiteral("c")}}};
    QCOMPARE(tilesByGroup(scene), expected);
    // What has no such label comes last.
    QCOMPARE(scene.tile(scene.layout().order().back()).name, QStringLiteral("c"));
    label(c, "c", "disk=ssd\n");
    scene.apply(fleet.publish());
    QCOMPARE(tilesByGroup(scene).at(QStringLiteral("ssd")).size(), 2);
}

void TestTopologyScene::workloadsHoldTheirPods()
{
    using store::Kind;
    Fleet fleet;
    fleet.addNode("n", "z");
    const auto deployment = fleet.addWorkload(Kind::Deployment, "web", "shop");
    const auto replicas = fleet.addWorkload(Kind::ReplicaSet, "web-6f9", "shop", deployment);
    const auto set = fleet.addWorkload(Kind::StatefulSet, "db", "shop");
    fleet.own(fleet.addPod("web-6f9-a", "n"), replicas, "ReplicaSet", "shop", "tier=front\n");
    fleet.own(fleet.addPod("web-6f9-b", ""), replicas, "ReplicaSet", "shop", "tier=front\n");
    fleet.own(fleet.addPod("db-0", "n"), set, "StatefulSet", "shop", "tier=back\n");
    fleet.own(fleet.addPod("kube-proxy", "n"), fleet.newUid(), "Node", "kube-system");
    fleet.own(fleet.addPod("by-hand", "n"), {}, {}, "kube-system");
    const auto rollout = fleet.newUid();
    const auto late = fleet.addPod("canary-x", "n", Severity::Failing);
    fleet.own(late, rollout, "Rollout", "shop");
    Scene scene;
    scene.apply(fleet.publish());
    scene.setGrouping(Grouping::Namespace);
    using Tiles = std::map<QString, QStringList>;
    const Tiles byNamespace{{QStringLiteral("kube-system"), {QStringLiteral("Bare pods")}},
        {QStringLiteral("shop"), {QStringLiteral("canary"), QStringLiteral("db"), QStringLiteral("web")}}};
    QCOMPARE(tilesByGroup(scene), byNamespace);
    QCOMPARE(scene.tile(scene.tileOf(deployment)).cells.count(), 2);
    QCOMPARE(scene.tile(scene.tileOf(deployment)).objectKind, Kind::Deployment);
    QCOMPARE(scene.tile(tileNamed(scene, QStringLiteral("Bare pods"))).cells.count(), 2);
    // Nobody but its pods speaks of the rollout: they say how it fares.
    QVERIFY(!scene.tile(scene.tileOf(rollout)).isKnown());
    QCOMPARE(scene.tile(scene.tileOf(rollout)).severity, Severity::Failing);
    QCOMPARE(nodeSentence(scene, scene.tileOf(deployment)),
        QStringLiteral("shop/web, Deployment, 1 of 1 ready, 2 pods, all healthy"));
    scene.setGrouping(Grouping::Workload);
    const Tiles byKind{{QStringLiteral("Deployment"), {QStringLiteral("web")}},
        {QStringLiteral("StatefulSet"), {QStringLiteral("db")}},
        {QStringLiteral("Rollout"), {QStringLiteral("canary")}},
        {QStringLiteral("No controller"), {QStringLiteral("Bare pods")}}};
    QCOMPARE(tilesByGroup(scene), byKind);
    scene.setGrouping(Grouping::PodLabel, QStringLiteral("tier"));
    QCOMPARE(tilesByGroup(scene).at(QStringLiteral("front")), QStringList{QStringLiteral("web")});
    QCOMPARE(tilesByGroup(scene).at(QStringLiteral("No such label")).size(), 2);
    scene.setGrouping(Grouping::Site);
    QCOMPARE(scene.tile(tileNamed(scene, QStringLiteral("n"))).cells.count(), 5);
}

void TestTopologyScene::workloadsIncrementalEqualsFromScratch_data()
{
    QTest::addColumn<int>("grouping");
    QTest::newRow("namespace") << int(Grouping::Namespace);
    QTest::newRow("workload") << int(Grouping::Workload);
    QTest::newRow("label of pods") << int(Grouping::PodLabel);
}

// Random batches in which controllers come after their pods, change hands and go before them.
void TestTopologyScene::workloadsIncrementalEqualsFromScratch()
{
    QFETCH(int, grouping);
    using store::Kind;
    Fleet fleet;
    Scene scene;
    scene.setGrouping(static_cast<Grouping>(grouping), QStringLiteral("app"));
    fleet.addNode("n", "z");
    auto &random = fleet.random;
    std::vector<std::pair<Kind, store::WorkloadRecord>> owners; // all that there are or will be
    std::vector<store::Uid> pods;
    for (int i = 0; i < 24; ++i) {
        store::WorkloadRecord record;
        record.meta.uid = fleet.newUid();
        record.meta.ns = fleet.strings->intern("ns-" + std::to_string(i % 3));
        const bool isSet = i >= 12;
        if (isSet)
            record.meta.owner = owners[static_cast<size_t>(i - 12)].second.meta.uid;
        owners.emplace_back(isSet ? Kind::ReplicaSet : Kind::Deployment, record);
    }
    for (int round = 0; round < 150; ++round) {
        for (int i = 0; i < 12; ++i) {
            const auto dice = random() % 12;
            auto &[kind, record] = owners[random() % owners.size()];
            const bool exists = fleet.workload(kind).find(record.meta.uid) != store::noSlot;
            if (dice < 4) {
                if (exists && random() % 2) {
                    fleet.workload(kind).remove(record.meta.uid);
                } else {
                    if (kind == Kind::ReplicaSet && random() % 4 == 0)
                        record.meta.owner = random() % 2 ? owners[random() % 12].second.meta.uid : store::Uid();
                    const std::string name = "w-" + std::to_string(record.meta.uid.high);
                    record.meta.name = {0, static_cast<quint32>(name.size())};
                    record.meta.severity = static_cast<Severity>(random() % 5);
                    fleet.workload(kind).put(record, name);
                }
            } else if (dice < 9 || pods.empty()) {
                pods.push_back(fleet.addPod("p" + std::to_string(round * 100 + i), "n"));
                if (random() % 8)
                    fleet.own(pods.back(), record.meta.uid, store::kindInfo(kind).name,
                        fleet.strings->view(record.meta.ns), random() % 2 ? "app=a\n" : "app=b\n");
            } else {
                const size_t n = random() % pods.size();
                fleet.pods.remove(pods[n]);
                pods.erase(pods.begin() + static_cast<std::ptrdiff_t>(n));
            }
        }
        scene.apply(fleet.publish());
        Scene fresh;
        fresh.setGrouping(static_cast<Grouping>(grouping), QStringLiteral("app"));
        fresh.reset(fleet.snapshot);
        const auto picture = [](const Scene &of) {
            std::map<std::set<store::Slot>, std::tuple<QString, QString, bool, Severity>> result;
            for (const int index : of.layout().order()) {
                const NodeTile &tile = of.tile(index);
                std::set<store::Slot> seated(tile.cells.pods().begin(), tile.cells.pods().end());
                seated.erase(store::noSlot);
                result[seated] = {of.group(of.layout().tileGroup(index)).name, tile.ns, tile.isKnown(), tile.severity};
            }
            return result;
        };
        QCOMPARE(scene.podCount(), quint32(pods.size()));
        QVERIFY(picture(scene) == picture(fresh));
    }
}

void TestTopologyScene::offersLabels()
{
    Fleet fleet;
    for (int i = 0; i < 40; ++i)
        fleet.own(fleet.addPod("p" + std::to_string(i), "n"), {}, {}, "ns",
            "app=" + std::to_string(i % 3) + "\nid=" + std::to_string(i) + "\n" + (i % 2 ? "tier=x\n" : ""));
    const auto snapshot = fleet.publish().snapshot;
    // Most used first; what tells everything apart groups nothing.
    QCOMPARE(labelKeys(*snapshot, store::Kind::Pod, 10), (QStringList{QStringLiteral("app"), QStringLiteral("tier")}));
    QCOMPARE(labelKeys(*snapshot, store::Kind::Pod, 1), QStringList{QStringLiteral("app")});
}

void TestTopologyScene::nobodyElseMoves()
{
    Fleet fleet;
    fleet.populate(40, 400);
    Scene scene;
    scene.apply(fleet.publish());
    std::map<store::Slot, PodPlace> places;
    std::map<QString, QRectF> rects;
    fleet.snapshot->table<store::Kind::Pod>().forEach(
        [&](const auto &pod) { places[pod.slot()] = scene.placeOf(pod.slot()); });
    for (size_t i = 0; i < scene.tiles().size(); ++i)
        rects[scene.tiles()[i].name] = scene.layout().tileRect(static_cast<int>(i));
    std::set<store::Slot> gone;
    for (int i = 0; i < 60; ++i) {
        const store::Slot slot = static_cast<store::Slot>(i * 5);
        fleet.pods.remove(fleet.pods.table().at(slot)->meta.uid);
        gone.insert(slot);
        const SceneChange removal = scene.apply(fleet.publish());
        QVERIFY(!removal.layout);
        QCOMPARE(removal.tiles.size(), 1u);
        fleet.addPod("new-" + std::to_string(i), "rack-" + std::to_string(i % 9));
        QVERIFY(!scene.apply(fleet.publish()).layout);
    }
    for (const auto &[slot, place] : places) {
        if (!gone.contains(slot))
            QCOMPARE(scene.placeOf(slot), place);
    }
    for (size_t i = 0; i < scene.tiles().size(); ++i)
        QCOMPARE(scene.layout().tileRect(static_cast<int>(i)), rects[scene.tiles()[i].name]);
}

void TestTopologyScene::aBatchThatDoesNotFollowIsAReset()
{
    Fleet fleet;
    fleet.populate(10, 50);
    fleet.publish();
    fleet.addPod("late", "rack-0");
    Scene scene;
    QVERIFY(scene.apply(fleet.publish()).layout);
    QCOMPARE(scene.podCount(), 51u);
}

void TestTopologyScene::podsOfUnlistedNodesAreShown()
{
    Fleet fleet;
    fleet.addPod("p", "hidden-1");
    Scene scene;
    scene.apply(fleet.publish());
    const int tile = tileNamed(scene, QStringLiteral("hidden-1"));
    QVERIFY(tile > 0);
    QVERIFY(!scene.tile(tile).isKnown());
    // Once it is listed, it is the same tile.
    const store::Uid node = fleet.addNode("hidden-1", "a");
    scene.apply(fleet.publish());
    QCOMPARE(tileNamed(scene, QStringLiteral("hidden-1")), tile);
    QVERIFY(scene.tile(tile).isKnown());
    QCOMPARE(scene.tileOf(node), tile);
}

void TestTopologyScene::unscheduledPodsWaitInTheTray()
{
    Fleet fleet;
    fleet.populate(10, 50);
    Scene scene;
    scene.apply(fleet.publish());
    const QRectF before = scene.layout().tileRect(tileNamed(scene, QStringLiteral("pi-1")));
    const store::Uid uid = fleet.addPod("waiting", "", Severity::Progressing);
    scene.apply(fleet.publish());
    QVERIFY(scene.tile(scene.placeOf(uid).tile).isTray());
    QVERIFY(!scene.layout().tileRect(scene.placeOf(uid).tile).isEmpty());
    // The tray is below everything: it moves nobody.
    QCOMPARE(scene.layout().tileRect(tileNamed(scene, QStringLiteral("pi-1"))), before);
    store::PodRecord pod = fleet.pod(uid);
    pod.node = fleet.strings->intern("pi-1");
    fleet.put(pod);
    QVERIFY(!scene.apply(fleet.publish()).layout);
    QCOMPARE(scene.placeOf(uid).tile, tileNamed(scene, QStringLiteral("pi-1")));
}

void TestTopologyScene::heartbeats()
{
    constexpr qint64 now = 1'700'000'000'000;
    Fleet fleet;
    fleet.addNode("n", "a");
    fleet.addNode("m", "a");
    fleet.renewLease("n", now - 48'000);
    fleet.renewLease("m", now - 5'000);
    Scene scene;
    scene.apply(fleet.publish());
    const int late = tileNamed(scene, QStringLiteral("n"));
    const SceneChange change = scene.updateHeartbeats(now);
    QCOMPARE(change.tiles, std::vector{late});
    QCOMPARE(scene.tile(late).lateSeconds, 48u);
    QVERIFY(scene.tile(late).isSilent());
    QCOMPARE(scene.group(scene.layout().tileGroup(late)).silent, 1);
    QCOMPARE(scene.tile(tileNamed(scene, QStringLiteral("m"))).lateSeconds, 0u);
    // Due again: the badge counts on.
    QCOMPARE(scene.nextHeartbeatMs(), now + 1000);
    fleet.renewLease("n", now + 100);
    QCOMPARE(scene.apply(fleet.publish()).tiles, std::vector{late});
    QVERIFY(!scene.tile(late).isSilent());
    // A renewal that changes nothing to be seen paints nothing.
    fleet.renewLease("n", now + 10'100);
    QVERIFY(scene.apply(fleet.publish()).isEmpty());
}

void TestTopologyScene::ourOwnSilenceAccusesNobody()
{
    constexpr qint64 now = 1'700'000'000'000;
    Fleet fleet;
    fleet.addNode("n", "a");
    fleet.renewLease("n", now - 300'000);
    fleet.states[size_t(store::Kind::Lease)].phase = store::KindPhase::Stale;
    Scene scene;
    scene.apply(fleet.publish());
    QVERIFY(scene.updateHeartbeats(now).tiles.empty());
    fleet.states[size_t(store::Kind::Pod)].phase = store::KindPhase::Stale;
    QVERIFY(scene.apply(fleet.publish()).states);
    QVERIFY(scene.podsStale());
    QVERIFY(!scene.nodesStale());
}

void TestTopologyScene::manyChangesAreNotAnimated()
{
    Fleet fleet;
    fleet.populate(10, 50);
    Scene scene;
    scene.apply(fleet.publish());
    fleet.addPod("one", "rack-0");
    const SceneChange one = scene.apply(fleet.publish());
    QCOMPARE(one.pods.size(), 1u);
    QCOMPARE(one.pods.front().kind, SceneChange::Kind::Appeared);
    for (int i = 0; i < 500; ++i)
        fleet.addPod("storm-" + std::to_string(i), "rack-0");
    QVERIFY(scene.apply(fleet.publish()).pods.empty());
}

void TestTopologyScene::searches()
{
    Fleet fleet;
    fleet.addNode("pi-007", "a", {.pi = true});
    fleet.addNode("rack-1", "a");
    fleet.addPod("mqtt-0", "rack-1");
    Scene scene;
    scene.apply(fleet.publish());
    const SearchResult node = search(scene, QStringLiteral("PI-0"));
    QCOMPARE(node.nodes, 1);
    QCOMPARE(node.pods, 0);
    QVERIFY(node.tiles[static_cast<size_t>(tileNamed(scene, QStringLiteral("pi-007")))]);
    const SearchResult pod = search(scene, QStringLiteral("mqtt"));
    QCOMPARE(pod.places.size(), 1u);
    QCOMPARE(pod.places.front().tile, tileNamed(scene, QStringLiteral("rack-1")));
    QCOMPARE(search(scene, QStringLiteral("team-a")).pods, 1);
    QVERIFY(search(scene, QString()).tiles.empty());
    QCOMPARE(search(scene, QStringLiteral("nothing")).places.size(), 0u);
}

void TestTopologyScene::speaks()
{
    Fleet fleet;
    fleet.addNode("pi-007", "a", {.pi = true});
    for (int i = 0; i < 9; ++i)
        fleet.addPod("p" + std::to_string(i), "pi-007");
    Scene scene;
    scene.apply(fleet.publish());
    const int tile = tileNamed(scene, QStringLiteral("pi-007"));
    QCOMPARE(nodeSentence(scene, tile), QStringLiteral("pi-007, Raspberry Pi 4 Model B, Ready, 9 pods, all healthy"));
    fleet.addPod("bad", "pi-007", Severity::Failing);
    scene.apply(fleet.publish());
    QCOMPARE(nodeSentence(scene, tile), QStringLiteral("pi-007, Raspberry Pi 4 Model B, Ready, 10 pods, 1 failing"));
    QVERIFY(podToolTip(scene, {tile, 9}).contains(QStringLiteral("team-a/bad")));
}

void TestTopologyScene::badges()
{
    NodeTile tile;
    tile.slot = 0;
    tile.ready = store::NodeRecord::Ready::True;
    QVERIFY(badgesOf(tile).empty());
    tile.lateSeconds = 48;
    QCOMPARE(badgesOf(tile).front().text, QStringLiteral("48 s late"));
    tile.ready = store::NodeRecord::Ready::False;
    tile.pressures = store::NodeRecord::Memory | store::NodeRecord::Disk;
    tile.unschedulable = true;
    QStringList texts;
    for (const Badge &badge : badgesOf(tile))
        texts += badge.text;
    QCOMPARE(texts,
        (QStringList{QStringLiteral("NotReady"), QStringLiteral("48 s late"), QStringLiteral("low memory"),
            QStringLiteral("low disk"), QStringLiteral("cordoned")}));
}

void TestTopologyScene::stepsOfValues()
{
    QCOMPARE(loadStep(0), 0);
    QCOMPARE(loadStep(0.2), 1);
    QCOMPARE(loadStep(1.7), 4);
    QCOMPARE(requestStep(0, 1000), 0);
    QCOMPARE(requestStep(1, 1000), 1);
    QCOMPARE(requestStep(100, 1000), 3);
    QCOMPARE(requestStep(250, 1000), 4);
    QCOMPARE(requestStep(250, 0), noStep);
    QCOMPARE(restartStep(0), 0);
    QCOMPARE(restartStep(5), 1);
    QCOMPARE(restartStep(101), 4);
    QCOMPARE(ageStep(1000, 1000), 0);
    QCOMPARE(ageStep(1000, 1000 + 3600), 1);
    QCOMPARE(ageStep(1000, 1000 + 40 * 86400), 4);
    QCOMPARE(ageStep(0, 1000), noStep);
}

void TestTopologyScene::stepsFollowBatches_data()
{
    QTest::addColumn<int>("overlay");
    // Image is ranked over all pods: see commonImagesHaveSteps().
    for (int i = 0; i < static_cast<int>(Overlay::Image); ++i)
        QTest::addRow("%d", i) << i;
}

// Random batches; after each, every cell has the step that a scene built from the snapshot gives it.
void TestTopologyScene::stepsFollowBatches()
{
    QFETCH(int, overlay);
    constexpr qint64 nowMs = 10'000'000'000;
    Fleet fleet;
    Scene scene;
    scene.setOverlay(static_cast<Overlay>(overlay), nowMs);
    std::vector<store::Uid> pods;
    std::vector<std::pair<std::string, store::Uid>> nodes;
    auto &random = fleet.random;
    std::set<int> seen;
    for (int round = 0; round < 80; ++round) {
        for (int i = 0; i < 20; ++i) {
            const auto dice = random() % 20;
            if (dice < 1 || nodes.size() < 3) {
                const std::string name = "node-" + std::to_string(random() % 12);
                if (std::ranges::none_of(nodes, [&](const auto &node) { return node.first == name; }))
                    nodes.emplace_back(name, fleet.addNode(name, "z", {.pi = random() % 2 == 0}));
            } else if (dice < 2 && round % 4 == 0) {
                const size_t n = random() % nodes.size();
                fleet.nodes.remove(nodes[n].second);
                nodes.erase(nodes.begin() + static_cast<std::ptrdiff_t>(n));
            } else if (dice < 12 || pods.empty()) {
                const auto &node = nodes[random() % nodes.size()].first;
                pods.push_back(fleet.addPod("p" + std::to_string(round * 100 + i), random() % 9 ? node : std::string(),
                    static_cast<Severity>(random() % 5), static_cast<quint32>(nowMs / 1000 - (1 << (random() % 23)))));
            } else if (dice < 16) {
                store::PodRecord pod = fleet.pod(pods[random() % pods.size()]);
                pod.meta.severity = static_cast<Severity>(random() % 5);
                pod.cpuMilliRequested = static_cast<quint32>(random() % 1500);
                pod.memoryRequested = random() % 3'000'000'000;
                pod.restarts = (1u << (random() % 9)) - 1;
                pod.phase = random() % 5 ? store::PodRecord::Phase::Running : store::PodRecord::Phase::Succeeded;
                if (pod.node == StringId::Empty)
                    pod.node = fleet.strings->intern(nodes[random() % nodes.size()].first);
                fleet.put(pod);
            } else {
                const size_t n = random() % pods.size();
                fleet.pods.remove(pods[n]);
                pods.erase(pods.begin() + static_cast<std::ptrdiff_t>(n));
            }
        }
        scene.apply(fleet.publish());
        // Taken over by a scene that comes from another overlay.
        Scene fresh;
        fresh.reset(fleet.snapshot);
        fresh.setOverlay(overlay ? Overlay::Status : Overlay::Age, nowMs);
        fresh.setOverlay(static_cast<Overlay>(overlay), nowMs);
        QCOMPARE(scene.byStep(), fresh.byStep());
        StepCounts sum{};
        for (int tile = 0; tile < static_cast<int>(scene.tiles().size()); ++tile) {
            const NodeTile &mine = scene.tile(tile);
            if (!mine.shown)
                continue;
            QCOMPARE(mine.steps.size(), mine.severities.size());
            StepCounts counts{};
            for (int cell = 0; cell < mine.cells.used(); ++cell) {
                const quint8 step = mine.steps[static_cast<size_t>(cell)];
                const store::Slot pod = mine.cells.podAt(cell);
                QCOMPARE(step == emptyCell, pod == store::noSlot);
                if (pod == store::noSlot)
                    continue;
                const PodPlace place = fresh.placeOf(pod);
                QCOMPARE(step, fresh.tile(place.tile).steps[static_cast<size_t>(place.cell)]);
                seen.insert(step);
                if (step < stepCount)
                    ++counts[step];
            }
            QCOMPARE(mine.byStep, counts);
            for (size_t i = 0; i < stepCount; ++i)
                sum[i] += counts[i];
        }
        QCOMPARE(scene.byStep(), sum);
    }
    // The dice reached every step of the scale.
    QVERIFY2(seen.size() >= stepCount - (overlay == int(Overlay::PodCount) ? 2 : 0),
        qPrintable(QString::number(seen.size())));
}

void TestTopologyScene::agesMoveOn()
{
    Fleet fleet;
    fleet.addNode("n", "a");
    fleet.addPod("young", "n", Severity::Healthy, 10'000);
    fleet.addPod("old", "n", Severity::Healthy, 100);
    Scene scene;
    scene.setOverlay(Overlay::Age, 10'000'000);
    scene.apply(fleet.publish());
    QCOMPARE(scene.byStep(), (StepCounts{1, 1, 0, 0, 0}));
    QVERIFY(scene.updateAges(10'060'000).isEmpty());
    QCOMPARE(scene.updateAges(13'600'000).tiles, std::vector{tileNamed(scene, QStringLiteral("n"))});
    QCOMPARE(scene.byStep(), (StepCounts{0, 2, 0, 0, 0}));
}

void TestTopologyScene::aNodesCapacityIsPartOfTheStep()
{
    Fleet fleet;
    const store::Uid uid = fleet.addNode("n", "a", {.pi = true});
    fleet.addPod("p", "n");
    Scene scene;
    scene.apply(fleet.publish());
    scene.setOverlay(Overlay::Cpu, 0);
    QCOMPARE(scene.byStep(), (StepCounts{0, 0, 1, 0, 0})); // 100m of 4 cores
    store::NodeRecord node = *fleet.nodes.table().at(fleet.nodes.find(uid));
    node.cpuMilliAllocatable = 400;
    node.meta.name = {0, 1};
    fleet.nodes.put(node, "n");
    scene.apply(fleet.publish());
    QCOMPARE(scene.byStep(), (StepCounts{0, 0, 0, 0, 1}));
    const int tile = tileNamed(scene, QStringLiteral("n"));
    QCOMPARE(scene.tile(tile).load(Overlay::Cpu), 0.25);
    QVERIFY(scene.tile(tile).load(Overlay::Restarts) < 0);
}

QTEST_GUILESS_MAIN(TestTopologyScene)
#include "tst_topologyscene.moc"
