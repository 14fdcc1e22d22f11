// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/quantity.h"
#include "environments/limitcheck.h"
#include "environments/nodecheck.h"
#include "environments/planner.h"

#include <QCoreApplication>
#include <QLocale>

#include <map>
#include <numeric>

// Where to put things when somebody drops them on the cluster.
namespace kdra::environments {
namespace {

using store::Kind;

struct Site {
    std::string_view name;
    std::vector<quint32> nodes = {}; // indices of Candidates::all() that take the pods
    Room allocatable = {};
    Room free = {};

    void add(quint32 index, const Candidate &node)
    {
        nodes.push_back(index);
        allocatable += node.allocatable;
        free += node.free;
    }
    // The fuller of CPU and memory: 0 empty, 1 full.
    double load() const
    {
        const auto used = [](qint64 left, qint64 whole) { return whole > 0 ? 1 - double(left) / double(whole) : 1; };
        return std::max(used(free.cpuMilli, allocatable.cpuMilli), used(free.memory, allocatable.memory));
    }
};

bool finds(const Candidates &candidates, const std::vector<Ask> &asks, const std::vector<quint32> &nodes)
{
    return pack(candidates, asks, nodes).outcome == Packing::Outcome::Fits;
}

QString percent(double share)
{
    return QLocale().toString(qRound(std::max(share, 0.0) * 100));
}

} // namespace

Proposal Planner::proposal() const
{
    const QList<PodDemand> pods =
        m_placing.newNamespace ? m_demand.pods : admitted(m_demand.pods, *m_snapshot, m_placing.ns);
    const std::vector<Ask> asks = asksOf(pods);
    const auto &table = m_snapshot->table<Kind::Node>();
    const auto isPi = [&](const Candidate &node) {
        const store::NodeRecord &record = *table.at(node.slot);
        return m_placing.isPi
            ? m_placing.isPi(record)
            : m_snapshot->string(record.board).contains(QLatin1StringView("raspberry"), Qt::CaseInsensitive);
    };

    // Sites by name, so that what is equal is proposed the same way each time.
    std::map<std::string_view, Site> all;
    std::map<std::string_view, Site> ofPis;
    for (quint32 i = 0; i < m_candidates.all().size(); ++i) {
        const Candidate &node = m_candidates.all()[i];
        if (m_candidates.obstacles(i))
            continue;
        const std::string_view zone = m_snapshot->view(node.zone);
        if (!zone.empty())
            all[zone].add(i, node);
        if (m_demand.edge && isPi(node))
            ofPis[zone].add(i, node);
    }
    const auto byLoad = [](std::map<std::string_view, Site> &sites) {
        std::vector<Site> sorted;
        for (auto &[name, site] : sites) {
            site.name = name;
            sorted.push_back(std::move(site));
        }
        std::ranges::stable_sort(sorted, {}, &Site::load);
        return sorted;
    };
    const std::vector<Site> pis = byLoad(ofPis);
    for (const Site &site : pis) {
        const Candidate *best = nullptr;
        double least = 0;
        for (const quint32 i : site.nodes) {
            const Candidate &node = m_candidates.all()[i];
            if (const Fit fit = nodeFit(m_candidates, asks, i); fit != Fit::Fits && fit != Fit::Tight)
                continue;
            Site alone;
            alone.add(i, node);
            if (!best || alone.load() < least) {
                best = &node;
                least = alone.load();
            }
        }
        if (!best)
            continue;
        const QString name = store::toQString(table.at(best->slot).name());
        const QString free = formatCores(best->free.cpuMilli);
        const QString memory = formatBytes(std::max<qint64>(best->free.memory, 0));
        return {{Target::Kind::Node, name, {}},
            site.name.empty()
                ? QCoreApplication::translate("kdra::environments::Planner",
                      "%1 is the Raspberry Pi with the most room: %2 cores and %3 are free.")
                      .arg(name, free, memory)
                : QCoreApplication::translate("kdra::environments::Planner",
                      "%1 is a Raspberry Pi with %2 free cores and %3, in %4, where the Pis are least in use (%5 %).")
                      .arg(name, free, memory, store::toQString(site.name), percent(site.load()))};
    }
    const bool severalSites = all.size() > 1;
    const auto roomiest = [&](const std::vector<Site> &sites) -> const Site * {
        const auto found = std::ranges::find_if(
            sites, [&](const Site &site) { return !site.name.empty() && finds(m_candidates, asks, site.nodes); });
        return found == sites.end() ? nullptr : &*found;
    };
    if (const Site *site = roomiest(pis))
        return {{Target::Kind::Site, store::toQString(site->name), {}},
            QCoreApplication::translate(
                "kdra::environments::Planner", "No Raspberry Pi has room for all of it; those of %1 have together.")
                .arg(store::toQString(site->name))};
    const std::vector<Site> sites = byLoad(all);
    if (const Site *site = severalSites ? roomiest(sites) : nullptr)
        return {{Target::Kind::Site, store::toQString(site->name), {}},
            QCoreApplication::translate("kdra::environments::Planner",
                "%1 is the site with the least in use that has room for it: %2 % is requested.")
                .arg(store::toQString(site->name), percent(site->load()))};
    std::vector<quint32> every(m_candidates.all().size());
    std::iota(every.begin(), every.end(), 0);
    if (!asks.empty() && !finds(m_candidates, asks, every))
        return {{}, QCoreApplication::translate("kdra::environments::Planner", "No place has room for all of it.")};
    return {{},
        severalSites ? QCoreApplication::translate(
                           "kdra::environments::Planner", "No site has room for all of it; the cluster as a whole has.")
                     : QCoreApplication::translate("kdra::environments::Planner",
                           "There are no sites to choose from: the scheduler finds the node.")};
}

} // namespace kdra::environments
