// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/schema.h"

#include <QHash>

namespace kdra::demo::schema {

using L = QLatin1StringView;

std::optional<QStringList> listKeys(const QString &field, const QString &parent)
{
    static const QHash<QString, QStringList> keys{
        {QStringLiteral("containers"), {QStringLiteral("name")}},
        {QStringLiteral("initContainers"), {QStringLiteral("name")}},
        {QStringLiteral("ephemeralContainers"), {QStringLiteral("name")}},
        {QStringLiteral("env"), {QStringLiteral("name")}},
        {QStringLiteral("volumes"), {QStringLiteral("name")}},
        {QStringLiteral("imagePullSecrets"), {QStringLiteral("name")}},
        {QStringLiteral("secrets"), {QStringLiteral("name")}},
        {QStringLiteral("volumeMounts"), {QStringLiteral("mountPath")}},
        {QStringLiteral("volumeDevices"), {QStringLiteral("devicePath")}},
        {QStringLiteral("hostAliases"), {QStringLiteral("ip")}},
        {QStringLiteral("conditions"), {QStringLiteral("type")}},
        {QStringLiteral("addresses"), {QStringLiteral("type")}},
        {QStringLiteral("ownerReferences"), {QStringLiteral("uid")}},
        {QStringLiteral("topologySpreadConstraints"),
            {QStringLiteral("topologyKey"), QStringLiteral("whenUnsatisfiable")}},
        {QStringLiteral("podIPs"), {QStringLiteral("ip")}},
        {QStringLiteral("claims"), {QStringLiteral("name")}},
        {QStringLiteral("resourceClaims"), {QStringLiteral("name")}},
    };
    if (field == L("ports")) // of a container or of a Service
        return parent == L("spec") ? QStringList{QStringLiteral("port"), QStringLiteral("protocol")}
                                   : QStringList{QStringLiteral("containerPort"), QStringLiteral("protocol")};
    const auto found = keys.constFind(field);
    return found == keys.cend() ? std::nullopt : std::optional(*found);
}

QString patchMergeKey(const QString &field, const QString &parent)
{
    if (field == L("taints"))
        return QStringLiteral("key");
    const auto keys = listKeys(field, parent);
    return keys ? keys->first() : QString();
}

bool isSet(const QString &field)
{
    return field == L("finalizers");
}

bool isAtomicMap(const QString &field)
{
    return field == L("selector") || field == L("nodeSelector") || field == L("labelSelector")
        || field == L("podSelector") || field == L("namespaceSelector") || field == L("fieldRef")
        || field == L("configMapKeyRef") || field == L("secretKeyRef") || field == L("resourceFieldRef");
}

QJsonObject keyOf(const QJsonObject &entry, const QStringList &keys)
{
    QJsonObject result;
    for (const QString &key : keys) {
        if (entry.contains(key))
            result.insert(key, entry.value(key));
        else if (key == L("protocol"))
            result.insert(key, QStringLiteral("TCP"));
    }
    return result;
}

} // namespace kdra::demo::schema
