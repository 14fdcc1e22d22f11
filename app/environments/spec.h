// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/template.h"

#include <QJsonArray>
#include <QJsonObject>

#include <chrono>

namespace kdra::environments {

// Whom the environment's pods may talk to, and who may talk to them.
enum class Network : quint8 {
    Closed, // only among themselves, and DNS
    SameNamespace, // also everything in their namespace
    SameCluster, // also everything in the cluster
    Open, // everybody
};

// Where the pods go, for the scheduler: a label that the node has to have. Never nodeName.
struct Placement {
    enum class Kind : quint8 { Anywhere, Site, Node };
    Kind kind = Kind::Anywhere;
    QString name = {}; // of the site or the node, as the user knows it
    QString label = {}; // "kubernetes.io/hostname"
    QString value = {}; // its value, which for a node may differ from its name
    QJsonArray tolerations = {}; // of taints that the user agreed to
    bool operator==(const Placement &) const = default;
};

// A template that was added to an environment later, and what was asked for with it. Its objects are called by its own
// name; namespace, owner, network and time to live are the environment's. A value.
struct Part {
    QString name = {}; // DNS label, at most 40 characters; no other part and not the environment is called so
    TemplatePtr from = {};
    Values values = {}; // as those of the environment
    Placement placement = {};
    QString host = {}; // of its ingresses; empty: none
};

// Everything that was asked for when an environment was made: the parent keeps it, so that any KDRA can resume, change,
// clone or export the environment without having its template. A value.
struct Spec {
    QString name = {}; // DNS label, at most 40 characters
    QString ns = {};
    bool ownNamespace = true; // the namespace was made for it and goes with it
    QString owner = {}; // as a label value
    TemplatePtr from = {};
    Values values = {}; // complete; values of secrets are never kept (toJson() leaves them out)
    Placement placement = {};
    Network network = Network::SameNamespace;
    QString host = {}; // of ingresses; empty: none
    std::chrono::seconds timeToLive = {}; // since it was made; 0: for ever
    QList<Part> parts = {}; // what was added to the first template, in that order
    // The hash of the plan that the cluster had noted when this was read from it: whoever changes the environment wants
    // to change that one. Empty: it was not read.
    QString noted = {};
};

// The first template as the part that it is, called like the environment; and those that were added.
QList<Part> allParts(const Spec &spec);
// The added part of this name; null for none.
const Part *partOf(const Spec &spec, const QString &name);
// How another part could be called: "shop-redis", "shop-redis-2". `taken`: what it must not be called besides.
QString proposedPartName(const Spec &spec, const QString &templateName, const QStringList &taken = {});
// The spec for an environment of another name: parts that are called after the environment are called after it again.
Spec renamed(Spec spec, const QString &name);
// Where the parent's binaryData keeps the template of a part: "template.shop-redis"; of the first: "template".
QString templateKey(const Spec &spec, const Part &part);

// Without the templates' files and without secrets.
QJsonObject toJson(const Spec &spec);
// `from` is not set by it, in no part. Protocol errors name what is wrong: somebody edited it.
Result<Spec> specFromJson(const QJsonObject &json);

// Why this cannot be the name of an environment or of a part, as a sentence; empty when it can.
QString nameProblem(const QString &name);
// A label value from whatever a user is called: "Ada Lovelace <ada@example.com>" -> "Ada-Lovelace-ada-example.com".
QString labelValueOf(const QString &text);

// "closed", "same-namespace", "same-cluster", "open".
QString networkKey(Network network);

} // namespace kdra::environments
