// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/cells.h"
#include "models/format.h"

namespace kdra::models {

namespace {

class NetworkSchema : public TableSchema {
    Q_DECLARE_TR_FUNCTIONS(NetworkTable)

    enum { Name, Namespace, Kind, Type, Address, Ports, Target, Age };

public:
    std::span<const store::Kind> kinds() const override
    {
        static constexpr store::Kind kinds[] = {store::Kind::Service, store::Kind::Ingress};
        return kinds;
    }

    QList<Column> columns() const override
    {
        return {{tr("Name"), 220}, {tr("Namespace"), 130}, {tr("Kind"), 80}, {tr("Type"), 100}, {tr("Address"), 130},
            {tr("Ports or hosts"), 220}, {tr("Selects"), 240}, {tr("Age"), 64, true}};
    }

    QVariant display(const store::Snapshot &snapshot, RowKey row, int column, qint64 now) const override
    {
        if (column == Kind)
            return store::kindName(row.kind());
        if (column == Name || column == Namespace || column == Age) {
            const AnyRecord record = recordAt(snapshot, row);
            return column == Name ? store::toQString(record.name)
                : column == Age   ? age(record.meta->created, now)
                                  : snapshot.string(record.meta->ns);
        }
        if (row.kind() == store::Kind::Service) {
            const auto service = recordOf<store::Kind::Service>(snapshot, row);
            switch (column) {
            case Type:
                return snapshot.string(service->type);
            case Address:
                return store::toQString(service.text(service->clusterIp));
            case Ports:
                return store::toQString(service.text(service->ports)).replace(u',', QStringLiteral(", "));
            default:
                return snapshot.string(service->selector).trimmed().replace(u'\n', QStringLiteral(", "));
            }
        }
        const auto ingress = recordOf<store::Kind::Ingress>(snapshot, row);
        switch (column) {
        case Type:
            return snapshot.string(ingress->ingressClass);
        case Address:
            return store::toQString(ingress.text(ingress->address));
        case Ports:
            return store::toQString(ingress.text(ingress->hosts)).replace(u',', QStringLiteral(", "));
        default:
            return store::toQString(ingress.text(ingress->services)).replace(u',', QStringLiteral(", "));
        }
    }

    QString toolTip(const store::Snapshot &snapshot, RowKey row, int column) const override
    {
        if (column == Age)
            return exactTime(recordAt(snapshot, row).meta->created);
        return column == Ports || column == Target ? display(snapshot, row, column, 0).toString() : QString();
    }

    SortKey sortKey(const store::Snapshot &snapshot, RowKey row, int column) const override
    {
        const AnyRecord record = recordAt(snapshot, row);
        switch (column) {
        case Namespace:
            return {0, snapshot.view(record.meta->ns)};
        case Kind:
            return {static_cast<qint64>(row.kind()), record.name};
        case Age:
            return ageKey(record.meta->created);
        case Name:
            return {0, record.name};
        default:
            break;
        }
        if (row.kind() == store::Kind::Service) {
            const auto service = recordOf<store::Kind::Service>(snapshot, row);
            return {0,
                column == Type          ? snapshot.view(service->type)
                    : column == Address ? service.text(service->clusterIp)
                    : column == Ports   ? service.text(service->ports)
                                        : snapshot.view(service->selector)};
        }
        const auto ingress = recordOf<store::Kind::Ingress>(snapshot, row);
        return {0,
            column == Type          ? snapshot.view(ingress->ingressClass)
                : column == Address ? ingress.text(ingress->address)
                : column == Ports   ? ingress.text(ingress->hosts)
                                    : ingress.text(ingress->services)};
    }
};

} // namespace

std::shared_ptr<const TableSchema> networkSchema()
{
    return std::make_shared<NetworkSchema>();
}

} // namespace kdra::models
