// SPDX-License-Identifier: GPL-3.0-or-later
#include "actions/action.h"

#include <QCoreApplication>

namespace kdra::actions {
namespace {

using store::Kind;

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::actions::Action)
};

// More are asked about by namespace: one question each would keep the server busy for a menu.
constexpr qsizetype MaxNamed = 10;

constexpr std::array<ActionId, actionCount> all = {ActionId::Cordon, ActionId::Uncordon, ActionId::Drain,
    ActionId::Scale, ActionId::RolloutRestart, ActionId::RolloutPause, ActionId::RolloutResume, ActionId::RolloutUndo,
    ActionId::SuspendCronJob, ActionId::ResumeCronJob, ActionId::TriggerCronJob, ActionId::EditLabels,
    ActionId::EditAnnotations, ActionId::Delete};

bool isRolledOut(Kind kind)
{
    return kind == Kind::Deployment || kind == Kind::StatefulSet || kind == Kind::DaemonSet;
}

// What is done to them is done to all that belongs to them.
bool isEnvironments(Kind kind)
{
    return kind == Kind::ApplySet || kind == Kind::SharedTemplate;
}

bool fitsKind(ActionId id, Kind kind)
{
    switch (id) {
    case ActionId::Cordon:
    case ActionId::Uncordon:
    case ActionId::Drain:
        return kind == Kind::Node;
    case ActionId::Scale:
        return kind == Kind::Deployment || kind == Kind::StatefulSet || kind == Kind::ReplicaSet;
    case ActionId::RolloutRestart:
    case ActionId::RolloutUndo:
        return isRolledOut(kind);
    case ActionId::RolloutPause:
    case ActionId::RolloutResume:
        return kind == Kind::Deployment;
    case ActionId::SuspendCronJob:
    case ActionId::ResumeCronJob:
    case ActionId::TriggerCronJob:
        return kind == Kind::CronJob;
    case ActionId::EditLabels:
    case ActionId::EditAnnotations:
        return kind != Kind::Event && kind != Kind::Lease && !isEnvironments(kind);
    case ActionId::Delete:
        // Events and leases are what machines tell each other; endpoint slices would come back at once.
        return kind != Kind::Event && kind != Kind::Lease && kind != Kind::EndpointSlice && !isEnvironments(kind);
    }
    Q_UNREACHABLE_RETURN(false);
}

// Actions whose use depends on the workload's own state; the kind fits already.
bool fitsWorkload(ActionId id, const store::WorkloadRecord &workload)
{
    switch (id) {
    case ActionId::Scale:
        // A Deployment sets the size of its ReplicaSets itself.
        return workload.meta.owner.isNull();
    case ActionId::RolloutRestart:
    case ActionId::RolloutUndo:
    case ActionId::RolloutPause:
    case ActionId::SuspendCronJob:
        return !workload.paused; // kubectl refuses to roll what is paused, as nothing would happen
    case ActionId::RolloutResume:
    case ActionId::ResumeCronJob:
        return workload.paused;
    default:
        return true;
    }
}

bool fitsState(ActionId id, const store::Snapshot &snapshot, store::RowKey row)
{
    return store::withTable(snapshot, row.kind(), [&](const auto &table) {
        const auto record = table.at(row.slot());
        using Record = std::decay_t<decltype(*record)>;
        if (record->meta.deleted) // only a pod can be made to go faster
            return id == ActionId::Delete && row.kind() == Kind::Pod;
        if constexpr (std::is_same_v<Record, store::NodeRecord>) {
            if (id == ActionId::Cordon)
                return !record->unschedulable;
            if (id == ActionId::Uncordon)
                return record->unschedulable;
        }
        if constexpr (std::is_same_v<Record, store::WorkloadRecord>)
            return fitsWorkload(id, *record);
        return true;
    });
}

const char *titleText(ActionId id)
{
    switch (id) {
    case ActionId::Cordon:
        return QT_TRANSLATE_NOOP("kdra::actions::Action", "Cordon");
    case ActionId::Uncordon:
        return QT_TRANSLATE_NOOP("kdra::actions::Action", "Uncordon");
    case ActionId::Drain:
        return QT_TRANSLATE_NOOP("kdra::actions::Action", "Drain…");
    case ActionId::Scale:
        return QT_TRANSLATE_NOOP("kdra::actions::Action", "Scale…");
    case ActionId::RolloutRestart:
        return QT_TRANSLATE_NOOP("kdra::actions::Action", "Restart rollout…");
    case ActionId::RolloutPause:
        return QT_TRANSLATE_NOOP("kdra::actions::Action", "Pause rollout");
    case ActionId::RolloutResume:
        return QT_TRANSLATE_NOOP("kdra::actions::Action", "Resume rollout");
    case ActionId::RolloutUndo:
        return QT_TRANSLATE_NOOP("kdra::actions::Action", "Undo rollout…");
    case ActionId::SuspendCronJob:
        return QT_TRANSLATE_NOOP("kdra::actions::Action", "Suspend cron job");
    case ActionId::ResumeCronJob:
        return QT_TRANSLATE_NOOP("kdra::actions::Action", "Resume cron job");
    case ActionId::TriggerCronJob:
        return QT_TRANSLATE_NOOP("kdra::actions::Action", "Run cron job now");
    case ActionId::EditLabels:
        return QT_TRANSLATE_NOOP("kdra::actions::Action", "Edit labels…");
    case ActionId::EditAnnotations:
        return QT_TRANSLATE_NOOP("kdra::actions::Action", "Edit annotations…");
    case ActionId::Delete:
        return QT_TRANSLATE_NOOP("kdra::actions::Action", "Delete…");
    }
    Q_UNREACHABLE_RETURN("");
}

} // namespace

std::span<const ActionId, actionCount> allActions()
{
    return all;
}

QString actionKey(ActionId id)
{
    static constexpr std::array<const char *, actionCount> keys = {"cordon", "uncordon", "drain", "scale",
        "rollout-restart", "rollout-pause", "rollout-resume", "rollout-undo", "suspend", "resume", "trigger", "label",
        "annotate", "delete"};
    return QString::fromLatin1(keys[static_cast<size_t>(id)]);
}

QString actionTitle(ActionId id)
{
    return QCoreApplication::translate("kdra::actions::Action", titleText(id));
}

bool isDestructive(ActionId id)
{
    return id == ActionId::Drain || id == ActionId::Delete || id == ActionId::RolloutRestart
        || id == ActionId::RolloutUndo;
}

bool isUndoable(ActionId id)
{
    return id != ActionId::Drain && id != ActionId::Delete && id != ActionId::TriggerCronJob
        && id != ActionId::RolloutRestart;
}

bool needsInput(ActionId id)
{
    return id == ActionId::Scale || isForOne(id);
}

bool isForOne(ActionId id)
{
    return id == ActionId::EditLabels || id == ActionId::EditAnnotations;
}

QList<ActionId> actionsFor(const store::Snapshot &snapshot, const QList<store::Item> &items)
{
    const QList<store::RowKey> rows = rowsOf(snapshot, items);
    QList<ActionId> fitting;
    for (const ActionId id : all) {
        if (isForOne(id) && rows.size() != 1)
            continue;
        const bool kinds = std::ranges::all_of(rows, [id](store::RowKey row) { return fitsKind(id, row.kind()); });
        if (kinds && std::ranges::any_of(rows, [&](store::RowKey row) { return fitsState(id, snapshot, row); }))
            fitting.append(id);
    }
    return fitting;
}

QList<store::Item> itemsFor(ActionId id, const store::Snapshot &snapshot, const QList<store::Item> &items)
{
    QList<store::Item> fitting;
    for (const QList<store::RowKey> rows = rowsOf(snapshot, items); const store::RowKey row : rows) {
        if (fitsKind(id, row.kind()) && fitsState(id, snapshot, row))
            fitting.append({row.kind(), store::recordAt(snapshot, row).meta->uid});
    }
    return fitting;
}

QList<kube::AccessQuestion> accessQuestions(ActionId id, const QList<Target> &targets)
{
    QList<kube::AccessQuestion> questions;
    const auto add = [&questions](kube::AccessQuestion question) {
        if (!questions.contains(question))
            questions.append(std::move(question));
    };
    const bool named = targets.size() <= MaxNamed;
    for (const Target &target : targets) {
        const kube::Resource &resource = target.resource;
        const auto about = [&](const QString &verb, const QString &subresource = {}) {
            add({.verb = verb,
                .group = resource.group,
                .resource = resource.plural,
                .subresource = subresource,
                .ns = target.ns,
                .name = named ? target.name : QString()});
        };
        switch (id) {
        case ActionId::Drain:
            about(QStringLiteral("patch"));
            add({.verb = QStringLiteral("list"), .resource = QStringLiteral("pods")});
            add({.verb = QStringLiteral("create"),
                .resource = QStringLiteral("pods"),
                .subresource = QStringLiteral("eviction")});
            break;
        case ActionId::Scale:
            about(QStringLiteral("get"), QStringLiteral("scale"));
            about(QStringLiteral("update"), QStringLiteral("scale"));
            break;
        case ActionId::RolloutUndo:
            about(QStringLiteral("patch"));
            add({.verb = QStringLiteral("list"),
                .group = resource.group,
                .resource = target.item.kind == Kind::Deployment ? QStringLiteral("replicasets")
                                                                 : QStringLiteral("controllerrevisions"),
                .ns = target.ns});
            break;
        case ActionId::TriggerCronJob:
            about(QStringLiteral("get"));
            add({.verb = QStringLiteral("create"),
                .group = QStringLiteral("batch"),
                .resource = QStringLiteral("jobs"),
                .ns = target.ns});
            break;
        case ActionId::Delete:
            about(QStringLiteral("delete"));
            break;
        default:
            about(QStringLiteral("patch"));
        }
    }
    return questions;
}

} // namespace kdra::actions
