// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo/democluster.h"

#include <QEventLoop>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QtTest>

namespace kdra::demo {

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
    for (const QString &part : path.split(QLatin1Char('.')))
        value = value.isArray() ? value.toArray().at(part.toInt()) : value.toObject().value(part);
    return value;
}

inline QJsonObject parse(const char *json)
{
    return QJsonDocument::fromJson(json).object();
}

// Plain HTTP to a demo cluster, one request at a time.
class Client {
public:
    explicit Client(const DemoCluster &cluster, QByteArray token = {})
        : m_url(cluster.url())
        , m_token(std::move(token))
    {
    }

    Answer send(const QByteArray &verb, const QString &path, const QByteArray &body = {},
        const QByteArray &contentType = "application/json", const QByteArray &accept = "application/json")
    {
        QNetworkRequest request(QUrl(m_url.toString() + path, QUrl::StrictMode));
        request.setRawHeader("Accept", accept);
        request.setRawHeader("User-Agent", "tests/1.0");
        if (!body.isEmpty())
            request.setHeader(QNetworkRequest::ContentTypeHeader, contentType);
        if (!m_token.isEmpty())
            request.setRawHeader("Authorization", "Bearer " + m_token);
        const std::unique_ptr<QNetworkReply> reply(m_manager.sendCustomRequest(request, verb, body));
        QEventLoop loop;
        QObject::connect(reply.get(), &QNetworkReply::finished, &loop, &QEventLoop::quit);
        QTimer::singleShot(20000, &loop, &QEventLoop::quit);
        loop.exec();
        return {reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), reply->readAll(),
            reply->rawHeader("Content-Type")};
    }
    Answer get(const QString &path, const QByteArray &accept = "application/json")
    {
        return send("GET", path, {}, {}, accept);
    }
    Answer post(const QString &path, const QByteArray &body) { return send("POST", path, body); }
    Answer apply(const QString &path, const QByteArray &body)
    {
        return send("PATCH", path, body, "application/apply-patch+yaml");
    }
    Answer remove(const QString &path, const QByteArray &body = {}) { return send("DELETE", path, body); }

    QNetworkAccessManager &manager() { return m_manager; }
    QUrl url(const QString &path) const { return QUrl(m_url.toString() + path, QUrl::StrictMode); }

private:
    QUrl m_url;
    QByteArray m_token;
    QNetworkAccessManager m_manager;
};

// Only the API server, without a world: nothing changes but by the test.
inline DemoOptions bare()
{
    DemoOptions options;
    options.populate = false;
    options.controllers = false;
    options.story = false;
    return options;
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

} // namespace kdra::demo
