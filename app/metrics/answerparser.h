// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "metrics/connection.h"
#include "metrics/series.h"

#include <optional>

// What /api/v1/query and /api/v1/query_range answer, made into columns. Pure; any thread.
// https://prometheus.io/docs/prometheus/latest/querying/api/
namespace kdra::metrics {

// Numbers are bit-equal to what the server sent. An answer that is cut off, or no JSON, or holds more than `limits` is
// an Error; a second series with the labels of an earlier one is left out and named in a warning.
Result<Answer> parseAnswer(const QByteArray &body, const QString &where, const Limits &limits = {});

// The Error in a reply that is none of success: {"status":"error","errorType":...,"error":...}, a metav1.Status of the
// API server's proxy, or a page of something in between. `reason` is the errorType, `status` the body.
Error errorOf(const Reply &reply);

// Where the query is wrong, when the server said so ("1:5: parse error"); from 1, columns in bytes of the line.
struct QueryPosition {
    int line = 0;
    int column = 0;
    bool operator==(const QueryPosition &) const = default;
};
std::optional<QueryPosition> queryPosition(const Error &error);

} // namespace kdra::metrics
