// SPDX-License-Identifier: GPL-3.0-or-later
#include "environments/planner.h"

#include "environments/additioncheck.h"
#include "environments/findings.h"
#include "environments/limitcheck.h"
#include "environments/namecheck.h"
#include "environments/nodecheck.h"
#include "environments/placelabels.h"
#include "environments/quotacheck.h"
#include "environments/rightscheck.h"
#include "store/labels.h"

#include <QCoreApplication>

#include <chrono>

namespace kdra::environments {
namespace {

using store::Kind;
using store::KindPhase;

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::environments::Planner)
};

// Nodes and pods tell what room there is: what is not known of them, nobody knows.
bool checkFreshness(Findings &findings, const store::Snapshot &snapshot)
{
    qint64 silent = -1;
    for (const Kind kind : {Kind::Node, Kind::Pod}) {
        const store::KindState &state = snapshot.state(kind);
        switch (state.phase) {
        case KindPhase::Live:
            break;
        case KindPhase::Stale:
            silent = std::max<qint64>(silent,
                std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - state.lastHeard)
                    .count());
            break;
        case KindPhase::Waiting:
        case KindPhase::Listing:
            findings.doubt(Text::tr("Nodes and pods are still being loaded."));
            return false;
        case KindPhase::Forbidden:
            findings.doubt(kind == Kind::Node
                    ? Text::tr("You are not allowed to see nodes: whether there is room is not known.")
                    : Text::tr("You are not allowed to see pods: whether there is room is not known."));
            return false;
        case KindPhase::NotServed:
        case KindPhase::Failed:
            findings.doubt(Text::tr("Nodes and pods could not be loaded: whether there is room is not known."));
            return false;
        }
    }
    if (silent >= 0)
        findings.note(Text::tr("As of %n second(s) ago: the connection is being repaired.", nullptr,
            static_cast<int>(std::min<qint64>(silent, 1000000))));
    if (const QString scope = snapshot.state(Kind::Pod).scope; !scope.isEmpty())
        findings.doubt(Text::tr("You see pods of namespace %1 only: there may be less room.").arg(scope));
    return true;
}

// Quotas and limits that are not seen may say no.
void checkTenancy(Findings &findings, const store::Snapshot &snapshot)
{
    bool hidden = false;
    for (const Kind kind : {Kind::ResourceQuota, Kind::LimitRange}) {
        const KindPhase phase = snapshot.state(kind).phase;
        if (phase == KindPhase::Waiting || phase == KindPhase::Listing) {
            findings.doubt(Text::tr("Quotas and limits are still being loaded."));
            return;
        }
        hidden = hidden || phase == KindPhase::Forbidden || phase == KindPhase::Failed;
    }
    if (hidden)
        findings.note(Text::tr("Quotas and limits of the namespace are not known to you."));
}

} // namespace

Planner::Planner(
    Demand demand, store::SnapshotPtr snapshot, const store::NodeLoad &load, Rights rights, Placing placing)
    : m_demand(std::move(demand))
    , m_snapshot(std::move(snapshot))
    , m_rights(std::move(rights))
    , m_placing(std::move(placing))
    , m_own(m_placing.exists && m_placing.replaced
              ? OwnUse(*m_snapshot, m_placing.name, m_placing.ns, *m_placing.replaced)
              : OwnUse())
    , m_candidates(m_demand, *m_snapshot, load, m_own, m_placing.now)
    , m_nodes(m_snapshot->table<Kind::Node>().slotCount(), Fit::Unknown)
{
    Findings findings;
    if (!checkFreshness(findings, *m_snapshot))
        return;
    const QList<PodDemand> pods =
        m_placing.newNamespace ? m_demand.pods : admitted(m_demand.pods, *m_snapshot, m_placing.ns);
    const std::vector<Ask> asks = asksOf(pods);
    for (size_t i = 0; i < m_candidates.all().size(); ++i)
        m_nodes[m_candidates.all()[i].slot] = nodeFit(m_candidates, asks, i);
}

QString Planner::namespaceOf(const Target &target) const
{
    switch (target.kind) {
    case Target::Kind::Namespace:
        return target.name;
    case Target::Kind::Environment:
        return target.ns;
    default:
        return m_placing.ns;
    }
}

bool Planner::isNewNamespace(const Target &target) const
{
    return m_placing.newNamespace && !m_placing.exists && target.kind != Target::Kind::Namespace
        && target.kind != Target::Kind::Environment;
}

// A volume on a node's own disk (local, hostPath) stays there, and its pod waits for that node for ever. Which volumes
// are such, their PersistentVolumes say, and those are not watched. `nodes`: where the pods shall go.
void Planner::checkVolumes(Findings &findings, std::span<const quint32> nodes) const
{
    if (m_demand.claims == 0 || m_own.boundClaims() == 0)
        return;
    const auto &table = m_snapshot->table<Kind::Node>();
    QStringList elsewhere = m_own.nodesWithClaims();
    for (const quint32 node : nodes)
        elsewhere.removeOne(store::toQString(table.at(m_candidates.all()[node].slot).name()));
    if (m_own.nodesWithClaims().isEmpty())
        findings.warn(Text::tr("Its volumes may be tied to the node on which they were made."));
    else if (!elsewhere.isEmpty())
        findings.warn(Text::tr("Its volumes may be tied to %1.").arg(elsewhere.join(u", ")));
}

Verdict Planner::verdict(const Target &target) const
{
    using enum Target::Kind;
    Findings findings;
    const QString ns = namespaceOf(target);
    const bool newNamespace = isNewNamespace(target);
    checkRights(findings, m_demand, m_rights, newNamespace);
    checkNames(findings, *m_snapshot, target.kind == Environment ? target.name : m_placing.name, ns, newNamespace,
        m_placing.exists || target.kind == Environment);
    // An addition goes where the environment is.
    const Target place = target.kind == Environment && !findings.isRefused()
        ? checkAddition(findings, *m_snapshot, target.name, ns)
        : target;

    const QList<PodDemand> pods = newNamespace ? m_demand.pods : admitted(m_demand.pods, *m_snapshot, ns);
    const std::vector<Ask> asks = asksOf(pods);
    const std::span<const Candidate> all = m_candidates.all();
    std::vector<quint32> nodes;
    const std::string wanted = place.name.toStdString();
    const auto &table = m_snapshot->table<Kind::Node>();
    const std::string_view label = place.kind == Site ? siteLabel(*m_snapshot, wanted) : std::string_view();
    const auto isOfSite = [&](const Candidate &node) {
        if (m_snapshot->view(node.zone) != wanted)
            return false;
        const std::string_view labels = m_snapshot->view(table.at(node.slot)->meta.labels);
        return label.empty() || store::labelValue(labels, label) == wanted;
    };
    for (quint32 i = 0; i < all.size(); ++i) {
        const bool among = place.kind == Site ? isOfSite(all[i])
            : place.kind == Node              ? table.at(all[i].slot).name() == wanted
                                              : true;
        if (among)
            nodes.push_back(i);
    }
    if (checkFreshness(findings, *m_snapshot)) {
        if (nodes.empty() && place.kind == Node)
            findings.refuse(
                QCoreApplication::translate("kdra::environments::Planner", "There is no node %1.").arg(place.name));
        else if (nodes.empty() && place.kind == Site)
            findings.refuse(
                QCoreApplication::translate("kdra::environments::Planner", "There is no site %1.").arg(place.name));
        else if (place.kind == Node)
            checkNode(findings, m_demand, *m_snapshot, m_candidates, asks, nodes.front(), m_placing.asksForTaints);
        else
            checkNodes(findings, m_demand, m_candidates, asks, nodes, place.kind == Site ? place.name : QString(),
                m_placing.asksForTaints);
    }
    if (place.kind == Node || place.kind == Site)
        checkVolumes(findings, nodes);
    if (!newNamespace && !ns.isEmpty()) {
        checkTenancy(findings, *m_snapshot);
        checkQuotas(findings, m_demand, pods, *m_snapshot, ns, m_own, [&](qsizetype index) {
            return static_cast<int>(std::ranges::count_if(
                nodes, [&](quint32 node) { return m_candidates.takes(node, static_cast<size_t>(index)); }));
        });
        checkLimitRanges(findings, pods, *m_snapshot, ns);
    }
    return findings.verdict();
}

} // namespace kdra::environments
