// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/validation.h"

#include "base/quantity.h"
#include "demo/selectors.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

namespace kdra::demo {
namespace {

using L = QLatin1StringView;

Cause required(const QString &field, const QString &detail = {})
{
    return {field, QStringLiteral("FieldValueRequired"),
        detail.isEmpty() ? QStringLiteral("Required value") : QStringLiteral("Required value: ") + detail};
}

QString shown(const QJsonValue &value)
{
    const QByteArray list = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(list.sliced(1, list.size() - 2));
}

Cause invalidValue(const QString &field, const QJsonValue &value, const QString &why)
{
    return {field, QStringLiteral("FieldValueInvalid"), QStringLiteral("Invalid value: %1: %2").arg(shown(value), why)};
}

Cause immutable(const QString &field, const QJsonValue &value)
{
    return invalidValue(field, value, QStringLiteral("field is immutable"));
}

QList<Cause> checkName(const ResourceType &type, const QJsonObject &metadata)
{
    static const QRegularExpression label(QStringLiteral("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$"));
    static const QRegularExpression subdomain(
        QStringLiteral(R"(^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$)"));
    const QString field = QStringLiteral("metadata.name");
    const QString name = metadata.value(L("name")).toString();
    if (name.isEmpty() && metadata.value(L("generateName")).toString().isEmpty())
        return {required(field, QStringLiteral("name or generateName is required"))};
    if (name.isEmpty() || type.group == L("rbac.authorization.k8s.io"))
        return {};
    const bool shortName = type.id == kind::Namespace || type.id == kind::Service;
    if (name.size() > (shortName ? 63 : 253))
        return {
            invalidValue(field, name, QStringLiteral("must be no more than %1 characters").arg(shortName ? 63 : 253))};
    if (type.id == kind::Service && (!label.match(name).hasMatch() || name.at(0).isDigit()))
        return {invalidValue(field, name,
            QStringLiteral("a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an "
                           "alphabetic character, and end with an "
                           "alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is "
                           "'[a-z]([-a-z0-9]*[a-z0-9])?')"))};
    if (type.id == kind::Namespace && !label.match(name).hasMatch())
        return {invalidValue(field, name,
            QStringLiteral("a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and "
                           "must start and end with an "
                           "alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is "
                           "'[a-z0-9]([-a-z0-9]*[a-z0-9])?')"))};
    if (!subdomain.match(name).hasMatch())
        return {invalidValue(field, name,
            QStringLiteral("a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or "
                           "'.', and must start and end with an "
                           "alphanumeric character (e.g. 'example.com', regex used for validation is "
                           "'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"))};
    return {};
}

void checkResources(const QJsonObject &resources, const QString &field, QList<Cause> &causes)
{
    const QJsonObject limits = resources.value(L("limits")).toObject();
    const QJsonObject requests = resources.value(L("requests")).toObject();
    for (auto it = requests.begin(); it != requests.end(); ++it) {
        const auto request = parseQuantityMilli(it.value().toVariant().toString().toStdString());
        const auto limit = parseQuantityMilli(limits.value(it.key()).toVariant().toString().toStdString());
        if (request && limit && *request > *limit)
            causes.append(invalidValue(field + QStringLiteral(".requests"), it.value().toVariant().toString(),
                QStringLiteral("must be less than or equal to %1 limit of %2")
                    .arg(it.key(), limits.value(it.key()).toVariant().toString())));
    }
}

void checkPodSpec(const QJsonObject &spec, const QString &field, QList<Cause> &causes)
{
    const QJsonArray containers = spec.value(L("containers")).toArray();
    if (containers.isEmpty())
        causes.append(required(field + QStringLiteral(".containers")));
    QStringList names;
    for (int i = 0; i < containers.size(); ++i) {
        const QJsonObject container = containers.at(i).toObject();
        const QString at = QStringLiteral("%1.containers[%2]").arg(field).arg(i);
        const QString name = container.value(L("name")).toString();
        if (name.isEmpty())
            causes.append(required(at + QStringLiteral(".name")));
        else if (names.contains(name))
            causes.append({at + QStringLiteral(".name"), QStringLiteral("FieldValueDuplicate"),
                QStringLiteral("Duplicate value: \"%1\"").arg(name)});
        names.append(name);
        if (container.value(L("image")).toString().isEmpty())
            causes.append(required(at + QStringLiteral(".image")));
        checkResources(container.value(L("resources")).toObject(), at + QStringLiteral(".resources"), causes);
    }
}

void checkWorkload(const ResourceType &type, const QJsonObject &oldSpec, const QJsonObject &spec, QList<Cause> &causes)
{
    const QJsonObject selector = spec.value(L("selector")).toObject();
    const QJsonObject pod = spec.value(L("template")).toObject();
    if (spec.value(L("replicas")).toInt() < 0)
        causes.append(invalidValue(QStringLiteral("spec.replicas"), spec.value(L("replicas")),
            QStringLiteral("must be greater than or equal to 0")));
    if (type.id != kind::Job) {
        if (selector.isEmpty()) {
            causes.append(required(QStringLiteral("spec.selector")));
        } else {
            std::vector<std::pair<QByteArray, QByteArray>> labels;
            const QJsonObject given = pod.value(L("metadata")).toObject().value(L("labels")).toObject();
            for (auto it = given.begin(); it != given.end(); ++it)
                labels.emplace_back(it.key().toUtf8(), it.value().toString().toUtf8());
            if (!LabelSelector::fromJson(selector).matches(labels))
                causes.append(invalidValue(QStringLiteral("spec.template.metadata.labels"), given,
                    QStringLiteral("`selector` does not match template `labels`")));
        }
        const QString restart = pod.value(L("spec")).toObject().value(L("restartPolicy")).toString();
        if (!restart.isEmpty() && restart != L("Always"))
            causes.append({QStringLiteral("spec.template.spec.restartPolicy"), QStringLiteral("FieldValueNotSupported"),
                QStringLiteral("Unsupported value: \"%1\": supported values: \"Always\"").arg(restart)});
    }
    checkPodSpec(pod.value(L("spec")).toObject(), QStringLiteral("spec.template.spec"), causes);
    if (!oldSpec.isEmpty() && oldSpec.value(L("selector")) != spec.value(L("selector")))
        causes.append(immutable(QStringLiteral("spec.selector"), spec.value(L("selector"))));
}

// What an update may change in a pod's spec, taken out.
QJsonObject fixedPodSpec(QJsonObject spec)
{
    for (const L list : {L("containers"), L("initContainers")}) {
        QJsonArray containers;
        for (const QJsonArray values = spec.value(list).toArray(); const QJsonValue &value : values) {
            QJsonObject container = value.toObject();
            container.remove(L("image"));
            containers.append(container);
        }
        spec.insert(list, containers);
    }
    for (const L key : {L("activeDeadlineSeconds"), L("tolerations"), L("terminationGracePeriodSeconds"), L("nodeName"),
             L("schedulingGates"), L("ephemeralContainers")})
        spec.remove(key);
    return spec;
}

void checkVersions(const QJsonArray &versions, QList<Cause> &causes)
{
    for (qsizetype i = 0; i < versions.size(); ++i) {
        const QJsonObject schema = versions.at(i).toObject().value(L("schema")).toObject();
        if (!schema.contains(L("openAPIV3Schema")))
            causes.append(required(QStringLiteral("spec.versions[%1].schema.openAPIV3Schema").arg(i),
                QStringLiteral("schemas are required")));
    }
}

} // namespace

ApiResult<void> validate(const ResourceType &type, const QJsonObject &old, const QJsonObject &object)
{
    const QJsonObject metadata = object.value(L("metadata")).toObject();
    const QJsonObject spec = object.value(L("spec")).toObject();
    const QJsonObject oldSpec = old.value(L("spec")).toObject();
    QList<Cause> causes = checkName(type, metadata);
    if (const QJsonValue replicas = spec.value(L("replicas"));
        !type.custom && !replicas.isUndefined() && !replicas.isDouble())
        return status::badRequest(QStringLiteral(
            "%1 in version \"%2\" cannot be handled as a %1: json: cannot unmarshal string into Go struct field "
            "%1Spec.spec.replicas of type int32")
                .arg(type.kind, type.version));
    switch (type.id) {
    case kind::Pod:
        checkPodSpec(spec, QStringLiteral("spec"), causes);
        if (!oldSpec.isEmpty() && fixedPodSpec(oldSpec) != fixedPodSpec(spec))
            causes.append({QStringLiteral("spec"), QStringLiteral("FieldValueForbidden"),
                QStringLiteral(
                    "Forbidden: pod updates may not change fields other than "
                    "`spec.containers[*].image`,`spec.initContainers[*].image`,"
                    "`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),"
                    "`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)")});
        break;
    case kind::Deployment:
    case kind::ReplicaSet:
    case kind::StatefulSet:
    case kind::DaemonSet:
    case kind::Job:
        checkWorkload(type, oldSpec, spec, causes);
        break;
    case kind::Service:
        if (spec.value(L("ports")).toArray().isEmpty() && spec.value(L("type")).toString() != L("ExternalName")
            && spec.value(L("clusterIP")).toString() != L("None"))
            causes.append(required(QStringLiteral("spec.ports")));
        if (!oldSpec.isEmpty() && oldSpec.value(L("clusterIP")) != spec.value(L("clusterIP")))
            causes.append(immutable(QStringLiteral("spec.clusterIP"), spec.value(L("clusterIP"))));
        break;
    case kind::ConfigMap:
    case kind::Secret:
        if (old.value(L("immutable")).toBool() && old.value(L("data")) != object.value(L("data")))
            causes.append({QStringLiteral("data"), QStringLiteral("FieldValueForbidden"),
                QStringLiteral("Forbidden: field is immutable when `immutable` is set")});
        break;
    case kind::CustomResourceDefinition:
        checkVersions(spec.value(L("versions")).toArray(), causes);
        break;
    default:
        break;
    }
    if (!causes.isEmpty())
        return status::invalid(type, metadata.value(L("name")).toString(), causes);
    return {};
}

} // namespace kdra::demo
