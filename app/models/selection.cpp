// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/selection.h"

#include <QSet>

#include <ranges>

namespace kdra::models {

void Selection::set(QList<Item> items)
{
    QSet<store::Uid> seen;
    QList<Item> clean;
    clean.reserve(items.size());
    // From the back: the last mention of an item is the one that makes it current.
    for (const Item &item : std::views::reverse(std::as_const(items))) {
        if (item.isNull() || seen.contains(item.uid))
            continue;
        seen.insert(item.uid);
        clean.prepend(item);
    }
    if (clean == m_items)
        return;
    m_items = std::move(clean);
    Q_EMIT changed();
}

void Selection::toggle(const Item &item)
{
    QList<Item> items = m_items;
    if (!items.removeOne(item))
        items.append(item);
    set(std::move(items));
}

} // namespace kdra::models
