// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/lifecycle.h"
#include "environments/plan.h"
#include "environments/planner.h"
#include "environments/spec.h"
#include "kube/clustermarks.h"
#include "kube/discovery.h"

#include <QFuture>

#include <functional>
#include <optional>

namespace kdra::ui {

// core/v1 Taint of a node, as far as scheduling is concerned.
struct NodeTaint {
    QString key = {};
    QString value = {};
    QString effect = {}; // "NoSchedule", "NoExecute", "PreferNoSchedule"
    bool operator==(const NodeTaint &) const = default;
};

// A node that pods can be placed on.
struct NodeChoice {
    QString name = {};
    QString hostname = {}; // value of its label kubernetes.io/hostname
    QString site = {}; // empty: none
    QString siteLabel = QStringLiteral("topology.kubernetes.io/zone"); // the label of which that is the value
    QList<NodeTaint> taints = {};
};

// Everything that the sheet has to know: values and functions, so that it needs no server of its own.
struct CreateContext {
    enum class Purpose : quint8 {
        Create,
        Clone, // another one from `spec`
        Change, // the one that is there: name and namespace are fixed
        Move, // the same, with the placement in front
        Add, // `from` to the one that is there
    };
    Purpose purpose = Purpose::Create;
    environments::TemplatePtr from = {};
    // What was asked for the first time; not for Create. For Add it is complete.
    std::optional<environments::Spec> spec = {};
    // For Change: the name of the added part that is changed, whose template `from` is; empty: the first one.
    QString part = {};
    // For Add: what a part must not be called, besides the environment and its parts.
    QStringList takenNames = {};
    kube::ServerApi api = {};
    QString cluster = {}; // its name, as the user knows it
    QStringList namespaces = {}; // empty: not known
    QStringList sites = {};
    QList<NodeChoice> nodes = {};
    environments::Target defaults = {}; // where the template was dropped
    QString reason = {}; // why it is proposed to be put there, as a sentence; empty when the user chose it
    QString owner = {}; // as a label value
    kube::Marks marks = {};
    // Whether the demand, which is a part of the plan's or all of it, fits; on the GUI thread, after each change: at
    // most a few milliseconds. May be empty.
    std::function<environments::Verdict(
        const environments::Plan &, const environments::Demand &, const environments::Target &)>
        verdict = {};
    // What the server would do. May be empty: then it is not offered.
    std::function<QFuture<Result<QList<environments::Difference>>>(const environments::Plan &)> dryRun = {};

    // The environment is there already, and stays what it is called.
    bool isFixed() const { return purpose != Purpose::Create && purpose != Purpose::Clone; }
    // It is about one template of several: what is the environment's stays as it is.
    bool isAboutPart() const { return purpose == Purpose::Add || !part.isEmpty(); }
    // The added part that is changed; null for none.
    const environments::Part *changedPart() const
    {
        return spec && !part.isEmpty() ? environments::partOf(*spec, part) : nullptr;
    }
    // What was asked for of `from`; nothing when it is new.
    environments::Values values() const
    {
        if (!spec || purpose == Purpose::Add)
            return {};
        const environments::Part *changed = changedPart();
        return changed ? changed->values : spec->values;
    }
};

} // namespace kdra::ui
