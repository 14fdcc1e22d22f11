// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/serverapply.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace kdra::kube {

Request applyRequest(const QString &path, const QJsonObject &object, const ApplyOptions &options)
{
    Request request{.verb = "PATCH",
        .path = path,
        .body = QJsonDocument(object).toJson(QJsonDocument::Compact),
        .contentType = "application/apply-patch+yaml",
        .background = options.background};
    request.query.addQueryItem(u"fieldManager"_s, options.fieldManager);
    if (options.force)
        request.query.addQueryItem(u"force"_s, u"true"_s);
    if (options.dryRun)
        request.query.addQueryItem(u"dryRun"_s, u"All"_s);
    return request;
}

QList<FieldConflict> conflictsOf(const Error &error)
{
    QList<FieldConflict> conflicts;
    if (error.kind != Error::Kind::Conflict)
        return conflicts;
    const QJsonObject details = QJsonDocument::fromJson(error.status).object().value("details"_L1).toObject();
    for (const QJsonArray causes = details.value("causes"_L1).toArray(); const QJsonValue &value : causes) {
        const QJsonObject cause = value.toObject();
        if (cause.value("reason"_L1).toString() != "FieldManagerConflict"_L1)
            continue;
        // message: conflict with "kubectl" using apps/v1 [at 2026-11-24T10:00:00Z]
        const QString message = cause.value("message"_L1).toString();
        conflicts.append({message.section(u'"', 1, 1), cause.value("field"_L1).toString()});
    }
    return conflicts;
}

} // namespace kdra::kube
