// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/stringpool.h"
#include "store/kind.h"
#include "store/table.h"

#include <QByteArray>

#include <array>

// Compact records of Kubernetes objects: fixed size, trivially copied, strings by StringId (interned) or Text (in the
// chunk). They hold what lists, the canvas and severities need; the full object is fetched when somebody looks at it.
// Times are seconds since the Unix epoch (0: not set); memory is bytes; CPU is thousandths of a core.
namespace kdra::store {

// metadata.uid (a UUID) as 128 bits; other text is hashed.
struct Uid {
    quint64 high = 0;
    quint64 low = 0;
    bool isNull() const { return !high && !low; }
    bool operator==(const Uid &) const = default;
    static Uid parse(std::string_view text);
};
inline size_t qHash(const Uid &uid, size_t seed = 0) noexcept
{
    return static_cast<size_t>(uid.high ^ (uid.low * 0x9e3779b97f4a7c15)) ^ seed;
}

// How an object fares. The order is the order of badness, except Unknown, which says that nobody knows.
enum class Severity : quint8 { Healthy, Progressing, Warning, Failing, Unknown };

struct Meta {
    Uid uid;
    Uid owner; // metadata.ownerReferences[controller].uid
    quint64 resourceVersion = 0; // the number, or a hash of other text: for equality only
    Text name;
    StringId ns = StringId::Empty;
    StringId labels = StringId::Empty; // "key=value\n" lines sorted by key: one id per distinct set
    StringId ownerKind = StringId::Empty;
    quint32 created = 0;
    quint32 deleted = 0; // deletionTimestamp
    Severity severity = Severity::Unknown;
};

// core/v1 Node. Pressure and network conditions as bits, set when the condition is bad.
struct NodeRecord {
    enum Pressure : quint8 { Memory = 1, Disk = 2, Pid = 4, Network = 8 };
    enum class Ready : quint8 { False, True, Unknown };
    Meta meta;
    Ready ready = Ready::Unknown;
    quint8 pressures = 0;
    bool unschedulable = false;
    bool controlPlane = false; // node-role.kubernetes.io/control-plane or master
    quint16 taints = 0;
    quint16 podsAllocatable = 0;
    quint32 cpuMilliAllocatable = 0;
    quint64 memoryAllocatable = 0;
    quint32 cpuMilliCapacity = 0;
    quint64 memoryCapacity = 0;
    quint32 heartbeat = 0; // newest lastHeartbeatTime of the status conditions; see also LeaseRecord
    StringId architecture = StringId::Empty; // "arm64"
    StringId osImage = StringId::Empty;
    StringId kernel = StringId::Empty;
    StringId kubelet = StringId::Empty;
    StringId runtime = StringId::Empty;
    StringId zone = StringId::Empty; // topology.kubernetes.io/zone, else failure-domain.beta.kubernetes.io/zone
    StringId instanceType = StringId::Empty; // node.kubernetes.io/instance-type
    StringId board = StringId::Empty; // kdra.dev/board
    StringId readyReason = StringId::Empty;
    StringId problem = StringId::Empty; // type of a true condition that node-problem-detector sets: "UnderVoltage"
    Text readyMessage;
    Text address; // InternalIP
    Text problemMessage;
    Text taintList; // "key=value:Effect\n" or "key:Effect\n" lines, sorted
};

// core/v1 Pod.
struct PodRecord {
    enum class Phase : quint8 { Pending, Running, Succeeded, Failed, Unknown };
    Meta meta;
    Phase phase = Phase::Unknown;
    quint8 containers = 0;
    quint8 readyContainers = 0;
    bool ready = false; // the Ready condition
    quint32 restarts = 0; // of all containers
    quint32 cpuMilliRequested = 0;
    quint64 memoryRequested = 0;
    quint32 started = 0;
    quint32 lastRestart = 0; // newest lastState.terminated.finishedAt
    StringId node = StringId::Empty; // spec.nodeName
    StringId status = StringId::Empty; // what kubectl shows: "Running", "CrashLoopBackOff", "Init:0/1", "Terminating"
    StringId image = StringId::Empty; // of the first container
    StringId container = StringId::Empty; // that explains the status, else the one that ended last
    StringId lastReason = StringId::Empty; // why that container ended last: "OOMKilled", "Error"; empty when never
    qint32 lastExitCode = 0;
    Text message; // the reason's message when there is one
    Text ip;
    Text claims; // comma separated names of the PersistentVolumeClaims that it mounts
};

struct NamespaceRecord {
    Meta meta;
    StringId phase = StringId::Empty; // Active, Terminating
};

// apps/v1 Deployment, ReplicaSet, StatefulSet, DaemonSet; batch Job and CronJob.
struct WorkloadRecord {
    Meta meta;
    quint32 desired = 0; // replicas, desiredNumberScheduled, completions
    quint32 current = 0; // replicas that exist; active jobs
    quint32 ready = 0;
    quint32 updated = 0;
    quint32 available = 0;
    quint32 succeeded = 0; // Job
    quint32 failed = 0; // Job
    quint32 lastScheduled = 0; // CronJob
    quint32 revision = 0; // annotation deployment.kubernetes.io/revision of a Deployment or ReplicaSet
    bool paused = false; // paused, suspend
    bool observed = true; // status.observedGeneration has caught up
    StringId selector = StringId::Empty; // matchLabels, as Meta::labels
    StringId image = StringId::Empty;
    StringId reason = StringId::Empty; // of the condition that explains the severity
    StringId schedule = StringId::Empty; // CronJob
    Text message;
};

struct ServiceRecord {
    Meta meta;
    StringId type = StringId::Empty; // ClusterIP, NodePort, LoadBalancer, ExternalName
    StringId selector = StringId::Empty; // as Meta::labels
    Text clusterIp;
    Text ports; // "80/TCP,443:30443/TCP"
};

struct EndpointSliceRecord {
    Meta meta;
    quint32 ready = 0;
    quint32 notReady = 0;
    Text service; // label kubernetes.io/service-name
};

struct IngressRecord {
    Meta meta;
    StringId ingressClass = StringId::Empty;
    Text hosts; // comma separated
    Text services; // comma separated backends
    Text address; // of status.loadBalancer
};

struct ClaimRecord {
    Meta meta;
    StringId phase = StringId::Empty; // Pending, Bound, Lost
    StringId storageClass = StringId::Empty;
    quint64 capacity = 0; // status.capacity.storage, else the request
    Text volume;
};

// autoscaling/v2, v2beta2 or v1 HorizontalPodAutoscaler.
struct AutoscalerRecord {
    Meta meta;
    StringId targetKind = StringId::Empty; // spec.scaleTargetRef
    quint32 minReplicas = 1;
    quint32 maxReplicas = 0;
    quint32 current = 0;
    quint32 desired = 0;
    StringId reason = StringId::Empty; // of the condition that explains the severity; v1 has none
    Text targetName;
    Text message;
};

// events.k8s.io/v1 or core/v1 Event.
struct EventRecord {
    Meta meta;
    Uid regardingUid;
    bool warning = false;
    quint32 count = 1;
    quint32 first = 0;
    quint32 last = 0;
    StringId reason = StringId::Empty;
    StringId regardingKind = StringId::Empty;
    StringId source = StringId::Empty; // reportingController or source.component
    Text regardingName;
    Text message;
};

// coordination.k8s.io Lease in kube-node-lease: the heartbeat of the node with the same name.
struct LeaseRecord {
    Meta meta;
    qint64 renewedMs = 0; // spec.renewTime, ms since the Unix epoch by the node's clock
    qint64 seenMs = 0; // when KDRA saw renewTime change, ms since the Unix epoch by our clock
    quint32 durationSeconds = 40;
};

// core/v1 ResourceQuota: status.hard (spec.hard until the quota controller has been there) and status.used.
struct QuotaRecord {
    // CPU in thousandths of a core, memory and storage in bytes, the others as numbers.
    enum Resource : quint8 { RequestsCpu, RequestsMemory, LimitsCpu, LimitsMemory, Pods, Claims, RequestsStorage };
    static constexpr size_t resourceCount = 7;
    Meta meta;
    bool scoped = false; // spec.scopes or spec.scopeSelector: counts some pods only
    quint8 present = 0; // a bit each, by Resource: is limited
    std::array<qint64, resourceCount> hard{};
    std::array<qint64, resourceCount> used{};

    bool has(Resource resource) const { return present >> resource & 1; }
};

// core/v1 LimitRange, what it says of containers. The server itself has put in the defaults that follow from others.
struct LimitRangeRecord {
    struct Amount { // 0: says nothing
        qint64 cpuMilli = 0;
        qint64 memory = 0;
    };
    Meta meta;
    Amount defaultRequest;
    Amount defaultLimit; // `default`
    Amount max;
    Amount min;
};

// core/v1 ConfigMap with the label applyset.kubernetes.io/id. JSON objects of strings as the server sent them.
struct ApplySetRecord {
    static constexpr size_t mostData = 256 * 1024; // bytes of JSON
    Meta meta;
    bool dataLeftOut = false; // more than mostData: to be fetched
    Text annotations; // metadata.annotations, without kubectl's last-applied-configuration; empty when there are none
    Text data;
};

// core/v1 ConfigMap with the label kdra.dev/template=true: the content is fetched by whoever needs it.
struct SharedTemplateRecord {
    Meta meta;
};

template <Kind> struct RecordOf {
    using Type = WorkloadRecord;
};
template <> struct RecordOf<Kind::Node> {
    using Type = NodeRecord;
};
template <> struct RecordOf<Kind::Pod> {
    using Type = PodRecord;
};
template <> struct RecordOf<Kind::Namespace> {
    using Type = NamespaceRecord;
};
template <> struct RecordOf<Kind::Service> {
    using Type = ServiceRecord;
};
template <> struct RecordOf<Kind::EndpointSlice> {
    using Type = EndpointSliceRecord;
};
template <> struct RecordOf<Kind::Ingress> {
    using Type = IngressRecord;
};
template <> struct RecordOf<Kind::PersistentVolumeClaim> {
    using Type = ClaimRecord;
};
template <> struct RecordOf<Kind::HorizontalPodAutoscaler> {
    using Type = AutoscalerRecord;
};
template <> struct RecordOf<Kind::Event> {
    using Type = EventRecord;
};
template <> struct RecordOf<Kind::Lease> {
    using Type = LeaseRecord;
};
template <> struct RecordOf<Kind::ResourceQuota> {
    using Type = QuotaRecord;
};
template <> struct RecordOf<Kind::LimitRange> {
    using Type = LimitRangeRecord;
};
template <> struct RecordOf<Kind::ApplySet> {
    using Type = ApplySetRecord;
};
template <> struct RecordOf<Kind::SharedTemplate> {
    using Type = SharedTemplateRecord;
};

} // namespace kdra::store
