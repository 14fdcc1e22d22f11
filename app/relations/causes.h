// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/rowkey.h"

#include <QList>
#include <QString>

namespace kdra::relations {

// One step of an explanation: a whole sentence about one object.
struct Cause {
    store::Item item; // the object, or the event that tells of it
    QString text;
    store::Severity severity = store::Severity::Warning;
    bool operator==(const Cause &) const = default;
};

// What is wrong with an object, read from records, events and relations: the most specific cause first, the object's
// own state last. Empty when nothing is wrong, when it is only on its way, and when it is gone. What the user may not
// watch is never called missing. `now` in seconds since the Unix epoch. Any thread; some passes over the records.
QList<Cause> diagnose(const store::Snapshot &snapshot, const store::Item &item, qint64 now);

} // namespace kdra::relations
