// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace kdra::kube {

// A kind the API server serves: where it lives and what it is called (discovery: APIResourceList).
struct Resource {
    QString group = {}; // "" for the core group
    QString version = {}; // "v1"
    QString plural = {}; // "pods"
    QString kind = {}; // "Pod"
    bool namespaced = true;

    QString apiVersion() const { return group.isEmpty() ? version : group + QLatin1Char('/') + version; }

    // "/api/v1/pods", "/apis/apps/v1/namespaces/team/deployments/web"; without the server's own path prefix.
    // `ns` empty means all namespaces, `name` empty the collection. Segments are percent-encoded.
    QString path(const QString &ns = {}, const QString &name = {}, const QString &subresource = {}) const;

    bool operator==(const Resource &) const = default;
};

// One object of one cluster.
struct ObjectRef {
    Resource resource = {};
    QString ns = {};
    QString name = {};
    QString uid = {};

    QString path() const { return resource.path(ns, name); }
    // "Pod team-3/web-6f9c", "Node pi-007": for messages.
    QString display() const;
    bool operator==(const ObjectRef &) const = default;
};

} // namespace kdra::kube
