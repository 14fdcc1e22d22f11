// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/controllers/nodeheartbeats.h"

#include "demo/controllers/scheduling.h"
#include "demo/deletion.h"

using namespace Qt::StringLiterals;

namespace kdra::demo {
namespace {

constexpr char16_t Unreachable[] = u"node.kubernetes.io/unreachable";

QJsonArray withoutUnreachable(const QJsonObject &node)
{
    QJsonArray out;
    for (const QJsonArray taints = at(node, u"spec.taints").toArray(); const QJsonValue &taint : taints) {
        if (textAt(taint.toObject(), u"key") != QStringView(Unreachable))
            out.append(taint);
    }
    return out;
}

} // namespace

NodeLifecycle::NodeLifecycle(ControllerContext &context, QObject *parent)
    : QObject(parent)
    , m_context(context)
{
    m_clock.start();
    connect(&m_timer, &QTimer::timeout, this, &NodeLifecycle::check);
}

void NodeLifecycle::start()
{
    m_timer.start(std::clamp(m_graceSeconds * 1000 / 8, 100, 5000));
    for (const ObjectPtr &node : m_context.store.list(kind::Node))
        m_heard.insert(node->name, m_clock.elapsed());
}

void NodeLifecycle::setGrace(int unknownSeconds, int evictionSeconds)
{
    m_graceSeconds = unknownSeconds;
    m_evictionSeconds = evictionSeconds;
    m_timer.start(std::clamp(m_graceSeconds * 1000 / 8, 100, 5000));
}

void NodeLifecycle::observe(const Change &change)
{
    if (change.type == kind::Lease && change.kind != Change::Kind::Deleted && change.now->ns == "kube-node-lease") {
        m_heard.insert(change.now->name, m_clock.elapsed());
        if (m_unknown.contains(change.now->name))
            m_context.timeline.after(100, [this, node = change.now->name] { markReady(node); });
    } else if (change.type == kind::Node) {
        if (change.kind == Change::Kind::Added) {
            m_heard.insert(change.now->name, m_clock.elapsed());
        } else if (change.kind == Change::Kind::Deleted) {
            m_heard.remove(change.now->name);
            m_unknown.remove(change.now->name);
            m_context.timeline.after(1000, [this, node = change.now->name] {
                if (m_context.store.get(kind::Node, {}, node))
                    return;
                for (const auto keys = m_context.pods.podsOn(node); const QByteArray &key : keys) {
                    const qsizetype slash = key.indexOf('/');
                    m_context.store.remove(kind::Pod, key.left(slash), key.mid(slash + 1));
                }
                m_context.store.remove(kind::Lease, "kube-node-lease", node);
            });
        }
    }
}

void NodeLifecycle::check()
{
    const qint64 now = m_clock.elapsed();
    const QHash<QByteArray, qint64> heard = m_heard;
    for (auto it = heard.begin(); it != heard.end(); ++it) {
        if (now - it.value() < m_graceSeconds * 1000)
            continue;
        if (!m_unknown.contains(it.key()))
            markUnknown(it.key());
        else if (now - m_unknown.value(it.key()) >= m_evictionSeconds * 1000 && !m_evicted.contains(it.key()))
            evict(it.key());
    }
}

void NodeLifecycle::markUnknown(const QByteArray &node)
{
    m_unknown.insert(node, m_clock.elapsed());
    const QDateTime time = QDateTime::currentDateTimeUtc();
    const auto changed = m_context.store.modify(kind::Node, {}, node, [&](QJsonObject &object) {
        for (const QString &type : {u"MemoryPressure"_s, u"DiskPressure"_s, u"PIDPressure"_s, u"Ready"_s})
            setCondition(
                object, type, u"Unknown"_s, u"NodeStatusUnknown"_s, u"Kubelet stopped posting node status."_s, time);
        QJsonArray taints = withoutUnreachable(object);
        for (const QString &effect : {u"NoSchedule"_s, u"NoExecute"_s}) {
            taints.append(QJsonObject{{u"key"_s, QString(QStringView(Unreachable))}, {u"effect"_s, effect},
                {u"timeAdded"_s, timestamp(time)}});
        }
        put(object, u"spec.taints", taints);
    });
    if (!changed)
        return;
    m_context.events.record((*changed)->object(),
        {.type = u"Normal"_s,
            .reason = u"NodeNotReady"_s,
            .message = u"Node %1 status is now: NodeNotReady"_s.arg(QString::fromUtf8(node)),
            .component = u"node-controller"_s,
            .host = {}});
    setPodsReady(node, false);
}

void NodeLifecycle::markReady(const QByteArray &node)
{
    if (!m_unknown.remove(node))
        return;
    m_evicted.remove(node);
    const QDateTime time = QDateTime::currentDateTimeUtc();
    const auto changed = m_context.store.modify(kind::Node, {}, node, [&](QJsonObject &object) {
        setCondition(object, u"MemoryPressure"_s, u"False"_s, u"KubeletHasSufficientMemory"_s,
            u"kubelet has sufficient memory available"_s, time);
        setCondition(object, u"DiskPressure"_s, u"False"_s, u"KubeletHasNoDiskPressure"_s,
            u"kubelet has no disk pressure"_s, time);
        setCondition(object, u"PIDPressure"_s, u"False"_s, u"KubeletHasSufficientPID"_s,
            u"kubelet has sufficient PID available"_s, time);
        setCondition(object, u"Ready"_s, u"True"_s, u"KubeletReady"_s, u"kubelet is posting ready status"_s, time,
            {{u"lastHeartbeatTime"_s, timestamp(time)}});
        const QJsonArray taints = withoutUnreachable(object);
        put(object, u"spec.taints", taints.isEmpty() ? QJsonValue(QJsonValue::Undefined) : QJsonValue(taints));
    });
    if (!changed)
        return;
    m_context.events.record((*changed)->object(),
        {.type = u"Normal"_s,
            .reason = u"NodeReady"_s,
            .message = u"Node %1 status is now: NodeReady"_s.arg(QString::fromUtf8(node)),
            .component = u"kubelet"_s,
            .host = QString::fromUtf8(node)});
    setPodsReady(node, true);
}

void NodeLifecycle::setPodsReady(const QByteArray &node, bool ready)
{
    for (const auto keys = m_context.pods.podsOn(node); const QByteArray &key : keys) {
        const qsizetype slash = key.indexOf('/');
        (void)m_context.store.modify(kind::Pod, key.left(slash), key.mid(slash + 1), [&](QJsonObject &pod) {
            const QJsonObject condition = conditionOf(pod, u"Ready");
            const bool mine = textAt(condition, u"reason") == "NodeNotReady"_L1;
            if (textAt(pod, u"status.phase") != "Running"_L1
                || (ready ? !mine : textAt(condition, u"status") != "True"_L1))
                return;
            setCondition(pod, u"Ready"_s, ready ? u"True"_s : u"False"_s, ready ? QString() : u"NodeNotReady"_s, {},
                QDateTime::currentDateTimeUtc());
        });
    }
}

void NodeLifecycle::evict(const QByteArray &node)
{
    m_evicted.insert(node);
    const SchedulingNode tainted{.name = QString::fromUtf8(node),
        .labels = {},
        .taints = {QJsonObject{{u"key"_s, QString(QStringView(Unreachable))}, {u"effect"_s, u"NoExecute"_s}}}};
    for (const auto keys = m_context.pods.podsOn(node); const QByteArray &key : keys) {
        const qsizetype slash = key.indexOf('/');
        const ObjectPtr pod = m_context.store.get(kind::Pod, key.left(slash), key.mid(slash + 1));
        if (!pod || pod->terminating)
            continue;
        // Tolerating it for a time is what the admission gives everybody; only those that tolerate it for ever stay.
        const QJsonObject object = pod->object();
        QJsonObject spec = object.value(u"spec"_s).toObject();
        QJsonArray forever;
        for (const QJsonArray tolerations = spec.value(u"tolerations"_s).toArray();
            const QJsonValue &toleration : tolerations) {
            if (!toleration.toObject().contains(u"tolerationSeconds"_s))
                forever.append(toleration);
        }
        spec.insert(u"tolerations"_s, forever);
        if (untoleratedTaint(spec, tainted, {u"NoExecute"_s}).isEmpty())
            continue;
        m_context.events.record(object,
            {.type = u"Normal"_s,
                .reason = u"TaintManagerEviction"_s,
                .message = u"Marking for deletion Pod %1/%2"_s.arg(namespaceOf(object), nameOf(object)),
                .component = u"taint-eviction-controller"_s,
                .host = {}});
        (void)deleteObject(m_context.store, kind::Pod, pod->ns, pod->name);
    }
}

} // namespace kdra::demo
