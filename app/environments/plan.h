// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/demand.h"
#include "environments/spec.h"
#include "kube/discovery.h"

#include <QDateTime>
#include <QSet>

namespace kdra::environments {

// One object as it will be applied.
struct PlannedObject {
    QJsonObject object = {}; // complete: labels, annotations, namespace, placement
    kube::Resource resource = {}; // as this server serves it
    QString where = {}; // "manifests/10-web.yaml:12"; empty: KDRA's own (network policies)
    QString part = {}; // name of the added part that it belongs to; empty: of the first template, or KDRA's own

    QString ns() const;
    QString name() const;
    QString path() const { return resource.path(ns(), name()); }
    QString display() const; // "Deployment shop-web"
    QString groupKind() const; // "Deployment.apps"
};

// What will be done to have the environment: everything there is to know before the first request. A value.
struct Plan {
    Spec spec = {};
    QString id = {}; // of the ApplySet
    QString hash = {}; // of all objects, secrets' values aside
    QList<PlannedObject> objects = {}; // in the order in which they are applied, the namespace not among them
    Demand demand = {}; // of all parts; what they ask of nodes is in those of the parts
    QList<Demand> demands = {}; // by part, as in allParts()
    // Paths of objects that are there and stay as they are: a change does not touch them, whatever has become of them.
    QSet<QString> kept = {};
    kube::Resource namespaces = {}; // how the server serves Namespace and ConfigMap
    kube::Resource configMaps = {};

    // "Deployment.apps", each once, sorted.
    QStringList groupKinds() const;
    // Outside of the namespace, what is kept aside: "ClusterRole shop-reader". The user has to agree to them by name.
    QStringList clusterScoped() const;
    // Of the part of this name; of the first where there is none.
    const Demand &demandOfPart(const QString &name) const;
    QString parentPath() const;
    // The parent ConfigMap, in this phase since `now`; and the namespace that is made for it.
    QJsonObject parent(const QString &phase, const QDateTime &now) const;
    QJsonObject nameSpace() const;

private:
    QJsonObject keptTemplates() const;
};

// Renders the templates of all parts and adds what makes the objects an environment: labels, time to live, placement,
// network policies; sorts them: quota and limits, policies, accounts and roles, configuration and secrets, storage,
// services, workloads, ingresses. Errors: of a template (with file:line), kinds that the server does not serve, names
// that are no names, two objects or two ways in that are called the same (with both places), templates that are too
// large to be kept. Pure; any thread.
Result<Plan> makePlan(const Spec &spec, const kube::ServerApi &api);

// The spec with all values, secrets that are made at random included: two plans of it are the same plan. Errors: values
// that a template does not accept.
Result<Spec> completed(Spec spec);

// The plan as a change of an environment that was made by `before`: what both want the same way is kept.
Plan asChangeOf(Plan plan, const Plan &before);

// What a change from one plan to the other takes away: "Deployment shop-redis", in the order of creation; and apart
// from them what holds data, claims of StatefulSets as "PersistentVolumeClaims of StatefulSet shop-redis".
struct Loss {
    QStringList objects = {};
    QStringList claims = {};
};
Loss lossOf(const Plan &before, const Plan &after);

// A file of an export, to be written as YAML.
struct ExportedFile {
    QString name = {}; // "03-deployment-shop-web.yaml"
    QJsonObject object = {};
};

// The plan's objects as people keep them under version control, in the order of creation: without the marks of the
// ApplySet, which belong to who applies them; Secrets hold "REPLACE-ME" instead of their values. With `kustomize` a
// kustomization.yaml beside them.
QList<ExportedFile> exportFiles(const Plan &plan, bool kustomize);

} // namespace kdra::environments
