// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>

#include <span>

namespace kdra::demo {

// One application of the demo's company, as its Helm values would say it.
struct App {
    enum Trait : unsigned {
        Plain = 0,
        Exposed = 1 << 0, // Service and EndpointSlice
        Published = 1 << 1, // Ingress
        Scaled = 1 << 2, // HorizontalPodAutoscaler
        Guarded = 1 << 3, // PodDisruptionBudget
        Prepared = 1 << 4, // an init container
        Rolled = 1 << 5, // old revisions behind it
        HostNetwork = 1 << 6,
    };
    enum class Kind { Deployment, StatefulSet, DaemonSet, CronJob };

    const char *ns;
    const char *name;
    Kind kind;
    const char *image; // without the tag
    const char *version;
    int replicas;
    int port; // 0: none, and then no probes
    const char *cpu;
    const char *memory;
    const char *place; // "rack", "edge", "any", "control-plane", or a zone
    unsigned traits;
    const char *extra; // a StatefulSet's storage, a CronJob's schedule
};

// In the order in which a small cluster is filled.
std::span<const App> apps();
// What Kubernetes' controllers, and this cluster's users, find in each namespace.
std::span<const char *const> namespaces();

// The labels a chart gives, the selector (a part of them) and the pod template.
QJsonObject appLabels(const App &app, const char *version = nullptr);
QJsonObject appSelector(const App &app);
QJsonObject appTemplate(const App &app, const char *version = nullptr);

} // namespace kdra::demo
