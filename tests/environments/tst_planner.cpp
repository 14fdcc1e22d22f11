// SPDX-License-Identifier: GPL-3.0-or-later
#include "environments/placelabels.h"
#include "environments/planner.h"
#include "tests/relations/worldfixture.h"

#include <QJsonDocument>
#include <QRegularExpression>
#include <QTest>

using namespace kdra;
using namespace kdra::environments;
using namespace Qt::StringLiterals;
using kdra::store::Kind;
using kdra::store::KindPhase;
using Quota = store::QuotaRecord;

static constexpr qint64 mi = 1 << 20;
static constexpr qint64 gi = 1 << 30;

// A cluster in which everything fits, until a test says otherwise.
class World : public test::WorldFixture {
public:
    World() { put<Kind::Namespace>("default"); }

    using Node = std::function<void(store::NodeRecord &)>;
    // 4 cores, 8 GiB, 20 pods, arm64, a Pi of site-a.
    void node(const std::string &name, const Node &change = {}, const std::string &taints = {},
        const std::string &labels = {})
    {
        put<Kind::Node>(name, [&](store::NodeRecord &node, auto keep) {
            node.ready = store::NodeRecord::Ready::True;
            node.cpuMilliAllocatable = 4000;
            node.memoryAllocatable = 8 * gi;
            node.podsAllocatable = 20;
            node.architecture = intern("arm64");
            node.zone = intern("site-a");
            node.board = intern("raspberry-pi-4-model-b");
            node.meta.labels = intern("kubernetes.io/hostname=" + name + "\n" + labels);
            node.taintList = keep(taints);
            if (change)
                change(node);
        });
    }
    void load(const std::string &node, quint32 cpuMilli, qint64 memory, int pods = 1)
    {
        for (int i = 0; i < pods; ++i) {
            put<Kind::Pod>("load-" + node + std::to_string(m_loads++), [&](store::PodRecord &pod, auto) {
                pod.node = intern(node);
                pod.phase = store::PodRecord::Phase::Running;
                pod.cpuMilliRequested = i ? 0 : cpuMilli;
                pod.memoryRequested = i ? 0 : static_cast<quint64>(memory);
            });
        }
    }
    void quota(Quota::Resource resource, qint64 hard, qint64 used = 0, bool scoped = false)
    {
        put<Kind::ResourceQuota>("team", [&](Quota &quota, auto) {
            quota.present = quint8(1U << resource);
            quota.hard[resource] = hard;
            quota.used[resource] = used;
            quota.scoped = scoped;
        });
    }
    void limits(const std::function<void(store::LimitRangeRecord &)> &fill)
    {
        put<Kind::LimitRange>("usual", [&](store::LimitRangeRecord &range, auto) { fill(range); });
    }

    Planner planner(const Demand &demand)
    {
        auto taken = std::make_shared<store::Snapshot>(snapshot());
        if (touch)
            touch(*taken);
        store::NodeLoad load;
        load.reset(*taken);
        return Planner(demand, taken, load, rights, placing);
    }
    Verdict verdict(const Demand &demand, const Target &target) { return planner(demand).verdict(target); }

    Rights rights{.known = true};
    Placing placing{.name = u"shop"_s, .ns = u"default"_s};
    std::function<void(store::Snapshot &)> touch;

private:
    int m_loads = 0;
};

class TestPlanner : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void oneNode_data();
    void oneNode();
    void nodeAloneAndInNumbers();
    void fewReasonsAndTheWeightiestFirst();
    void rulesOfThePods_data();
    void rulesOfThePods();
    void taintsThatAreAskedFor();
    void labelsOfPlaces();
    void manyNodes_data();
    void manyNodes();
    void daemonSets();
    void lateHeartbeats();
    void quotas_data();
    void quotas();
    void whatIsReplacedMakesRoom();
    void limitsOfWhatIsReplaced();
    void volumesOfWhatIsMoved();
    void limitRanges_data();
    void limitRanges();
    void rightsAndNames_data();
    void rightsAndNames();
    void whatIsNotLive_data();
    void whatIsNotLive();
    void withoutPods();
    void everyNodeIsJudged();
    void proposals();
};

static Demand asks(qint64 cpuMilli, qint64 memory, int replicas = 1)
{
    ContainerDemand container{.name = u"c"_s, .request = {cpuMilli, memory}};
    PodDemand pod{.workload = u"Deployment web"_s, .replicas = replicas, .containers = {container}};
    pod.sum();
    return {.pods = {pod}, .architectures = {u"amd64"_s, u"arm64"_s}, .kinds = {u"Deployment.apps"_s}};
}

static const Target onPi{Target::Kind::Node, u"pi"_s, {}};
static const Target onCluster{};

static QString text(const Verdict &verdict)
{
    static const char *names[] = {"fits", "tight", "no", "unknown"};
    return QString::fromLatin1(names[int(verdict.fit)]) + u": "_s + verdict.reasons.join(u' ');
}

void TestPlanner::oneNode_data()
{
    using Change = std::function<void(World &)>;
    QTest::addColumn<Change>("change");
    QTest::addColumn<Demand>("demand");
    QTest::addColumn<int>("fit");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char *name, Fit fit, const QString &reason, const Change &change,
                         const Demand &demand = asks(500, gi)) {
        QTest::newRow(name) << change << demand << int(fit) << reason;
    };
    const auto node = [](const World::Node &change, const std::string &taints = {}) {
        return Change([=](World &world) { world.node("pi", change, taints); });
    };
    using Record = store::NodeRecord;
    row("fits", Fit::Fits, u"Fits: 0.5 of 4 free cores, 1.0 GiB of 8.0 GiB."_s, node({}));
    row("not there", Fit::DoesNotFit, u"There is no node pi."_s, [](World &world) { world.node("other"); });
    row("not ready", Fit::DoesNotFit, u"pi is not ready."_s, node([](Record &n) { n.ready = Record::Ready::False; }));
    row("lost", Fit::DoesNotFit, u"pi does not answer."_s, node([](Record &n) { n.ready = Record::Ready::Unknown; }));
    row("cordoned", Fit::DoesNotFit, u"pi is cordoned: no new pods are placed on it."_s,
        node([](Record &n) { n.unschedulable = true; }, "node.kubernetes.io/unschedulable:NoSchedule\n"));
    row("memory pressure", Fit::DoesNotFit, u"pi is short of memory."_s,
        node([](Record &n) { n.pressures = Record::Memory; }));
    row("disk pressure", Fit::DoesNotFit, u"pi is short of disk space."_s,
        node([](Record &n) { n.pressures = Record::Disk; }));
    row("tainted", Fit::DoesNotFit, u"pi keeps off pods that do not tolerate gpu=yes:NoSchedule."_s,
        node({}, "gpu=yes:NoSchedule\n"));
    row("evicting", Fit::DoesNotFit, u"pi keeps off pods that do not tolerate out:NoExecute."_s,
        node({}, "out:NoExecute\n"));
    row("better avoided", Fit::Tight, u"pi is marked to be avoided where another node will do (PreferNoSchedule)."_s,
        node({}, "a:PreferNoSchedule\n"));
    // The architecture is interned by the world.
    row("architecture", Fit::DoesNotFit, u"No image for arm: the template is made for amd64, arm64."_s,
        [](World &world) {
            const StringId arm = world.intern("arm");
            world.node("pi", [arm](Record &n) { n.architecture = arm; });
        });
    // Equal fits, one more does not; below 15 % of what is allocatable (600 m, 1.2 GiB, 3 pods) it is tight.
    const auto loaded = [](quint32 cpu, qint64 memory, int pods = 1) {
        return Change([=](World &world) {
            world.node("pi");
            world.load("pi", cpu, memory, pods);
        });
    };
    row("the last of the CPU", Fit::Tight, u"Tight: 0 cores, 7.0 GiB and room for 18 pod(s) would be left."_s,
        loaded(3500, 0));
    row("one too much CPU", Fit::DoesNotFit, u"Too little CPU: 0.5 cores are asked for, 0.499 of 4 are free."_s,
        loaded(3501, 0));
    row("the last of the memory", Fit::Tight, u"Tight: 3.5 cores, 0 bytes and room for 18 pod(s) would be left."_s,
        loaded(0, 7 * gi));
    row("one byte too much", Fit::DoesNotFit,
        u"Too little memory: 1.0 GiB are asked for, 1,024.0 MiB of 8.0 GiB are free."_s, loaded(0, 7 * gi + 1));
    row("the last pod", Fit::Tight, u"Tight: 3.5 cores, 7.0 GiB and room for 0 pod(s) would be left."_s,
        loaded(0, 0, 19));
    row("one pod too many", Fit::DoesNotFit, u"Too many pods: 1 are asked for, there is room for 0 of 20."_s,
        loaded(0, 0, 20));
    row("15 % left", Fit::Fits, u"Fits: 0.5 of 1.1 free cores, 1.0 GiB of 8.0 GiB."_s, loaded(2900, 0));
    row("less than 15 % left", Fit::Tight, u"Tight: 0.599 cores, 7.0 GiB and room for 18 pod(s) would be left."_s,
        loaded(2901, 0));
    row("overcommitted, but nothing is asked", Fit::Tight,
        u"Fits: it requests neither CPU nor memory; 0 cores and 8.0 GiB are free."_s, loaded(5000, 0), asks(0, 0));
    row("all replicas on one node", Fit::DoesNotFit, u"Too little CPU: 6 cores are asked for, 4 of 4 are free."_s,
        node({}), asks(2000, gi, 3));
}

void TestPlanner::oneNode()
{
    QFETCH(std::function<void(World &)>, change);
    QFETCH(Demand, demand);
    QFETCH(QString, reason);
    World world;
    change(world);
    const Planner planner = world.planner(demand);
    const Verdict verdict = planner.verdict(onPi);
    QTEST(int(verdict.fit), "fit");
    QVERIFY2(verdict.reasons.contains(reason), qPrintable(text(verdict)));
    // What lights up is what is said.
    const auto slot = planner.snapshot()->table<Kind::Node>().at(0).slot();
    if (planner.snapshot()->table<Kind::Node>().at(0).name() == "pi")
        QCOMPARE(int(planner.node(slot)), int(verdict.fit));
}

void TestPlanner::nodeAloneAndInNumbers()
{
    World world;
    world.node("pi");
    const Verdict verdict = world.verdict(asks(400, 300 * mi), onPi);
    QCOMPARE(verdict, (Verdict{Fit::Fits, {u"Fits: 0.4 of 4 free cores, 300.0 MiB of 8.0 GiB."_s}}));
}

void TestPlanner::fewReasonsAndTheWeightiestFirst()
{
    World world;
    world.node(
        "pi",
        [](store::NodeRecord &node) {
            node.unschedulable = true;
            node.ready = store::NodeRecord::Ready::False;
            node.pressures = store::NodeRecord::Memory;
        },
        "a:NoSchedule\n");
    world.load("pi", 4000, 8 * gi, 20);
    const Verdict verdict = world.verdict(asks(500, gi), onPi);
    QCOMPARE(int(verdict.fit), int(Fit::DoesNotFit));
    QCOMPARE(verdict.reasons.size(), 5);
    QCOMPARE(verdict.reasons[0], u"pi is not ready."_s);
    QCOMPARE(verdict.reasons[1], u"pi is cordoned: no new pods are placed on it."_s);
    world.rights.readOnly = true;
    QCOMPARE(world.verdict(asks(500, gi), onPi).reasons[0], u"This cluster is marked read-only."_s);
}

void TestPlanner::rulesOfThePods_data()
{
    QTest::addColumn<QByteArray>("tolerations");
    QTest::addColumn<QByteArray>("terms");
    QTest::addColumn<QString>("selector");
    QTest::addColumn<bool>("fits");
    const auto row = [](const char *name, bool fits, const QByteArray &tolerations, const QByteArray &terms = "[]",
                         const QString &selector = {}) {
        QTest::newRow(name) << tolerations << terms << selector << fits;
    };
    // The node has the taint gpu=yes:NoSchedule and the labels disk=ssd, size=4.
    row("key and value", true, R"([{"key":"gpu","value":"yes","effect":"NoSchedule"}])");
    row("any effect", true, R"([{"key":"gpu","operator":"Equal","value":"yes"}])");
    row("any value", true, R"([{"key":"gpu","operator":"Exists"}])");
    row("everything", true, R"([{"operator":"Exists"}])");
    row("another value", false, R"([{"key":"gpu","value":"no"}])");
    row("another effect", false, R"([{"key":"gpu","operator":"Exists","effect":"NoExecute"}])");
    const QByteArray all = R"([{"operator":"Exists"}])";
    row("selected", true, all, "[]", u"disk"_s);
    row("not selected", false, all, "[]", u"size"_s);
    const auto term = [](const QByteArray &requirement) { return R"([{"matchExpressions":[)" + requirement + "]}]"; };
    row("in", true, all, term(R"({"key":"disk","operator":"In","values":["hdd","ssd"]})"));
    row("not in", false, all, term(R"({"key":"disk","operator":"NotIn","values":["ssd"]})"));
    row("exists", true, all, term(R"({"key":"disk","operator":"Exists"})"));
    row("does not exist", false, all, term(R"({"key":"disk","operator":"DoesNotExist"})"));
    row("greater", true, all, term(R"({"key":"size","operator":"Gt","values":["3"]})"));
    row("less", false, all, term(R"({"key":"size","operator":"Lt","values":["4"]})"));
    row("unknown operator", false, all, term(R"({"key":"size","operator":"Like","values":["4"]})"));
    row("all of a term", false, all,
        term(R"({"key":"disk","operator":"Exists"},{"key":"size","operator":"Lt","values":["4"]})"));
    row("one of the terms", true, all,
        R"([{"matchExpressions":[{"key":"x","operator":"Exists"}]},{"matchFields":[{"key":"metadata.name","operator":"In","values":["pi"]}]}])");
    row("empty term", false, all, "[{}]");
}

static QJsonArray array(const QByteArray &json)
{
    return QJsonDocument::fromJson(json).array();
}

void TestPlanner::rulesOfThePods()
{
    QFETCH(QByteArray, tolerations);
    QFETCH(QByteArray, terms);
    QFETCH(QString, selector);
    QFETCH(bool, fits);
    World world;
    world.node("pi", {}, "gpu=yes:NoSchedule\n", "disk=ssd\nsize=4\n");
    Demand demand = asks(500, gi);
    demand.pods[0].tolerations = array(tolerations);
    demand.pods[0].nodeTerms = array(terms);
    if (!selector.isEmpty())
        demand.pods[0].nodeSelector.insert(selector, u"ssd"_s);
    const Verdict verdict = world.verdict(demand, onPi);
    QVERIFY2((verdict.fit == Fit::Fits) == fits, qPrintable(text(verdict)));
    if (!selector.isEmpty() && !fits)
        QCOMPARE(verdict.reasons, QStringList{u"pi has no label size=ssd, which Deployment web asks for."_s});
}

// A drop opens the sheet, which asks; once it was asked, what was not agreed to is refused.
void TestPlanner::taintsThatAreAskedFor()
{
    World world;
    world.placing.asksForTaints = true;
    world.node("pi", {}, "gpu=yes:NoSchedule\n");
    const QString fits = u" Fits: 0.5 of 4 free cores, 1.0 GiB of 8.0 GiB."_s;
    const Verdict asked = world.verdict(asks(500, gi), onPi);
    QVERIFY(asked.asks);
    QCOMPARE(text(asked),
        u"tight: pi keeps off pods that do not tolerate gpu=yes:NoSchedule: you are asked whether these shall."_s
            + fits);
    // Not among what lights up.
    QCOMPARE(int(world.planner(asks(500, gi)).nodes().front()), int(Fit::DoesNotFit));
    const Target site{Target::Kind::Site, u"site-a"_s, {}};
    QCOMPARE(text(world.verdict(asks(500, gi), site)),
        u"tight: site-a has too few nodes without taints: you are asked which ones the pods shall tolerate."_s + fits);
    QCOMPARE(world.verdict(asks(500, gi), onCluster).fit, Fit::DoesNotFit);

    const Verdict full = world.verdict(asks(4500, gi), onPi);
    QVERIFY(full.fit == Fit::DoesNotFit && !full.asks);
    QCOMPARE(world.verdict(asks(4500, gi), site).fit, Fit::DoesNotFit);
    Demand tolerant = asks(500, gi);
    tolerant.tolerate({QJsonObject{{u"key"_s, u"gpu"_s}, {u"operator"_s, u"Exists"_s}}});
    QCOMPARE(text(world.verdict(tolerant, onPi)), u"fits:"_s + fits);
    world.placing.asksForTaints = false;
    QCOMPARE(world.verdict(asks(500, gi), onPi).fit, Fit::DoesNotFit);
    QCOMPARE(world.verdict(asks(500, gi), site).fit, Fit::DoesNotFit);
    world.placing.asksForTaints = true;
    world.node("pi", [](store::NodeRecord &node) { node.unschedulable = true; }, "gpu=yes:NoSchedule\n");
    QCOMPARE(world.verdict(asks(500, gi), onPi).fit, Fit::DoesNotFit);
}

// Where the scheduler cannot be told to put them, they do not fit.
void TestPlanner::labelsOfPlaces()
{
    World world;
    const auto labelled = [&](const std::string &name, const std::string &labels) {
        const StringId set = world.intern(labels);
        world.node(name, [set](store::NodeRecord &node) { node.meta.labels = set; });
    };
    labelled("pi", "failure-domain.beta.kubernetes.io/zone=site-a\n");
    QCOMPARE(text(world.verdict(asks(500, gi), onPi)),
        u"no: pi has no label kubernetes.io/hostname, by which pods are sent to a node."_s);
    QCOMPARE(int(world.planner(asks(500, gi)).nodes().front()), int(Fit::DoesNotFit));
    const Target site{Target::Kind::Site, u"site-a"_s, {}};
    QCOMPARE(text(world.verdict(asks(3000, gi), site)), u"fits: Fits: 3 of 4 free cores, 1.0 GiB of 8.0 GiB."_s);
    const auto label = [&] { return siteLabel(*world.planner(asks(1, 1)).snapshot(), "site-a"); };
    QVERIFY(label() == "failure-domain.beta.kubernetes.io/zone");
    // Of both kinds one label is the site's, and only who has it is reached.
    labelled("new", "kubernetes.io/hostname=new\ntopology.kubernetes.io/zone=site-a\n");
    QVERIFY(label() == "topology.kubernetes.io/zone");
    QCOMPARE(world.verdict(asks(3000, gi, 2), site).fit, Fit::DoesNotFit);
}

void TestPlanner::manyNodes_data()
{
    using Build = std::function<void(World &)>;
    QTest::addColumn<Build>("build");
    QTest::addColumn<Demand>("demand");
    QTest::addColumn<Target>("target");
    QTest::addColumn<QString>("said");
    const auto row = [](const char *name, const Demand &demand, const QString &said, const Build &build,
                         const Target &target = onCluster) {
        QTest::newRow(name) << build << demand << target << said;
    };
    const auto nodes = [](int count, quint32 usedCpu = 0) {
        return Build([=](World &world) {
            for (int i = 0; i < count; ++i) {
                const std::string name = "n" + std::to_string(i);
                world.node(name);
                world.load(name, usedCpu, 0);
            }
        });
    };
    row("spread over two", asks(2000, gi, 3), u"fits: Fits: 6 of 8 free cores, 3.0 GiB of 16.0 GiB."_s, nodes(2));
    row("the last of all", asks(2000, gi, 4),
        u"tight: Tight: 0 cores, 12.0 GiB and room for 34 pod(s) would be left. Fits: 8 of 8 free cores, 4.0 GiB of 16.0 GiB."_s,
        nodes(2));
    row("too much together", asks(2000, gi, 5), u"no: Too little CPU: 10 cores are asked for, 8 of 8 are free."_s,
        nodes(2));
    // 3 of 4 cores are free twice: 6, but no third pod of 2 cores.
    row("enough together, not for each", asks(2000, gi, 3),
        u"no: Too few nodes have room for a pod of Deployment web, which asks for 2 cores and 1.0 GiB."_s,
        nodes(2, 1000));
    row("no nodes", asks(1, 1), u"no: There are no nodes."_s, nodes(0));
    row("none takes it", asks(1, 1),
        u"no: None of the 3 node(s) takes Deployment web: 1 is/are not ready, 2 is/are cordoned."_s, [](World &world) {
            for (const char *name : {"a", "b"})
                world.node(name, [](store::NodeRecord &node) { node.unschedulable = true; });
            world.node("c", [](store::NodeRecord &node) { node.ready = store::NodeRecord::Ready::False; });
        });
    row("those that take it are full", asks(3000, gi, 2),
        u"no: Too little CPU: 6 cores are asked for, 4 of 4 are free. 1 of 2 node(s) would take them: 1 is/are cordoned."_s,
        [](World &world) {
            world.node("a");
            world.node("b", [](store::NodeRecord &node) { node.unschedulable = true; });
        });
    const Build sites = [](World &world) {
        world.node("a");
        const StringId zone = world.intern("site-b");
        world.node("b", [zone](store::NodeRecord &node) {
            node.zone = zone;
            node.cpuMilliAllocatable = 1000;
        });
    };
    row("a site", asks(1000, gi), u"fits: Fits: 1 of 4 free cores, 1.0 GiB of 8.0 GiB."_s, sites,
        {Target::Kind::Site, u"site-a"_s, {}});
    row("a smaller site", asks(1001, gi), u"no: Too little CPU: 1 cores are asked for, 1 of 1 are free."_s, sites,
        {Target::Kind::Site, u"site-b"_s, {}});
    row("no such site", asks(1, 1), u"no: There is no site site-c."_s, sites, {Target::Kind::Site, u"site-c"_s, {}});
    // 3 + 1 and 2 + 2 cores fill two nodes; placed by chance they would not.
    Demand mixed = asks(3000, gi);
    mixed.pods += asks(1000, gi).pods;
    mixed.pods += asks(2000, gi, 2).pods;
    row("only one way", mixed,
        u"tight: Tight: 0 cores, 12.0 GiB and room for 34 pod(s) would be left. Fits: 8 of 8 free cores, 4.0 GiB of 16.0 GiB."_s,
        nodes(2));
}

void TestPlanner::manyNodes()
{
    QFETCH(std::function<void(World &)>, build);
    QFETCH(Demand, demand);
    QFETCH(Target, target);
    World world;
    build(world);
    QTEST(text(world.verdict(demand, target)), "said");
}

void TestPlanner::daemonSets()
{
    World world;
    world.node("a");
    world.node("b", [](store::NodeRecord &node) { node.unschedulable = true; });
    world.node("c", {}, "x:NoSchedule\n");
    Demand demand = asks(1000, gi);
    demand.pods[0].everyNode = true;
    demand.pods[0].replicas = 0;
    // It runs on cordoned nodes, but not where it does not tolerate the taint.
    QCOMPARE(text(world.verdict(demand, onCluster)), u"fits: Fits: 2 of 8 free cores, 2.0 GiB of 16.0 GiB."_s);
    world.quota(Quota::Pods, 1);
    QCOMPARE(text(world.verdict(demand, onCluster)), u"no: Quota team leaves 1 of 1 pods; 2 are asked for."_s);
    world.quota(Quota::Pods, 2);
    world.load("b", 3010, 0);
    QCOMPARE(text(world.verdict(demand, onCluster)),
        u"tight: 1 node(s) have no room for the DaemonSet's pod. Fits: 2 of 4.99 free cores, 2.0 GiB of 16.0 GiB."_s);
}

void TestPlanner::lateHeartbeats()
{
    World world;
    world.node("pi");
    world.put<Kind::Lease>("pi", [](store::LeaseRecord &lease, auto) {
        lease.seenMs = 1'000'000;
        lease.durationSeconds = 40;
    });
    world.placing.now = 1040;
    QCOMPARE(int(world.verdict(asks(1, 1), onPi).fit), int(Fit::Fits));
    world.placing.now = 1041;
    QCOMPARE(text(world.verdict(asks(1, 1), onPi)), u"no: pi has been silent for 41 second(s)."_s);
    // While the leases are not heard, silence is ours.
    world.touch = [](store::Snapshot &snapshot) { snapshot.kinds[size_t(Kind::Lease)].phase = KindPhase::Stale; };
    QCOMPARE(int(world.verdict(asks(1, 1), onPi).fit), int(Fit::Fits));
}

void TestPlanner::quotas_data()
{
    QTest::addColumn<int>("resource");
    QTest::addColumn<qint64>("hard");
    QTest::addColumn<QString>("refusal"); // one less than what is enough
    const auto row = [](const char *name, Quota::Resource resource, qint64 enough, const QString &refusal) {
        QTest::newRow(name) << int(resource) << enough << refusal;
    };
    // Two pods of 500 m and 1 GiB, limits of twice that; three claims of 10 bytes in all; one unit is used already.
    row("cpu", Quota::RequestsCpu, 1001, u"Quota team leaves 0.999 of 1 cores to request; 1 are asked for."_s);
    row("memory", Quota::RequestsMemory, 2 * gi + 1,
        u"Quota team leaves 2.0 GiB of 2.0 GiB of memory to request; 2.0 GiB are asked for."_s);
    row("limits of cpu", Quota::LimitsCpu, 2001, u"Quota team leaves CPU limits of 2 of 2 cores; they add up to 2."_s);
    row("limits of memory", Quota::LimitsMemory, 4 * gi + 1,
        u"Quota team leaves memory limits of 4.0 GiB of 4.0 GiB; they add up to 4.0 GiB."_s);
    row("pods", Quota::Pods, 3, u"Quota team leaves 1 of 2 pods; 2 are asked for."_s);
    row("claims", Quota::Claims, 4, u"Quota team leaves 2 of 3 volume claims; 3 are asked for."_s);
    row("storage", Quota::RequestsStorage, 11,
        u"Quota team leaves 9 bytes of 10 bytes of storage; 10 bytes are asked for."_s);
}

void TestPlanner::quotas()
{
    QFETCH(int, resource);
    QFETCH(qint64, hard);
    QFETCH(QString, refusal);
    World world;
    world.node("pi");
    Demand demand = asks(500, gi, 2);
    demand.pods[0].containers[0].limit = {1000, 2 * gi};
    demand.pods[0].sum();
    demand.claims = 3;
    demand.storage = 10;
    const auto which = static_cast<Quota::Resource>(resource);
    world.quota(which, hard, 1);
    QCOMPARE(int(world.verdict(demand, onPi).fit), int(Fit::Fits));
    world.quota(which, hard - 1, 1);
    const Verdict verdict = world.verdict(demand, onPi);
    QCOMPARE(verdict.reasons, QStringList{refusal});
    // Whom a quota with scopes counts is not known; elsewhere it counts nothing.
    world.quota(which, hard - 1, 1, true);
    QCOMPARE(int(world.verdict(demand, onPi).fit), int(Fit::Fits));
    world.quota(which, hard - 1, 1);
    world.put<Kind::Namespace>("other");
    QCOMPARE(int(world.verdict(demand, {Target::Kind::Namespace, u"other"_s, {}}).fit), int(Fit::Fits));
    world.placing = {.name = u"shop"_s, .ns = u"new"_s, .newNamespace = true};
    QCOMPARE(int(world.verdict(demand, onPi).fit), int(Fit::Fits));
    QCOMPARE(int(world.verdict(demand, {Target::Kind::Namespace, u"default"_s, {}}).fit), int(Fit::DoesNotFit));
    // What a quota counts has to be said.
    if (which <= Quota::LimitsMemory) {
        world.quota(which, 1000 * gi);
        demand.pods[0].containers.append({.name = u"silent"_s});
        const Verdict silent = world.verdict(demand, {Target::Kind::Namespace, u"default"_s, {}});
        QVERIFY2(silent.fit == Fit::DoesNotFit && silent.reasons[0].contains(u"asks every container for"),
            qPrintable(text(silent)));
    }
}

// What the environment takes now is not asked for a second time.
void TestPlanner::whatIsReplacedMakesRoom()
{
    World world;
    world.node("pi");
    world.node("pi-2");
    const auto pod = [&](const std::string &name, const std::string &labels, quint32 cpuMilli,
                         const std::string &node = "pi",
                         store::PodRecord::Phase phase = store::PodRecord::Phase::Running) {
        world.put<Kind::Pod>(name, [&](store::PodRecord &record, auto) {
            record.meta.labels = world.intern(labels);
            record.node = world.intern(node);
            record.phase = phase;
            record.cpuMilliRequested = cpuMilli;
            record.memoryRequested = gi;
        });
    };
    const std::string shop = "kdra.dev/environment=shop\n";
    pod("shop-web", shop, 3000);
    pod("shop-done", shop, 500, "pi", store::PodRecord::Phase::Succeeded);
    pod("shop-redis", shop + "kdra.dev/part=shop-redis\n", 500);
    pod("blog-web", "kdra.dev/environment=blog\n", 400);
    world.put<Kind::ApplySet>("kdra.shop",
        [&](store::ApplySetRecord &record, auto) { record.meta.labels = world.intern("kdra.dev/environment=shop\n"); });
    world.placing.exists = true;
    const QString little = u"no: Too little CPU: 3 cores are asked for, %1 of 4 are free."_s;
    QCOMPARE(text(world.verdict(asks(3000, gi), onPi)), little.arg(u"0.1"));
    // As when nothing but a host name is changed.
    world.placing.replaced = QString();
    QCOMPARE(text(world.verdict(asks(3000, gi), onPi)),
        u"tight: Tight: 0.1 cores, 5.0 GiB and room for 17 pod(s) would be left. Fits: 3 of 3.1 free cores, 1.0 GiB of 6.0 GiB."_s);
    world.placing.replaced = u"shop-redis"_s;
    QCOMPARE(text(world.verdict(asks(3000, gi), onPi)), little.arg(u"0.6"));
    // Elsewhere it frees nothing.
    world.placing.replaced = QString();
    const Target other{Target::Kind::Node, u"pi-2"_s, {}};
    QCOMPARE(world.verdict(asks(4500, gi), other).fit, Fit::DoesNotFit);

    const auto limited = [&](Quota::Resource resource, qint64 hard, qint64 used) {
        world.quota(resource, hard, used);
        return text(world.verdict(asks(3000, gi), other));
    };
    const QString fits = u"fits: Fits: 3 of 4 free cores, 1.0 GiB of 8.0 GiB."_s;
    QCOMPARE(limited(Quota::Pods, 3, 3), fits);
    QCOMPARE(limited(Quota::RequestsCpu, 3900, 3900), fits);
    QCOMPARE(limited(Quota::RequestsCpu, 3900, 4000),
        u"no: Quota team leaves 2.9 of 3.9 cores to request; 3 are asked for."_s);
    world.placing.replaced.reset();
    QCOMPARE(limited(Quota::Pods, 3, 3), u"no: Quota team leaves 0 of 3 pods; 1 are asked for."_s);
}

// Which limits the pods have that go, is not known.
void TestPlanner::limitsOfWhatIsReplaced()
{
    World world;
    world.node("pi");
    world.put<Kind::Pod>("shop-web", [&](store::PodRecord &record, auto) {
        record.meta.labels = world.intern("kdra.dev/environment=shop\n");
        record.phase = store::PodRecord::Phase::Running;
        record.cpuMilliRequested = 500;
    });
    world.put<Kind::ApplySet>("kdra.shop",
        [&](store::ApplySetRecord &record, auto) { record.meta.labels = world.intern("kdra.dev/environment=shop\n"); });
    world.placing.exists = true;
    world.placing.replaced = QString();
    Demand demand = asks(500, gi);
    demand.pods[0].containers[0].limit.cpuMilli = 1000;
    demand.pods[0].sum();
    world.quota(Quota::LimitsCpu, 2000, 1500);
    QCOMPARE(world.verdict(demand, onPi).fit, Fit::Fits);
    world.quota(Quota::LimitsCpu, 2000, 1501);
    const Verdict doubtful = world.verdict(demand, onPi);
    QCOMPARE(doubtful.fit, Fit::Tight);
    QCOMPARE(doubtful.reasons.first(),
        u"Quota team may be too small: CPU limits will add up to 1 of its 2 cores, beside those of others."_s);
    world.quota(Quota::LimitsCpu, 999, 999);
    QCOMPARE(world.verdict(demand, onPi).fit, Fit::DoesNotFit);
}

void TestPlanner::volumesOfWhatIsMoved()
{
    World world;
    const StringId siteB = world.intern("site-b");
    world.node("pi");
    world.node("pi-2");
    world.node("pi-b", [siteB](store::NodeRecord &node) { node.zone = siteB; });
    const StringId shop = world.intern("kdra.dev/environment=shop\n");
    const auto pod = [&](const std::string &name, const std::string &claims) {
        const StringId node = name.empty() ? StringId::Empty : world.intern(name);
        world.put<Kind::Pod>("shop-db", [&](store::PodRecord &record, auto keep) {
            record.meta.labels = shop;
            record.node = node;
            record.phase = store::PodRecord::Phase::Running;
            record.claims = keep(claims);
        });
    };
    const auto claim = [&](const std::string &volume) {
        world.put<Kind::PersistentVolumeClaim>("data-shop-db-0", [&](store::ClaimRecord &record, auto keep) {
            record.meta.labels = shop;
            record.volume = keep(volume);
        });
    };
    world.put<Kind::ApplySet>("kdra.shop", [&](store::ApplySetRecord &record, auto) { record.meta.labels = shop; });
    pod("pi", "data-shop-db-0");
    claim("pvc-1");
    world.placing.exists = true;
    world.placing.replaced = QString();
    Demand demand = asks(500, gi);
    demand.claims = 1;
    const QString fits = u"Fits: 0.5 of 4 free cores, 1.0 GiB of 8.0 GiB."_s;
    const Target other{Target::Kind::Node, u"pi-2"_s, {}};
    const auto said = [&](const Target &target) { return text(world.verdict(demand, target)); };
    QCOMPARE(said(other), u"tight: Its volumes may be tied to pi. "_s + fits);
    QCOMPARE(said({Target::Kind::Site, u"site-b"_s, {}}), u"tight: Its volumes may be tied to pi. "_s + fits);
    QCOMPARE(said(onPi), u"fits: "_s + fits);
    QCOMPARE(world.verdict(demand, {Target::Kind::Site, u"site-a"_s, {}}).fit, Fit::Fits);
    // The scheduler, left to itself, follows the volumes.
    QCOMPARE(world.verdict(demand, {Target::Kind::Namespace, u"default"_s, {}}).fit, Fit::Fits);
    // Paused: the volumes are there, and nobody says where.
    pod({}, {});
    QCOMPARE(said(other), u"tight: Its volumes may be tied to the node on which they were made. "_s + fits);
    // Not made yet: it follows the pod.
    claim({});
    QCOMPARE(said(other), u"fits: "_s + fits);
    claim("pvc-1");
    demand.claims = 0;
    QCOMPARE(said(other), u"fits: "_s + fits);
}

void TestPlanner::limitRanges_data()
{
    using Fill = std::function<void(store::LimitRangeRecord &)>;
    QTest::addColumn<Fill>("fill");
    QTest::addColumn<Amount>("request");
    QTest::addColumn<Amount>("limit");
    QTest::addColumn<QString>("said");
    const auto row = [](const char *name, const Amount &request, const Amount &limit, const QString &said,
                         const Fill &fill) { QTest::newRow(name) << fill << request << limit << said; };
    const Fill defaults = [](store::LimitRangeRecord &range) {
        range.defaultRequest = {300, 256 * mi};
        range.defaultLimit = {600, 512 * mi};
    };
    row("defaults", {}, {}, u"fits: Fits: 0.3 of 4 free cores, 256.0 MiB of 8.0 GiB."_s, defaults);
    row("what is said stays", {100, 64 * mi}, {}, u"fits: Fits: 0.1 of 4 free cores, 64.0 MiB of 8.0 GiB."_s, defaults);
    row("a limit below the request", {700, 64 * mi}, {},
        u"no: Deployment web requests 0.7 of CPU, more than the limit of 0.6 that LimitRange usual sets."_s, defaults);
    const Fill most = [](store::LimitRangeRecord &range) { range.max = {600, 0}; };
    row("as much as is allowed", {600, gi}, {600, gi}, u"fits: Fits: 0.6 of 4 free cores, 1.0 GiB of 8.0 GiB."_s, most);
    row("more than is allowed", {600, gi}, {601, gi},
        u"no: LimitRange usual allows a container at most 0.6 of CPU; Deployment web asks for 0.601."_s, most);
    row("without a limit", {600, gi}, {},
        u"no: LimitRange usual asks every container for a CPU limit; Deployment web has none."_s, most);
    const Fill least = [](store::LimitRangeRecord &range) { range.min = {0, 64 * mi}; };
    row("as little as is allowed", {100, 64 * mi}, {}, u"fits: Fits: 0.1 of 4 free cores, 64.0 MiB of 8.0 GiB."_s,
        least);
    row("less than is allowed", {100, 32 * mi}, {},
        u"no: LimitRange usual asks for at least 64.0 MiB of memory a container; Deployment web asks for 32.0 MiB."_s,
        least);
}

void TestPlanner::limitRanges()
{
    QFETCH(std::function<void(store::LimitRangeRecord &)>, fill);
    QFETCH(Amount, request);
    QFETCH(Amount, limit);
    World world;
    world.node("pi");
    world.limits(fill);
    Demand demand = asks(0, 0);
    demand.pods[0].containers[0].request = request;
    demand.pods[0].containers[0].limit = limit;
    demand.pods[0].sum();
    QTEST(text(world.verdict(demand, onPi)), "said");
}

void TestPlanner::rightsAndNames_data()
{
    using Change = std::function<void(World &)>;
    QTest::addColumn<Change>("change");
    QTest::addColumn<Target>("target");
    QTest::addColumn<QString>("said");
    const auto row = [](const char *name, const QString &said, const Change &change, const Target &target = onPi) {
        QTest::newRow(name) << change << target << said;
    };
    const QString fits = u"fits: Fits: 0.1 of 4 free cores, 1.0 GiB of 8.0 GiB."_s;
    row("not asked yet",
        u"unknown: What you may create here is being asked. Fits: 0.1 of 4 free cores, 1.0 GiB of 8.0 GiB."_s,
        [](World &world) { world.rights.known = false; });
    row("not served", u"no: This server does not offer Deployment.apps."_s,
        [](World &world) { world.rights.notServed = {u"Deployment.apps"_s, u"Other"_s}; });
    row("forbidden", u"no: You may not create Deployment.apps: no role says so."_s,
        [](World &world) { world.rights.forbidden = {{u"Deployment.apps"_s, u"no role says so."_s}}; });
    row("policies forbidden", u"no: You may not create NetworkPolicy.networking.k8s.io."_s,
        [](World &world) { world.rights.forbidden = {{u"NetworkPolicy.networking.k8s.io"_s, {}}}; });
    row("Cilium's forbidden", u"no: You may not create CiliumNetworkPolicy.cilium.io."_s,
        [](World &world) { world.rights.forbidden = {{u"CiliumNetworkPolicy.cilium.io"_s, {}}}; });
    row("created, but not applied", u"no: You may not patch Deployment.apps, as applying does: no role says so."_s,
        [](World &world) { world.rights.notPatched = {{u"Deployment.apps"_s, u"no role says so."_s}}; });
    row("the server cannot say",
        u"unknown: The server could not say what you may create here. Fits: 0.1 of 4 free cores, 1.0 GiB of 8.0 GiB."_s,
        [](World &world) { world.rights.unanswered = true; });
    row("not needed", fits, [](World &world) { world.rights.forbidden = {{u"Namespace"_s, {}}}; });
    row("needed for a namespace", u"no: You may not create Namespace."_s, [](World &world) {
        world.rights.forbidden = {{u"Namespace"_s, {}}};
        world.placing = {.name = u"shop"_s, .ns = u"shop"_s, .newNamespace = true};
    });
    const auto set = [](const std::string &name, const std::string &labels) {
        return [=](World &world) {
            world.put<Kind::ApplySet>(
                name, [&](store::ApplySetRecord &record, auto) { record.meta.labels = world.intern(labels); });
        };
    };
    row("name taken", u"no: There is an environment shop in namespace default already."_s,
        set("parent", "kdra.dev/environment=shop\n"));
    row("taken by kubectl", u"no: There is an environment shop in namespace default already."_s, set("shop", ""));
    row("another name", fits, set("parent", "kdra.dev/environment=shops\n"));
    const Target environment{Target::Kind::Environment, u"shop"_s, u"default"_s};
    const auto made = [](const std::string &annotations, const std::string &placement = R"({\"kind\":\"anywhere\"})") {
        return [=](World &world) {
            world.put<Kind::ApplySet>("kdra.shop", [&](store::ApplySetRecord &record, auto keep) {
                record.meta.labels = world.intern("kdra.dev/environment=shop\n");
                record.annotations = keep(R"({"applyset.kubernetes.io/tooling":"kdra/v1",)" + annotations + "}");
                record.data =
                    keep(R"({"environment.json":"{\"name\":\"shop\",\"namespace\":\"default\",\"network\":\"open\",)"
                         R"(\"placement\":)"
                        + placement + R"(}"})");
            });
        };
    };
    const std::string applied = R"("kdra.dev/phase":"applied")";
    row("added to", fits, made(applied), environment);
    // It goes where the environment is, and that is what is judged.
    row("added where it is", u"no: There is no node pi-9."_s,
        made(applied, R"({\"kind\":\"node\",\"name\":\"pi-9\",\"label\":\"kubernetes.io/hostname\",\"value\":\"x\"})"),
        environment);
    row("added to half a one", u"no: Environment shop is not complete: making or changing it has to end first."_s,
        made(R"("kdra.dev/phase":"changing")"), environment);
    row("added to one that goes", u"no: Environment shop is being deleted."_s, made(R"("kdra.dev/phase":"deleting")"),
        environment);
    row("added to a paused one", u"no: Environment shop is paused: resume it first."_s,
        made(applied + R"(,"kdra.dev/paused":"{}")"), environment);
    row("added to another's", u"no: KDRA did not make environment shop: it adds only to its own."_s, set("shop", ""),
        environment);
    row("changed", fits, [made, applied](World &world) {
        made(applied)(world);
        world.placing.exists = true;
        // Whoever made the namespace did it for this environment.
        world.placing.newNamespace = true;
    });
    row("added to nothing", u"no: There is no environment shop in namespace default."_s, [](World &) { }, environment);
    row("no namespace", u"no: There is no namespace x."_s, [](World &) { }, {Target::Kind::Namespace, u"x"_s, {}});
    row("namespace taken", u"no: There is a namespace default already."_s,
        [](World &world) { world.placing.newNamespace = true; });
    row("namespace that goes", u"no: Namespace gone is being deleted."_s,
        [](World &world) {
            world.put<Kind::Namespace>("gone", [](store::NamespaceRecord &record, auto) { record.meta.deleted = 1; });
        },
        {Target::Kind::Namespace, u"gone"_s, {}});
    row("environments unseen", fits + u" Whether there is an environment shop already is not known."_s,
        [](World &world) {
            world.touch = [](store::Snapshot &snapshot) {
                snapshot.kinds[size_t(Kind::ApplySet)].phase = KindPhase::Forbidden;
            };
        });
}

void TestPlanner::rightsAndNames()
{
    QFETCH(std::function<void(World &)>, change);
    QFETCH(Target, target);
    World world;
    world.node("pi");
    change(world);
    QTEST(text(world.verdict(asks(100, gi), target)), "said");
}

void TestPlanner::whatIsNotLive_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("phase");
    QTest::addColumn<QString>("said");
    const auto row = [](const char *name, Kind kind, KindPhase phase, const QString &said) {
        QTest::newRow(name) << int(kind) << int(phase) << said;
    };
    const QString fits = u"Fits: 0.1 of 4 free cores, 1.0 GiB of 8.0 GiB."_s;
    row("loading", Kind::Pod, KindPhase::Listing, u"unknown: Nodes and pods are still being loaded."_s);
    row("no nodes to see", Kind::Node, KindPhase::Forbidden,
        u"unknown: You are not allowed to see nodes: whether there is room is not known."_s);
    row("no pods to see", Kind::Pod, KindPhase::Forbidden,
        u"unknown: You are not allowed to see pods: whether there is room is not known."_s);
    row("old", Kind::Node, KindPhase::Stale,
        u"fits: "_s + fits + u" As of 42 second(s) ago: the connection is being repaired."_s);
    row("quotas unseen", Kind::ResourceQuota, KindPhase::Forbidden,
        u"fits: "_s + fits + u" Quotas and limits of the namespace are not known to you."_s);
    row("limits still coming", Kind::LimitRange, KindPhase::Listing,
        u"unknown: Quotas and limits are still being loaded. "_s + fits);
}

void TestPlanner::whatIsNotLive()
{
    QFETCH(int, kind);
    QFETCH(int, phase);
    World world;
    world.node("pi");
    world.touch = [&](store::Snapshot &snapshot) {
        store::KindState &state = snapshot.kinds[size_t(kind)];
        state.phase = static_cast<KindPhase>(phase);
        state.lastHeard = std::chrono::steady_clock::now() - std::chrono::milliseconds(42100);
    };
    // A slow machine takes seconds more.
    static const QRegularExpression age(u"[45]\\d second"_s);
    QTEST(text(world.verdict(asks(100, gi), onPi)).replace(age, u"42 second"_s), "said");
}

void TestPlanner::withoutPods()
{
    World world;
    world.node("pi", [](store::NodeRecord &node) { node.unschedulable = true; });
    const Demand none{.kinds = {u"NetworkPolicy.networking.k8s.io"_s}};
    QCOMPARE(text(world.verdict(none, onPi)), u"fits: Fits: it has no pods."_s);
    QCOMPARE(text(world.verdict(none, onCluster)), u"fits: Fits: it has no pods."_s);
}

void TestPlanner::everyNodeIsJudged()
{
    World world;
    world.node("a");
    world.node("b", [](store::NodeRecord &node) { node.unschedulable = true; });
    world.node("c");
    world.load("c", 3000, 0);
    const Planner planner = world.planner(asks(900, gi));
    planner.snapshot()->table<Kind::Node>().forEach([&](const auto &node) {
        const Fit expected = node.name() == "a" ? Fit::Fits : node.name() == "b" ? Fit::DoesNotFit : Fit::Tight;
        QCOMPARE(int(planner.node(node.slot())), int(expected));
    });
    QCOMPARE(int(planner.node(100'000)), int(Fit::Unknown));
}

void TestPlanner::proposals()
{
    World world;
    const StringId siteB = world.intern("site-b");
    const StringId none = StringId::Empty;
    const auto inB = [siteB](store::NodeRecord &node) { node.zone = siteB; };
    world.node("pi");
    world.load("pi", 2000, 0);
    QCOMPARE(world.planner(asks(500, gi)).proposal().target, onCluster); // nothing to choose from
    world.node("pi-b", inB);
    const auto site = [](const QString &name) { return Target{Target::Kind::Site, name, {}}; };
    const Proposal spread = world.planner(asks(500, gi)).proposal();
    QCOMPARE(spread.target, site(u"site-b"_s));
    QCOMPARE(spread.reason, u"site-b is the site with the least in use that has room for it: 0 % is requested."_s);
    // Less in use, but too small for it.
    world.node("pi-b", [&](store::NodeRecord &node) {
        inB(node);
        node.cpuMilliAllocatable = 400;
    });
    QCOMPARE(world.planner(asks(500, gi)).proposal().target, site(u"site-a"_s));
    QCOMPARE(world.planner(asks(2000, 5 * gi, 2)).proposal().target, onCluster);
    // Raspberry Pis first, though servers have more room.
    world.node("server", [&](store::NodeRecord &node) {
        inB(node);
        node.board = none;
        node.cpuMilliAllocatable = 64000;
    });
    Demand edge = asks(500, gi);
    edge.edge = true;
    const Proposal pi = world.planner(edge).proposal();
    QCOMPARE(pi.target, onPi);
    QCOMPARE(pi.reason,
        u"pi is a Raspberry Pi with 2 free cores and 8.0 GiB, in site-a, where the Pis are least in use (50 %)."_s);
    // Whoever knows better what a Pi is, says so.
    world.placing.isPi = [&](const store::NodeRecord &node) { return node.cpuMilliAllocatable == 64000; };
    QCOMPARE(world.planner(edge).proposal().target, (Target{Target::Kind::Node, u"server"_s, {}}));
}

QTEST_GUILESS_MAIN(TestPlanner)
#include "tst_planner.moc"
