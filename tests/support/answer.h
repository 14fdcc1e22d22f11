// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace kdra::test {

// What an API server answered: an object, a list or a metav1.Status.
struct Answer {
    int code = 0;
    QByteArray body;
    QByteArray contentType;
    QJsonObject json() const { return QJsonDocument::fromJson(body).object(); }
    QJsonArray items() const { return json().value(QLatin1StringView("items")).toArray(); }
    QString reason() const { return json().value(QLatin1StringView("reason")).toString(); }
    QString message() const { return json().value(QLatin1StringView("message")).toString(); }
};

// The value at "metadata.labels.app"; a number indexes a list.
inline QJsonValue at(const QJsonValue &root, const QString &path)
{
    QJsonValue value = root;
    for (const auto parts = path.split(QLatin1Char('.')); const QString &part : parts)
        value = value.isArray() ? value.toArray().at(part.toInt()) : value.toObject().value(part);
    return value;
}

inline QByteArray configMap(
    const QString &name, const QString &value = QStringLiteral("1"), const QString &label = QStringLiteral("a"))
{
    return QStringLiteral(
        R"({"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"%1","labels":{"group":"%3"}},"data":{"value":"%2"}})")
        .arg(name, value, label)
        .toUtf8();
}

inline QByteArray deployment(const QString &name, int replicas = 1, const QString &image = QStringLiteral("nginx:1"))
{
    return QStringLiteral(
        R"({"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"%1"},"spec":{"replicas":%2,)"
        R"("selector":{"matchLabels":{"app":"%1"}},"template":{"metadata":{"labels":{"app":"%1"}},)"
        R"("spec":{"containers":[{"name":"main","image":"%3"}]}}}})")
        .arg(name)
        .arg(replicas)
        .arg(image)
        .toUtf8();
}

} // namespace kdra::test
