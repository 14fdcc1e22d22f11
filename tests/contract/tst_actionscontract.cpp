// SPDX-License-Identifier: GPL-3.0-or-later
#include "actions/preview.h"
#include "actions/runner.h"
#include "contractserver.h"
#include "playedkubelet.h"
#include "store/clusterstore.h"
#include "support/answer.h"
#include "support/await.h"
#include "support/controlplane.h"

#include <QTest>

using namespace kdra;
using namespace kdra::actions;
using store::Kind;
using test::Answer;
using test::at;
using test::ContractServer;
using test::deployment;
using namespace Qt::StringLiterals;

// Every action, the same against the demo cluster and a real API server. Each test has a namespace and a node of its
// own.
class TestActionsContract : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void init();
    void cleanup();

    void cordonAndBack();
    void drainEvicts();
    void drainWaitsForABudget();
    void drainAsksFirst();
    void deletes();
    void aNewObjectOfTheSameNameIsLeftAlone();
    void scaleAndBack();
    void scaleConflicts();
    void withoutRights();
    void restart();
    void pauseAndResume();
    void undoRollout_data();
    void undoRollout();
    void editLabels();
    void editConflicts();
    void cronJobs();

private:
    Answer send(const QByteArray &verb, const QString &path, const QByteArray &body = {},
        const QByteArray &contentType = "application/json")
    {
        return test::sendTo(*m_admin, verb, path, body, contentType);
    }
    Answer merge(const QString &path, const QByteArray &body)
    {
        return send("PATCH", path, body, "application/merge-patch+json");
    }
    QJsonValue read(const QString &path, const QString &field) { return at(send("GET", path).json(), field); }
    QString in(const QString &group, const QString &plural) const
    {
        return group + u"/namespaces/"_s + m_namespace + u'/' + plural;
    }
    QString apps(const QString &rest) const { return in(u"/apis/apps/v1"_s, rest); }
    QString core(const QString &rest) const { return in(u"/api/v1"_s, rest); }
    QString cronJobsPath() const
    {
        const Result<kube::Resource> resource = m_store->resource(Kind::CronJob);
        return resource ? resource->path(m_namespace) : QString();
    }
    // As soon as the watch knows it.
    std::optional<Target> target(Kind kind, const QString &name);
    Task *run(ActionId id, const Target &target, const Parameters &parameters = {})
    {
        return m_runner->start({.id = id, .targets = {target}, .parameters = parameters});
    }
    // A deployment whose pods are bound to the node without a scheduler.
    QByteArray onNode(const QByteArray &name, int replicas, const QByteArray &volumes = "[]") const;
    QStringList podsOnNode();

    std::unique_ptr<ContractServer> m_server;
    std::unique_ptr<kube::ApiClient> m_admin;
    std::unique_ptr<test::PlayedKubelet> m_kubelet;
    std::unique_ptr<store::ClusterStore> m_store;
    std::unique_ptr<Runner> m_runner;
    int m_number = 0;
    QString m_namespace;
    QString m_node;
};

#define KDRA_ENDS(task, wanted)                                                                                        \
    QTRY_VERIFY_WITH_TIMEOUT(!(task)->isRunning(), 240000);                                                            \
    QVERIFY2((task)->state() == Task::State::wanted,                                                                   \
        qPrintable((task)->step() + ((task)->error() ? u" | "_s + (task)->error()->text() : QString())))

void TestActionsContract::initTestCase()
{
    if (ContractServer::isReal() && !test::ControlPlane::isAvailable())
        QSKIP("KUBEBUILDER_ASSETS names no folder with a kube-apiserver: the real API server is not tested.");
    m_server = ContractServer::create();
    const Result<void> started = m_server->start();
    QVERIFY2(started, qPrintable(started ? QString() : started.error().text()));
    m_admin = std::make_unique<kube::ApiClient>(m_server->admin());
    if (ContractServer::isReal())
        m_kubelet = std::make_unique<test::PlayedKubelet>(*m_admin);
    m_store = std::make_unique<store::ClusterStore>(m_server->admin());
    m_store->start();
    QTRY_VERIFY_WITH_TIMEOUT(
        m_store->isSynced() && m_store->connection() == store::ClusterStore::Connection::Connected, 120000);
    m_runner = std::make_unique<Runner>(*m_store);
}

void TestActionsContract::cleanupTestCase()
{
    m_runner.reset();
    m_store.reset();
    m_kubelet.reset();
    m_admin.reset();
    m_server.reset();
}

void TestActionsContract::init()
{
    m_namespace = u"actions-%1"_s.arg(++m_number);
    m_node = u"pi-%1"_s.arg(m_number);
    QCOMPARE(send("POST", u"/api/v1/namespaces"_s, R"({"metadata":{"name":")" + m_namespace.toLatin1() + R"("}})").code,
        201);
    QCOMPARE(send("POST", u"/api/v1/nodes"_s,
                 R"({"metadata":{"name":")" + m_node.toLatin1()
                     + R"("},"status":{"allocatable":{"cpu":"4","memory":"8Gi","pods":"110"}}})")
                 .code,
        201);
}

void TestActionsContract::cleanup()
{
    send("DELETE", u"/api/v1/namespaces/"_s + m_namespace);
    send("DELETE", u"/api/v1/nodes/"_s + m_node);
    if (QTest::currentTestFailed()) {
        for (const QList<Task *> tasks = m_runner->tasks(); const Task *task : tasks) {
            qInfo() << task->title() << task->state();
            for (const Task::LogLine &line : task->log())
                qInfo().noquote() << line.time.toString(u"  hh:mm:ss.zzz"_s) << line.text;
        }
        qInfo("%s", qPrintable(m_server->logs()));
    }
    m_runner->clearFinished();
}

std::optional<Target> TestActionsContract::target(Kind kind, const QString &name)
{
    std::optional<Target> found;
    const auto look = [&] {
        const store::SnapshotPtr snapshot = m_store->snapshot();
        QList<store::Item> items;
        store::withTable(*snapshot, kind, [&](const auto &table) {
            table.forEach([&](const auto &record) {
                const QString ns = snapshot->string(record->meta.ns);
                if (store::toQString(record.name()) == name && (ns.isEmpty() || ns == m_namespace))
                    items = {{kind, record->meta.uid}};
            });
        });
        const Result<QList<Target>> targets =
            targetsOf(*snapshot, items, [this](Kind one) { return m_store->resource(one); });
        if (targets && !targets->isEmpty())
            found = targets->first();
        return found.has_value();
    };
    (void)QTest::qWaitFor(look, 30000);
    return found;
}

QByteArray TestActionsContract::onNode(const QByteArray &name, int replicas, const QByteArray &volumes) const
{
    return R"({"metadata":{"name":")" + name + R"("},"spec":{"replicas":)" + QByteArray::number(replicas)
        + R"(,"selector":{"matchLabels":{"app":")" + name + R"("}},"template":{"metadata":{"labels":{"app":")" + name
        + R"("}},"spec":{"nodeName":")" + m_node.toLatin1() + R"(","terminationGracePeriodSeconds":1,"volumes":)"
        + volumes + R"(,"containers":[{"name":"main","image":"nginx:1"}]}}}})";
}

QStringList TestActionsContract::podsOnNode()
{
    QStringList uids;
    for (const QJsonArray items = send("GET", core(u"pods"_s)).items(); const QJsonValue &pod : items) {
        const bool ready = at(pod, u"status.phase"_s).toString() == u"Running"_s;
        if (ready && at(pod, u"spec.nodeName"_s).toString() == m_node)
            uids.append(at(pod, u"metadata.uid"_s).toString());
    }
    uids.sort();
    return uids;
}

void TestActionsContract::cordonAndBack()
{
    const std::optional<Target> node = target(Kind::Node, m_node);
    QVERIFY(node);
    Task *cordon = run(ActionId::Cordon, *node);
    KDRA_ENDS(cordon, Succeeded);
    QCOMPARE(cordon->done(), 1);
    QVERIFY(cordon->finished().isValid());
    QCOMPARE(read(node->path(), u"spec.unschedulable"_s).toBool(), true);
    QTRY_VERIFY_WITH_TIMEOUT(itemsFor(ActionId::Cordon, *m_store->snapshot(), {node->item}).isEmpty(), 30000);
    QVERIFY(actionsFor(*m_store->snapshot(), {node->item}).contains(ActionId::Uncordon));
    const QJsonArray managers = read(node->path(), u"metadata.managedFields"_s).toArray();
    QVERIFY(std::ranges::any_of(
        managers, [](const QJsonValue &one) { return at(one, u"manager"_s).toString() == "kdra"_L1; }));

    QVERIFY(cordon->canUndo());
    QCOMPARE(cordon->undoTitle(), u"Uncordon "_s + m_node);
    Task *back = cordon->undo();
    QVERIFY(back);
    QVERIFY(!cordon->canUndo());
    KDRA_ENDS(back, Succeeded);
    QCOMPARE(read(node->path(), u"spec.unschedulable"_s).toBool(), false);
}

void TestActionsContract::drainEvicts()
{
    QCOMPARE(send("POST", apps(u"deployments"_s), onNode("web", 3)).code, 201);
    QTRY_COMPARE_WITH_TIMEOUT(podsOnNode().size(), 3, 90000);
    const QStringList before = podsOnNode();
    const std::optional<Target> node = target(Kind::Node, m_node);
    QVERIFY(node);
    KDRA_AWAIT(preview, previewDrain(*m_admin, m_node));
    QVERIFY(preview);
    QCOMPARE(preview->evictedCount(), 3);
    QVERIFY(preview->obstacles({}).isEmpty());

    Task *drain = run(ActionId::Drain, *node);
    KDRA_ENDS(drain, Succeeded);
    QCOMPARE(drain->total(), 3);
    QCOMPARE(drain->done(), 3);
    QVERIFY(!drain->canUndo());
    QCOMPARE(read(node->path(), u"spec.unschedulable"_s).toBool(), true);
    for (const QStringList after = podsOnNode(); const QString &uid : after)
        QVERIFY(!before.contains(uid));
}

void TestActionsContract::drainWaitsForABudget()
{
    QCOMPARE(send("POST", apps(u"deployments"_s), onNode("web", 2)).code, 201);
    QTRY_COMPARE_WITH_TIMEOUT(podsOnNode().size(), 2, 90000);
    QString version = u"v1"_s;
    if (send("GET", u"/apis/policy/v1"_s).code != 200)
        version = u"v1beta1"_s;
    const QString budgets = in(u"/apis/policy/"_s + version, u"poddisruptionbudgets"_s);
    QCOMPARE(send("POST", budgets,
                 R"({"metadata":{"name":"web"},"spec":{"minAvailable":2,"selector":{"matchLabels":{"app":"web"}}}})")
                 .code,
        201);
    QTRY_COMPARE_WITH_TIMEOUT(read(budgets + u"/web"_s, u"status.currentHealthy"_s).toInt(), 2, 30000);
    const std::optional<Target> node = target(Kind::Node, m_node);
    QVERIFY(node);
    const QStringList before = podsOnNode();

    Task *refused = run(ActionId::Drain, *node);
    // The server's own words, which name the budget.
    const QString words = u"The disruption budget web needs 2 healthy pods and has 2 currently"_s;
    QTRY_VERIFY2_WITH_TIMEOUT(refused->step().contains(words), qPrintable(refused->step()), 60000);
    QVERIFY(refused->isRunning());
    refused->cancel();
    QCOMPARE(refused->state(), Task::State::Cancelled);
    QCOMPARE(refused->done(), 0);
    // Nor does it try again when the pause since the refusal is over, though it would be granted now.
    QCOMPARE(merge(budgets + u"/web"_s, R"({"spec":{"minAvailable":0}})").code, 200);
    QTRY_COMPARE_WITH_TIMEOUT(read(budgets + u"/web"_s, u"status.disruptionsAllowed"_s).toInt(), 2, 30000);
    QTest::qWait(2500); // longer than that pause
    QCOMPARE(podsOnNode(), before);
    QCOMPARE(merge(budgets + u"/web"_s, R"({"spec":{"minAvailable":2}})").code, 200);
    QTRY_COMPARE_WITH_TIMEOUT(read(budgets + u"/web"_s, u"status.disruptionsAllowed"_s).toInt(), 0, 30000);

    Parameters hurried;
    hurried.drain.timeout = std::chrono::seconds(15); // a busy server has to refuse within it
    Task *late = run(ActionId::Drain, *node, hurried);
    KDRA_ENDS(late, Failed);
    QCOMPARE(late->error()->kind, Error::Kind::Timeout);
    QVERIFY(late->error()->where.contains(words));

    Task *drain = run(ActionId::Drain, *node);
    QTRY_VERIFY_WITH_TIMEOUT(drain->step().contains(words), 60000);
    QCOMPARE(send("DELETE", budgets + u"/web"_s).code, 200);
    KDRA_ENDS(drain, Succeeded);
    QCOMPARE(drain->done(), 2);
    for (const QStringList after = podsOnNode(); const QString &uid : after)
        QVERIFY(!before.contains(uid));
}

void TestActionsContract::drainAsksFirst()
{
    const QByteArray alone = R"({"metadata":{"name":"alone"},"spec":{"nodeName":")" + m_node.toLatin1()
        + R"(","terminationGracePeriodSeconds":1,"containers":[{"name":"c","image":"i"}]}})";
    // A new namespace has no service account yet, without which no pod is taken.
    Answer made;
    QVERIFY(QTest::qWaitFor(
        [&] {
            made = send("POST", core(u"pods"_s), alone);
            return made.code == 201;
        },
        30000));
    QCOMPARE(send("POST", apps(u"deployments"_s), onNode("cache", 1, R"([{"name":"tmp","emptyDir":{}}])")).code, 201);
    QTRY_COMPARE_WITH_TIMEOUT(podsOnNode().size(), 2, 90000);
    const std::optional<Target> node = target(Kind::Node, m_node);
    QVERIFY(node);
    Task *refused = run(ActionId::Drain, *node);
    KDRA_ENDS(refused, Failed);
    QVERIFY2(refused->error()->what.contains(m_namespace + u"/alone"_s), qPrintable(refused->error()->what));
    QVERIFY(refused->error()->what.contains(u"emptyDir"_s));
    QCOMPARE(podsOnNode().size(), 2);
    QCOMPARE(read(node->path(), u"spec.unschedulable"_s).toBool(), false);

    Parameters agreed;
    agreed.drain = {.force = true, .deleteEmptyDirData = true};
    Task *drain = run(ActionId::Drain, *node, agreed);
    KDRA_ENDS(drain, Succeeded);
    QCOMPARE(drain->done(), 2);
    QCOMPARE(send("GET", core(u"pods/alone"_s)).code, 404);
}

void TestActionsContract::deletes()
{
    QCOMPARE(send("POST", apps(u"deployments"_s), onNode("web", 1)).code, 201);
    QTRY_COMPARE_WITH_TIMEOUT(podsOnNode().size(), 1, 90000);
    const QString name = at(send("GET", core(u"pods"_s)).items().first(), u"metadata.name"_s).toString();
    const std::optional<Target> pod = target(Kind::Pod, name);
    QVERIFY(pod);
    Task *task = run(ActionId::Delete, *pod);
    KDRA_ENDS(task, Succeeded);
    QCOMPARE(send("GET", pod->path()).code, 404);
    QVERIFY(!task->canUndo());

    // Several at once, of which one is gone already.
    const std::optional<Target> web = target(Kind::Deployment, u"web"_s);
    QVERIFY(web);
    Task *both = m_runner->start({.id = ActionId::Delete, .targets = {*web, *pod}});
    KDRA_ENDS(both, Failed);
    QCOMPARE(both->done(), 2);
    QCOMPARE(both->error()->kind, Error::Kind::NotFound);
    QCOMPARE(send("GET", web->path()).code, 404);
}

void TestActionsContract::aNewObjectOfTheSameNameIsLeftAlone()
{
    const QString path = apps(u"deployments"_s);
    QCOMPARE(send("POST", path, deployment(u"web"_s)).code, 201);
    const std::optional<Target> old = target(Kind::Deployment, u"web"_s);
    QVERIFY(old);
    QCOMPARE(old->uid(), read(path + u"/web"_s, u"metadata.uid"_s).toString());
    QCOMPARE(send("DELETE", path + u"/web"_s).code, 200);
    QCOMPARE(send("POST", path, deployment(u"web"_s, 2)).code, 201);
    Parameters five;
    five.scale.replicas = 5;
    for (const ActionId id :
        {ActionId::Delete, ActionId::Scale, ActionId::RolloutPause, ActionId::RolloutUndo, ActionId::EditLabels}) {
        Task *task = run(id, *old, five);
        KDRA_ENDS(task, Failed);
        QVERIFY2(task->error()->what.contains(u"another object has its name now"_s),
            qPrintable(task->title() + u": "_s + task->error()->text()));
    }
    QCOMPARE(read(path + u"/web"_s, u"spec.replicas"_s).toInt(), 2);
    QVERIFY(!read(path + u"/web"_s, u"spec.paused"_s).toBool());
}

void TestActionsContract::scaleAndBack()
{
    const QString path = apps(u"deployments/web"_s);
    QCOMPARE(send("POST", apps(u"deployments"_s), deployment(u"web"_s, 1)).code, 201);
    const std::optional<Target> web = target(Kind::Deployment, u"web"_s);
    QVERIFY(web);
    Parameters three;
    three.scale.replicas = 3;
    const Order order{.id = ActionId::Scale, .targets = {*web}, .parameters = three};
    QCOMPARE(describe(*m_store->snapshot(), order), u"Scales %1/web from 1 to 3 replica(s)."_s.arg(m_namespace));
    Task *scale = m_runner->start(order);
    KDRA_ENDS(scale, Succeeded);
    QCOMPARE(read(path, u"spec.replicas"_s).toInt(), 3);
    QCOMPARE(scale->undoTitle(), u"Scale %1/web to 1"_s.arg(m_namespace));
    Task *back = scale->undo();
    KDRA_ENDS(back, Succeeded);
    QCOMPARE(read(path, u"spec.replicas"_s).toInt(), 1);
}

void TestActionsContract::scaleConflicts()
{
    const QString path = apps(u"deployments/web"_s);
    QCOMPARE(send("POST", apps(u"deployments"_s), deployment(u"web"_s, 1)).code, 201);
    const std::optional<Target> web = target(Kind::Deployment, u"web"_s);
    QVERIFY(web);
    Parameters three;
    three.scale.replicas = 3;
    Task *scale = run(ActionId::Scale, *web, three);
    KDRA_ENDS(scale, Succeeded);
    QCOMPARE(merge(path, R"({"spec":{"replicas":7}})").code, 200);
    Task *back = scale->undo();
    KDRA_ENDS(back, Failed);
    QCOMPARE(back->error()->kind, Error::Kind::Conflict);
    QVERIFY2(back->error()->what.contains(u"it was at 3 and is at 7 now"_s), qPrintable(back->error()->what));
    QCOMPARE(read(path, u"spec.replicas"_s).toInt(), 7);
}

void TestActionsContract::withoutRights()
{
    QCOMPARE(send("POST", apps(u"deployments"_s), deployment(u"web"_s, 1)).code, 201);
    const std::optional<Target> web = target(Kind::Deployment, u"web"_s);
    QVERIFY(web);
    KDRA_AWAIT(mine, m_runner->offers().ask(ActionId::Scale, {*web}));
    QVERIFY2(mine.allowed, qPrintable(mine.reason));

    store::ClusterStore powerless(m_server->powerless());
    powerless.start();
    Runner runner(powerless);
    KDRA_AWAIT(theirs, runner.offers().ask({ActionId::Scale, ActionId::Delete}, {*web}));
    QCOMPARE(theirs.size(), 2);
    QVERIFY(!theirs[0].allowed);
    QVERIFY2(theirs[0].reason.startsWith(u"You may not get deployments/scale in the namespace "_s + m_namespace),
        qPrintable(theirs[0].reason));
    QVERIFY(!theirs[1].allowed);

    // Whoever tries all the same is told by the server.
    Parameters three;
    three.scale.replicas = 3;
    Task *scale = runner.start({.id = ActionId::Scale, .targets = {*web}, .parameters = three});
    KDRA_ENDS(scale, Failed);
    QCOMPARE(scale->error()->kind, Error::Kind::Forbidden);
    QVERIFY2(scale->step().contains(u"deployments/scale"_s), qPrintable(scale->step()));
    QCOMPARE(read(web->path(), u"spec.replicas"_s).toInt(), 1);

    // A cluster that is marked read-only offers nothing to anybody, and does nothing.
    m_store->client().setReadOnly(true);
    KDRA_AWAIT(marked, m_runner->offers().ask(ActionId::Scale, {*web}));
    Task *stopped = run(ActionId::Scale, *web, three);
    QTRY_VERIFY_WITH_TIMEOUT(!stopped->isRunning(), 30000);
    m_store->client().setReadOnly(false);
    QVERIFY(!marked.allowed);
    QCOMPARE(marked.reason, u"This cluster is marked read-only."_s);
    QCOMPARE(stopped->state(), Task::State::Failed);
    QCOMPARE(stopped->error()->reason, u"ReadOnly"_s);
    QCOMPARE(read(web->path(), u"spec.replicas"_s).toInt(), 1);
}

void TestActionsContract::restart()
{
    QCOMPARE(send("POST", apps(u"deployments"_s), deployment(u"web"_s, 1)).code, 201);
    const std::optional<Target> web = target(Kind::Deployment, u"web"_s);
    QVERIFY(web);
    QTRY_COMPARE_WITH_TIMEOUT(send("GET", apps(u"replicasets"_s)).items().size(), 1, 30000);
    Task *task = run(ActionId::RolloutRestart, *web);
    KDRA_ENDS(task, Succeeded);
    QTRY_COMPARE_WITH_TIMEOUT(send("GET", apps(u"replicasets"_s)).items().size(), 2, 30000);
    const QJsonObject annotations = read(web->path(), u"spec.template.metadata.annotations"_s).toObject();
    QVERIFY(QDateTime::fromString(annotations.value("kubectl.kubernetes.io/restartedAt"_L1).toString(), Qt::ISODate)
            .isValid());
}

void TestActionsContract::pauseAndResume()
{
    QCOMPARE(send("POST", apps(u"deployments"_s), deployment(u"web"_s, 1)).code, 201);
    const std::optional<Target> web = target(Kind::Deployment, u"web"_s);
    QVERIFY(web);
    Task *pause = run(ActionId::RolloutPause, *web);
    KDRA_ENDS(pause, Succeeded);
    QCOMPARE(read(web->path(), u"spec.paused"_s).toBool(), true);
    QTRY_VERIFY_WITH_TIMEOUT(actionsFor(*m_store->snapshot(), {web->item}).contains(ActionId::RolloutResume), 30000);
    QVERIFY(!actionsFor(*m_store->snapshot(), {web->item}).contains(ActionId::RolloutRestart));
    Task *undone = run(ActionId::RolloutUndo, *web);
    KDRA_ENDS(undone, Failed);
    QVERIFY(undone->error()->what.contains(u"is paused"_s));
    Task *resume = pause->undo();
    KDRA_ENDS(resume, Succeeded);
    QCOMPARE(read(web->path(), u"spec.paused"_s).toBool(), false);
}

void TestActionsContract::undoRollout_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QString>("plural");
    QTest::newRow("Deployment") << Kind::Deployment << u"deployments"_s;
    QTest::newRow("StatefulSet") << Kind::StatefulSet << u"statefulsets"_s;
    QTest::newRow("DaemonSet") << Kind::DaemonSet << u"daemonsets"_s;
}

void TestActionsContract::undoRollout()
{
    QFETCH(Kind, kind);
    QFETCH(QString, plural);
    const QString path = apps(plural + u"/web"_s);
    const auto images = [&] { return read(path, u"spec.template.spec.containers.0.image"_s).toString(); };
    const auto revisions = [&](qsizetype count) {
        const std::optional<Target> web = target(kind, u"web"_s);
        for (int i = 0; web && i < 240; ++i) {
            const auto future = readRevisions(*m_admin, *web);
            if (!test::finishes(future) || !future.result())
                return QList<Revision>();
            if (future.result()->size() == count && future.result()->first().current)
                return *future.result();
            QTest::qWait(250);
        }
        return QList<Revision>();
    };
    QByteArray body = deployment(u"web"_s, 0, u"nginx:1"_s);
    if (kind == Kind::StatefulSet)
        body.replace(R"("kind":"Deployment")", R"("kind":"StatefulSet")")
            .replace(R"("replicas")", R"("serviceName":"web","replicas")");
    if (kind == Kind::DaemonSet)
        body.replace(R"("kind":"Deployment")", R"("kind":"DaemonSet")").replace(R"("replicas":0,)", "");
    const Answer created = send("POST", apps(plural), body);
    QVERIFY2(created.code == 201, created.body);
    QCOMPARE(revisions(1).size(), 1);
    QCOMPARE(send("PATCH", path, R"({"spec":{"template":{"spec":{"containers":[{"name":"main","image":"nginx:2"}]}}}})",
                 "application/strategic-merge-patch+json")
                 .code,
        200);
    const QList<Revision> two = revisions(2);
    QCOMPARE(two.size(), 2);
    QCOMPARE(two[0].images, QStringList{u"nginx:2"_s});
    QCOMPARE(two[0].number, 2);
    QCOMPARE(two[1].number, 1);
    QVERIFY(!two[1].current);

    const std::optional<Target> web = target(kind, u"web"_s);
    QVERIFY(web);
    Parameters none;
    none.revision = 17;
    Task *missing = run(ActionId::RolloutUndo, *web, none);
    KDRA_ENDS(missing, Failed);
    QVERIFY2(missing->error()->what.contains(u"has no revision 17"_s), qPrintable(missing->error()->what));

    Task *undo = run(ActionId::RolloutUndo, *web);
    KDRA_ENDS(undo, Succeeded);
    QCOMPARE(images(), u"nginx:1"_s);
    // The template that is back gets the highest number.
    const QList<Revision> back = revisions(2);
    QCOMPARE(back.size(), 2);
    QCOMPARE(back[0].number, 3);
    QCOMPARE(back[0].images, QStringList{u"nginx:1"_s});
    QCOMPARE(undo->undoTitle(), u"Take %1/web back to revision 2"_s.arg(m_namespace));
    Task *again = undo->undo();
    KDRA_ENDS(again, Succeeded);
    QCOMPARE(images(), u"nginx:2"_s);
}

void TestActionsContract::editLabels()
{
    QCOMPARE(send("POST", apps(u"deployments"_s), deployment(u"web"_s, 1)).code, 201);
    const std::optional<Target> web = target(Kind::Deployment, u"web"_s);
    QVERIFY(web);
    QCOMPARE(merge(web->path(), R"({"metadata":{"labels":{"tier":"front","old":"1"}}})").code, 200);
    KDRA_AWAIT(metadata, readMetadata(*m_admin, *web));
    QVERIFY(metadata);
    QMap<QString, QString> wanted = metadata->labels;
    wanted[u"tier"_s] = u"back"_s;
    wanted[u"new"_s] = u"2"_s;
    wanted.remove(u"old"_s);
    Parameters parameters;
    parameters.edit = editOf(metadata->labels, wanted);
    // Something else changes in between: nobody's business.
    QCOMPARE(merge(web->path(), R"({"metadata":{"labels":{"other":"x"}}})").code, 200);
    Task *edit = run(ActionId::EditLabels, *web, parameters);
    KDRA_ENDS(edit, Succeeded);
    const QJsonObject labels = read(web->path(), u"metadata.labels"_s).toObject();
    QCOMPARE(labels, (QJsonObject{{u"tier"_s, u"back"_s}, {u"new"_s, u"2"_s}, {u"other"_s, u"x"_s}}));
    Task *back = edit->undo();
    KDRA_ENDS(back, Succeeded);
    QCOMPARE(read(web->path(), u"metadata.labels"_s).toObject(),
        (QJsonObject{{u"tier"_s, u"front"_s}, {u"old"_s, u"1"_s}, {u"other"_s, u"x"_s}}));

    Parameters note;
    note.edit.set.insert(u"example.org/note"_s, u"two words, any"_s);
    Task *annotate = run(ActionId::EditAnnotations, *web, note);
    KDRA_ENDS(annotate, Succeeded);
    QCOMPARE(read(web->path(), u"metadata.annotations"_s).toObject().value(u"example.org/note"_s).toString(),
        u"two words, any"_s);
}

void TestActionsContract::editConflicts()
{
    QCOMPARE(send("POST", apps(u"deployments"_s), deployment(u"web"_s, 1)).code, 201);
    const std::optional<Target> web = target(Kind::Deployment, u"web"_s);
    QVERIFY(web);
    QCOMPARE(merge(web->path(), R"({"metadata":{"labels":{"tier":"front"}}})").code, 200);
    Parameters parameters;
    parameters.edit = editOf({{u"tier"_s, u"front"_s}}, {{u"tier"_s, u"back"_s}});
    QCOMPARE(merge(web->path(), R"({"metadata":{"labels":{"tier":"middle"}}})").code, 200);
    Task *edit = run(ActionId::EditLabels, *web, parameters);
    KDRA_ENDS(edit, Failed);
    QCOMPARE(edit->error()->kind, Error::Kind::Conflict);
    QVERIFY2(edit->step().contains(u"from “front” to “middle”"_s), qPrintable(edit->step()));
    QVERIFY(!edit->canUndo());
    QCOMPARE(read(web->path(), u"metadata.labels.tier"_s).toString(), u"middle"_s);
}

void TestActionsContract::cronJobs()
{
    const Answer created = send("POST", cronJobsPath(),
        R"({"metadata":{"name":"nightly"},"spec":{"schedule":"0 3 1 1 *","jobTemplate":{"metadata":{"labels":{"kind":"backup"},)"
        R"("annotations":{"why":"nightly"}},"spec":{"template":{"spec":{"restartPolicy":"Never",)"
        R"("containers":[{"name":"c","image":"backup:1"}]}}}}}})");
    QVERIFY2(created.code == 201, created.body);
    const std::optional<Target> nightly = target(Kind::CronJob, u"nightly"_s);
    QVERIFY(nightly);
    Task *suspend = run(ActionId::SuspendCronJob, *nightly);
    KDRA_ENDS(suspend, Succeeded);
    QCOMPARE(read(nightly->path(), u"spec.suspend"_s).toBool(), true);
    QTRY_VERIFY_WITH_TIMEOUT(
        actionsFor(*m_store->snapshot(), {nightly->item}).contains(ActionId::ResumeCronJob), 30000);

    // By hand it runs all the same.
    Task *trigger = run(ActionId::TriggerCronJob, *nightly);
    KDRA_ENDS(trigger, Succeeded);
    const QJsonArray jobs = send("GET", in(u"/apis/batch/v1"_s, u"jobs"_s)).items();
    QCOMPARE(jobs.size(), 1);
    const QJsonValue job = jobs.first();
    QVERIFY(at(job, u"metadata.name"_s).toString().startsWith(u"nightly-manual-"_s));
    const QJsonObject annotations = at(job, u"metadata.annotations"_s).toObject();
    QCOMPARE(annotations.value("cronjob.kubernetes.io/instantiate"_L1).toString(), u"manual"_s);
    QCOMPARE(annotations.value("why"_L1).toString(), u"nightly"_s);
    QCOMPARE(at(job, u"metadata.labels.kind"_s).toString(), u"backup"_s);
    QCOMPARE(at(job, u"metadata.ownerReferences.0.uid"_s).toString(), nightly->uid());
    QCOMPARE(at(job, u"spec.template.spec.containers.0.image"_s).toString(), u"backup:1"_s);

    Task *resume = suspend->undo();
    KDRA_ENDS(resume, Succeeded);
    QCOMPARE(read(nightly->path(), u"spec.suspend"_s).toBool(), false);
}

QTEST_GUILESS_MAIN(TestActionsContract)
#include "tst_actionscontract.moc"
