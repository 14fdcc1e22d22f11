// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo/request.h"

#include <QJsonArray>

// Who may do what. A fixed table of bearer tokens; the token is also the user's name:
//   admin   everything
//   viewer  get, list and watch of everything but Secrets
//   nobody  nothing but what every user may
//   team    everything in the namespace "team-anna", nothing else
namespace kdra::demo::authz {

struct Action {
    QString verb;
    QString group;
    QString resource; // plural, "pods/log" with a subresource
    QString ns;
    QString name;
};

// The user of a request. 401 for a token that is not in the table. Without a token: "system:admin", or
// "system:anonymous" when a token is required.
ApiResult<QString> authenticate(const ApiRequest &request, bool requireToken);
// The user that a token stands for; empty when there is none.
QString userOf(const QString &token);
QStringList groupsOf(const QString &user);

bool allowed(const QString &user, const Action &action);
// Paths that are no resources: /version and discovery are everybody's.
bool allowedPath(const QString &user, const QString &path);

// 403 in the API server's words unless it is allowed.
ApiResult<void> authorize(const ApiRequest &request, const Resources &resources);

// SelfSubjectRulesReview's resourceRules for a namespace.
QJsonArray rules(const QString &user, const QString &ns);

} // namespace kdra::demo::authz
