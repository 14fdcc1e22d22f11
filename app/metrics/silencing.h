// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "metrics/alerts.h"

#include <QRegularExpression>

// What a silence would silence, told before it is made. Pure.
namespace kdra::metrics {

// The matchers of a silence, as Alertmanager applies them: all must match, a regular expression the whole value, and a
// label that is not there is an empty one.
class SilenceMatch {
public:
    explicit SilenceMatch(const QList<LabelMatcher> &matchers);

    bool picks(const Labels &labels) const;
    // Why they are of no use, in whole sentences: none with a name and a value, a regular expression that cannot be
    // read. Alertmanager's own are RE2, so it may still refuse one that passes here.
    const std::optional<Error> &problem() const { return m_problem; }

private:
    struct One {
        LabelMatcher matcher;
        QRegularExpression regex;
    };
    QList<One> m_matchers;
    std::optional<Error> m_problem;
};

// `instance=~"pi-.*"`, as PromQL and amtool write it.
QString textOf(const LabelMatcher &matcher);
QString textOf(const QList<LabelMatcher> &matchers);

// Exactly this alert, by all of its labels.
QList<LabelMatcher> matchersFor(const Alert &alert);

// The silences that are in force (`now`: milliseconds since the epoch), those that end first before others.
QList<Silence> activeSilences(const QList<Silence> &silences, qint64 now);

} // namespace kdra::metrics
