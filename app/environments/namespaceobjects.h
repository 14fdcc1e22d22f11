// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "kube/discovery.h"

#include <QFuture>
#include <QJsonObject>

namespace kdra::kube {
class ApiClient;
}

namespace kdra::environments {

// What people put into a namespace (workloads, services, configuration, secrets, claims, accounts and roles, policies),
// as the server has it, with apiVersion and kind: for templateFrom(). Kinds that may not be listed are left out; all of
// them: the error of the first. Any thread. The client must outlive the answer.
QFuture<Result<QList<QJsonObject>>> readNamespaceObjects(
    kube::ApiClient &client, const kube::ServerApi &api, const QString &ns);

} // namespace kdra::environments
