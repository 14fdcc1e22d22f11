// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/planner.h"

namespace kdra::environments {

// What was found out about a demand and a target, one thing at a time, the weightiest of each kind first.
class Findings {
public:
    void refuse(const QString &reason) { m_refusals.append(reason); } // it does not fit
    void doubt(const QString &reason) { m_doubts.append(reason); } // nobody knows
    void ask(const QString &reason) { m_questions.append(reason); } // it fits once the user has agreed
    void warn(const QString &reason) { m_warnings.append(reason); } // it fits, but tightly
    void praise(const QString &reason) { m_praise = reason; } // what to say where it fits
    void note(const QString &reason) { m_notes.append(reason); } // to be said whatever the verdict

    bool isRefused() const { return !m_refusals.isEmpty(); }
    Verdict verdict() const;

private:
    QStringList m_refusals;
    QStringList m_doubts;
    QStringList m_questions;
    QStringList m_warnings;
    QStringList m_notes;
    QString m_praise;
};

} // namespace kdra::environments
