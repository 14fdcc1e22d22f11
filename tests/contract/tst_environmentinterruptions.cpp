// SPDX-License-Identifier: GPL-3.0-or-later
#include "environments/labels.h"
#include "environmentworld.h"

using namespace kdra;
using namespace kdra::environments;
using actions::Task;
using test::at;
using test::EnvironmentWorld;
using namespace Qt::StringLiterals;
using State = Environment::State;

// What stops half way, or is overtaken by somebody else: whoever looks next sees it, and can go on.
class TestEnvironmentInterruptions : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { m_world.stop(); }

    void deletionIsTakenUpAgain();
    void whatIsAwaitedIsNamed();

private:
    static QString parent(const QString &name) { return u"/api/v1/namespaces/%1/configmaps/kdra.%1"_s.arg(name); }
    static QString settings(const QString &name) { return u"/api/v1/namespaces/%1/configmaps/%1-settings"_s.arg(name); }
    QJsonObject annotations(const QString &name)
    {
        return at(m_world.send("GET", parent(name)).json(), u"metadata.annotations"_s).toObject();
    }
    void merge(const QString &path, const QByteArray &patch)
    {
        const test::Answer answer = m_world.send("PATCH", path, patch, "application/merge-patch+json");
        QVERIFY2(answer.code == 200, qPrintable(answer.message()));
    }
    // Somebody wants to do something before it goes.
    void hold(const QString &path) { merge(path, R"({"metadata":{"finalizers":["example.com/hold"]}})"); }
    void letGo(const QString &path) { merge(path, R"({"metadata":{"finalizers":null}})"); }
    State stateOf(const QString &name) const
    {
        const std::optional<Environment> one = m_world.environment(name);
        return one ? one->state : State::Unknown;
    }
    void create(const QString &name);

    EnvironmentWorld m_world;
};

void TestEnvironmentInterruptions::initTestCase()
{
    const QString problem = m_world.start();
    if (problem == "skip"_L1)
        QSKIP("KUBEBUILDER_ASSETS names no folder with a kube-apiserver: the real API server is not tested.");
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
}

void TestEnvironmentInterruptions::create(const QString &name)
{
    const Result<Plan> plan = m_world.plan(EnvironmentWorld::spec(name));
    QVERIFY(plan);
    Task *task = m_world.runner().start(createJob(*plan));
    KDRA_ENDS(task, Succeeded);
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(name), State::Ready, 30000);
}

void TestEnvironmentInterruptions::deletionIsTakenUpAgain()
{
    const QString name = u"halfway"_s;
    create(name);
    hold(settings(name));
    Task *task = m_world.runner().start(deleteJob(*m_world.environment(name), std::chrono::seconds(0)));
    QTRY_VERIFY_WITH_TIMEOUT(
        at(m_world.send("GET", settings(name)).json(), u"metadata.deletionTimestamp"_s).isString(), 30000);
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(name), State::Deleting, 30000);
    // KDRA is closed: nobody can say so, but the time passes.
    QVERIFY(m_world.reconnect());
    const QDateTime now = QDateTime::currentDateTime();
    QCOMPARE(environmentsOf(*m_world.store().snapshot(), now).first().state, State::Deleting);
    const Environment later = environmentsOf(*m_world.store().snapshot(), now.addSecs(61)).first();
    QVERIFY(later.isHalfDeleted());
    // Cancelled: everybody may go on at once.
    task = m_world.runner().start(deleteJob(later, std::chrono::seconds(0)));
    QTRY_VERIFY_WITH_TIMEOUT(task->log().size() > 1, 30000);
    task->cancel();
    KDRA_ENDS(task, Cancelled);
    QTRY_VERIFY_WITH_TIMEOUT(m_world.environment(name)->isHalfDeleted(), 20000);
    task = m_world.runner().start(deleteJob(*m_world.environment(name), std::chrono::seconds(0)));
    letGo(settings(name));
    KDRA_ENDS(task, Succeeded);
    QCOMPARE(m_world.everythingOf(name), QStringList());
}

// A deletion that takes long: it names what it waits for, and shows that somebody is at it.
void TestEnvironmentInterruptions::whatIsAwaitedIsNamed()
{
    const QString name = u"stuck"_s;
    create(name);
    const QJsonArray pods = m_world.send("GET", u"/api/v1/namespaces/stuck/pods"_s).items();
    QCOMPARE(pods.size(), 1);
    const QString pod = at(pods.first(), u"metadata.name"_s).toString();
    const QString podPath = u"/api/v1/namespaces/stuck/pods/"_s + pod;
    hold(podPath);
    hold(settings(name));
    Task *task = m_world.runner().start(deleteJob(*m_world.environment(name), std::chrono::seconds(0)));
    QTRY_COMPARE_WITH_TIMEOUT(annotations(name).value(PhaseAnnotation).toString(), u"deleting"_s, 30000);
    const QString time = annotations(name).value(PhaseTimeAnnotation).toString();
    const QString list =
        QLocale().createSeparatedList({u"ConfigMap stuck-settings"_s, u"Pod %1 on node pi-001"_s.arg(pod)});
    QTRY_COMPARE_WITH_TIMEOUT(task->step(), u"Not gone yet: %1."_s.arg(list), 45000);
    const QString renewed = annotations(name).value(PhaseTimeAnnotation).toString();
    QVERIFY2(renewed > time, qPrintable(renewed + u" is not after "_s + time));
    letGo(settings(name));
    QTRY_COMPARE_WITH_TIMEOUT(task->step(), u"Not gone yet: Pod %1 on node pi-001."_s.arg(pod), 20000);
    letGo(podPath);
    KDRA_ENDS(task, Succeeded);
    QCOMPARE(m_world.everythingOf(name), QStringList());
}

QTEST_GUILESS_MAIN(TestEnvironmentInterruptions)
#include "tst_environmentinterruptions.moc"
