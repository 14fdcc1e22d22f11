// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/quota.h"

#include "base/quantity.h"

#include <QJsonArray>
#include <QMap>
#include <QTimer>

namespace kdra::demo {
namespace {

using L = QLatin1StringView;
using Usage = QMap<QString, qint64>; // thousandths

// Pods count while they run; so does what they ask for.
Usage usageOf(const ResourceType &type, const QJsonObject &object)
{
    Usage usage;
    usage[QStringLiteral("count/") + type.groupResource()] = 1000;
    if (type.group.isEmpty())
        usage[type.plural] = 1000;
    const QJsonObject spec = object.value(L("spec")).toObject();
    if (type.id == kind::PersistentVolumeClaim) {
        const QString storage =
            spec.value(L("resources")).toObject().value(L("requests")).toObject().value(L("storage")).toString();
        usage[QStringLiteral("requests.storage")] = parseQuantityMilli(storage.toStdString()).value_or(0);
    }
    if (type.id != kind::Pod)
        return usage;
    const QString phase = object.value(L("status")).toObject().value(L("phase")).toString();
    if (phase == L("Succeeded") || phase == L("Failed"))
        return {};
    for (const QJsonArray containers = spec.value(L("containers")).toArray(); const QJsonValue &value : containers) {
        const QJsonObject resources = value.toObject().value(L("resources")).toObject();
        for (const QString &list : {QStringLiteral("requests"), QStringLiteral("limits")}) {
            const QJsonObject amounts = resources.value(list).toObject();
            for (auto it = amounts.begin(); it != amounts.end(); ++it) {
                const qint64 milli = parseQuantityMilli(it.value().toVariant().toString().toStdString()).value_or(0);
                usage[list + QLatin1Char('.') + it.key()] += milli;
                if (list == L("requests"))
                    usage[it.key()] += milli;
            }
        }
    }
    return usage;
}

QString format(const QString &resource, qint64 milli)
{
    if (milli % 1000)
        return QStringLiteral("%1m").arg(milli);
    const qint64 whole = milli / 1000;
    if (resource.contains(L("memory")) || resource.contains(L("storage"))) {
        if (whole && whole % (1LL << 30) == 0)
            return QStringLiteral("%1Gi").arg(whole >> 30);
        if (whole && whole % (1LL << 20) == 0)
            return QStringLiteral("%1Mi").arg(whole >> 20);
    }
    return QString::number(whole);
}

Usage usedIn(const ObjectStore &store, const QByteArray &ns, const QStringList &resources)
{
    Usage sum;
    for (const ResourceType &type : store.resources().all()) {
        const bool counted = type.id == kind::Pod || resources.contains(QStringLiteral("count/") + type.groupResource())
            || (type.group.isEmpty() && resources.contains(type.plural)) || type.id == kind::PersistentVolumeClaim;
        if (!type.namespaced || type.storage != type.id || !counted)
            continue;
        for (const ObjectPtr &object : store.list(type.id, ns)) {
            const Usage usage = usageOf(type, object->object());
            for (auto it = usage.begin(); it != usage.end(); ++it)
                sum[it.key()] += it.value();
        }
    }
    return sum;
}

} // namespace

ApiResult<void> checkQuota(const ObjectStore &store, TypeId type, const QJsonObject &object)
{
    const ResourceType &resource = store.resources().at(type);
    const QJsonObject metadata = object.value(L("metadata")).toObject();
    const QByteArray ns = metadata.value(L("namespace")).toString().toUtf8();
    if (ns.isEmpty() || type == kind::ResourceQuota)
        return {};
    const std::vector<ObjectPtr> quotas = store.list(kind::ResourceQuota, ns);
    if (quotas.empty())
        return {};
    const QString name = metadata.value(L("name")).toString(metadata.value(L("generateName")).toString());
    const Usage wanted = usageOf(resource, object);
    for (const ObjectPtr &quota : quotas) {
        const QJsonObject hard = quota->object().value(L("spec")).toObject().value(L("hard")).toObject();
        const Usage used = usedIn(store, ns, hard.keys());
        QStringList missing;
        QStringList requested;
        QStringList before;
        QStringList limited;
        for (auto it = hard.begin(); it != hard.end(); ++it) {
            const bool compute = it.key() == L("cpu") || it.key() == L("memory") || it.key().startsWith(L("limits."))
                || it.key() == L("requests.cpu") || it.key() == L("requests.memory");
            if (type == kind::Pod && compute && !wanted.contains(it.key()))
                missing.append(it.key());
            const qint64 limit = parseQuantityMilli(it.value().toVariant().toString().toStdString()).value_or(0);
            const qint64 more = wanted.value(it.key());
            if (more > 0 && used.value(it.key()) + more > limit) {
                requested.append(it.key() + QLatin1Char('=') + format(it.key(), more));
                before.append(it.key() + QLatin1Char('=') + format(it.key(), used.value(it.key())));
                limited.append(it.key() + QLatin1Char('=') + it.value().toVariant().toString());
            }
        }
        const QString quotaName = QString::fromUtf8(quota->name);
        if (!missing.isEmpty())
            return status::forbidden(resource, name,
                QStringLiteral("failed quota: %1: must specify %2").arg(quotaName, missing.join(QLatin1Char(','))));
        if (!requested.isEmpty())
            return status::forbidden(resource, name,
                QStringLiteral("exceeded quota: %1, requested: %2, used: %3, limited: %4")
                    .arg(quotaName, requested.join(QLatin1Char(',')), before.join(QLatin1Char(',')),
                        limited.join(QLatin1Char(','))));
    }
    return {};
}

QuotaStatus::QuotaStatus(ObjectStore &store, QObject *parent)
    : QObject(parent)
    , m_store(store)
{
    connect(&store, &ObjectStore::changed, this, [this](const Change &change) {
        if (change.now->ns.isEmpty() || m_store.count(kind::ResourceQuota) == 0
            || m_store.list(kind::ResourceQuota, change.now->ns).empty())
            return;
        if (m_namespaces.isEmpty())
            QTimer::singleShot(100, this, &QuotaStatus::recount);
        m_namespaces.insert(change.now->ns);
    });
}

void QuotaStatus::recount()
{
    for (const auto namespaces = std::exchange(m_namespaces, {}); const QByteArray &ns : namespaces) {
        for (const ObjectPtr &quota : m_store.list(kind::ResourceQuota, ns)) {
            const QJsonObject hard = quota->object().value(L("spec")).toObject().value(L("hard")).toObject();
            const Usage used = usedIn(m_store, ns, hard.keys());
            QJsonObject shown;
            for (const QStringList resources = hard.keys(); const QString &resource : resources)
                shown.insert(resource, format(resource, used.value(resource)));
            (void)m_store.modify(kind::ResourceQuota, ns, quota->name, [&](QJsonObject &json) {
                json.insert(QStringLiteral("status"),
                    QJsonObject{{QStringLiteral("hard"), hard}, {QStringLiteral("used"), shown}});
            });
        }
    }
}

} // namespace kdra::demo
