// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace kdra::metrics {

// Milliseconds of a duration as Prometheus and Grafana write it: "15s", "1h30m", "250ms", "1.5h", "1M", "1y"; a plain
// number is seconds. None when it is not one, is negative, or is more than a hundred years.
std::optional<qint64> durationOf(QStringView text);

// The same as Prometheus reads it, without rounding: "1h30m", "250ms", "0s". Negative durations are taken as zero.
QString textOfDuration(qint64 milliseconds);

} // namespace kdra::metrics
