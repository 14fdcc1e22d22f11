// SPDX-License-Identifier: GPL-3.0-or-later
#include "actions/drain.h"
#include "actions/order.h"
#include "actions/revisions.h"
#include "actions/task.h"
#include "store/informer.h"

#include <QJsonDocument>
#include <QTest>

using namespace kdra;
using namespace kdra::actions;
using store::Kind;
using namespace Qt::StringLiterals;

namespace {

QByteArray uidText(int number)
{
    return "00000000-0000-4000-8000-" + QByteArray::number(number).rightJustified(12, '0');
}

// A snapshot made of the objects that an API server would send.
class Cluster {
public:
    Cluster()
    {
        auto first = std::make_shared<store::Snapshot>();
        first->strings = m_strings;
        m_snapshot = first;
    }
    // `rest`: spec and status, as JSON without the outer braces; `metadata`: more of it.
    store::Item put(Kind kind, int number, const QByteArray &name, const QByteArray &rest,
        const QByteArray &metadata = {}, const QByteArray &ns = "team-3")
    {
        QByteArray json = R"({"type":"ADDED","object":{"metadata":{"name":")" + name + R"(","uid":")" + uidText(number)
            + R"(","resourceVersion":"1")" + (kind == Kind::Node ? "" : R"(,"namespace":")" + ns + '"')
            + (metadata.isEmpty() ? "" : ',' + metadata) + "}," + rest + "}}";
        const qsizetype size = json.size();
        json.append(simdjson::SIMDJSON_PADDING, '\0');
        std::unique_ptr<store::Informer> &informer = m_informers[static_cast<size_t>(kind)];
        if (!informer)
            informer = store::Informer::create(kind, *m_strings);
        informer->applyEvent(simdjson::padded_string_view(
            json.constData(), static_cast<size_t>(size), static_cast<size_t>(json.size())));
        auto next = std::make_shared<store::Snapshot>(*m_snapshot);
        store::KindDelta delta;
        informer->publish(*next, delta);
        m_snapshot = next;
        return {kind, store::Uid::parse(uidText(number).toStdString())};
    }
    const store::Snapshot &snapshot() const { return *m_snapshot; }
    QList<Target> targets(const QList<store::Item> &items) const
    {
        const Result<QList<Target>> targets = targetsOf(*m_snapshot, items, [](Kind kind) -> Result<kube::Resource> {
            const store::KindInfo &info = store::kindInfo(kind);
            return kube::Resource{.group = QString::fromLatin1(info.group),
                .version = u"v1"_s,
                .plural = QString::fromLatin1(info.name).toLower() + u's',
                .kind = QString::fromLatin1(info.name),
                .namespaced = kind != Kind::Node};
        });
        return targets ? *targets : QList<Target>();
    }

private:
    std::shared_ptr<StringPool> m_strings = std::make_shared<StringPool>();
    std::array<std::unique_ptr<store::Informer>, store::kindCount> m_informers;
    std::shared_ptr<const store::Snapshot> m_snapshot;
};

QStringList keysOf(const QList<ActionId> &ids)
{
    QStringList keys;
    for (const ActionId id : ids)
        keys.append(actionKey(id));
    return keys;
}

QByteArray owner(const char *kind, int number)
{
    return R"("ownerReferences":[{"kind":")" + QByteArray(kind) + R"(","name":"o","uid":")" + uidText(number)
        + R"(","controller":true}])";
}

} // namespace

// What is offered for which objects, and what it says it will do.
class TestActions : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void offeredFor_data();
    void offeredFor();
    void offeredForSeveral();
    void uidsComeBack();
    void described();
    void drainFates();
    void drainObstacles();
    void questions();
    void revisions();
    void edits();
    void labels_data();
    void labels();
};

void TestActions::offeredFor_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QByteArray>("rest");
    QTest::addColumn<QByteArray>("metadata");
    QTest::addColumn<QString>("keys");
    const auto row = [](const char *name, Kind kind, const QByteArray &rest, const QString &keys,
                         const QByteArray &metadata = {}) { QTest::newRow(name) << kind << rest << metadata << keys; };
    row("node", Kind::Node, R"("spec":{})", u"cordon drain label annotate delete"_s);
    row("cordoned node", Kind::Node, R"("spec":{"unschedulable":true})", u"uncordon drain label annotate delete"_s);
    row("pod", Kind::Pod, R"("spec":{})", u"label annotate delete"_s);
    row("pod that goes", Kind::Pod, R"("spec":{})", u"delete"_s, R"("deletionTimestamp":"2026-01-01T00:00:00Z")");
    row("deployment", Kind::Deployment, R"("spec":{"replicas":2})",
        u"scale rollout-restart rollout-pause rollout-undo label annotate delete"_s);
    row("paused deployment", Kind::Deployment, R"("spec":{"replicas":2,"paused":true})",
        u"scale rollout-resume label annotate delete"_s);
    row("deployment that goes", Kind::Deployment, R"("spec":{})", u""_s,
        R"("deletionTimestamp":"2026-01-01T00:00:00Z")");
    row("stateful set", Kind::StatefulSet, R"("spec":{})",
        u"scale rollout-restart rollout-undo label annotate delete"_s);
    row("daemon set", Kind::DaemonSet, R"("spec":{})", u"rollout-restart rollout-undo label annotate delete"_s);
    row("replica set", Kind::ReplicaSet, R"("spec":{})", u"scale label annotate delete"_s);
    row("replica set of a deployment", Kind::ReplicaSet, R"("spec":{})", u"label annotate delete"_s,
        owner("Deployment", 99));
    row("cron job", Kind::CronJob, R"("spec":{"schedule":"* * * * *"})", u"suspend trigger label annotate delete"_s);
    row("suspended cron job", Kind::CronJob, R"("spec":{"suspend":true})", u"resume trigger label annotate delete"_s);
    row("event", Kind::Event, R"("reason":"x")", u""_s);
    row("endpoint slice", Kind::EndpointSlice, R"("endpoints":[])", u"label annotate"_s);
    row("quota", Kind::ResourceQuota, R"("spec":{})", u"label annotate delete"_s);
    // An environment is deleted as a whole, elsewhere.
    row("apply set", Kind::ApplySet, R"("data":{})", u""_s);
    row("shared template", Kind::SharedTemplate, R"("data":{})", u""_s);
}

void TestActions::offeredFor()
{
    QFETCH(Kind, kind);
    QFETCH(QByteArray, rest);
    QFETCH(QByteArray, metadata);
    QFETCH(QString, keys);
    Cluster cluster;
    const store::Item item = cluster.put(kind, 1, "it", rest, metadata);
    QCOMPARE(keysOf(actionsFor(cluster.snapshot(), {item})).join(u' '), keys);
}

void TestActions::offeredForSeveral()
{
    Cluster cluster;
    const store::Item open = cluster.put(Kind::Node, 1, "pi-1", R"("spec":{})");
    const store::Item cordoned = cluster.put(Kind::Node, 2, "pi-2", R"("spec":{"unschedulable":true})");
    const store::Item pod = cluster.put(Kind::Pod, 3, "web", R"("spec":{})");
    const store::Item gone{Kind::Pod, store::Uid::parse("not there")};
    // Both ways, each for the node it fits; labels are edited one object at a time.
    QCOMPARE(keysOf(actionsFor(cluster.snapshot(), {open, cordoned})).join(u' '), u"cordon uncordon drain delete"_s);
    QCOMPARE(itemsFor(ActionId::Cordon, cluster.snapshot(), {open, cordoned}), QList<store::Item>{open});
    QCOMPARE(itemsFor(ActionId::Uncordon, cluster.snapshot(), {open, cordoned}), QList<store::Item>{cordoned});
    QCOMPARE(keysOf(actionsFor(cluster.snapshot(), {open, pod})).join(u' '), u"delete"_s);
    QCOMPARE(keysOf(actionsFor(cluster.snapshot(), {gone, pod})).join(u' '), u"label annotate delete"_s);
    QVERIFY(actionsFor(cluster.snapshot(), {}).isEmpty());
    QVERIFY(actionsFor(cluster.snapshot(), {gone}).isEmpty());
}

void TestActions::uidsComeBack()
{
    Target target;
    for (const char *text : {"8a1f0c3e-9b7d-4e21-a0f5-00c4d9e1b2a3", "00000000-0000-4000-8000-000000000001"}) {
        target.item.uid = store::Uid::parse(text);
        QCOMPARE(target.uid(), QString::fromLatin1(text));
    }
}

void TestActions::described()
{
    Cluster cluster;
    const store::Item node = cluster.put(Kind::Node, 1, "pi-007", R"("spec":{})");
    const store::Item web = cluster.put(Kind::Deployment, 2, "web", R"("spec":{"replicas":3})");
    for (int i = 0; i < 2; ++i)
        cluster.put(Kind::Pod, 10 + i, "web-" + QByteArray::number(i), R"("spec":{"nodeName":"pi-007"})",
            owner("ReplicaSet", 50));
    cluster.put(Kind::Pod, 20, "agent", R"("spec":{"nodeName":"pi-007"})", owner("DaemonSet", 51));
    cluster.put(Kind::Pod, 21, "static", R"("spec":{"nodeName":"pi-007"})", owner("Node", 1));
    cluster.put(Kind::Pod, 22, "elsewhere", R"("spec":{"nodeName":"pi-008"})", owner("ReplicaSet", 50));
    const auto text = [&](ActionId id, const store::Item &item, const Parameters &parameters = {}) {
        return describe(cluster.snapshot(), {.id = id, .targets = cluster.targets({item}), .parameters = parameters});
    };
    QCOMPARE(text(ActionId::Drain, node),
        u"Takes no more pods on pi-007 and evicts 2 pod(s). 1 pod(s) of daemon sets stay. 1 static pod(s) stay."_s);
    QCOMPARE(text(ActionId::Cordon, node), u"No new pods will be placed on pi-007; what runs there goes on."_s);
    Parameters parameters;
    parameters.scale.replicas = 5;
    QCOMPARE(text(ActionId::Scale, web, parameters), u"Scales team-3/web from 3 to 5 replica(s)."_s);
    QCOMPARE(text(ActionId::RolloutRestart, web), u"Replaces 3 pod(s) of team-3/web, a few at a time."_s);
    QCOMPARE(text(ActionId::Delete, web), u"Deletes team-3/web. The pods go too. This cannot be undone."_s);
    parameters.remove.propagationPolicy = u"Orphan"_s;
    QCOMPARE(text(ActionId::Delete, web, parameters), u"Deletes team-3/web. The pods stay. This cannot be undone."_s);
    parameters.edit = editOf({{u"a"_s, u"1"_s}, {u"b"_s, u"2"_s}}, {{u"a"_s, u"3"_s}, {u"c"_s, u"4"_s}});
    QCOMPARE(text(ActionId::EditLabels, web, parameters),
        u"Changes a of team-3/web from “1” to “3”. Adds c=4 to team-3/web. Takes b off team-3/web."_s);
    for (const ActionId id : allActions()) {
        const Order order{.id = id, .targets = cluster.targets({node, web})};
        QVERIFY(!actionTitle(id).isEmpty());
        QVERIFY(titleOf(order).contains(u"2 object(s)"_s));
        QVERIFY(!describe(cluster.snapshot(), order).isEmpty());
        QCOMPARE(describe(cluster.snapshot(), {.id = id}), u"There is nothing left to do this to."_s);
    }
}

void TestActions::drainFates()
{
    const QByteArray pods = R"({"items":[
{"metadata":{"name":"a-web","namespace":"t","uid":"1","ownerReferences":[{"kind":"ReplicaSet","controller":true}]},"status":{"phase":"Running"}},
{"metadata":{"name":"b-agent","namespace":"t","uid":"2","ownerReferences":[{"kind":"DaemonSet","controller":true}]},
 "spec":{"volumes":[{"emptyDir":{}}]},"status":{"phase":"Running"}},
{"metadata":{"name":"c-static","namespace":"t","uid":"3","annotations":{"kubernetes.io/config.mirror":"x"},
 "ownerReferences":[{"kind":"Node","controller":true}]},"status":{"phase":"Running"}},
{"metadata":{"name":"d-alone","namespace":"t","uid":"4"},"spec":{"volumes":[{"configMap":{}}]},"status":{"phase":"Running"}},
{"metadata":{"name":"e-done","namespace":"t","uid":"5"},"spec":{"volumes":[{"emptyDir":{}}]},"status":{"phase":"Succeeded"}},
{"metadata":{"name":"f-cache","namespace":"t","uid":"6","ownerReferences":[{"kind":"StatefulSet","controller":true}]},
 "spec":{"volumes":[{"secret":{}},{"emptyDir":{}}]},"status":{"phase":"Running"}},
{"metadata":{"name":"g-owned","namespace":"t","uid":"7","ownerReferences":[{"kind":"Thing"}]},"status":{"phase":"Running"}}]})";
    const DrainPreview preview = readPods(QJsonDocument::fromJson(pods).object());
    using Fate = DrainedPod::Fate;
    QList<Fate> fates;
    for (const DrainedPod &pod : preview.pods)
        fates.append(pod.fate);
    QCOMPARE(fates,
        (QList<Fate>{Fate::Evicted, Fate::DaemonSet, Fate::Mirror, Fate::Unmanaged, Fate::Finished, Fate::Evicted,
            Fate::Unmanaged}));
    QCOMPARE(preview.evictedCount(), 5);
    QCOMPARE(preview.localDataCount(), 1); // of those that go and still run
    QCOMPARE(preview.text(u"pi-007"_s),
        u"Takes no more pods on pi-007 and evicts 5 pod(s). 1 pod(s) of daemon sets stay. 1 static pod(s) stay. "
        "1 pod(s) lose local data. 2 pod(s) will not be made anew by anybody."_s);
}

void TestActions::drainObstacles()
{
    DrainPreview preview;
    for (int i = 0; i < 5; ++i)
        preview.pods.append({.ns = u"t"_s, .name = u"p%1"_s.arg(i), .fate = DrainedPod::Fate::Unmanaged});
    preview.pods.append({.ns = u"t"_s, .name = u"q"_s, .localData = true});
    preview.pods.append({.ns = u"t"_s, .name = u"r"_s, .fate = DrainedPod::Fate::DaemonSet, .localData = true});
    QCOMPARE(preview.obstacles({}),
        (QStringList{u"5 pod(s) have no controller that would make them anew: t/p0, t/p1, t/p2 and 2 more."_s,
            u"1 pod(s) would lose the data of their emptyDir volumes: t/q."_s}));
    QCOMPARE(preview.obstacles({.force = true}).size(), 1);
    QVERIFY(preview.obstacles({.force = true, .deleteEmptyDirData = true}).isEmpty());
}

void TestActions::questions()
{
    Cluster cluster;
    QList<store::Item> pods;
    for (int i = 0; i < 20; ++i)
        pods.append(cluster.put(
            Kind::Pod, 10 + i, "p" + QByteArray::number(i), R"("spec":{})", {}, i % 2 ? "team-1" : "team-2"));
    const auto few = accessQuestions(ActionId::Delete, cluster.targets({pods[0], pods[1]}));
    QCOMPARE(few,
        (QList<kube::AccessQuestion>{{.verb = u"delete"_s, .resource = u"pods"_s, .ns = u"team-2"_s, .name = u"p0"_s},
            {.verb = u"delete"_s, .resource = u"pods"_s, .ns = u"team-1"_s, .name = u"p1"_s}}));
    // Many are asked about once a namespace.
    QCOMPARE(accessQuestions(ActionId::Delete, cluster.targets(pods)).size(), 2);
    const store::Item node = cluster.put(Kind::Node, 1, "pi-1", R"("spec":{})");
    QCOMPARE(accessQuestions(ActionId::Drain, cluster.targets({node})),
        (QList<kube::AccessQuestion>{{.verb = u"patch"_s, .resource = u"nodes"_s, .name = u"pi-1"_s},
            {.verb = u"list"_s, .resource = u"pods"_s},
            {.verb = u"create"_s, .resource = u"pods"_s, .subresource = u"eviction"_s}}));
}

void TestActions::revisions()
{
    const auto json = [](const QByteArray &text) { return QJsonDocument::fromJson(text).object(); };
    const auto set = [](int number, const char *image, const char *uid) {
        return R"({"metadata":{"name":"web-)" + QByteArray::number(number)
            + R"(","annotations":{"deployment.kubernetes.io/revision":")" + QByteArray::number(number)
            + R"("},"ownerReferences":[{"uid":")" + uid
            + R"(","controller":true}]},"spec":{"template":{"metadata":{"creationTimestamp":null,"labels":{"app":"web","pod-template-hash":"x"}},)"
              R"("spec":{"containers":[{"image":")"
            + image + R"("}]}}}})";
    };
    const QJsonObject web = json(
        R"({"metadata":{"uid":"u"},"spec":{"template":{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[{"image":"b"}]}}}})");
    const QJsonObject list =
        json(R"({"items":[)" + set(9, "a", "u") + ',' + set(10, "b", "u") + ',' + set(11, "c", "other") + "]}");
    Target target;
    target.item.kind = Kind::Deployment;
    target.ns = u"t"_s;
    target.name = u"web"_s;
    const QList<Revision> found = readRevisionList(list, web, target);
    QCOMPARE(found.size(), 2);
    QCOMPARE(found[0].number, 10); // by number, not by its text
    QVERIFY(found[0].current);
    QVERIFY(!found[1].current);
    QVERIFY(!found[1]
            .podTemplate.value(u"metadata")
            .toObject()
            .value(u"labels")
            .toObject()
            .contains(u"pod-template-hash"_s));
    QCOMPARE(revisionToRestore(found, 0, target)->number, 9);
    QCOMPARE(revisionToRestore(found, 9, target)->number, 9);
    QCOMPARE(revisionToRestore(found, 10, target).error().what, u"t/web is at revision 10 already."_s);
    QCOMPARE(revisionToRestore(found, 7, target).error().kind, Error::Kind::NotFound);
    QCOMPARE(revisionToRestore({found[0]}, 0, target).error().what, u"t/web has no revision before the current one."_s);
}

void TestActions::edits()
{
    const MetadataEdit edit = editOf({{u"same"_s, u"1"_s}, {u"changed"_s, u"1"_s}, {u"gone"_s, {}}},
        {{u"same"_s, u"1"_s}, {u"changed"_s, u"2"_s}, {u"empty"_s, {}}});
    QCOMPARE(edit.set, (QMap<QString, QString>{{u"changed"_s, u"2"_s}, {u"empty"_s, {}}}));
    QCOMPARE(edit.removed, QStringList{u"gone"_s});
}

void TestActions::labels_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("value");
    QTest::addColumn<bool>("good");
    QTest::newRow("plain") << u"app"_s << u"web"_s << true;
    QTest::newRow("empty value") << u"app"_s << QString() << true;
    QTest::newRow("prefix") << u"app.kubernetes.io/Name_1"_s << u"a.b-c_D"_s << true;
    QTest::newRow("no key") << QString() << u"x"_s << false;
    QTest::newRow("no name") << u"example.org/"_s << u"x"_s << false;
    QTest::newRow("capital prefix") << u"Example.org/a"_s << u"x"_s << false;
    QTest::newRow("two slashes") << u"a/b/c"_s << u"x"_s << false;
    QTest::newRow("space") << u"app"_s << u"two words"_s << false;
    QTest::newRow("ends with a dash") << u"app"_s << u"web-"_s << false;
    QTest::newRow("line end") << u"app"_s << u"web\n"_s << false;
    QTest::newRow("63") << QString(63, u'a') << QString(63, u'b') << true;
    QTest::newRow("64") << u"a"_s << QString(64, u'b') << false;
}

void TestActions::labels()
{
    QFETCH(QString, key);
    QFETCH(QString, value);
    QTEST(labelProblem(key, value).isEmpty(), "good");
}

QTEST_GUILESS_MAIN(TestActions)
#include "tst_actions.moc"
