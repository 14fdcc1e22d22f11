// SPDX-License-Identifier: GPL-3.0-or-later
#include "environments/plan.h"

#include "base/quantity.h"
#include "environments/applyset.h"
#include "environments/decoration.h"
#include "environments/labels.h"
#include "environments/networkpolicies.h"
#include "environments/parameters.h"
#include "environments/phasetime.h"
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
QByteArray packed(const Template &from)
{
    return qCompress(packTemplateFiles(from.files), 9);
}

// What a part is called where somebody has to tell it from others.
QString titleOf(const Part &part)
{
    return part.from->title.isEmpty() ? part.from->name : part.from->title;
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
    if (spec.ns.isEmpty())
        return std::unexpected(Error{.kind = Error::Kind::Invalid, .what = Text::tr("There is no namespace.")});
    return {};
}

// Each by itself, and beside the others.
Result<void> checkParts(const QList<Part> &parts)
{
    QHash<QString, QString> names;
    QHash<QString, QString> hosts;
    for (const Part &part : parts) {
        if (!part.from)
            return std::unexpected(Error{.kind = Error::Kind::NotFound, .what = Text::tr("There is no template.")});
        if (const QString problem = nameProblem(part.name); !problem.isEmpty()) {
            return std::unexpected(Error{.kind = Error::Kind::Invalid,
                .what = Text::tr("\"%1\" cannot be the name of a part of an environment. %2").arg(part.name, problem)});
        }
        if (const auto same = names.constFind(part.name); same != names.cend()) {
            return std::unexpected(Error{.kind = Error::Kind::Invalid,
                .what = Text::tr("Both %1 and %2 are called %3.").arg(*same, titleOf(part), part.name),
                .remedy = Text::tr("Give one of them another name.")});
        }
        if (const auto same = hosts.constFind(part.host); !part.host.isEmpty() && same != hosts.cend()) {
            return std::unexpected(Error{.kind = Error::Kind::Invalid,
                .what = Text::tr("Both %1 and %2 want to be found as %3.").arg(*same, titleOf(part), part.host),
                .remedy = Text::tr("Give one of them another host name.")});
        }
        names.insert(part.name, titleOf(part));
        hosts.insert(part.host, titleOf(part));
    }
    return {};
}

Result<PlannedObject> planned(
    const Manifest &manifest, const Spec &spec, const Part &part, const QString &id, const kube::ServerApi &api)
{
    const Result<kube::Resource> resource = resourceOf(manifest.object, api);
    if (!resource)
        return std::unexpected(at(resource.error(), manifest));
    if (!resource->namespaced && !part.from->clusterScoped.contains(groupKindOf(*resource))) {
        return std::unexpected(at(Error{.kind = Error::Kind::Invalid,
                                      .what = Text::tr("%1 lies outside of the environment's namespace, and the "
                                                       "template does not declare it.")
                                          .arg(manifest.display()),
                                      .remedy = Text::tr("Add it to needs.clusterScoped of template.yaml.")},
            manifest));
    }
    QJsonObject object = decorated(manifest.object, spec, part, id, resource->namespaced);
    object.insert("apiVersion"_L1, resource->apiVersion());
    return PlannedObject{.object = object,
        .resource = *resource,
        .where = manifest.file.isEmpty() ? QString() : manifest.where(),
        .part = part.name == spec.name ? QString() : part.name};
}

// Where an object comes from, for somebody who has to choose between two of one name.
QString sourceOf(const Manifest &manifest, const Part &part)
{
    if (manifest.file.isEmpty())
        return Text::tr("the environment's network policies");
    return Text::tr("%1 as %2 (%3)", "template, name of the part, place in the template")
        .arg(titleOf(part), part.name, manifest.where());
}

// What is rendered of one part.
struct Rendered {
    Part part;
    QList<Manifest> manifests;
};

Result<void> addAll(Plan &plan, const QList<Rendered> &all, const kube::ServerApi &api)
{
    // The parent is an object of the environment, too.
    QHash<QString, QString> sources{{plan.parentPath(), Text::tr("the environment itself")}};
    for (const Rendered &rendered : all) {
        for (const Manifest &manifest : rendered.manifests) {
            const Result<PlannedObject> object = planned(manifest, plan.spec, rendered.part, plan.id, api);
            if (!object)
                return std::unexpected(object.error());
            const QString source = sourceOf(manifest, rendered.part);
            if (const auto other = sources.constFind(object->path()); other != sources.cend()) {
                return std::unexpected(
                    at(Error{.kind = Error::Kind::Invalid,
                           .what = Text::tr("There are two objects called %1: one of %2 and one of %3.")
                               .arg(object->display(), *other, source),
                           .remedy = Text::tr("Give what is added another name; where that does not help, the template "
                                              "gives the object a name that is not made from ${environment.name}.")},
                        manifest));
            }
            sources.insert(object->path(), source);
            plan.objects.append(*object);
        }
    }
    std::ranges::stable_sort(plan.objects, {}, [](const PlannedObject &one) { return stageOf(one.resource.kind); });
    return {};
}

// What a ConfigMap may hold, and all annotations of an object together (validation in apimachinery). While the
// environment is being changed, its parent holds two specs.
Result<void> checkSize(const Plan &plan)
{
    constexpr qsizetype mostOfOne = 180 * 1024; // as base64
    constexpr qsizetype mostOfAll = 1000 * 1024;
    constexpr qsizetype asBase64 = 4;
    constexpr qsizetype asBytes = 3;
    qsizetype all = 2 * QJsonDocument(toJson(plan.spec)).toJson(QJsonDocument::Indented).size();
    for (const Part &part : allParts(plan.spec)) {
        const qsizetype size = packed(*part.from).size();
        all += size;
        if (const qsizetype text = size * asBase64 / asBytes; text > mostOfOne) {
            return std::unexpected(Error{.kind = Error::Kind::Invalid,
                .what = Text::tr("The template is too large to be kept with its environment: %1 packed, of at most %2.")
                    .arg(formatBytes(text), formatBytes(mostOfOne)),
                .where = part.from->origin,
                .remedy = Text::tr("Move large files out of it, into images or volumes.")});
        }
    }
    if (all > mostOfAll) {
        return std::unexpected(Error{.kind = Error::Kind::Invalid,
            .what = Text::tr("The templates of %1 are together too large to be kept with it: %2 packed, of at most %3.")
                .arg(plan.spec.name, formatBytes(all), formatBytes(mostOfAll)),
            .remedy = Text::tr("Make another environment of what would be added.")});
    }
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
        if (!one.resource.namespaced && !kept.contains(one.path()))
            names.append(one.display());
    }
    return names;
}

const Demand &Plan::demandOfPart(const QString &name) const
{
    for (qsizetype i = 0; i < spec.parts.size(); ++i) {
        if (spec.parts[i].name == name)
            return demands[i + 1];
    }
    return demands.first();
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
        {PhaseTimeAnnotation, phaseTimeText(now)}, {PlanAnnotation, hash}};
    return {{"apiVersion"_L1, "v1"_L1}, {"kind"_L1, "ConfigMap"_L1},
        {"metadata"_L1,
            QJsonObject{{"name"_L1, parentName(spec.name)}, {"namespace"_L1, spec.ns}, {"labels"_L1, labels},
                {"annotations"_L1, annotations}}},
        {"data"_L1,
            QJsonObject{{SpecKey, QString::fromUtf8(QJsonDocument(toJson(spec)).toJson(QJsonDocument::Indented))}}},
        {"binaryData"_L1, keptTemplates()}};
}

QJsonObject Plan::keptTemplates() const
{
    QJsonObject templates;
    for (const Part &part : allParts(spec))
        templates.insert(templateKey(spec, part), QString::fromLatin1(packed(*part.from).toBase64()));
    return templates;
}

QJsonObject Plan::nameSpace() const
{
    QJsonObject noted = keptTemplates();
    noted.insert(SpecKey, toJson(spec));
    noted.insert(PlanAnnotation, hash);
    const QJsonObject annotations{{TimeToLiveAnnotation, timeToLiveText(spec.timeToLive)},
        {SpecAnnotation, QString::fromUtf8(QJsonDocument(noted).toJson(QJsonDocument::Compact))}};
    return {{"apiVersion"_L1, "v1"_L1}, {"kind"_L1, "Namespace"_L1},
        {"metadata"_L1,
            QJsonObject{
                {"name"_L1, spec.ns}, {"labels"_L1, environmentLabels(spec, {})}, {"annotations"_L1, annotations}}}};
}

Result<Spec> completed(Spec spec)
{
    const auto complete = [](const TemplatePtr &from, Values &values) -> Result<void> {
        if (!from)
            return std::unexpected(Error{.kind = Error::Kind::NotFound, .what = Text::tr("There is no template.")});
        const Result<Values> all = completeValues(*from, values);
        if (!all)
            return std::unexpected(all.error());
        values = *all;
        return {};
    };
    if (const Result<void> first = complete(spec.from, spec.values); !first)
        return std::unexpected(first.error());
    for (Part &part : spec.parts) {
        if (const Result<void> one = complete(part.from, part.values); !one)
            return std::unexpected(one.error());
    }
    return spec;
}

Result<Plan> makePlan(const Spec &wanted, const kube::ServerApi &api)
{
    if (const Result<void> checked = checkSpec(wanted); !checked)
        return std::unexpected(checked.error());
    if (const Result<void> checked = checkParts(allParts(wanted)); !checked)
        return std::unexpected(checked.error());
    const Result<Spec> spec = completed(wanted);
    if (!spec)
        return std::unexpected(spec.error());
    Plan plan{.spec = *spec, .id = applySetId(parentName(wanted.name), wanted.ns, u"ConfigMap"_s, {})};
    for (const auto &[kind, resource] :
        {std::pair(u"Namespace"_s, &plan.namespaces), std::pair(u"ConfigMap"_s, &plan.configMaps)}) {
        const Result<kube::Resource> found = api.find({}, kind, {u"v1"_s});
        if (!found)
            return std::unexpected(found.error());
        *resource = *found;
    }
    QList<Rendered> all;
    QList<Manifest> manifests;
    for (const Part &part : allParts(plan.spec)) {
        const Result<QList<Manifest>> rendered = render(*part.from, part.values,
            {.name = part.name,
                .ns = plan.spec.ns,
                .owner = plan.spec.owner,
                .host = part.host,
                .whole = plan.spec.name});
        if (!rendered)
            return std::unexpected(rendered.error());
        Demand demand = demandOf(*part.from, *rendered);
        demand.tolerate(part.placement.tolerations);
        plan.demands.append(std::move(demand));
        all.append({part, *rendered});
        manifests += *rendered;
    }
    plan.demand = together(plan.demands);
    const bool cilium = api.find(u"cilium.io"_s, u"CiliumNetworkPolicy"_s, {u"v2"_s}).has_value();
    Rendered policies{.part = all.first().part, .manifests = {}};
    for (const QJsonObject &policy : networkPolicies(plan.spec, manifests, cilium))
        policies.manifests.append(Manifest{.object = policy});
    all.append(policies);
    if (const Result<void> added = addAll(plan, all, api); !added)
        return std::unexpected(added.error());
    if (const Result<void> checked = checkSize(plan); !checked)
        return std::unexpected(checked.error());
    plan.hash = hashOf(plan.objects);
    return plan;
}

} // namespace kdra::environments
