// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/template.h"

#include <QJsonObject>

// From a template to Kubernetes objects. Substitution happens on parsed scalars, never on text: no value can add a key
// or an object, or leave its string.
//
//   image: ${image}          a plain scalar that is one placeholder takes the value with its type
//   host: "web.${host}"      otherwise the value's text becomes part of the string; quoted scalars are always strings
//   hosts: "${hosts}"        the elements of a list, joined by ","; without the quotes the list itself
//   $${                      stands for "${"; a key "$word" is written "$$word"
//   {host: "${host}"}        between { } and [ ] YAML wants the quotes
//   $when: metrics           in a mapping (an object, a list's item, a map's value): left out unless the parameter is
//                            true or not empty. Also "!metrics", "size == large", "size != large".
//   $forEach: {hosts: host}  in an object or a list's item: once for each element of the list `hosts`, as ${host}
// Secrets stand in `stringData` of a v1 Secret only; apiVersion and kind hold no placeholder. What a condition leaves
// out is checked all the same.
namespace kdra::environments {

// What every template may use: ${environment.name}, ${environment.whole}, ${environment.namespace},
// ${environment.owner}, ${environment.host}.
struct Identity {
    QString name = {}; // DNS label, at most 40 characters: it becomes part of objects' names
    QString ns = {};
    QString owner = {}; // as a label value
    QString host = {}; // for ingresses; empty: none wanted
    QString whole = {}; // name of the environment that this is a part of; empty: it is the first, and called the same
    bool operator==(const Identity &) const = default;
};

// A rendered object and where it stands in the template.
struct Manifest {
    QJsonObject object = {};
    QString file = {}; // "manifests/10-web.yaml"
    int line = 0; // counted from 1

    QString where() const; // "manifests/10-web.yaml:12"
    // "Deployment web", "ClusterRole.rbac.authorization.k8s.io reader"
    QString display() const;
};

// In the order of the files' names, and in that of each file. `values` has to be complete (completeValues). Refuses:
// placeholders in keys, unknown parameters, two objects of the same kind and name, objects without apiVersion, kind or
// name, another namespace than the environment's, finalizers, owners, names of nodes, marks of ApplySets,
// cluster-scoped kinds that are not declared (as far as they are known without a server), more than 500 objects. Pure;
// any thread.
Result<QList<Manifest>> render(const Template &from, const Values &values, const Identity &identity);

} // namespace kdra::environments
