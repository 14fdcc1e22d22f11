// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>

namespace kdra::environments {

// "Deployment.apps", "Secret", "ClusterRole.rbac.authorization.k8s.io": kind and group of an object, without version.
QString kindName(const QJsonObject &object);

// Whether the kind is known to be outside of namespaces: those of Kubernetes and some common ones. Of others only a
// server knows: false.
bool isKnownClusterScoped(const QString &kindName);

} // namespace kdra::environments
