// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo/objectstore.h"

#include <QByteArray>
#include <QStringList>

#include <memory>

class QUrl;

namespace kdra::demo {

class Source;

// One request, and what its path means (apiserver's RequestInfo).
struct ApiRequest {
    QByteArray method; // GET POST PUT PATCH DELETE
    QString path; // decoded
    QStringList segments; // decoded
    QList<std::pair<QString, QString>> query;
    QByteArray accept;
    QByteArray contentType; // without parameters
    QByteArray userAgent;
    QByteArray authorization;
    QByteArray body;

    QString user; // who asks; set by authentication

    // Only for paths of a resource.
    TypeId type = -1;
    QString verb; // get list watch create update patch delete deletecollection
    QString ns;
    QString name;
    QString subresource;
    QStringList rest; // after the subresource: the path that a proxy passes on

    QString param(QLatin1StringView key) const;
    bool has(QLatin1StringView key) const;
    bool flag(QLatin1StringView key) const { return isTrue(param(key)); }
    bool dryRun() const { return param(QLatin1StringView("dryRun")) == QLatin1StringView("All"); }
    // Who owns the fields that this request writes: fieldManager, else the user agent up to its first "/".
    QString fieldManager() const;

    static bool isTrue(const QString &text)
    {
        return text == QLatin1StringView("true") || text == QLatin1StringView("1");
    }

    // Splits the URL into path and query; "+" in a query is a space.
    void setUrl(const QUrl &url);
    // Finds out what the path means. Errors are 404 (no such resource) and 405.
    ApiResult<void> resolve(const Resources &resources);
};

struct ApiResponse {
    int code = 200;
    QByteArray contentType = QByteArrayLiteral("application/json");
    QByteArray body;
    QList<std::pair<QByteArray, QByteArray>> headers;
    std::shared_ptr<Source> stream; // when set: the body comes from here, bit by bit

    static ApiResponse of(const ApiStatus &status);
    static ApiResponse of(const QJsonObject &object, int code = 200);
};

} // namespace kdra::demo
