// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "metrics/connection.h"
#include "metrics/promdata.h"

// Replies of Prometheus' API made into values: an HTTP error or an answer that is none is an Error. Pure; any thread.
namespace kdra::metrics::parse {

Result<Answer> answer(Reply &&reply, const Limits &limits);
Result<Names> names(Reply &&reply); // labels, label/NAME/values
Result<LabelSets> labelSets(Reply &&reply); // series
Result<MetadataByName> metadata(Reply &&reply);
Result<QList<Target>> targets(Reply &&reply); // the active ones
Result<QList<RuleGroup>> rules(Reply &&reply);
Result<QList<RuleAlert>> alerts(Reply &&reply);
Result<BuildInfo> buildInfo(Reply &&reply);

} // namespace kdra::metrics::parse
