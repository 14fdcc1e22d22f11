// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/rowkey.h"

namespace kdra::store {

AnyRecord recordAt(const Snapshot &snapshot, RowKey key)
{
    return withTable(snapshot, key.kind(), [&](const auto &table) -> AnyRecord {
        const auto ref = table.at(key.slot());
        return ref ? AnyRecord{&ref->meta, ref.name()} : AnyRecord();
    });
}

std::optional<RowKey> find(const Snapshot &snapshot, const Item &item)
{
    if (item.isNull())
        return {};
    return withTable(snapshot, item.kind, [&](const auto &table) -> std::optional<RowKey> {
        for (Slot slot = 0; slot < table.slotCount(); ++slot) {
            if (const auto ref = table.at(slot); ref && ref->meta.uid == item.uid)
                return RowKey(item.kind, slot);
        }
        return {};
    });
}

} // namespace kdra::store
