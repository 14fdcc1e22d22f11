// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "metrics/variables.h"

namespace kdra::metrics {

// Something that an annotation of a dashboard found.
struct Occurrence {
    qint64 from = 0; // milliseconds since the epoch
    qint64 to = 0; // the same for a moment
    QString title = {}; // plain text, whatever it looks like
    QString text = {};
    QString color = {};
    bool operator==(const Occurrence &) const = default;
};

inline constexpr qsizetype mostOccurrences = 1000; // of one annotation

// Where the answer to an annotation's range query is neither zero nor NaN, in the order of time: samples that are no
// more than a `step` (milliseconds) apart are one occurrence. Labels are put into {{…}} as in a legend. The latest are
// kept of more than mostOccurrences. Pure; any thread.
QList<Occurrence> occurrencesOf(const Annotation &annotation, const Answer &answer, qint64 step);

// With its variables put in; {{labels}} stay.
Annotation interpolated(const Annotation &annotation, const Scope &scope);

} // namespace kdra::metrics
