// SPDX-License-Identifier: GPL-3.0-or-later
#include "clusterfixture.h"

#include "tests/store/informerfixture.h"

#include "models/recordtablemodel.h"
#include "models/roles.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace kdra;
using namespace kdra::models;

class TestRecordTable : public QObject {
    Q_OBJECT

    static QStringList column(const QAbstractItemModel &model, int column)
    {
        QStringList cells;
        for (int row = 0; row < model.rowCount(); ++row)
            cells.append(model.index(row, column).data().toString());
        return cells;
    }

    static QList<RowKey> keys(const RecordTableModel &model)
    {
        QList<RowKey> rows;
        for (int row = 0; row < model.rowCount(); ++row)
            rows.append(model.rowKey(row));
        return rows;
    }

    // What the table shows must be what a plain computation over the snapshot gives.
    static void compare(
        const RecordTableModel &model, const test::ClusterFixture &cluster, int column, Qt::SortOrder order)
    {
        QTRY_VERIFY_WITH_TIMEOUT(model.isSettled(), 30000);
        const std::vector<RowKey> expected =
            orderedRows(*cluster.snapshot(), model.schema(), model.filter(), column, order);
        QCOMPARE(keys(model), QList<RowKey>(expected.begin(), expected.end()));
    }

    static void change(
        test::ClusterFixture &cluster, QRandomGenerator &random, QSet<int> &alive, int changes, int range)
    {
        for (int i = 0; i < changes; ++i) {
            const int id = random.bounded(range);
            if (random.bounded(3) == 0) {
                cluster.removePod(id);
                alive.remove(id);
            } else {
                const auto severity = random.bounded(5) == 0 ? store::Severity::Failing : store::Severity::Healthy;
                cluster.putPod(id, "pod-" + std::to_string(id), id % 2 ? "odd" : "even", "n" + std::to_string(id % 7),
                    random.bounded(50U), severity);
                alive.insert(id);
            }
        }
    }

private Q_SLOTS:
    void sortsNaturally()
    {
        test::ClusterFixture cluster;
        for (const int id : {10, 2, 1})
            cluster.putPod(id, "pod-" + std::to_string(id), "default", "n1");
        RecordTableModel model(podSchema());
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.sort(0, Qt::AscendingOrder);
        model.setSnapshot(cluster.publish().snapshot);
        const QStringList ascending = {QStringLiteral("pod-1"), QStringLiteral("pod-2"), QStringLiteral("pod-10")};
        QCOMPARE(column(model, 0), ascending);
        model.sort(0, Qt::DescendingOrder);
        QCOMPARE(column(model, 0), QStringList(ascending.rbegin(), ascending.rend()));
    }

    void followsBatches_data()
    {
        QTest::addColumn<quint32>("threshold");
        QTest::addColumn<int>("changes");
        QTest::addColumn<int>("column");
        QTest::newRow("few changes, ordered at once") << 100000U << 8 << 4;
        QTest::newRow("many changes, ordered at once") << 100000U << 300 << 4;
        QTest::newRow("few changes, on the worker") << 0U << 8 << 4;
        QTest::newRow("many changes, on the worker") << 0U << 300 << 0;
        QTest::newRow("in the order of the slots") << 100000U << 40 << -1;
    }

    void followsBatches()
    {
        QFETCH(quint32, threshold);
        QFETCH(int, changes);
        QFETCH(int, column);
        QRandomGenerator random(7);
        QSet<int> alive;
        test::ClusterFixture cluster;
        RecordTableModel model(podSchema());
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        model.setWorkerThreshold(threshold);
        model.sort(column, Qt::AscendingOrder);
        for (int batch = 0; batch < 30; ++batch) {
            change(cluster, random, alive, changes, 400);
            model.apply(cluster.publish());
            // Filters come and go while orders are being computed.
            if (batch % 10 == 4)
                model.setFilter({.ns = "odd"});
            if (batch % 10 == 6)
                model.setFilter({.problemsOnly = true});
            if (batch % 10 == 8)
                model.setFilter({});
        }
        QTRY_VERIFY_WITH_TIMEOUT(model.isSettled(), 30000);
        QCOMPARE(resets.count(), 0);
        QCOMPARE(model.rowCount(), static_cast<int>(alive.size()));
        if (column >= 0)
            compare(model, cluster, column, Qt::AscendingOrder);
    }

    void persistentIndexesStayWithTheirObject()
    {
        test::ClusterFixture cluster;
        for (int id = 0; id < 200; ++id)
            cluster.putPod(id, "pod-" + std::to_string(id), id % 2 ? "odd" : "even", "n1", static_cast<quint32>(id));
        RecordTableModel model(podSchema());
        model.sort(0, Qt::AscendingOrder);
        model.setSnapshot(cluster.publish().snapshot);
        const Item item{store::Kind::Pod, test::ClusterFixture::uid(store::Kind::Pod, 42)};
        const QPersistentModelIndex index = model.index(model.rowOf(item), 0);
        model.sort(4, Qt::DescendingOrder);
        model.setFilter({.ns = "even"});
        cluster.putPod(1000, "pod-1000", "even", "n1", 999);
        cluster.removePod(44);
        model.apply(cluster.publish());
        QCOMPARE(index.data().toString(), QStringLiteral("pod-42"));
        QCOMPARE(index.row(), model.rowOf(item));
        model.setFilter({.ns = "odd"});
        QVERIFY(!index.isValid());
        QCOMPARE(model.rowOf(item), -1);
    }

    void changedRowsAreToldInBlocks()
    {
        test::ClusterFixture cluster;
        for (int id = 0; id < 100; ++id)
            cluster.putPod(id, "pod-" + std::to_string(id), "default", "n1");
        RecordTableModel model(podSchema());
        model.sort(0, Qt::AscendingOrder);
        model.setSnapshot(cluster.publish().snapshot);
        for (const int id : {10, 11, 12, 50})
            cluster.putPod(id, "pod-" + std::to_string(id), "default", "n1", 5);
        QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
        model.apply(cluster.publish());
        QCOMPARE(changes.count(), 2);
        QCOMPARE(changes[0][0].toModelIndex().row(), 10);
        QCOMPARE(changes[0][1].toModelIndex().row(), 12);
    }

    void filtersByTextNodeAndProblem()
    {
        test::ClusterFixture cluster;
        cluster.putPod(1, "web-1", "team", "pi-1");
        cluster.putPod(2, "web-2", "team", "pi-2", 3, store::Severity::Failing);
        cluster.putPod(3, "db-1", "data", "pi-1");
        RecordTableModel model(podSchema());
        model.sort(0, Qt::AscendingOrder);
        model.setSnapshot(cluster.publish().snapshot);
        model.setFilter({.text = "web"});
        QCOMPARE(model.rowCount(), 2);
        model.setFilter({.text = "pi-1"});
        QCOMPARE(column(model, 0), (QStringList{QStringLiteral("db-1"), QStringLiteral("web-1")}));
        model.setFilter({.node = "pi-2"});
        QCOMPARE(column(model, 0), QStringList{QStringLiteral("web-2")});
        model.setFilter({.problemsOnly = true});
        QCOMPARE(column(model, 0), QStringList{QStringLiteral("web-2")});
        QCOMPARE(model.index(0, 0).data(SeverityRole).toInt(), int(store::Severity::Failing));
        // Healed: it leaves by itself.
        cluster.putPod(2, "web-2", "team", "pi-2", 3, store::Severity::Healthy);
        model.apply(cluster.publish());
        QCOMPARE(model.rowCount(), 0);
    }

    void eventsShowWarningsFirst()
    {
        test::ClusterFixture cluster;
        const store::Uid pod = cluster.putPod(1, "web-1", "default", "n1");
        cluster.putEvent(1, pod, false, 300, "Pulled");
        cluster.putEvent(2, pod, true, 100, "Old trouble");
        cluster.putEvent(3, {9, 9}, true, 200, "New trouble");
        RecordTableModel model(eventSchema());
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.sort(0, Qt::AscendingOrder);
        model.setSnapshot(cluster.publish().snapshot);
        QCOMPARE(column(model, 2),
            (QStringList{QStringLiteral("New trouble"), QStringLiteral("Old trouble"), QStringLiteral("Pulled")}));
        model.setFilter({.about = {store::Kind::Pod, pod, "default", "web-1"}});
        QCOMPARE(model.rowCount(), 2);
    }

    // As the kubelet, the node controller and an old node-problem-detector write them.
    void eventsOfANodeNeedNotKnowItsUid()
    {
        test::InformerFixture<store::Kind::Event> events;
        int count = 0;
        const auto put = [&](const QByteArray &kind, const QByteArray &name, const QByteArray &uid,
                             const QByteArray &reason, const QByteArray &ns = "default") {
            const QByteArray number = QByteArray::number(++count);
            events.event("ADDED",
                R"({"metadata":{"name":"e)" + number + R"(","namespace":")" + ns + R"(","uid":")" + test::uid(count)
                    + R"("},"involvedObject":{"kind":")" + kind + R"(","name":")" + name + R"(","uid":")" + uid
                    + R"("},"reason":")" + reason
                    + R"(","source":{"component":"kubelet","host":"pi-1"},"lastTimestamp":"2026-11-22T10:0)" + number
                    + R"(:00Z","count":1,"type":"Normal"})");
        };
        const QByteArray node = test::uid(100);
        put("Node", "pi-1", "pi-1", "NodeHasSufficientMemory");
        put("Node", "pi-1", node, "RegisteredNode");
        put("Node", "pi-1", "", "OOMKilling");
        put("Node", "pi-1", test::uid(99), "ThePiBeforeOfThatName");
        put("Node", "pi-2", "pi-2", "AnotherNode");
        put("Pod", "pi-1", "", "APodOfThatName");
        events.publish();
        RecordTableModel model(eventSchema());
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.sort(5, Qt::DescendingOrder);
        model.setSnapshot(events.snapshot);
        model.setFilter({.about = {store::Kind::Node, store::Uid::parse(node.toStdString()), {}, "pi-1"}});
        QCOMPARE(column(model, 0),
            (QStringList{QStringLiteral("NodeHasSufficientMemory"), QStringLiteral("RegisteredNode"),
                QStringLiteral("OOMKilling")}));
        // Names of what has a namespace count in that namespace only.
        put("Pod", "web", "", "Here", "team");
        put("Pod", "web", "", "Elsewhere", "other");
        events.publish();
        model.setSnapshot(events.snapshot);
        model.setFilter({.about = {store::Kind::Pod, store::Uid::parse(test::uid(7).toStdString()), "team", "web"}});
        QCOMPARE(column(model, 0), QStringList{QStringLiteral("Here")});
    }

    void restsWhileNobodyLooks()
    {
        QRandomGenerator random(7);
        test::ClusterFixture cluster;
        RecordTableModel model(podSchema());
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setWorkerThreshold(80);
        model.sort(0, Qt::AscendingOrder);
        QSet<int> alive;
        for (int round = 0; round < 120; ++round) {
            const bool active = random.bounded(4) == 0;
            model.setActive(active);
            if (random.bounded(10) == 0)
                model.setFilter({.problemsOnly = random.bounded(2) == 0});
            change(cluster, random, alive, random.bounded(60), 200);
            const int before = model.rowCount();
            model.apply(cluster.publish());
            if (active)
                compare(model, cluster, 0, Qt::AscendingOrder);
            else
                QCOMPARE_LE(model.rowCount(), before);
            // What is gone is shown by no row, active or not.
            for (int row = 0; row < model.rowCount(); ++row)
                QVERIFY(!model.itemAt(row).isNull());
        }
        model.setActive(true);
        compare(model, cluster, 0, Qt::AscendingOrder);
    }

    void ordersALargeTableOnAWorker()
    {
        test::ClusterFixture cluster;
        constexpr int pods = 150'000;
        for (int id = 0; id < pods; ++id)
            cluster.putPod(id, "pod-" + std::to_string(id * 7919 % pods), "default", "n" + std::to_string(id % 5000));
        RecordTableModel model(podSchema());
        model.sort(0, Qt::AscendingOrder);
        model.apply(cluster.publish());
        QCOMPARE(model.rowCount(), pods);
        QVERIFY(!model.isSettled());
        // Life goes on meanwhile.
        cluster.removePod(5);
        cluster.putPod(pods + 1, "aaa", "default", "n1");
        model.apply(cluster.publish());
        QTRY_VERIFY_WITH_TIMEOUT(model.isSettled(), 30000);
        QCOMPARE(model.rowCount(), pods);
        QCOMPARE(model.index(0, 0).data().toString(), QStringLiteral("aaa"));
        QCOMPARE(model.index(1, 0).data().toString(), QStringLiteral("pod-0"));
    }
};

QTEST_GUILESS_MAIN(TestRecordTable)
#include "tst_recordtable.moc"
