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
    void whatIsMadeAnewStays();
    void whatIsAwaitedIsNamed();
    void failedCreationCanBeMendedAtOnce();
    void cancelledChangeCanBeMendedAtOnce();
    void whatGoesWhileItIsAppliedLeavesNothing_data();
    void whatGoesWhileItIsAppliedLeavesNothing();
    void whatIsPausedIsNotChanged();
    void whatGoesOnRunningIsTold();

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
    void remove(const QString &name);
    // Starts it, and does `then` while the first object is being applied.
    Task *startAnd(const actions::Job &job, const std::function<void()> &then);

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
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(name), State::Ready, 60000);
    QTRY_VERIFY_WITH_TIMEOUT(m_world.isWhollyKnown(name), 60000);
}

void TestEnvironmentInterruptions::remove(const QString &name)
{
    QTRY_VERIFY_WITH_TIMEOUT(m_world.isWhollyKnown(name), 60000);
    Task *task = m_world.runner().start(deleteJob(*m_world.environment(name), std::chrono::seconds(0)));
    KDRA_ENDS(task, Succeeded);
    m_world.send("DELETE", u"/api/v1/namespaces/"_s + name);
    QTRY_COMPARE_WITH_TIMEOUT(m_world.everythingOf(name), QStringList(), 60000);
}

Task *TestEnvironmentInterruptions::startAnd(const actions::Job &job, const std::function<void()> &then)
{
    Task *task = m_world.runner().start(job);
    QEventLoop loop;
    connect(task, &Task::changed, &loop, [&] {
        if (task->step().startsWith(u"Applying "_s) || !task->isRunning())
            loop.quit();
    });
    QTimer::singleShot(30000, &loop, &QEventLoop::quit);
    loop.exec();
    if (then)
        then();
    return task;
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
    QTRY_VERIFY_WITH_TIMEOUT(m_world.isWhollyKnown(name), 60000);
    const QDateTime beat = QDateTime::fromString(annotations(name).value(PhaseTimeAnnotation).toString(), Qt::ISODate);
    QCOMPARE(environmentsOf(*m_world.store().snapshot(), beat.addSecs(30)).first().state, State::Deleting);
    const Environment later = environmentsOf(*m_world.store().snapshot(), beat.addSecs(91)).first();
    QVERIFY(later.isHalfDeleted());
    // Cancelled: everybody may go on at once.
    task = m_world.runner().start(deleteJob(later, std::chrono::seconds(0)));
    QTRY_VERIFY_WITH_TIMEOUT(task->log().size() > 1, 30000);
    task->cancel();
    KDRA_ENDS(task, Cancelled);
    QTRY_VERIFY_WITH_TIMEOUT(m_world.environment(name)->isHalfDeleted(), 60000);
    task = m_world.runner().start(deleteJob(*m_world.environment(name), std::chrono::seconds(0)));
    letGo(settings(name));
    KDRA_ENDS(task, Succeeded);
    QCOMPARE(m_world.everythingOf(name), QStringList());
}

// While the last of it is awaited, somebody else deletes the environment and makes it anew.
void TestEnvironmentInterruptions::whatIsMadeAnewStays()
{
    const QString name = u"anew"_s;
    create(name);
    hold(settings(name));
    Task *task = m_world.runner().start(deleteJob(*m_world.environment(name), std::chrono::seconds(0)));
    QTRY_VERIFY_WITH_TIMEOUT(
        at(m_world.send("GET", settings(name)).json(), u"metadata.deletionTimestamp"_s).isString(), 60000);
    const QJsonObject before = m_world.send("GET", parent(name)).json();
    QCOMPARE(m_world.send("DELETE", parent(name)).code, 200);
    QJsonObject annotations = at(before, u"metadata.annotations"_s).toObject();
    annotations.insert(PhaseAnnotation, u"applied"_s);
    const QJsonObject anew{{"apiVersion"_L1, "v1"_L1}, {"kind"_L1, "ConfigMap"_L1},
        {"metadata"_L1,
            QJsonObject{{"name"_L1, at(before, u"metadata.name"_s)}, {"labels"_L1, at(before, u"metadata.labels"_s)},
                {"annotations"_L1, annotations}}},
        {"data"_L1, before["data"_L1]}};
    const test::Answer made =
        m_world.send("POST", u"/api/v1/namespaces/anew/configmaps"_s, QJsonDocument(anew).toJson(), "application/json");
    QVERIFY2(made.code == 201, qPrintable(made.message()));
    letGo(settings(name));
    KDRA_ENDS(task, Succeeded);
    QVERIFY(m_world.exists(parent(name)));
    QVERIFY(m_world.exists(u"/api/v1/namespaces/anew"_s));
    QVERIFY(!at(m_world.send("GET", u"/api/v1/namespaces/anew"_s).json(), u"metadata.deletionTimestamp"_s).isString());
    QTRY_VERIFY_WITH_TIMEOUT(m_world.environment(name), 30000);
    remove(name);
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
    QTRY_COMPARE_WITH_TIMEOUT(task->step(), u"Not gone yet: %1."_s.arg(list), 120000);
    QTRY_COMPARE_GT_WITH_TIMEOUT(annotations(name).value(PhaseTimeAnnotation).toString(), time, 60000);
    letGo(settings(name));
    QTRY_COMPARE_WITH_TIMEOUT(task->step(), u"Not gone yet: Pod %1 on node pi-001."_s.arg(pod), 60000);
    letGo(podPath);
    KDRA_ENDS(task, Succeeded);
    QCOMPARE(m_world.everythingOf(name), QStringList());
}

// An object of somebody else is in the way.
void TestEnvironmentInterruptions::failedCreationCanBeMendedAtOnce()
{
    const QString name = u"blocked"_s;
    m_world.send("POST", u"/api/v1/namespaces"_s, R"({"metadata":{"name":"blocked"}})");
    m_world.send("POST", u"/api/v1/namespaces/blocked/configmaps"_s, test::configMap(u"blocked-settings"_s));
    Spec spec = EnvironmentWorld::spec(name);
    spec.ownNamespace = false;
    const Result<Plan> plan = m_world.plan(spec);
    QVERIFY(plan);
    Task *task = m_world.runner().start(createJob(*plan));
    KDRA_ENDS(task, Failed);
    QVERIFY(task->step().contains(u"can be resumed or rolled back"));
    // As it says, and not a minute later.
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(name), State::Incomplete, 45000);
    m_world.send("DELETE", settings(name));
    const Result<Plan> again = m_world.planInCluster(*m_world.environment(name));
    QVERIFY(again);
    task = m_world.runner().start(changeJob(*again));
    KDRA_ENDS(task, Succeeded);
    // Whoever takes it up says that he is at it.
    QVERIFY(annotations(name).contains(PhaseTimeAnnotation));
    remove(name);
}

void TestEnvironmentInterruptions::cancelledChangeCanBeMendedAtOnce()
{
    const QString name = u"wavering"_s;
    create(name);
    const Result<Plan> more = m_world.planWith(*m_world.environment(name), name + u"-more"_s);
    QVERIFY(more);
    Task *task = startAnd(changeJob(*more), {});
    QVERIFY(task->isRunning());
    task->cancel();
    KDRA_ENDS(task, Cancelled);
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(name), State::Incomplete, 45000);
    QVERIFY(m_world.environment(name)->canGoBack);
    remove(name);
}

void TestEnvironmentInterruptions::whatGoesWhileItIsAppliedLeavesNothing_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("changes"); // it is there, and something is added to it
    QTest::addColumn<bool>("isGone"); // the other one is through with it; else he still deletes
    QTest::newRow("made, gone") << u"late-1"_s << false << true;
    QTest::newRow("made, going") << u"late-2"_s << false << false;
    QTest::newRow("changed, gone") << u"late-3"_s << true << true;
    QTest::newRow("changed, going") << u"late-4"_s << true << false;
}

// A laptop was closed in the middle of it, somebody else has rolled it back, and the first one wakes and writes on.
void TestEnvironmentInterruptions::whatGoesWhileItIsAppliedLeavesNothing()
{
    QFETCH(QString, name);
    QFETCH(bool, changes);
    QFETCH(bool, isGone);
    if (changes)
        create(name);
    const Result<Plan> plan = changes ? m_world.planWith(*m_world.environment(name), name + u"-more"_s)
                                      : m_world.plan(EnvironmentWorld::spec(name));
    QVERIFY(plan);
    Task *task = startAnd(changes ? changeJob(*plan) : createJob(*plan), [&] {
        kube::Request request{.verb = isGone ? "DELETE" : "PATCH", .path = parent(name)};
        if (!isGone) {
            request.body = R"({"metadata":{"annotations":{"kdra.dev/phase":"deleting"}}})";
            request.contentType = "application/merge-patch+json";
        }
        // The task lives in this thread: it does not go on before the other one is through.
        auto answer = m_world.store().client().send(std::move(request));
        answer.waitForFinished();
        QVERIFY(answer.result());
    });
    KDRA_ENDS(task, Failed);
    QCOMPARE(task->error()->kind, Error::Kind::Conflict);
    QVERIFY2(task->step().contains(u"Somebody else has deleted"), qPrintable(task->step()));
    QCOMPARE(m_world.everythingOf(name), QStringList());
}

void TestEnvironmentInterruptions::whatIsPausedIsNotChanged()
{
    const QString name = u"asleep"_s;
    create(name);
    const Environment asleep = *m_world.environment(name);
    Task *task = m_world.runner().start(pauseJob(asleep));
    KDRA_ENDS(task, Succeeded);
    const QString sizes = annotations(name).value(PausedAnnotation).toString();
    QVERIFY(!sizes.isEmpty());
    // By somebody who has not seen it.
    const Result<Plan> plan = m_world.planInCluster(asleep);
    QVERIFY(plan);
    task = m_world.runner().start(changeJob(*plan));
    KDRA_ENDS(task, Failed);
    QVERIFY2(task->step().contains(u"paused"), qPrintable(task->step()));
    QCOMPARE(annotations(name).value(PausedAnnotation).toString(), sizes);
    const QString nightly = u"/apis/batch/v1beta1/namespaces/asleep/cronjobs/asleep-nightly"_s;
    const QString path =
        m_world.exists(nightly) ? nightly : u"/apis/batch/v1/namespaces/asleep/cronjobs/asleep-nightly"_s;
    QVERIFY(at(m_world.send("GET", path).json(), u"spec.suspend"_s).toBool());
    task = m_world.runner().start(unpauseJob(asleep));
    KDRA_ENDS(task, Succeeded);
    QVERIFY(!at(m_world.send("GET", path).json(), u"spec.suspend"_s).toBool());
    remove(name);
}

void TestEnvironmentInterruptions::whatGoesOnRunningIsTold()
{
    const Result<Template> read = readTemplate({{u"template.yaml"_s, R"(apiVersion: kdra.dev/v1
kind: EnvironmentTemplate
name: mixed
title: Mixed
parameters: []
)"},
                                                   {u"manifests/all.yaml"_s, R"(apiVersion: apps/v1
kind: DaemonSet
metadata: {name: "${environment.name}-agent"}
spec:
  selector: {matchLabels: {app: agent}}
  template:
    metadata: {labels: {app: agent}}
    spec:
      terminationGracePeriodSeconds: 1
      containers: [{name: agent, image: "docker.io/library/busybox:1.36", command: [sleep, "3600"]}]
---
apiVersion: batch/v1
kind: Job
metadata: {name: "${environment.name}-run"}
spec:
  template:
    spec:
      restartPolicy: Never
      containers: [{name: run, image: "docker.io/library/busybox:1.36", command: [sleep, "3600"]}]
)"}},
        Source::Folder, u"mixed"_s);
    QVERIFY2(read, qPrintable(read ? QString() : read.error().text()));
    const QString name = u"restless"_s;
    const Result<Plan> plan = m_world.plan(EnvironmentWorld::spec(name, std::make_shared<const Template>(*read)));
    QVERIFY2(plan, qPrintable(plan ? QString() : plan.error().text()));
    m_world.runner().start(createJob(*plan));
    // Its Job runs for an hour: nobody waits for that.
    QTRY_COMPARE_WITH_TIMEOUT(annotations(name).value(PhaseAnnotation).toString(), u"applied"_s, 60000);
    QVERIFY(m_world.reconnect());
    Task *task = m_world.runner().start(pauseJob(*m_world.environment(name)));
    KDRA_ENDS(task, Succeeded);
    QVERIFY2(task->step().contains(u"goes on running") && task->step().contains(u"DaemonSet restless-agent"),
        qPrintable(task->step()));
    const QString job = u"/apis/batch/v1/namespaces/restless/jobs/restless-run"_s;
    const bool isSuspended = at(m_world.send("GET", job).json(), u"spec.suspend"_s).toBool();
    QCOMPARE(task->step().contains(u"Job restless-run"), !isSuspended);
    task = m_world.runner().start(unpauseJob(*m_world.environment(name)));
    KDRA_ENDS(task, Succeeded);
    QVERIFY(!at(m_world.send("GET", job).json(), u"spec.suspend"_s).toBool());
    remove(name);
}

QTEST_GUILESS_MAIN(TestEnvironmentInterruptions)
#include "tst_environmentinterruptions.moc"
