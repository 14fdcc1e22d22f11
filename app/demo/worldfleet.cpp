// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/objects/pod.h"
#include "demo/objects/workload.h"
#include "demo/worldbuilder.h"

#include "base/quantity.h"

using namespace Qt::StringLiterals;

namespace kdra::demo {
namespace {

// The sixteen Pis of the default demo; larger fleets repeat the pattern.
constexpr BoardId PiBoards[16] = {BoardId::Pi4B4, BoardId::Pi4B8, BoardId::Pi3BPlus, BoardId::Pi5x8, BoardId::Pi4B4,
    BoardId::Pi4B8, BoardId::Pi5x16, BoardId::Pi3BPlus, BoardId::Pi4B4, BoardId::Pi5x8, BoardId::Pi4B8, BoardId::Pi4B4,
    BoardId::Pi3BPlus, BoardId::Pi5x8, BoardId::Pi4B4, BoardId::Pi5x16};
constexpr const char *Regions[3] = {"berlin", "hamburg", "leipzig"};

QString siteName(int site)
{
    return site < 26 ? u"site-"_s + QChar(u'a' + site) : u"site-%1"_s.arg(site + 1);
}

} // namespace

void WorldBuilder::planFleet()
{
    const int pis = std::clamp(m_options.pis, 0, std::max(0, m_options.nodes));
    const int servers = m_options.nodes - pis;
    const int controlPlane = servers >= 5 ? 3 : std::min(servers, 1);
    // One site for every sixty Pis, at least the default demo's three.
    const int sites = std::max(3, pis / 60);
    const auto add = [this](NodePlan plan) {
        plan.index = static_cast<int>(m_slots.size());
        const Board &board = boardOf(plan.board);
        const bool pi = plan.role == NodePlan::Role::Pi;
        Slot slot;
        slot.name = plan.name.toLatin1();
        slot.hostIp = hostAddress(plan.index).toLatin1();
        slot.network = podNetwork(plan.index).toLatin1();
        slot.cpuFree = pi ? 3800 : board.cores * 1000 - 500;
        slot.memoryFree = (board.memoryKi - (pi ? 131072 : 1048576)) * 1024;
        slot.plan = plan;
        m_slots.push_back(std::move(slot));
    };
    for (int i = 1; i <= controlPlane; ++i)
        add({u"cp-%1"_s.arg(i), NodePlan::Role::ControlPlane, BoardId::ControlPlane, u"berlin-rack"_s, u"berlin"_s});
    for (int i = 1; i <= servers - controlPlane; ++i)
        add({u"rack-%1"_s.arg(i), NodePlan::Role::Worker, BoardId::Server,
            i <= 200 ? u"berlin-rack"_s : u"berlin-rack-%1"_s.arg((i - 1) / 200 + 1), u"berlin"_s});
    for (int i = 1; i <= pis; ++i) {
        // Default: site-a has 1 to 6, site-b 7 to 11, site-c 12 to 16.
        const int site = pis == 16 ? (i <= 6 ? 0 : i <= 11 ? 1 : 2) : (i - 1) * sites / pis;
        add({u"pi-%1"_s.arg(i, 3, 10, QLatin1Char('0')), NodePlan::Role::Pi, PiBoards[(i - 1) % 16], siteName(site),
            QString::fromLatin1(Regions[site % 3])});
    }
}

void WorldBuilder::loadNodes()
{
    // Nodes and leases that differ in name and address only are filled from one of their kind.
    constexpr std::array<QByteArrayView, 8> Names{"name", "ip", "net", "uid", "machine", "boot", "system", "renewed"};
    const QString sample = u"NODENAME"_s;
    QHash<QString, ByteTemplate> shapes;
    QByteArray leaseText = loadable(leaseObject(sample, u"$uid"_s, daysAgo(40), m_now, m_options.seed));
    leaseText.replace(uuidOf(u"lease/NODENAME", m_options.seed).toLatin1(), "$machine");
    leaseText.replace(microTimestamp(m_now).toLatin1(), "$renewed").replace("NODENAME", "$name");
    const ByteTemplate leaseShape(leaseText, Names);
    for (Slot &slot : m_slots) {
        const QString kindOfNode = u"%1/%2/%3"_s.arg(static_cast<int>(slot.plan.board))
                                       .arg(slot.plan.zone)
                                       .arg(static_cast<int>(slot.plan.role));
        if (!shapes.contains(kindOfNode)) {
            NodePlan plan = slot.plan;
            plan.name = sample;
            plan.index = 0;
            QByteArray text = loadable(
                nodeObject(plan, daysAgo(slot.plan.role == NodePlan::Role::Pi ? 38 : 121), m_now, m_options.seed));
            text.replace(uuidOf(u"node/NODENAME", m_options.seed).toLatin1(), "$uid");
            const QString machine = uuidOf(u"NODENAME/machine", m_options.seed);
            text.replace(QString(machine).remove(u'-').toLatin1(), "$machine");
            text.replace(uuidOf(u"NODENAME/boot", m_options.seed).toLatin1(), "$boot");
            text.replace(uuidOf(u"NODENAME/system", m_options.seed).toLatin1(), "$system");
            text.replace('"' + hostAddress(0).toLatin1() + '"', "\"$ip\"");
            text.replace(podNetwork(0).toLatin1(), "$net").replace("NODENAME", "$name");
            shapes.insert(kindOfNode, ByteTemplate(text, Names));
        }
        slot.uid = uuidOf(QString(u"node/"_s + slot.plan.name), m_options.seed).toLatin1();
        const QByteArray machine =
            uuidOf(QString(slot.plan.name + u"/machine"_s), m_options.seed).remove(u'-').toLatin1();
        const QByteArray boot = uuidOf(QString(slot.plan.name + u"/boot"_s), m_options.seed).toLatin1();
        const QByteArray system = uuidOf(QString(slot.plan.name + u"/system"_s), m_options.seed).toLatin1();
        std::array<QByteArrayView, 8> values{slot.name, slot.hostIp, slot.network, slot.uid, machine, boot, system, {}};
        QByteArray json = m_store.begin(kind::Node);
        shapes[kindOfNode].append(json, values);
        m_store.load(kind::Node, std::move(json));

        const QByteArray leaseUid = uuidOf(QString(u"lease/"_s + slot.plan.name), m_options.seed).toLatin1();
        const QByteArray renewed = microTimestamp(m_now.addMSecs(-m_random.below(9000))).toLatin1();
        values[4] = leaseUid;
        values[7] = renewed;
        QByteArray lease = m_store.begin(kind::Lease);
        leaseShape.append(lease, values);
        m_store.load(kind::Lease, std::move(lease));
    }
}

void WorldBuilder::loadControlPlane()
{
    struct Component {
        const char *name;
        const char *image;
        int port;
        const char *cpu;
        const char *memory;
    };
    constexpr Component Components[] = {
        {"etcd", "registry.example.com/k8s/etcd:3.6.5-0", 2381, "100m", "100Mi"},
        {"kube-apiserver", "registry.example.com/k8s/kube-apiserver:v1.36.2", 6443, "250m", "512Mi"},
        {"kube-controller-manager", "registry.example.com/k8s/kube-controller-manager:v1.36.2", 10257, "200m", "128Mi"},
        {"kube-scheduler", "registry.example.com/k8s/kube-scheduler:v1.36.2", 10259, "100m", "64Mi"},
    };
    for (const Component &component : Components) {
        for (Slot &slot : m_slots) {
            if (slot.plan.role != NodePlan::Role::ControlPlane || m_pods >= m_options.pods)
                continue;
            const QString name = QString::fromLatin1(component.name);
            const QJsonObject podTemplate =
                fromText(R"({"spec":{"hostNetwork":true,"priorityClassName":"system-node-critical",
"priority":2000001000,"tolerations":[{"effect":"NoExecute","operator":"Exists"}],
"containers":[{"name":"$name","image":"$image","command":["$name"],
"resources":{"requests":{"cpu":"$cpu","memory":"$memory"}},
"livenessProbe":{"httpGet":{"host":"127.0.0.1","path":"/livez","port":$port,"scheme":"HTTPS"},"failureThreshold":8,"initialDelaySeconds":10,"timeoutSeconds":15},
"volumeMounts":[{"mountPath":"/etc/kubernetes/pki","name":"k8s-certs","readOnly":true}]}],
"volumes":[{"name":"k8s-certs","hostPath":{"path":"/etc/kubernetes/pki","type":"DirectoryOrCreate"}}]}})",
                    {{"name", name}, {"image", QString::fromLatin1(component.image)},
                        {"cpu", QString::fromLatin1(component.cpu)}, {"memory", QString::fromLatin1(component.memory)},
                        {"port", QString::number(component.port)}});
            Meta identity = meta(u"pod"_s, u"kube-system"_s, name + u'-' + slot.plan.name, daysAgo(121),
                {{u"component"_s, name}, {u"tier"_s, u"control-plane"_s}});
            const QString mirror = QString(identity.uid).remove(u'-');
            identity.annotations = {{u"kubernetes.io/config.hash"_s, mirror},
                {u"kubernetes.io/config.mirror"_s, mirror}, {u"kubernetes.io/config.source"_s, u"file"_s}};
            identity.owners = {QJsonObject{{u"apiVersion"_s, u"v1"_s}, {u"kind"_s, u"Node"_s},
                {u"name"_s, slot.plan.name}, {u"uid"_s, QString::fromLatin1(slot.uid)}, {u"controller"_s, true}}};
            QJsonObject pod = podFromTemplate(podTemplate, identity);
            bindPod(pod, slot.plan.name, daysAgo(121));
            runPod(pod, QString::fromLatin1(slot.hostIp), QString::fromLatin1(slot.hostIp), daysAgo(121));
            load(kind::Pod, pod);
            ++slot.pods;
            ++m_pods;
            slot.cpuFree -= requestsOf(pod.value(u"spec"_s).toObject()).cpuMilli;
        }
    }
}

void WorldBuilder::loadNamespaceBasics(const QString &ns)
{
    QJsonObject object = fromText(
        R"({"apiVersion":"v1","kind":"Namespace","spec":{"finalizers":["kubernetes"]},"status":{"phase":"Active"}})");
    object.insert(u"metadata"_s,
        metadata(meta(u"namespace"_s, {}, ns, daysAgo(ns.startsWith("kube-"_L1) ? 121 : 60),
            {{u"kubernetes.io/metadata.name"_s, ns}})));
    load(kind::Namespace, object);
    load(kind::ServiceAccount,
        {{u"apiVersion"_s, u"v1"_s}, {u"kind"_s, u"ServiceAccount"_s},
            {u"metadata"_s, metadata(meta(u"sa"_s, ns, u"default"_s, daysAgo(60)))}});
    load(kind::ConfigMap,
        {{u"apiVersion"_s, u"v1"_s}, {u"kind"_s, u"ConfigMap"_s},
            {u"metadata"_s, metadata(meta(u"cm"_s, ns, u"kube-root-ca.crt"_s, daysAgo(60)))},
            {u"data"_s,
                QJsonObject{{u"ca.crt"_s, u"-----BEGIN CERTIFICATE-----\nMIIDEMO\n-----END CERTIFICATE-----\n"_s}}}});
}

void WorldBuilder::loadNamespaces()
{
    const auto all = namespaces();
    for (const char *ns : m_options.populate ? all : all.first(4))
        loadNamespaceBasics(QString::fromLatin1(ns));
}

} // namespace kdra::demo
