// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/controllers/controllers.h"

#include "demo/controllers/cronjob.h"
#include "demo/controllers/daemonset.h"
#include "demo/controllers/deployment.h"
#include "demo/controllers/disruption.h"
#include "demo/controllers/endpointslices.h"
#include "demo/controllers/job.h"
#include "demo/controllers/kubelet.h"
#include "demo/controllers/namespaces.h"
#include "demo/controllers/nodeheartbeats.h"
#include "demo/controllers/replicaset.h"
#include "demo/controllers/scheduler.h"
#include "demo/controllers/statefulset.h"
#include "demo/controllers/volumebinder.h"

namespace kdra::demo {

Controllers::Controllers(ObjectStore &store, const DemoOptions &options, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_random(mix(options.seed + 77))
    , m_events(store)
    , m_pods(store)
    , m_context{store, m_events, m_pods, m_timeline, m_random}
    , m_kubelet(new Kubelet(m_context, this))
    , m_heartbeats(new NodeHeartbeats(m_context, *m_kubelet, this))
    , m_lifecycle(new NodeLifecycle(m_context, this))
{
    m_controllers = {new NamespaceController(m_context, this), new DeploymentController(m_context, this),
        new ReplicaSetController(m_context, this), new StatefulSetController(m_context, this),
        new DaemonSetController(m_context, this), new JobController(m_context, this),
        new CronJobController(m_context, this), new EndpointSliceController(m_context, this),
        new DisruptionController(m_context, this), new VolumeBinder(m_context, this), new Scheduler(m_context, this),
        m_kubelet};
}

Controllers::~Controllers()
{
    disconnect(&m_store, nullptr, this, nullptr);
    m_timeline.clear();
}

void Controllers::start()
{
    connect(&m_store, &ObjectStore::changed, this, &Controllers::observe);
    for (Controller *controller : std::as_const(m_controllers))
        controller->start();
    m_heartbeats->start();
    m_lifecycle->start();
}

void Controllers::observe(const Change &change)
{
    m_pods.observe(change);
    if (change.type == kind::Event)
        return;
    m_lifecycle->observe(change);
    if (change.type == kind::Lease)
        return;
    for (Controller *controller : std::as_const(m_controllers))
        controller->observe(change);
}

} // namespace kdra::demo
