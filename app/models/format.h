// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/records.h"

#include <QString>

namespace kdra::models {

// "12 s", "5 m", "3 h", "12 d": one unit, as short as a column needs. Negative spans (clocks apart) read as "0 s".
QString shortSpan(qint64 seconds);

// The age of something that happened at `time` (seconds since the Unix epoch); empty for 0.
QString age(quint32 time, qint64 now);

// Now, in seconds since the Unix epoch.
qint64 nowSeconds();

// The date and time in the user's language and time zone; empty for 0.
QString exactTime(quint32 time);

QString severityName(store::Severity severity);

// What a kind is called in headings, in the plural: "Pods". API names stay as they are in every language.
QString kindPlural(store::Kind kind);
// The same for one of them: "Pod".
QString kindTitle(store::Kind kind);

} // namespace kdra::models
