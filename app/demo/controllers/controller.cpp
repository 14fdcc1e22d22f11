// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/controllers/controller.h"

#include "demo/limitrange.h"
#include "demo/objects/json.h"
#include "demo/quota.h"

#include <cmath>

namespace kdra::demo {

Controller::Controller(ControllerContext &context, QObject *parent)
    : QObject(parent)
    , m_context(context)
{
}

void Controller::enqueue(const Key &key)
{
    if (m_queued.contains(key))
        return;
    m_queued.insert(key);
    m_queue.enqueue(key);
    if (!m_armed) {
        m_armed = true;
        // Long enough for a burst of changes to become one reconciliation.
        m_context.timeline.after(20, [this] { work(); });
    }
}

void Controller::enqueueAfter(const Key &key, int milliseconds)
{
    m_context.timeline.after(milliseconds, [this, key] { enqueue(key); });
}

void Controller::work()
{
    m_armed = false;
    for (int i = 0; i < 50 && !m_queue.isEmpty(); ++i) {
        const Key key = m_queue.dequeue();
        m_queued.remove(key);
        reconcile(key);
    }
    if (!m_queue.isEmpty() && !m_armed) {
        m_armed = true;
        m_context.timeline.after(1, [this] { work(); });
    }
}

void Controller::enqueueOwner(const ObjectPtr &object, TypeId type)
{
    for (const QByteArray &uid : object->owners) {
        const ObjectPtr owner = m_context.store.byUid(uid);
        if (owner && owner->type == type)
            enqueue(keyOf(*owner));
    }
}

ApiResult<ObjectPtr> Controller::admitPod(
    const QJsonObject &owner, TypeId ownerType, QJsonObject pod, const QString &component)
{
    // While it waits it is told the same, so that what it reports does not change.
    const Key key{ownerType, namespaceOf(owner).toUtf8(), nameOf(owner).toUtf8()};
    if (const auto known = m_refused.constFind(key); known != m_refused.cend())
        return std::unexpected(*known);
    ApiResult<void> admitted = applyLimitRanges(store(), kind::Pod, pod);
    if (admitted)
        admitted = checkQuota(store(), kind::Pod, pod);
    if (admitted)
        return store().create(kind::Pod, std::move(pod));
    context().events.record(owner,
        {.type = QStringLiteral("Warning"),
            .reason = QStringLiteral("FailedCreate"),
            .message = QStringLiteral("Error creating: ") + admitted.error().message,
            .component = component,
            .host = {}});
    m_refused.insert(key, admitted.error());
    m_context.timeline.after(5000, [this, key] {
        m_refused.remove(key);
        enqueue(key);
    });
    return std::unexpected(admitted.error());
}

std::vector<ObjectPtr> Controller::podsOf(const QByteArray &uid, bool all)
{
    std::vector<ObjectPtr> out;
    for (ObjectPtr &object : m_context.store.ownedBy(uid)) {
        if (object->type != kind::Pod)
            continue;
        const QByteArray phase = phaseOf(m_context.store, *object);
        if (all || (!object->terminating && phase != "Succeeded" && phase != "Failed"))
            out.push_back(std::move(object));
    }
    std::ranges::sort(out, {}, [](const ObjectPtr &pod) { return pod->name; });
    return out;
}

bool isReady(const StoredObject &pod)
{
    // QJson writes keys in order, so these two are neighbours in a condition.
    return pod.json.contains(R"("status":"True","type":"Ready"})");
}

bool sameToOwner(const ObjectStore &store, const Change &change)
{
    return change.kind == Change::Kind::Modified && change.old && change.old->terminating == change.now->terminating
        && change.old->owners == change.now->owners && change.old->labels == change.now->labels
        && phaseOf(store, *change.old) == phaseOf(store, *change.now)
        && nodeOf(store, *change.old) == nodeOf(store, *change.now) && isReady(*change.old) == isReady(*change.now);
}

QByteArray phaseOf(const ObjectStore &store, const StoredObject &pod)
{
    return pod.field(store.resources(), "status.phase");
}

QByteArray nodeOf(const ObjectStore &store, const StoredObject &pod)
{
    return pod.field(store.resources(), "spec.nodeName");
}

int scaledValue(const QJsonValue &value, int total, bool roundUp, int fallback)
{
    if (value.isDouble())
        return value.toInt();
    QString text = value.toString();
    if (!text.endsWith(QLatin1Char('%')))
        return fallback;
    text.chop(1);
    const double exact = text.toDouble() * total / 100;
    return static_cast<int>(roundUp ? std::ceil(exact) : std::floor(exact));
}

} // namespace kdra::demo
