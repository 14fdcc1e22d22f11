// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/render.h"

#include <QJsonArray>

namespace kdra::test {

inline QJsonValue at(const QJsonValue &root, const QString &path)
{
    QJsonValue value = root;
    for (const auto parts = path.split(u'.'); const QString &part : parts)
        value = value.toObject().value(part);
    return value;
}

// The pod template of a workload, and the workload that it is of.
struct RenderedPod {
    QString kind; // "Deployment"
    QString name;
    QJsonObject workload; // of a CronJob the whole object
    QJsonObject podTemplate;
    bool runsToEnd = false; // Job, CronJob

    QJsonObject spec() const { return podTemplate.value(QStringLiteral("spec")).toObject(); }
    QJsonArray list(const QString &key) const { return spec().value(key).toArray(); }
};

inline QList<RenderedPod> podsOf(const QList<environments::Manifest> &manifests)
{
    QList<RenderedPod> pods;
    for (const environments::Manifest &manifest : manifests) {
        const QString kind = manifest.object.value(QStringLiteral("kind")).toString();
        const QString path = kind == QStringLiteral("CronJob") ? QStringLiteral("spec.jobTemplate.spec.template")
                                                               : QStringLiteral("spec.template");
        const QJsonValue podTemplate = at(manifest.object, path);
        if (podTemplate.isObject())
            pods.append({kind, at(manifest.object, QStringLiteral("metadata.name")).toString(), manifest.object,
                podTemplate.toObject(), kind.endsWith(QStringLiteral("Job"))});
    }
    return pods;
}

} // namespace kdra::test
