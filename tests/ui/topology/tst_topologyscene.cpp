// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/topology/fleet.h"
#include "ui/topology/describe.h"
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

QTEST_GUILESS_MAIN(TestTopologyScene)
#include "tst_topologyscene.moc"
