// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringView>

#include <span>

namespace kdra::metrics {

// A function or an aggregation of PromQL, as of Prometheus 2.53 without what has to be enabled there.
// https://prometheus.io/docs/prometheus/latest/querying/functions/
struct PromFunction {
    enum class Kind : quint8 { Function, Aggregation };

    QLatin1StringView name;
    QLatin1StringView arguments; // "v range, q scalar"
    const char *text; // see explanation()
    Kind kind = Kind::Function;

    QString signature() const { return name + u'(' + arguments + u')'; }
    // What it does, one translated sentence.
    QString explanation() const;
};

// All of them, by name.
std::span<const PromFunction> promFunctions();
// Null when there is none of that name. Functions are written in small letters; aggregations in any.
const PromFunction *promFunction(QStringView name);

} // namespace kdra::metrics
