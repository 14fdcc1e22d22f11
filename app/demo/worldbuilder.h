// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo/democluster.h"
#include "demo/objects/endpointslice.h"
#include "demo/objects/node.h"
#include "demo/objects/pod.h"
#include "demo/objects/random.h"
#include "demo/objectstore.h"
#include "demo/worldapps.h"
#include "demo/worldpods.h"

namespace kdra::demo {

// Makes the cluster as it stands when a client first looks: some weeks old and, but for the story, well.
class WorldBuilder {
public:
    WorldBuilder(ObjectStore &store, const DemoOptions &options, const QDateTime &now);
    void build();

private:
    struct Slot {
        NodePlan plan;
        QByteArray name, uid, hostIp, network, zone;
        qint64 cpuFree = 0; // thousandths of a core
        qint64 memoryFree = 0; // bytes
        int pods = 0;
        int podLimit = 110;
    };
    struct Placed {
        QList<Endpoint> endpoints;
        QList<std::size_t> slots;
    };
    // One workload's pods: how they look and who owns them.
    struct Workload {
        PodShape shape;
        QByteArray ns, owner, ownerUid, hash;
        bool hostNetwork = false;
        PodRequests requests;
    };

    // worldfleet.cpp
    void planFleet();
    void loadNodes();
    void loadNamespaces();
    void loadControlPlane();
    void loadNamespaceBasics(const QString &ns);
    // worldworkloads.cpp
    void loadApp(const App &app);
    Placed loadDeployment(const App &app, const Meta &meta);
    Placed loadStatefulSet(const App &app, const Meta &meta);
    Placed loadDaemonSet(const App &app, const Meta &meta);
    void loadCronJob(const App &app, const Meta &meta);
    // worldextras.cpp
    void loadExposure(const App &app, const Meta &meta, const Placed &placed);
    void loadConfiguration(const App &app, const Meta &meta);
    void loadClusterWide();
    void loadEvents();
    // worldtenants.cpp
    void loadTenants();

    // The pod on a node; counts it. Its name must be set in `name`.
    Endpoint loadPod(const Workload &workload, const QByteArray &name, Slot &slot, const QDateTime &created,
        const QByteArray &ordinal = {}, const QByteArray &app = {});
    // The node with most room among those where an app may run; -1 when there is none.
    int pick(const App &app, const PodRequests &requests, const QList<std::size_t> &taken) const;
    bool admits(const App &app, const Slot &slot) const;

    void load(TypeId type, const QJsonObject &object);
    Meta meta(const QString &kind, const QString &ns, const QString &name, const QDateTime &created,
        const QJsonObject &labels = {}) const;
    QString uid(const QString &kind, const QString &ns, const QString &name) const;
    QDateTime daysAgo(double days) const { return m_now.addSecs(-static_cast<qint64>(days * 86400)); }
    QString clusterIp();

    ObjectStore &m_store;
    DemoOptions m_options;
    QDateTime m_now;
    Random m_random;
    std::vector<Slot> m_slots;
    int m_pods = 0;
    int m_services = 9;
    QList<QJsonObject> m_recent; // objects that the latest events are about
};

} // namespace kdra::demo
