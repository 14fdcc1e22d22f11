// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/environment.h"

// How environments are told in tables, details and questions.
namespace kdra::models {

// "3 days", "8 hours", "25 minutes": one unit, rounded to the nearest; at least one minute.
QString spanWords(qint64 seconds);
// "6 days", "expired", "for ever".
QString timeLeftText(const environments::Environment &environment, const QDateTime &now);
// When it ends, or since when it has been expired, to the minute.
QString expiryText(const environments::Environment &environment, const QDateTime &now);
// "Anywhere", "Site berlin", "Node pi-007".
QString placementText(const environments::Placement &placement);
// "Web + PostgreSQL 1.0.0", or the name where there is no title.
QString firstTemplateText(const environments::Environment &environment);
// The same with what was added: "Web + PostgreSQL 1.0.0, Redis".
QString templateText(const environments::Environment &environment);
// "Redis (shop-redis)": what was added under this name; without a name, the template that was there first.
QString partTitle(const environments::Environment &environment, const QString &part);
// All that was added, one a line.
QString addedText(const environments::Environment &environment);
// "2 of 3".
QString partText(quint32 part, quint32 whole);

} // namespace kdra::models
