// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/democluster.h"
#include "store/clusterstore.h"

#include <QSignalSpy>
#include <QTest>

using namespace kdra;
using namespace kdra::store;

// Each kind of server gets the best transport it grants, chosen by what it answers.
class TestTransports : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theBestThatTheServerGrants_data();
    void theBestThatTheServerGrants();
    void batchesAreOneAFrameAtMost();
    void snapshotsOnceReadStayAsTheyWere();
    void switchingOffInTheMiddleIsClean();
};

void TestTransports::theBestThatTheServerGrants_data()
{
    QTest::addColumn<bool>("compat120");
    QTest::addColumn<bool>("webSocket");
    QTest::addColumn<QByteArray>("transport");
    QTest::newRow("of today") << false << true << QByteArray("websocket-streaming-list");
    QTest::newRow("1.20") << true << true << QByteArray("websocket");
    QTest::newRow("behind a proxy that refuses upgrades") << false << false << QByteArray("http");
    QTest::newRow("1.20 behind such a proxy") << true << false << QByteArray("http");
}

void TestTransports::theBestThatTheServerGrants()
{
    QFETCH(bool, compat120);
    QFETCH(bool, webSocket);
    QFETCH(QByteArray, transport);
    demo::DemoCluster cluster({.story = false, .compat120 = compat120, .webSocket = webSocket});
    QVERIFY(cluster.start());
    ClusterStore store(cluster.clientConfig());
    QSignalSpy synced(&store, &ClusterStore::synced);
    store.start();
    QVERIFY(synced.wait(30000));
    for (const KindInfo &info : allKinds()) {
        // A list can be complete before the watch that follows it stands.
        QTRY_VERIFY2_WITH_TIMEOUT(store.snapshot()->state(info.kind).phase == KindPhase::Live, info.name, 20000);
        QTRY_COMPARE_WITH_TIMEOUT(transportName(store.snapshot()->state(info.kind).transport), transport, 30000);
    }
    QVERIFY(store.snapshot()->count(Kind::Node) >= 24);
    QVERIFY(store.snapshot()->count(Kind::Pod) >= 100);
}

void TestTransports::batchesAreOneAFrameAtMost()
{
    demo::DemoCluster cluster({.eventsPerSecond = 2000, .story = false});
    QVERIFY(cluster.start());
    ClusterStore store(cluster.clientConfig());
    QSignalSpy synced(&store, &ClusterStore::synced);
    store.start();
    QVERIFY(synced.wait(30000));
    std::vector<std::chrono::steady_clock::time_point> times;
    size_t changes = 0;
    connect(&store, &ClusterStore::published, this, [&](const Batch &batch) {
        times.push_back(std::chrono::steady_clock::now());
        changes += batch.delta(Kind::Pod).changed.size();
    });
    QTRY_VERIFY_WITH_TIMEOUT(times.size() >= 40, 20000);
    // The receiver may be late for one and early for the next; never more of them than frames.
    const auto span = times.back() - times.front();
    QVERIFY(times.size() - 1 <= static_cast<size_t>(span / std::chrono::milliseconds(16)) + 2);
    QVERIFY(changes > times.size());
}

void TestTransports::snapshotsOnceReadStayAsTheyWere()
{
    demo::DemoCluster cluster({.eventsPerSecond = 2000, .story = false});
    QVERIFY(cluster.start());
    ClusterStore store(cluster.clientConfig());
    QSignalSpy synced(&store, &ClusterStore::synced);
    store.start();
    QVERIFY(synced.wait(30000));
    const SnapshotPtr kept = store.snapshot();
    const auto digest = [](const Snapshot &snapshot) {
        size_t hash = 0;
        snapshot.table<Kind::Pod>().forEach([&](Ref<PodRecord> pod) {
            hash = hash * 31 + pod->meta.resourceVersion * 7 + std::hash<std::string_view>()(pod.name());
        });
        return hash;
    };
    const size_t before = digest(*kept);
    QTRY_VERIFY_WITH_TIMEOUT(digest(*store.snapshot()) != before, 20000);
    QTRY_VERIFY_WITH_TIMEOUT(store.snapshot()->revision > kept->revision + 20, 30000);
    QCOMPARE(digest(*kept), before);
}

void TestTransports::switchingOffInTheMiddleIsClean()
{
    demo::DemoCluster cluster({.nodes = 200, .pods = 5000, .story = false});
    QVERIFY(cluster.start());
    for (int wait = 0; wait < 200; wait += 20) {
        ClusterStore store(cluster.clientConfig());
        store.start();
        QTest::qWait(wait); // anywhere between the first packet and synced
    }
}

QTEST_GUILESS_MAIN(TestTransports)
#include "tst_transports.moc"
