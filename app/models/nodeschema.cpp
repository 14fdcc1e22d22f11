// SPDX-License-Identifier: GPL-3.0-or-later
#include "edge/piidentity.h"
#include "models/cells.h"
#include "models/format.h"

namespace kdra::models {

namespace {

class NodeSchema : public TableSchema {
    Q_DECLARE_TR_FUNCTIONS(NodeTable)

    enum {
        Name,
        Status,
        Site,
        Role,
        Board,
        Cpu,
        Memory,
        Version,
        Architecture,
        Address,
        Age,
        Os,
        Kernel,
        Runtime,
        Taints,
        Labels
    };

    static QString status(const store::NodeRecord &node)
    {
        QString text;
        switch (node.ready) {
        case store::NodeRecord::Ready::True:
            text = tr("Ready");
            break;
        case store::NodeRecord::Ready::False:
            text = tr("Not ready");
            break;
        case store::NodeRecord::Ready::Unknown:
            text = tr("Silent");
            break;
        }
        QStringList more;
        if (node.unschedulable)
            more.append(tr("cordoned"));
        if (node.pressures & store::NodeRecord::Memory)
            more.append(tr("low memory"));
        if (node.pressures & store::NodeRecord::Disk)
            more.append(tr("low disk space"));
        if (node.pressures & store::NodeRecord::Pid)
            more.append(tr("low on process ids"));
        if (node.pressures & store::NodeRecord::Network)
            more.append(tr("no network"));
        return more.isEmpty() ? text : text + QStringLiteral(", ") + more.join(QStringLiteral(", "));
    }

    // What queries call a node's states, by bit: as kubectl and the conditions do.
    static constexpr std::string_view statusWords[] = {"Ready", "NotReady", "Unknown", "SchedulingDisabled",
        "MemoryPressure", "DiskPressure", "PIDPressure", "NetworkUnavailable"};
    static constexpr std::string_view roleWords[] = {"worker", "control-plane"};

    static qint64 statusBits(const store::NodeRecord &node)
    {
        const int ready = node.ready == store::NodeRecord::Ready::True ? 1
            : node.ready == store::NodeRecord::Ready::False            ? 2
                                                                       : 4;
        return ready | (node.unschedulable ? 8 : 0) | (node.pressures & 15) << 4;
    }

    // The names of the boards live as long as the schema: fields are views.
    static constexpr edge::PiModel lastModel = edge::PiModel::Zero2W;
    std::array<std::string, static_cast<size_t>(lastModel) + 1> m_boards;

    static QString board(const store::Snapshot &snapshot, const store::NodeRecord &node)
    {
        const edge::PiIdentity pi = edge::identifyPi(node, snapshot);
        return pi.isPi() ? edge::modelName(pi.model) : snapshot.string(node.instanceType);
    }

public:
    NodeSchema()
    {
        for (size_t model = 0; model < m_boards.size(); ++model)
            m_boards[model] = edge::modelName(static_cast<edge::PiModel>(model)).toStdString();
    }

    std::span<const store::Kind> kinds() const override
    {
        static constexpr store::Kind kinds[] = {store::Kind::Node};
        return kinds;
    }

    QList<Column> columns() const override
    {
        using enum FieldType;
        return {{tr("Name"), 112, false, "name", "node"},
            {tr("Status"), 90, false, "status", "state", Words, false, statusWords},
            {tr("Site"), 92, false, "site", "zone", Interned},
            {tr("Role"), 104, false, "role", {}, Words, false, roleWords},
            {tr("Board"), 140, false, "board", "model pi"},
            {tr("CPU (cores)"), 84, true, "cpu", {}, FieldType::Cpu, true},
            {tr("Memory (GiB)"), 96, true, "memory", "mem", Bytes, true},
            {tr("Kubelet"), 76, false, "kubelet", "version", Interned, true},
            {tr("Architecture"), 90, false, "arch", "architecture", Interned, true},
            {tr("Address"), 110, false, "address", "ip", Text, true},
            {tr("Age"), 56, true, "age", "created", FieldType::Age},
            {tr("Operating system"), 200, false, "os", {}, Interned, true},
            {tr("Kernel"), 170, false, "kernel", {}, Interned, true},
            {tr("Container runtime"), 150, false, "runtime", {}, Interned, true},
            {tr("Taints"), 60, true, "taints", "taint", Count, true},
            {tr("Labels"), 260, false, "label", "labels l", FieldType::Labels, true}};
    }

    QVariant display(const store::Snapshot &snapshot, RowKey row, int column, qint64 now) const override
    {
        const auto node = recordOf<store::Kind::Node>(snapshot, row);
        switch (column) {
        case Name:
            return store::toQString(node.name());
        case Status:
            return status(*node);
        case Site:
            return snapshot.string(node->zone);
        case Role:
            return node->controlPlane ? tr("Control plane") : tr("Worker");
        case Board:
            return board(snapshot, *node);
        case Cpu:
            return QLocale().toString(node->cpuMilliCapacity / 1000.0, 'g', 3);
        case Memory:
            return QLocale().toString(static_cast<double>(node->memoryCapacity) / (1 << 30), 'f', 1);
        case Version:
            return snapshot.string(node->kubelet);
        case Architecture:
            return snapshot.string(node->architecture);
        case Address:
            return store::toQString(node.text(node->address));
        case Age:
            return age(node->meta.created, now);
        case Os:
            return snapshot.string(node->osImage);
        case Kernel:
            return snapshot.string(node->kernel);
        case Runtime:
            return snapshot.string(node->runtime);
        case Taints:
            return numberOrNothing(node->taints);
        case Labels:
            return inOneLine(snapshot.string(node->meta.labels));
        default:
            return {};
        }
    }

    FieldValue field(const store::Snapshot &snapshot, RowKey row, int column) const override
    {
        const auto node = recordOf<store::Kind::Node>(snapshot, row);
        switch (column) {
        case Status:
            return fieldOf(statusBits(*node));
        case Site:
            return fieldOf(node->zone);
        case Role:
            return fieldOf(qint64(node->controlPlane ? 2 : 1));
        case Board: {
            const edge::PiIdentity pi = edge::identifyPi(*node, snapshot);
            return fieldOf(pi.isPi() ? std::string_view(m_boards[static_cast<size_t>(pi.model)])
                                     : snapshot.view(node->instanceType));
        }
        case Cpu:
            return fieldOf(qint64(node->cpuMilliCapacity));
        case Memory:
            return fieldOf(static_cast<qint64>(node->memoryCapacity));
        case Version:
            return fieldOf(node->kubelet);
        case Architecture:
            return fieldOf(node->architecture);
        case Address:
            return fieldOf(node.text(node->address));
        case Age:
            return fieldOf(qint64(node->meta.created));
        case Os:
            return fieldOf(node->osImage);
        case Kernel:
            return fieldOf(node->kernel);
        case Runtime:
            return fieldOf(node->runtime);
        case Taints:
            return fieldOf(qint64(node->taints));
        case Labels:
            return fieldOf(node->meta.labels);
        default:
            return fieldOf(node.name());
        }
    }

    QString toolTip(const store::Snapshot &snapshot, RowKey row, int column) const override
    {
        const auto node = recordOf<store::Kind::Node>(snapshot, row);
        switch (column) {
        case Status:
            return store::toQString(node.text(node->readyMessage));
        case Age:
            return exactTime(node->meta.created);
        case Version:
            return snapshot.string(node->osImage) + QLatin1Char('\n') + snapshot.string(node->kernel);
        case Labels:
            return snapshot.string(node->meta.labels).trimmed();
        default:
            return {};
        }
    }

    SortKey sortKey(const store::Snapshot &snapshot, RowKey row, int column) const override
    {
        const auto node = recordOf<store::Kind::Node>(snapshot, row);
        switch (column) {
        case Status:
            return {-static_cast<qint64>(node->meta.severity), node.name()};
        case Site:
            return {0, snapshot.view(node->zone)};
        case Role:
            return {node->controlPlane ? 0 : 1, node.name()};
        case Board:
            return {static_cast<qint64>(edge::identifyPi(*node, snapshot).model), snapshot.view(node->instanceType)};
        case Cpu:
            return {node->cpuMilliCapacity, {}};
        case Memory:
            return {static_cast<qint64>(node->memoryCapacity), {}};
        case Version:
            return {0, snapshot.view(node->kubelet)};
        case Architecture:
            return {0, snapshot.view(node->architecture)};
        case Address:
            return {0, node.text(node->address)};
        case Age:
            return ageKey(node->meta.created);
        case Os:
            return {0, snapshot.view(node->osImage)};
        case Kernel:
            return {0, snapshot.view(node->kernel)};
        case Runtime:
            return {0, snapshot.view(node->runtime)};
        case Taints:
            return {node->taints, {}};
        case Labels:
            return {0, snapshot.view(node->meta.labels)};
        default:
            return {0, node.name()};
        }
    }

    bool matchesText(const store::Snapshot &snapshot, RowKey row, std::string_view lower) const override
    {
        const auto node = recordOf<store::Kind::Node>(snapshot, row);
        return containsFolded(node.name(), lower) || containsFolded(snapshot.view(node->zone), lower)
            || containsFolded(node.text(node->address), lower)
            || containsFolded(snapshot.view(node->architecture), lower);
    }
};

} // namespace

std::shared_ptr<const TableSchema> nodeSchema()
{
    return std::make_shared<NodeSchema>();
}

} // namespace kdra::models
