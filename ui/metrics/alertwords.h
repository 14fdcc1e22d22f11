// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "metrics/alerts.h"
#include "store/records.h"

namespace kdra::ui {

// How alerts are told about: the same words in the list, the details, the silences and the marks.
QString stateWord(metrics::Alert::State state);
QString severityWord(metrics::Alert::Severity severity);
// The glyph of an alert: what it is by its severity while it fires, an arc while it is pending, the hatched square when
// nobody is told of it.
store::Severity glyphOf(const metrics::Alert &alert);
// "shop/web-7d9 on pi-003"; empty when the labels do not say where it is.
QString whereWords(const metrics::AlertPlace &place);
// Something that can be gone to.
bool isSomewhere(const metrics::AlertPlace &place);
// `ms`, `now`: milliseconds since the epoch. "5 m"; empty for 0.
QString sinceWords(qint64 ms, qint64 now);
// Date and time in the user's language and zone; empty for 0.
QString exactWords(qint64 ms);

} // namespace kdra::ui
