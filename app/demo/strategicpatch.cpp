// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/patch.h"
#include "demo/schema.h"

#include <QSet>

namespace kdra::demo {
namespace {

using L = QLatin1StringView;

QJsonObject mergeObject(QJsonObject target, const QJsonObject &patch, const QString &field);

qsizetype indexOf(const QJsonArray &list, const QString &key, const QJsonValue &value)
{
    for (qsizetype i = 0; i < list.size(); ++i) {
        if (list.at(i).toObject().value(key) == value)
            return i;
    }
    return -1;
}

// Puts the entries that `order` names into its order; the others keep their places after those.
QJsonArray ordered(const QJsonArray &list, const QJsonArray &order, const QString &key)
{
    QJsonArray result;
    const auto identity = [&key](
                              const QJsonValue &entry) { return key.isEmpty() ? entry : entry.toObject().value(key); };
    for (const QJsonValue &wanted : order) {
        for (const QJsonValue &entry : list) {
            if (identity(entry) == identity(wanted))
                result.append(entry);
        }
    }
    for (const QJsonValue &entry : list) {
        bool named = false;
        for (const QJsonValue &wanted : order)
            named = named || identity(entry) == identity(wanted);
        if (!named)
            result.append(entry);
    }
    return result;
}

QJsonArray mergeList(QJsonArray target, const QJsonArray &patch, const QString &field, const QString &key)
{
    for (const QJsonValue &value : patch) {
        if (value.toObject().value(L("$patch")).toString() == L("replace")) {
            QJsonArray replaced;
            for (const QJsonValue &entry : patch) {
                if (!entry.toObject().contains(L("$patch")))
                    replaced.append(entry);
            }
            return replaced;
        }
    }
    for (const QJsonValue &value : patch) {
        QJsonObject entry = value.toObject();
        const qsizetype found = indexOf(target, key, entry.value(key));
        if (entry.value(L("$patch")).toString() == L("delete")) {
            if (found >= 0)
                target.removeAt(found);
        } else if (found >= 0) {
            target.replace(found, mergeObject(target.at(found).toObject(), entry, field));
        } else {
            target.append(mergeObject({}, entry, field));
        }
    }
    return target;
}

QJsonObject mergeObject(QJsonObject target, const QJsonObject &patch, const QString &field)
{
    static const QString orderPrefix = QStringLiteral("$setElementOrder/");
    static const QString deletePrefix = QStringLiteral("$deleteFromPrimitiveList/");
    const QString directive = patch.value(L("$patch")).toString();
    if (directive == L("delete"))
        return {};
    if (directive == L("replace"))
        target = {};
    if (patch.contains(L("$retainKeys"))) {
        const QJsonArray retained = patch.value(L("$retainKeys")).toArray();
        for (const QStringList keys = target.keys(); const QString &key : keys) {
            if (!retained.contains(key))
                target.remove(key);
        }
    }
    for (auto it = patch.begin(); it != patch.end(); ++it) {
        const QString key = it.key();
        const QJsonValue value = it.value();
        if (key.startsWith(deletePrefix)) {
            const QString list = key.mid(deletePrefix.size());
            QJsonArray kept;
            for (const QJsonArray entries = target.value(list).toArray(); const QJsonValue &entry : entries) {
                if (!value.toArray().contains(entry))
                    kept.append(entry);
            }
            target.insert(list, kept);
        } else if (key.startsWith(QLatin1Char('$'))) {
            continue;
        } else if (value.isNull()) {
            target.remove(key);
        } else if (value.isObject()) {
            target.insert(key, mergeObject(target.value(key).toObject(), value.toObject(), key));
        } else if (value.isArray()) {
            const QString mergeKey = schema::patchMergeKey(key, field);
            if (!mergeKey.isEmpty()) {
                target.insert(key, mergeList(target.value(key).toArray(), value.toArray(), key, mergeKey));
            } else if (schema::isSet(key)) {
                QJsonArray merged = target.value(key).toArray();
                for (const QJsonArray entries = value.toArray(); const QJsonValue &entry : entries) {
                    if (!merged.contains(entry))
                        merged.append(entry);
                }
                target.insert(key, merged);
            } else {
                target.insert(key, value);
            }
        } else {
            target.insert(key, value);
        }
    }
    for (auto it = patch.begin(); it != patch.end(); ++it) {
        if (!it.key().startsWith(orderPrefix))
            continue;
        const QString list = it.key().mid(orderPrefix.size());
        if (target.contains(list))
            target.insert(
                list, ordered(target.value(list).toArray(), it.value().toArray(), schema::patchMergeKey(list, field)));
    }
    return target;
}

} // namespace

QJsonObject strategicMergePatch(const QJsonObject &target, const QJsonObject &patch)
{
    return mergeObject(target, patch, QString());
}

} // namespace kdra::demo
