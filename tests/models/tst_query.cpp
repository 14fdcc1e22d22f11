// SPDX-License-Identifier: GPL-3.0-or-later
#include "clusterfixture.h"

#include "models/recordtablemodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace kdra;
using namespace kdra::models;

// The language of the box over a table.
class TestQuery : public QObject {
    Q_OBJECT

    static constexpr quint32 now = 1'700'010'000;

    // Pods that differ in what queries ask for.
    static void populate(test::ClusterFixture &cluster)
    {
        cluster.putPod(1, "web-1", "team-3", "pi-7",
            {.labels = "app=web\ntier=front\n", .image = "nginx:1.29", .restarts = 7, .created = now - 60});
        cluster.putPod(2, "web-2", "team-3", "rack-1",
            {.status = "CrashLoopBackOff",
                .labels = "app=web\ntier=back\n",
                .message = "back-off 5m0s, \"restarting\"",
                .ready = 1,
                .containers = 2,
                .restarts = 40,
                .memory = quint64(2) << 30,
                .created = now - 3 * 3600});
        cluster.putPod(3, "db-0", "data", "pi-7",
            {.status = "Init:0/1", .labels = "app=db\n", .ready = 0, .cpuMilli = 1500, .created = now - 86400 * 9});
        cluster.putPod(4, "job-x", "data", "", {.status = "Pending", .ready = 0, .cpuMilli = 0, .created = 0});
    }

    // The names that the query finds, "!" and the part it complains about.
    static QString answer(const QString &text)
    {
        const std::shared_ptr<const TableSchema> schema = podSchema();
        const auto query = Query::parse(text, schema->columns());
        if (!query)
            return u'!' + text.sliced(query.error().position, qMin(query.error().length, text.size()));
        test::ClusterFixture cluster;
        populate(cluster);
        const store::SnapshotPtr snapshot = cluster.publish().snapshot;
        QStringList names;
        for (const RowKey row : orderedRows(*snapshot, *schema, {.query = *query, .now = now}, -1, Qt::AscendingOrder))
            names.append(store::toQString(recordAt(*snapshot, row).name));
        return names.join(u' ');
    }

private Q_SLOTS:
    void answers_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *query, const char *expected) {
            QTest::newRow(query) << QString::fromUtf8(query) << QString::fromUtf8(expected);
        };
        row("", "web-1 web-2 db-0 job-x");
        row("   ", "web-1 web-2 db-0 job-x");
        row("web", "web-1 web-2");
        row("WEB pi", "web-1");
        row("-web", "db-0 job-x");
        row("-", "web-1 web-2 db-0 job-x");
        row("\"eb-1\"", "web-1");
        // Exact, whatever the case and the name of the key.
        row("ns:team-3", "web-1 web-2");
        row("namespace=TEAM-3", "web-1 web-2");
        row("NS:team", "");
        row("ns==data", "db-0 job-x");
        row("ns!=data", "web-1 web-2");
        row("-ns!=data", "db-0 job-x");
        row("ns:data,team-3 web", "web-1 web-2");
        row("status!=Running,Pending", "web-2 db-0");
        row("status:\"Init:0/1\"", "db-0");
        row("status:Init:0/1", "db-0");
        row("node:\"\"", "job-x");
        // Parts.
        row("node~pi-", "web-1 db-0");
        row("node!~pi-", "web-2 job-x");
        row("node:~PI-", "web-1 db-0");
        row("name~-1,-2", "web-1 web-2");
        row("msg~\"5m0s, \\\"rest\"", "web-2");
        row("image:nginx:1.29", "web-1");
        // Amounts.
        row("restarts>5", "web-1 web-2");
        row("restarts:>7", "web-2");
        row("restarts>=7", "web-1 web-2");
        row("restarts<1", "db-0 job-x");
        row("restarts:7,40", "web-1 web-2");
        row("restarts!=0", "web-1 web-2");
        row("cpu>500m", "db-0");
        row("cpu>=1.5", "db-0");
        row("cpu:0", "job-x");
        row("memory>1Gi", "web-2");
        row("mem<=64Mi", "web-1 db-0 job-x");
        // Of an unknown age nothing is known.
        row("age>2h", "web-2 db-0");
        row("age<2h", "web-1");
        row("age>=1w2d", "db-0");
        row("-age>2h", "web-1 job-x");
        row("ready:1/2", "web-2");
        row("ready:no", "web-2 db-0 job-x");
        row("ready:yes", "web-1");
        row("ready<1", "db-0 job-x");
        // Labels.
        row("label:app=web", "web-1 web-2");
        row("l:app=web,app=db", "web-1 web-2 db-0");
        row("label:tier", "web-1 web-2");
        row("-label:tier", "db-0 job-x");
        row("label:app=we", "");
        row("label~tier=f", "web-1");
        row("label!=tier=front", "web-2 db-0 job-x");
        // All of them at once.
        row("ns:team-3 status!=Running restarts>5 node~rack", "web-2");
        // Wrong: what is marked in the box.
        row("web nmespace:x", "!nmespace");
        row("nginx:1.29", "!nginx");
        row("=x", "!=");
        row("ns:", "!ns:");
        row("ns:a,", "!ns:a,");
        row("web status:\"Init", "!\"Init");
        row("\"web", "!\"web");
        row("restarts>many", "!many");
        row("restarts~5", "!~");
        row("restarts>1,2", "!,");
        row("ns>5", "!>");
        row("age:2h", "!:");
        row("age>2", "!2");
        row("age>h", "!h");
        row("memory>1Gx", "!1Gx");
        row("ready:1/", "!1/");
        row("ready>1/2", "!1/2");
    }

    void answers()
    {
        QFETCH(QString, query);
        QTEST(answer(query), "expected");
    }

    void saysWhatIsPossible()
    {
        const QList<Column> columns = nodeSchema()->columns();
        const auto said = [&columns](const char *text) {
            const auto query = Query::parse(QString::fromUtf8(text), columns);
            return query ? QString() : query.error().error.text();
        };
        QVERIFY2(said("stauts:Ready").contains(u"kubelet"), qPrintable(said("stauts:Ready")));
        QVERIFY2(said("a=b").contains(u"character 1"), qPrintable(said("a=b")));
        QVERIFY2(said("status:Rady").contains(u"SchedulingDisabled"), qPrintable(said("status:Rady")));
        QVERIFY2(said("cpu>x").contains(u"500m"), qPrintable(said("cpu>x")));
        QVERIFY2(said("taints~1").contains(u">="), qPrintable(said("taints~1")));
    }

    void wordsOfNodes_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<int>("rows");
        QTest::newRow("ready") << QStringLiteral("status:ready") << 3;
        QTest::newRow("contains covers both") << QStringLiteral("status~Ready") << 3;
        QTest::newRow("not") << QStringLiteral("status!=Ready") << 0;
        QTest::newRow("role") << QStringLiteral("role:control-plane") << 1;
        QTest::newRow("any of") << QStringLiteral("role:control-plane,worker") << 3;
        QTest::newRow("site") << QStringLiteral("zone:\"Site A\"") << 2;
        QTest::newRow("capacity") << QStringLiteral("cpu<1") << 3;
    }

    void wordsOfNodes()
    {
        QFETCH(QString, query);
        test::ClusterFixture cluster;
        cluster.putNode(1, "control-1", "Site A");
        cluster.putNode(2, "pi-1", "Site A");
        cluster.putNode(3, "pi-2", "Site B");
        RecordTableModel model(nodeSchema());
        model.setSnapshot(cluster.publish().snapshot);
        model.setFilter({.query = Query::parse(query, model.columns()).value()});
        QTEST(model.rowCount(), "rows");
    }

    // Every key can be asked for, in every table; none means two columns.
    void keysAreUnique()
    {
        for (const auto &schema : {podSchema(), nodeSchema(), workloadSchema(), networkSchema(), eventSchema()}) {
            const QList<Column> columns = schema->columns();
            QSet<QString> seen;
            for (int i = 0; i < columns.size(); ++i) {
                QVERIFY(!columns[i].key.empty());
                const QString keys = store::toQString(columns[i].key) + u' ' + store::toQString(columns[i].aliases);
                for (const QString &key : keys.split(u' ', Qt::SkipEmptyParts)) {
                    QVERIFY2(!seen.contains(key), qPrintable(key));
                    seen.insert(key);
                    QCOMPARE(columnNamed(columns, key), i);
                }
                QCOMPARE(columns[i].type == FieldType::Words, !columns[i].words.empty());
            }
        }
    }

    void quotesWhatNeedsIt()
    {
        const QList<Column> columns = podSchema()->columns();
        for (const QString &value : {QStringLiteral("a b"), QStringLiteral("a\"b\\"), QString(), QStringLiteral("a,b"),
                 QStringLiteral("plain")}) {
            const auto query = Query::parse(QStringLiteral("ns:") + quotedValue(value), columns);
            QVERIFY2(query, qPrintable(value));
            QCOMPARE(QString::fromStdString(query->terms()[0].values[0].text), value);
        }
    }

    // Batches at random, queries at random: the rows are always what a plain computation gives, without a reset.
    void incrementalEqualsFresh_data()
    {
        QTest::addColumn<quint32>("threshold");
        QTest::newRow("at once") << 100000U;
        QTest::newRow("on the worker") << 0U;
    }

    void incrementalEqualsFresh()
    {
        QFETCH(quint32, threshold);
        QRandomGenerator random(11);
        const QStringList terms = {QStringLiteral("ns:even"), QStringLiteral("status!=Running"),
            QStringLiteral("restarts>20"), QStringLiteral("node~n1,n2"), QStringLiteral("-pod-1"),
            QStringLiteral("label:app=a"), QStringLiteral("age<60000d"), QStringLiteral("memory>=64Mi"),
            QStringLiteral("-ready:no"), QStringLiteral("3"), QStringLiteral("nobody:had=this")};
        test::ClusterFixture cluster;
        RecordTableModel model(podSchema());
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        model.setWorkerThreshold(threshold);
        model.sort(4, Qt::DescendingOrder);
        int shown = 0;
        for (int batch = 0; batch < 80; ++batch) {
            for (int change = random.bounded(1, batch % 7 == 0 ? 150 : 12); change > 0; --change) {
                const int id = random.bounded(300);
                if (random.bounded(4) == 0) {
                    cluster.removePod(id);
                    continue;
                }
                cluster.putPod(id, "pod-" + std::to_string(id), id % 2 ? "odd" : "even", "n" + std::to_string(id % 5),
                    {.status = random.bounded(2) ? "Running" : "Failed-" + std::to_string(random.bounded(50)),
                        .labels = random.bounded(2) ? "app=a\n" : "app=b\n",
                        .ready = static_cast<quint8>(random.bounded(2)),
                        .restarts = random.bounded(40U),
                        .memory = quint64(random.bounded(128U)) << 20});
            }
            if (random.bounded(4) == 0) {
                QStringList some;
                for (int i = random.bounded(3); i > 0; --i)
                    some.append(terms[random.bounded(terms.size())]);
                if (const auto query = Query::parse(some.join(u' '), model.columns()))
                    model.setFilter({.query = *query});
            }
            model.apply(cluster.publish());
            if (random.bounded(6) != 0)
                continue;
            QTRY_VERIFY_WITH_TIMEOUT(model.isSettled(), 30000);
            const std::vector<RowKey> expected =
                orderedRows(*cluster.snapshot(), model.schema(), model.filter(), 4, Qt::DescendingOrder);
            std::vector<RowKey> rows;
            for (int row = 0; row < model.rowCount(); ++row)
                rows.push_back(model.rowKey(row));
            QVERIFY2(rows == expected, qPrintable(model.filter().query.text()));
            shown += model.rowCount();
        }
        QCOMPARE(resets.count(), 0);
        QVERIFY(shown > 0);
    }

    // Ids of one cluster's pool mean nothing in another's.
    void anotherClusterHasOtherIds()
    {
        test::ClusterFixture one;
        one.putPod(1, "a", "first", "n");
        test::ClusterFixture other;
        other.putPod(1, "x", "zeroth", "n");
        other.putPod(2, "b", "first", "n");
        RecordTableModel model(podSchema());
        model.setFilter({.query = Query::parse(QStringLiteral("ns:first"), model.columns()).value()});
        model.setSnapshot(one.publish().snapshot);
        QCOMPARE(model.rowCount(), 1);
        model.setSnapshot(other.publish().snapshot);
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.index(0, 0).data().toString(), QStringLiteral("b"));
    }
};

QTEST_GUILESS_MAIN(TestQuery)
#include "tst_query.moc"
