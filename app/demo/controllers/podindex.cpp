// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/controllers/podindex.h"

namespace kdra::demo {
namespace {

bool finished(const ObjectStore &store, const StoredObject &pod)
{
    const QByteArray phase = pod.field(store.resources(), "status.phase");
    return phase == "Succeeded" || phase == "Failed";
}

} // namespace

void PodIndex::observe(const Change &change)
{
    if (!m_built || change.type != kind::Pod)
        return;
    if (change.old)
        drop(*change.old);
    if (change.kind != Change::Kind::Deleted)
        add(*change.now);
}

void PodIndex::build()
{
    if (m_built)
        return;
    m_built = true;
    for (const ObjectPtr &pod : m_store.list(kind::Pod))
        add(*pod);
}

PodRequests PodIndex::requestsOf(const StoredObject &pod)
{
    const QByteArray owner = pod.owners.empty() ? pod.uid : pod.owners.front();
    auto found = m_byOwner.find(owner);
    if (found == m_byOwner.end())
        found = m_byOwner.insert(owner, demo::requestsOf(pod.object().value(QLatin1StringView("spec")).toObject()));
    return *found;
}

void PodIndex::add(const StoredObject &pod)
{
    const QByteArray node = pod.field(m_store.resources(), "spec.nodeName");
    if (node.isEmpty() || finished(m_store, pod))
        return;
    const PodRequests requests = requestsOf(pod);
    NodeEntry &entry = m_nodes[node];
    entry.pods.insert(pod.key(), requests);
    entry.load.requests.cpuMilli += requests.cpuMilli;
    entry.load.requests.memoryBytes += requests.memoryBytes;
    ++entry.load.pods;
}

void PodIndex::drop(const StoredObject &pod)
{
    const auto entry = m_nodes.find(pod.field(m_store.resources(), "spec.nodeName"));
    if (entry == m_nodes.end())
        return;
    const auto found = entry->pods.constFind(pod.key());
    if (found == entry->pods.cend())
        return;
    entry->load.requests.cpuMilli -= found->cpuMilli;
    entry->load.requests.memoryBytes -= found->memoryBytes;
    --entry->load.pods;
    entry->pods.erase(found);
}

PodIndex::Load PodIndex::loadOf(const QByteArray &node)
{
    build();
    return m_nodes.value(node).load;
}

QList<QByteArray> PodIndex::podsOn(const QByteArray &node)
{
    build();
    return m_nodes.value(node).pods.keys();
}

} // namespace kdra::demo
