// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/variablefeed.h"

#include "base/whenfinished.h"
#include "metrics/patterns.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace kdra::metrics {
namespace {

// What an answer of one kind comes to.
Result<QStringList> namesOf(const Result<Names> &names)
{
    return names ? Result<QStringList>(names->items) : std::unexpected(names.error());
}

QFuture<Result<QStringList>> resultsOf(PromClient &client, const VariableQuery &query, const Scope &scope)
{
    const Asking asking;
    const QStringList selectors = query.match.isEmpty() ? QStringList() : QStringList(query.match);
    switch (query.kind) {
    case VariableQuery::Kind::LabelNames:
        return onPool(client.labels(selectors, scope.from, scope.to, asking), namesOf);
    case VariableQuery::Kind::LabelValues:
        return onPool(client.labelValues(query.label, selectors, scope.from, scope.to, 0, asking), namesOf);
    case VariableQuery::Kind::Metrics:
        return onPool(client.labelValues(u"__name__"_s, {}, scope.from, scope.to, 0, asking),
            [pattern = query.regex](const Result<Names> &names) -> Result<QStringList> {
                if (!names)
                    return std::unexpected(names.error());
                return names->items.filter(harmlessPatternOf(pattern));
            });
    case VariableQuery::Kind::Series:
        return onPool(client.series(selectors, scope.from, scope.to, 0, asking),
            [](const Result<LabelSets> &sets) -> Result<QStringList> {
                if (!sets)
                    return std::unexpected(sets.error());
                QStringList results;
                for (const Labels &labels : sets->items)
                    results += textOf(labels);
                return results;
            });
    case VariableQuery::Kind::Instant:
        return onPool(
            client.instant(query.match, scope.to, asking), [](const Result<Answer> &answer) -> Result<QStringList> {
                return answer ? Result<QStringList>(resultsOf(*answer)) : std::unexpected(answer.error());
            });
    case VariableQuery::Kind::None:
        break;
    }
    return QtFuture::makeReadyValueFuture(Result<QStringList>(QStringList()));
}

} // namespace

void VariableFeed::start(std::shared_ptr<PromClient> client, const QList<Variable> &variables,
    const QMap<QString, QStringList> &wanted, const QMap<QString, QStringList> &pinned)
{
    m_client = std::move(client);
    m_variables = variables;
    m_wanted = wanted;
    m_pinned = pinned;
    m_menus.clear();
    m_scope.variables.clear();
    m_error.reset();
    refresh();
}

void VariableFeed::setSpan(qint64 from, qint64 to)
{
    m_scope.from = from;
    m_scope.to = to;
}

void VariableFeed::choose(const QString &name, const QStringList &values)
{
    const auto variable = std::ranges::find(m_variables, name, &Variable::name);
    if (variable == m_variables.end())
        return;
    m_wanted[name] = values;
    // What was not answered yet is still to be asked.
    const QStringList again = m_left + QStringList(m_asked) + dependents(m_askable, name);
    ++m_round;
    m_ready = false;
    settle(*variable);
    m_left.clear();
    std::ranges::copy_if(m_order, std::back_inserter(m_left), [&](const QString &one) { return again.contains(one); });
    askNext();
}

void VariableFeed::refresh()
{
    ++m_round;
    m_ready = false;
    m_error.reset();
    m_askable = m_variables;
    m_order.clear();
    if (const Result<QList<qsizetype>> order = orderOf(m_variables); !order) {
        m_error = order.error();
        const QStringList circling = inCircles(m_variables);
        m_askable.removeIf([&](const Variable &one) { return circling.contains(one.name); });
        for (const Variable &one : std::as_const(m_variables)) {
            if (circling.contains(one.name))
                take(one, std::unexpected(*m_error));
        }
    }
    const Result<QList<qsizetype>> order = orderOf(m_askable);
    for (const qsizetype place : order.value_or(QList<qsizetype>()))
        m_order += m_askable[place].name;
    m_left = m_order;
    askNext();
}

QMap<QString, QStringList> VariableFeed::choices() const
{
    QMap<QString, QStringList> chosen;
    for (auto it = m_menus.begin(); it != m_menus.end(); ++it)
        chosen.insert(it.key(), it->chosen.all ? QStringList(allChosen) : it->chosen.values);
    return chosen;
}

void VariableFeed::askNext()
{
    m_asked.clear();
    while (!m_left.isEmpty()) {
        const auto found = std::ranges::find(m_variables, m_left.takeFirst(), &Variable::name);
        if (found == m_variables.end())
            continue;
        const Variable variable = *found;
        const Result<VariableQuery> query = variableQuery(variable, m_scope);
        if (!query) {
            take(variable, std::unexpected(query.error()));
            continue;
        }
        if (query->kind == VariableQuery::Kind::None || !m_client) {
            take(variable, ownOptions(variable));
            continue;
        }
        m_asked = variable.name;
        // There may be a hundred thousand of them, and the regular expression is somebody else's.
        const auto readOptions = [variable, scope = m_scope](const Result<QStringList> &results) {
            return results ? optionsOf(variable, *results, scope) : std::unexpected(results.error());
        };
        whenFinished(onPool(resultsOf(*m_client, *query, m_scope), readOptions), this,
            [this, variable, round = m_round](const Result<QList<Option>> &options) {
                if (round != m_round)
                    return;
                take(variable, options);
                askNext();
            });
        return;
    }
    m_ready = true;
    Q_EMIT ready();
}

void VariableFeed::take(const Variable &variable, const Result<QList<Option>> &options)
{
    Menu &menu = m_menus[variable.name];
    menu.error.reset();
    if (options)
        menu.options = *options;
    else
        menu.error = options.error();
    settle(variable);
}

void VariableFeed::settle(const Variable &variable)
{
    Menu &menu = m_menus[variable.name];
    menu.pinned = m_pinned.contains(variable.name);
    menu.chosen = menu.pinned ? pinned(variable, m_pinned.value(variable.name))
                              : chosenOf(variable, menu.options, m_wanted.value(variable.name));
    m_scope.variables[variable.name] = menu.chosen;
}

} // namespace kdra::metrics
