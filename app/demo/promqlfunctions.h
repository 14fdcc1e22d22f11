// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo/promql.h"

// Shared by the evaluator's files.
namespace kdra::demo::promql {

// A function call: over a range, or value by value.
PromResult<Value> call(Expr &expr, double time, const PromModel &model);

// The selector's series, looked up once for all steps of a query.
const std::vector<PromSeries> &seriesOf(Expr &selector, const PromModel &model);
PromLabels withoutName(PromLabels labels);
std::unexpected<PromError> unsupported(const QString &message);

} // namespace kdra::demo::promql
