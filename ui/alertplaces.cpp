// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/alertplaces.h"

#include "environments/labels.h"
#include "store/labels.h"
#include "ui/metrics/alertwords.h"

#include <QSet>

namespace kdra::ui {

namespace {

using store::Kind;
using Key = std::pair<QString, QString>; // namespace and name

// As many as a tooltip has room for.
constexpr qsizetype mostLines = 6;

// The first of that name; a cluster-wide kind has no namespace.
template <Kind kind> auto findNamed(const store::Snapshot &snapshot, const QString &ns, const QString &name)
{
    using Record = typename store::RecordOf<kind>::Type;
    store::Ref<Record> found;
    const QByteArray wantedName = name.toUtf8();
    const QByteArray wantedNs = ns.toUtf8();
    if (name.isEmpty())
        return found;
    snapshot.table<kind>().forEach([&](const store::Ref<Record> &record) {
        if (!found && record.name() == std::string_view(wantedName)
            && snapshot.view(record->meta.ns) == std::string_view(wantedNs))
            found = record;
    });
    return found;
}

template <Kind kind>
bool take(AlertTarget &target, const store::Snapshot &snapshot, const QString &ns, const QString &name)
{
    const auto found = findNamed<kind>(snapshot, ns, name);
    if (!found)
        return false;
    target.item = {.kind = kind, .uid = found->meta.uid};
    const auto environment = store::labelValue(snapshot.view(found->meta.labels),
        std::string_view(environments::EnvironmentLabel.data(), size_t(environments::EnvironmentLabel.size())));
    if (environment) {
        target.environment = store::toQString(*environment);
        target.ns = ns;
    }
    return true;
}

} // namespace

AlertTarget targetOf(const metrics::AlertPlace &place, const store::Snapshot &snapshot)
{
    AlertTarget target{.item = {}, .environment = place.environment, .ns = place.ns};
    if (take<Kind::Pod>(target, snapshot, place.ns, place.pod)
        || take<Kind::Deployment>(target, snapshot, place.ns, place.workload)
        || take<Kind::StatefulSet>(target, snapshot, place.ns, place.workload)
        || take<Kind::DaemonSet>(target, snapshot, place.ns, place.workload)
        || take<Kind::Job>(target, snapshot, place.ns, place.workload))
        return target;
    take<Kind::Node>(target, snapshot, {}, place.node);
    return target;
}

TileAlerts alertsByNode(const QList<metrics::Alert> &alerts, const store::Snapshot &snapshot)
{
    // Where the pods are; their alerts may come with the node of whoever watches them.
    QSet<Key> wanted;
    for (const metrics::Alert &alert : alerts) {
        if (!alert.place.pod.isEmpty())
            wanted.insert({alert.place.ns, alert.place.pod});
    }
    QHash<Key, QString> nodes;
    if (!wanted.isEmpty()) {
        snapshot.table<Kind::Pod>().forEach([&](const store::Ref<store::PodRecord> &pod) {
            const Key key(store::toQString(snapshot.view(pod->meta.ns)), store::toQString(pod.name()));
            if (wanted.contains(key))
                nodes.insert(key, snapshot.string(pod->node));
        });
    }
    TileAlerts all;
    for (const metrics::Alert &alert : alerts) {
        if (alert.state != metrics::Alert::State::Firing || metrics::isWatchdog(alert))
            continue;
        const QString node =
            alert.place.pod.isEmpty() ? alert.place.node : nodes.value({alert.place.ns, alert.place.pod});
        if (node.isEmpty())
            continue;
        TileAlert &one = all[node];
        const store::Severity severity = glyphOf(alert);
        one.worst = one.count++ ? std::max(one.worst, severity) : severity;
        if (one.lines.size() < mostLines)
            one.lines += alert.name + QStringLiteral(": ") + alert.summary.simplified().left(120);
    }
    return all;
}

} // namespace kdra::ui
