// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/controllers/scheduler.h"

using namespace Qt::StringLiterals;

namespace kdra::demo {

void Scheduler::start()
{
    for (const ObjectPtr &pod : store().list(kind::Pod)) {
        if (nodeOf(store(), *pod).isEmpty())
            enqueue(keyOf(*pod));
    }
}

void Scheduler::loadNodes()
{
    if (m_loaded)
        return;
    m_loaded = true;
    for (const ObjectPtr &node : store().list(kind::Node))
        m_nodes.insert(node->name, schedulingNode(node->object()));
}

void Scheduler::observe(const Change &change)
{
    bool room = false;
    if (change.type == kind::Node) {
        room = true;
        if (m_loaded && change.kind == Change::Kind::Deleted)
            m_nodes.remove(change.now->name);
        else if (m_loaded)
            m_nodes.insert(change.now->name, schedulingNode(change.now->object()));
    } else if (change.type == kind::Pod) {
        room = change.kind == Change::Kind::Deleted;
        if (room)
            m_unschedulable.remove(keyOf(*change.now));
        else if (nodeOf(store(), *change.now).isEmpty() && change.kind == Change::Kind::Added)
            enqueue(keyOf(*change.now));
    }
    // Those that found no place try again when something made room.
    if (room && !m_retrying && !m_unschedulable.isEmpty()) {
        m_retrying = true;
        context().timeline.after(1000, [this] {
            m_retrying = false;
            for (const auto unschedulable = std::exchange(m_unschedulable, {}); const Key &key : unschedulable)
                enqueue(key);
        });
    }
}

// How much a node is to be avoided for the pods of the same owner on it and in its zone.
double Scheduler::spread(const SchedulingNode &node, const QHash<QString, int> &siblings)
{
    return siblings.value(node.labels.value(u"topology.kubernetes.io/zone"_s).toString()) * 2.0
        + siblings.value(u"node/"_s + node.name) * 5.0;
}

QString Scheduler::nodeOfVolumes(const QJsonObject &pod)
{
    for (const QJsonArray volumes = at(pod, u"spec.volumes").toArray(); const QJsonValue &volume : volumes) {
        const QString claim = textAt(volume.toObject(), u"persistentVolumeClaim.claimName");
        const ObjectPtr stored = claim.isEmpty()
            ? ObjectPtr()
            : store().get(kind::PersistentVolumeClaim, namespaceOf(pod).toUtf8(), claim.toUtf8());
        const QString name = stored ? textAt(stored->object(), u"spec.volumeName") : QString();
        const ObjectPtr bound = name.isEmpty() ? ObjectPtr() : store().get(kind::PersistentVolume, {}, name.toUtf8());
        if (!bound)
            continue;
        const QJsonArray terms = at(bound->object(), u"spec.nodeAffinity.required.nodeSelectorTerms").toArray();
        const QJsonArray expressions = at(terms.first().toObject(), u"matchExpressions").toArray();
        const QJsonArray values = expressions.first().toObject().value(u"values"_s).toArray();
        if (values.size() == 1)
            return values.first().toString();
    }
    return {};
}

void Scheduler::reconcile(const Key &key)
{
    const ObjectPtr stored = store().get(key.type, key.ns, key.name);
    if (!stored || stored->terminating || !nodeOf(store(), *stored).isEmpty())
        return;
    loadNodes();
    const QJsonObject pod = stored->object();
    const QJsonObject spec = pod.value(u"spec"_s).toObject();
    const QString scheduler = textAt(spec, u"schedulerName");
    if ((!scheduler.isEmpty() && scheduler != "default-scheduler"_L1)
        || !spec.value(u"schedulingGates"_s).toArray().isEmpty())
        return;
    const PodRequests requests = requestsOf(spec);
    QHash<QString, int> siblings;
    if (!stored->owners.empty()) {
        for (const ObjectPtr &sibling : podsOf(stored->owners.front())) {
            const QByteArray node = nodeOf(store(), *sibling);
            const auto found = m_nodes.constFind(node);
            if (found == m_nodes.cend())
                continue;
            ++siblings[u"node/"_s + found->name];
            ++siblings[found->labels.value(u"topology.kubernetes.io/zone"_s).toString()];
        }
    }
    const QString home = nodeOfVolumes(pod);
    QMap<QString, int> reasons;
    const SchedulingNode *best = nullptr;
    double bestScore = 0;
    for (const SchedulingNode &node : std::as_const(m_nodes)) {
        const PodIndex::Load load = context().pods.loadOf(node.name.toUtf8());
        QString reason = whyNot(spec, requests, node, load);
        if (reason.isEmpty() && !home.isEmpty() && node.name != home)
            reason = u"node(s) had volume node affinity conflict"_s;
        if (!reason.isEmpty()) {
            ++reasons[reason];
            continue;
        }
        const auto part = [](qint64 used, qint64 all) {
            return all > 0 ? static_cast<double>(used) / static_cast<double>(all) : 1;
        };
        const double score = -part(load.requests.cpuMilli, node.cpuMilli)
            - part(load.requests.memoryBytes, node.memoryBytes) - spread(node, siblings);
        if (!best || score > bestScore || (score == bestScore && node.name < best->name)) {
            best = &node;
            bestScore = score;
        }
    }
    if (!best) {
        m_unschedulable.insert(key);
        reportFailure(pod, reasons);
        return;
    }
    const QString chosen = best->name;
    (void)store().modify(key.type, key.ns, key.name, [&](QJsonObject &object) { bindPod(object, chosen, now()); });
    context().events.record(pod,
        {.type = u"Normal"_s,
            .reason = u"Scheduled"_s,
            .message = u"Successfully assigned %1/%2 to %3"_s.arg(namespaceOf(pod), nameOf(pod), chosen),
            .component = u"default-scheduler"_s,
            .host = {}});
}

void Scheduler::reportFailure(const QJsonObject &pod, const QMap<QString, int> &reasons)
{
    QStringList parts;
    for (auto it = reasons.begin(); it != reasons.end(); ++it)
        parts.append(u"%1 %2"_s.arg(it.value()).arg(it.key()));
    const QString message = m_nodes.isEmpty()
        ? u"no nodes available to schedule pods"_s
        : u"0/%1 nodes are available: %2. preemption: 0/%1 nodes are available: %1 Preemption is not helpful for scheduling."_s
              .arg(m_nodes.size())
              .arg(parts.join(u", "_s));
    (void)store().modify(kind::Pod, namespaceOf(pod).toUtf8(), nameOf(pod).toUtf8(), [&](QJsonObject &object) {
        setCondition(object, u"PodScheduled"_s, u"False"_s, u"Unschedulable"_s, message, now());
    });
    context().events.record(pod,
        {.type = u"Warning"_s,
            .reason = u"FailedScheduling"_s,
            .message = message,
            .component = u"default-scheduler"_s,
            .host = {}});
}

} // namespace kdra::demo
