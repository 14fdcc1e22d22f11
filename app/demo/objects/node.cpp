// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/objects/node.h"

#include "demo/objects/meta.h"
#include "demo/objects/random.h"

using namespace Qt::StringLiterals;

namespace kdra::demo {
namespace {

constexpr Board Boards[] = {
    {"", "rack-16c-64g", "amd64", 16, 65841208, "6.12.27-amd64", "Debian GNU/Linux 13 (trixie)"},
    {"", "rack-4c-16g", "amd64", 4, 16384512, "6.12.27-amd64", "Debian GNU/Linux 13 (trixie)"},
    {"Raspberry Pi 3 Model B Plus Rev 1.3", "raspberrypi-3b-plus", "arm64", 4, 929248, "6.12.25+rpt-rpi-v8",
        "Debian GNU/Linux 12 (bookworm)"},
    {"Raspberry Pi 4 Model B Rev 1.4", "raspberrypi-4b", "arm64", 4, 3886272, "6.12.25+rpt-rpi-v8",
        "Debian GNU/Linux 12 (bookworm)"},
    {"Raspberry Pi 4 Model B Rev 1.5", "raspberrypi-4b", "arm64", 4, 8123172, "6.12.25+rpt-rpi-v8",
        "Debian GNU/Linux 13 (trixie)"},
    {"Raspberry Pi 5 Model B Rev 1.0", "raspberrypi-5b", "arm64", 4, 8255984, "6.12.25+rpt-rpi-2712",
        "Debian GNU/Linux 13 (trixie)"},
    {"Raspberry Pi 5 Model B Rev 1.1", "raspberrypi-5b", "arm64", 4, 16609328, "6.12.25+rpt-rpi-2712",
        "Debian GNU/Linux 13 (trixie)"},
};

constexpr char NodeText[] = R"({"apiVersion":"v1","kind":"Node","metadata":{},
"spec":{"podCIDR":"$pods","podCIDRs":["$pods"],"providerID":"kdra://$zone/$name"},
"status":{
"addresses":[{"type":"InternalIP","address":"$ip"},{"type":"Hostname","address":"$name"}],
"capacity":{"cpu":"$cores","ephemeral-storage":"$disk","hugepages-2Mi":"0","memory":"$memory","pods":"110"},
"allocatable":{"cpu":"$allocCpu","ephemeral-storage":"$allocDisk","hugepages-2Mi":"0","memory":"$allocMemory","pods":"110"},
"conditions":[
{"type":"NetworkUnavailable","status":"False","lastHeartbeatTime":"$boot","lastTransitionTime":"$boot","reason":"CiliumIsUp","message":"Cilium is running on this node"},
{"type":"MemoryPressure","status":"False","lastHeartbeatTime":"$beat","lastTransitionTime":"$boot","reason":"KubeletHasSufficientMemory","message":"kubelet has sufficient memory available"},
{"type":"DiskPressure","status":"False","lastHeartbeatTime":"$beat","lastTransitionTime":"$boot","reason":"KubeletHasNoDiskPressure","message":"kubelet has no disk pressure"},
{"type":"PIDPressure","status":"False","lastHeartbeatTime":"$beat","lastTransitionTime":"$boot","reason":"KubeletHasSufficientPID","message":"kubelet has sufficient PID available"},
{"type":"Ready","status":"True","lastHeartbeatTime":"$beat","lastTransitionTime":"$boot","reason":"KubeletReady","message":"kubelet is posting ready status"}],
"daemonEndpoints":{"kubeletEndpoint":{"Port":10250}},
"features":{"supplementalGroupsPolicy":true},
"nodeInfo":{"architecture":"$arch","bootID":"$bootId","containerRuntimeVersion":"containerd://2.1.3","kernelVersion":"$kernel",
"kubeProxyVersion":"v1.36.2","kubeletVersion":"v1.36.2","machineID":"$machine","operatingSystem":"linux","osImage":"$os",
"swap":{"capacity":$swap},"systemUUID":"$uuid"},
"runtimeHandlers":[{"features":{"recursiveReadOnlyMounts":true,"userNamespaces":true},"name":""},{"features":{"recursiveReadOnlyMounts":true,"userNamespaces":true},"name":"runc"}]}})";

QJsonArray imagesOf(const NodePlan &plan)
{
    struct Image {
        const char *name;
        qint64 bytes;
        bool edge;
    };
    constexpr Image Images[] = {
        {"quay.io/cilium/cilium:v1.18.4", 274831360, true},
        {"registry.example.com/k8s/kube-proxy:v1.36.2", 29214720, true},
        {"quay.io/prometheus/node-exporter:v1.10.2", 12582912, true},
        {"registry.example.com/edge/sensor-bridge:2.7.1", 48230400, true},
        {"docker.io/library/eclipse-mosquitto:2.0.22", 9437184, true},
        {"docker.io/nodered/node-red:4.1.1", 183500800, true},
        {"registry.example.com/k8s/pause:3.10.1", 319488, true},
        {"registry.example.com/shop/web:5.12.0", 92274688, false},
        {"registry.example.com/shop/api:5.12.0", 141557760, false},
        {"docker.io/library/postgres:17.6", 158334976, false},
        {"docker.io/grafana/grafana:12.2.1", 204472320, false},
    };
    QJsonArray out;
    for (const Image &image : Images) {
        if (plan.role == NodePlan::Role::Pi && !image.edge)
            continue;
        const QString name = QString::fromLatin1(image.name);
        const QString repository = name.left(name.lastIndexOf(u':'));
        QString digest;
        for (int i = 0; i < 4; ++i)
            digest += u"%1"_s.arg(hashOf(name, static_cast<std::uint64_t>(i)), 16, 16, QLatin1Char('0'));
        out.append(QJsonObject{
            {u"names"_s, QJsonArray{repository + u"@sha256:"_s + digest, name}}, {u"sizeBytes"_s, image.bytes}});
    }
    return out;
}

QJsonObject labelsOf(const NodePlan &plan, const Board &board)
{
    const QString arch = QString::fromLatin1(board.arch);
    QJsonObject labels{{u"beta.kubernetes.io/arch"_s, arch}, {u"beta.kubernetes.io/os"_s, u"linux"_s},
        {u"kubernetes.io/arch"_s, arch}, {u"kubernetes.io/os"_s, u"linux"_s}, {u"kubernetes.io/hostname"_s, plan.name},
        {u"node.kubernetes.io/instance-type"_s, QString::fromLatin1(board.instanceType)},
        {u"topology.kubernetes.io/region"_s, plan.region}, {u"topology.kubernetes.io/zone"_s, plan.zone}};
    switch (plan.role) {
    case NodePlan::Role::ControlPlane:
        labels.insert(u"node-role.kubernetes.io/control-plane"_s, QString());
        break;
    case NodePlan::Role::Worker:
        labels.insert(u"node-role.kubernetes.io/worker"_s, QString());
        break;
    case NodePlan::Role::Pi:
        labels.insert(u"node-role.kubernetes.io/edge"_s, QString());
        // An own label that the pi-vitals DaemonSet sets from /proc/device-tree/model: label values allow no spaces.
        labels.insert(u"kdra.dev/board"_s, QString::fromLatin1(board.model).replace(u' ', u'-'));
        break;
    }
    return labels;
}

} // namespace

const Board &boardOf(BoardId id)
{
    return Boards[static_cast<int>(id)];
}

QString hostAddress(int index)
{
    return u"10.20.%1.%2"_s.arg(index / 250).arg(index % 250 + 2);
}

QString podNetwork(int index)
{
    return u"10.%1.%2.0/24"_s.arg(42 + index / 256).arg(index % 256);
}

QString podAddress(const QString &network, const QString &podUid)
{
    return network.left(network.lastIndexOf(u'.') + 1) + QString::number(2 + hashOf(podUid, 7) % 252);
}

QJsonObject nodeObject(const NodePlan &plan, const QDateTime &created, const QDateTime &now, std::uint64_t seed)
{
    const Board &board = boardOf(plan.board);
    const bool pi = plan.role == NodePlan::Role::Pi;
    const qint64 diskKi = pi ? 30466396 : 460389624;
    const qint64 reservedKi = pi ? 131072 : 1048576;
    const QString machine = uuidOf(plan.name + u"/machine"_s, seed);
    QJsonObject node = fromText(NodeText,
        {{"name", plan.name}, {"zone", plan.zone}, {"pods", podNetwork(plan.index)}, {"ip", hostAddress(plan.index)},
            {"cores", QString::number(board.cores)}, {"disk", u"%1Ki"_s.arg(diskKi)},
            {"memory", u"%1Ki"_s.arg(board.memoryKi)},
            {"allocCpu", pi ? u"3800m"_s : u"%1m"_s.arg(board.cores * 1000 - 500)},
            {"allocDisk", QString::number(diskKi * 1024 / 10 * 9)},
            {"allocMemory", u"%1Ki"_s.arg(board.memoryKi - reservedKi)}, {"boot", timestamp(created.addSecs(21))},
            {"beat", timestamp(now.addSecs(-static_cast<qint64>(hashOf(plan.name, seed) % 280)))},
            {"arch", QString::fromLatin1(board.arch)}, {"bootId", uuidOf(plan.name + u"/boot"_s, seed)},
            {"kernel", QString::fromLatin1(board.kernel)}, {"machine", QString(machine).remove(u'-')},
            {"os", QString::fromLatin1(board.osImage)}, {"swap", pi ? u"536866816"_s : u"0"_s},
            {"uuid", uuidOf(plan.name + u"/system"_s, seed)}});
    if (plan.role == NodePlan::Role::ControlPlane)
        put(node, u"spec.taints",
            arrayFromText(R"([{"key":"node-role.kubernetes.io/control-plane","effect":"NoSchedule"}])"));
    put(node, u"status.images", imagesOf(plan));
    QJsonObject annotations{{u"node.alpha.kubernetes.io/ttl"_s, u"0"_s},
        {u"volumes.kubernetes.io/controller-managed-attach-detach"_s, u"true"_s}};
    if (pi)
        annotations.insert(u"kdra.dev/board-model"_s, QString::fromLatin1(board.model));
    QJsonObject meta = metadata({.name = plan.name,
        .ns = {},
        .uid = uuidOf(u"node/"_s + plan.name, seed),
        .created = created,
        .labels = labelsOf(plan, board),
        .annotations = annotations,
        .owners = {}});
    const QJsonObject status = node.value(u"status"_s).toObject();
    const QJsonObject owned{{u"status"_s,
        QJsonObject{{u"allocatable"_s, status.value(u"allocatable"_s)}, {u"capacity"_s, status.value(u"capacity"_s)},
            {u"conditions"_s, status.value(u"conditions"_s)}, {u"images"_s, QString()},
            {u"nodeInfo"_s, status.value(u"nodeInfo"_s)}}}};
    const QJsonObject identity{{u"metadata"_s, QJsonObject{{u"labels"_s, meta.value(u"labels"_s)}}}};
    meta.insert(u"managedFields"_s,
        QJsonArray{managedFields(u"kubelet"_s, u"v1"_s, identity, created),
            managedFields(u"kubelet"_s, u"v1"_s, owned, now, u"status"_s)});
    node.insert(u"metadata"_s, meta);
    return node;
}

QJsonObject leaseObject(
    const QString &node, const QString &nodeUid, const QDateTime &created, const QDateTime &renewed, std::uint64_t seed)
{
    QJsonObject lease = fromText(R"({"apiVersion":"coordination.k8s.io/v1","kind":"Lease","metadata":{},
"spec":{"holderIdentity":"$node","leaseDurationSeconds":40,"renewTime":"$renewed"}})",
        {{"node", node}, {"renewed", microTimestamp(renewed)}});
    QJsonObject meta = metadata({.name = node,
        .ns = u"kube-node-lease"_s,
        .uid = uuidOf(u"lease/"_s + node, seed),
        .created = created,
        .labels = {},
        .annotations = {},
        .owners = {
            QJsonObject{{u"apiVersion"_s, u"v1"_s}, {u"kind"_s, u"Node"_s}, {u"name"_s, node}, {u"uid"_s, nodeUid}}}});
    meta.insert(u"managedFields"_s,
        QJsonArray{
            managedFields(u"kubelet"_s, u"coordination.k8s.io/v1"_s, {{u"spec"_s, lease.value(u"spec"_s)}}, renewed)});
    lease.insert(u"metadata"_s, meta);
    return lease;
}

} // namespace kdra::demo
