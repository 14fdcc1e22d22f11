// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tableschema.h"

#include <QCoreApplication>
#include <QLocale>

// What the schemas' cells have in common.
namespace kdra::models {

inline QString number(qint64 value)
{
    return QLocale().toString(value);
}

// A number, or an empty cell for zero: a column of zeros is noise.
inline QString numberOrNothing(qint64 value)
{
    return value ? number(value) : QString();
}

inline qint64 mebibytes(quint64 bytes)
{
    return static_cast<qint64>((bytes + 512 * 1024) >> 20);
}

// Youngest first when ascending, as an age column reads; things without a time come last.
inline SortKey ageKey(quint32 time)
{
    return {time ? -qint64(time) : std::numeric_limits<qint64>::max(), {}};
}

// "app=web, tier=front" from "app=web\ntier=front\n".
inline QString inOneLine(QString lines)
{
    return lines.trimmed().replace(u'\n', QStringLiteral(", "));
}

template <store::Kind K> auto recordOf(const store::Snapshot &snapshot, RowKey row)
{
    return snapshot.table<K>().at(row.slot());
}

} // namespace kdra::models
