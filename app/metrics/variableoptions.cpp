// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/duration.h"
#include "metrics/patterns.h"
#include "metrics/valueformats.h"
#include "metrics/variables.h"

#include <QCollator>
#include <QCoreApplication>
#include <QSet>

namespace kdra::metrics {

using namespace Qt::StringLiterals;

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::metrics::Variables)
};

constexpr qsizetype mostOptions = 10000;

// What a regex finds in one result.
QList<Option> found(const QRegularExpression &pattern, bool everywhere, const QString &result)
{
    QList<QRegularExpressionMatch> matches;
    for (auto each = pattern.globalMatch(result); each.hasNext() && (everywhere || matches.isEmpty());)
        matches.append(each.next());
    if (matches.isEmpty())
        return {};
    const auto named = [&](QLatin1StringView group) {
        if (pattern.namedCaptureGroups().contains(group))
            for (const QRegularExpressionMatch &match : std::as_const(matches))
                if (const QString text = match.captured(QString(group)); !text.isEmpty())
                    return text;
        return QString();
    };
    const QString text = named("text"_L1);
    const QString value = named("value"_L1);
    if (!text.isEmpty() || !value.isEmpty())
        return {Option{.text = text.isEmpty() ? value : text, .value = value.isEmpty() ? text : value}};
    if (pattern.captureCount() == 0)
        return {Option{.text = result, .value = result}};
    QList<Option> out;
    for (const QRegularExpressionMatch &match : std::as_const(matches))
        out.append(Option{.text = match.captured(1), .value = match.captured(1)});
    return out;
}

double numberIn(const QString &text)
{
    static const QRegularExpression digits(u"\\d+(\\.\\d+)?"_s);
    const auto match = digits.match(text);
    return match.hasMatch() ? match.captured().toDouble() : -1;
}

void sort(QList<Option> &options, int how)
{
    if (how <= 0)
        return;
    QCollator collator(QLocale::c());
    collator.setNumericMode(true);
    const auto less = [&](const Option &a, const Option &b) {
        switch ((how - 1) / 2) {
        case 0:
            return a.text < b.text;
        case 1:
            return numberIn(a.text) < numberIn(b.text);
        case 2:
            return a.text.compare(b.text, Qt::CaseInsensitive) < 0;
        default:
            return collator.compare(a.text, b.text) < 0;
        }
    };
    std::ranges::stable_sort(options, less);
    if (how % 2 == 0)
        std::ranges::reverse(options);
}

// "a, b\, c, Label : value".
QList<Option> custom(const QString &query)
{
    QList<Option> out;
    QString part;
    const auto take = [&] {
        const QString text = part.trimmed();
        part.clear();
        if (text.isEmpty())
            return;
        const qsizetype colon = text.indexOf(" : "_L1);
        out.append(colon < 0 ? Option{.text = text, .value = text}
                             : Option{.text = text.first(colon).trimmed(), .value = text.sliced(colon + 3).trimmed()});
    };
    for (qsizetype i = 0; i < query.size(); ++i) {
        if (query[i] == u'\\' && i + 1 < query.size() && query[i + 1] == u',')
            part += query[++i];
        else if (query[i] == u',')
            take();
        else
            part += query[i];
    }
    take();
    return out;
}

Chosen chosenFrom(const Variable &variable, QList<Option> options)
{
    Chosen out{.asRegex = (variable.multi || variable.includeAll) && variable.kind != Variable::Kind::Interval
            && variable.kind != Variable::Kind::Datasource};
    if (!variable.multi && options.size() > 1)
        options.resize(1);
    for (const Option &each : std::as_const(options)) {
        out.values.append(each.value);
        out.texts.append(each.text);
    }
    return out;
}

QList<Option> asTheyAre(const QStringList &values)
{
    QList<Option> out;
    for (const QString &value : values)
        if (value != allChosen)
            out.append(Option{.text = value, .value = value});
    return out;
}

}

Result<QList<Option>> optionsOf(const Variable &variable, const QStringList &results, const Scope &scope)
{
    const QString regex = interpolated(variable.regex, scope, Purpose::Regex);
    QRegularExpression pattern;
    bool everywhere = false;
    if (!regex.isEmpty()) {
        pattern = patternOf(regex, true);
        if (!pattern.isValid())
            return std::unexpected(Error{.kind = Error::Kind::Configuration,
                .what = Text::tr("The regular expression of the variable “%1” cannot be read: %2.")
                    .arg(variable.name, pattern.errorString()),
                .where = u'$' + variable.name,
                .remedy = Text::tr("Correct it, or leave it out.")});
        everywhere = regex.startsWith(u'/') && QStringView(regex).sliced(regex.lastIndexOf(u'/')).contains(u'g');
    }
    QList<Option> out;
    QSet<QString> known;
    for (const QString &result : results) {
        if (out.size() == mostOptions)
            break;
        const QList<Option> parts =
            regex.isEmpty() ? QList{Option{.text = result, .value = result}} : found(pattern, everywhere, result);
        for (const Option &each : parts) {
            if (out.size() == mostOptions || known.contains(each.value))
                continue;
            known.insert(each.value);
            out.append(each);
        }
    }
    sort(out, variable.sort);
    return out;
}

QList<Option> ownOptions(const Variable &variable, const QStringList &datasources)
{
    switch (variable.kind) {
    case Variable::Kind::Query:
        return {};
    case Variable::Kind::Custom:
        return custom(variable.query);
    case Variable::Kind::Interval: {
        QList<Option> out;
        if (variable.autoCount > 0)
            out.append(Option{.text = u"auto"_s,
                .value = u"$__auto:%1:%2"_s.arg(variable.autoCount)
                    .arg(durationOf(variable.autoMin) ? variable.autoMin : u"10s"_s)});
        return out + custom(variable.query);
    }
    case Variable::Kind::Datasource:
        return asTheyAre(datasources);
    case Variable::Kind::Constant:
    case Variable::Kind::TextBox:
        return {Option{.text = variable.query, .value = variable.query}};
    }
    return {};
}

Chosen chosenOf(const Variable &variable, const QList<Option> &options, const QStringList &values)
{
    if (variable.kind == Variable::Kind::Constant)
        return chosenFrom(variable, options);
    if (variable.kind == Variable::Kind::TextBox)
        return pinned(variable,
            !values.isEmpty()                 ? values
                : !variable.current.isEmpty() ? variable.current
                                              : QStringList{variable.query});
    const auto all = [&] {
        Variable many = variable;
        many.multi = true;
        Chosen out = chosenFrom(many, options);
        out.texts = {Text::tr("All")};
        out.all = true;
        out.whole = variable.allValue;
        return out;
    };
    for (const QStringList &wanted : {values, variable.current}) {
        if (variable.includeAll && wanted.contains(allChosen))
            return all();
        QList<Option> there;
        for (const QString &value : wanted)
            for (const Option &option : options)
                // "$__auto" of a file is "$__auto:30:10s" here.
                if (option.value == value || (value.startsWith("$__auto"_L1) && option.value.startsWith("$__auto"_L1)))
                    there.append(option);
        if (options.isEmpty())
            there = asTheyAre(wanted);
        if (!there.isEmpty())
            return chosenFrom(variable, there);
    }
    if (variable.includeAll)
        return all();
    return chosenFrom(variable, options.isEmpty() ? options : options.first(1));
}

Chosen pinned(const Variable &variable, const QStringList &values)
{
    return chosenFrom(variable, asTheyAre(values));
}

} // namespace kdra::metrics
