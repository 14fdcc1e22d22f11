// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/variables.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <cmath>

namespace kdra::metrics {

using namespace Qt::StringLiterals;

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::metrics::Variables)
};

// What is between the parentheses of `function(…)`; none when the text is not such a call.
std::optional<QString> argumentsOf(QStringView text, QLatin1StringView function)
{
    if (!text.startsWith(function) || !text.endsWith(u')'))
        return std::nullopt;
    const QStringView rest = text.sliced(function.size()).trimmed();
    if (!rest.startsWith(u'('))
        return std::nullopt;
    return rest.sliced(1, rest.size() - 2).trimmed().toString();
}

bool isLabel(const QString &text)
{
    static const QRegularExpression label(u"\\A[a-zA-Z_][a-zA-Z0-9_]*\\z"_s);
    return label.match(text).hasMatch();
}

}

Result<VariableQuery> variableQuery(const Variable &variable, const Scope &scope)
{
    using Kind = VariableQuery::Kind;
    if (variable.kind != Variable::Kind::Query)
        return VariableQuery{};
    const QString text = interpolated(variable.query, scope, Purpose::Expression).trimmed();
    const auto failed = [&](const QString &what) {
        return std::unexpected(Error{.kind = Error::Kind::Configuration,
            .what = what,
            .where = u'$' + variable.name,
            .remedy =
                Text::tr("Write label_values(metric, label), label_names(), metrics(regex) or query_result(PromQL).")});
    };
    if (text.isEmpty())
        return failed(Text::tr("The variable “%1” has no query.").arg(variable.name));
    if (const auto match = argumentsOf(text, "label_names"_L1))
        return VariableQuery{.kind = Kind::LabelNames, .match = *match};
    if (const auto arguments = argumentsOf(text, "label_values"_L1)) {
        const qsizetype comma = arguments->lastIndexOf(u',');
        // The label is the last argument: the selector before it may have commas of its own.
        VariableQuery query{.kind = Kind::LabelValues,
            .label = arguments->sliced(comma + 1).trimmed(),
            .match = comma < 0 ? QString() : arguments->first(comma).trimmed()};
        if (!isLabel(query.label))
            return failed(
                Text::tr("The variable “%1” asks for the values of “%2”, which cannot be the name of a label.")
                    .arg(variable.name, query.label));
        return query;
    }
    if (const auto regex = argumentsOf(text, "metrics"_L1))
        return VariableQuery{.kind = Kind::Metrics, .label = u"__name__"_s, .regex = *regex};
    if (const auto expr = argumentsOf(text, "query_result"_L1))
        return VariableQuery{.kind = Kind::Instant, .match = *expr};
    return VariableQuery{.kind = Kind::Series, .match = text};
}

QStringList resultsOf(const Answer &answer)
{
    QStringList out;
    for (const Series &series : *answer.series) {
        if (series.values.empty())
            continue;
        const double value = series.values.back();
        const QString number = std::isnan(value) ? u"NaN"_s
            : std::isinf(value)                  ? (value > 0 ? u"+Inf"_s : u"-Inf"_s)
                                                 : QString::number(value, 'g', QLocale::FloatingPointShortest);
        // As Grafana writes it: no blanks between the labels.
        QStringList pairs;
        for (auto it = series.labels.begin(); it != series.labels.end(); ++it) {
            if (it.key() != "__name__"_L1)
                pairs.append(it.key() + u"=\""_s + it.value() + u'"');
        }
        out.append(u"%1{%2} %3 %4"_s.arg(series.labels.value(u"__name__"_s), pairs.join(u','), number,
            QString::number(series.times.empty() ? 0 : series.times.back())));
    }
    return out;
}

} // namespace kdra::metrics
