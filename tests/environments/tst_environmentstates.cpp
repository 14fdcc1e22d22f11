// SPDX-License-Identifier: GPL-3.0-or-later
#include "environments/environment.h"
#include "environments/phasetime.h"
#include "tests/relations/worldfixture.h"

#include <QTest>

using namespace kdra;
using namespace kdra::environments;
using namespace Qt::StringLiterals;
using kdra::store::Kind;
using State = Environment::State;

// What an environment is taken for, by what its parent says and when.
class TestEnvironmentStates : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void phases_data();
    void phases();
    void namespaceAlone_data();
    void namespaceAlone();
    void whatGoesByItselfIsNotMended_data();
    void whatGoesByItselfIsNotMended();

private:
    using Parent = std::function<void(store::ApplySetRecord &)>;
    using Space = std::function<void(store::NamespaceRecord &)>;
    static Environment of(
        const QString &phase, const QDateTime &time, const Parent &parent = {}, const Space &space = {});
    static QDateTime now() { return QDateTime::fromString(u"2026-11-27T06:00:00Z"_s, Qt::ISODate); }
};

Environment TestEnvironmentStates::of(
    const QString &phase, const QDateTime &time, const Parent &parent, const Space &space)
{
    test::WorldFixture world;
    QByteArray annotations = R"({"applyset.kubernetes.io/tooling":"kdra/v1","kdra.dev/phase":")" + phase.toUtf8();
    if (time.isValid())
        annotations += R"(","kdra.dev/phase-time":")" + phaseTimeText(time).toUtf8();
    world.put<Kind::ApplySet>("kdra.shop", [&](store::ApplySetRecord &record, auto keep) {
        record.meta.labels = world.intern("kdra.dev/environment=shop\n");
        record.annotations = keep((annotations + "\"}").toStdString());
        record.data = keep("{}");
        if (parent)
            parent(record);
    });
    world.put<Kind::Namespace>("default", [&](store::NamespaceRecord &record, auto) {
        record.meta.labels = world.intern("app.kubernetes.io/managed-by=kdra\nkdra.dev/environment=shop\n");
        if (space)
            space(record);
    });
    const QList<Environment> all = environmentsOf(world.snapshot(), now());
    return all.size() == 1 ? all.first() : Environment();
}

void TestEnvironmentStates::phases_data()
{
    QTest::addColumn<QString>("phase");
    QTest::addColumn<int>("age"); // of the phase's time, in seconds; -1: it has none
    QTest::addColumn<State>("state");
    for (const char *phase : {"applying", "changing"}) {
        QTest::addRow("%s now", phase) << QString::fromLatin1(phase) << 0 << State::Applying;
        QTest::addRow("%s a moment ago", phase) << QString::fromLatin1(phase) << 59 << State::Applying;
        QTest::addRow("%s long ago", phase) << QString::fromLatin1(phase) << 60 << State::Incomplete;
        QTest::addRow("%s given up", phase) << QString::fromLatin1(phase) << -1 << State::Incomplete;
    }
    QTest::newRow("deleting now") << u"deleting"_s << 0 << State::Deleting;
    QTest::newRow("deleting a moment ago") << u"deleting"_s << 59 << State::Deleting;
    QTest::newRow("deleting long ago") << u"deleting"_s << 60 << State::Incomplete;
    QTest::newRow("deleting given up") << u"deleting"_s << -1 << State::Incomplete;
    QTest::newRow("applied") << u"applied"_s << 3600 << State::Ready;
    QTest::newRow("applied, and the time was taken away late") << u"applied"_s << -1 << State::Ready;
}

void TestEnvironmentStates::phases()
{
    QFETCH(QString, phase);
    QFETCH(int, age);
    const Environment one = of(phase, age < 0 ? QDateTime() : now().addSecs(-age));
    QCOMPARE(one.name, u"shop"_s);
    QTEST(one.state, "state");
    QCOMPARE(one.isHalfDeleted(), one.state == State::Incomplete && phase == "deleting"_L1);
    QCOMPARE(one.reason.isEmpty(), one.state != State::Incomplete);
    QCOMPARE(one.reason.contains(u"Deleting"), one.isHalfDeleted());
}

// Between its namespace and its parent there is one request.
void TestEnvironmentStates::namespaceAlone_data()
{
    QTest::addColumn<int>("age");
    QTest::addColumn<State>("state");
    QTest::newRow("just made") << 14 << State::Applying;
    QTest::newRow("left behind") << 15 << State::Incomplete;
}

void TestEnvironmentStates::namespaceAlone()
{
    QFETCH(int, age);
    test::WorldFixture world;
    world.put<Kind::Namespace>("shop", [&](store::NamespaceRecord &record, auto) {
        record.meta.labels = world.intern("app.kubernetes.io/managed-by=kdra\nkdra.dev/environment=shop\n");
        record.meta.created = now().addSecs(-age).toSecsSinceEpoch();
    });
    const QList<Environment> all = environmentsOf(world.snapshot(), now());
    QCOMPARE(all.size(), 1);
    QVERIFY(!all.first().hasParent);
    QTEST(all.first().state, "state");
}

void TestEnvironmentStates::whatGoesByItselfIsNotMended_data()
{
    QTest::addColumn<Parent>("parent");
    QTest::addColumn<Space>("space");
    QTest::newRow("parent") << Parent([](store::ApplySetRecord &record) { record.meta.deleted = 1; }) << Space();
    QTest::newRow("namespace") << Parent() << Space([](store::NamespaceRecord &record) { record.meta.deleted = 1; });
}

void TestEnvironmentStates::whatGoesByItselfIsNotMended()
{
    QFETCH(Parent, parent);
    QFETCH(Space, space);
    for (const QString &phase : {u"deleting"_s, u"applied"_s})
        QCOMPARE(of(phase, now().addSecs(-3600), parent, space).state, State::Deleting);
}

QTEST_GUILESS_MAIN(TestEnvironmentStates)
#include "tst_environmentstates.moc"
