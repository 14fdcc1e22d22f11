// SPDX-License-Identifier: GPL-3.0-or-later
#include "clusterfixture.h"

#include "models/clustermodels.h"
#include "models/roles.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace kdra;
using namespace kdra::models;

class TestFleet : public QObject {
    Q_OBJECT

    // The tree as text: one line a group with its nodes.
    static QStringList text(const FleetTreeModel &model)
    {
        QStringList lines;
        for (int group = 0; group < model.rowCount(); ++group) {
            const QModelIndex parent = model.index(group, 0);
            QStringList nodes;
            for (int row = 0; row < model.rowCount(parent); ++row)
                nodes.append(model.index(row, 0, parent).data().toString());
            lines.append(parent.data().toString() + QStringLiteral(": ") + nodes.join(u' '));
        }
        return lines;
    }

private Q_SLOTS:
    void groupsBySiteAndRole()
    {
        test::ClusterFixture cluster;
        cluster.putNode(1, "pi-10", "Site A");
        cluster.putNode(2, "pi-2", "Site A", store::Severity::Failing);
        cluster.putNode(3, "control-0", "Rack");
        FleetTreeModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.apply(cluster.publish());
        QCOMPARE(text(model), (QStringList{QStringLiteral("Rack: control-0"), QStringLiteral("Site A: pi-2 pi-10")}));
        QCOMPARE(model.index(1, 0).data(SeverityRole).toInt(), int(store::Severity::Failing));
        model.setGrouping(FleetTreeModel::Grouping::Role);
        QCOMPARE(text(model),
            (QStringList{QStringLiteral("Control plane: control-0"), QStringLiteral("Workers: pi-2 pi-10")}));
    }

    void nodesMoveAndGo()
    {
        test::ClusterFixture cluster;
        cluster.putNode(1, "pi-1", "A");
        cluster.putNode(2, "pi-2", "A");
        FleetTreeModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        model.apply(cluster.publish());
        cluster.putNode(2, "pi-2", "B");
        model.apply(cluster.publish());
        QCOMPARE(text(model), (QStringList{QStringLiteral("A: pi-1"), QStringLiteral("B: pi-2")}));
        cluster.removeNode(1);
        model.apply(cluster.publish());
        QCOMPARE(text(model), QStringList{QStringLiteral("B: pi-2")});
        QCOMPARE(resets.count(), 0);
    }

    void followsRandomBatches()
    {
        QRandomGenerator random(3);
        test::ClusterFixture cluster;
        ClusterModels models;
        using Mode = QAbstractItemModelTester::FailureReportingMode;
        QAbstractItemModelTester tree(&models.fleet, Mode::QtTest);
        QAbstractItemModelTester nodes(&models.nodes, Mode::QtTest);
        QAbstractItemModelTester load(&models.nodesWithLoad, Mode::QtTest);
        QAbstractItemModelTester sorted(&models.sortedNodes, Mode::QtTest);
        QAbstractItemModelTester freshness(&models.freshness, Mode::QtTest);
        models.sortedNodes.sort(0);
        for (int batch = 0; batch < 60; ++batch) {
            for (int i = 0; i < 12; ++i) {
                const int id = random.bounded(60);
                if (random.bounded(4) == 0)
                    cluster.removeNode(id);
                else
                    cluster.putNode(id, "pi-" + std::to_string(id), "site-" + std::to_string(random.bounded(4)));
                const int pod = random.bounded(300);
                if (random.bounded(4) == 0)
                    cluster.removePod(pod);
                else
                    cluster.putPod(
                        pod, "pod-" + std::to_string(pod), "default", "pi-" + std::to_string(random.bounded(60)));
            }
            models.apply(cluster.publish());
        }
        FleetTreeModel plain;
        plain.setSnapshot(cluster.snapshot());
        QCOMPARE(text(models.fleet), text(plain));

        store::NodeLoad again;
        again.reset(*cluster.snapshot());
        cluster.snapshot()->table<store::Kind::Node>().forEach([&](const auto &node) {
            QCOMPARE(models.nodesWithLoad.load().load(node.name()), again.load(node.name()));
        });
        QCOMPARE(models.sortedNodes.rowCount(), static_cast<int>(cluster.snapshot()->count(store::Kind::Node)));
    }

    void loadIsShownBesideItsNode()
    {
        test::ClusterFixture cluster;
        cluster.putNode(1, "pi-1", "A");
        cluster.putNode(2, "pi-2", "A");
        cluster.putPod(1, "a", "default", "pi-2");
        cluster.putPod(2, "b", "default", "pi-2");
        ClusterModels models;
        models.sortedNodes.sort(0);
        models.apply(cluster.publish());
        const int pods = models.nodes.columnCount();
        QCOMPARE(models.sortedNodes.index(0, pods).data().toString(), QStringLiteral("0"));
        QCOMPARE(models.sortedNodes.index(1, pods).data().toString(), QStringLiteral("2"));
        QCOMPARE(models.sortedNodes.index(1, pods + 1).data().toString(), QStringLiteral("5"));
        QSignalSpy changes(&models.sortedNodes, &QAbstractItemModel::dataChanged);
        cluster.removePod(1);
        models.apply(cluster.publish());
        QCOMPARE(models.sortedNodes.index(1, pods).data().toString(), QStringLiteral("1"));
        QVERIFY(changes.count() > 0);
    }
};

QTEST_GUILESS_MAIN(TestFleet)
#include "tst_fleet.moc"
