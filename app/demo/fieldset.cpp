// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/fieldset.h"

#include "demo/schema.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace kdra::demo::fieldset {
namespace {

using L = QLatin1StringView;

QString fieldName(const QString &name)
{
    return QStringLiteral("f:") + name;
}

QString itemName(const QJsonObject &key)
{
    return QStringLiteral("k:") + QString::fromUtf8(QJsonDocument(key).toJson(QJsonDocument::Compact));
}

QString valueName(const QJsonValue &value)
{
    const QByteArray list = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return QStringLiteral("v:") + QString::fromUtf8(list.mid(1, list.size() - 2));
}

std::optional<QStringList> keysOf(const QString &field, const QString &parent, const QJsonValue &value, bool builtin)
{
    if (!builtin || !value.isArray())
        return std::nullopt;
    auto keys = schema::listKeys(field, parent);
    for (const QJsonArray entries = value.toArray(); const QJsonValue &entry : entries) {
        // A list of the same name but another shape (an EndpointSlice's "ports") is atomic.
        if (!entry.isObject() || (keys && !entry.toObject().contains(keys->first())))
            return std::nullopt;
    }
    return keys;
}

QJsonObject ofValue(const QJsonValue &value, const QString &field, const QString &parent, bool builtin)
{
    QJsonObject set;
    if (value.isObject() && !schema::isAtomicMap(field)) {
        const QJsonObject object = value.toObject();
        for (auto it = object.begin(); it != object.end(); ++it)
            set.insert(fieldName(it.key()), ofValue(it.value(), it.key(), field, builtin));
    } else if (const auto keys = keysOf(field, parent, value, builtin)) {
        for (const QJsonArray entries = value.toArray(); const QJsonValue &entry : entries) {
            QJsonObject item = ofValue(entry, {}, field, builtin);
            item.insert(QStringLiteral("."), QJsonObject());
            set.insert(itemName(schema::keyOf(entry.toObject(), *keys)), item);
        }
    } else if (value.isArray() && schema::isSet(field)) {
        for (const QJsonArray entries = value.toArray(); const QJsonValue &entry : entries)
            set.insert(valueName(entry), QJsonObject());
    }
    return set;
}

QJsonValue findItem(const QJsonArray &list, const QJsonObject &key, const QStringList &keys)
{
    for (const QJsonValue &entry : list) {
        if (schema::keyOf(entry.toObject(), keys) == key)
            return entry;
    }
    return QJsonValue(QJsonValue::Undefined);
}

// nullopt: nothing differs.
std::optional<QJsonObject> changedValue(
    const QJsonValue &old, const QJsonValue &now, const QString &field, const QString &parent, bool builtin)
{
    if (old == now)
        return std::nullopt;
    if (old.isUndefined())
        return ofValue(now, field, parent, builtin);
    QJsonObject set;
    if (old.isObject() && now.isObject() && !schema::isAtomicMap(field)) {
        const QJsonObject object = now.toObject();
        for (auto it = object.begin(); it != object.end(); ++it) {
            if (const auto child = changedValue(old.toObject().value(it.key()), it.value(), it.key(), field, builtin))
                set.insert(fieldName(it.key()), *child);
        }
        return set.isEmpty() ? std::nullopt : std::optional(set);
    }
    const auto keys = keysOf(field, parent, now, builtin);
    if (keys && old.isArray()) {
        for (const QJsonArray entries = now.toArray(); const QJsonValue &entry : entries) {
            const QJsonObject key = schema::keyOf(entry.toObject(), *keys);
            const QJsonValue before = findItem(old.toArray(), key, *keys);
            if (auto child = changedValue(before, entry, {}, field, builtin)) {
                if (before.isUndefined())
                    child->insert(QStringLiteral("."), QJsonObject());
                set.insert(itemName(key), *child);
            }
        }
        return set.isEmpty() ? std::nullopt : std::optional(set);
    }
    if (now.isArray() && old.isArray() && schema::isSet(field)) {
        for (const QJsonArray entries = now.toArray(); const QJsonValue &entry : entries) {
            if (!old.toArray().contains(entry))
                set.insert(valueName(entry), QJsonObject());
        }
        return set.isEmpty() ? std::nullopt : std::optional(set);
    }
    return ofValue(now, field, parent, builtin);
}

// What nobody owns: identity and what the server keeps itself.
QJsonObject withoutIdentity(QJsonObject set)
{
    set.remove(L("f:apiVersion"));
    set.remove(L("f:kind"));
    QJsonObject metadata = set.value(L("f:metadata")).toObject();
    for (const L name : {L("f:name"), L("f:namespace"), L("f:uid"), L("f:resourceVersion"), L("f:generation"),
             L("f:selfLink"), L("f:creationTimestamp"), L("f:managedFields"), L("f:deletionTimestamp"),
             L("f:deletionGracePeriodSeconds"), L("f:generateName")})
        metadata.remove(name);
    if (metadata.isEmpty())
        set.remove(L("f:metadata"));
    else
        set.insert(QStringLiteral("f:metadata"), metadata);
    return set;
}

QJsonValue overlayValue(
    const QJsonValue &live, const QJsonValue &applied, const QString &field, const QString &parent, bool builtin)
{
    if (applied.isObject() && live.isObject() && !schema::isAtomicMap(field)) {
        QJsonObject result = live.toObject();
        const QJsonObject object = applied.toObject();
        for (auto it = object.begin(); it != object.end(); ++it)
            result.insert(it.key(), overlayValue(result.value(it.key()), it.value(), it.key(), field, builtin));
        return result;
    }
    const auto keys = keysOf(field, parent, applied, builtin);
    if (keys && live.isArray()) {
        QJsonArray result = live.toArray();
        for (const QJsonArray entries = applied.toArray(); const QJsonValue &entry : entries) {
            const QJsonObject key = schema::keyOf(entry.toObject(), *keys);
            qsizetype at = 0;
            while (at < result.size() && schema::keyOf(result.at(at).toObject(), *keys) != key)
                ++at;
            if (at < result.size())
                result.replace(at, overlayValue(result.at(at), entry, {}, field, builtin));
            else
                result.append(entry);
        }
        return result;
    }
    if (applied.isArray() && live.isArray() && schema::isSet(field)) {
        QJsonArray result = live.toArray();
        for (const QJsonArray entries = applied.toArray(); const QJsonValue &entry : entries) {
            if (!result.contains(entry))
                result.append(entry);
        }
        return result;
    }
    return applied;
}

QJsonValue withoutValue(const QJsonValue &value, const QJsonObject &remove, const QJsonObject &others)
{
    if (value.isObject()) {
        QJsonObject object = value.toObject();
        for (auto it = remove.begin(); it != remove.end(); ++it) {
            if (!it.key().startsWith(L("f:")))
                continue;
            const QString name = it.key().mid(2);
            if (!object.contains(name))
                continue;
            if (it.value().toObject().isEmpty()) {
                object.remove(name);
                continue;
            }
            const QJsonValue left =
                withoutValue(object.value(name), it.value().toObject(), others.value(it.key()).toObject());
            if ((left.isObject() && left.toObject().isEmpty()) || (left.isArray() && left.toArray().isEmpty()))
                object.remove(name);
            else
                object.insert(name, left);
        }
        return object;
    }
    if (!value.isArray())
        return value;
    QJsonArray kept;
    for (const QJsonArray entries = value.toArray(); const QJsonValue &entry : entries) {
        QJsonValue left = entry;
        bool gone = remove.contains(valueName(entry));
        for (auto it = remove.begin(); it != remove.end() && !gone; ++it) {
            if (!it.key().startsWith(L("k:")))
                continue;
            const QJsonObject key = QJsonDocument::fromJson(it.key().mid(2).toUtf8()).object();
            if (schema::keyOf(entry.toObject(), key.keys()) != key)
                continue;
            if (it.value().toObject().contains(L(".")) && !others.contains(it.key()))
                gone = true;
            else
                left = withoutValue(entry, it.value().toObject(), others.value(it.key()).toObject());
        }
        if (!gone)
            kept.append(left);
    }
    return kept;
}

void collectPaths(const QJsonObject &set, const QString &prefix, QStringList &out)
{
    for (auto it = set.begin(); it != set.end(); ++it) {
        if (it.key() == L("."))
            continue;
        QString path = prefix;
        if (it.key().startsWith(L("f:"))) {
            path += QLatin1Char('.') + it.key().mid(2);
        } else if (it.key().startsWith(L("k:"))) {
            const QJsonObject key = QJsonDocument::fromJson(it.key().mid(2).toUtf8()).object();
            QStringList parts;
            for (auto k = key.begin(); k != key.end(); ++k)
                parts.append(k.key() + QLatin1Char('=') + valueName(k.value()).mid(2));
            path += QLatin1Char('[') + parts.join(QLatin1Char(',')) + QLatin1Char(']');
        } else {
            path += QLatin1Char('[') + it.key().mid(2) + QLatin1Char(']');
        }
        const QJsonObject child = it.value().toObject();
        if (child.isEmpty() || (child.size() == 1 && child.contains(L("."))))
            out.append(path);
        else
            collectPaths(child, path, out);
    }
}

} // namespace

QJsonObject of(const QJsonObject &object, bool builtin)
{
    return withoutIdentity(ofValue(object, {}, {}, builtin));
}

QJsonObject changed(const QJsonObject &old, const QJsonObject &now, bool builtin)
{
    return withoutIdentity(changedValue(old, now, {}, {}, builtin).value_or(QJsonObject()));
}

QJsonObject merge(const QJsonObject &a, const QJsonObject &b)
{
    QJsonObject result = a;
    for (auto it = b.begin(); it != b.end(); ++it)
        result.insert(it.key(),
            a.contains(it.key()) ? merge(a.value(it.key()).toObject(), it.value().toObject()) : it.value().toObject());
    return result;
}

QJsonObject subtract(const QJsonObject &a, const QJsonObject &b)
{
    QJsonObject result;
    for (auto it = a.begin(); it != a.end(); ++it) {
        if (!b.contains(it.key())) {
            result.insert(it.key(), it.value());
            continue;
        }
        const QJsonObject left = subtract(it.value().toObject(), b.value(it.key()).toObject());
        if (!left.isEmpty())
            result.insert(it.key(), left);
    }
    return result;
}

QJsonObject intersect(const QJsonObject &a, const QJsonObject &b)
{
    QJsonObject result;
    for (auto it = a.begin(); it != a.end(); ++it) {
        if (!b.contains(it.key()))
            continue;
        const QJsonObject mine = it.value().toObject();
        const QJsonObject theirs = b.value(it.key()).toObject();
        if (mine.isEmpty() || theirs.isEmpty()) {
            result.insert(it.key(), mine.isEmpty() ? theirs : mine);
            continue;
        }
        const QJsonObject both = intersect(mine, theirs);
        if (!both.isEmpty())
            result.insert(it.key(), both);
    }
    return result;
}

QJsonObject without(const QJsonObject &object, const QJsonObject &remove, const QJsonObject &others)
{
    return withoutValue(object, remove, others).toObject();
}

QJsonObject overlay(const QJsonObject &live, const QJsonObject &applied, bool builtin)
{
    return overlayValue(live, applied, {}, {}, builtin).toObject();
}

QStringList paths(const QJsonObject &set)
{
    QStringList list;
    collectPaths(set, {}, list);
    return list;
}

} // namespace kdra::demo::fieldset
