// SPDX-License-Identifier: GPL-3.0-or-later
#include "environments/findings.h"

namespace kdra::environments {

Verdict Findings::verdict() const
{
    constexpr qsizetype most = 5;
    Verdict verdict{.fit = !m_refusals.isEmpty() ? Fit::DoesNotFit
            : !m_doubts.isEmpty()                ? Fit::Unknown
            : !m_questions.isEmpty()             ? Fit::Tight
            : !m_warnings.isEmpty()              ? Fit::Tight
                                                 : Fit::Fits};
    verdict.asks = verdict.fit == Fit::Tight && !m_questions.isEmpty();
    verdict.reasons = m_refusals + m_doubts + m_questions + m_warnings;
    if (m_refusals.isEmpty() && !m_praise.isEmpty())
        verdict.reasons.append(m_praise);
    verdict.reasons.removeDuplicates();
    // What is said of all the others is not what falls off the end.
    verdict.reasons.resize(std::min(verdict.reasons.size(), most - std::min(m_notes.size(), most)));
    verdict.reasons += m_notes;
    return verdict;
}

} // namespace kdra::environments
