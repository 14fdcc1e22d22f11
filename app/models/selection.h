// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/rowkey.h"

#include <QList>
#include <QObject>

namespace kdra::models {

using store::AnyRecord;
using store::find;
using store::Item;
using store::recordAt;
using store::RowKey;
using store::withTable;

// What the user has selected: the same for canvas, tree, tables, inspector and plots. GUI thread.
class Selection : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    const QList<Item> &items() const { return m_items; }
    bool isEmpty() const { return m_items.isEmpty(); }
    bool contains(const Item &item) const { return m_items.contains(item); }
    // The item that was selected last and that the inspector shows; null when nothing is selected.
    Item current() const { return m_items.isEmpty() ? Item() : m_items.last(); }

    // Null items and repetitions are dropped; the last one becomes current.
    void set(QList<Item> items);
    void set(const Item &item) { set(QList<Item>{item}); }
    // Adds the item as current, or removes it when it is selected.
    void toggle(const Item &item);
    void clear() { set(QList<Item>()); }

Q_SIGNALS:
    // The items differ from before; never emitted for setting the same again.
    void changed();

private:
    QList<Item> m_items;
};

} // namespace kdra::models
