// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/customresources.h"

#include <QJsonArray>
#include <QTimer>

namespace kdra::demo {
namespace {

using L = QLatin1StringView;

QStringList strings(const QJsonValue &value)
{
    QStringList list;
    for (const QJsonArray entries = value.toArray(); const QJsonValue &entry : entries)
        list.append(entry.toString());
    return list;
}

// The stored version's kind. Others of the same definition are rare enough to leave out.
ResourceType typeOf(const QJsonObject &definition)
{
    const QJsonObject spec = definition.value(L("spec")).toObject();
    const QJsonObject names = spec.value(L("names")).toObject();
    ResourceType type;
    type.group = spec.value(L("group")).toString();
    type.plural = names.value(L("plural")).toString();
    type.kind = names.value(L("kind")).toString();
    type.singular = names.value(L("singular")).toString(type.kind.toLower());
    type.shortNames = strings(names.value(L("shortNames")));
    type.categories = strings(names.value(L("categories")));
    type.namespaced = spec.value(L("scope")).toString() == L("Namespaced");
    for (const QJsonArray versions = spec.value(L("versions")).toArray(); const QJsonValue &value : versions) {
        const QJsonObject version = value.toObject();
        if (!version.value(L("storage")).toBool())
            continue;
        type.version = version.value(L("name")).toString();
        if (version.value(L("subresources")).toObject().contains(L("status")))
            type.subresources.append(QStringLiteral("status"));
    }
    return type;
}

QJsonObject condition(const QString &type, const QString &reason)
{
    return {{QStringLiteral("type"), type}, {QStringLiteral("status"), QStringLiteral("True")},
        {QStringLiteral("reason"), reason}, {QStringLiteral("lastTransitionTime"), ObjectStore::timestamp()},
        {QStringLiteral("message"), QString()}};
}

} // namespace

CustomResources::CustomResources(ObjectStore &store, QObject *parent)
    : QObject(parent)
    , m_store(store)
{
    connect(&store, &ObjectStore::changed, this, &CustomResources::onChanged);
    for (const ObjectPtr &definition : store.list(kind::CustomResourceDefinition))
        establish(definition->name);
}

void CustomResources::onChanged(const Change &change)
{
    if (change.type != kind::CustomResourceDefinition)
        return;
    if (change.kind == Change::Kind::Added) {
        QTimer::singleShot(0, this, [this, name = change.now->name] { establish(name); });
    } else if (change.kind == Change::Kind::Deleted) {
        const ResourceType type = typeOf(change.now->object());
        const TypeId id = m_store.resources().find(type.group, type.version, type.plural);
        QTimer::singleShot(0, this, [this, id] {
            if (id < kind::BuiltinCount)
                return;
            for (const ObjectPtr &object : m_store.list(id))
                m_store.remove(id, object->ns, object->name);
            m_store.resources().drop(id);
        });
    }
}

void CustomResources::establish(const QByteArray &name)
{
    const ObjectPtr definition = m_store.get(kind::CustomResourceDefinition, {}, name);
    if (!definition)
        return;
    const ResourceType type = typeOf(definition->object());
    if (type.version.isEmpty() || type.plural.isEmpty())
        return;
    m_store.resources().add(type);
    (void)m_store.modify(kind::CustomResourceDefinition, {}, name, [&type](QJsonObject &json) {
        json.insert(QStringLiteral("status"),
            QJsonObject{{QStringLiteral("conditions"),
                            QJsonArray{condition(QStringLiteral("NamesAccepted"), QStringLiteral("NoConflicts")),
                                condition(QStringLiteral("Established"), QStringLiteral("InitialNamesAccepted"))}},
                {QStringLiteral("acceptedNames"), json.value(L("spec")).toObject().value(L("names"))},
                {QStringLiteral("storedVersions"), QJsonArray{type.version}}});
    });
}

} // namespace kdra::demo
