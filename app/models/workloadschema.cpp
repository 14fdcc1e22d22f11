// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/cells.h"
#include "models/format.h"

#include <algorithm>

namespace kdra::models {

namespace {

// Calls function(Ref<WorkloadRecord>).
template <class Function> auto withWorkload(const store::Snapshot &snapshot, RowKey row, Function function)
{
    switch (row.kind()) {
    case store::Kind::ReplicaSet:
        return function(recordOf<store::Kind::ReplicaSet>(snapshot, row));
    case store::Kind::StatefulSet:
        return function(recordOf<store::Kind::StatefulSet>(snapshot, row));
    case store::Kind::DaemonSet:
        return function(recordOf<store::Kind::DaemonSet>(snapshot, row));
    case store::Kind::Job:
        return function(recordOf<store::Kind::Job>(snapshot, row));
    case store::Kind::CronJob:
        return function(recordOf<store::Kind::CronJob>(snapshot, row));
    default:
        return function(recordOf<store::Kind::Deployment>(snapshot, row));
    }
}

class WorkloadSchema : public TableSchema {
    Q_DECLARE_TR_FUNCTIONS(WorkloadTable)

    enum { Name, Namespace, Kind, Ready, Updated, Available, State, Image, Age, Selector, Labels };

    using Workload = store::Ref<store::WorkloadRecord>;

    // In the order of kinds().
    static constexpr std::string_view kindWords[] = {
        "Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob", "ReplicaSet"};

    static QString ready(store::Kind kind, const store::WorkloadRecord &workload)
    {
        switch (kind) {
        case store::Kind::CronJob:
            return number(workload.current);
        case store::Kind::Job:
            return QStringLiteral("%1/%2").arg(workload.succeeded).arg(workload.desired);
        default:
            return QStringLiteral("%1/%2").arg(workload.ready).arg(workload.desired);
        }
    }

    static FieldValue readyOf(store::Kind kind, const store::WorkloadRecord &workload)
    {
        if (kind == store::Kind::CronJob)
            return {.number = workload.current, .of = workload.current};
        return {.number = kind == store::Kind::Job ? workload.succeeded : workload.ready, .of = workload.desired};
    }

    // As state(), in the words of the API.
    static std::string_view stateWord(const store::Snapshot &snapshot, store::Kind kind, const Workload &workload)
    {
        if (workload->meta.deleted)
            return "Terminating";
        if (workload->paused)
            return kind == store::Kind::CronJob || kind == store::Kind::Job ? "Suspended" : "Paused";
        return snapshot.view(kind == store::Kind::CronJob ? workload->schedule : workload->reason);
    }

    static QString state(const store::Snapshot &snapshot, store::Kind kind, const Workload &workload)
    {
        if (workload->meta.deleted)
            return tr("Being deleted");
        if (workload->paused)
            return kind == store::Kind::CronJob || kind == store::Kind::Job ? tr("Suspended") : tr("Paused");
        if (kind == store::Kind::CronJob)
            return snapshot.string(workload->schedule);
        return snapshot.string(workload->reason);
    }

public:
    std::span<const store::Kind> kinds() const override
    {
        using enum store::Kind;
        static constexpr store::Kind kinds[] = {Deployment, StatefulSet, DaemonSet, Job, CronJob, ReplicaSet};
        return kinds;
    }

    QList<Column> columns() const override
    {
        using enum FieldType;
        return {{tr("Name"), 220, false, "name"}, {tr("Namespace"), 130, false, "namespace", "ns", Interned},
            {tr("Kind"), 100, false, "kind", {}, Words, false, kindWords}, {tr("Ready"), 70, true, "ready", {}, Ratio},
            {tr("Updated"), 76, true, "updated", {}, Count}, {tr("Available"), 80, true, "available", {}, Count},
            {tr("State"), 170, false, "state", "status reason schedule"},
            {tr("Image"), 240, false, "image", "img", Interned},
            {tr("Age"), 64, true, "age", "created", FieldType::Age},
            {tr("Selects"), 220, false, "selects", "selector", FieldType::Labels, true},
            {tr("Labels"), 260, false, "label", "labels l", FieldType::Labels, true}};
    }

    // A deployment speaks for its replica sets.
    bool belongs(const store::Snapshot &snapshot, RowKey row) const override
    {
        if (row.kind() != store::Kind::ReplicaSet && row.kind() != store::Kind::Job)
            return true;
        return withWorkload(snapshot, row, [](const Workload &workload) { return workload->meta.owner.isNull(); });
    }

    QVariant display(const store::Snapshot &snapshot, RowKey row, int column, qint64 now) const override
    {
        return withWorkload(snapshot, row, [&](const Workload &workload) -> QVariant {
            switch (column) {
            case Name:
                return store::toQString(workload.name());
            case Namespace:
                return snapshot.string(workload->meta.ns);
            case Kind:
                return store::kindName(row.kind());
            case Ready:
                return ready(row.kind(), *workload);
            case Updated:
                return numberOrNothing(workload->updated);
            case Available:
                return numberOrNothing(workload->available);
            case State:
                return state(snapshot, row.kind(), workload);
            case Image:
                return snapshot.string(workload->image);
            case Age:
                return age(workload->meta.created, now);
            case Selector:
                return inOneLine(snapshot.string(workload->selector));
            case Labels:
                return inOneLine(snapshot.string(workload->meta.labels));
            default:
                return {};
            }
        });
    }

    FieldValue field(const store::Snapshot &snapshot, RowKey row, int column) const override
    {
        return withWorkload(snapshot, row, [&](const Workload &workload) -> FieldValue {
            switch (column) {
            case Namespace:
                return fieldOf(workload->meta.ns);
            case Kind:
                return fieldOf(qint64(1) << (std::ranges::find(kinds(), row.kind()) - kinds().begin()));
            case Ready:
                return readyOf(row.kind(), *workload);
            case Updated:
                return fieldOf(qint64(workload->updated));
            case Available:
                return fieldOf(qint64(workload->available));
            case State:
                return fieldOf(stateWord(snapshot, row.kind(), workload));
            case Image:
                return fieldOf(workload->image);
            case Age:
                return fieldOf(qint64(workload->meta.created));
            case Selector:
                return fieldOf(workload->selector);
            case Labels:
                return fieldOf(workload->meta.labels);
            default:
                return fieldOf(workload.name());
            }
        });
    }

    QString toolTip(const store::Snapshot &snapshot, RowKey row, int column) const override
    {
        return withWorkload(snapshot, row, [&](const Workload &workload) -> QString {
            switch (column) {
            case State:
                return store::toQString(workload.text(workload->message));
            case Image:
                return snapshot.string(workload->image);
            case Selector:
                return snapshot.string(workload->selector).trimmed();
            case Labels:
                return snapshot.string(workload->meta.labels).trimmed();
            case Age:
                return exactTime(workload->meta.created);
            default:
                return {};
            }
        });
    }

    SortKey sortKey(const store::Snapshot &snapshot, RowKey row, int column) const override
    {
        return withWorkload(snapshot, row, [&](const Workload &workload) -> SortKey {
            switch (column) {
            case Namespace:
                return {0, snapshot.view(workload->meta.ns)};
            case Kind:
                return {static_cast<qint64>(row.kind()), workload.name()};
            case Ready:
                return {qint64(workload->ready) - qint64(workload->desired), {}};
            case Updated:
                return {workload->updated, {}};
            case Available:
                return {workload->available, {}};
            case State:
                return {-static_cast<qint64>(workload->meta.severity), snapshot.view(workload->reason)};
            case Image:
                return {0, snapshot.view(workload->image)};
            case Age:
                return ageKey(workload->meta.created);
            case Selector:
                return {0, snapshot.view(workload->selector)};
            case Labels:
                return {0, snapshot.view(workload->meta.labels)};
            default:
                return {0, workload.name()};
            }
        });
    }

    bool matchesText(const store::Snapshot &snapshot, RowKey row, std::string_view lower) const override
    {
        return withWorkload(snapshot, row, [&](const Workload &workload) {
            return containsFolded(workload.name(), lower) || containsFolded(snapshot.view(workload->meta.ns), lower)
                || containsFolded(snapshot.view(workload->image), lower);
        });
    }
};

} // namespace

std::shared_ptr<const TableSchema> workloadSchema()
{
    return std::make_shared<WorkloadSchema>();
}

} // namespace kdra::models
