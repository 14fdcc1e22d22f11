// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/environmentmodel.h"
#include "models/environmenttext.h"
#include "models/roles.h"

#include <QAbstractItemModelTester>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

using namespace kdra;
using environments::Environment;
using models::EnvironmentModel;

class TestEnvironmentModel : public QObject {
    Q_OBJECT

    static Environment named(const QString &name, const QString &ns = QStringLiteral("team"))
    {
        Environment one;
        one.name = name;
        one.ns = ns;
        one.tooling = QStringLiteral("kdra/v1");
        one.state = Environment::State::Ready;
        return one;
    }
    static QStringList names(const EnvironmentModel &model)
    {
        QStringList all;
        for (int row = 0; row < model.rowCount(); ++row)
            all.append(model.index(row, 0).data().toString() + u'/'
                + model.index(row, EnvironmentModel::NamespaceColumn).data().toString());
        return all;
    }
    static QString cell(const EnvironmentModel &model, EnvironmentModel::Column column)
    {
        return model.index(0, column).data().toString();
    }

private Q_SLOTS:
    void changesAreToldAsWhatTheyAre()
    {
        EnvironmentModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setEnvironments({named(QStringLiteral("shop")), named(QStringLiteral("board"))});
        QCOMPARE(names(model), (QStringList{QStringLiteral("board/team"), QStringLiteral("shop/team")}));

        QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        const QPersistentModelIndex shop = model.index(1, 0);
        Environment failing = named(QStringLiteral("shop"));
        failing.state = Environment::State::Failing;
        model.setEnvironments({named(QStringLiteral("alpha")), named(QStringLiteral("beta")), failing});
        QCOMPARE(inserted.count(), 1);
        QCOMPARE(removed.count(), 1);
        QCOMPARE(changed.count(), 1);
        QCOMPARE(changed.first().first().toModelIndex(), QModelIndex(shop));
        QCOMPARE(shop.data().toString(), QStringLiteral("shop"));
        QCOMPARE(shop.data(models::SeverityRole).toInt(), int(store::Severity::Failing));
        model.setEnvironments(model.environments());
        QCOMPARE(inserted.count() + removed.count() + changed.count(), 3);
        QCOMPARE(resets.count(), 0);
    }

    void whatFiresIsAColumnOfItsOwn()
    {
        EnvironmentModel model;
        model.setEnvironments({named(QStringLiteral("shop"))});
        QVERIFY(cell(model, EnvironmentModel::AlertsColumn).isEmpty());
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        models::AlertMarks marks;
        marks.environments.insert({QStringLiteral("team"), QStringLiteral("shop")},
            {.count = 2,
                .worst = store::Severity::Failing,
                .first = QStringLiteral("a"),
                .lines = {QStringLiteral("Crash: it is broken")}});
        model.setAlerts(marks);
        QCOMPARE(changed.count(), 1);
        const QModelIndex index = model.index(0, EnvironmentModel::AlertsColumn);
        QCOMPARE(index.data().toString(), QStringLiteral("2"));
        QCOMPARE(index.data(models::SeverityRole).toInt(), int(store::Severity::Failing));
        QVERIFY(index.data(Qt::ToolTipRole).toString().contains(QStringLiteral("Crash")));
        model.setAlerts(marks);
        QCOMPARE(changed.count(), 1);
        model.setAlerts({});
        QVERIFY(cell(model, EnvironmentModel::AlertsColumn).isEmpty());
    }

    void oneNameInTwoNamespacesIsTwoEnvironments()
    {
        EnvironmentModel model;
        model.setEnvironments(
            {named(QStringLiteral("shop"), QStringLiteral("b")), named(QStringLiteral("shop"), QStringLiteral("a"))});
        QCOMPARE(names(model), (QStringList{QStringLiteral("shop/a"), QStringLiteral("shop/b")}));
        QCOMPARE(model.rowOf(QStringLiteral("b"), QStringLiteral("shop")), 1);
        QCOMPARE(model.rowOf(QStringLiteral("c"), QStringLiteral("shop")), -1);
    }

    void randomListsArriveAsTheyAre()
    {
        EnvironmentModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QRandomGenerator random(7);
        for (int round = 0; round < 200; ++round) {
            QList<Environment> wanted;
            for (int i = 0; i < 30; ++i) {
                if (random.bounded(2))
                    continue;
                Environment one = named(QStringLiteral("e%1").arg(i, 2, 10, QLatin1Char('0')));
                one.pods = static_cast<quint32>(random.bounded(3));
                wanted.append(one);
            }
            model.setEnvironments(wanted);
            QCOMPARE(model.environments(), wanted);
        }
    }

    void cellsSayWhatThereIs()
    {
        const QDateTime now = QDateTime::currentDateTimeUtc();
        Environment one = named(QStringLiteral("shop"));
        one.created = now.addDays(-3);
        one.expires = now.addDays(6).addSecs(30);
        one.pods = 3;
        one.readyPods = 2;
        one.cpuMilli = 250;
        one.memory = 384LL << 20;
        one.placement = {.kind = environments::Placement::Kind::Node, .name = QStringLiteral("pi-007")};
        one.nodes = {QStringLiteral("pi-007")};
        EnvironmentModel model;
        model.setEnvironments({one});
        QVERIFY(cell(model, EnvironmentModel::TimeLeftColumn).startsWith(QLatin1StringView("6 day")));
        QCOMPARE(cell(model, EnvironmentModel::AgeColumn), QStringLiteral("3 d"));
        QCOMPARE(cell(model, EnvironmentModel::PodsColumn), QStringLiteral("2 of 3"));
        QCOMPARE(cell(model, EnvironmentModel::CpuColumn), QStringLiteral("0.25"));
        QCOMPARE(cell(model, EnvironmentModel::MemoryColumn), QStringLiteral("384"));
        QCOMPARE(cell(model, EnvironmentModel::PlacementColumn), QStringLiteral("Node pi-007"));
        QVERIFY(!model.index(0, EnvironmentModel::AgeColumn).data(Qt::ToolTipRole).toString().isEmpty());

        one.expires.reset();
        model.setEnvironments({one});
        QCOMPARE(cell(model, EnvironmentModel::TimeLeftColumn), QStringLiteral("for ever"));
        one.expires = now.addSecs(-60);
        model.setEnvironments({one});
        QCOMPARE(cell(model, EnvironmentModel::TimeLeftColumn), QStringLiteral("expired"));
        QCOMPARE(model.index(0, EnvironmentModel::TimeLeftColumn).data(models::SeverityRole).toInt(),
            int(store::Severity::Warning));
    }

    void spansUseOneUnit_data()
    {
        QTest::addColumn<qint64>("seconds");
        QTest::addColumn<QString>("words");
        QTest::newRow("a moment") << qint64(5) << QStringLiteral("1 minute");
        QTest::newRow("minutes") << qint64(25 * 60) << QStringLiteral("25 minute");
        QTest::newRow("hours") << qint64(8 * 3600 - 20) << QStringLiteral("8 hour");
        QTest::newRow("a day") << qint64(86400 - 20) << QStringLiteral("1 day");
        QTest::newRow("days") << qint64(3 * 86400 - 20) << QStringLiteral("3 day");
    }
    void spansUseOneUnit()
    {
        QFETCH(const qint64, seconds);
        QFETCH(const QString, words);
        QVERIFY2(models::spanWords(seconds).startsWith(words), qPrintable(models::spanWords(seconds)));
    }
};

QTEST_GUILESS_MAIN(TestEnvironmentModel)
#include "tst_environmentmodel.moc"
