// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "kube/objectref.h"

#include <QFuture>
#include <QList>

namespace kdra::kube {

class ApiClient;

// What a server serves: its version and the resources KDRA asked for, each in the newest version both sides know.
struct ServerApi {
    QString gitVersion; // "v1.36.2" (GET /version)
    QString platform; // "linux/amd64"
    QList<Resource> resources; // every resource of every served group in its preferred version (subresources left out)
    QList<Error> partial; // groups that did not answer (an aggregated API that is down); the rest holds

    // The resource of a kind, trying `versions` (newest first) and then whatever the server prefers.
    // NotFound when the group or the kind is not served.
    Result<Resource> find(const QString &group, const QString &kind, const QStringList &versions = {}) const;
};

// Any thread. Reads /version, then aggregated discovery (apidiscovery.k8s.io/v2, v2beta1) with a fallback to one
// request a group (before 1.26). All versions of all groups are kept, so that find() can choose.
QFuture<Result<ServerApi>> discover(ApiClient &client);

} // namespace kdra::kube
