// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo/promseries.h"

namespace kdra::demo {

struct ApiRequest;
struct ApiResponse;

// What metrics-server answers (metrics.k8s.io/v1beta1): the use of nodes and pods just now, by the same series as the
// cluster's Prometheus. As long as the cluster has its Deployment kube-system/metrics-server; without it there is no
// such API.
class MetricsApi {
public:
    MetricsApi(const ObjectStore &store, quint32 seed, double storyOrigin);

    // The answer to a list of nodes or pods; nullopt for every other path.
    std::optional<ApiResponse> answer(const ApiRequest &request) const;

private:
    const ObjectStore &m_store;
    PromModel m_model;
};

} // namespace kdra::demo
