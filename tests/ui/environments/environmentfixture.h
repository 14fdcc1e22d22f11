// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/environment.h"

namespace kdra::test {

// One that is well, with everything that there is to tell.
inline environments::Environment environmentNamed(const QString &name, const QString &ns = {})
{
    const QDateTime now = QDateTime::currentDateTimeUtc(); // a day is 24 hours
    environments::Environment one;
    one.name = name;
    one.ns = ns.isEmpty() ? name : ns;
    one.ownNamespace = ns.isEmpty();
    one.owner = QStringLiteral("ada");
    one.tooling = QStringLiteral("kdra/v1");
    one.parent = name;
    one.templateName = QStringLiteral("web-postgresql");
    one.templateTitle = QStringLiteral("Web + PostgreSQL");
    one.templateVersion = QStringLiteral("1.0.0");
    one.state = environments::Environment::State::Ready;
    one.created = now.addDays(-1);
    one.expires = now.addDays(2);
    one.placement = {.kind = environments::Placement::Kind::Node, .name = QStringLiteral("pi-007")};
    one.nodes = {QStringLiteral("pi-007")};
    one.workloads = 2;
    one.readyWorkloads = 2;
    one.pods = 3;
    one.readyPods = 3;
    one.cpuMilli = 350;
    one.memory = 320LL << 20;
    return one;
}

} // namespace kdra::test
