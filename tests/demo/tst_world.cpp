// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/democluster.h"
#include "demo/objects/json.h"
#include "demo/objectstore.h"
#include "demo/world.h"

#include <QTest>

using namespace kdra::demo;
using namespace Qt::StringLiterals;

namespace {

std::unique_ptr<ObjectStore> storeOf(const DemoOptions &options)
{
    auto store = std::make_unique<ObjectStore>();
    populate(*store, options);
    return store;
}

} // namespace

class TestWorld : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void defaultDemo();
    void everyObjectParsesAndIsComplete();
    void podsBelongToOwners();
    void nothingIsOvercommitted();
    void sameSeedSameCluster();
    void bare();
    void scale();
};

void TestWorld::defaultDemo()
{
    const auto store = storeOf({});
    QCOMPARE(store->count(kind::Node), 24);
    QCOMPARE(store->count(kind::Lease), 24);
    QVERIFY2(store->count(kind::Pod) >= 180 && store->count(kind::Pod) <= 220,
        qPrintable(QString::number(store->count(kind::Pod))));
    QVERIFY(store->count(kind::Namespace) >= 12);
    for (const TypeId type : {kind::Deployment, kind::ReplicaSet, kind::StatefulSet, kind::DaemonSet, kind::Job,
             kind::CronJob, kind::Service, kind::EndpointSlice, kind::Ingress, kind::HorizontalPodAutoscaler,
             kind::ConfigMap, kind::Secret, kind::ServiceAccount, kind::NetworkPolicy, kind::PodDisruptionBudget,
             kind::ResourceQuota, kind::StorageClass, kind::PersistentVolume, kind::PersistentVolumeClaim, kind::Event})
        QVERIFY2(store->count(type) > 0, qPrintable(QString::number(type)));
    int pis = 0;
    int controlPlane = 0;
    for (const ObjectPtr &node : store->list(kind::Node)) {
        pis += node->hasLabel("kdra.dev/board") ? 1 : 0;
        controlPlane += node->hasLabel("node-role.kubernetes.io/control-plane") ? 1 : 0;
    }
    QCOMPARE(pis, 16);
    QCOMPARE(controlPlane, 3);
    qsizetype bytes = 0;
    for (const ObjectPtr &pod : store->list(kind::Pod))
        bytes += pod->json.size();
    const qsizetype average = bytes / store->count(kind::Pod);
    QVERIFY2(average > 4500 && average < 8000, qPrintable(QString::number(average)));
}

void TestWorld::everyObjectParsesAndIsComplete()
{
    for (const DemoOptions &options : {DemoOptions{}, DemoOptions{.nodes = 60, .pis = 20, .pods = 1500}}) {
        const auto store = storeOf(options);
        for (const ResourceType &type : store->resources().all()) {
            if (type.storage != type.id)
                continue;
            for (const ObjectPtr &stored : store->list(type.id)) {
                const QJsonObject object = stored->object();
                QVERIFY2(!object.isEmpty(), stored->json.constData());
                QVERIFY2(!uidOf(object).isEmpty() && !nameOf(object).isEmpty(), stored->json.constData());
                QVERIFY2(
                    parseTimestamp(textAt(object, u"metadata.creationTimestamp")).isValid(), stored->json.constData());
                QCOMPARE(textAt(object, u"kind"), type.kind);
                QVERIFY2(!stored->json.contains('$') || stored->json.contains("$("), stored->json.constData());
                QVERIFY2(!stored->json.contains("2001-01-01"), stored->json.constData());
                QVERIFY2(!stored->json.contains("98765"), stored->json.constData());
            }
        }
    }
}

void TestWorld::podsBelongToOwners()
{
    const auto store = storeOf({.nodes = 60, .pis = 20, .pods = 1500});
    for (const ObjectPtr &pod : store->list(kind::Pod)) {
        QVERIFY2(!pod->owners.empty(), pod->json.constData());
        QVERIFY2(store->byUid(pod->owners.front()), pod->json.constData());
        QVERIFY(store->get(kind::Node, {}, pod->field(store->resources(), "spec.nodeName")));
    }
    for (const ObjectPtr &set : store->list(kind::ReplicaSet)) {
        QVERIFY(store->byUid(set->owners.front()));
        QCOMPARE(qsizetype(store->ownedBy(set->uid).size()), intAt(set->object(), u"spec.replicas"));
    }
}

void TestWorld::nothingIsOvercommitted()
{
    const auto store = storeOf({.nodes = 100, .pis = 60, .pods = 3000});
    QHash<QByteArray, int> pods;
    for (const ObjectPtr &pod : store->list(kind::Pod))
        ++pods[pod->field(store->resources(), "spec.nodeName")];
    for (const int count : std::as_const(pods))
        QVERIFY2(count <= 110, qPrintable(QString::number(count)));
}

void TestWorld::sameSeedSameCluster()
{
    const auto names = [](const ObjectStore &store) {
        QByteArrayList out;
        for (const ObjectPtr &pod : store.list(kind::Pod))
            out.append(pod->key() + pod->uid + pod->field(store.resources(), "spec.nodeName"));
        return out;
    };
    QCOMPARE(names(*storeOf({})), names(*storeOf({})));
    DemoOptions other;
    other.seed = 2;
    QVERIFY(names(*storeOf({})) != names(*storeOf(other)));
}

void TestWorld::bare()
{
    DemoOptions options;
    options.populate = false;
    const auto store = storeOf(options);
    QCOMPARE(store->count(kind::Namespace), 4);
    QCOMPARE(store->count(kind::Node), 0);
    QCOMPARE(store->count(kind::Pod), 0);
}

void TestWorld::scale()
{
    const bool full = qEnvironmentVariableIsSet("KDRA_FULL_SCALE");
    const DemoOptions options{.nodes = full ? 5000 : 500, .pis = full ? 1500 : 150, .pods = full ? 150000 : 15000};
    QElapsedTimer timer;
    timer.start();
    const auto store = storeOf(options);
    qInfo() << "populated in" << timer.elapsed() << "ms";
    QCOMPARE(store->count(kind::Node), options.nodes);
    QVERIFY2(std::abs(store->count(kind::Pod) - options.pods) <= options.pods / 100,
        qPrintable(QString::number(store->count(kind::Pod))));
    QVERIFY(store->count(kind::Namespace) >= options.nodes / 10);
    QVERIFY(store->count(kind::Deployment) >= options.pods / 40);
    QCOMPARE(store->count(kind::Lease), options.nodes);
    if (full) {
        QFile status(u"/proc/self/status"_s);
        QVERIFY(status.open(QIODevice::ReadOnly));
        for (const auto lines = status.readAll().split('\n'); const QByteArray &line : lines) {
            if (line.startsWith("VmHWM"))
                qInfo() << line;
        }
    }
}

QTEST_GUILESS_MAIN(TestWorld)
#include "tst_world.moc"
