// SPDX-License-Identifier: GPL-3.0-or-later
#include "relations/graph.h"

#include "relations/neighbours.h"

#include <QSet>

#include <algorithm>

namespace kdra::relations {

namespace {

using store::Kind;
using store::RowKey;
using enum store::Kind;

Link linkOf(const store::Snapshot &snapshot, const Step &step)
{
    const auto item = [&](RowKey row) { return store::Item{row.kind(), store::recordAt(snapshot, row).meta->uid}; };
    return {item(step.from), item(step.to), step.relation};
}

// What has been reached from one object.
class Reach {
public:
    Reach(const store::Snapshot &snapshot, const Limits &limits)
        : m_snapshot(snapshot)
        , m_neighbours(snapshot)
        , m_limits(limits)
    {
    }

    Graph from(RowKey row)
    {
        using N = Neighbours;
        switch (row.kind()) {
        case Namespace:
        case Event:
        case Lease:
        case ResourceQuota:
        case LimitRange:
        case ApplySet:
        case SharedTemplate:
            return {};
        case Node:
            ahead(&N::podsOn, {row}, false);
            return result();
        case Pod:
            m_pods = {row};
            break;
        case Ingress:
            m_services = ahead(&N::servicesRoutedBy, {row});
            ahead(&N::podsSelectedBy, m_services);
            break;
        case Service:
            m_services = {row};
            ahead(&N::podsSelectedBy, m_services);
            ahead(&N::ownedBy, {row});
            break;
        case PersistentVolumeClaim:
            ahead(&N::podsMounting, {row}, false);
            m_others = {row}; // a StatefulSet may own it
            break;
        case HorizontalPodAutoscaler:
            m_others = ahead(&N::targetsOf, {row});
            descend(m_others);
            break;
        case Deployment:
        case ReplicaSet:
        case StatefulSet:
        case DaemonSet:
        case Job:
        case CronJob:
            m_others = {row};
            descend(m_others);
            break;
        case EndpointSlice:
            m_others = {row};
            break;
        }
        climb();
        return result();
    }

private:
    // Asks, keeps the links, and returns the new ends of those that begin (forwards) or end at the rows; pods go to
    // m_pods instead, as far as the limit lets them.
    Rows ahead(Neighbours::Question question, const Rows &rows, bool forwards = true)
    {
        Rows ends;
        for (const Step &step : (m_neighbours.*question)(rows)) {
            const RowKey end = forwards ? step.to : step.from;
            if (isSpent(end))
                continue;
            if (end.kind() == Pod && !m_knownPods.contains(end.value())) {
                if (m_pods.size() >= m_limits.pods) {
                    m_graph.truncated = true;
                    continue;
                }
                m_knownPods.insert(end.value());
                m_pods.push_back(end);
            } else if (end.kind() != Pod && !std::ranges::contains(ends, end)) {
                ends.push_back(end);
            }
            keep(step);
        }
        return ends;
    }

    // The ReplicaSet of an earlier revision that has no pods.
    bool isSpent(RowKey row) const
    {
        if (row.kind() != ReplicaSet)
            return false;
        const auto set = m_snapshot.table<ReplicaSet>().at(row.slot());
        return set && !set->desired && !set->current;
    }

    void descend(Rows level)
    {
        while (!level.empty())
            level = ahead(&Neighbours::ownedBy, level);
    }

    // From the pods, and what else there is, to all that lead to them or that they need.
    void climb()
    {
        Rows level = m_pods;
        level.insert(level.end(), m_others.begin(), m_others.end());
        while (!level.empty()) {
            Rows owners;
            for (const Step &step : m_neighbours.ownersOf(level)) {
                keep(step);
                if (!std::ranges::contains(owners, step.from))
                    owners.push_back(step.from);
            }
            m_others.insert(m_others.end(), owners.begin(), owners.end());
            level = std::move(owners);
        }
        for (const RowKey row : m_others) {
            if (row.kind() == Service)
                m_services.push_back(row);
        }
        for (const Step &step : m_neighbours.servicesSelecting(m_pods)) {
            keep(step);
            if (m_services.empty() || m_services.back() != step.from)
                m_services.push_back(step.from);
        }
        for (const auto question : {&Neighbours::ingressesRoutingTo, &Neighbours::autoscalersOf}) {
            for (const Step &step :
                (m_neighbours.*question)(question == &Neighbours::autoscalersOf ? m_others : m_services))
                keep(step);
        }
        for (const auto question : {&Neighbours::claimsOf, &Neighbours::nodesOf}) {
            for (const Step &step : (m_neighbours.*question)(m_pods))
                keep(step);
        }
    }

    void keep(const Step &step)
    {
        const std::pair<quint64, Relation> key = {quint64(step.from.value()) << 32 | step.to.value(), step.relation};
        if (m_known.contains(key))
            return;
        m_known.insert(key);
        m_graph.links.push_back(linkOf(m_snapshot, step));
    }

    Graph result()
    {
        std::ranges::stable_sort(m_graph.links, {}, &Link::relation);
        return std::move(m_graph);
    }

    const store::Snapshot &m_snapshot;
    Neighbours m_neighbours;
    Limits m_limits;
    Graph m_graph;
    QSet<std::pair<quint64, Relation>> m_known;
    QSet<quint32> m_knownPods;
    Rows m_pods;
    Rows m_services;
    Rows m_others; // owners of pods, and what was asked about
};

} // namespace

Graph relationsOf(const store::Snapshot &snapshot, const store::Item &item, const Limits &limits)
{
    const std::optional<RowKey> row = store::find(snapshot, item);
    return row ? Reach(snapshot, limits).from(*row) : Graph();
}

std::vector<Link> path(const store::Snapshot &snapshot, const store::Item &a, const store::Item &b)
{
    const std::optional<RowKey> start = store::find(snapshot, a);
    const std::optional<RowKey> end = store::find(snapshot, b);
    if (!start || !end || *start == *end)
        return {};
    const Neighbours neighbours(snapshot);
    // Breadth first from the end, so that following the steps from the start gives them in order.
    QHash<quint32, Step> towardsEnd;
    towardsEnd.insert(end->value(), {});
    Rows frontier = {*end};
    while (!frontier.empty() && !towardsEnd.contains(start->value())) {
        Rows next;
        for (const Neighbours::Question question : Neighbours::questions()) {
            for (const Step &step : (neighbours.*question)(frontier)) {
                const bool fromKnown = towardsEnd.contains(step.from.value());
                if (fromKnown && towardsEnd.contains(step.to.value()))
                    continue;
                const RowKey reached = fromKnown ? step.to : step.from;
                towardsEnd.insert(reached.value(), step);
                next.push_back(reached);
            }
        }
        frontier = std::move(next);
    }
    std::vector<Link> links;
    if (!towardsEnd.contains(start->value()))
        return links;
    for (RowKey at = *start; at != *end;) {
        const Step step = towardsEnd.value(at.value());
        links.push_back(linkOf(snapshot, step));
        at = step.from == at ? step.to : step.from;
    }
    return links;
}

} // namespace kdra::relations
