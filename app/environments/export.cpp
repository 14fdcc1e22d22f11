// SPDX-License-Identifier: GPL-3.0-or-later
#include "environments/decoration.h"
#include "environments/labels.h"
#include "environments/plan.h"

using namespace Qt::StringLiterals;

namespace kdra::environments {
namespace {

QJsonObject exported(QJsonObject object)
{
    QJsonObject metadata = object.value("metadata"_L1).toObject();
    QJsonObject labels = metadata.value("labels"_L1).toObject();
    labels.remove(PartOfLabel);
    labels.remove(ManagedByLabel);
    metadata.insert("labels"_L1, labels);
    QJsonObject annotations = metadata.value("annotations"_L1).toObject();
    annotations.remove(SpecAnnotation);
    if (annotations.isEmpty())
        metadata.remove("annotations"_L1);
    else
        metadata.insert("annotations"_L1, annotations);
    object.insert("metadata"_L1, metadata);
    if (object.value("kind"_L1).toString() != "Secret"_L1)
        return object;
    // "data" would have to be base64.
    QJsonObject values = object.value("stringData"_L1).toObject();
    const QJsonObject data = object.value("data"_L1).toObject();
    for (auto one = data.begin(); one != data.end(); ++one)
        values.insert(one.key(), QString());
    for (auto one = values.begin(); one != values.end(); ++one)
        one.value() = "REPLACE-ME"_L1;
    object.remove("data"_L1);
    object.insert("stringData"_L1, values);
    return object;
}

} // namespace

QList<ExportedFile> exportFiles(const Plan &plan, bool kustomize)
{
    QList<ExportedFile> files;
    const auto add = [&files](const QJsonObject &object) {
        const QString name = u"%1-%2-%3.yaml"_s.arg(files.size(), 2, 10, QLatin1Char('0'))
                                 .arg(object.value("kind"_L1).toString().toLower(),
                                     valueAt(object, {u"metadata"_s, u"name"_s}).toString());
        // Names of RBAC objects may hold what is no file name.
        files.append({QString(name).replace(u'/', u'_').replace(u':', u'_'), exported(object)});
    };
    if (plan.spec.ownNamespace)
        add(plan.nameSpace());
    for (const PlannedObject &one : plan.objects)
        add(one.object);
    if (!kustomize)
        return files;
    QJsonArray resources;
    for (const ExportedFile &file : std::as_const(files))
        resources.append(file.name);
    files.append({u"kustomization.yaml"_s,
        {{"apiVersion"_L1, "kustomize.config.k8s.io/v1beta1"_L1}, {"kind"_L1, "Kustomization"_L1},
            {"resources"_L1, resources}}});
    return files;
}

} // namespace kdra::environments
