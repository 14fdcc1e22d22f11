// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/placeholder.h"
#include "metrics/variables.h"

#include <QCoreApplication>
#include <QHash>

namespace kdra::metrics {

using namespace Qt::StringLiterals;

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::metrics::Variables)
};

QStringList namesOf(const QList<Variable> &variables)
{
    QStringList out;
    for (const Variable &each : variables)
        out.append(each.name);
    return out;
}

// What a variable's own texts mention. Those of constants and text boxes are not interpolated.
QStringList needsOf(const Variable &variable, const QStringList &names)
{
    if (variable.kind == Variable::Kind::Constant || variable.kind == Variable::Kind::TextBox)
        return {};
    return mentioned(variable.query + u'\n' + variable.regex, names);
}

// Depth first; as many steps as there are mentions.
class Order {
public:
    explicit Order(const QList<Variable> &variables)
        : m_names(namesOf(variables))
        , m_state(variables.size(), State::New)
    {
        for (const Variable &each : variables)
            m_needs.append(needsOf(each, m_names));
    }

    bool visit(qsizetype at)
    {
        if (m_state[at] == State::Done)
            return true;
        m_way.append(m_names[at]);
        if (m_state[at] == State::Open)
            return false;
        m_state[at] = State::Open;
        for (const QString &need : std::as_const(m_needs[at]))
            if (!visit(m_names.indexOf(need)))
                return false;
        m_state[at] = State::Done;
        m_way.removeLast();
        m_order.append(at);
        return true;
    }

    const QList<qsizetype> &order() const { return m_order; }
    // The names on the way round, the first one again at the end.
    QStringList way() const { return m_way.sliced(m_way.indexOf(m_way.last())); }

private:
    enum class State : quint8 { New, Open, Done };

    QStringList m_names;
    QList<QStringList> m_needs;
    QList<State> m_state;
    QStringList m_way;
    QList<qsizetype> m_order;
};

}

QStringList mentioned(const QString &text, const QStringList &known)
{
    QStringList out;
    for (auto found = nextPlaceholder(text, 0); found; found = nextPlaceholder(text, found->at + found->length)) {
        const QString name = found->name.toString();
        if (known.contains(name) && !out.contains(name))
            out.append(name);
    }
    return out;
}

Result<QList<qsizetype>> orderOf(const QList<Variable> &variables)
{
    Order order(variables);
    for (qsizetype i = 0; i < variables.size(); ++i) {
        if (!order.visit(i)) {
            const QStringList way = order.way();
            return std::unexpected(Error{.kind = Error::Kind::Configuration,
                .what =
                    Text::tr("Variables of this dashboard need each other in a circle: %1.").arg(way.join(u" → "_s)),
                .where = u'$' + way.first(),
                .remedy = Text::tr("Change the query of one of them so that it does not mention the next.")});
        }
    }
    return order.order();
}

QStringList inCircles(const QList<Variable> &variables)
{
    const QStringList names = namesOf(variables);
    QHash<QString, QStringList> needs;
    for (const Variable &each : variables)
        needs.insert(each.name, needsOf(each, names));
    QStringList circling;
    for (const QString &name : names) {
        QStringList reached = needs.value(name);
        for (qsizetype i = 0; i < reached.size() && !reached.contains(name); ++i) {
            for (const QString &next : needs.value(reached[i])) {
                if (!reached.contains(next))
                    reached.append(next);
            }
        }
        if (reached.contains(name))
            circling.append(name);
    }
    return circling;
}

QStringList dependents(const QList<Variable> &variables, const QString &changed)
{
    const auto order = orderOf(variables);
    if (!order)
        return {};
    const QStringList names = namesOf(variables);
    QStringList out;
    for (const qsizetype at : *order) {
        const QStringList needs = needsOf(variables[at], names);
        if (std::ranges::any_of(needs, [&](const QString &need) { return need == changed || out.contains(need); }))
            out.append(names[at]);
    }
    return out;
}

} // namespace kdra::metrics
