// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/duration.h"
#include "metrics/placeholder.h"
#include "metrics/valueformats.h"
#include "metrics/variables.h"

#include <QDateTime>
#include <QTimeZone>
#include <QUrl>

namespace kdra::metrics {

using namespace Qt::StringLiterals;

namespace {

// Follows a PromQL text, to know in which quotes a place is.
class Quotes {
public:
    explicit Quotes(QStringView text)
        : m_text(text)
    {
    }

    Place at(qsizetype place, qsizetype length)
    {
        for (; m_at < place; ++m_at)
            step();
        Place out{.quote = m_quote};
        // `="$x"`: the value is all of the string.
        if (!m_quote.isNull() && m_open == place - 1 && place + length < m_text.size()
            && m_text[place + length] == m_quote) {
            const QStringView before = m_text.first(m_open).trimmed();
            out.matcher = before.endsWith(u'=');
        }
        return out;
    }

    // What was put in stands for `length` characters that are not followed.
    void skip(qsizetype length) { m_at += length; }

private:
    void step()
    {
        const QChar c = m_text[m_at];
        if (m_escaped) {
            m_escaped = false;
        } else if (m_comment) {
            m_comment = c != u'\n';
        } else if (m_quote.isNull()) {
            m_comment = c == u'#';
            if (c == u'"' || c == u'\'' || c == u'`') {
                m_quote = c;
                m_open = m_at;
            }
        } else if (c == u'\\' && m_quote != u'`') {
            m_escaped = true;
        } else if (c == m_quote) {
            m_quote = {};
        }
    }

    QStringView m_text;
    qsizetype m_at = 0;
    qsizetype m_open = -1;
    QChar m_quote;
    bool m_escaped = false;
    bool m_comment = false;
};

// $__from and $__to: milliseconds, or ${__from:date:iso}, ${__from:date:seconds}, ${__from:date:YYYY-MM}.
QString timeText(qint64 milliseconds, QStringView format)
{
    if (!format.startsWith("date"_L1))
        return QString::number(milliseconds);
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(milliseconds, QTimeZone::UTC);
    const QStringView form = format.sliced(4).startsWith(u':') ? format.sliced(5) : QStringView();
    if (form == "seconds"_L1)
        return QString::number(milliseconds / 1000);
    if (form.isEmpty() || form == "iso"_L1)
        return time.toString(Qt::ISODateWithMs);
    QString pattern = form.toString();
    pattern.replace(u"YYYY"_s, u"yyyy"_s).replace(u"DD"_s, u"dd"_s);
    return time.toString(pattern);
}

// The values that are always there; none for other names.
std::optional<QString> builtIn(QStringView name, QStringView format, const Scope &scope)
{
    const qint64 range = std::max<qint64>(0, scope.to - scope.from);
    const qint64 interval = std::max<qint64>(1, scope.interval);
    if (name == "__interval"_L1)
        return textOfDuration(interval);
    if (name == "__interval_ms"_L1)
        return QString::number(interval);
    if (name == "__rate_interval"_L1)
        return textOfDuration(std::max(interval + scope.scrapeInterval, 4 * scope.scrapeInterval));
    if (name == "__rate_interval_ms"_L1)
        return QString::number(std::max(interval + scope.scrapeInterval, 4 * scope.scrapeInterval));
    // As in Grafana: whole seconds, rounded.
    if (name == "__range"_L1)
        return QString::number(std::max<qint64>(1, (range + 500) / 1000)) + u's';
    if (name == "__range_s"_L1)
        return QString::number((range + 500) / 1000);
    if (name == "__range_ms"_L1)
        return QString::number(range);
    if (name == "__from"_L1)
        return timeText(scope.from, format);
    if (name == "__to"_L1)
        return timeText(scope.to, format);
    if (name == "__all"_L1)
        return u".*"_s;
    return std::nullopt;
}

QString valueOf(const Chosen &chosen, const Placeholder &placeholder, const Place &place, Purpose purpose)
{
    if (!placeholder.format.isEmpty())
        return formatted(chosen, placeholder.format, placeholder.name.toString());
    switch (purpose) {
    case Purpose::Expression:
        return inExpression(chosen, place);
    case Purpose::Text:
        return formatted(chosen, u"text", {});
    case Purpose::Regex:
        return formatted(chosen, u"regex", {});
    case Purpose::Url:
        return formatted(chosen, u"percentencode", {});
    }
    return {};
}

// "auto" of an interval: a round part of the range, decided by the scope.
Chosen settled(Chosen chosen, const Scope &scope)
{
    for (QString &value : chosen.values) {
        if (!value.startsWith("$__auto"_L1))
            continue;
        // As ownOptions() writes it: "$__auto:COUNT:MIN".
        const QStringList parts = value.split(u':');
        const qint64 count = parts.size() > 1 ? std::max<qint64>(1, parts[1].toLongLong()) : 30;
        const qint64 least = parts.size() > 2 ? durationOf(parts[2]).value_or(10'000) : 10'000;
        value = textOfDuration(std::max(least, (scope.to - scope.from) / count / 1000 * 1000));
    }
    return chosen;
}

}

QString interpolated(const QString &text, const Scope &scope, Purpose purpose)
{
    QString out;
    Quotes quotes(text);
    qsizetype at = 0;
    while (const auto found = nextPlaceholder(text, at)) {
        out += QStringView(text).sliced(at, found->at - at);
        const Place place = purpose == Purpose::Expression ? quotes.at(found->at, found->length) : Place();
        const auto variable = scope.variables.constFind(found->name.toString());
        if (variable != scope.variables.constEnd())
            out += valueOf(settled(*variable, scope), *found, place, purpose);
        else if (const auto value = builtIn(found->name, found->format, scope))
            out += *value;
        else
            out += QStringView(text).sliced(found->at, found->length);
        quotes.skip(found->length);
        at = found->at + found->length;
    }
    out += QStringView(text).sliced(at);
    return out;
}

Scope narrowed(Scope scope, const QMap<QString, QStringList> &scoped)
{
    for (auto it = scoped.begin(); it != scoped.end(); ++it) {
        Chosen &chosen = scope.variables[it.key()];
        QStringList texts;
        for (const QString &value : it.value()) {
            const qsizetype known = chosen.values.indexOf(value);
            texts.append(known < 0 ? value : chosen.texts.value(known, value));
        }
        chosen.values = it.value();
        chosen.texts = texts;
        chosen.all = false;
        chosen.whole.clear();
    }
    return scope;
}

Panel interpolated(const Panel &panel, const Scope &outer)
{
    const Scope scope = narrowed(outer, panel.scoped);
    Panel out = panel;
    out.title = interpolated(panel.title, scope, Purpose::Text);
    out.description = interpolated(panel.description, scope, Purpose::Text);
    out.text = interpolated(panel.text, scope, Purpose::Text);
    out.datasource = interpolated(panel.datasource, scope, Purpose::Text);
    for (Query &query : out.queries) {
        query.expr = interpolated(query.expr, scope, Purpose::Expression);
        query.legend = interpolated(query.legend, scope, Purpose::Text);
        if (!query.minStepText.isEmpty())
            query.minStep = durationOf(interpolated(query.minStepText, scope, Purpose::Text)).value_or(0);
    }
    for (FieldOverride &override : out.overrides)
        override.argument = interpolated(override.argument, scope, Purpose::Text);
    return out;
}

QString titleOf(const Row &row, const Scope &scope)
{
    return interpolated(row.title, narrowed(scope, row.scoped), Purpose::Text);
}

} // namespace kdra::metrics
