// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/labels.h"
#include "kube/apiclient.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace kdra::environments {

// A merge patch in KDRA's name.
inline kube::Request patchRequest(const QString &path, const QJsonObject &patch)
{
    kube::Request request{.verb = "PATCH",
        .path = path,
        .body = QJsonDocument(patch).toJson(QJsonDocument::Compact),
        .contentType = "application/merge-patch+json"};
    request.query.addQueryItem(QStringLiteral("fieldManager"), Manager);
    return request;
}

// Sets annotations; a null takes one away.
inline kube::Request annotationRequest(const QString &path, const QJsonObject &annotations)
{
    return patchRequest(
        path, {{QLatin1StringView("metadata"), QJsonObject{{QLatin1StringView("annotations"), annotations}}}});
}

} // namespace kdra::environments
