// SPDX-License-Identifier: GPL-3.0-or-later
#include "environments/plan.h"

#include "base/quantity.h"
#include "environments/applyset.h"
#include "environments/decoration.h"
#include "environments/labels.h"
#include "environments/networkpolicies.h"
#include "environments/parameters.h"
#include "environments/steps.h"
#include "environments/templatefiles.h"
#include "environments/timetolive.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QJsonDocument>
#include <QSet>

using namespace Qt::StringLiterals;

namespace kdra::environments {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::environments::Plan)
};

// Groups whose kinds have the same shape in every version that servers still have: the version in the template is only
// the newest its author knew.
bool isSameInAllVersions(const QString &group, const QString &kind)
{
    static const QSet<QString> kinds{u"CronJob.batch"_s, u"PodDisruptionBudget.policy"_s};
    return kinds.contains(kind + u'.' + group);
}

int stageOf(const QString &kind)
{
    static const QHash<QString, int> stages{{u"ResourceQuota"_s, 0}, {u"LimitRange"_s, 1}, {u"NetworkPolicy"_s, 2},
        {u"CiliumNetworkPolicy"_s, 2}, {u"ServiceAccount"_s, 3}, {u"ClusterRole"_s, 3}, {u"Role"_s, 3},
        {u"ClusterRoleBinding"_s, 4}, {u"RoleBinding"_s, 4}, {u"ConfigMap"_s, 5}, {u"Secret"_s, 5},
        {u"PersistentVolume"_s, 6}, {u"PersistentVolumeClaim"_s, 6}, {u"Service"_s, 7}, {u"Deployment"_s, 8},
        {u"StatefulSet"_s, 8}, {u"DaemonSet"_s, 8}, {u"Pod"_s, 8}, {u"Job"_s, 8}, {u"CronJob"_s, 8},
        {u"PodDisruptionBudget"_s, 9}, {u"HorizontalPodAutoscaler"_s, 9}, {u"Ingress"_s, 10}};
    // Custom resources last: what they need may come with the environment.
    return stages.value(kind, 11);
}

QString nameOf(const QJsonObject &object)
{
    return valueAt(object, {u"metadata"_s, u"name"_s}).toString();
}

// The kind as this server serves it: in the version of the template, unless every version is the same.
Result<kube::Resource> resourceOf(const QJsonObject &object, const kube::ServerApi &api)
{
    const QString apiVersion = object.value("apiVersion"_L1).toString();
    const QString kind = object.value("kind"_L1).toString();
    const qsizetype slash = apiVersion.indexOf(u'/');
    const QString group = slash < 0 ? QString() : apiVersion.left(slash);
    const QString version = apiVersion.mid(slash + 1);
    Result<kube::Resource> resource = api.find(group, kind, {version});
    if (!resource)
        return resource;
    if (resource->version != version && !isSameInAllVersions(group, kind)) {
        return std::unexpected(Error{.kind = Error::Kind::NotFound,
            .what = Text::tr("This server serves %1 as %2, not as %3.").arg(kind, resource->apiVersion(), apiVersion),
            .remedy = Text::tr("The template has to be written for this version of Kubernetes.")});
    }
    return resource;
}

// Values of secrets do not count: they are new each time, and have no place in a hash that everybody may read.
QJsonObject withoutSecrets(QJsonObject object)
{
    if (object.value("kind"_L1).toString() == "Secret"_L1) {
        object.remove("data"_L1);
        object.remove("stringData"_L1);
    }
    return object;
}

QString hashOf(const QList<PlannedObject> &objects)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const PlannedObject &one : objects)
        hash.addData(QJsonDocument(withoutSecrets(one.object)).toJson(QJsonDocument::Compact));
    return QString::fromLatin1(hash.result().toHex());
}

// As it is kept in the parent, for whoever wants to change the environment and does not have the template.
QString keptTemplate(const Template &from)
{
    return QString::fromLatin1(qCompress(packTemplateFiles(from.files), 9).toBase64());
}

Error at(Error error, const Manifest &manifest)
{
    error.where = manifest.where();
    return error;
}

Result<void> checkSpec(const Spec &spec)
{
    const QString problem = nameProblem(spec.name);
    if (!problem.isEmpty()) {
        return std::unexpected(Error{.kind = Error::Kind::Invalid,
            .what = Text::tr("\"%1\" cannot be the name of an environment. %2").arg(spec.name, problem)});
    }
    if (!spec.from)
        return std::unexpected(Error{.kind = Error::Kind::NotFound, .what = Text::tr("There is no template.")});
    if (spec.ns.isEmpty())
        return std::unexpected(Error{.kind = Error::Kind::Invalid, .what = Text::tr("There is no namespace.")});
    return {};
}

Result<PlannedObject> planned(const Manifest &manifest, const Spec &spec, const QString &id, const kube::ServerApi &api)
{
    const Result<kube::Resource> resource = resourceOf(manifest.object, api);
    if (!resource)
        return std::unexpected(at(resource.error(), manifest));
    if (!resource->namespaced && !spec.from->clusterScoped.contains(groupKindOf(*resource))) {
        return std::unexpected(at(Error{.kind = Error::Kind::Invalid,
                                      .what = Text::tr("%1 lies outside of the environment's namespace, and the "
                                                       "template does not declare it.")
                                          .arg(manifest.display()),
                                      .remedy = Text::tr("Add it to needs.clusterScoped of template.yaml.")},
            manifest));
    }
    QJsonObject object = decorated(manifest.object, spec, id, resource->namespaced);
    object.insert("apiVersion"_L1, resource->apiVersion());
    return PlannedObject{
        .object = object, .resource = *resource, .where = manifest.file.isEmpty() ? QString() : manifest.where()};
}

Result<void> addAll(Plan &plan, const QList<Manifest> &manifests, const kube::ServerApi &api)
{
    QSet<QString> seen;
    for (const Manifest &manifest : manifests) {
        const Result<PlannedObject> object = planned(manifest, plan.spec, plan.id, api);
        if (!object)
            return std::unexpected(object.error());
        const bool isParent = object->groupKind() == "ConfigMap"_L1 && object->name() == parentName(plan.spec.name);
        if (isParent || seen.contains(object->path())) {
            return std::unexpected(at(Error{.kind = Error::Kind::Invalid,
                                          .what = Text::tr("There are two objects called %1.").arg(object->display())},
                manifest));
        }
        seen.insert(object->path());
        plan.objects.append(*object);
    }
    std::ranges::stable_sort(plan.objects, {}, [](const PlannedObject &one) { return stageOf(one.resource.kind); });
    return {};
}

} // namespace

QString PlannedObject::ns() const
{
    return valueAt(object, {u"metadata"_s, u"namespace"_s}).toString();
}

QString PlannedObject::name() const
{
    return nameOf(object);
}

QString PlannedObject::display() const
{
    return resource.kind + u' ' + name();
}

QString PlannedObject::groupKind() const
{
    return groupKindOf(resource);
}

QStringList Plan::groupKinds() const
{
    QStringList kinds;
    for (const PlannedObject &one : objects)
        kinds.append(one.groupKind());
    return groupKindsOf(groupKindsText(kinds));
}

QStringList Plan::clusterScoped() const
{
    QStringList names;
    for (const PlannedObject &one : objects) {
        if (!one.resource.namespaced)
            names.append(one.display());
    }
    return names;
}

QString Plan::parentPath() const
{
    return configMaps.path(spec.ns, parentName(spec.name));
}

QJsonObject Plan::parent(const QString &phase, const QDateTime &now) const
{
    QJsonObject labels = environmentLabels(spec, {});
    labels.insert(ApplySetIdLabel, id);
    const QJsonObject annotations{{ToolingAnnotation, Tooling}, {GroupKindsAnnotation, groupKinds().join(u',')},
        {TimeToLiveAnnotation, timeToLiveText(spec.timeToLive)}, {PhaseAnnotation, phase},
        {PhaseTimeAnnotation, now.toUTC().toString(Qt::ISODate)}, {PlanAnnotation, hash}};
    return {{"apiVersion"_L1, "v1"_L1}, {"kind"_L1, "ConfigMap"_L1},
        {"metadata"_L1,
            QJsonObject{{"name"_L1, parentName(spec.name)}, {"namespace"_L1, spec.ns}, {"labels"_L1, labels},
                {"annotations"_L1, annotations}}},
        {"data"_L1,
            QJsonObject{{SpecKey, QString::fromUtf8(QJsonDocument(toJson(spec)).toJson(QJsonDocument::Indented))}}},
        {"binaryData"_L1, QJsonObject{{TemplateKey, keptTemplate(*spec.from)}}}};
}

QJsonObject Plan::nameSpace() const
{
    const QJsonObject kept{{SpecKey, toJson(spec)}, {PlanAnnotation, hash}, {TemplateKey, keptTemplate(*spec.from)}};
    const QJsonObject annotations{{TimeToLiveAnnotation, timeToLiveText(spec.timeToLive)},
        {SpecAnnotation, QString::fromUtf8(QJsonDocument(kept).toJson(QJsonDocument::Compact))}};
    return {{"apiVersion"_L1, "v1"_L1}, {"kind"_L1, "Namespace"_L1},
        {"metadata"_L1,
            QJsonObject{
                {"name"_L1, spec.ns}, {"labels"_L1, environmentLabels(spec, {})}, {"annotations"_L1, annotations}}}};
}

Result<Plan> makePlan(const Spec &wanted, const kube::ServerApi &api)
{
    if (const Result<void> checked = checkSpec(wanted); !checked)
        return std::unexpected(checked.error());
    Plan plan{.spec = wanted, .id = applySetId(parentName(wanted.name), wanted.ns, u"ConfigMap"_s, {})};
    const Result<Values> values = completeValues(*wanted.from, wanted.values);
    if (!values)
        return std::unexpected(values.error());
    plan.spec.values = *values;
    for (const auto &[kind, resource] :
        {std::pair(u"Namespace"_s, &plan.namespaces), std::pair(u"ConfigMap"_s, &plan.configMaps)}) {
        const Result<kube::Resource> found = api.find({}, kind, {u"v1"_s});
        if (!found)
            return std::unexpected(found.error());
        *resource = *found;
    }
    Result<QList<Manifest>> manifests = render(
        *wanted.from, *values, {.name = wanted.name, .ns = wanted.ns, .owner = wanted.owner, .host = wanted.host});
    if (!manifests)
        return std::unexpected(manifests.error());
    plan.demand = demandOf(*wanted.from, *manifests);
    const bool cilium = api.find(u"cilium.io"_s, u"CiliumNetworkPolicy"_s, {u"v2"_s}).has_value();
    for (const QJsonObject &policy : networkPolicies(plan.spec, *manifests, cilium))
        manifests->append(Manifest{.object = policy});
    if (const Result<void> added = addAll(plan, *manifests, api); !added)
        return std::unexpected(added.error());
    plan.hash = hashOf(plan.objects);
    // What a ConfigMap may hold, and all annotations of an object together (validation in apimachinery).
    constexpr qsizetype maxKept = 180 * 1024;
    if (const qsizetype size = keptTemplate(*wanted.from).size(); size > maxKept) {
        return std::unexpected(Error{.kind = Error::Kind::Invalid,
            .what = Text::tr("The template is too large to be kept with its environment: %1 packed, of at most %2.")
                .arg(formatBytes(size), formatBytes(maxKept)),
            .where = wanted.from->origin,
            .remedy = Text::tr("Move large files out of it, into images or volumes.")});
    }
    return plan;
}

} // namespace kdra::environments
