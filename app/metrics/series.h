// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMap>
#include <QStringList>

#include <memory>
#include <vector>

namespace kdra::metrics {

// A series' label set, "__name__" among them when the expression kept it.
using Labels = QMap<QString, QString>;

// One series in columns: as many values as times. An instant answer has one of each.
struct Series {
    Labels labels = {};
    std::vector<qint64> times = {}; // milliseconds since the epoch, UTC, rising
    std::vector<double> values = {}; // as the server sent them: NaN and infinities too
};

// What a query gave. A value that threads share without copying its columns.
struct Answer {
    enum class Type : quint8 { Matrix, Vector, Scalar, String };

    Type type = Type::Matrix;
    std::shared_ptr<const std::vector<Series>> series = std::make_shared<const std::vector<Series>>();
    QString string = {}; // of Type::String
    QStringList warnings = {}; // whole sentences of the server's: the answer may be incomplete
    QStringList infos = {};
    bool partial = false; // the server said that part of the data is missing (Thanos, Mimir, VictoriaMetrics)
};

// The range of a query_range: both ends are on multiples of the step, so that live plots do not jitter.
struct Range {
    qint64 start = 0; // milliseconds since the epoch
    qint64 end = 0; // included
    qint64 step = 15000; // milliseconds, at least 1
    bool operator==(const Range &) const = default;
};

// The most points that Prometheus gives for one series (https://prometheus.io/docs/prometheus/latest/querying/api/).
inline constexpr qint64 maxPoints = 11000;

// A label set as PromQL writes it: `up{job="node"}`; "{}" for none.
QString textOf(const Labels &labels);

// A legend such as "{{instance}} of {{job}}" with the labels put in; unknown labels become nothing. Labels' values are
// taken as they are, never as templates again. With an empty `legend`: textOf(). At most 200 characters.
QString legendOf(const Labels &labels, const QString &legend);

} // namespace kdra::metrics
