// SPDX-License-Identifier: GPL-3.0-or-later
#include "relations/lookup.h"

#include "relations/selector.h"

namespace kdra::relations {
namespace {

using store::Kind;

template <Kind K>
store::Ref<typename store::RecordOf<K>::Type> at(const store::Snapshot &snapshot, const store::Item &item)
{
    const std::optional<store::RowKey> row = store::find(snapshot, item);
    return row ? snapshot.table<K>().at(row->slot()) : store::Ref<typename store::RecordOf<K>::Type>();
}

template <class Accept> std::vector<PodRef> podsIf(const store::Snapshot &snapshot, Accept accept)
{
    std::vector<PodRef> pods;
    snapshot.table<Kind::Pod>().forEach([&](const PodRef &pod) {
        if (accept(pod))
            pods.push_back(pod);
    });
    return pods;
}

} // namespace

store::Item ownerOf(const store::Snapshot &snapshot, const store::Meta &meta)
{
    if (meta.owner.isNull())
        return {};
    const std::string_view name = snapshot.view(meta.ownerKind);
    for (const store::KindInfo &info : store::allKinds()) {
        const store::Item owner{info.kind, meta.owner};
        if (name == info.apiKind && store::find(snapshot, owner))
            return owner;
    }
    return {};
}

std::vector<store::Item> makersOf(const store::Snapshot &snapshot, const store::Item &item)
{
    std::vector<store::Item> makers;
    const Uids owner{item.uid};
    if (item.kind == Kind::Deployment)
        forEachOwned<Kind::ReplicaSet>(
            snapshot, owner, [&](const auto &set) { makers.push_back({Kind::ReplicaSet, set->meta.uid}); });
    else if (item.kind == Kind::CronJob)
        forEachOwned<Kind::Job>(
            snapshot, owner, [&](const auto &job) { makers.push_back({Kind::Job, job->meta.uid}); });
    return makers;
}

std::vector<PodRef> podsOf(const store::Snapshot &snapshot, const store::Item &item)
{
    switch (item.kind) {
    case Kind::Pod: {
        const PodRef pod = at<Kind::Pod>(snapshot, item);
        return pod ? std::vector{pod} : std::vector<PodRef>();
    }
    case Kind::Node: {
        const NodeRef node = at<Kind::Node>(snapshot, item);
        return node
            ? podsIf(snapshot, [&, name = node.name()](const PodRef &pod) { return snapshot.view(pod->node) == name; })
            : std::vector<PodRef>();
    }
    case Kind::Service: {
        const ServiceRef service = at<Kind::Service>(snapshot, item);
        if (!service)
            return {};
        Selector selector(snapshot, service->selector);
        return podsIf(snapshot,
            [&](const PodRef &pod) { return pod->meta.ns == service->meta.ns && selector.matches(pod->meta.labels); });
    }
    case Kind::Deployment:
    case Kind::ReplicaSet:
    case Kind::StatefulSet:
    case Kind::DaemonSet:
    case Kind::Job:
    case Kind::CronJob: {
        Uids owners{item.uid};
        for (const store::Item &maker : makersOf(snapshot, item))
            owners.insert(maker.uid);
        return podsIf(snapshot, [&](const PodRef &pod) { return owners.contains(pod->meta.owner); });
    }
    default:
        return {};
    }
}

std::vector<ServiceRef> servicesOf(const store::Snapshot &snapshot, const std::vector<PodRef> &pods)
{
    std::vector<ServiceRef> services;
    if (pods.empty())
        return services;
    snapshot.table<Kind::Service>().forEach([&](const ServiceRef &service) {
        Selector selector(snapshot, service->selector);
        for (const PodRef &pod : pods) {
            if (pod->meta.ns == service->meta.ns && selector.matches(pod->meta.labels)) {
                services.push_back(service);
                return;
            }
        }
    });
    return services;
}

bool routesTo(const IngressRef &ingress, StringId ns, std::string_view service)
{
    bool found = false;
    if (ingress->meta.ns == ns)
        pieces(ingress.text(ingress->services), ',', [&](std::string_view name) { found |= name == service; });
    return found;
}

NodeRef nodeNamed(const store::Snapshot &snapshot, std::string_view name)
{
    NodeRef found;
    snapshot.table<Kind::Node>().forEach([&](const NodeRef &node) {
        if (node.name() == name)
            found = node;
    });
    return found;
}

} // namespace kdra::relations
