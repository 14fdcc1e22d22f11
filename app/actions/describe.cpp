// SPDX-License-Identifier: GPL-3.0-or-later
// Orders in words.
#include "actions/task.h"

#include <QCoreApplication>
#include <QLocale>

namespace kdra::actions {
namespace {

using store::Kind;

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::actions::Order)
};

QString number(int value)
{
    return QLocale().toString(value);
}

const store::WorkloadRecord *workloadOf(const store::Snapshot &snapshot, const store::Item &item)
{
    const QList<store::RowKey> rows = rowsOf(snapshot, {item});
    if (rows.isEmpty())
        return nullptr;
    return store::withTable(snapshot, item.kind, [&](const auto &table) -> const store::WorkloadRecord * {
        const auto record = table.at(rows.first().slot());
        if constexpr (std::is_same_v<std::decay_t<decltype(*record)>, store::WorkloadRecord>)
            return &*record;
        return nullptr;
    });
}

QString drainText(const store::Snapshot &snapshot, const QList<Target> &targets)
{
    QSet<QString> nodes;
    for (const Target &target : targets)
        nodes.insert(target.name);
    int evicted = 0;
    int daemons = 0;
    int mirrors = 0;
    QHash<StringId, bool> drained; // by the id of the node's name: compared once, not for each pod
    snapshot.table<Kind::Pod>().forEach([&](const store::Ref<store::PodRecord> &pod) {
        auto known = drained.constFind(pod->node);
        if (known == drained.constEnd())
            known = drained.insert(pod->node, nodes.contains(snapshot.string(pod->node)));
        if (!*known)
            return;
        const bool finished =
            pod->phase == store::PodRecord::Phase::Succeeded || pod->phase == store::PodRecord::Phase::Failed;
        const std::string_view owner = snapshot.view(pod->meta.ownerKind);
        if (owner == "Node")
            ++mirrors;
        else if (owner == "DaemonSet" && !finished)
            ++daemons;
        else
            ++evicted;
    });
    QStringList sentences{evicted > 0
            ? Text::tr("Takes no more pods on %1 and evicts %n pod(s).", nullptr, evicted).arg(displayOf(targets))
            : Text::tr("Takes no more pods on %1; there is nothing to evict.").arg(displayOf(targets))};
    if (daemons > 0)
        sentences.append(Text::tr("%n pod(s) of daemon sets stay.", nullptr, daemons));
    if (mirrors > 0)
        sentences.append(Text::tr("%n static pod(s) stay.", nullptr, mirrors));
    return sentences.join(QLatin1Char(' '));
}

QString scaleText(const store::Snapshot &snapshot, const Order &order)
{
    if (order.targets.size() == 1) {
        const int wanted = order.of(0).scale.replicas;
        if (const store::WorkloadRecord *workload = workloadOf(snapshot, order.targets.first().item))
            return Text::tr("Scales %1 from %2 to %n replica(s).", nullptr, wanted)
                .arg(order.targets.first().display(), number(static_cast<int>(workload->desired)));
    }
    if (!order.each.isEmpty())
        return Text::tr("Scales %1 back to the numbers of replicas they had.").arg(displayOf(order.targets));
    return Text::tr("Scales %1 to %n replica(s) each.", nullptr, order.parameters.scale.replicas)
        .arg(displayOf(order.targets));
}

QString restartText(const store::Snapshot &snapshot, const Order &order)
{
    int pods = 0;
    for (const Target &target : order.targets) {
        if (const store::WorkloadRecord *workload = workloadOf(snapshot, target.item))
            pods += static_cast<int>(workload->desired);
    }
    return Text::tr("Replaces %n pod(s) of %1, a few at a time.", nullptr, pods).arg(displayOf(order.targets));
}

QString editText(const Order &order)
{
    const MetadataEdit &edit = order.of(0).edit;
    const QString target = displayOf(order.targets);
    QStringList sentences;
    for (const auto &[key, value] : edit.set.asKeyValueRange()) {
        const auto before = edit.seen.constFind(key);
        if (before == edit.seen.constEnd())
            sentences.append(Text::tr("Adds %1=%2 to %3.").arg(key, value, target));
        else
            sentences.append(Text::tr("Changes %1 of %2 from “%3” to “%4”.").arg(key, target, *before, value));
    }
    for (const QString &key : edit.removed)
        sentences.append(Text::tr("Takes %1 off %2.").arg(key, target));
    return sentences.isEmpty() ? Text::tr("Changes nothing.") : sentences.join(QLatin1Char(' '));
}

QString deleteText(const store::Snapshot &snapshot, const Order &order)
{
    const QString target = displayOf(order.targets);
    QStringList sentences{Text::tr("Deletes %1.").arg(target)};
    bool managed = false;
    bool owns = false;
    bool everything = false;
    for (const store::RowKey row : rowsOf(snapshot, [&] {
             QList<store::Item> items;
             for (const Target &one : order.targets)
                 items.append(one.item);
             return items;
         }())) {
        const store::AnyRecord record = store::recordAt(snapshot, row);
        managed |= row.kind() == Kind::Pod && !record.meta->owner.isNull();
        owns |= row.kind() == Kind::Deployment || row.kind() == Kind::ReplicaSet || row.kind() == Kind::StatefulSet
            || row.kind() == Kind::DaemonSet || row.kind() == Kind::Job || row.kind() == Kind::CronJob;
        everything |= row.kind() == Kind::Namespace;
    }
    if (managed)
        sentences.append(Text::tr("What they belong to will make new ones."));
    if (owns)
        sentences.append(order.of(0).remove.propagationPolicy == QLatin1StringView("Orphan")
                ? Text::tr("The pods stay.")
                : Text::tr("The pods go too."));
    if (everything)
        sentences.append(Text::tr("Everything in the namespace goes too."));
    sentences.append(Text::tr("This cannot be undone."));
    return sentences.join(QLatin1Char(' '));
}

} // namespace

QString describe(const store::Snapshot &snapshot, const Order &order)
{
    const QString target = displayOf(order.targets);
    if (order.targets.isEmpty())
        return Text::tr("There is nothing left to do this to.");
    switch (order.id) {
    case ActionId::Cordon:
        return Text::tr("No new pods will be placed on %1; what runs there goes on.").arg(target);
    case ActionId::Uncordon:
        return Text::tr("New pods may be placed on %1 again.").arg(target);
    case ActionId::Drain:
        return drainText(snapshot, order.targets);
    case ActionId::Delete:
        return deleteText(snapshot, order);
    case ActionId::Scale:
        return scaleText(snapshot, order);
    case ActionId::RolloutRestart:
        return restartText(snapshot, order);
    case ActionId::RolloutPause:
        return Text::tr("Changes of %1 are not rolled out until it is resumed.").arg(target);
    case ActionId::RolloutResume:
        return Text::tr("Changes of %1 made in the meantime are rolled out.").arg(target);
    case ActionId::RolloutUndo:
        return order.of(0).revision > 0
            ? Text::tr("Takes %1 back to revision %2, a few pods at a time.").arg(target, number(order.of(0).revision))
            : Text::tr("Takes %1 back to the revision before the current one, a few pods at a time.").arg(target);
    case ActionId::EditLabels:
    case ActionId::EditAnnotations:
        return editText(order);
    case ActionId::SuspendCronJob:
        return Text::tr("%1 starts no more jobs by its schedule; jobs that run go on.").arg(target);
    case ActionId::ResumeCronJob:
        return Text::tr("%1 starts jobs by its schedule again.").arg(target);
    case ActionId::TriggerCronJob:
        return Text::tr("Starts a job of %1 now, whatever the schedule says.").arg(target);
    }
    Q_UNREACHABLE_RETURN({});
}

QString titleOf(const Order &order)
{
    const QString target = displayOf(order.targets);
    switch (order.id) {
    case ActionId::Cordon:
        return Text::tr("Cordon %1").arg(target);
    case ActionId::Uncordon:
        return Text::tr("Uncordon %1").arg(target);
    case ActionId::Drain:
        return Text::tr("Drain %1").arg(target);
    case ActionId::Delete:
        return Text::tr("Delete %1").arg(target);
    case ActionId::Scale:
        return order.each.size() > 1
            ? Text::tr("Scale %1 back").arg(target)
            : Text::tr("Scale %1 to %2").arg(target, number(order.targets.isEmpty() ? 0 : order.of(0).scale.replicas));
    case ActionId::RolloutRestart:
        return Text::tr("Restart %1").arg(target);
    case ActionId::RolloutPause:
        return Text::tr("Pause rollout of %1").arg(target);
    case ActionId::RolloutResume:
        return Text::tr("Resume rollout of %1").arg(target);
    case ActionId::RolloutUndo:
        return order.each.size() <= 1 && !order.targets.isEmpty() && order.of(0).revision > 0
            ? Text::tr("Take %1 back to revision %2").arg(target, number(order.of(0).revision))
            : Text::tr("Undo rollout of %1").arg(target);
    case ActionId::EditLabels:
        return Text::tr("Edit labels of %1").arg(target);
    case ActionId::EditAnnotations:
        return Text::tr("Edit annotations of %1").arg(target);
    case ActionId::SuspendCronJob:
        return Text::tr("Suspend %1").arg(target);
    case ActionId::ResumeCronJob:
        return Text::tr("Resume %1").arg(target);
    case ActionId::TriggerCronJob:
        return Text::tr("Run %1 now").arg(target);
    }
    Q_UNREACHABLE_RETURN({});
}

} // namespace kdra::actions
