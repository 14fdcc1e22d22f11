// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/spec.h"

namespace kdra::environments {

// What every object of an environment gets besides what its template says: namespace, labels, time to live; and its
// pods besides: the environment's labels and their placement. `part`: whose object it is. `applySet`: the id. Objects
// outside of namespaces get no namespace and no time to live (kube-janitor would take them for abandoned ones of their
// own).
QJsonObject decorated(QJsonObject object, const Spec &spec, const Part &part, const QString &applySet, bool namespaced);

// The protocol of ports written out: they are told apart by it, and servers before 1.21 do not know their default when
// something is applied (kubernetes/kubernetes#92332).
QJsonObject withProtocols(QJsonObject object);

// Labels of everything that KDRA makes for the environment; `applySet` empty for what is no member (parent, namespace).
QJsonObject environmentLabels(const Spec &spec, const QString &applySet);

// Where the pod template of a kind of workload is: "spec.template", "spec.jobTemplate.spec.template"; empty for others.
QStringList podTemplatePath(const QString &kind);

// The object with the value at the path replaced; objects on the way are made.
QJsonObject withValueAt(QJsonObject object, const QStringList &path, const QJsonValue &value);
QJsonValue valueAt(const QJsonObject &object, const QStringList &path);

} // namespace kdra::environments
