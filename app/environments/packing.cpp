// SPDX-License-Identifier: GPL-3.0-or-later
#include "environments/packing.h"

#include <algorithm>
#include <numeric>

namespace kdra::environments {
namespace {

// What is free on each of the nodes, negative counted as nothing.
using Rooms = std::vector<Room>;

double shareOf(qint64 part, qint64 whole)
{
    return whole > 0 ? double(part) / double(whole) : 0;
}

class Packer {
public:
    Packer(const Candidates &candidates, const std::vector<Ask> &asks, std::span<const quint32> nodes, quint16 ignored)
        : m_candidates(candidates)
        , m_asks(asks)
        , m_nodes(nodes)
        , m_ignored(ignored)
    {
        for (size_t i = 0; i < asks.size(); ++i) {
            if (!asks[i].everyNode && asks[i].replicas > 0)
                m_packed.push_back(i);
        }
    }

    Packing run()
    {
        survey();
        placeDaemons();
        if (const std::optional<Packing::Outcome> proof = disproof())
            m_result.outcome = *proof;
        else if (!findsAWay())
            m_result.outcome = Packing::Outcome::Doubtful;
        return std::move(m_result);
    }

private:
    // What a DaemonSet does not tolerate, nobody is asked about.
    bool takes(size_t n, size_t pods) const
    {
        const quint16 obstacles = m_candidates.obstacles(m_nodes[n], pods);
        return !(m_asks[pods].everyNode ? obstacles : obstacles & ~m_ignored);
    }

    void survey()
    {
        m_result.takers.assign(m_asks.size(), 0);
        m_free.resize(m_nodes.size());
        for (size_t n = 0; n < m_nodes.size(); ++n) {
            const Candidate &node = m_candidates.all()[m_nodes[n]];
            m_free[n] = {std::max<qint64>(node.free.cpuMilli, 0), std::max<qint64>(node.free.memory, 0),
                std::max<qint64>(node.free.pods, 0)};
            bool usable = false;
            for (size_t i = 0; i < m_asks.size(); ++i) {
                if (takes(n, i)) {
                    ++m_result.takers[i];
                    usable = usable || !m_asks[i].everyNode || m_packed.empty();
                }
            }
            m_usable.push_back(usable);
            if (usable) {
                ++m_result.usable;
                m_result.free += m_free[n];
                m_result.allocatable += node.allocatable;
            }
        }
    }

    // DaemonSets' pods go to every node that takes them, before the others.
    void placeDaemons()
    {
        for (size_t i = 0; i < m_asks.size(); ++i) {
            if (!m_asks[i].everyNode) {
                m_result.asked += m_asks[i].one * m_asks[i].replicas;
                continue;
            }
            for (size_t n = 0; n < m_nodes.size(); ++n) {
                if (!takes(n, i))
                    continue;
                m_result.asked += m_asks[i].one;
                if (m_free[n].holds(m_asks[i].one))
                    m_free[n] -= m_asks[i].one;
                else
                    ++m_result.withoutDaemon;
            }
        }
    }

    std::optional<Packing::Outcome> disproof()
    {
        for (size_t i = 0; i < m_asks.size(); ++i) {
            if (!m_result.takers[i] && (m_asks[i].everyNode || m_asks[i].replicas > 0)) {
                m_result.pods = i;
                return Packing::Outcome::Nowhere;
            }
        }
        Room together;
        for (const size_t i : m_packed)
            together += m_asks[i].one * m_asks[i].replicas;
        Room free;
        for (size_t n = 0; n < m_nodes.size(); ++n) {
            if (m_usable[n])
                free += m_free[n];
        }
        if (!free.holds(together))
            return Packing::Outcome::Short;
        for (const size_t i : m_packed) {
            if (placesFor(i) < podsAsLargeAs(i)) {
                m_result.pods = i;
                return Packing::Outcome::Single;
            }
        }
        return {};
    }

    qint64 placesFor(size_t pods) const
    {
        qint64 places = 0;
        for (size_t n = 0; n < m_nodes.size(); ++n) {
            if (takes(n, pods))
                places += std::min<qint64>(m_free[n].times(m_asks[pods].one), INT_MAX);
        }
        return places;
    }

    // How many pods need a place that would do for this one: those of workloads that ask for no less and go nowhere
    // else.
    qint64 podsAsLargeAs(size_t pods) const
    {
        const Room &one = m_asks[pods].one;
        qint64 count = 0;
        for (const size_t i : m_packed) {
            if (i == pods || (m_asks[i].one.holds(one) && m_candidates.isSameGroup(i, pods)))
                count += m_asks[i].replicas;
        }
        return count;
    }

    bool findsAWay() const
    {
        const Room &whole = m_result.allocatable;
        const auto cpu = [&](size_t i) { return shareOf(m_asks[i].one.cpuMilli, whole.cpuMilli); };
        const auto memory = [&](size_t i) { return shareOf(m_asks[i].one.memory, whole.memory); };
        const auto larger = [&](size_t i) { return std::max(cpu(i), memory(i)); };
        std::vector<quint32> order(m_nodes.size());
        std::iota(order.begin(), order.end(), 0);
        if (fits(sorted(larger), order))
            return true;
        // The fullest first leaves the large gaps to large pods.
        std::ranges::stable_sort(order, {}, [&](quint32 n) { return m_free[n].cpuMilli; });
        if (fits(sorted(larger), order) || fits(sorted(cpu), order) || fits(sorted(memory), order))
            return true;
        std::ranges::stable_sort(order, {}, [&](quint32 n) { return m_free[n].memory; });
        return fits(sorted(larger), order) || fits(sorted(memory), order);
    }

    template <class Size> std::vector<size_t> sorted(Size size) const
    {
        std::vector<size_t> workloads = m_packed;
        std::ranges::stable_sort(workloads, std::greater(), size);
        return workloads;
    }

    bool fits(const std::vector<size_t> &workloads, const std::vector<quint32> &order) const
    {
        Rooms free = m_free;
        for (const size_t i : workloads) {
            qint64 left = m_asks[i].replicas;
            for (auto n = order.begin(); n != order.end() && left > 0; ++n) {
                if (!takes(*n, i))
                    continue;
                const qint64 placed = std::min(left, free[*n].times(m_asks[i].one));
                free[*n] -= m_asks[i].one * placed;
                left -= placed;
            }
            if (left > 0)
                return false;
        }
        return true;
    }

    const Candidates &m_candidates;
    const std::vector<Ask> &m_asks;
    const std::span<const quint32> m_nodes;
    const quint16 m_ignored;
    std::vector<size_t> m_packed; // the workloads that are no DaemonSets
    Rooms m_free;
    std::vector<bool> m_usable; // by node: takes pods that are packed
    Packing m_result;
};

} // namespace

std::vector<Ask> asksOf(const QList<PodDemand> &pods)
{
    std::vector<Ask> asks;
    for (const PodDemand &pod : pods)
        asks.push_back({{pod.cpuMilli, pod.memory, 1}, pod.everyNode ? 0 : pod.replicas, pod.everyNode});
    return asks;
}

Packing pack(
    const Candidates &candidates, const std::vector<Ask> &asks, std::span<const quint32> nodes, quint16 ignored)
{
    return Packer(candidates, asks, nodes, ignored).run();
}

} // namespace kdra::environments
