// SPDX-License-Identifier: GPL-3.0-or-later
#include "relations/evidence.h"
#include "store/subject.h"

#include <QCoreApplication>

namespace kdra::relations {
namespace {

using store::Kind;
using store::NodeRecord;
using store::Severity;

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::relations::Node)
};

// When the node's lease was last renewed, in seconds since the Unix epoch by our clock, when that is longer ago than
// the lease lasts; 0 when it is in time or not known.
qint64 overdueSince(const store::Snapshot &snapshot, const NodeRef &node, qint64 now)
{
    qint64 since = 0;
    // Without a live watch the leases stand still, and tell nothing of the nodes.
    if (snapshot.state(Kind::Lease).phase != store::KindPhase::Live)
        return since;
    snapshot.table<Kind::Lease>().forEach([&](const store::Ref<store::LeaseRecord> &lease) {
        if (lease.name() == node.name() && lease->seenMs / 1000 + lease->durationSeconds < now)
            since = lease->seenMs / 1000;
    });
    return since;
}

QString silence(const QString &name, qint64 seconds)
{
    if (seconds <= 0)
        return Text::tr("Node %1 does not answer.").arg(name);
    if (seconds < 120)
        return Text::tr("Node %1 has been silent for %n second(s).", nullptr, static_cast<int>(seconds)).arg(name);
    return Text::tr("Node %1 has been silent for %n minute(s).", nullptr, static_cast<int>(seconds / 60)).arg(name);
}

// The newest event about the supply voltage of the node: "UnderVoltageDetected", "VoltageNormal".
EventRef voltageEvent(const store::Snapshot &snapshot, const NodeRef &node)
{
    const store::Subject subject{Kind::Node, node->meta.uid, {}, std::string(node.name())};
    EventRef newest;
    snapshot.table<Kind::Event>().forEach([&](const EventRef &event) {
        if (store::isAbout(snapshot, event, subject) && (!newest || event->last >= newest->last)
            && snapshot.string(event->reason).contains(QLatin1StringView("voltage"), Qt::CaseInsensitive))
            newest = event;
    });
    return newest;
}

} // namespace

bool isSilent(const store::Snapshot &snapshot, const NodeRef &node, qint64 now)
{
    return node->ready == NodeRecord::Ready::Unknown || overdueSince(snapshot, node, now) != 0;
}

QList<Cause> nodeCauses(const store::Snapshot &snapshot, const NodeRef &node, qint64 now)
{
    QList<Cause> causes;
    const store::Item item{Kind::Node, node->meta.uid};
    const QString name = store::toQString(node.name());
    // Under-voltage comes and goes: an old event is no news of today's node.
    constexpr qint64 newsSeconds = 1800;
    if (const EventRef event = voltageEvent(snapshot, node); event && event->warning && event->last + newsSeconds > now)
        causes.append({{Kind::Event, event->meta.uid},
            Text::tr("The power supply of node %1 is too weak: %2.").arg(name, shortened(event.text(event->message))),
            Severity::Warning});
    else if (node->problem != StringId::Empty) {
        const QString problem = snapshot.string(node->problem);
        const QString why = shortened(node.text(node->problemMessage));
        causes.append({item,
            why.isEmpty() ? Text::tr("Node %1 reports %2.").arg(name, problem)
                          : Text::tr("Node %1 reports %2: %3.").arg(name, problem, why),
            Severity::Warning});
    }
    if (node->pressures & NodeRecord::Memory)
        causes.append({item, Text::tr("Node %1 is short of memory.").arg(name), Severity::Warning});
    if (node->pressures & NodeRecord::Disk)
        causes.append({item, Text::tr("Node %1 is short of disk space.").arg(name), Severity::Warning});
    if (node->pressures & NodeRecord::Pid)
        causes.append({item, Text::tr("Node %1 is short of process numbers.").arg(name), Severity::Warning});
    if (node->pressures & NodeRecord::Network)
        causes.append({item, Text::tr("The network of node %1 is not set up.").arg(name), Severity::Warning});
    if (isSilent(snapshot, node, now)) {
        const qint64 since = overdueSince(snapshot, node, now);
        causes.append({item, silence(name, since ? now - since : 0), Severity::Unknown});
    } else if (node->ready == NodeRecord::Ready::False) {
        const QString why = shortened(node.text(node->readyMessage));
        causes.append({item,
            why.isEmpty() ? Text::tr("Node %1 is not ready.").arg(name)
                          : Text::tr("Node %1 is not ready: %2.").arg(name, why),
            Severity::Failing});
    }
    if (node->unschedulable)
        causes.append(
            {item, Text::tr("Node %1 is cordoned: no new pods are placed on it.").arg(name), Severity::Warning});
    return causes;
}

} // namespace kdra::relations
