// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/objects/ownedpod.h"
#include "demo/objects/workload.h"
#include "demo/worldbuilder.h"

using namespace Qt::StringLiterals;

// The many similar tenants of a large cluster. Everything here is filled from shapes: no JSON is built per object.
namespace kdra::demo {
namespace {

constexpr App Archetypes[] = {
    {"$ns", "$app", App::Kind::Deployment, "registry.example.com/tenants/web", "1.4.2", 20, 8080, "20m", "32Mi", "any",
        App::Exposed, ""},
    {"$ns", "$app", App::Kind::Deployment, "registry.example.com/tenants/worker", "2.0.7", 20, 9000, "10m", "24Mi",
        "any", App::Exposed, ""},
    {"$ns", "$app", App::Kind::Deployment, "registry.example.com/edge/collector", "0.22.1", 20, 8081, "10m", "16Mi",
        "any", App::Exposed, ""},
    {"$ns", "$app", App::Kind::Deployment, "docker.io/library/nginx", "1.29.2-alpine", 20, 8080, "10m", "16Mi", "any",
        App::Prepared | App::Exposed, ""},
};
constexpr const char *AppNames[] = {
    "frontend", "orders", "ingest", "reports", "billing", "search", "notifier", "gateway", "sync", "catalog"};

constexpr std::array<QByteArrayView, 10> Names{
    "app", "ns", "uid", "rsUid", "svcUid", "sliceUid", "hash", "n", "clusterIp", "endpoints"};

struct Shapes {
    ByteTemplate deployment, replicaSet, service, slice;
    PodShape pod;
    PodRequests requests;
};

ByteTemplate shapeOf(QJsonObject object)
{
    QByteArray text = loadable(object);
    // Numbers cannot hold a field: 987654 stands for the number of replicas.
    text.replace("\"987654\"", "\"$n\"").replace("987654", "$n").replace("987655", "$n");
    text.replace("[\"$endpoints\"]", "[$endpoints]");
    return ByteTemplate(text, Names);
}

Shapes shapesOf(const App &app, const QDateTime &born)
{
    constexpr int Replicas = 987654;
    const QJsonObject podTemplate = appTemplate(app);
    const Meta identity{.name = u"$app"_s,
        .ns = u"$ns"_s,
        .uid = u"$uid"_s,
        .created = born,
        .labels = appLabels(app),
        .annotations = {},
        .owners = {}};
    Meta other = identity;
    const QJsonObject deployment =
        deploymentObject(identity, Replicas, appSelector(app), podTemplate, 1, born.addSecs(40));
    other.name = u"$app-$hash"_s;
    other.uid = u"$rsUid"_s;
    const QJsonObject set = replicaSetObject(deployment, u"$hash"_s, Replicas, 1, podTemplate, other);
    other = identity;
    other.uid = u"$svcUid"_s;
    const QJsonObject service = serviceObject(other, appSelector(app), {u"main"_s, 80}, u"$clusterIp"_s);
    QJsonObject slice = endpointSliceObject(service, u"$app-$hash"_s, u"$sliceUid"_s, app.port, {}, born);
    slice.insert(u"endpoints"_s, QJsonArray{u"$endpoints"_s});

    // The pods' own fields have other names: owner and ownerUid are the ReplicaSet's.
    QJsonObject podSet = set;
    put(podSet, u"metadata.name", u"$owner"_s);
    put(podSet, u"metadata.uid", u"$ownerUid"_s);
    QJsonObject pod = replicaSetPod(podSet, u"$name"_s, u"$uid"_s, PodShape::createdAt());
    bindPod(pod, u"$node"_s, PodShape::createdAt());
    runPod(pod, u"$hostIp"_s, u"$podIp"_s, PodShape::startedAt());
    return {shapeOf(deployment), shapeOf(set), shapeOf(service), shapeOf(slice), PodShape(pod),
        requestsOf(podTemplate.value(u"spec"_s).toObject())};
}

QByteArray endpointJson(const Endpoint &endpoint, const QByteArray &ns)
{
    return R"({"addresses":[")" + endpoint.ip.toLatin1()
        + R"("],"conditions":{"ready":true,"serving":true,"terminating":false},"nodeName":")" + endpoint.node.toLatin1()
        + R"(","targetRef":{"kind":"Pod","name":")" + endpoint.pod.toLatin1() + R"(","namespace":")" + ns
        + R"(","uid":")" + endpoint.podUid.toLatin1() + R"("},"zone":")" + endpoint.zone.toLatin1() + R"("})";
}

} // namespace

void WorldBuilder::loadTenants()
{
    const int wanted = m_options.pods - m_pods;
    if (wanted < 20 || m_slots.empty())
        return;
    // A node takes tenants in proportion to its memory, so that a 1 GiB Pi gets few, and never more than the kubelet's
    // 110; what does not fit is not made.
    std::vector<std::size_t> seats;
    const double average = static_cast<double>(wanted) / static_cast<double>(m_slots.size());
    for (std::size_t i = 0; i < m_slots.size(); ++i) {
        const Slot &slot = m_slots[i];
        if (slot.plan.role == NodePlan::Role::ControlPlane)
            continue;
        const int byMemory = static_cast<int>(slot.memoryFree / (32LL << 20));
        const int room = std::min({slot.podLimit - slot.pods, byMemory, static_cast<int>(average * 2.2) + 8});
        seats.insert(seats.end(), static_cast<std::size_t>(std::max(0, room)), i);
    }
    for (std::size_t i = seats.size(); i > 1; --i)
        std::swap(seats[i - 1], seats[m_random.next() % i]);

    const int tenants = std::max(1, std::max(static_cast<int>(m_slots.size()) / 10, wanted / 2000));
    const QDateTime born = daysAgo(30);
    std::vector<Shapes> shapes;
    for (const App &app : Archetypes)
        shapes.push_back(shapesOf(app, born));
    for (int i = 1; i <= tenants; ++i)
        loadNamespaceBasics(u"tenant-%1"_s.arg(i, 3, 10, QLatin1Char('0')));

    int left = wanted;
    std::size_t seat = 0;
    for (int number = 0; left > 0 && seat < seats.size(); ++number) {
        const Shapes &shape = shapes[static_cast<std::size_t>(m_random.below(static_cast<int>(shapes.size())))];
        const QByteArray ns = "tenant-" + QByteArray::number(number % tenants + 1).rightJustified(3, '0');
        const QByteArray app = QByteArray(AppNames[m_random.below(10)]) + '-' + QByteArray::number(number / tenants);
        const int replicas = std::min({left, m_random.between(8, 32), static_cast<int>(seats.size() - seat)});
        const QByteArray key = ns + '/' + app;
        const auto id = [&](const char *kind) {
            return uuidOf(QString::fromLatin1(kind + key), m_options.seed).toLatin1();
        };
        const QByteArray hash = m_random.suffix(10).toLatin1();
        const QByteArray count = QByteArray::number(replicas);
        const QByteArray ip = clusterIp().toLatin1();
        const QByteArray ids[4] = {id("d/"), id("r/"), id("s/"), id("e/")};
        std::array<QByteArrayView, 10> values{app, ns, ids[0], ids[1], ids[2], ids[3], hash, count, ip, {}};
        const auto loadShape = [&](TypeId type, const ByteTemplate &text) {
            QByteArray json = m_store.begin(type);
            text.append(json, values);
            m_store.load(type, std::move(json));
        };
        loadShape(kind::Deployment, shape.deployment);
        loadShape(kind::ReplicaSet, shape.replicaSet);
        loadShape(kind::Service, shape.service);
        const Workload workload{shape.pod, ns, app + '-' + hash, ids[1], hash, false, shape.requests};
        QByteArray endpoints;
        const QDateTime created = daysAgo(25 * m_random.unit());
        for (int i = 0; i < replicas; ++i) {
            const QByteArray name = workload.owner + '-' + m_random.suffix(5).toLatin1();
            const Endpoint endpoint = loadPod(workload, name, m_slots[seats[seat++]], created.addSecs(i), {}, app);
            endpoints += (endpoints.isEmpty() ? QByteArray() : QByteArray(",")) + endpointJson(endpoint, ns);
        }
        values[9] = endpoints;
        loadShape(kind::EndpointSlice, shape.slice);
        left -= replicas;
        if (number % 25 == 0) {
            m_recent.append({{u"apiVersion"_s, u"apps/v1"_s}, {u"kind"_s, u"Deployment"_s},
                {u"metadata"_s,
                    QJsonObject{{u"name"_s, QString::fromLatin1(app)}, {u"namespace"_s, QString::fromLatin1(ns)},
                        {u"uid"_s, QString::fromLatin1(ids[0])}}},
                {u"spec"_s, QJsonObject{{u"replicas"_s, replicas}}}});
        }
    }
}

} // namespace kdra::demo
