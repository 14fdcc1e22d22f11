// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/happenings.h"

#include "tests/relations/objects.h"

#include <QTest>

using namespace kdra;
using namespace Qt::StringLiterals;
using models::Happening;
using models::HappeningScope;
using Kind = Happening::Kind;

namespace {

const QDateTime noon(QDate(2026, 11, 26), QTime(12, 0), QTimeZone::UTC);

QString at(int minutes)
{
    return noon.addSecs(60 * minutes).toString(Qt::ISODate);
}

QJsonObject parsed(const QString &json)
{
    return QJsonDocument::fromJson(json.toUtf8()).object();
}

QJsonObject eventOn(const QString &node, const QString &reason, const QString &type, int first, int last)
{
    return parsed(uR"({"kind":"Event","metadata":{"name":"%1.%2","namespace":"default"},"reason":"%2","type":"%3",
        "message":"what %1 said","count":2,"firstTimestamp":"%4","lastTimestamp":"%5",
        "involvedObject":{"kind":"Node","name":"%1","uid":"%6"}})"_s.arg(
        node, reason, type, at(first), at(last), test::Objects::uidOf(u"Node"_s, {}, node)));
}

QJsonObject ownedBy(QJsonObject object, const QString &kind, const QString &name)
{
    QJsonObject meta = object["metadata"_L1].toObject();
    meta.insert("ownerReferences"_L1,
        QJsonArray{QJsonObject{{u"kind"_s, kind}, {u"name"_s, name}, {u"controller"_s, true},
            {u"uid"_s, test::Objects::uidOf(kind, meta["namespace"_L1].toString(), name)}}});
    object.insert("metadata"_L1, meta);
    return object;
}

QJsonObject named(const QString &kind, const QString &ns, const QString &name)
{
    return parsed(uR"({"kind":"%1","metadata":{"namespace":"%2","name":"%3"}})"_s.arg(kind, ns, name));
}

QJsonObject setOf(const QString &ns, const QString &deployment, int revision, const QString &image, int created)
{
    QJsonObject set = parsed(uR"({"kind":"ReplicaSet","metadata":{"namespace":"%1","name":"%2-%3abc",
        "creationTimestamp":"%4","annotations":{"deployment.kubernetes.io/revision":"%3"}},
        "spec":{"template":{"spec":{"containers":[{"name":"c","image":"%5"}]}}}})"_s.arg(
        ns, deployment, QString::number(revision), at(created), image));
    return ownedBy(set, u"Deployment"_s, deployment);
}

QJsonObject podOn(const QString &node, const QString &ns, const QString &name, const QString &set)
{
    QJsonObject pod = named(u"Pod"_s, ns, name);
    pod.insert("spec"_L1, QJsonObject{{u"nodeName"_s, node}});
    return ownedBy(pod, u"ReplicaSet"_s, set);
}

environments::Environment environment(const QString &name, const QString &ns, int created, const QStringList &nodes)
{
    environments::Environment one;
    one.name = name;
    one.ns = ns;
    one.templateTitle = u"Web + PostgreSQL"_s;
    one.created = noon.addSecs(60 * created);
    one.nodes = nodes;
    return one;
}

} // namespace

// What the watches know to have happened, and whom it concerns.
class TestHappenings : public QObject {
    Q_OBJECT

    store::SnapshotPtr m_snapshot;
    QList<environments::Environment> m_environments{
        environment(u"preview"_s, u"dev"_s, 10, {u"pi-2"_s}), environment(u"old"_s, u"dev"_s, -500, {u"pi-2"_s})};
    QList<Happening> m_ended{
        models::environmentEnd(environment(u"gone"_s, u"dev"_s, 1, {}), noon.addSecs(60 * 40).toMSecsSinceEpoch())};

    QStringList told(const HappeningScope &scope, int from = 0, int to = 60) const
    {
        QStringList lines;
        for (const Happening &one : models::happeningsIn(*m_snapshot, m_environments, m_ended, scope,
                 noon.addSecs(60 * from).toMSecsSinceEpoch(), noon.addSecs(60 * to).toMSecsSinceEpoch()))
            lines += QString::number((one.time - noon.toMSecsSinceEpoch()) / 60000) + u' ' + models::kindText(one.kind)
                + u": "_s + one.text;
        return lines;
    }

private Q_SLOTS:
    void initTestCase()
    {
        test::Objects world;
        for (const QString &node : {u"pi-1"_s, u"pi-2"_s})
            world.add(named(u"Node"_s, {}, node));
        world.add(parsed(uR"({"kind":"Node","metadata":{"name":"pi-3"},"status":{"conditions":[
            {"type":"Ready","status":"Unknown","lastHeartbeatTime":"%1"}]}})"_s.arg(at(33))));
        world.add(named(u"Deployment"_s, u"shop"_s, u"web"_s));
        world.add(named(u"Deployment"_s, u"shop"_s, u"web-api"_s));
        world.add(setOf(u"shop"_s, u"web"_s, 1, u"docker.io/nginx:1.26"_s, 5));
        world.add(setOf(u"shop"_s, u"web"_s, 2, u"docker.io/nginx:1.27"_s, 15));
        world.add(setOf(u"shop"_s, u"web-api"_s, 4, u"registry.example.com/api:7"_s, 20));
        world.add(podOn(u"pi-1"_s, u"shop"_s, u"web-2abc-x"_s, u"web-2abc"_s));
        world.add(podOn(u"pi-2"_s, u"shop"_s, u"web-api-4abc-y"_s, u"web-api-4abc"_s));
        world.add(eventOn(u"pi-1"_s, u"NodeNotReady"_s, u"Normal"_s, 25, 30));
        world.add(eventOn(u"pi-1"_s, u"NodeReady"_s, u"Normal"_s, 31, 31));
        world.add(eventOn(u"pi-2"_s, u"UnderVoltageDetected"_s, u"Warning"_s, 35, 35));
        world.add(eventOn(u"pi-2"_s, u"Starting"_s, u"Normal"_s, 36, 36));
        m_snapshot = world.snapshot();
    }

    void all()
    {
        QCOMPARE(told({}).join(u'\n'),
            u"10 Environment: preview was created (Web + PostgreSQL)\n"
            "15 Rollout: shop/web to nginx:1.27\n"
            "20 Rollout: shop/web-api to api:7\n"
            "25 Node: pi-1 is not ready\n"
            "30 Node: pi-1 is not ready\n"
            "31 Node: pi-1 is ready\n"
            "33 Node: pi-3 was heard of for the last time\n"
            "35 Node: pi-2: what pi-2 said\n"
            "40 Environment: gone was removed"_s);
    }

    void onlyWhatIsInTheRange() { QCOMPARE(told({}, 26, 30), QStringList{u"30 Node: pi-1 is not ready"_s}); }

    void ofANode()
    {
        QCOMPARE(told({.nodes = {u"pi-2"_s}}),
            (QStringList{
                u"10 Environment: preview was created (Web + PostgreSQL)"_s, u"35 Node: pi-2: what pi-2 said"_s}));
    }

    // And of the nodes that its pods run on.
    void ofANamespace()
    {
        QCOMPARE(told({.namespaces = {u"shop"_s}}),
            (QStringList{u"15 Rollout: shop/web to nginx:1.27"_s, u"20 Rollout: shop/web-api to api:7"_s,
                u"25 Node: pi-1 is not ready"_s, u"30 Node: pi-1 is not ready"_s, u"31 Node: pi-1 is ready"_s,
                u"35 Node: pi-2: what pi-2 said"_s}));
        QCOMPARE(told({.namespaces = {u"dev"_s}}),
            (QStringList{
                u"10 Environment: preview was created (Web + PostgreSQL)"_s, u"40 Environment: gone was removed"_s}));
    }

    void ofAWorkload()
    {
        const QStringList wanted{u"15 Rollout: shop/web to nginx:1.27"_s, u"25 Node: pi-1 is not ready"_s,
            u"30 Node: pi-1 is not ready"_s, u"31 Node: pi-1 is ready"_s};
        QCOMPARE(told({.namespaces = {u"shop"_s}, .workloads = {u"web"_s}}), wanted);
        QCOMPARE(told({.namespaces = {u"shop"_s}, .pods = {u"web-2abc-x"_s}}), wanted);
    }

    void theNewestOfTooMany()
    {
        test::Objects world;
        for (int i = 0; i < 400; ++i)
            world.add(setOf(u"shop"_s, u"app%1"_s.arg(i), 2, u"a:1"_s, i));
        const QList<Happening> found = models::happeningsIn(
            *world.snapshot(), {}, {}, {}, noon.toMSecsSinceEpoch(), noon.addSecs(60 * 500).toMSecsSinceEpoch());
        QCOMPARE(found.size(), models::mostHappenings);
        QCOMPARE(found.last().name, u"app399"_s);
    }
};

QTEST_APPLESS_MAIN(TestHappenings)
#include "tst_happenings.moc"
