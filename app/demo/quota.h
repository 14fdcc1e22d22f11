// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo/objectstore.h"

namespace kdra::demo {

// ResourceQuota admission: 403 when `object`, about to be created in its namespace, would exceed a quota. Controllers
// that create pods ask, too.
ApiResult<void> checkQuota(const ObjectStore &store, TypeId type, const QJsonObject &object);

// Keeps status.used of the quotas right, as the quota controller does.
class QuotaStatus : public QObject {
    Q_OBJECT
public:
    QuotaStatus(ObjectStore &store, QObject *parent);

private:
    void recount();

    ObjectStore &m_store;
    QSet<QByteArray> m_namespaces;
};

} // namespace kdra::demo
