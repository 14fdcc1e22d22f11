// SPDX-License-Identifier: GPL-3.0-or-later
#include "environments/nodecheck.h"

#include "base/quantity.h"
#include "relations/selector.h"

#include <QCoreApplication>
#include <QLocale>

namespace kdra::environments {
namespace {

using store::NodeRecord;
using NodeRef = store::Ref<NodeRecord>;

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::environments::Planner)
};

// Of a DaemonSet the node gets a pod when it takes it.
Room askedOn(const Candidates &candidates, const std::vector<Ask> &asks, size_t node)
{
    Room sum;
    for (size_t i = 0; i < asks.size(); ++i)
        sum += asks[i].one * (!asks[i].everyNode ? asks[i].replicas : candidates.takes(node, i) ? 1 : 0);
    return sum;
}

// The first taint that keeps some of the pods off.
QString hostileTaint(const Demand &demand, const Candidates &candidates, const NodeRef &node)
{
    QString found;
    relations::pieces(node.text(node->taintList), '\n', [&](std::string_view line) {
        const Taint taint = Taint::parse(line);
        for (qsizetype i = 0; found.isEmpty() && i < demand.pods.size(); ++i) {
            if (taint.effect != "PreferNoSchedule" && !taint.key.starts_with("node.kubernetes.io/")
                && !candidates.rules(static_cast<size_t>(i)).tolerates(taint))
                found = store::toQString(line);
        }
    });
    return found;
}

QString pressureText(const NodeRef &node, const QString &name)
{
    if (node->pressures & NodeRecord::Memory)
        return Text::tr("%1 is short of memory.").arg(name);
    if (node->pressures & NodeRecord::Disk)
        return Text::tr("%1 is short of disk space.").arg(name);
    if (node->pressures & NodeRecord::Pid)
        return Text::tr("%1 is short of process numbers.").arg(name);
    return Text::tr("The network of %1 is not set up.").arg(name);
}

QString selectorText(
    const Demand &demand, const store::Snapshot &snapshot, const Candidates &candidates, const NodeRef &node)
{
    const QString name = store::toQString(node.name());
    const std::string_view labels = snapshot.view(node->meta.labels);
    for (qsizetype i = 0; i < demand.pods.size(); ++i) {
        const PodRules &rules = candidates.rules(static_cast<size_t>(i));
        if (rules.selects(labels, node.name()))
            continue;
        const std::string_view label = rules.missingLabel(labels);
        return label.empty() ? Text::tr("%1 is not among the nodes that %2 may go to by its node affinity.")
                                   .arg(name, demand.pods[i].workload)
                             : Text::tr("%1 has no label %2, which %3 asks for.")
                                   .arg(name, store::toQString(label), demand.pods[i].workload);
    }
    return {};
}

void checkObstacles(Findings &findings, quint16 obstacles, const Demand &demand, const store::Snapshot &snapshot,
    const Candidates &candidates, const NodeRef &node, bool asksForTaints)
{
    const QString name = store::toQString(node.name());
    if (obstacles & Silent) {
        const qint64 seconds = candidates.overdue(node.name());
        findings.refuse(seconds
                ? Text::tr("%1 has been silent for %n second(s).", nullptr, static_cast<int>(seconds)).arg(name)
                : Text::tr("%1 does not answer.").arg(name));
    }
    if (obstacles & NotReady) {
        const QString why = store::toQString(node.text(node->readyMessage)).simplified();
        findings.refuse(why.isEmpty() ? Text::tr("%1 is not ready.").arg(name)
                                      : Text::tr("%1 is not ready: %2.").arg(name, why.left(120)));
    }
    if (obstacles & Cordoned)
        findings.refuse(Text::tr("%1 is cordoned: no new pods are placed on it.").arg(name));
    if (obstacles & UnderPressure)
        findings.refuse(pressureText(node, name));
    if (obstacles & OtherArchitecture)
        findings.refuse(Text::tr("No image for %1: the template is made for %2.")
                .arg(snapshot.string(node->architecture), demand.architectures.join(QStringLiteral(", "))));
    if (obstacles & Tainted) {
        const QString taint = hostileTaint(demand, candidates, node);
        // What runs on every node is given no tolerations.
        const bool helps = std::ranges::any_of(demand.pods, [](const PodDemand &pod) { return !pod.everyNode; });
        if (asksForTaints && helps && obstacles == Tainted)
            findings.ask(Text::tr("%1 keeps off pods that do not tolerate %2: you are asked whether these shall.")
                    .arg(name, taint));
        else
            findings.refuse(Text::tr("%1 keeps off pods that do not tolerate %2.").arg(name, taint));
    }
    if (obstacles & NotSelected)
        findings.refuse(selectorText(demand, snapshot, candidates, node));
}

// "0.4 of 3.2 free cores, 300 MiB of 2.1 GiB".
QString fitsText(const Room &asked, const Room &free)
{
    if (!asked.cpuMilli && !asked.memory)
        return Text::tr("Fits: it requests neither CPU nor memory; %1 cores and %2 are free.")
            .arg(formatCores(std::max<qint64>(free.cpuMilli, 0)), formatBytes(std::max<qint64>(free.memory, 0)));
    return Text::tr("Fits: %1 of %2 free cores, %3 of %4.")
        .arg(formatCores(asked.cpuMilli), formatCores(std::max<qint64>(free.cpuMilli, 0)), formatBytes(asked.memory),
            formatBytes(std::max<qint64>(free.memory, 0)));
}

// Whether anything was refused.
bool refuseForRoom(Findings &findings, const Room &asked, const Room &free, const Room &whole)
{
    const auto positive = [](qint64 amount) { return std::max<qint64>(amount, 0); };
    const QLocale locale;
    if (free.holds(asked))
        return false;
    if (asked.cpuMilli && asked.cpuMilli > free.cpuMilli)
        findings.refuse(Text::tr("Too little CPU: %1 cores are asked for, %2 of %3 are free.")
                .arg(formatCores(asked.cpuMilli), formatCores(positive(free.cpuMilli)), formatCores(whole.cpuMilli)));
    if (asked.memory && asked.memory > free.memory)
        findings.refuse(Text::tr("Too little memory: %1 are asked for, %2 of %3 are free.")
                .arg(formatBytes(asked.memory), formatBytes(positive(free.memory)), formatBytes(whole.memory)));
    if (asked.pods > free.pods)
        findings.refuse(Text::tr("Too many pods: %1 are asked for, there is room for %2 of %3.")
                .arg(locale.toString(asked.pods), locale.toString(positive(free.pods)), locale.toString(whole.pods)));
    return true;
}

QString tightText(const Room &left)
{
    return Text::tr("Tight: %1 cores, %2 and room for %n pod(s) would be left.", nullptr, static_cast<int>(left.pods))
        .arg(formatCores(std::max<qint64>(left.cpuMilli, 0)), formatBytes(std::max<qint64>(left.memory, 0)));
}

// "5 are cordoned, 4 have another architecture"
QString obstacleCounts(const Candidates &candidates, std::span<const quint32> nodes)
{
    // Each node by its weightiest obstacle.
    static constexpr quint16 order[] = {
        Silent, NotReady, OtherArchitecture, Cordoned, UnderPressure, Tainted, NotSelected};
    int counts[std::size(order)] = {};
    for (const quint32 node : nodes) {
        const quint16 obstacles = candidates.obstacles(node);
        for (size_t i = 0; i < std::size(order); ++i) {
            if (obstacles & order[i]) {
                ++counts[i];
                break;
            }
        }
    }
    const auto words = [](size_t i, int count) {
        switch (order[i]) {
        case Silent:
            return Text::tr("%n do(es) not answer", nullptr, count);
        case NotReady:
            return Text::tr("%n is/are not ready", nullptr, count);
        case OtherArchitecture:
            return Text::tr("%n has/have another architecture", nullptr, count);
        case Cordoned:
            return Text::tr("%n is/are cordoned", nullptr, count);
        case UnderPressure:
            return Text::tr("%n is/are short of memory, disk or processes", nullptr, count);
        case Tainted:
            return Text::tr("%n keep(s) off pods that do not tolerate its taints", nullptr, count);
        default:
            return Text::tr("%n lack(s) a label that the pods ask for", nullptr, count);
        }
    };
    QStringList parts;
    for (size_t i = 0; i < std::size(order); ++i) {
        if (counts[i])
            parts.append(words(i, counts[i]));
    }
    return parts.join(QStringLiteral(", "));
}

bool isEnough(const Packing &packing)
{
    return packing.outcome == Packing::Outcome::Fits || packing.outcome == Packing::Outcome::Doubtful;
}

} // namespace

Fit nodeFit(const Candidates &candidates, const std::vector<Ask> &asks, size_t node)
{
    if (asks.empty())
        return Fit::Fits;
    const Candidate &one = candidates.all()[node];
    if (candidates.obstacles(node) || !one.named)
        return Fit::DoesNotFit;
    Room left = one.free;
    const Room asked = askedOn(candidates, asks, node);
    if (!left.holds(asked))
        return Fit::DoesNotFit;
    left -= asked;
    return one.avoided || left.isTight(one.allocatable) ? Fit::Tight : Fit::Fits;
}

void checkNode(Findings &findings, const Demand &demand, const store::Snapshot &snapshot, const Candidates &candidates,
    const std::vector<Ask> &asks, size_t node, bool asksForTaints)
{
    if (asks.empty()) {
        findings.praise(Text::tr("Fits: it has no pods."));
        return;
    }
    const Candidate &one = candidates.all()[node];
    const NodeRef record = snapshot.table<store::Kind::Node>().at(one.slot);
    checkObstacles(findings, candidates.obstacles(node), demand, snapshot, candidates, record, asksForTaints);
    if (!one.named)
        findings.refuse(Text::tr("%1 has no label kubernetes.io/hostname, by which pods are sent to a node.")
                .arg(store::toQString(record.name())));
    const Room asked = askedOn(candidates, asks, node);
    if (refuseForRoom(findings, asked, one.free, one.allocatable))
        return;
    Room left = one.free;
    left -= asked;
    if (left.isTight(one.allocatable))
        findings.warn(tightText(left));
    if (one.avoided)
        findings.warn(Text::tr("%1 is marked to be avoided where another node will do (PreferNoSchedule).")
                .arg(store::toQString(record.name())));
    findings.praise(fitsText(asked, one.free));
}

void checkNodes(Findings &findings, const Demand &demand, const Candidates &candidates, const std::vector<Ask> &asks,
    std::span<const quint32> nodes, const QString &site, bool asksForTaints)
{
    if (asks.empty()) {
        findings.praise(Text::tr("Fits: it has no pods."));
        return;
    }
    const int count = static_cast<int>(nodes.size());
    Packing packing = pack(candidates, asks, nodes);
    if (asksForTaints && !site.isEmpty() && !isEnough(packing)) {
        if (Packing tolerated = pack(candidates, asks, nodes, Tainted); isEnough(tolerated)) {
            findings.ask(
                Text::tr("%1 has too few nodes without taints: you are asked which ones the pods shall tolerate.")
                    .arg(site));
            packing = std::move(tolerated);
        }
    }
    const auto workload = [&] { return demand.pods[static_cast<qsizetype>(packing.pods)].workload; };
    using enum Packing::Outcome;
    switch (packing.outcome) {
    case Nowhere: {
        const QString why = obstacleCounts(candidates, nodes);
        if (count == 0)
            findings.refuse(Text::tr("There are no nodes."));
        else if (site.isEmpty())
            findings.refuse(Text::tr("None of the %n node(s) takes %1: %2.", nullptr, count).arg(workload(), why));
        else
            findings.refuse(
                Text::tr("None of the %n node(s) of %1 takes %2: %3.", nullptr, count).arg(site, workload(), why));
        return;
    }
    case Short:
        if (!refuseForRoom(findings, packing.asked, packing.free, packing.allocatable))
            findings.refuse(Text::tr("DaemonSets take the room that the other pods need."));
        break;
    case Single: {
        const Room &one = asks[packing.pods].one;
        findings.refuse(Text::tr("Too few nodes have room for a pod of %1, which asks for %2 cores and %3.")
                .arg(workload(), formatCores(one.cpuMilli), formatBytes(one.memory)));
        break;
    }
    case Doubtful:
        findings.warn(Text::tr("Tight: whether all pods find room depends on how they are spread."));
        break;
    case Fits:
        break;
    }
    if (packing.outcome == Short || packing.outcome == Single) {
        if (packing.usable < count)
            findings.refuse(Text::tr("%1 of %n node(s) would take them: %2.", nullptr, count)
                    .arg(QLocale().toString(packing.usable), obstacleCounts(candidates, nodes)));
        return;
    }
    Room left = packing.free;
    left -= packing.asked;
    if (left.isTight(packing.allocatable))
        findings.warn(tightText(left));
    if (packing.withoutDaemon)
        findings.warn(Text::tr("%n node(s) have no room for the DaemonSet's pod.", nullptr, packing.withoutDaemon));
    findings.praise(fitsText(packing.asked, packing.free));
}

} // namespace kdra::environments
