// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/cells.h"
#include "models/format.h"

namespace kdra::models {

namespace {

class EventSchema : public TableSchema {
    Q_DECLARE_TR_FUNCTIONS(EventTable)

    enum { Reason, Object, Message, Namespace, Count, Last, Type, Kind, First, Source };

    static constexpr std::string_view typeWords[] = {"Normal", "Warning"};

    static quint32 lastSeen(const store::EventRecord &event) { return event.last ? event.last : event.meta.created; }

public:
    std::span<const store::Kind> kinds() const override
    {
        static constexpr store::Kind kinds[] = {store::Kind::Event};
        return kinds;
    }

    QList<Column> columns() const override
    {
        using enum FieldType;
        return {{tr("Reason"), 150, false, "reason", {}, Interned}, {tr("Object"), 220, false, "object", "name"},
            {tr("Message"), 460, false, "message", "msg"}, {tr("Namespace"), 120, false, "namespace", "ns", Interned},
            {tr("Count"), 60, true, "count", {}, FieldType::Count}, {tr("Last seen"), 84, true, "last", "age", Age},
            {tr("Type"), 80, false, "type", {}, Words, true, typeWords},
            {tr("Object's kind"), 110, false, "kind", {}, Interned, true},
            {tr("First seen"), 84, true, "first", {}, Age, true},
            {tr("Reported by"), 150, false, "source", "from", Interned, true}};
    }

    QVariant display(const store::Snapshot &snapshot, RowKey row, int column, qint64 now) const override
    {
        const auto event = recordOf<store::Kind::Event>(snapshot, row);
        switch (column) {
        case Reason:
            return snapshot.string(event->reason);
        case Object:
            return snapshot.string(event->regardingKind) + QLatin1Char(' ')
                + store::toQString(event.text(event->regardingName));
        case Message:
            return store::toQString(event.text(event->message)).simplified();
        case Namespace:
            return snapshot.string(event->meta.ns);
        case Count:
            return number(event->count);
        case Last:
            return age(lastSeen(*event), now);
        case Type:
            return store::toQString(typeWords[event->warning]);
        case Kind:
            return snapshot.string(event->regardingKind);
        case First:
            return age(event->first, now);
        case Source:
            return snapshot.string(event->source);
        default:
            return {};
        }
    }

    FieldValue field(const store::Snapshot &snapshot, RowKey row, int column) const override
    {
        const auto event = recordOf<store::Kind::Event>(snapshot, row);
        switch (column) {
        case Reason:
            return fieldOf(event->reason);
        case Object:
            return fieldOf(event.text(event->regardingName));
        case Message:
            return fieldOf(event.text(event->message));
        case Namespace:
            return fieldOf(event->meta.ns);
        case Count:
            return fieldOf(qint64(event->count));
        case Type:
            return fieldOf(qint64(event->warning ? 2 : 1));
        case Kind:
            return fieldOf(event->regardingKind);
        case First:
            return fieldOf(qint64(event->first));
        case Source:
            return fieldOf(event->source);
        default:
            return fieldOf(qint64(lastSeen(*event)));
        }
    }

    QString toolTip(const store::Snapshot &snapshot, RowKey row, int column) const override
    {
        const auto event = recordOf<store::Kind::Event>(snapshot, row);
        switch (column) {
        case Message:
            return store::toQString(event.text(event->message));
        case Last:
            return exactTime(lastSeen(*event));
        case First:
            return exactTime(event->first);
        case Reason:
            return tr("Reported by %1").arg(snapshot.string(event->source));
        default:
            return {};
        }
    }

    // "Reason" sorts warnings first, the newest of them on top.
    SortKey sortKey(const store::Snapshot &snapshot, RowKey row, int column) const override
    {
        const auto event = recordOf<store::Kind::Event>(snapshot, row);
        switch (column) {
        case Reason:
            return {(event->warning ? 0 : qint64(1) << 40) - qint64(lastSeen(*event)), {}};
        case Object:
            return {0, event.text(event->regardingName)};
        case Message:
            return {0, event.text(event->message)};
        case Namespace:
            return {0, snapshot.view(event->meta.ns)};
        case Count:
            return {event->count, {}};
        case Type:
            return {event->warning ? 0 : 1, {}};
        case Kind:
            return {0, snapshot.view(event->regardingKind)};
        case First:
            return ageKey(event->first);
        case Source:
            return {0, snapshot.view(event->source)};
        default:
            return ageKey(lastSeen(*event));
        }
    }

    bool matchesText(const store::Snapshot &snapshot, RowKey row, std::string_view lower) const override
    {
        const auto event = recordOf<store::Kind::Event>(snapshot, row);
        return containsFolded(snapshot.view(event->reason), lower)
            || containsFolded(event.text(event->regardingName), lower)
            || containsFolded(event.text(event->message), lower)
            || containsFolded(snapshot.view(event->meta.ns), lower);
    }

    bool accepts(const store::Snapshot &snapshot, RowKey row, const RowFilter &filter) const override
    {
        const auto event = recordOf<store::Kind::Event>(snapshot, row);
        if (!event)
            return false;
        if (!filter.about.isNull() && !store::isAbout(snapshot, event, filter.about))
            return false;
        if (filter.problemsOnly && !event->warning)
            return false;
        RowFilter rest = filter;
        rest.about = {};
        rest.problemsOnly = false;
        return TableSchema::accepts(snapshot, row, rest);
    }
};

} // namespace

std::shared_ptr<const TableSchema> eventSchema()
{
    return std::make_shared<EventSchema>();
}

} // namespace kdra::models
