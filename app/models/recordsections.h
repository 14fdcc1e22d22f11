// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/section.h"

namespace kdra::models {

// What the records around an object say of it: the rollout and the revisions of a workload, the jobs of a CronJob, the
// endpoints of a Service. Reads whole tables: any thread.
Sections recordSections(const store::Snapshot &snapshot, const Item &item);

} // namespace kdra::models
