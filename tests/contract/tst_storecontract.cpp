// SPDX-License-Identifier: GPL-3.0-or-later
#include "contractserver.h"
#include "known.h"
#include "storecomparison.h"
#include "support/await.h"
#include "support/controlplane.h"
#include "support/stoppingproxy.h"

#include <QTest>

using namespace kdra;
using namespace kdra::store;
using kdra::test::ContractServer;
using namespace std::chrono_literals;

// What the store promises against any API server: after whatever happened, it equals a fresh list.
class TestStoreContract : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void everyKindIsWatchedAndEqualsAFreshList();
    void changesArriveByThemselves();
    void labelsDecideWhatAConfigMapIs();
    void withoutRightsEveryKindSaysForbidden();
    void serverKilledAndRestartedUnderLoad();
    void revisionTooOldAfterCompaction();
    void cableCutForLongerThanTheDeadline();
    void halfAFrameThenReset();

private:
    Result<kube::Response> request(const QByteArray &verb, const QString &path, const QByteArray &body,
        const QByteArray &contentType = "application/json");
    void create(Kind kind, const QString &ns, const QByteArray &object);
    std::unique_ptr<ClusterStore> open(kube::ClientConfig config);
    QString explain(ClusterStore &store);
    kube::ClientConfig through(const test::StoppingProxy &proxy);

    QString m_explanation;
    std::unique_ptr<ContractServer> m_server;
    std::unique_ptr<ClusterStore> m_admin; // the test's own hand in the cluster
    static constexpr kube::WatchStream::Deadlines quick{
        .connect = 2s, .pingEvery = 200ms, .pongWithin = 600ms, .httpSilence = 5s};
};

static QByteArray deployment(const QByteArray &name, int replicas)
{
    return R"({"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":")" + name + R"("},"spec":{"replicas":)"
        + QByteArray::number(replicas) + R"(,"selector":{"matchLabels":{"app":")" + name
        + R"("}},"template":{"metadata":{"labels":{"app":")" + name
        + R"("}},"spec":{"containers":[{"name":"c","image":"nginx:1.29","resources":{"requests":{"cpu":"10m","memory":"16Mi"}}}]}}}})";
}

static QByteArray configMap(const QByteArray &name, const QByteArray &labels)
{
    return R"({"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":")" + name + R"(","labels":{)" + labels
        + R"(},"annotations":{"note":"by the test"}},"data":{"a":"b"}})";
}

void TestStoreContract::initTestCase()
{
    if (ContractServer::isReal() && !test::ControlPlane::isAvailable())
        QSKIP("KUBEBUILDER_ASSETS names no folder with a kube-apiserver: the real API server is not tested.");
    m_server = ContractServer::create();
    const Result<void> started = m_server->start();
    QVERIFY2(started, qPrintable(started ? QString() : started.error().text()));
    m_admin = open(m_server->admin());
    QVERIFY(m_admin);
    create(Kind::Namespace, {}, R"({"apiVersion":"v1","kind":"Namespace","metadata":{"name":"shop"}})");
    create(Kind::Node, {},
        R"({"apiVersion":"v1","kind":"Node","metadata":{"name":"pi-007","labels":{"kubernetes.io/arch":"arm64"}}})");
    // The service account that pods need is made by a controller.
    QTRY_VERIFY_WITH_TIMEOUT(
        request("GET", QStringLiteral("/api/v1/namespaces/shop/serviceaccounts/default"), {}), 30000);
    create(Kind::Deployment, QStringLiteral("shop"), deployment("web", 3));
    create(Kind::StatefulSet, QStringLiteral("shop"),
        R"({"apiVersion":"apps/v1","kind":"StatefulSet","metadata":{"name":"db"},"spec":{"serviceName":"db","replicas":1,"selector":{"matchLabels":{"app":"db"}},
        "template":{"metadata":{"labels":{"app":"db"}},"spec":{"containers":[{"name":"c","image":"postgres:18"}]}}}})");
    create(Kind::DaemonSet, QStringLiteral("shop"),
        R"({"apiVersion":"apps/v1","kind":"DaemonSet","metadata":{"name":"agent"},"spec":{"selector":{"matchLabels":{"app":"agent"}},
        "template":{"metadata":{"labels":{"app":"agent"}},"spec":{"containers":[{"name":"c","image":"agent:1"}]}}}})");
    create(Kind::Job, QStringLiteral("shop"),
        R"({"apiVersion":"batch/v1","kind":"Job","metadata":{"name":"once"},"spec":{"template":{"spec":{"restartPolicy":"Never","containers":[{"name":"c","image":"job:1"}]}}}})");
    const QString cron = m_admin->resource(Kind::CronJob).value_or(kube::Resource()).apiVersion();
    create(Kind::CronJob, QStringLiteral("shop"),
        R"({"apiVersion":")" + cron.toLatin1()
            + R"(","kind":"CronJob","metadata":{"name":"nightly"},"spec":{"schedule":"0 3 * * *","jobTemplate":{"spec":{"template":{"spec":{"restartPolicy":"Never","containers":[{"name":"c","image":"job:1"}]}}}}}})");
    create(Kind::Service, QStringLiteral("shop"),
        R"({"apiVersion":"v1","kind":"Service","metadata":{"name":"web"},"spec":{"selector":{"app":"web"},"ports":[{"port":80}]}})");
    create(Kind::Ingress, QStringLiteral("shop"),
        R"({"apiVersion":"networking.k8s.io/v1","kind":"Ingress","metadata":{"name":"web"},"spec":{"rules":[{"host":"shop.local","http":{"paths":[{"path":"/","pathType":"Prefix","backend":{"service":{"name":"web","port":{"number":80}}}}]}}]}})");
    create(Kind::PersistentVolumeClaim, QStringLiteral("shop"),
        R"({"apiVersion":"v1","kind":"PersistentVolumeClaim","metadata":{"name":"data"},"spec":{"accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"1Gi"}}}})");
    // v2beta2 on an old server; every version knows these fields.
    const QString scaling = m_admin->resource(Kind::HorizontalPodAutoscaler).value_or(kube::Resource()).apiVersion();
    create(Kind::HorizontalPodAutoscaler, QStringLiteral("shop"),
        R"({"apiVersion":")" + scaling.toLatin1()
            + R"(","kind":"HorizontalPodAutoscaler","metadata":{"name":"web"},"spec":{"scaleTargetRef":{"apiVersion":"apps/v1","kind":"Deployment","name":"web"},"minReplicas":1,"maxReplicas":4}})");
    create(Kind::Event, QStringLiteral("shop"),
        R"({"apiVersion":"v1","kind":"Event","metadata":{"name":"note"},"involvedObject":{"kind":"Service","name":"web","namespace":"shop"},"reason":"Noted","message":"by the test","type":"Normal"})");
    create(Kind::Namespace, {}, R"({"apiVersion":"v1","kind":"Namespace","metadata":{"name":"kube-node-lease"}})");
    create(Kind::Lease, QStringLiteral("kube-node-lease"),
        R"({"apiVersion":"coordination.k8s.io/v1","kind":"Lease","metadata":{"name":"pi-007"},"spec":{"holderIdentity":"pi-007","leaseDurationSeconds":40,"renewTime":"2026-11-22T10:00:00.000000Z"}})");
    create(Kind::ResourceQuota, QStringLiteral("shop"),
        R"({"apiVersion":"v1","kind":"ResourceQuota","metadata":{"name":"team"},"spec":{"hard":{"pods":"1k"}}})");
    create(Kind::LimitRange, QStringLiteral("shop"),
        R"({"apiVersion":"v1","kind":"LimitRange","metadata":{"name":"usual"},"spec":{"limits":[{"type":"Container","default":{"memory":"64Mi"}}]}})");
    create(Kind::ApplySet, QStringLiteral("shop"), configMap("parent", R"("applyset.kubernetes.io/id":"applyset-1")"));
    create(Kind::SharedTemplate, QStringLiteral("shop"), configMap("shared", R"("kdra.dev/template":"true")"));
}

void TestStoreContract::cleanupTestCase()
{
    m_admin.reset();
    m_server.reset();
}

Result<kube::Response> TestStoreContract::request(
    const QByteArray &verb, const QString &path, const QByteArray &body, const QByteArray &contentType)
{
    kube::Request request;
    request.verb = verb;
    request.path = path;
    request.body = body;
    request.contentType = body.isEmpty() ? QByteArray() : contentType;
    const QFuture<Result<kube::Response>> future = m_admin->client().send(request);
    if (!test::finishes(future) || future.resultCount() == 0)
        return std::unexpected(Error{.kind = Error::Kind::Timeout, .what = QStringLiteral("no answer"), .where = path});
    return future.result();
}

void TestStoreContract::create(Kind kind, const QString &ns, const QByteArray &object)
{
    const Result<kube::Resource> resource = m_admin->resource(kind);
    QVERIFY2(resource, store::kindInfo(kind).name);
    const Result<kube::Response> answer = request("POST", resource->path(ns), object);
    // Some namespaces are made by the server itself.
    QVERIFY2(
        answer || answer.error().kind == Error::Kind::Conflict, qPrintable(answer ? QString() : answer.error().text()));
}

std::unique_ptr<ClusterStore> TestStoreContract::open(kube::ClientConfig config)
{
    auto store = std::make_unique<ClusterStore>(std::move(config), quick);
    store->start();
    // With deadlines this short, a kind may fail before it is known for the first time.
    if (!QTest::qWaitFor([&] { return test::isKnown(*store); }, 120000)) {
        qWarning("not synced: %s", qPrintable(store->error() ? store->error()->text() : QStringLiteral("no error")));
        for (const KindInfo &info : allKinds()) {
            const KindState &state = store->snapshot()->state(info.kind);
            qWarning("%s: phase %d %s", info.name, static_cast<int>(state.phase),
                state.error ? qPrintable(state.error->text()) : "");
        }
        return {};
    }
    return store;
}

// Empty when the store equals a fresh list.
QString TestStoreContract::explain(ClusterStore &store)
{
    const QStringList found = test::differencesThatStay(store);
    m_explanation = found.isEmpty() ? QString() : found.join(u'\n') + u'\n' + m_server->logs();
    return m_explanation;
}

kube::ClientConfig TestStoreContract::through(const test::StoppingProxy &proxy)
{
    kube::ClientConfig config = m_server->admin();
    config.cluster.server.setPort(proxy.port());
    return config;
}

void TestStoreContract::everyKindIsWatchedAndEqualsAFreshList()
{
    const auto store = open(m_server->admin());
    QVERIFY(store);
    QVERIFY2(explain(*store).isEmpty(), qPrintable(m_explanation));
    // The controllers make pods and EndpointSlices of it in their own time.
    QTRY_COMPARE_GE_WITH_TIMEOUT(store->snapshot()->count(Kind::Pod), 5u, 30000);
    for (const KindInfo &info : allKinds()) {
        if (!store->resource(info.kind))
            continue;
        const auto isThere = [&] {
            const SnapshotPtr snapshot = store->snapshot();
            const KindState &state = snapshot->state(info.kind);
            return snapshot->count(info.kind) > 0 && state.phase == KindPhase::Live
                && state.transport != Transport::None && state.transport != Transport::Http;
        };
        QTRY_VERIFY2_WITH_TIMEOUT(isThere(), info.name, 60000);
    }
    QVERIFY(store->api().gitVersion.startsWith(u'v'));
}

void TestStoreContract::changesArriveByThemselves()
{
    const auto store = open(m_server->admin());
    QVERIFY(store);
    const auto desired = [&] {
        quint32 replicas = 0;
        store->snapshot()->table<Kind::Deployment>().forEach([&](Ref<WorkloadRecord> workload) {
            if (workload.name() == "web")
                replicas = workload->desired;
        });
        return replicas;
    };
    QTRY_COMPARE_WITH_TIMEOUT(desired(), 3u, 30000);
    QVERIFY(request("PATCH", QStringLiteral("/apis/apps/v1/namespaces/shop/deployments/web"),
        R"({"spec":{"replicas":5}})", "application/merge-patch+json"));
    QTRY_COMPARE_WITH_TIMEOUT(desired(), 5u, 30000);
    const auto pods = [&] {
        int count = 0;
        store->snapshot()->table<Kind::Pod>().forEach(
            [&](Ref<PodRecord> pod) { count += pod.name().starts_with("web-") ? 1 : 0; });
        return count;
    };
    QTRY_COMPARE_WITH_TIMEOUT(pods(), 5, 30000);
    QVERIFY(request("DELETE", QStringLiteral("/apis/apps/v1/namespaces/shop/deployments/web"),
        R"({"propagationPolicy":"Background"})"));
    QTRY_COMPARE_WITH_TIMEOUT(pods(), 0, 150000);
    create(Kind::Deployment, QStringLiteral("shop"), deployment("web", 3));
    QVERIFY2(explain(*store).isEmpty(), qPrintable(m_explanation));
}

void TestStoreContract::labelsDecideWhatAConfigMapIs()
{
    const auto store = open(m_server->admin());
    QVERIFY(store);
    const auto names = [&] {
        QStringList found;
        const SnapshotPtr snapshot = store->snapshot();
        snapshot->table<Kind::ApplySet>().forEach(
            [&](const auto &set) { found += QStringLiteral("set ") + toQString(set.name()); });
        snapshot->table<Kind::SharedTemplate>().forEach(
            [&](const auto &shared) { found += QStringLiteral("template ") + toQString(shared.name()); });
        return found;
    };
    const QStringList before{QStringLiteral("set parent"), QStringLiteral("template shared")};
    QCOMPARE(names(), before);
    const QString path = QStringLiteral("/api/v1/namespaces/shop/configmaps");
    QVERIFY(request("POST", path, configMap("other", {})));
    const QString other = path + QStringLiteral("/other");
    const auto label = [&](const QByteArray &labels) {
        return request("PATCH", other, R"({"metadata":{"labels":{)" + labels + "}}}", "application/merge-patch+json");
    };
    QVERIFY(label(R"("applyset.kubernetes.io/id":"applyset-2")"));
    QTRY_VERIFY_WITH_TIMEOUT(names().contains(QStringLiteral("set other")), 30000);
    // The object goes on; what is watched is what the selector selects.
    QVERIFY(label(R"("applyset.kubernetes.io/id":null,"kdra.dev/template":"true")"));
    QTRY_VERIFY_WITH_TIMEOUT(
        names().contains(QStringLiteral("template other")) && !names().contains(QStringLiteral("set other")), 30000);
    QVERIFY(label(R"("kdra.dev/template":"false")"));
    QTRY_COMPARE_WITH_TIMEOUT(names(), before, 30000);
    QVERIFY2(explain(*store).isEmpty(), qPrintable(m_explanation));
    QVERIFY(request("DELETE", other, {}));
}

void TestStoreContract::withoutRightsEveryKindSaysForbidden()
{
    const auto store = open(m_server->powerless());
    QVERIFY(store);
    for (const KindInfo &info : allKinds()) {
        const KindState &state = store->snapshot()->state(info.kind);
        QVERIFY2(state.phase == KindPhase::Forbidden || state.phase == KindPhase::NotServed, info.name);
        QVERIFY(state.error && !state.error->what.isEmpty());
    }
    QCOMPARE(store->snapshot()->state(Kind::Pod).phase, KindPhase::Forbidden);
}

void TestStoreContract::serverKilledAndRestartedUnderLoad()
{
    const auto store = open(m_server->admin());
    QVERIFY(store);
    const auto burst = [&](int from) {
        for (int i = from; i < from + 30; ++i) {
            create(Kind::Event, QStringLiteral("shop"),
                R"({"apiVersion":"v1","kind":"Event","metadata":{"name":"load-)" + QByteArray::number(i)
                    + R"("},"involvedObject":{"kind":"Service","name":"web","namespace":"shop"},"reason":"Load","message":"m","type":"Normal"})");
        }
    };
    burst(0);
    QTRY_COMPARE_GE_WITH_TIMEOUT(store->snapshot()->count(Kind::Event), 30u, 60000);
    m_server->kill();
    QTRY_COMPARE_WITH_TIMEOUT(store->snapshot()->state(Kind::Pod).phase, KindPhase::Stale, 30000);
    QVERIFY(store->snapshot()->state(Kind::Pod).error);
    QVERIFY(store->snapshot()->count(Kind::Event) >= 30); // stale data stays
    const Result<void> restarted = m_server->restart();
    QVERIFY2(restarted, qPrintable(restarted ? QString() : restarted.error().text()));
    burst(100);
    QVERIFY2(explain(*store).isEmpty(), qPrintable(m_explanation));
    for (const KindInfo &info : allKinds()) {
        if (store->resource(info.kind))
            QTRY_COMPARE_WITH_TIMEOUT(store->snapshot()->state(info.kind).phase, KindPhase::Live, 60000);
    }
}

void TestStoreContract::revisionTooOldAfterCompaction()
{
    test::StoppingProxy proxy(static_cast<quint16>(m_server->admin().cluster.server.port()));
    const auto store = open(through(proxy));
    QVERIFY(store);
    proxy.cut();
    for (int i = 0; i < 40; ++i) {
        create(Kind::Service, QStringLiteral("shop"),
            R"({"apiVersion":"v1","kind":"Service","metadata":{"name":"svc-)" + QByteArray::number(i)
                + R"("},"spec":{"ports":[{"port":80}]}})");
    }
    for (int i = 0; i < 40; i += 2)
        QVERIFY(request("DELETE", QStringLiteral("/api/v1/namespaces/shop/services/svc-%1").arg(i), {}));
    const Result<void> compacted = m_server->compact();
    QVERIFY2(compacted, qPrintable(compacted ? QString() : compacted.error().text()));
    m_server->kill(); // the real server would answer from its watch cache otherwise
    const Result<void> restarted = m_server->restart();
    QVERIFY2(restarted, qPrintable(restarted ? QString() : restarted.error().text()));
    proxy.mend();
    QVERIFY2(explain(*store).isEmpty(), qPrintable(m_explanation));
}

void TestStoreContract::cableCutForLongerThanTheDeadline()
{
    test::StoppingProxy proxy(static_cast<quint16>(m_server->admin().cluster.server.port()));
    const auto store = open(through(proxy));
    QVERIFY(store);
    proxy.cut();
    QVERIFY(request("PATCH", QStringLiteral("/apis/apps/v1/namespaces/shop/deployments/web"),
        R"({"spec":{"replicas":4}})", "application/merge-patch+json"));
    // Nobody says that the cable is out: only silence tells.
    QTRY_COMPARE_WITH_TIMEOUT(store->snapshot()->state(Kind::Deployment).phase, KindPhase::Stale, 60000);
    QVERIFY(!store->snapshot()->state(Kind::Deployment).error->what.isEmpty());
    proxy.mend();
    QVERIFY2(explain(*store).isEmpty(), qPrintable(m_explanation));
    QTRY_COMPARE_WITH_TIMEOUT(store->snapshot()->state(Kind::Deployment).phase, KindPhase::Live, 30000);
}

void TestStoreContract::halfAFrameThenReset()
{
    test::StoppingProxy proxy(static_cast<quint16>(m_server->admin().cluster.server.port()));
    proxy.resetAfter(20000);
    auto store = std::make_unique<ClusterStore>(through(proxy), quick);
    store->start();
    QTRY_VERIFY_WITH_TIMEOUT(store->isSynced() && store->connection() == ClusterStore::Connection::Connected, 60000);
    QVERIFY2(explain(*store).isEmpty(), qPrintable(m_explanation));
}

QTEST_GUILESS_MAIN(TestStoreContract)
#include "tst_storecontract.moc"
