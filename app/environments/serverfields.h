// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>

namespace kdra::environments {

// A controller makes it from another object, as a Deployment its ReplicaSets.
bool isMadeByController(const QJsonObject &object);

// Why another object of a cluster does not belong into a template: something else makes it, or it is not of one
// environment. A whole sentence; empty where it belongs.
QString reasonToLeaveOut(const QJsonObject &object);

// The object as somebody would have written it: without what the API server, controllers and tools set, and without its
// namespace.
QJsonObject withoutServerFields(QJsonObject object);

} // namespace kdra::environments
