// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/controllers/endpointslices.h"

#include "demo/objects/endpointslice.h"

using namespace Qt::StringLiterals;

namespace kdra::demo {
namespace {

bool selects(const QJsonObject &selector, const StoredObject &pod)
{
    for (auto it = selector.begin(); it != selector.end(); ++it) {
        if (pod.label(it.key().toUtf8()) != it.value().toString().toUtf8())
            return false;
    }
    return !selector.isEmpty();
}

int targetPortOf(const QJsonObject &service, const ObjectPtr &pod)
{
    const QJsonObject port = at(service, u"spec.ports").toArray().first().toObject();
    const QJsonValue target = port.value(u"targetPort"_s);
    if (target.isDouble())
        return target.toInt();
    if (target.isString() && pod) {
        for (const QJsonArray containers = at(pod->object(), u"spec.containers").toArray();
            const QJsonValue &container : containers) {
            for (const QJsonArray ports = container.toObject().value(u"ports"_s).toArray();
                const QJsonValue &value : ports) {
                if (value.toObject().value(u"name"_s) == target)
                    return value.toObject().value(u"containerPort"_s).toInt();
            }
        }
    }
    return port.value(u"port"_s).toInt();
}

} // namespace

void EndpointSliceController::observe(const Change &change)
{
    if (change.type == kind::Service) {
        if (change.kind == Change::Kind::Deleted)
            m_selectors.remove(change.now->uid);
        else
            enqueue(keyOf(*change.now));
    } else if (change.type == kind::Pod) {
        const auto ip = [this](const ObjectPtr &pod) { return pod->field(store().resources(), "status.podIP"); };
        const bool same = change.kind == Change::Kind::Modified && change.old
            && isReady(*change.old) == isReady(*change.now) && change.old->terminating == change.now->terminating
            && ip(change.old) == ip(change.now) && change.old->labels == change.now->labels;
        if (same)
            return;
        enqueueServices(*change.now);
        if (change.old && change.old->labels != change.now->labels)
            enqueueServices(*change.old);
    }
}

void EndpointSliceController::enqueueServices(const StoredObject &pod)
{
    for (const ObjectPtr &service : store().list(kind::Service, pod.ns)) {
        if (selects(selectorOf(service), pod))
            enqueue(keyOf(*service));
    }
}

const QJsonObject &EndpointSliceController::selectorOf(const ObjectPtr &service)
{
    Selector &entry = m_selectors[service->uid];
    if (entry.revision != service->revision)
        entry = {service->revision, at(service->object(), u"spec.selector").toObject()};
    return entry.labels;
}

void EndpointSliceController::reconcile(const Key &key)
{
    const ObjectPtr stored = store().get(key.type, key.ns, key.name);
    if (!stored || stored->terminating)
        return;
    const QJsonObject selector = selectorOf(stored);
    if (selector.isEmpty())
        return;
    const QJsonObject service = stored->object();
    QList<Endpoint> endpoints;
    ObjectPtr sample;
    for (const ObjectPtr &pod : store().list(kind::Pod, key.ns)) {
        const QByteArray ip = pod->field(store().resources(), "status.podIP");
        const QByteArray phase = phaseOf(store(), *pod);
        if (ip.isEmpty() || phase == "Succeeded" || phase == "Failed" || !selects(selector, *pod))
            continue;
        const QByteArray node = nodeOf(store(), *pod);
        const ObjectPtr host = store().get(kind::Node, {}, node);
        sample = pod;
        endpoints.append({.ip = QString::fromUtf8(ip),
            .pod = QString::fromUtf8(pod->name),
            .podUid = QString::fromUtf8(pod->uid),
            .node = QString::fromUtf8(node),
            .zone = host ? QString::fromUtf8(host->label("topology.kubernetes.io/zone")) : QString(),
            .ready = isReady(*pod),
            .terminating = pod->terminating});
    }
    for (const ObjectPtr &child : store().ownedBy(stored->uid)) {
        if (child->type != kind::EndpointSlice)
            continue;
        (void)store().modify(kind::EndpointSlice, child->ns, child->name, [&](QJsonObject &slice) {
            slice.insert(u"endpoints"_s, endpointArray(QString::fromUtf8(key.ns), endpoints));
        });
        return;
    }
    const QString name = QString::fromUtf8(key.name) + u'-' + context().random.suffix(5);
    (void)store().create(
        kind::EndpointSlice, endpointSliceObject(service, name, {}, targetPortOf(service, sample), endpoints, now()));
}

} // namespace kdra::demo
