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

// How far clocks differ; a time that is further ahead is nobody's.
inline constexpr std::chrono::seconds PhaseAheadAtMost(600);

inline bool isAtIt(const QDateTime &phaseTime, const QDateTime &now)
{
    if (!phaseTime.isValid())
        return false;
    const qint64 age = phaseTime.secsTo(now);
    return age < PhaseForgottenAfter.count() && age > -PhaseAheadAtMost.count();
}

} // namespace kdra::environments
