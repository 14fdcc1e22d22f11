// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/world.h"

#include "demo/objects/pod.h"
#include "demo/worldbuilder.h"

using namespace Qt::StringLiterals;

namespace kdra::demo {

void populate(ObjectStore &store, const DemoOptions &options)
{
    WorldBuilder(store, options, QDateTime::currentDateTimeUtc()).build();
}

WorldBuilder::WorldBuilder(ObjectStore &store, const DemoOptions &options, const QDateTime &now)
    : m_store(store)
    , m_options(options)
    , m_now(now)
    , m_random(mix(options.seed))
{
}

void WorldBuilder::build()
{
    loadNamespaces();
    loadClusterWide();
    if (!m_options.populate)
        return;
    planFleet();
    loadNodes();
    loadControlPlane();
    for (const App &app : apps())
        loadApp(app);
    loadTenants();
    loadEvents();
}

void WorldBuilder::load(TypeId type, const QJsonObject &object)
{
    m_store.load(type, m_store.begin(type) + loadable(object));
}

QString WorldBuilder::uid(const QString &kind, const QString &ns, const QString &name) const
{
    return uuidOf(QString(kind + u'/' + ns + u'/' + name), m_options.seed);
}

Meta WorldBuilder::meta(const QString &kind, const QString &ns, const QString &name, const QDateTime &created,
    const QJsonObject &labels) const
{
    return {.name = name,
        .ns = ns,
        .uid = uid(kind, ns, name),
        .created = created,
        .labels = labels,
        .annotations = {},
        .owners = {}};
}

QString WorldBuilder::clusterIp()
{
    ++m_services;
    return u"10.%1.%2.%3"_s.arg(96 + m_services / 62500).arg(m_services / 250 % 250).arg(m_services % 250 + 1);
}

Endpoint WorldBuilder::loadPod(const Workload &workload, const QByteArray &name, Slot &slot, const QDateTime &created,
    const QByteArray &ordinal, const QByteArray &app)
{
    const std::uint64_t id = m_random.next();
    const auto hex = [&](std::uint64_t salt) { return QByteArray::number(mix(id + salt), 16).rightJustified(16, '0'); };
    const QByteArray a = hex(1);
    const QByteArray b = hex(2);
    PodValues v;
    v.name = name;
    v.ns = workload.ns;
    v.owner = workload.owner;
    v.ownerUid = workload.ownerUid;
    v.hash = workload.hash;
    v.node = slot.name;
    v.hostIp = slot.hostIp;
    v.podIp = workload.hostNetwork
        ? slot.hostIp
        : QByteArray(slot.network.left(slot.network.lastIndexOf('.') + 1) + QByteArray::number(slot.pods + 2));
    v.uid = a.left(8) + '-' + a.mid(8, 4) + "-4" + a.mid(13, 3) + "-a" + b.left(3) + '-' + b.mid(3, 12);
    v.containerId = (hex(3) + hex(4) + hex(5) + hex(6)).left(56);
    v.token = m_random.suffix(5).toLatin1();
    v.ordinal = ordinal;
    v.app = app;
    const int startUp = 1 + static_cast<int>(id % 4);
    v.created = timestamp(created).toLatin1();
    v.started = timestamp(created.addSecs(startUp)).toLatin1();
    v.reported = timestamp(created.addSecs(startUp + 7)).toLatin1();
    QByteArray json = m_store.begin(kind::Pod);
    workload.shape.append(json, v);
    m_store.load(kind::Pod, std::move(json));
    ++m_pods;
    ++slot.pods;
    slot.cpuFree -= workload.requests.cpuMilli;
    slot.memoryFree -= workload.requests.memoryBytes;
    return {.ip = QString::fromLatin1(v.podIp),
        .pod = QString::fromLatin1(name),
        .podUid = QString::fromLatin1(v.uid),
        .node = QString::fromLatin1(slot.name),
        .zone = slot.plan.zone};
}

bool WorldBuilder::admits(const App &app, const Slot &slot) const
{
    const QLatin1StringView place(app.place);
    switch (slot.plan.role) {
    case NodePlan::Role::ControlPlane:
        return place == "all"_L1 || place == "control-plane"_L1;
    case NodePlan::Role::Worker:
        return place == "all"_L1 || place == "any"_L1 || place == "rack"_L1;
    case NodePlan::Role::Pi:
        return place == "all"_L1 || place == "any"_L1 || place == "edge"_L1;
    }
    return false;
}

int WorldBuilder::pick(const App &app, const PodRequests &requests, const QList<std::size_t> &taken) const
{
    int best = -1;
    qint64 bestScore = -1;
    for (std::size_t i = 0; i < m_slots.size(); ++i) {
        const Slot &slot = m_slots[i];
        if (!admits(app, slot) || slot.pods >= slot.podLimit || slot.cpuFree < requests.cpuMilli
            || slot.memoryFree < requests.memoryBytes)
            continue;
        // Least allocated of the nodes that do not have one yet, alternating between the sites.
        qint64 zoneMates = 0;
        for (const std::size_t other : taken)
            zoneMates += m_slots[other].plan.zone == slot.plan.zone ? 1 : 0;
        const qint64 score = slot.cpuFree * 4 + slot.memoryFree / (1024 * 1024)
            + (taken.contains(i) ? 0 : 1'000'000'000) + 10'000'000 * (20 - std::min<qint64>(zoneMates, 20));
        if (score > bestScore) {
            bestScore = score;
            best = static_cast<int>(i);
        }
    }
    return best;
}

} // namespace kdra::demo
