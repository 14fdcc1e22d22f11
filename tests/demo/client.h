// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo/democluster.h"
#include "support/answer.h"

#include <QEventLoop>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTimer>

namespace kdra::demo {

using test::Answer;
using test::at;
using test::configMap;
using test::deployment;

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

} // namespace kdra::demo
