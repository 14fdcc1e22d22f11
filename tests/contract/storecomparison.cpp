// SPDX-License-Identifier: GPL-3.0-or-later
#include "storecomparison.h"

#include "support/await.h"

#include <QDeadlineTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMap>
#include <QTest>

namespace kdra::test {
namespace {

struct Identity {
    QString name;
    quint64 resourceVersion = 0;
    bool operator==(const Identity &) const = default;
};
using Objects = QMap<QString, Identity>;

QString key(const store::Uid &uid)
{
    return QStringLiteral("%1-%2").arg(uid.high, 16, 16, QLatin1Char('0')).arg(uid.low, 16, 16, QLatin1Char('0'));
}

template <store::Kind K> Objects known(const store::Snapshot &snapshot)
{
    Objects objects;
    snapshot.table<K>().forEach([&](auto ref) {
        objects.insert(key(ref->meta.uid),
            {snapshot.string(ref->meta.ns) + QLatin1Char('/') + store::toQString(ref.name()),
                ref->meta.resourceVersion});
    });
    return objects;
}

template <size_t... I> Objects known(const store::Snapshot &snapshot, store::Kind kind, std::index_sequence<I...>)
{
    Objects objects;
    (void)((static_cast<size_t>(kind) == I && (objects = known<static_cast<store::Kind>(I)>(snapshot), true)) || ...);
    return objects;
}

} // namespace

QStringList differences(store::ClusterStore &store, store::Kind kind)
{
    const Result<kube::Resource> resource = store.resource(kind);
    if (!resource)
        return {};
    kube::Request request;
    request.path = resource->path(QString::fromLatin1(store::kindInfo(kind).fixedNamespace));
    if (const QString selector = QString::fromLatin1(store::kindInfo(kind).labelSelector); !selector.isEmpty())
        request.query = QUrlQuery{{QStringLiteral("labelSelector"), selector}};
    const QFuture<Result<kube::Response>> future = store.client().send(request);
    if (!finishes(future))
        return {QStringLiteral("no list of ") + store::kindName(kind)};
    const Result<kube::Response> answer = future.result();
    if (!answer)
        return {answer.error().text()};
    Objects truth;
    const QJsonArray items = QJsonDocument::fromJson(answer->body)[QStringLiteral("items")].toArray();
    for (const QJsonValue &item : items) {
        const QJsonValue meta = item[QStringLiteral("metadata")];
        truth.insert(key(store::Uid::parse(meta[QStringLiteral("uid")].toString().toStdString())),
            {meta[QStringLiteral("namespace")].toString() + QLatin1Char('/') + meta[QStringLiteral("name")].toString(),
                meta[QStringLiteral("resourceVersion")].toString().toULongLong()});
    }
    const Objects objects = known(*store.snapshot(), kind, std::make_index_sequence<store::kindCount>());
    QStringList found;
    for (auto it = truth.cbegin(); it != truth.cend(); ++it) {
        if (!objects.contains(it.key()))
            found += store::kindName(kind) + QStringLiteral(" is missing: ") + it->name;
        else if (objects.value(it.key()) != *it)
            found += store::kindName(kind)
                + QStringLiteral(" differs: %1 at %2, should be %3")
                      .arg(it->name)
                      .arg(objects.value(it.key()).resourceVersion)
                      .arg(it->resourceVersion);
    }
    for (auto it = objects.cbegin(); it != objects.cend(); ++it) {
        if (!truth.contains(it.key()))
            found += store::kindName(kind) + QStringLiteral(" should be gone: ") + it->name;
    }
    return found;
}

QStringList differencesThatStay(store::ClusterStore &store, std::chrono::milliseconds within)
{
    const QDeadlineTimer deadline(within);
    QStringList found;
    for (const store::KindInfo &info : store::allKinds()) {
        QStringList left = differences(store, info.kind);
        while (!left.isEmpty() && !deadline.hasExpired()) {
            QTest::qWait(50);
            left = differences(store, info.kind);
        }
        found += left;
    }
    return found;
}

} // namespace kdra::test
