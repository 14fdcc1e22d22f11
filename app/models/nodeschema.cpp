// SPDX-License-Identifier: GPL-3.0-or-later
#include "edge/piidentity.h"
#include "models/cells.h"
#include "models/format.h"

namespace kdra::models {

namespace {

class NodeSchema : public TableSchema {
    Q_DECLARE_TR_FUNCTIONS(NodeTable)

    enum { Name, Status, Site, Role, Board, Cpu, Memory, Version, Architecture, Address, Age };

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

    static QString board(const store::Snapshot &snapshot, const store::NodeRecord &node)
    {
        const edge::PiIdentity pi = edge::identifyPi(node, snapshot);
        return pi.isPi() ? edge::modelName(pi.model) : snapshot.string(node.instanceType);
    }

public:
    std::span<const store::Kind> kinds() const override
    {
        static constexpr store::Kind kinds[] = {store::Kind::Node};
        return kinds;
    }

    QList<Column> columns() const override
    {
        return {{tr("Name"), 130}, {tr("Status"), 96}, {tr("Site"), 100}, {tr("Role"), 124}, {tr("Board"), 170},
            {tr("CPU (cores)"), 84, true}, {tr("Memory (GiB)"), 96, true}, {tr("Kubelet"), 76},
            {tr("Architecture"), 90}, {tr("Address"), 110}, {tr("Age"), 56, true}};
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
        default:
            return {};
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
