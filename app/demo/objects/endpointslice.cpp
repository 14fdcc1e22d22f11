// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/objects/endpointslice.h"

using namespace Qt::StringLiterals;

namespace kdra::demo {

QJsonArray endpointArray(const QString &ns, const QList<Endpoint> &endpoints)
{
    QJsonArray out;
    for (const Endpoint &endpoint : endpoints) {
        QJsonObject object{{u"addresses"_s, QJsonArray{endpoint.ip}},
            {u"conditions"_s,
                QJsonObject{{u"ready"_s, endpoint.ready && !endpoint.terminating}, {u"serving"_s, endpoint.ready},
                    {u"terminating"_s, endpoint.terminating}}},
            {u"nodeName"_s, endpoint.node},
            {u"targetRef"_s,
                QJsonObject{{u"kind"_s, u"Pod"_s}, {u"name"_s, endpoint.pod}, {u"namespace"_s, ns},
                    {u"uid"_s, endpoint.podUid}}}};
        if (!endpoint.zone.isEmpty())
            object.insert(u"zone"_s, endpoint.zone);
        out.append(object);
    }
    return out;
}

QJsonObject endpointSliceObject(const QJsonObject &service, const QString &name, const QString &uid, int targetPort,
    const QList<Endpoint> &endpoints, const QDateTime &created)
{
    QJsonObject meta{{u"name"_s, name}, {u"generateName"_s, QString(nameOf(service) + u'-')},
        {u"namespace"_s, namespaceOf(service)},
        {u"labels"_s,
            QJsonObject{{u"kubernetes.io/service-name"_s, nameOf(service)},
                {u"endpointslice.kubernetes.io/managed-by"_s, u"endpointslice-controller.k8s.io"_s}}},
        {u"ownerReferences"_s, QJsonArray{ownerReference(service)}}};
    if (!uid.isEmpty()) {
        meta.insert(u"uid"_s, uid);
        meta.insert(u"creationTimestamp"_s, timestamp(created));
    }
    const QJsonObject port = at(service, u"spec.ports").toArray().first().toObject();
    return {{u"apiVersion"_s, u"discovery.k8s.io/v1"_s}, {u"kind"_s, u"EndpointSlice"_s}, {u"metadata"_s, meta},
        {u"addressType"_s, u"IPv4"_s}, {u"endpoints"_s, endpointArray(namespaceOf(service), endpoints)},
        {u"ports"_s,
            QJsonArray{
                QJsonObject{{u"name"_s, textAt(port, u"name")}, {u"port"_s, targetPort}, {u"protocol"_s, u"TCP"_s}}}}};
}

} // namespace kdra::demo
