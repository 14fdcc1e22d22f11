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
};

// Without the template's files and without secrets.
QJsonObject toJson(const Spec &spec);
// `from` is not set by it. Protocol errors name what is wrong: somebody edited it.
Result<Spec> specFromJson(const QJsonObject &json);

// Why this cannot be an environment's name, as a sentence; empty when it can.
QString nameProblem(const QString &name);
// A label value from whatever a user is called: "Ada Lovelace <ada@example.com>" -> "Ada-Lovelace-ada-example.com".
QString labelValueOf(const QString &text);

// "closed", "same-namespace", "same-cluster", "open".
QString networkKey(Network network);

} // namespace kdra::environments
