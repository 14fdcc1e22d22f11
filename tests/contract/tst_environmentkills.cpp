// SPDX-License-Identifier: GPL-3.0-or-later
#include "environmentworld.h"

#include "environments/labels.h"

using namespace kdra;
using namespace kdra::environments;
using actions::Task;
using test::at;
using test::EnvironmentWorld;
using namespace Qt::StringLiterals;

// KDRA or the API server is killed at every step of making an environment: what is left is nothing, or an environment
// that another KDRA shows and can resume or roll back. Never an orphan, never a double.
class TestEnvironmentKills : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { m_world.stop(); }

    void kdraIsKilledWhileCreating_data();
    void kdraIsKilledWhileCreating();
    void kdraIsKilledWhileDeleting_data();
    void kdraIsKilledWhileDeleting();
    void kdraIsKilledWhileAdding_data();
    void kdraIsKilledWhileAdding();
    void serverIsKilledWhileCreating_data();
    void serverIsKilledWhileCreating();
    void serverIsKilledWhileAdding();
    void serverIsAwayForLong();

private:
    // Starts it, and waits until it has told of something `steps` times, or has ended.
    Task *start(const actions::Job &job, int steps);
    void finish(const QString &name, bool resume, const QStringList &wanted);
    // As the watches know it when they have told of all that the dead one had asked for: a request that was under way
    // may be done after its sender is gone.
    std::optional<Environment> settled(const QString &name);
    static QList<int> steps();
    QString password(const QString &name)
    {
        const QString path = u"/api/v1/namespaces/%1/secrets/%1-login"_s.arg(name);
        return at(m_world.send("GET", path).json(), u"data.password"_s).toString();
    }

    EnvironmentWorld m_world;
    int m_number = 0;
};

void TestEnvironmentKills::initTestCase()
{
    const QString problem = m_world.start();
    if (problem == "skip"_L1)
        QSKIP("KUBEBUILDER_ASSETS names no folder with a kube-apiserver: the real API server is not tested.");
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
}

// A creation of the sample tells of something about thirty times; against a real server, where each costs a second or
// two, every third is enough to meet every kind of step.
QList<int> TestEnvironmentKills::steps()
{
    QList<int> all;
    for (int step = 1; step <= 22; step += test::ContractServer::isReal() ? 3 : 1)
        all.append(step);
    return all;
}

Task *TestEnvironmentKills::start(const actions::Job &job, int steps)
{
    Task *task = m_world.runner().start(job);
    int told = 0;
    QEventLoop loop;
    const auto count = connect(task, &Task::changed, &loop, [&] {
        if (++told >= steps || !task->isRunning())
            loop.quit();
    });
    QTimer::singleShot(30000, &loop, &QEventLoop::quit);
    loop.exec();
    disconnect(count);
    return task;
}

std::optional<Environment> TestEnvironmentKills::settled(const QString &name)
{
    const QString parent = u"/api/v1/namespaces/%1/configmaps/kdra.%1"_s.arg(name);
    const auto version = [&] {
        return at(m_world.send("GET", parent).json(), u"metadata.resourceVersion"_s).toString();
    };
    const auto known = [&] {
        quint64 found = 0;
        m_world.store().snapshot()->table<store::Kind::ApplySet>().forEach([&](const auto &one) {
            if (one.name() == "kdra." + name.toStdString())
                found = one->meta.resourceVersion;
        });
        return found;
    };
    QString before = version();
    const bool isQuiet = QTest::qWaitFor([&] {
        const QString now = version();
        return std::exchange(before, now) == now && now.toULongLong() == known();
    });
    return isQuiet ? m_world.environment(name) : std::nullopt;
}

// As whoever comes next does.
void TestEnvironmentKills::finish(const QString &name, bool resume, const QStringList &wanted)
{
    std::optional<Environment> found;
    QTRY_VERIFY_WITH_TIMEOUT((found = settled(name)) || m_world.everythingOf(name).isEmpty(), 60000);
    if (!found)
        return;
    if (resume) {
        const QString before = password(name);
        const Result<Plan> plan = m_world.planInCluster(*found);
        QVERIFY2(plan, qPrintable(plan ? QString() : plan.error().text()));
        Task *task = m_world.runner().start(found->hasParent ? changeJob(*plan) : createJob(*plan));
        KDRA_ENDS(task, Succeeded);
        QCOMPARE(m_world.everythingOf(name), wanted);
        // What runs already has this password.
        if (!before.isEmpty())
            QCOMPARE(password(name), before);
    }
    QTRY_VERIFY_WITH_TIMEOUT(m_world.isWhollyKnown(name), 60000);
    Task *task = m_world.runner().start(deleteJob(*m_world.environment(name), std::chrono::seconds(0)));
    KDRA_ENDS(task, Succeeded);
    QCOMPARE(m_world.everythingOf(name), QStringList());
}

void TestEnvironmentKills::kdraIsKilledWhileCreating_data()
{
    QTest::addColumn<int>("step");
    QTest::addColumn<bool>("resume");
    for (const QList<int> all = steps(); const int step : all) {
        QTest::addRow("step %d, resume", step) << step << true;
        QTest::addRow("step %d, roll back", step) << step << false;
    }
}

void TestEnvironmentKills::kdraIsKilledWhileCreating()
{
    QFETCH(int, step);
    QFETCH(bool, resume);
    const QString name = u"kill-%1"_s.arg(++m_number);
    const Result<Plan> plan = m_world.plan(EnvironmentWorld::spec(name));
    QVERIFY(plan);
    start(createJob(*plan), step);
    QVERIFY(m_world.reconnect());
    finish(name, resume, EnvironmentWorld::everythingOf(*plan));
}

void TestEnvironmentKills::kdraIsKilledWhileDeleting_data()
{
    QTest::addColumn<int>("step");
    for (int step = 1; step <= 13; step += test::ContractServer::isReal() ? 4 : 2)
        QTest::addRow("step %d", step) << step;
}

void TestEnvironmentKills::kdraIsKilledWhileDeleting()
{
    QFETCH(int, step);
    const QString name = u"gone-%1"_s.arg(++m_number);
    const Result<Plan> plan = m_world.plan(EnvironmentWorld::spec(name));
    QVERIFY(plan);
    Task *task = m_world.runner().start(createJob(*plan));
    KDRA_ENDS(task, Succeeded);
    QTRY_VERIFY_WITH_TIMEOUT(m_world.isWhollyKnown(name), 60000);
    start(deleteJob(*m_world.environment(name), std::chrono::seconds(0)), step);
    QVERIFY(m_world.reconnect());
    finish(name, false, {});
}

void TestEnvironmentKills::kdraIsKilledWhileAdding_data()
{
    QTest::addColumn<int>("step");
    QTest::addColumn<bool>("resume");
    for (int step = 1; step <= 21; step += test::ContractServer::isReal() ? 5 : 2) {
        QTest::addRow("step %d, resume", step) << step << true;
        QTest::addRow("step %d, roll back", step) << step << false;
    }
}

// Whatever was there before the addition is untouched, whenever that stopped.
void TestEnvironmentKills::kdraIsKilledWhileAdding()
{
    QFETCH(int, step);
    QFETCH(bool, resume);
    const QString name = u"add-%1"_s.arg(++m_number);
    const Result<Plan> alone = m_world.plan(EnvironmentWorld::spec(name));
    QVERIFY(alone);
    Task *task = m_world.runner().start(createJob(*alone));
    KDRA_ENDS(task, Succeeded);
    QTRY_VERIFY_WITH_TIMEOUT(m_world.environment(name), 30000);
    const QString before = password(name);
    const Result<Plan> more = m_world.planWith(*m_world.environment(name), name + u"-more"_s);
    QVERIFY2(more, qPrintable(more ? QString() : more.error().text()));
    start(changeJob(*more), step);
    QVERIFY(m_world.reconnect());

    std::optional<Environment> found;
    QTRY_VERIFY_WITH_TIMEOUT((found = settled(name)), 60000);
    if (found->phase == "changing"_L1) {
        QVERIFY(found->canGoBack);
        const Result<Plan> half = m_world.planInCluster(*found);
        const Result<Plan> end = resume ? half : m_world.formerPlanInCluster(*found);
        QVERIFY2(half && end, qPrintable(end ? QString() : end.error().text()));
        task = m_world.runner().start(changeJob(resume ? *end : asChangeOf(*end, *half)));
        KDRA_ENDS(task, Succeeded);
        QCOMPARE(m_world.everythingOf(name), EnvironmentWorld::everythingOf(resume ? *more : *alone));
        QVERIFY(!m_world.formerPlanInCluster(*found));
    } else {
        QCOMPARE(m_world.everythingOf(name), EnvironmentWorld::everythingOf(found->parts.isEmpty() ? *alone : *more));
    }
    QCOMPARE(password(name), before);
    finish(name, false, {});
}

void TestEnvironmentKills::serverIsKilledWhileAdding()
{
    const QString name = u"crash-%1"_s.arg(++m_number);
    const Result<Plan> alone = m_world.plan(EnvironmentWorld::spec(name));
    QVERIFY(alone);
    Task *task = m_world.runner().start(createJob(*alone));
    KDRA_ENDS(task, Succeeded);
    QTRY_VERIFY_WITH_TIMEOUT(m_world.environment(name), 30000);
    const Result<Plan> more = m_world.planWith(*m_world.environment(name), name + u"-more"_s);
    QVERIFY(more);
    task = start(changeJob(*more), 5);
    m_world.server().kill();
    QVERIFY(m_world.server().restart());
    // It goes on by itself.
    KDRA_ENDS_WITHIN(task, Succeeded, 180000);
    QCOMPARE(m_world.everythingOf(name), EnvironmentWorld::everythingOf(*more));
    finish(name, false, {});
}

void TestEnvironmentKills::serverIsKilledWhileCreating_data()
{
    QTest::addColumn<int>("step");
    for (int step = 2; step <= 20; step += test::ContractServer::isReal() ? 9 : 3)
        QTest::addRow("step %d", step) << step;
}

void TestEnvironmentKills::serverIsKilledWhileCreating()
{
    QFETCH(int, step);
    const QString name = u"crash-%1"_s.arg(++m_number);
    const Result<Plan> plan = m_world.plan(EnvironmentWorld::spec(name));
    QVERIFY(plan);
    Task *task = start(createJob(*plan), step);
    m_world.server().kill();
    QVERIFY(m_world.server().restart());
    // It goes on by itself.
    KDRA_ENDS_WITHIN(task, Succeeded, 180000);
    QCOMPARE(m_world.everythingOf(name), EnvironmentWorld::everythingOf(*plan));
    finish(name, false, {});
}

// As an API server that its kubelet starts anew.
void TestEnvironmentKills::serverIsAwayForLong()
{
    const QString name = u"crash-%1"_s.arg(++m_number);
    const Result<Plan> plan = m_world.plan(EnvironmentWorld::spec(name));
    QVERIFY(plan);
    Task *task = start(createJob(*plan), 8);
    m_world.server().kill();
    const auto tries = [task] {
        return std::ranges::count_if(
            task->log(), [](const Task::LogLine &line) { return line.text.contains(u"Trying again"); });
    };
    QTRY_VERIFY_WITH_TIMEOUT(tries() >= 8 || !task->isRunning(), 60000);
    QVERIFY2(task->isRunning(), qPrintable(task->step()));
    QVERIFY(m_world.server().restart());
    KDRA_ENDS_WITHIN(task, Succeeded, 180000);
    QCOMPARE(m_world.everythingOf(name), EnvironmentWorld::everythingOf(*plan));
    finish(name, false, {});
}

QTEST_GUILESS_MAIN(TestEnvironmentKills)
#include "tst_environmentkills.moc"
