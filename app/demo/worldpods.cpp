// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/worldpods.h"

#include "demo/objects/pod.h"
#include "demo/objects/random.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace kdra::demo {
namespace {

constexpr std::array<QByteArrayView, 16> FieldNames{"name", "ns", "owner", "ownerUid", "hash", "node", "hostIp",
    "podIp", "uid", "cid", "token", "ordinal", "app", "t0", "t1", "t2"};

QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

} // namespace

QByteArray loadable(const QJsonObject &object)
{
    QJsonObject meta = object.value(u"metadata"_s).toObject();
    meta.remove(u"resourceVersion"_s);
    QJsonObject rest = object;
    rest.remove(u"apiVersion"_s);
    rest.remove(u"kind"_s);
    rest.remove(u"metadata"_s);
    QByteArray out = compact(meta).mid(1);
    const QByteArray tail = compact(rest);
    if (tail.size() > 2)
        out += ',' + tail.mid(1);
    else
        out += '}';
    return out;
}

QDateTime PodShape::createdAt()
{
    return QDateTime::fromSecsSinceEpoch(978307209, QTimeZone::UTC);
}

QDateTime PodShape::startedAt()
{
    return createdAt().addSecs(1);
}

QDateTime PodShape::finishedAt()
{
    return createdAt().addSecs(51);
}

PodShape::PodShape(const QJsonObject &pod)
{
    QByteArray text = loadable(pod);
    for (int second = -9; second < 60; ++second) {
        const QByteArray field = second <= 0 ? "$t0" : second <= 4 ? "$t1" : "$t2";
        text.replace(timestamp(createdAt().addSecs(second)).toUtf8(), field);
    }
    text.replace("kube-api-access-" + Random(hashOf(u"$uid", 11)).suffix(5).toUtf8(), "kube-api-access-$token");
    // Container ids are derived from the uid: keep the last digits, which tell the pod's containers apart.
    const QByteArray prefix = "containerd://";
    for (qsizetype i = text.indexOf(prefix); i >= 0; i = text.indexOf(prefix, i + prefix.size()))
        text.replace(i + prefix.size(), 56, "$cid");
    m_text = ByteTemplate(text, FieldNames);
}

void PodShape::append(QByteArray &out, const PodValues &v) const
{
    const std::array<QByteArrayView, FieldNames.size()> values{v.name, v.ns, v.owner, v.ownerUid, v.hash, v.node,
        v.hostIp, v.podIp, v.uid, v.containerId, v.token, v.ordinal, v.app, v.created, v.started, v.reported};
    m_text.append(out, values);
}

} // namespace kdra::demo
