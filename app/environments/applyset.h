// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace kdra::environments {

// "applyset-...-v1": the id of the ApplySet whose parent is this object (KEP-3659).
QString applySetId(const QString &name, const QString &ns, const QString &kind, const QString &group);

// The name of the parent ConfigMap of an environment.
QString parentName(const QString &environment);

// "ConfigMap,Deployment.apps": the annotation's value; sorted, each once.
QString groupKindsText(QStringList groupKinds);
QStringList groupKindsOf(const QString &text);

} // namespace kdra::environments
