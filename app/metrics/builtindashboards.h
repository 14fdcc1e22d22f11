// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "metrics/dashboard.h"

namespace kdra::metrics {

// The dashboards of resources/dashboards, in the order of their files' names, with their texts in `language` ("de")
// where there is a translation. Reads them from the program itself: call it off the GUI thread, or once. An Error means
// that this build is broken.
Result<QList<Dashboard>> builtInDashboards(const QString &language = {});

} // namespace kdra::metrics
