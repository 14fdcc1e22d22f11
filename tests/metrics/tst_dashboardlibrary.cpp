// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/dashboardlibrary.h"
#include "randomdashboard.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace kdra;
using namespace kdra::metrics;
using namespace Qt::StringLiterals;

class TestDashboardLibrary : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void savedAndRemoved()
    {
        QTemporaryDir temporary;
        const QString folder = temporary.filePath(u"a/dashboards"_s);
        QVERIFY(readDashboardFolder(folder).dashboards.isEmpty());
        Dashboard first = test::RandomDashboard(1).make();
        first.uid = u"mine"_s;
        Dashboard second = test::RandomDashboard(2).make();
        second.uid = u"../../etc/Mine ☃"_s; // stays in its folder
        const auto path = saveDashboard(folder, first);
        QVERIFY(path);
        QCOMPARE(*path, folder + u"/mine.json"_s);
        const auto other = saveDashboard(folder, second);
        QVERIFY(other);
        QVERIFY2(QFileInfo(*other).absolutePath() == QFileInfo(*path).absolutePath(), qPrintable(*other));
        DashboardShelf shelf = readDashboardFolder(folder);
        QCOMPARE(shelf.problems.size(), 0);
        QCOMPARE(shelf.dashboards.size(), 2);
        QVERIFY(shelf.dashboards.contains(first) && shelf.dashboards.contains(second));
        first.title = u"Changed"_s;
        QVERIFY(saveDashboard(folder, first));
        QCOMPARE(readDashboardFolder(folder).dashboards.size(), 2);
        QVERIFY(removeDashboard(folder, second.uid));
        QVERIFY(!removeDashboard(folder, second.uid));
        shelf = readDashboardFolder(folder);
        QCOMPARE(shelf.dashboards, QList<Dashboard>{first});
    }

    void mixedFolder()
    {
        QTemporaryDir temporary;
        const auto write = [&](const QString &name, const QByteArray &text) {
            QVERIFY(QDir(temporary.path()).mkpath(QFileInfo(temporary.filePath(name)).path()));
            QFile file(temporary.filePath(name));
            QVERIFY(file.open(QFile::WriteOnly) && file.write(text) == text.size());
        };
        write(u"a.json"_s, R"({"kdraDashboard":1,"uid":"u","title":"Own"})");
        write(u"b.json"_s, R"({"uid":"g","title":"Grafana","panels":[]})");
        write(u"c.json"_s, R"({"uid":"g","title":"Again","panels":[]})");
        write(u"d.json"_s, "no JSON");
        write(u"e.txt"_s, "not looked at");
        write(u"folder/f.json"_s, R"({"uid":"f","title":"Inner","panels":[]})");
        const DashboardShelf shelf = readDashboardFolder(temporary.path());
        QCOMPARE(shelf.dashboards.size(), 3);
        QCOMPARE(shelf.dashboards[2].title, u"Inner"_s);
        QCOMPARE(shelf.problems.size(), 2);
        QVERIFY(shelf.problems[0].error.what.contains(u"“g”"));
        QVERIFY(shelf.problems[1].origin.endsWith(u"d.json"));
    }

    void nowhereToWrite()
    {
        const auto saved = saveDashboard(u"/proc/nothing"_s, test::RandomDashboard(1).make());
        QVERIFY(!saved);
        QVERIFY(!saved.error().remedy.isEmpty());
        // Without a uid it could not be read again.
        QTemporaryDir temporary;
        QVERIFY(!saveDashboard(temporary.path(), Dashboard()));
        QVERIFY(QDir(temporary.path()).isEmpty());
    }

    void shared()
    {
        Dashboard dashboard = test::RandomDashboard(3).make();
        dashboard.uid = u"Team_A"_s;
        const auto map = sharedDashboard(dashboard, u"monitoring"_s);
        QVERIFY(map);
        const QList<DashboardSource> sources = sharedDashboardsOf(*map);
        QCOMPARE(sources.size(), 1);
        QVERIFY2(
            sources[0].origin.startsWith(u"ConfigMap monitoring/dashboard-team-a-"), qPrintable(sources[0].origin));
        QCOMPARE(readDashboards(sources).dashboards, QList<Dashboard>{dashboard});
        QVERIFY(grafanaDashboardsOf(*map).isEmpty());
        dashboard.notes.resize(600, QString(3000, u'x'));
        QVERIFY(!sharedDashboard(dashboard, u"monitoring"_s));
    }
};

QTEST_GUILESS_MAIN(TestDashboardLibrary)
#include "tst_dashboardlibrary.moc"
