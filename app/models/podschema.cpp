// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/cells.h"
#include "models/format.h"

namespace kdra::models {

namespace {

class PodSchema : public TableSchema {
    Q_DECLARE_TR_FUNCTIONS(PodTable)

    enum {
        Name,
        Namespace,
        Status,
        Ready,
        Restarts,
        Node,
        Cpu,
        Memory,
        Age,
        Ip,
        Image,
        Owner,
        LastRestart,
        Message,
        Labels
    };

public:
    std::span<const store::Kind> kinds() const override
    {
        static constexpr store::Kind kinds[] = {store::Kind::Pod};
        return kinds;
    }

    QList<Column> columns() const override
    {
        using enum FieldType;
        return {{tr("Name"), 260, false, "name"}, {tr("Namespace"), 130, false, "namespace", "ns", Interned},
            {tr("Status"), 140, false, "status", "state reason", Interned}, {tr("Ready"), 60, true, "ready", {}, Ratio},
            {tr("Restarts"), 76, true, "restarts", "restart", Count}, {tr("Node"), 120, false, "node", {}, Interned},
            {tr("CPU (m)"), 76, true, "cpu", {}, FieldType::Cpu},
            {tr("Memory (MiB)"), 104, true, "memory", "mem", Bytes},
            {tr("Age"), 64, true, "age", "created", FieldType::Age}, {tr("IP"), 110, false, "ip", "address"},
            {tr("Image"), 240, false, "image", "img", Interned, true},
            {tr("Controlled by"), 110, false, "owner", "controlledby", Interned, true},
            {tr("Last restart"), 96, true, "lastrestart", {}, FieldType::Age, true},
            {tr("Message"), 260, false, "message", "msg", Text, true},
            {tr("Labels"), 260, false, "label", "labels l", FieldType::Labels, true}};
    }

    QVariant display(const store::Snapshot &snapshot, RowKey row, int column, qint64 now) const override
    {
        const auto pod = recordOf<store::Kind::Pod>(snapshot, row);
        switch (column) {
        case Name:
            return store::toQString(pod.name());
        case Namespace:
            return snapshot.string(pod->meta.ns);
        case Status:
            return snapshot.string(pod->status);
        case Ready:
            return QStringLiteral("%1/%2").arg(pod->readyContainers).arg(pod->containers);
        case Restarts:
            return number(pod->restarts);
        case Node:
            return snapshot.string(pod->node);
        case Cpu:
            return numberOrNothing(pod->cpuMilliRequested);
        case Memory:
            return numberOrNothing(mebibytes(pod->memoryRequested));
        case Age:
            return age(pod->meta.created, now);
        case Ip:
            return store::toQString(pod.text(pod->ip));
        case Image:
            return snapshot.string(pod->image);
        case Owner:
            return snapshot.string(pod->meta.ownerKind);
        case LastRestart:
            return age(pod->lastRestart, now);
        case Message:
            return store::toQString(pod.text(pod->message)).simplified();
        case Labels:
            return inOneLine(snapshot.string(pod->meta.labels));
        default:
            return {};
        }
    }

    FieldValue field(const store::Snapshot &snapshot, RowKey row, int column) const override
    {
        const auto pod = recordOf<store::Kind::Pod>(snapshot, row);
        switch (column) {
        case Namespace:
            return fieldOf(pod->meta.ns);
        case Status:
            return fieldOf(pod->status);
        case Ready:
            return {.number = pod->readyContainers, .of = pod->containers};
        case Restarts:
            return fieldOf(qint64(pod->restarts));
        case Node:
            return fieldOf(pod->node);
        case Cpu:
            return fieldOf(qint64(pod->cpuMilliRequested));
        case Memory:
            return fieldOf(static_cast<qint64>(pod->memoryRequested));
        case Age:
            return fieldOf(qint64(pod->meta.created));
        case Ip:
            return fieldOf(pod.text(pod->ip));
        case Image:
            return fieldOf(pod->image);
        case Owner:
            return fieldOf(pod->meta.ownerKind);
        case LastRestart:
            return fieldOf(qint64(pod->lastRestart));
        case Message:
            return fieldOf(pod.text(pod->message));
        case Labels:
            return fieldOf(pod->meta.labels);
        default:
            return fieldOf(pod.name());
        }
    }

    QString toolTip(const store::Snapshot &snapshot, RowKey row, int column) const override
    {
        const auto pod = recordOf<store::Kind::Pod>(snapshot, row);
        switch (column) {
        case Name:
            return store::toQString(pod.name());
        case Status:
            return store::toQString(pod.text(pod->message));
        case Age:
            return exactTime(pod->meta.created);
        case LastRestart:
            return exactTime(pod->lastRestart);
        case Labels:
            return snapshot.string(pod->meta.labels).trimmed();
        case Image:
            return snapshot.string(pod->image);
        case Message:
            return store::toQString(pod.text(pod->message));
        case Restarts:
            return pod->lastRestart ? tr("Last restart: %1").arg(exactTime(pod->lastRestart)) : QString();
        case Cpu:
        case Memory:
            return tr("What the containers request from the scheduler.");
        default:
            return {};
        }
    }

    SortKey sortKey(const store::Snapshot &snapshot, RowKey row, int column) const override
    {
        const auto pod = recordOf<store::Kind::Pod>(snapshot, row);
        switch (column) {
        case Namespace:
            return {0, snapshot.view(pod->meta.ns)};
        case Status:
            return {-static_cast<qint64>(pod->meta.severity), snapshot.view(pod->status)};
        case Ready:
            return {pod->readyContainers * 256 - pod->containers, {}};
        case Restarts:
            return {pod->restarts, {}};
        case Node:
            return {0, snapshot.view(pod->node)};
        case Cpu:
            return {pod->cpuMilliRequested, {}};
        case Memory:
            return {static_cast<qint64>(pod->memoryRequested), {}};
        case Age:
            return ageKey(pod->meta.created);
        case Ip:
            return {0, pod.text(pod->ip)};
        case Image:
            return {0, snapshot.view(pod->image)};
        case Owner:
            return {0, snapshot.view(pod->meta.ownerKind)};
        case LastRestart:
            return ageKey(pod->lastRestart);
        case Message:
            return {0, pod.text(pod->message)};
        case Labels:
            return {0, snapshot.view(pod->meta.labels)};
        default:
            return {0, pod.name()};
        }
    }

    bool matchesText(const store::Snapshot &snapshot, RowKey row, std::string_view lower) const override
    {
        const auto pod = recordOf<store::Kind::Pod>(snapshot, row);
        return containsFolded(pod.name(), lower) || containsFolded(snapshot.view(pod->meta.ns), lower)
            || containsFolded(snapshot.view(pod->node), lower) || containsFolded(snapshot.view(pod->status), lower)
            || containsFolded(pod.text(pod->ip), lower);
    }

    bool accepts(const store::Snapshot &snapshot, RowKey row, const RowFilter &filter) const override
    {
        if (!filter.node.empty()) {
            const auto pod = recordOf<store::Kind::Pod>(snapshot, row);
            if (!pod || snapshot.view(pod->node) != filter.node)
                return false;
        }
        return TableSchema::accepts(snapshot, row, filter);
    }
};

} // namespace

std::shared_ptr<const TableSchema> podSchema()
{
    return std::make_shared<PodSchema>();
}

} // namespace kdra::models
