// SPDX-License-Identifier: GPL-3.0-or-later
#include "environments/placelabels.h"

#include "store/labels.h"

namespace kdra::environments {

std::string_view siteLabelOf(std::string_view labels)
{
    for (const std::string_view key : {SiteLabel, std::string_view("failure-domain.beta.kubernetes.io/zone")}) {
        if (!store::labelValue(labels, key).value_or(std::string_view()).empty())
            return key;
    }
    return {};
}

std::string_view siteLabel(const store::Snapshot &snapshot, std::string_view site)
{
    std::string_view found;
    snapshot.table<store::Kind::Node>().forEach([&](const store::Ref<store::NodeRecord> &node) {
        if (found == SiteLabel || snapshot.view(node->zone) != site)
            return;
        found = siteLabelOf(snapshot.view(node->meta.labels));
    });
    return found;
}

} // namespace kdra::environments
