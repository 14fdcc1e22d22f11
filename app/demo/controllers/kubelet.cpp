// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/controllers/kubelet.h"

#include "demo/objects/node.h"

using namespace Qt::StringLiterals;

namespace kdra::demo {

void Kubelet::start()
{
    for (const ObjectPtr &pod : store().list(kind::Pod)) {
        if (pod->terminating || (!nodeOf(store(), *pod).isEmpty() && phaseOf(store(), *pod) == "Pending"))
            enqueue(keyOf(*pod));
    }
}

void Kubelet::observe(const Change &change)
{
    if (change.type == kind::Node && change.kind != Change::Kind::Modified)
        m_hosts.remove(change.now->name);
    if (change.type != kind::Pod)
        return;
    if (change.kind == Change::Kind::Deleted) {
        m_runs.remove(change.now->uid);
        m_stopping.remove(change.now->uid);
        return;
    }
    const bool bound = !nodeOf(store(), *change.now).isEmpty();
    const bool boundNow = bound && (!change.old || nodeOf(store(), *change.old).isEmpty());
    if (boundNow || (bound && change.now->terminating && !m_stopping.contains(change.now->uid)))
        enqueue(keyOf(*change.now));
}

void Kubelet::setSilent(const QByteArray &node, bool silent)
{
    if (silent) {
        m_silent.insert(node);
        return;
    }
    m_silent.remove(node);
    // What came for it meanwhile.
    for (const auto keys = context().pods.podsOn(node); const QByteArray &key : keys) {
        const qsizetype slash = key.indexOf('/');
        const ObjectPtr pod = store().get(kind::Pod, key.left(slash), key.mid(slash + 1));
        if (pod && (pod->terminating || phaseOf(store(), *pod) == "Pending"))
            enqueue(keyOf(*pod));
    }
}

const Kubelet::Host &Kubelet::hostOf(const QByteArray &node)
{
    auto found = m_hosts.find(node);
    if (found != m_hosts.end())
        return *found;
    Host host;
    if (const ObjectPtr stored = store().get(kind::Node, {}, node)) {
        const QJsonObject object = stored->object();
        host.arch = textAt(object, u"status.nodeInfo.architecture");
        host.network = textAt(object, u"spec.podCIDR");
        for (const QJsonArray addresses = at(object, u"status.addresses").toArray();
            const QJsonValue &address : addresses) {
            if (textAt(address.toObject(), u"type") == "InternalIP"_L1)
                host.ip = textAt(address.toObject(), u"address");
        }
    }
    if (host.ip.isEmpty())
        host.ip = u"10.20.255.1"_s;
    if (host.network.isEmpty())
        host.network = u"10.99.0.0/24"_s;
    return *m_hosts.insert(node, host);
}

void Kubelet::reconcile(const Key &key)
{
    const ObjectPtr pod = store().get(key.type, key.ns, key.name);
    if (!pod)
        return;
    const QByteArray node = nodeOf(store(), *pod);
    if (isSilent(node))
        return;
    if (pod->terminating) {
        terminate(pod);
    } else if (!m_runs.contains(pod->uid) && phaseOf(store(), *pod) == "Pending") {
        if (Run *run = adopt(pod))
            begin(*run);
    }
}

Kubelet::Run *Kubelet::adopt(const ObjectPtr &pod)
{
    const auto known = m_runs.constFind(pod->uid);
    if (known != m_runs.cend())
        return known->get();
    const QJsonObject object = pod->object();
    const QJsonObject spec = object.value(u"spec"_s).toObject();
    auto run = std::make_shared<Run>();
    run->key = keyOf(*pod);
    run->uid = pod->uid;
    run->node = nodeOf(store(), *pod);
    run->hostNetwork = spec.value(u"hostNetwork"_s).toBool();
    run->restartPolicy = spec.value(u"restartPolicy"_s).toString(u"Always"_s);
    const QString arch = hostOf(run->node).arch;
    for (const auto &[list, statuses, init] : {std::tuple{u"initContainers"_s, u"initContainerStatuses"_s, true},
             std::tuple{u"containers"_s, u"containerStatuses"_s, false}}) {
        const QJsonArray current = at(object, QString(u"status."_s + statuses)).toArray();
        for (const QJsonArray values = spec.value(list).toArray(); const QJsonValue &value : values) {
            Container container;
            container.spec = value.toObject();
            container.init = init;
            container.behaviour = behaviourOf(container.spec, arch, init || run->restartPolicy != "Always"_L1);
            if (init && container.behaviour.kind == Behaviour::Kind::Exit)
                container.behaviour.milliseconds = std::min(container.behaviour.milliseconds, 800);
            container.report.reason = init ? u"PodInitializing"_s : u"ContainerCreating"_s;
            for (const QJsonValue &status : current) {
                if (textAt(status.toObject(), u"name") != textAt(container.spec, u"name"))
                    continue;
                ContainerReport &report = container.report;
                report.restarts = intAt(status.toObject(), u"restartCount");
                report.ready = status.toObject().value(u"ready"_s).toBool();
                report.lastState = status.toObject().value(u"lastState"_s).toObject();
                const QString since = textAt(status.toObject(), u"state.running.startedAt");
                const QJsonObject ended = at(status.toObject(), u"state.terminated").toObject();
                if (!since.isEmpty()) {
                    report.state = ContainerReport::State::Running;
                    report.started = true;
                    report.startedAt = parseTimestamp(since);
                } else if (!ended.isEmpty()) {
                    report.state = ContainerReport::State::Terminated;
                    report.exitCode = intAt(ended, u"exitCode");
                    report.reason = textAt(ended, u"reason");
                    report.startedAt = parseTimestamp(textAt(ended, u"startedAt"));
                    report.finishedAt = parseTimestamp(textAt(ended, u"finishedAt"));
                }
            }
            run->containers.push_back(std::move(container));
        }
    }
    return m_runs.insert(pod->uid, run)->get();
}

void Kubelet::later(const Run &run, int milliseconds, Step step)
{
    context().timeline.after(milliseconds, [this, uid = run.uid, epoch = run.epoch, step = std::move(step)] {
        const std::shared_ptr<Run> found = m_runs.value(uid);
        if (!found || found->epoch != epoch || m_stopping.contains(uid))
            return;
        if (isSilent(found->node))
            later(*found, 1000, step);
        else
            step(*found);
    });
}

void Kubelet::publish(Run &run)
{
    const Host host = hostOf(run.node);
    const QString podIp = run.hostNetwork ? host.ip : podAddress(host.network, QString::fromLatin1(run.uid));
    const bool sandbox = std::ranges::any_of(run.containers, [](const Container &container) {
        return container.report.state != ContainerReport::State::Waiting || !container.report.lastState.isEmpty();
    });
    (void)store().modify(kind::Pod, run.key.ns, run.key.name, [&](QJsonObject &pod) {
        QJsonArray init;
        QJsonArray main;
        for (const Container &container : run.containers)
            (container.init ? init : main)
                .append(containerStatus(container.spec, QString::fromLatin1(run.uid), container.report));
        if (!init.isEmpty())
            put(pod, u"status.initContainerStatuses", init);
        put(pod, u"status.containerStatuses", main);
        if (textAt(pod, u"status.startTime").isEmpty())
            put(pod, u"status.startTime", timestamp(now()));
        summarisePod(pod, host.ip, sandbox ? podIp : QString(), now());
        setPodManagedFields(pod, parseTimestamp(textAt(pod, u"metadata.creationTimestamp")), now());
    });
}

void Kubelet::settle(const QByteArray &uid)
{
    const std::shared_ptr<Run> run = m_runs.value(uid);
    const bool atRest = run && std::ranges::all_of(run->containers, [](const Container &container) {
        const ContainerReport &report = container.report;
        return (report.state == ContainerReport::State::Running && report.ready
                   && container.behaviour.kind == Behaviour::Kind::Serve)
            || (report.state == ContainerReport::State::Terminated && (container.init || report.exitCode == 0));
    });
    if (atRest)
        m_runs.remove(uid);
}

void Kubelet::record(const Run &run, const QString &type, const QString &reason, const QString &message)
{
    const QJsonObject pod{{u"apiVersion"_s, u"v1"_s}, {u"kind"_s, u"Pod"_s},
        {u"metadata"_s,
            QJsonObject{{u"name"_s, QString::fromUtf8(run.key.name)}, {u"namespace"_s, QString::fromUtf8(run.key.ns)},
                {u"uid"_s, QString::fromLatin1(run.uid)}}}};
    context().events.record(pod,
        {.type = type,
            .reason = reason,
            .message = message,
            .component = u"kubelet"_s,
            .host = QString::fromUtf8(run.node)});
}

void Kubelet::terminate(const ObjectPtr &pod)
{
    if (m_stopping.contains(pod->uid))
        return;
    const QJsonObject object = pod->object();
    const int grace = intAt(object, u"metadata.deletionGracePeriodSeconds", 30);
    m_stopping.insert(pod->uid);
    Run *run = adopt(pod);
    for (const Container &container : run->containers) {
        if (container.report.state == ContainerReport::State::Running)
            record(*run, u"Normal"_s, u"Killing"_s, u"Stopping container "_s + textAt(container.spec, u"name"));
    }
    // Most processes end soon after SIGTERM, and well before they are killed.
    context().timeline.after(std::min(grace * 1000, 1200), [this, uid = pod->uid] {
        if (const ObjectPtr stopped = store().byUid(uid)) {
            const bool finalized = at(stopped->object(), u"metadata.finalizers").toArray().isEmpty();
            if (finalized)
                store().remove(kind::Pod, stopped->ns, stopped->name);
        }
        m_stopping.remove(uid);
        m_runs.remove(uid);
    });
}

void Kubelet::fail(const QByteArray &ns, const QByteArray &name, int exitCode, const Behaviour &next)
{
    const ObjectPtr pod = store().get(kind::Pod, ns, name);
    if (!pod || pod->terminating || nodeOf(store(), *pod).isEmpty())
        return;
    Run *run = adopt(pod);
    ++run->epoch;
    for (std::size_t i = 0; i < run->containers.size(); ++i) {
        if (run->containers[i].init)
            continue;
        run->containers[i].behaviour = next;
        containerExited(*run, i, exitCode);
        return;
    }
}

void Kubelet::recover(const QByteArray &ns, const QByteArray &name)
{
    const ObjectPtr pod = store().get(kind::Pod, ns, name);
    if (!pod || pod->terminating || nodeOf(store(), *pod).isEmpty())
        return;
    Run *run = adopt(pod);
    ++run->epoch;
    for (std::size_t i = 0; i < run->containers.size(); ++i) {
        Container &container = run->containers[i];
        if (container.init || (container.report.state == ContainerReport::State::Running && container.report.ready))
            continue;
        container.behaviour = {};
        container.failures = 0;
        ++container.report.restarts;
        startContainer(*run, i);
    }
}

} // namespace kdra::demo
