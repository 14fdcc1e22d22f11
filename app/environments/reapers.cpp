// SPDX-License-Identifier: GPL-3.0-or-later
#include "environments/reapers.h"

#include "store/labels.h"

namespace kdra::environments {

Reaping reapingOf(const store::Snapshot &snapshot)
{
    Reaping reaping;
    snapshot.table<store::Kind::CronJob>().forEach([&](const store::Ref<store::WorkloadRecord> &job) {
        const auto label = [&](std::string_view key) {
            return store::labelValue(snapshot.view(job->meta.labels), key);
        };
        if (label("app.kubernetes.io/name") != "environment-reaper" || job->paused
            || label("kdra.dev/reaper-dry-run") == "true")
            return;
        // One of an older version of the template does not say.
        if (label("kdra.dev/reaper-scope") == "namespace")
            reaping.namespaces.insert(snapshot.string(job->meta.ns));
        else
            reaping.everywhere = true;
    });
    return reaping;
}

} // namespace kdra::environments
