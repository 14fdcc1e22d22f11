// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/silencing.h"

#include <QCoreApplication>

#include <algorithm>
#include <tuple>

namespace kdra::metrics {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::metrics::Silencing)
};

} // namespace

SilenceMatch::SilenceMatch(const QList<LabelMatcher> &matchers)
{
    bool picksSome = false;
    for (const LabelMatcher &matcher : matchers) {
        One one{.matcher = matcher, .regex = {}};
        if (matcher.isRegex) {
            one.regex = QRegularExpression(QRegularExpression::anchoredPattern(matcher.value));
            if (!one.regex.isValid() && !m_problem)
                m_problem = Error{.kind = Error::Kind::Invalid,
                    .what = Text::tr("The regular expression for %1 cannot be read: %2.")
                        .arg(matcher.name, one.regex.errorString()),
                    .where = textOf(matcher)};
        }
        // Alertmanager wants one that does not match an empty value, else a silence would be for everything.
        const bool matchesEmpty = !matcher.isRegex ? matcher.value.isEmpty() == matcher.isEqual
            : one.regex.isValid()                  ? one.regex.match(QString()).hasMatch() == matcher.isEqual
                                                   : true;
        picksSome = picksSome || (!matcher.name.isEmpty() && !matchesEmpty);
        if (matcher.name.isEmpty() && !m_problem)
            m_problem = Error{.kind = Error::Kind::Invalid,
                .what = Text::tr("A matcher does not say which label it is about."),
                .remedy = Text::tr("Write the label's name, or remove the line.")};
        m_matchers += one;
    }
    if (!picksSome && !m_problem)
        m_problem = Error{.kind = Error::Kind::Invalid,
            .what = Text::tr("The silence does not say which alerts it is for."),
            .remedy = Text::tr("Give at least one label with a value.")};
}

bool SilenceMatch::picks(const Labels &labels) const
{
    return std::ranges::all_of(m_matchers, [&](const One &one) {
        const QString value = labels.value(one.matcher.name);
        const bool same = one.matcher.isRegex ? one.regex.match(value).hasMatch() : value == one.matcher.value;
        return same == one.matcher.isEqual;
    });
}

QString textOf(const LabelMatcher &matcher)
{
    QString value = matcher.value;
    value.replace(u'\\', QStringLiteral("\\\\")).replace(u'"', QStringLiteral("\\\""));
    const QLatin1StringView sign(matcher.isRegex ? (matcher.isEqual ? "=~" : "!~") : (matcher.isEqual ? "=" : "!="));
    return matcher.name + sign + u'"' + value + u'"';
}

QString textOf(const QList<LabelMatcher> &matchers)
{
    QStringList texts;
    for (const LabelMatcher &matcher : matchers)
        texts += textOf(matcher);
    return texts.join(QStringLiteral(", "));
}

QList<LabelMatcher> matchersFor(const Alert &alert)
{
    QList<LabelMatcher> matchers;
    for (const auto &[name, value] : alert.labels.asKeyValueRange())
        matchers += LabelMatcher{.name = name, .value = value};
    // What is most likely to stay is read first.
    std::ranges::stable_partition(
        matchers, [](const LabelMatcher &matcher) { return matcher.name == QLatin1StringView("alertname"); });
    return matchers;
}

QList<Silence> activeSilences(const QList<Silence> &silences, qint64 now)
{
    QList<Silence> active;
    for (const Silence &silence : silences) {
        if (silence.state != QLatin1StringView("expired") && silence.endsAt > now)
            active += silence;
    }
    std::ranges::stable_sort(active, {}, [](const Silence &one) { return std::tuple(one.endsAt, one.id); });
    return active;
}

} // namespace kdra::metrics
