// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringView>

#include <optional>

namespace kdra::metrics {

// A place in a text that stands for a variable: $name, ${name}, ${name.field:format}, [[name]], [[name:format]].
struct Placeholder {
    qsizetype at = 0;
    qsizetype length = 0;
    QStringView name = {};
    QStringView format = {}; // empty: none
};

// The first placeholder of `text` from `from` on. Names are letters, digits and underscores; they may be unknown.
std::optional<Placeholder> nextPlaceholder(QStringView text, qsizetype from);

} // namespace kdra::metrics
