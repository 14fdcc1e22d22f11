// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/objects/workload.h"

using namespace Qt::StringLiterals;

namespace kdra::demo {
namespace {

QJsonObject withMeta(QJsonObject object, const Meta &meta, const QString &manager)
{
    QJsonObject data = metadata(meta);
    data.insert(u"managedFields"_s,
        QJsonArray{managedFields(
            manager, textAt(object, u"apiVersion"), {{u"spec"_s, object.value(u"spec"_s)}}, meta.created)});
    object.insert(u"metadata"_s, data);
    return object;
}

} // namespace

QJsonObject serviceObject(
    const Meta &meta, const QJsonObject &selector, const ServicePort &port, const QString &clusterIp)
{
    QJsonObject service = fromText(R"({"apiVersion":"v1","kind":"Service","spec":{"type":"ClusterIP","clusterIP":"$ip",
"clusterIPs":["$ip"],"internalTrafficPolicy":"Cluster","ipFamilies":["IPv4"],"ipFamilyPolicy":"SingleStack",
"sessionAffinity":"None","ports":[{"name":"$port","port":$number,"protocol":"TCP","targetPort":"$port"}]},
"status":{"loadBalancer":{}}})",
        {{"ip", clusterIp}, {"port", port.name}, {"number", QString::number(port.port)}});
    put(service, u"spec.selector", selector);
    return withMeta(service, meta, u"helm"_s);
}

QJsonObject ingressObject(const Meta &meta, const QString &host, const QString &service, int port)
{
    return withMeta(
        fromText(R"({"apiVersion":"networking.k8s.io/v1","kind":"Ingress","spec":{"ingressClassName":"nginx",
"rules":[{"host":"$host","http":{"paths":[{"path":"/","pathType":"Prefix","backend":{"service":{"name":"$service","port":{"number":$port}}}}]}}],
"tls":[{"hosts":["$host"],"secretName":"$service-tls"}]},
"status":{"loadBalancer":{"ingress":[{"ip":"10.20.0.240"}]}}})",
            {{"host", host}, {"service", service}, {"port", QString::number(port)}}),
        meta, u"helm"_s);
}

QJsonObject claimObject(const Meta &meta, const QString &size, const QString &storageClass, const QString &volume)
{
    return withMeta(
        fromText(R"({"apiVersion":"v1","kind":"PersistentVolumeClaim","spec":{"accessModes":["ReadWriteOnce"],
"resources":{"requests":{"storage":"$size"}},"storageClassName":"$class","volumeMode":"Filesystem","volumeName":"$volume"},
"status":{"phase":"Bound","accessModes":["ReadWriteOnce"],"capacity":{"storage":"$size"}}})",
            {{"size", size}, {"class", storageClass}, {"volume", volume}}),
        meta, u"kube-controller-manager"_s);
}

QJsonObject volumeObject(
    const Meta &meta, const QString &size, const QString &storageClass, const QJsonObject &claim, const QString &node)
{
    return withMeta(fromText(R"({"apiVersion":"v1","kind":"PersistentVolume","spec":{"accessModes":["ReadWriteOnce"],
"capacity":{"storage":"$size"},"claimRef":{"apiVersion":"v1","kind":"PersistentVolumeClaim","name":"$claim","namespace":"$ns","uid":"$uid"},
"hostPath":{"path":"/opt/local-path-provisioner/$name","type":"DirectoryOrCreate"},
"nodeAffinity":{"required":{"nodeSelectorTerms":[{"matchExpressions":[{"key":"kubernetes.io/hostname","operator":"In","values":["$node"]}]}]}},
"persistentVolumeReclaimPolicy":"Delete","storageClassName":"$class","volumeMode":"Filesystem"},"status":{"phase":"Bound"}})",
                        {{"size", size}, {"class", storageClass}, {"claim", nameOf(claim)}, {"ns", namespaceOf(claim)},
                            {"uid", uidOf(claim)}, {"name", meta.name}, {"node", node}}),
        meta, u"local-path-provisioner"_s);
}

QJsonObject eventObject(const QJsonObject &involved, const EventText &text, const QString &name, const QString &uid,
    const QDateTime &first, const QDateTime &last, int count)
{
    const bool nodeEvent = textAt(involved, u"kind") == "Node"_L1;
    const QString ns = namespaceOf(involved);
    QJsonObject reference{{u"apiVersion"_s, involved.value(u"apiVersion"_s)}, {u"kind"_s, involved.value(u"kind"_s)},
        {u"name"_s, nameOf(involved)},
        // The kubelet names its node by name where others use the uid.
        {u"uid"_s, nodeEvent && !text.host.isEmpty() ? nameOf(involved) : uidOf(involved)}};
    if (!ns.isEmpty())
        reference.insert(u"namespace"_s, ns);
    QJsonObject source{{u"component"_s, text.component}};
    if (!text.host.isEmpty())
        source.insert(u"host"_s, text.host);
    return {{u"apiVersion"_s, u"v1"_s}, {u"kind"_s, u"Event"_s},
        {u"metadata"_s,
            QJsonObject{{u"name"_s, name}, {u"namespace"_s, ns.isEmpty() ? u"default"_s : ns}, {u"uid"_s, uid},
                {u"creationTimestamp"_s, timestamp(first)}}},
        {u"involvedObject"_s, reference}, {u"type"_s, text.type}, {u"reason"_s, text.reason},
        {u"message"_s, text.message}, {u"source"_s, source}, {u"reportingComponent"_s, text.component},
        {u"reportingInstance"_s, text.host}, {u"firstTimestamp"_s, timestamp(first)},
        {u"lastTimestamp"_s, timestamp(last)}, {u"count"_s, count}, {u"eventTime"_s, QJsonValue::Null}};
}

} // namespace kdra::demo
