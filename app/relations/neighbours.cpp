// SPDX-License-Identifier: GPL-3.0-or-later
#include "relations/neighbours.h"

#include "relations/selector.h"

#include <QHash>

namespace kdra::relations {

namespace {

using store::Kind;
using store::RowKey;
using enum store::Kind;

// A name in a namespace.
struct Name {
    StringId ns = StringId::Empty;
    std::string_view name;
    bool operator==(const Name &) const = default;
};

size_t qHash(const Name &name, size_t seed = 0) noexcept
{
    return qHashMulti(seed, static_cast<quint32>(name.ns), std::hash<std::string_view>()(name.name));
}

// The rows that mean a name; few each.
using ByName = QHash<Name, Rows>;

template <class Function> void visit(const ByName &rows, const Name &name, Function function)
{
    if (const auto found = rows.constFind(name); found != rows.cend()) {
        for (const RowKey row : *found)
            function(row);
    }
}

// What an owner of this kind can own among the kinds of the largest tables. The small ones are read in any case.
bool mayOwn(Kind owner, Kind owned)
{
    if (owned == Pod)
        return owner == ReplicaSet || owner == StatefulSet || owner == DaemonSet || owner == Job;
    return owned != Node && owned != Namespace && owned != Event && owned != Lease && owner != Pod && owner != Node;
}

} // namespace

template <Kind K, class Function> void Neighbours::each(std::span<const RowKey> rows, Function function) const
{
    for (const RowKey row : rows) {
        if (row.kind() != K)
            continue;
        if (const auto record = m_snapshot.table<K>().at(row.slot()))
            function(record);
    }
}

std::span<const Neighbours::Question> Neighbours::questions()
{
    static constexpr std::array<Question, 12> all = {&Neighbours::ownersOf, &Neighbours::ownedBy,
        &Neighbours::podsSelectedBy, &Neighbours::servicesSelecting, &Neighbours::servicesRoutedBy,
        &Neighbours::ingressesRoutingTo, &Neighbours::claimsOf, &Neighbours::podsMounting, &Neighbours::targetsOf,
        &Neighbours::autoscalersOf, &Neighbours::nodesOf, &Neighbours::podsOn};
    return all;
}

std::vector<Step> Neighbours::ownersOf(std::span<const RowKey> rows) const
{
    std::vector<Step> steps;
    std::array<QHash<store::Uid, Rows>, store::kindCount> wanted;
    for (const RowKey row : rows) {
        const store::AnyRecord record = store::recordAt(m_snapshot, row);
        if (!record || record.meta->owner.isNull())
            continue;
        const std::string_view ownerKind = m_snapshot.view(record.meta->ownerKind);
        for (const store::KindInfo &info : store::allKinds()) {
            if (ownerKind == info.apiKind && info.kind != Node)
                wanted[static_cast<size_t>(info.kind)][record.meta->owner].push_back(row);
        }
    }
    for (const store::KindInfo &info : store::allKinds()) {
        const auto &owned = wanted[static_cast<size_t>(info.kind)];
        if (owned.isEmpty())
            continue;
        store::withTable(m_snapshot, info.kind, [&](const auto &table) {
            table.forEach([&](const auto &owner) {
                const auto found = owned.constFind(owner->meta.uid);
                if (found == owned.cend())
                    return;
                for (const RowKey row : *found)
                    steps.push_back({RowKey(info.kind, owner.slot()), row, Relation::Owns});
            });
        });
    }
    return steps;
}

std::vector<Step> Neighbours::ownedBy(std::span<const RowKey> rows) const
{
    std::vector<Step> steps;
    QHash<store::Uid, RowKey> owners;
    for (const RowKey row : rows) {
        if (const store::AnyRecord record = store::recordAt(m_snapshot, row))
            owners.insert(record.meta->uid, row);
    }
    for (const store::KindInfo &info : store::allKinds()) {
        if (std::ranges::none_of(rows, [&](RowKey row) { return mayOwn(row.kind(), info.kind); }))
            continue;
        store::withTable(m_snapshot, info.kind, [&](const auto &table) {
            table.forEach([&](const auto &owned) {
                if (owned->meta.owner.isNull())
                    return;
                const auto owner = owners.constFind(owned->meta.owner);
                if (owner != owners.cend() && owner->kind() != Node)
                    steps.push_back({*owner, RowKey(info.kind, owned.slot()), Relation::Owns});
            });
        });
    }
    return steps;
}

std::vector<Step> Neighbours::podsSelectedBy(std::span<const RowKey> services) const
{
    std::vector<Step> steps;
    struct ServiceSelector {
        RowKey service;
        std::string_view labels;
    };
    QHash<StringId, std::vector<ServiceSelector>> byNamespace;
    each<Service>(services, [&](const auto &service) {
        if (service->selector != StringId::Empty)
            byNamespace[service->meta.ns].push_back(
                {RowKey(Service, service.slot()), m_snapshot.view(service->selector)});
    });
    if (byNamespace.isEmpty())
        return steps;
    m_snapshot.table<Pod>().forEach([&](const auto &pod) {
        const auto selectors = byNamespace.constFind(pod->meta.ns);
        if (selectors == byNamespace.cend())
            return;
        for (const ServiceSelector &selector : *selectors) {
            if (selects(selector.labels, m_snapshot.view(pod->meta.labels)))
                steps.push_back({selector.service, RowKey(Pod, pod.slot()), Relation::Selects});
        }
    });
    return steps;
}

std::vector<Step> Neighbours::servicesSelecting(std::span<const RowKey> pods) const
{
    std::vector<Step> steps;
    // Pods of one template have the same labels: each set is compared once.
    QHash<StringId, QHash<StringId, Rows>> byNamespaceAndLabels;
    each<Pod>(pods, [&](const auto &pod) {
        byNamespaceAndLabels[pod->meta.ns][pod->meta.labels].push_back(RowKey(Pod, pod.slot()));
    });
    if (byNamespaceAndLabels.isEmpty())
        return steps;
    m_snapshot.table<Service>().forEach([&](const auto &service) {
        const auto sets = byNamespaceAndLabels.constFind(service->meta.ns);
        if (sets == byNamespaceAndLabels.cend() || service->selector == StringId::Empty)
            return;
        for (auto set = sets->cbegin(); set != sets->cend(); ++set) {
            if (!selects(m_snapshot.view(service->selector), m_snapshot.view(set.key())))
                continue;
            for (const RowKey pod : *set)
                steps.push_back({RowKey(Service, service.slot()), pod, Relation::Selects});
        }
    });
    return steps;
}

std::vector<Step> Neighbours::servicesRoutedBy(std::span<const RowKey> ingresses) const
{
    std::vector<Step> steps;
    ByName byService;
    each<Ingress>(ingresses, [&](const auto &ingress) {
        pieces(ingress.text(ingress->services), ',', [&](std::string_view service) {
            byService[{ingress->meta.ns, service}].push_back(RowKey(Ingress, ingress.slot()));
        });
    });
    if (byService.isEmpty())
        return steps;
    m_snapshot.table<Service>().forEach([&](const auto &service) {
        visit(byService, {service->meta.ns, service.name()},
            [&](RowKey ingress) { steps.push_back({ingress, RowKey(Service, service.slot()), Relation::Routes}); });
    });
    return steps;
}

std::vector<Step> Neighbours::ingressesRoutingTo(std::span<const RowKey> services) const
{
    std::vector<Step> steps;
    ByName byName;
    each<Service>(services, [&](const auto &service) {
        byName[{service->meta.ns, service.name()}].push_back(RowKey(Service, service.slot()));
    });
    if (byName.isEmpty())
        return steps;
    m_snapshot.table<Ingress>().forEach([&](const auto &ingress) {
        pieces(ingress.text(ingress->services), ',', [&](std::string_view name) {
            visit(byName, {ingress->meta.ns, name},
                [&](RowKey service) { steps.push_back({RowKey(Ingress, ingress.slot()), service, Relation::Routes}); });
        });
    });
    return steps;
}

std::vector<Step> Neighbours::claimsOf(std::span<const RowKey> pods) const
{
    std::vector<Step> steps;
    ByName byClaim;
    each<Pod>(pods, [&](const auto &pod) {
        pieces(pod.text(pod->claims), ',',
            [&](std::string_view claim) { byClaim[{pod->meta.ns, claim}].push_back(RowKey(Pod, pod.slot())); });
    });
    if (byClaim.isEmpty())
        return steps;
    m_snapshot.table<PersistentVolumeClaim>().forEach([&](const auto &claim) {
        visit(byClaim, {claim->meta.ns, claim.name()},
            [&](RowKey pod) { steps.push_back({pod, RowKey(PersistentVolumeClaim, claim.slot()), Relation::Mounts}); });
    });
    return steps;
}

std::vector<Step> Neighbours::podsMounting(std::span<const RowKey> claims) const
{
    std::vector<Step> steps;
    ByName byName;
    each<PersistentVolumeClaim>(claims, [&](const auto &claim) {
        byName[{claim->meta.ns, claim.name()}].push_back(RowKey(PersistentVolumeClaim, claim.slot()));
    });
    if (byName.isEmpty())
        return steps;
    m_snapshot.table<Pod>().forEach([&](const auto &pod) {
        if (!pod->claims.size)
            return;
        pieces(pod.text(pod->claims), ',', [&](std::string_view name) {
            visit(byName, {pod->meta.ns, name},
                [&](RowKey claim) { steps.push_back({RowKey(Pod, pod.slot()), claim, Relation::Mounts}); });
        });
    });
    return steps;
}

std::vector<Step> Neighbours::targetsOf(std::span<const RowKey> autoscalers) const
{
    std::vector<Step> steps;
    each<HorizontalPodAutoscaler>(autoscalers, [&](const auto &scaler) {
        for (const store::KindInfo &info : store::allKinds()) {
            if (m_snapshot.view(scaler->targetKind) != info.apiKind)
                continue;
            store::withTable(m_snapshot, info.kind, [&](const auto &table) {
                table.forEach([&](const auto &target) {
                    if (target->meta.ns == scaler->meta.ns && target.name() == scaler.text(scaler->targetName))
                        steps.push_back({RowKey(HorizontalPodAutoscaler, scaler.slot()),
                            RowKey(info.kind, target.slot()), Relation::Scales});
                });
            });
        }
    });
    return steps;
}

std::vector<Step> Neighbours::autoscalersOf(std::span<const RowKey> workloads) const
{
    std::vector<Step> steps;
    ByName byName;
    for (const RowKey row : workloads) {
        if (const store::AnyRecord record = store::recordAt(m_snapshot, row); record && row.kind() != Pod)
            byName[{record.meta->ns, record.name}].push_back(row);
    }
    if (byName.isEmpty())
        return steps;
    m_snapshot.table<HorizontalPodAutoscaler>().forEach([&](const auto &scaler) {
        visit(byName, {scaler->meta.ns, scaler.text(scaler->targetName)}, [&](RowKey target) {
            if (m_snapshot.view(scaler->targetKind) == store::kindInfo(target.kind()).apiKind)
                steps.push_back({RowKey(HorizontalPodAutoscaler, scaler.slot()), target, Relation::Scales});
        });
    });
    return steps;
}

std::vector<Step> Neighbours::nodesOf(std::span<const RowKey> pods) const
{
    std::vector<Step> steps;
    ByName byNode;
    each<Pod>(pods, [&](const auto &pod) {
        if (pod->node != StringId::Empty)
            byNode[{StringId::Empty, m_snapshot.view(pod->node)}].push_back(RowKey(Pod, pod.slot()));
    });
    if (byNode.isEmpty())
        return steps;
    m_snapshot.table<Node>().forEach([&](const auto &node) {
        visit(byNode, {StringId::Empty, node.name()},
            [&](RowKey pod) { steps.push_back({pod, RowKey(Node, node.slot()), Relation::RunsOn}); });
    });
    return steps;
}

std::vector<Step> Neighbours::podsOn(std::span<const RowKey> nodes) const
{
    std::vector<Step> steps;
    ByName byName;
    each<Node>(
        nodes, [&](const auto &node) { byName[{StringId::Empty, node.name()}].push_back(RowKey(Node, node.slot())); });
    if (byName.isEmpty())
        return steps;
    m_snapshot.table<Pod>().forEach([&](const auto &pod) {
        visit(byName, {StringId::Empty, m_snapshot.view(pod->node)},
            [&](RowKey node) { steps.push_back({RowKey(Pod, pod.slot()), node, Relation::RunsOn}); });
    });
    return steps;
}

} // namespace kdra::relations
