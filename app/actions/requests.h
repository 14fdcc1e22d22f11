// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "actions/target.h"
#include "kube/apiclient.h"

#include <QJsonArray>
#include <QJsonObject>

// The requests that actions are made of. Those that write name "kdra" as the fields' manager.
namespace kdra::actions {

kube::Request getRequest(const QString &path, const QUrlQuery &query = {});
kube::Request postRequest(const QString &path, const QJsonObject &body);
kube::Request putRequest(const QString &path, const QJsonObject &body);
// RFC 7386. With a `uid`, only the object that has it is changed.
kube::Request mergePatchRequest(const QString &path, QJsonObject patch, const QString &uid);
// RFC 6902.
kube::Request jsonPatchRequest(const QString &path, const QJsonArray &operations);
// A DELETE with v1 DeleteOptions.
kube::Request deleteRequest(const QString &path, const QJsonObject &options);

// The object in an answer; an Error when it is none. Any thread.
Result<QJsonObject> objectOf(const Result<kube::Response> &response);

// Of an object: metadata.uid, metadata.resourceVersion.
QString uidOf(const QJsonObject &object);
QString resourceVersionOf(const QJsonObject &object);

// The object of this name is another one now.
Error replacedError(const Target &target);
// The server's answer to a precondition about the uid, told as that; every other error as it is.
Error explained(const Error &error, const Target &target);

} // namespace kdra::actions
