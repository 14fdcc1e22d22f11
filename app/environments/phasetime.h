// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>

#include <chrono>

// PhaseTimeAnnotation: when somebody was last at an environment that is being made, changed or deleted.
namespace kdra::environments {

inline constexpr std::chrono::seconds PhaseRenewedEvery(20);
// Two beats may be lost before others go on.
inline constexpr std::chrono::seconds PhaseForgottenAfter(60);

inline QString phaseTimeText(const QDateTime &now)
{
    return now.toUTC().toString(Qt::ISODate);
}

inline bool isAtIt(const QDateTime &phaseTime, const QDateTime &now)
{
    return phaseTime.isValid() && phaseTime.secsTo(now) < PhaseForgottenAfter.count();
}

} // namespace kdra::environments
