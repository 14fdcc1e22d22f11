// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/grafanacontext.h"

#include <QCoreApplication>

#include <array>

namespace kdra::metrics::grafana {

using namespace Qt::StringLiterals;

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::metrics::GrafanaImport)
};

struct Kind {
    QLatin1StringView type;
    Variable::Kind kind;
};
constexpr std::array kinds = {Kind{"query"_L1, Variable::Kind::Query}, Kind{"custom"_L1, Variable::Kind::Custom},
    Kind{"interval"_L1, Variable::Kind::Interval}, Kind{"datasource"_L1, Variable::Kind::Datasource},
    Kind{"constant"_L1, Variable::Kind::Constant}, Kind{"textbox"_L1, Variable::Kind::TextBox}};

// A query that was put together in Grafana's form instead of being written.
QString builtQuery(const QJsonObject &query)
{
    if (const QString written = text(query, "query"_L1); !written.isEmpty())
        return written;
    if (const QString expr = text(query, "expr"_L1); !expr.isEmpty())
        return expr;
    const QString label = text(query, "label"_L1);
    const QString metric = text(query, "metric"_L1);
    QStringList filters;
    for (const QJsonArray all = query.value("labelFilters"_L1).toArray(); const QJsonValue &each : all)
        filters.append(u"%1%2\"%3\""_s.arg(
            text(each.toObject(), "label"_L1), text(each.toObject(), "op"_L1), text(each.toObject(), "value"_L1)));
    const QString selector = filters.isEmpty() ? metric : u"%1{%2}"_s.arg(metric, filters.join(u','));
    switch (integer(query.value("qryType"_L1), -1, -1, 100)) {
    case 0:
        return u"label_names(%1)"_s.arg(metric);
    case 1:
        return selector.isEmpty() ? u"label_values(%1)"_s.arg(label) : u"label_values(%1, %2)"_s.arg(selector, label);
    case 2:
        return u"metrics(%1)"_s.arg(metric);
    default:
        return text(query, "varQuery"_L1).isEmpty() ? text(query, "seriesQuery"_L1)
                                                    : u"query_result(%1)"_s.arg(text(query, "varQuery"_L1));
    }
}

// Some versions write '$__auto_interval_NAME' for "auto".
QStringList currentOf(const QJsonObject &variable)
{
    QStringList out = texts(object(variable, "current"_L1).value("value"_L1));
    for (QString &value : out)
        if (value.startsWith("$__auto"_L1))
            value = u"$__auto"_s;
    return out;
}

}

QList<Variable> variablesOf(const QJsonArray &list, const Context &context, QStringList &notes)
{
    QList<Variable> out;
    for (const QJsonValue &each : list) {
        const QJsonObject from = each.toObject();
        const QString type = text(from, "type"_L1);
        Variable variable{.name = text(from, "name"_L1), .label = text(from, "label"_L1)};
        const auto *kind = std::ranges::find(kinds, type, &Kind::type);
        if (variable.name.isEmpty() || kind == kinds.end()) {
            notes.append(
                Text::tr("The variable “%1” of the kind “%2” is not taken along; where it is used, its name stays.")
                    .arg(variable.name, type));
            continue;
        }
        variable.kind = kind->kind;
        const QJsonValue query = from.value("query"_L1);
        variable.query = query.isObject() ? builtQuery(query.toObject()) : query.toString();
        if (variable.query.isEmpty() && variable.kind == Variable::Kind::Query)
            variable.query = text(from, "definition"_L1);
        variable.regex = text(from, "regex"_L1);
        variable.multi = from.value("multi"_L1).toBool();
        variable.includeAll = from.value("includeAll"_L1).toBool();
        variable.allValue = text(from, "allValue"_L1);
        variable.hidden = integer(from.value("hide"_L1), 0, 0, 2) == 2;
        variable.sort = variable.kind == Variable::Kind::Query ? integer(from.value("sort"_L1), 0, 0, 8) : 0;
        variable.current = currentOf(from);
        if (variable.kind == Variable::Kind::Interval && from.value("auto"_L1).toBool()) {
            variable.autoCount = integer(from.value("auto_count"_L1), 30, 1, 10000);
            variable.autoMin = text(from, "auto_min"_L1);
        }
        if (variable.kind == Variable::Kind::Constant)
            variable.current.clear(); // it is its query
        if (variable.kind == Variable::Kind::Query) {
            const QString source = datasourceType(from.value("datasource"_L1), context);
            if (!source.isEmpty() && !source.endsWith("prometheus"_L1)
                && !source.endsWith("prometheus-datasource"_L1)) {
                notes.append(Text::tr("The variable “%1” asks a data source of the kind “%2”; it keeps the values that "
                                      "were chosen when it was saved.")
                        .arg(variable.name, source));
                variable.kind = Variable::Kind::Custom;
                QStringList kept = variable.current;
                kept.removeAll(u"$__all"_s);
                variable.query = kept.replaceInStrings(u","_s, u"\\,"_s).join(u',');
                variable.regex.clear();
                variable.sort = 0;
            }
        }
        out.append(variable);
    }
    return out;
}

} // namespace kdra::metrics::grafana
