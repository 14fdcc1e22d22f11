// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QString>

#include <expected>

namespace kdra::demo {

struct ResourceType;

// A metav1.Status as the API server words it.
struct ApiStatus {
    int code = 500;
    QString reason = QStringLiteral("InternalError");
    QString message;
    QJsonObject details;

    QJsonObject object() const;
    QByteArray json() const;
};

template <class T> using ApiResult = std::expected<T, ApiStatus>;

// One entry of Status.details.causes.
struct Cause {
    QString field; // "spec.template.spec.containers"
    QString reason; // "FieldValueRequired", "FieldValueInvalid", ...
    QString message; // "Required value", `Invalid value: "x": ...`
};

// The errors of k8s.io/apimachinery/pkg/api/errors, in its words.
namespace status {
std::unexpected<ApiStatus> notFound(const ResourceType &type, const QString &name);
std::unexpected<ApiStatus> alreadyExists(const ResourceType &type, const QString &name);
std::unexpected<ApiStatus> conflict(const ResourceType &type, const QString &name, const QString &why);
std::unexpected<ApiStatus> objectModified(const ResourceType &type, const QString &name);
std::unexpected<ApiStatus> invalid(const ResourceType &type, const QString &name, const QList<Cause> &causes);
// Of a query parameter; `kind` is "ListOptions", "PatchOptions", ...
std::unexpected<ApiStatus> invalidOptions(const QString &kind, const QList<Cause> &causes);
std::unexpected<ApiStatus> badRequest(const QString &message);
std::unexpected<ApiStatus> forbidden(const ResourceType &type, const QString &name, const QString &why);
std::unexpected<ApiStatus> unauthorized();
std::unexpected<ApiStatus> expired(const QString &message);
std::unexpected<ApiStatus> tooManyRequests(const QString &message, int retryAfterSeconds);
std::unexpected<ApiStatus> methodNotAllowed(const QString &resource, const QString &verb);
std::unexpected<ApiStatus> unsupportedMediaType(const QString &message);
std::unexpected<ApiStatus> notAcceptable(const QString &message);
std::unexpected<ApiStatus> noSuchPath();
} // namespace status

} // namespace kdra::demo
