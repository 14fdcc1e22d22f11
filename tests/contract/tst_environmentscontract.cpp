// SPDX-License-Identifier: GPL-3.0-or-later
#include "environments/labels.h"
#include "environmentworld.h"
#include "kube/serverapply.h"
#include "support/await.h"

using namespace kdra;
using namespace kdra::environments;
using actions::Task;
using test::at;
using test::EnvironmentWorld;
using namespace Qt::StringLiterals;

// The life of an environment, the same on the demo cluster and on a real API server.
class TestEnvironmentsContract : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { m_world.stop(); }

    void createdAndDeleted();
    void inANamespaceThatIsThere();
    void isPlacedOnANode();
    void nameIsTaken();
    void strangersAreLeftAlone();
    void forgedParentsAreNotOurs();
    void changes();
    void changedJobsAreMadeAnew();
    void addsAndRemoves();
    void partsAreChangedAndMadeWithIt();
    void whatOthersHaveChangedIsNotLost();
    void pausesAndResumes();
    void extends();
    void conflictsNameFieldAndManager();
    void cancelTakesBack();
    void deletingCanBeUndone();
    void dryRunChangesNothing();
    void withoutRights();
    void failingIsTold();

private:
    QJsonValue read(const QString &path, const QString &field) { return at(m_world.send("GET", path).json(), field); }
    static QString web(const QString &name) { return u"/apis/apps/v1/namespaces/%1/deployments/%1-web"_s.arg(name); }
    static QString parent(const QString &name) { return u"/api/v1/namespaces/%1/configmaps/kdra.%1"_s.arg(name); }
    QJsonObject annotations(const QString &path) { return read(path, u"metadata.annotations"_s).toObject(); }
    // Created and ready.
    void create(const Spec &spec, Plan *made = nullptr);
    void remove(const QString &name);

    EnvironmentWorld m_world;
};

void TestEnvironmentsContract::initTestCase()
{
    const QString problem = m_world.start();
    if (problem == "skip"_L1)
        QSKIP("KUBEBUILDER_ASSETS names no folder with a kube-apiserver: the real API server is not tested.");
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
    QVERIFY(EnvironmentWorld::sample());
}

void TestEnvironmentsContract::create(const Spec &spec, Plan *made)
{
    KDRA_PLAN(plan, spec);
    Task *task = m_world.runner().start(createJob(plan));
    KDRA_ENDS(task, Succeeded);
    QTRY_VERIFY_WITH_TIMEOUT(m_world.isWhollyKnown(spec.name), 60000);
    if (made)
        *made = plan;
}

void TestEnvironmentsContract::remove(const QString &name)
{
    QTRY_VERIFY_WITH_TIMEOUT(m_world.isWhollyKnown(name), 60000);
    Task *task = m_world.runner().start(deleteJob(*m_world.environment(name), std::chrono::seconds(0)));
    KDRA_ENDS(task, Succeeded);
    QCOMPARE(m_world.everythingOf(name), QStringList());
    QTRY_VERIFY_WITH_TIMEOUT(!m_world.environment(name), 30000);
}

void TestEnvironmentsContract::createdAndDeleted()
{
    Plan plan;
    create(EnvironmentWorld::spec(u"shop"_s), &plan);
    QCOMPARE(m_world.everythingOf(u"shop"_s), EnvironmentWorld::everythingOf(plan));
    QTRY_COMPARE_WITH_TIMEOUT(m_world.environment(u"shop"_s)->state, Environment::State::Ready, 30000);
    // Its pods come by a watch of their own.
    QTRY_COMPARE_WITH_TIMEOUT(m_world.environment(u"shop"_s)->pods, 1U, 30000);
    QTRY_COMPARE_WITH_TIMEOUT(m_world.environment(u"shop"_s)->nodes, QStringList{u"pi-001"_s}, 30000);
    const Environment shop = *m_world.environment(u"shop"_s);
    QCOMPARE(shop.owner, u"ada"_s);
    QCOMPARE(shop.templateTitle, u"Sample"_s);
    QCOMPARE(shop.cpuMilli, 10);
    QVERIFY(shop.ownNamespace && shop.isOurs());
    QCOMPARE(shop.created.secsTo(*shop.expires), 72 * 3600);
    // The namespace no longer needs to know what the parent knows.
    QVERIFY(!annotations(u"/api/v1/namespaces/shop"_s).contains(SpecAnnotation));
    QCOMPARE(annotations(web(u"shop"_s)).value(TimeToLiveAnnotation).toString(), u"3d"_s);
    remove(u"shop"_s);
    QVERIFY(!m_world.exists(u"/api/v1/namespaces/shop"_s));
}

void TestEnvironmentsContract::inANamespaceThatIsThere()
{
    m_world.send("POST", u"/api/v1/namespaces"_s, R"({"metadata":{"name":"team"}})");
    m_world.send("POST", u"/api/v1/namespaces/team/configmaps"_s, test::configMap(u"theirs"_s));
    Spec spec = EnvironmentWorld::spec(u"guest"_s);
    spec.ns = u"team"_s;
    spec.ownNamespace = false;
    create(spec);
    QTRY_COMPARE_WITH_TIMEOUT(m_world.environment(u"guest"_s)->state, Environment::State::Ready, 30000);
    QVERIFY(!m_world.environment(u"guest"_s)->ownNamespace);
    remove(u"guest"_s);
    QVERIFY(m_world.exists(u"/api/v1/namespaces/team/configmaps/theirs"_s));
}

void TestEnvironmentsContract::isPlacedOnANode()
{
    Spec spec = EnvironmentWorld::spec(u"placed"_s);
    spec.placement = {.kind = Placement::Kind::Node,
        .name = u"pi-001"_s,
        .label = u"kubernetes.io/hostname"_s,
        .value = u"pi-001"_s,
        .tolerations = {QJsonObject{{u"key"_s, u"kdra.dev/edge"_s}, {u"operator"_s, u"Exists"_s}}}};
    create(spec);
    const QJsonValue pod = read(web(u"placed"_s), u"spec.template.spec"_s);
    QCOMPARE(
        pod.toObject().value("nodeSelector"_L1).toObject().value("kubernetes.io/hostname"_L1).toString(), u"pi-001"_s);
    QCOMPARE(at(pod, u"tolerations.0.key"_s).toString(), u"kdra.dev/edge"_s);
    QVERIFY(at(pod, u"nodeName"_s).isUndefined());
    QTRY_COMPARE_WITH_TIMEOUT(m_world.environment(u"placed"_s)->placement.name, u"pi-001"_s, 30000);
    remove(u"placed"_s);
}

void TestEnvironmentsContract::nameIsTaken()
{
    m_world.send("POST", u"/api/v1/namespaces"_s, R"({"metadata":{"name":"taken"}})");
    KDRA_PLAN(plan, EnvironmentWorld::spec(u"taken"_s));
    Task *task = m_world.runner().start(createJob(plan));
    KDRA_ENDS(task, Failed);
    QCOMPARE(task->error()->kind, Error::Kind::Conflict);
    QVERIFY(!m_world.exists(parent(u"taken"_s)));

    create(EnvironmentWorld::spec(u"first"_s));
    Spec spec = EnvironmentWorld::spec(u"first"_s);
    spec.values.insert(u"replicas"_s, 2);
    KDRA_PLAN(second, spec);
    task = m_world.runner().start(createJob(second));
    KDRA_ENDS(task, Failed);
    QCOMPARE(read(web(u"first"_s), u"spec.replicas"_s).toInt(), 1);
    remove(u"first"_s);
}

void TestEnvironmentsContract::strangersAreLeftAlone()
{
    m_world.send("POST", u"/api/v1/namespaces"_s, R"({"metadata":{"name":"mixed"}})");
    m_world.send("POST", u"/api/v1/namespaces/mixed/configmaps"_s, test::configMap(u"app-settings"_s, u"theirs"_s));
    Spec spec = EnvironmentWorld::spec(u"app"_s);
    spec.ns = u"mixed"_s;
    spec.ownNamespace = false;
    KDRA_PLAN(plan, spec);
    Task *task = m_world.runner().start(createJob(plan));
    KDRA_ENDS(task, Failed);
    QVERIFY(task->error()->what.contains(u"app-settings"_s));
    QCOMPARE(read(u"/api/v1/namespaces/mixed/configmaps/app-settings"_s, u"data.value"_s).toString(), u"theirs"_s);
    // Half of it is there, and can be taken back.
    QTRY_VERIFY_WITH_TIMEOUT(m_world.environment(u"app"_s), 30000);
    remove(u"app"_s);
    QCOMPARE(read(u"/api/v1/namespaces/mixed/configmaps/app-settings"_s, u"data.value"_s).toString(), u"theirs"_s);
}

void TestEnvironmentsContract::forgedParentsAreNotOurs()
{
    create(EnvironmentWorld::spec(u"victim"_s));
    const Environment victim = *m_world.environment(u"victim"_s);
    QVERIFY(victim.isOurs());
    // Somebody else's parent, with the victim's id on it.
    const QString parents = u"/api/v1/namespaces/default/configmaps"_s;
    const QByteArray forged = R"({"metadata":{"name":"kdra.forged","labels":{"applyset.kubernetes.io/id":")"
        + victim.id.toUtf8()
        + R"(","kdra.dev/environment":"forged","app.kubernetes.io/managed-by":"kdra"},)"
          R"("annotations":{"applyset.kubernetes.io/tooling":"kdra/v1","kdra.dev/phase":"applied"}}})";
    const auto made = m_world.send("POST", parents, forged);
    QVERIFY2(made.code == 201, qPrintable(made.message()));
    QTRY_VERIFY_WITH_TIMEOUT(m_world.environment(u"forged"_s), 30000);
    QVERIFY(!m_world.environment(u"forged"_s)->isOurs());
    QCOMPARE(m_world.environment(u"forged"_s)->workloads, 0U);
    QTRY_COMPARE_WITH_TIMEOUT(m_world.environment(u"victim"_s)->workloads, victim.workloads, 30000);
    m_world.send("DELETE", parents + u"/kdra.forged"_s);

    // Nor does a parent speak for another namespace than its own.
    QJsonObject noted =
        QJsonDocument::fromJson(read(parent(u"victim"_s), u"data"_s).toObject().value(SpecKey).toString().toUtf8())
            .object();
    noted.insert("namespace"_L1, "default"_L1);
    const QJsonObject edit{
        {"data"_L1, QJsonObject{{SpecKey, QString::fromUtf8(QJsonDocument(noted).toJson(QJsonDocument::Compact))}}}};
    const auto edited = m_world.send("PATCH", parent(u"victim"_s), QJsonDocument(edit).toJson(QJsonDocument::Compact),
        "application/merge-patch+json");
    QVERIFY2(edited.code == 200, qPrintable(edited.message()));
    const Result<Plan> plan = m_world.planInCluster(*m_world.environment(u"victim"_s));
    QVERIFY(!plan);
    QVERIFY2(plan.error().what.contains("default"_L1), qPrintable(plan.error().text()));
    remove(u"victim"_s);
}

void TestEnvironmentsContract::changes()
{
    create(EnvironmentWorld::spec(u"change"_s));
    const QString login = u"/api/v1/namespaces/change/secrets/change-login"_s;
    const QString password = read(login, u"data.password"_s).toString();
    QVERIFY(QByteArray::fromBase64(password.toLatin1()).size() == 20);
    QTRY_COMPARE_WITH_TIMEOUT(m_world.environment(u"change"_s)->state, Environment::State::Ready, 30000);
    KDRA_AWAIT(spec, readSpec(m_world.store().client(), m_world.store().api(), *m_world.environment(u"change"_s)));
    QVERIFY2(spec, qPrintable(spec ? QString() : spec.error().text()));
    // What was generated stays; nobody has noted it anywhere else.
    QVERIFY(!m_world.send("GET", parent(u"change"_s)).body.contains(password.toLatin1()));
    Spec changed = *spec;
    changed.values.insert(u"replicas"_s, 3);
    changed.values.insert(u"extra"_s, false);
    KDRA_PLAN(plan, changed);
    Task *task = m_world.runner().start(changeJob(plan));
    KDRA_ENDS(task, Succeeded);
    QCOMPARE(m_world.everythingOf(u"change"_s), EnvironmentWorld::everythingOf(plan));
    QVERIFY(!m_world.exists(u"/api/v1/namespaces/change/configmaps/change-extra"_s));
    QCOMPARE(read(web(u"change"_s), u"status.readyReplicas"_s).toInt(), 3);
    QCOMPARE(read(login, u"data.password"_s).toString(), password);
    QCOMPARE(annotations(parent(u"change"_s)).value(PhaseAnnotation).toString(), u"applied"_s);
    remove(u"change"_s);
}

void TestEnvironmentsContract::changedJobsAreMadeAnew()
{
    const Result<Template> once = readTemplate({{u"template.yaml"_s, R"(apiVersion: kdra.dev/v1
kind: EnvironmentTemplate
name: once
title: Once
parameters: [{name: image, title: Image, type: image, default: "docker.io/library/busybox:1.36"}]
)"},
                                                   {u"manifests/job.yaml"_s, R"(apiVersion: batch/v1
kind: Job
metadata: {name: "${environment.name}-run"}
spec:
  template:
    spec:
      restartPolicy: Never
      containers: [{name: run, image: "${image}", command: [sleep, "3600"]}]
)"}},
        Source::Folder, u"once"_s);
    QVERIFY2(once, qPrintable(once ? QString() : once.error().text()));
    Spec spec = EnvironmentWorld::spec(u"once"_s, std::make_shared<const Template>(*once));
    const QString job = u"/apis/batch/v1/namespaces/once/jobs/once-run"_s;
    const QString image = u"spec.template.spec.containers.0.image"_s;
    for (const QString &wanted : {u"docker.io/library/busybox:1.36"_s, u"docker.io/library/busybox:1.37"_s}) {
        spec.values.insert(u"image"_s, wanted);
        KDRA_PLAN(plan, spec);
        const bool isThere = m_world.exists(parent(u"once"_s));
        m_world.runner().start(isThere ? changeJob(plan) : createJob(plan));
        // It runs for an hour: nobody waits for it.
        QTRY_COMPARE_WITH_TIMEOUT(read(job, image).toString(), wanted, 60000);
        QTRY_COMPARE_WITH_TIMEOUT(
            annotations(parent(u"once"_s)).value(PhaseAnnotation).toString(), u"applied"_s, 30000);
        QVERIFY(m_world.reconnect());
    }
    remove(u"once"_s);
}

#define KDRA_WORKS(variable, expression)                                                                               \
    const auto variable##Result = expression;                                                                          \
    QVERIFY2(variable##Result, qPrintable(variable##Result ? QString() : variable##Result.error().text()));            \
    const auto &variable = *variable##Result

void TestEnvironmentsContract::addsAndRemoves()
{
    Plan alone;
    create(EnvironmentWorld::spec(u"grown"_s), &alone);
    const QString secrets = u"/api/v1/namespaces/grown/secrets/"_s;
    const QString password = read(secrets + u"grown-login"_s, u"data.password"_s).toString();
    // Somebody has taken over something of what is there: that is no matter of the addition.
    m_world.send("PATCH", web(u"grown"_s) + u"?fieldManager=somebody&force=true"_s,
        R"({"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"grown-web"},"spec":{"replicas":2}})",
        "application/apply-patch+yaml");
    QTRY_COMPARE_WITH_TIMEOUT(m_world.environment(u"grown"_s)->state, Environment::State::Ready, 30000);

    KDRA_WORKS(more, m_world.planWith(*m_world.environment(u"grown"_s), u"grown-more"_s));
    Task *task = m_world.runner().start(changeJob(more));
    KDRA_ENDS(task, Succeeded);
    QCOMPARE(m_world.everythingOf(u"grown"_s), EnvironmentWorld::everythingOf(more));
    QCOMPARE(read(web(u"grown"_s), u"spec.replicas"_s).toInt(), 2);
    QCOMPARE(read(secrets + u"grown-login"_s, u"data.password"_s).toString(), password);
    const QString other = read(secrets + u"grown-more-login"_s, u"data.password"_s).toString();
    QVERIFY(!other.isEmpty() && other != password);
    QCOMPARE(QString::fromUtf8(QByteArray::fromBase64(other.toLatin1())),
        more.spec.parts.first().values.value(u"password"_s).toString());
    QTRY_COMPARE_WITH_TIMEOUT(m_world.environment(u"grown"_s)->state, Environment::State::Ready, 30000);
    const Environment grown = *m_world.environment(u"grown"_s);
    QCOMPARE(grown.workloads, 2U);
    QCOMPARE(grown.parts, (QList<Environment::Added>{{u"grown-more"_s, u"Sample"_s}}));
    // Nothing is noted any more of what it was before.
    QVERIFY(!m_world.send("GET", parent(u"grown"_s)).json().value("data"_L1).toObject().contains(FormerSpecKey));
    QVERIFY(!grown.canGoBack);
    // Any KDRA knows all of it, passwords included.
    KDRA_WORKS(again, m_world.planInCluster(grown));
    QCOMPARE(again.hash, more.hash);
    QCOMPARE(again.spec.parts.first().values.value(u"password"_s), more.spec.parts.first().values.value(u"password"_s));

    task = m_world.runner().start(pauseJob(grown));
    KDRA_ENDS(task, Succeeded);
    QCOMPARE(read(u"/apis/apps/v1/namespaces/grown/deployments/grown-more-web"_s, u"spec.replicas"_s).toInt(-1), 0);
    task = m_world.runner().start(unpauseJob(grown));
    KDRA_ENDS(task, Succeeded);

    // As StatefulSets make them: claims that are no members of the ApplySet.
    const QString claims = u"/api/v1/namespaces/grown/persistentvolumeclaims"_s;
    for (const QByteArray &labels : {QByteArray(R"("kdra.dev/part":"grown-more",)"), QByteArray()}) {
        const QByteArray name = labels.isEmpty() ? "data-grown-0" : "data-grown-more-0";
        const auto made = m_world.send("POST", claims,
            R"({"metadata":{"name":")" + name + R"(","labels":{)" + labels
                + R"("kdra.dev/environment":"grown"}},"spec":{"accessModes":["ReadWriteOnce"],)"
                  R"("resources":{"requests":{"storage":"1Gi"}}}})");
        QVERIFY2(made.code == 201, qPrintable(made.message()));
    }
    KDRA_WORKS(less, m_world.planWithout(grown, u"grown-more"_s));
    task = m_world.runner().start(changeJob(less));
    KDRA_ENDS(task, Succeeded);
    QVERIFY(!m_world.exists(claims + u"/data-grown-more-0"_s));
    QVERIFY(m_world.exists(claims + u"/data-grown-0"_s));
    m_world.send("DELETE", claims + u"/data-grown-0"_s);
    QTRY_VERIFY_WITH_TIMEOUT(!m_world.exists(claims + u"/data-grown-0"_s), 30000);
    QCOMPARE(m_world.everythingOf(u"grown"_s), EnvironmentWorld::everythingOf(alone));
    QCOMPARE(read(secrets + u"grown-login"_s, u"data.password"_s).toString(), password);
    QCOMPARE(m_world.send("GET", parent(u"grown"_s)).json().value("binaryData"_L1).toObject().keys(),
        QStringList{TemplateKey});
    remove(u"grown"_s);
}

void TestEnvironmentsContract::partsAreChangedAndMadeWithIt()
{
    Spec spec = EnvironmentWorld::spec(u"whole"_s);
    spec.parts = {{.name = u"whole-more"_s, .from = EnvironmentWorld::sample(), .values = {{u"extra"_s, false}}}};
    Plan plan;
    create(spec, &plan);
    QCOMPARE(m_world.everythingOf(u"whole"_s), EnvironmentWorld::everythingOf(plan));
    QVERIFY(!m_world.exists(u"/api/v1/namespaces/whole/configmaps/whole-more-extra"_s));
    QTRY_COMPARE_WITH_TIMEOUT(m_world.environment(u"whole"_s)->state, Environment::State::Ready, 30000);
    KDRA_WORKS(there, m_world.planInCluster(*m_world.environment(u"whole"_s)));
    Spec changed = there.spec;
    changed.parts.first().values.insert(u"replicas"_s, 2);
    changed.parts.first().values.insert(u"extra"_s, true);
    KDRA_PLAN(other, changed);
    Task *task = m_world.runner().start(changeJob(other));
    KDRA_ENDS(task, Succeeded);
    QCOMPARE(m_world.everythingOf(u"whole"_s), EnvironmentWorld::everythingOf(other));
    QCOMPARE(read(u"/apis/apps/v1/namespaces/whole/deployments/whole-more-web"_s, u"spec.replicas"_s).toInt(), 2);
    QCOMPARE(read(web(u"whole"_s), u"spec.replicas"_s).toInt(), 1);
    remove(u"whole"_s);
}

void TestEnvironmentsContract::whatOthersHaveChangedIsNotLost()
{
    create(EnvironmentWorld::spec(u"shared"_s));
    QTRY_VERIFY_WITH_TIMEOUT(m_world.environment(u"shared"_s), 30000);
    KDRA_WORKS(mine, m_world.planWith(*m_world.environment(u"shared"_s), u"shared-mine"_s));
    KDRA_WORKS(yours, m_world.planWith(*m_world.environment(u"shared"_s), u"shared-yours"_s));
    Task *task = m_world.runner().start(changeJob(yours));
    KDRA_ENDS(task, Succeeded);
    task = m_world.runner().start(changeJob(mine));
    KDRA_ENDS(task, Failed);
    QCOMPARE(task->error()->kind, Error::Kind::Conflict);
    QCOMPARE(m_world.everythingOf(u"shared"_s), EnvironmentWorld::everythingOf(yours));
    remove(u"shared"_s);
}

void TestEnvironmentsContract::pausesAndResumes()
{
    Spec spec = EnvironmentWorld::spec(u"sleepy"_s);
    spec.values.insert(u"replicas"_s, 2);
    create(spec);
    QTRY_COMPARE_WITH_TIMEOUT(m_world.environment(u"sleepy"_s)->state, Environment::State::Ready, 30000);
    const Environment sleepy = *m_world.environment(u"sleepy"_s);
    Task *task = m_world.runner().start(pauseJob(sleepy));
    KDRA_ENDS(task, Succeeded);
    QCOMPARE(read(web(u"sleepy"_s), u"spec.replicas"_s).toInt(-1), 0);
    QTRY_COMPARE_WITH_TIMEOUT(m_world.environment(u"sleepy"_s)->state, Environment::State::Paused, 30000);
    QTRY_COMPARE_WITH_TIMEOUT(m_world.environment(u"sleepy"_s)->pods, 0U, 60000);
    // Once more, as after an interruption: the sizes are not forgotten.
    task = m_world.runner().start(pauseJob(sleepy));
    KDRA_ENDS(task, Succeeded);
    task = m_world.runner().start(unpauseJob(sleepy));
    KDRA_ENDS(task, Succeeded);
    QCOMPARE(read(web(u"sleepy"_s), u"spec.replicas"_s).toInt(), 2);
    QTRY_COMPARE_WITH_TIMEOUT(m_world.environment(u"sleepy"_s)->state, Environment::State::Ready, 30000);
    remove(u"sleepy"_s);
}

void TestEnvironmentsContract::extends()
{
    create(EnvironmentWorld::spec(u"longer"_s));
    QTRY_VERIFY_WITH_TIMEOUT(m_world.environment(u"longer"_s), 30000);
    Task *task = m_world.runner().start(extendJob(*m_world.environment(u"longer"_s), std::chrono::hours(24 * 14)));
    KDRA_ENDS(task, Succeeded);
    for (const QString &path : {parent(u"longer"_s), web(u"longer"_s), u"/api/v1/namespaces/longer"_s})
        QCOMPARE(annotations(path).value(TimeToLiveAnnotation).toString(), u"2w"_s);
    QTRY_COMPARE_WITH_TIMEOUT(
        m_world.environment(u"longer"_s)->created.secsTo(*m_world.environment(u"longer"_s)->expires), 14 * 86400,
        30000);
    // Changing it later does not bring the old time back, and does not conflict with KDRA's own hand.
    const Result<Plan> plan = m_world.planInCluster(*m_world.environment(u"longer"_s));
    QVERIFY2(plan, qPrintable(plan ? QString() : plan.error().text()));
    task = m_world.runner().start(changeJob(*plan));
    KDRA_ENDS(task, Succeeded);
    QCOMPARE(annotations(web(u"longer"_s)).value(TimeToLiveAnnotation).toString(), u"2w"_s);
    remove(u"longer"_s);
}

void TestEnvironmentsContract::conflictsNameFieldAndManager()
{
    create(EnvironmentWorld::spec(u"disputed"_s));
    m_world.send("PATCH", web(u"disputed"_s) + u"?fieldManager=somebody&force=true"_s,
        R"({"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"disputed-web"},"spec":{"replicas":4}})",
        "application/apply-patch+yaml");
    QTRY_VERIFY_WITH_TIMEOUT(m_world.environment(u"disputed"_s), 30000);
    const Result<Plan> plan = m_world.planInCluster(*m_world.environment(u"disputed"_s));
    QVERIFY(plan);
    Task *task = m_world.runner().start(changeJob(*plan));
    KDRA_ENDS(task, Failed);
    const QList<kube::FieldConflict> conflicts = kube::conflictsOf(*task->error());
    QCOMPARE(conflicts.size(), 1);
    QCOMPARE(conflicts.first().manager, u"somebody"_s);
    QCOMPARE(conflicts.first().field, u".spec.replicas"_s);
    QVERIFY(task->error()->what.contains(u"somebody"_s));
    QCOMPARE(read(web(u"disputed"_s), u"spec.replicas"_s).toInt(), 4);
    task = m_world.runner().start(changeJob(*plan, true));
    KDRA_ENDS(task, Succeeded);
    QCOMPARE(read(web(u"disputed"_s), u"spec.replicas"_s).toInt(), 1);
    remove(u"disputed"_s);
}

void TestEnvironmentsContract::cancelTakesBack()
{
    KDRA_PLAN(plan, EnvironmentWorld::spec(u"regret"_s));
    Task *task = m_world.runner().start(createJob(plan));
    QTRY_VERIFY_WITH_TIMEOUT(task->done() >= 3 || !task->isRunning(), 60000);
    task->cancel();
    QVERIFY(task->isCancelling());
    KDRA_ENDS(task, Cancelled);
    QCOMPARE(m_world.everythingOf(u"regret"_s), QStringList());
    QVERIFY(!m_world.exists(u"/api/v1/namespaces/regret"_s));
}

void TestEnvironmentsContract::deletingCanBeUndone()
{
    Plan plan;
    create(EnvironmentWorld::spec(u"kept"_s), &plan);
    QTRY_VERIFY_WITH_TIMEOUT(m_world.environment(u"kept"_s), 30000);
    Task *task = m_world.runner().start(deleteJob(*m_world.environment(u"kept"_s)));
    QTRY_VERIFY_WITH_TIMEOUT(task->done() >= 1, 30000);
    task->cancel();
    QCOMPARE(task->state(), Task::State::Cancelled);
    QCOMPARE(m_world.everythingOf(u"kept"_s), EnvironmentWorld::everythingOf(plan));
    QCOMPARE(annotations(parent(u"kept"_s)).value(PhaseAnnotation).toString(), u"applied"_s);
    remove(u"kept"_s);
}

void TestEnvironmentsContract::dryRunChangesNothing()
{
    KDRA_PLAN(plan, EnvironmentWorld::spec(u"rehearsal"_s));
    KDRA_AWAIT(differences, dryRun(m_world.store().client(), m_world.store().api(), plan));
    QVERIFY2(differences, qPrintable(differences ? QString() : differences.error().text()));
    QCOMPARE(differences->size(), plan.objects.size());
    for (const Difference &one : *differences)
        QVERIFY2(
            one.kind == Difference::Kind::Created, qPrintable(one.display + (one.error ? one.error->text() : u""_s)));
    QCOMPARE(m_world.everythingOf(u"rehearsal"_s), QStringList());

    create(EnvironmentWorld::spec(u"rehearsal"_s));
    QTRY_VERIFY_WITH_TIMEOUT(m_world.environment(u"rehearsal"_s), 30000);
    const Result<Plan> same = m_world.planInCluster(*m_world.environment(u"rehearsal"_s));
    QVERIFY(same);
    Spec spec = same->spec;
    spec.values.insert(u"replicas"_s, 2);
    spec.values.insert(u"extra"_s, false);
    KDRA_PLAN(other, spec);
    KDRA_AWAIT(changes, dryRun(m_world.store().client(), m_world.store().api(), other));
    QVERIFY(changes);
    QMap<QString, Difference::Kind> changed;
    for (const Difference &one : *changes) {
        if (one.kind != Difference::Kind::Unchanged)
            changed.insert(one.display, one.kind);
    }
    QCOMPARE(changed,
        (QMap<QString, Difference::Kind>{{u"Deployment rehearsal-web"_s, Difference::Kind::Changed},
            {u"ConfigMap rehearsal-extra"_s, Difference::Kind::Pruned}}));
    QVERIFY(m_world.exists(u"/api/v1/namespaces/rehearsal/configmaps/rehearsal-extra"_s));
    remove(u"rehearsal"_s);
}

void TestEnvironmentsContract::withoutRights()
{
    KDRA_PLAN(plan, EnvironmentWorld::spec(u"forbidden"_s));
    store::ClusterStore store(m_world.server().powerless());
    store.start();
    QTRY_COMPARE_WITH_TIMEOUT(store.connection(), store::ClusterStore::Connection::Connected, 30000);
    actions::Runner runner(store);
    Task *task = runner.start(createJob(plan));
    KDRA_ENDS(task, Failed);
    QCOMPARE(task->error()->kind, Error::Kind::Forbidden);
    QCOMPARE(m_world.everythingOf(u"forbidden"_s), QStringList());
}

void TestEnvironmentsContract::failingIsTold()
{
    Spec spec = EnvironmentWorld::spec(u"broken"_s);
    spec.placement = {
        .kind = Placement::Kind::Node, .name = u"pi-404"_s, .label = u"kubernetes.io/hostname"_s, .value = u"pi-404"_s};
    KDRA_PLAN(plan, spec);
    Task *task = m_world.runner().start(createJob(plan));
    // The scheduler's own words.
    QTRY_VERIFY2_WITH_TIMEOUT(
        task->step().contains(u"nodes are available"_s) || !task->isRunning(), qPrintable(task->step()), 60000);
    QVERIFY(task->isRunning());
    QTRY_VERIFY_WITH_TIMEOUT(!m_world.environment(u"broken"_s)->reason.isEmpty(), 30000);
    task->cancel();
    KDRA_ENDS(task, Cancelled);
    QCOMPARE(m_world.everythingOf(u"broken"_s), QStringList());
}

QTEST_GUILESS_MAIN(TestEnvironmentsContract)
#include "tst_environmentscontract.moc"
