// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/demand.h"
#include "environments/spec.h"
#include "kube/discovery.h"

#include <QDateTime>

namespace kdra::environments {

// One object as it will be applied.
struct PlannedObject {
    QJsonObject object = {}; // complete: labels, annotations, namespace, placement
    kube::Resource resource = {}; // as this server serves it
    QString where = {}; // "manifests/10-web.yaml:12"; empty: KDRA's own (network policies)

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
    Demand demand = {};
    kube::Resource namespaces = {}; // how the server serves Namespace and ConfigMap
    kube::Resource configMaps = {};

    // "Deployment.apps", each once, sorted.
    QStringList groupKinds() const;
    // Outside of the namespace: "ClusterRole shop-reader". The user has to agree to them by name.
    QStringList clusterScoped() const;
    QString parentPath() const;
    // The parent ConfigMap, in this phase since `now`; and the namespace that is made for it.
    QJsonObject parent(const QString &phase, const QDateTime &now) const;
    QJsonObject nameSpace() const;
};

// Renders the template and adds what makes the objects an environment: labels, time to live, placement, network
// policies; sorts them: quota and limits, policies, accounts and roles, configuration and secrets, storage, services,
// workloads, ingresses. Errors: of the template (with file:line), kinds that the server does not serve, names that are
// no names. Pure; any thread.
Result<Plan> makePlan(const Spec &spec, const kube::ServerApi &api);

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
