// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/controllers/nodeheartbeats.h"

#include "demo/controllers/kubelet.h"
#include "demo/objects/node.h"

using namespace Qt::StringLiterals;

namespace kdra::demo {
namespace {

constexpr int Slots = 20; // half a second each

} // namespace

NodeHeartbeats::NodeHeartbeats(ControllerContext &context, const Kubelet &kubelet, QObject *parent)
    : QObject(parent)
    , m_context(context)
    , m_kubelet(kubelet)
{
    connect(&m_timer, &QTimer::timeout, this, &NodeHeartbeats::renewSome);
}

void NodeHeartbeats::start()
{
    m_timer.start(10000 / Slots);
}

void NodeHeartbeats::renewSome()
{
    m_slot = (m_slot + 1) % Slots;
    for (const ObjectPtr &node : m_context.store.list(kind::Node)) {
        // The default demo's two dozen nodes share a few slots only: fewer wake-ups for whoever watches.
        if (static_cast<int>(qHash(node->name, 17) % Slots) == m_slot && !m_kubelet.isSilent(node->name))
            renew(node->name);
    }
}

void NodeHeartbeats::renew(const QByteArray &node)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const ObjectPtr lease = m_context.store.get(kind::Lease, QByteArrayLiteral("kube-node-lease"), node);
    if (!lease) {
        const ObjectPtr owner = m_context.store.get(kind::Node, {}, node);
        const QString name = QString::fromUtf8(node);
        (void)m_context.store.create(kind::Lease, leaseObject(name, QString::fromUtf8(owner->uid), now, now, 0));
        return;
    }
    const QByteArray key = "\"renewTime\":\"";
    const qsizetype from = lease->json.indexOf(key);
    if (from < 0)
        return;
    QByteArray json = lease->json;
    json.replace(
        from + key.size(), json.indexOf('"', from + key.size()) - from - key.size(), microTimestamp(now).toLatin1());
    m_context.store.rewrite(lease, json);
}

} // namespace kdra::demo
