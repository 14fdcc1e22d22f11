// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/cells.h"
#include "models/format.h"

namespace kdra::models {

namespace {

class NetworkSchema : public TableSchema {
    Q_DECLARE_TR_FUNCTIONS(NetworkTable)

    enum { Name, Namespace, Kind, Type, Address, Ports, Target, Age, Labels };

    static constexpr std::string_view kindWords[] = {"Service", "Ingress"};

public:
    std::span<const store::Kind> kinds() const override
    {
        static constexpr store::Kind kinds[] = {store::Kind::Service, store::Kind::Ingress};
        return kinds;
    }

    QList<Column> columns() const override
    {
        using enum FieldType;
        return {{tr("Name"), 220, false, "name"}, {tr("Namespace"), 130, false, "namespace", "ns", Interned},
            {tr("Kind"), 80, false, "kind", {}, Words, false, kindWords},
            {tr("Type"), 100, false, "type", "class", Interned}, {tr("Address"), 130, false, "address", "ip"},
            {tr("Ports or hosts"), 220, false, "ports", "port hosts host"},
            {tr("Selects"), 240, false, "selects", "selector backend"},
            {tr("Age"), 64, true, "age", "created", FieldType::Age},
            {tr("Labels"), 260, false, "label", "labels l", FieldType::Labels, true}};
    }

    QVariant display(const store::Snapshot &snapshot, RowKey row, int column, qint64 now) const override
    {
        if (column == Kind)
            return store::kindName(row.kind());
        if (column == Name || column == Namespace || column == Age || column == Labels) {
            const AnyRecord record = recordAt(snapshot, row);
            return column == Name  ? store::toQString(record.name)
                : column == Age    ? age(record.meta->created, now)
                : column == Labels ? inOneLine(snapshot.string(record.meta->labels))
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
                return inOneLine(snapshot.string(service->selector));
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

    FieldValue field(const store::Snapshot &snapshot, RowKey row, int column) const override
    {
        const AnyRecord record = recordAt(snapshot, row);
        const bool service = row.kind() == store::Kind::Service;
        switch (column) {
        case Name:
            return fieldOf(record.name);
        case Namespace:
            return fieldOf(record.meta->ns);
        case Kind:
            return fieldOf(qint64(service ? 1 : 2));
        case Type:
            return fieldOf(service ? recordOf<store::Kind::Service>(snapshot, row)->type
                                   : recordOf<store::Kind::Ingress>(snapshot, row)->ingressClass);
        case Age:
            return fieldOf(qint64(record.meta->created));
        case Labels:
            return fieldOf(record.meta->labels);
        default:
            return fieldOf(sortKey(snapshot, row, column).text);
        }
    }

    QString toolTip(const store::Snapshot &snapshot, RowKey row, int column) const override
    {
        if (column == Age)
            return exactTime(recordAt(snapshot, row).meta->created);
        if (column == Labels)
            return snapshot.string(recordAt(snapshot, row).meta->labels).trimmed();
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
        case Labels:
            return {0, snapshot.view(record.meta->labels)};
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
