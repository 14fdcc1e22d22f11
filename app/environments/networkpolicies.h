// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/render.h"
#include "environments/spec.h"

namespace kdra::environments {

// The policies that make the network of an environment what was chosen, not decorated yet: a NetworkPolicy
// (networking.k8s.io/v1), one more for each service behind an ingress, which the ingress controller has to reach
// wherever it runs, and with `cilium` the same as CiliumNetworkPolicies (cilium.io/v2). DNS is always allowed.
QList<QJsonObject> networkPolicies(const Spec &spec, const QList<Manifest> &manifests, bool cilium);

} // namespace kdra::environments
