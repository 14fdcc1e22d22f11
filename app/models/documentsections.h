// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/section.h"

#include <QJsonObject>

namespace kdra::models {

// What the inspector says of an object beyond its record, from the fetched object, in the words of its kind. Any
// thread.
Sections sectionsOf(const QJsonObject &object);

// The containers and volumes of a core/v1 Pod.
Sections podSections(const QJsonObject &pod);

// Seconds since the Unix epoch of a metav1.Time; 0 when it is none.
quint32 secondsOf(const QJsonValue &time);

} // namespace kdra::models
