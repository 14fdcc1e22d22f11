// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/subject.h"

namespace kdra::store {

Subject subjectOf(const Snapshot &snapshot, const Item &item)
{
    const std::optional<RowKey> row = find(snapshot, item);
    if (!row)
        return {};
    const AnyRecord record = recordAt(snapshot, *row);
    return {item.kind, item.uid, std::string(snapshot.view(record.meta->ns)), std::string(record.name)};
}

bool isAbout(const Snapshot &snapshot, const Ref<EventRecord> &event, const Subject &subject)
{
    if (event->regardingUid == subject.uid)
        return true;
    // Events about what has no namespace are written into "default".
    return event.text(event->regardingName) == subject.name
        && snapshot.view(event->regardingKind) == kindInfo(subject.kind).apiKind
        && (subject.ns.empty() || snapshot.view(event->meta.ns) == subject.ns)
        && (event->regardingUid.isNull() || event->regardingUid == Uid::parse(subject.name));
}

} // namespace kdra::store
