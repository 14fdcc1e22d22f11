// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "metrics/variables.h"

namespace kdra::metrics {

// Where in a text a value goes: what is around it decides how it can be written.
struct Place {
    QChar quote = {}; // the quote that is open there; null: none
    bool matcher = false; // it is the whole string after = or !=
};

// The values as a format of Grafana's writes them. `name` is the variable's. An unknown format is "glob", as there.
QString formatted(const Chosen &chosen, QStringView format, const QString &name);

// The values in PromQL: escaped for the quotes that they are in, as parts of a regular expression where several could
// have been chosen.
QString inExpression(const Chosen &chosen, const Place &place);

// A text as a regular expression that finds just it (RE2).
QString escapedForRegex(QStringView text);

} // namespace kdra::metrics
