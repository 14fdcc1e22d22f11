// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/snapshot.h"

// The labels by which the scheduler is told where pods go (well-known labels of Kubernetes).
namespace kdra::environments {

// The kubelet's, of each node; its value may differ from the node's name. Some providers leave it out.
inline constexpr std::string_view HostnameLabel = "kubernetes.io/hostname";
inline constexpr std::string_view SiteLabel = "topology.kubernetes.io/zone";

// Which of these labels (as store::Meta::labels) names the node's site: SiteLabel, or what it was called before
// Kubernetes 1.17; empty: none does.
std::string_view siteLabelOf(std::string_view labels);
// By which label pods are sent to a site: that of its nodes, SiteLabel where they have both kinds. Any thread.
std::string_view siteLabel(const store::Snapshot &snapshot, std::string_view site);

} // namespace kdra::environments
