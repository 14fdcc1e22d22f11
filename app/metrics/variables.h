// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "metrics/dashboard.h"
#include "metrics/series.h"

namespace kdra::metrics {

// The variables of a dashboard, as Grafana has them. Everything here is pure; any thread.

// What one can choose for a variable.
struct Option {
    QString text = {}; // what is shown
    QString value = {}; // what is put into queries
    bool operator==(const Option &) const = default;
};

inline constexpr QLatin1StringView allChosen{"$__all"};

// A variable with what has been chosen: what interpolated() needs to know.
struct Chosen {
    QStringList values = {};
    QStringList texts = {}; // as many
    bool asRegex = false; // several could be chosen: in a PromQL string, its values are parts of a regular expression
    bool all = false; // all are chosen, whatever comes and goes
    QString whole = {}; // not empty: this stands for all of them as it is
    bool operator==(const Chosen &) const = default;
};

// What a text is interpolated with.
struct Scope {
    QMap<QString, Chosen> variables = {}; // by name
    qint64 from = 0; // milliseconds since the epoch
    qint64 to = 0;
    qint64 interval = 15000; // milliseconds: $__interval, the step of the panel
    qint64 scrapeInterval = 15000; // milliseconds: how often Prometheus asks its targets; for $__rate_interval
};

// What a text is for: how values are written when the text does not say (`${x:csv}` does).
enum class Purpose : quint8 {
    Expression, // PromQL: values cannot leave the quotes that they are in
    Text, // titles and legends: "a + b"
    Regex, // a regular expression that finds just the values
    Url, // percent-encoded
};

// `text` with `$x`, `${x}`, `${x:format}`, `[[x]]`, `[[x:format]]` and the `$__…` of Grafana put in. What is not known
// stays as it is; values are never interpolated again. Formats: csv, pipe, raw, regex, glob, json, singlequote,
// doublequote, sqlstring, distributed, lucene, percentencode, queryparam, text.
QString interpolated(const QString &text, const Scope &scope, Purpose purpose);

// A panel with its title, texts, legends and expressions interpolated, with its own scoped values. Its queries' legends
// keep their {{labels}}.
Panel interpolated(const Panel &panel, const Scope &scope);
// A row's title, with its own scoped values.
QString titleOf(const Row &row, const Scope &scope);

// `scope` with values that hold for one panel or row only.
Scope narrowed(Scope scope, const QMap<QString, QStringList> &scoped);

// The names of the variables that a text mentions, `known` ones only, each once.
QStringList mentioned(const QString &text, const QStringList &known);

// The places of `variables`, each after those that it mentions in its query, else in their own order. An Error names
// the way round of variables that need each other ("a → b → a").
Result<QList<qsizetype>> orderOf(const QList<Variable> &variables);

// The variables that need each other in circles: nobody can say what to ask for them.
QStringList inCircles(const QList<Variable> &variables);

// The variables that have to be asked again when `changed` has: those that mention it, and those that mention them, in
// the order of orderOf().
QStringList dependents(const QList<Variable> &variables, const QString &changed);

// What has to be asked for the options of a variable.
struct VariableQuery {
    enum class Kind : quint8 {
        None, // nothing: ownOptions() has them
        LabelNames, // /api/v1/labels, with `match` unless it is empty
        LabelValues, // /api/v1/label/LABEL/values, with `match` unless it is empty
        Metrics, // the values of __name__ that `regex` finds something in
        Instant, // /api/v1/query with `match`; resultsOf() are its results
        Series, // /api/v1/series with `match`: each label set as textOf() writes it is a result
    };
    Kind kind = Kind::None;
    QString label = {};
    QString match = {}; // a selector, or PromQL
    QString regex = {};
    bool operator==(const VariableQuery &) const = default;
};

// What a variable asks, with those that it mentions put in. An Error when nobody understands its query.
Result<VariableQuery> variableQuery(const Variable &variable, const Scope &scope);

// The results of an instant query, as Grafana's query_result() has them: `name{a="b"} VALUE TIME`.
QStringList resultsOf(const Answer &answer);

// The options that a variable finds in what was answered: by its regex (a part of each, or the groups `text` and
// `value`; /…/i and /…/g are understood), each once, sorted, without "All". At most 10,000. An Error for a regex that
// is none.
Result<QList<Option>> optionsOf(const Variable &variable, const QStringList &results, const Scope &scope = {});

// The options of the kinds that nobody is asked about: custom ("a, b", "Label : value"), intervals, constants and text
// boxes. A datasource has what `datasources` names.
QList<Option> ownOptions(const Variable &variable, const QStringList &datasources = {});

// What is chosen, when `values` should be and `options` are there: those that there still are; else what the dashboard
// says; else all when that can be chosen; else the first. Text boxes and constants take any value, and so does
// everything that has no options.
Chosen chosenOf(const Variable &variable, const QList<Option> &options, const QStringList &values);

// `values` whatever the options are: for a dashboard about one object, which must never show another one's numbers.
Chosen pinned(const Variable &variable, const QStringList &values);

} // namespace kdra::metrics
