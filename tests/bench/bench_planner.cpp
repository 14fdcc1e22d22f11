// SPDX-License-Identifier: GPL-3.0-or-later
// How long the verdict at the pointer takes while a template is dragged over a cluster: prints JSON. Not a test.
//   kdra-bench-planner [--nodes N] [--pods P] [--moves N]
// move: a planner is built, as after each batch of changes, and asked about what is under the pointer: a node, its site
// or the cluster, in turn. construction and verdict: the two parts. propose: what a drop on the cluster asks. refused:
// like move, with a demand that no place can hold. cpu: the moves by the thread's own CPU time, which a busy machine
// does not stretch. Milliseconds.
#include "demo/democluster.h"
#include "environments/planner.h"
#include "store/clusterstore.h"
#include "tests/bench/heartbeat.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDateTime>
#include <QElapsedTimer>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cstdio>

using namespace kdra;
using namespace kdra::environments;
using namespace Qt::StringLiterals;

namespace {

QJsonObject summary(std::vector<double> milliseconds)
{
    std::ranges::sort(milliseconds);
    const auto at = [&](double share) {
        return milliseconds[static_cast<size_t>(share * static_cast<double>(milliseconds.size() - 1))];
    };
    return {{u"count"_s, static_cast<qint64>(milliseconds.size())}, {u"p50"_s, at(0.5)}, {u"p99"_s, at(0.99)},
        {u"max"_s, milliseconds.back()}};
}

PodDemand pods(const QString &workload, int replicas, qint64 cpuMilli, qint64 memory)
{
    PodDemand pod{.workload = workload,
        .replicas = replicas,
        .containers = {{.name = u"c"_s, .request = {cpuMilli, memory}, .limit = {cpuMilli * 2, memory * 2}}}};
    pod.sum();
    return pod;
}

// A web tier, an API, a database and an agent on every node.
Demand demandOf(int scale)
{
    constexpr qint64 mi = 1 << 20;
    Demand demand{.architectures = {u"amd64"_s, u"arm64"_s},
        .claims = 1,
        .storage = 1024 * mi,
        .kinds = {u"Secret"_s, u"Service"_s, u"Deployment.apps"_s, u"StatefulSet.apps"_s, u"DaemonSet.apps"_s}};
    demand.pods = {pods(u"Deployment web"_s, 3 * scale, 100, 64 * mi),
        pods(u"Deployment api"_s, 2 * scale, 200, 128 * mi), pods(u"StatefulSet db"_s, scale, 250, 256 * mi),
        pods(u"DaemonSet agent"_s, 0, 10, 16 * mi)};
    demand.pods.last().everyNode = true;
    return demand;
}

double milliseconds(const QElapsedTimer &timer)
{
    return double(timer.nsecsElapsed()) / 1e6;
}

class Drag {
public:
    explicit Drag(store::SnapshotPtr snapshot)
        : m_snapshot(std::move(snapshot))
    {
        m_load.reset(*m_snapshot);
        m_snapshot->table<store::Kind::Node>().forEach([&](const auto &node) {
            m_targets.append({Target::Kind::Node, store::toQString(node.name()), {}});
            m_targets.append({Target::Kind::Site, m_snapshot->string(node->zone), {}});
            m_targets.append(Target());
        });
    }

    QJsonObject move(const Demand &demand, int moves)
    {
        const Placing placing{.name = u"shop"_s, .ns = u"default"_s, .now = QDateTime::currentSecsSinceEpoch()};
        std::vector<double> whole, cpu, construction, verdict, proposal;
        QMap<int, int> fits;
        for (int i = 0; i < moves; ++i) {
            const Target &target = m_targets[(i * 7) % m_targets.size()];
            const double cpuBefore = bench::threadCpuMs();
            QElapsedTimer timer;
            timer.start();
            const Planner planner(demand, m_snapshot, m_load, Rights{.known = true}, placing);
            construction.push_back(milliseconds(timer));
            const Verdict said = planner.verdict(target);
            whole.push_back(milliseconds(timer));
            cpu.push_back(bench::threadCpuMs() - cpuBefore);
            verdict.push_back(whole.back() - construction.back());
            ++fits[int(said.fit)];
            timer.start();
            (void)planner.proposal();
            proposal.push_back(milliseconds(timer));
        }
        return {{u"move"_s, summary(whole)}, {u"cpu"_s, summary(cpu)}, {u"construction"_s, summary(construction)},
            {u"verdict"_s, summary(verdict)}, {u"propose"_s, summary(proposal)},
            {u"fits"_s, fits.value(int(Fit::Fits))}, {u"tight"_s, fits.value(int(Fit::Tight))},
            {u"no"_s, fits.value(int(Fit::DoesNotFit))}, {u"unknown"_s, fits.value(int(Fit::Unknown))}};
    }

private:
    store::SnapshotPtr m_snapshot;
    store::NodeLoad m_load;
    QList<Target> m_targets;
};

// Of a demo cluster that is gone when it is returned: nothing else runs while it is measured.
Result<store::SnapshotPtr> snapshotOf(const demo::DemoOptions &options)
{
    demo::DemoCluster cluster(options);
    if (const Result<QUrl> url = cluster.start(); !url)
        return std::unexpected(url.error());
    store::ClusterStore store(cluster.clientConfig());
    QObject::connect(&store, &store::ClusterStore::synced, qApp, &QCoreApplication::quit);
    store.start();
    QCoreApplication::exec();
    return store.snapshot();
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    const QCommandLineOption nodes(u"nodes"_s, u"Nodes of the demo cluster."_s, u"N"_s, u"5000"_s);
    const QCommandLineOption podCount(u"pods"_s, u"Pods of the demo cluster, about."_s, u"P"_s, u"150000"_s);
    const QCommandLineOption moves(u"moves"_s, u"Moves of the pointer."_s, u"N"_s, u"1500"_s);
    parser.addOptions({nodes, podCount, moves});
    parser.addHelpOption();
    parser.process(application);
    const int nodeCount = parser.value(nodes).toInt();
    const Result<store::SnapshotPtr> snapshot = snapshotOf({.nodes = nodeCount,
        .pis = nodeCount / 5,
        .pods = parser.value(podCount).toInt(),
        .controllers = false,
        .story = false});
    if (!snapshot) {
        std::fprintf(stderr, "%s\n", qPrintable(snapshot.error().text()));
        return 1;
    }
    Drag drag(*snapshot);
    QJsonObject result = drag.move(demandOf(1), parser.value(moves).toInt());
    result.insert(u"refused"_s, drag.move(demandOf(100'000), parser.value(moves).toInt() / 5));
    std::puts(QJsonDocument(result).toJson().constData());
    return 0;
}
