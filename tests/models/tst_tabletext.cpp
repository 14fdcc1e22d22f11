// SPDX-License-Identifier: GPL-3.0-or-later
#include "clusterfixture.h"

#include "models/querycompletion.h"
#include "models/tabletext.h"

#include <QTest>

using namespace kdra;
using namespace kdra::models;

// What leaves a table for the clipboard, and what completes a query.
class TestTableText : public QObject {
    Q_OBJECT

    test::ClusterFixture m_cluster;
    store::SnapshotPtr m_snapshot;
    std::vector<RowKey> m_rows;

private Q_SLOTS:
    void initTestCase()
    {
        m_cluster.putPod(1, "web-1", "team", "pi-1", {.labels = "app=web\n", .message = "two\nlines\there"});
        m_cluster.putPod(2, "it's", "team", "pi-2", {.labels = "app=web\ntier=back\n"});
        m_cluster.putPod(3, "db-0", "data", "pi-1", {.status = "Pending"});
        m_snapshot = m_cluster.publish().snapshot;
        m_rows = orderedRows(*m_snapshot, *podSchema(), {}, -1, Qt::AscendingOrder);
    }

    void cells()
    {
        QCOMPARE(asTsv(*m_snapshot, *podSchema(), m_rows, {0, 1, 4}, true, 0),
            QStringLiteral("Name\tNamespace\tRestarts\nweb-1\tteam\t0\nit's\tteam\t0\ndb-0\tdata\t0"));
        QCOMPARE(tsvLine({QStringLiteral("a\tb"), QString(), QStringLiteral("c\nd")}), QStringLiteral("a b\t\tc d"));
        QCOMPARE(tsvLine({QString(), QStringLiteral("b")}), QStringLiteral("\tb"));
    }

    void names() { QCOMPARE(asNames(*m_snapshot, m_rows), QStringLiteral("web-1\nit's\ndb-0")); }

    void commands()
    {
        QCOMPARE(asKubectl(*m_snapshot, m_rows, KubectlVerb::Get, QStringLiteral("my prod")),
            QStringLiteral("kubectl -n data get pod db-0 --context 'my prod'\n"
                           "kubectl -n team get pod web-1 'it'\\''s' --context 'my prod'"));
        QCOMPARE(asKubectl(*m_snapshot, std::span(m_rows).first(1), KubectlVerb::Delete, {}),
            QStringLiteral("kubectl -n team delete pod web-1"));
    }

    void quotesForTheShell()
    {
        QCOMPARE(shellQuoted(QStringLiteral("web-1.a/b")), QStringLiteral("web-1.a/b"));
        QCOMPARE(shellQuoted(QString()), QStringLiteral("''"));
        QCOMPARE(shellQuoted(QStringLiteral("$(rm)")), QStringLiteral("'$(rm)'"));
    }

    void completes()
    {
        const QList<Column> columns = podSchema()->columns();
        const QString text = QStringLiteral("web -ns:a,te more");
        const QueryPlace value = queryPlace(text, 12, columns);
        QCOMPARE(value.column, 1);
        QCOMPARE(value.prefix, QStringLiteral("te"));
        QCOMPARE(text.sliced(value.from, value.length), QStringLiteral("te"));
        const QueryPlace key = queryPlace(text, 6, columns);
        QCOMPARE(key.column, -1);
        QCOMPARE(key.prefix, QStringLiteral("n"));
        QVERIFY(keyCompletions(columns, QStringLiteral("res")).contains(QStringLiteral("restarts>")));
        QVERIFY(keyCompletions(columns, QStringLiteral("ns")).contains(QStringLiteral("namespace:")));
        QCOMPARE(columnValues(*m_snapshot, *podSchema(), 1, 10),
            (QStringList{QStringLiteral("data"), QStringLiteral("team")}));
        QCOMPARE(columnValues(*m_snapshot, *podSchema(), 14, 10),
            (QStringList{QStringLiteral("app=web"), QStringLiteral("tier=back")}));
    }
};

QTEST_GUILESS_MAIN(TestTableText)
#include "tst_tabletext.moc"
