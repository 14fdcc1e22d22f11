// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "actions/job.h"
#include "environments/environment.h"
#include "environments/plan.h"
#include "kube/apiclient.h"

#include <QFuture>

namespace kdra::environments {

// What can be done to environments, as jobs for actions::Runner. Each survives a crash of KDRA or of the API server at
// any moment: the parent says how far it is, and a new job takes it up.

// Makes it, and waits until it is ready. Goes on where an earlier try with the same plan was interrupted. Cancelling
// takes everything back. `force`: takes over fields that others manage (after a conflict).
actions::Job createJob(const Plan &plan, bool force = false);

// Applies the plan to an environment that is there, prunes what fell out of it, and waits until it is ready. Adding and
// removing parts are changes. Refuses when somebody else has changed it since its spec was read (Spec::noted).
actions::Job changeJob(const Plan &plan, bool force = false);

// Deletes it and everything of it, after `delay`, within which it can be cancelled without anything having happened.
// Also what takes back an incomplete one.
actions::Job deleteJob(const Environment &environment, std::chrono::seconds delay = std::chrono::seconds(10));

// Scales everything to zero and remembers the sizes; and back.
actions::Job pauseJob(const Environment &environment);
actions::Job unpauseJob(const Environment &environment);

// Lets it live until `timeToLive` after it was made; 0: for ever.
actions::Job extendJob(const Environment &environment, std::chrono::seconds timeToLive);

// What was asked for when it was made, from its parent (or its namespace, before there is one), with its template and
// with the secrets that are in the cluster. Errors: edited by hand, not allowed to read.
QFuture<Result<Spec>> readSpec(kube::ApiClient &client, const kube::ServerApi &api, const Environment &environment);
// The same of what it was before the change that was interrupted: a change to that takes it back. Errors: none was.
QFuture<Result<Spec>> readFormerSpec(
    kube::ApiClient &client, const kube::ServerApi &api, const Environment &environment);

// Everything of it that is in the cluster now, for a question before deleting: "Deployment shop-web", sorted; and what
// is in its namespace without being part of it.
struct Contents {
    QStringList members = {};
    QStringList claims = {}; // whose data goes with it
    QStringList strangers = {}; // in its own namespace, by others: goes with it, too
};
QFuture<Result<Contents>> readContents(
    kube::ApiClient &client, const kube::ServerApi &api, const Environment &environment);

// What the server would make of the plan (server-side apply, dryRun=All): for each object what is there now and what
// would be, as YAML-ready objects; then what is part of the environment now and would be pruned. Nothing is changed.
struct Difference {
    enum class Kind : quint8 { Unchanged, Created, Changed, Pruned, Refused };
    QString display = {};
    Kind kind = Kind::Unchanged;
    QJsonObject before = {};
    QJsonObject after = {};
    std::optional<Error> error = {}; // Refused: the server's words
};
QFuture<Result<QList<Difference>>> dryRun(kube::ApiClient &client, const kube::ServerApi &api, const Plan &plan);

} // namespace kdra::environments
