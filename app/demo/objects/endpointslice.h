// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo/objects/meta.h"

namespace kdra::demo {

struct Endpoint {
    QString ip;
    QString pod;
    QString podUid;
    QString node;
    QString zone;
    bool ready = true;
    bool terminating = false;
};

// discovery.k8s.io/v1 for one Service. `uid` may be empty: the store then gives one.
QJsonObject endpointSliceObject(const QJsonObject &service, const QString &name, const QString &uid, int targetPort,
    const QList<Endpoint> &endpoints, const QDateTime &created);
QJsonArray endpointArray(const QString &ns, const QList<Endpoint> &endpoints);

} // namespace kdra::demo
