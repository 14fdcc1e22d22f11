// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/tableframes.h"

#include <QJsonArray>

#include <cmath>

namespace kdra::metrics::frames {

using namespace Qt::StringLiterals;

namespace {

// Grafana's reducers with the names of the columns that they make.
const QHash<QString, QString> &reducerNames()
{
    static const QHash<QString, QString> names = {{u"lastNotNull"_s, u"Last *"_s}, {u"last"_s, u"Last"_s},
        {u"firstNotNull"_s, u"First *"_s}, {u"first"_s, u"First"_s}, {u"min"_s, u"Min"_s}, {u"max"_s, u"Max"_s},
        {u"mean"_s, u"Mean"_s}, {u"sum"_s, u"Total"_s}, {u"count"_s, u"Count"_s}, {u"range"_s, u"Range"_s},
        {u"delta"_s, u"Delta"_s}, {u"diff"_s, u"Difference"_s}, {u"distinctCount"_s, u"Distinct Count"_s},
        {u"allIsZero"_s, u"All Zeros"_s}};
    return names;
}

bool isNothing(const QVariant &cell)
{
    return !cell.isValid() || (cell.typeId() == QMetaType::Double && std::isnan(cell.toDouble()));
}

QString textOf(const QJsonValue &value, QLatin1StringView key = {})
{
    return key.isEmpty() ? value.toString() : value.toObject().value(key).toString();
}

// An operand of a calculation: a column, or a number; {"matcher": {"options": NAME}} or {"fixed": "1"} since
// Grafana 11.
class Operand {
public:
    Operand(const Frame &frame, const QJsonValue &from)
    {
        QString text = from.isDouble() ? QString::number(from.toDouble(), 'g', 17) : from.toString();
        if (from.isObject()) {
            const QJsonObject object = from.toObject();
            text = object.contains("fixed"_L1) ? object.value("fixed"_L1).toVariant().toString()
                                               : textOf(object.value("matcher"_L1), "options"_L1);
        }
        m_column = frame.indexOf(text);
        if (m_column < 0) {
            bool ok = false;
            m_number = text.toDouble(&ok);
            m_known = ok;
        }
    }
    bool isKnown() const { return m_known; }
    double at(const Frame &frame, qsizetype row) const
    {
        if (m_column < 0)
            return m_number;
        const QVariant &cell = frame.columns[m_column].cells[row];
        bool ok = false;
        const double number = cell.toDouble(&ok);
        return cell.isValid() && ok ? number : qQNaN();
    }

private:
    qsizetype m_column = -1;
    double m_number = 0;
    bool m_known = true;
};

void addColumn(Frame &frame, TableColumn column, const QJsonObject &options, const QString &name)
{
    const QString alias = options.value("alias"_L1).toString();
    column.name = alias.isEmpty() ? name : alias;
    column.type = TableColumn::Type::Number;
    if (options.value("replaceFields"_L1).toBool())
        erase_if(frame.columns, [](const TableColumn &each) { return each.type != TableColumn::Type::Time; });
    frame.columns.append(column);
}

}

bool isReducer(const QString &name)
{
    return reducerNames().contains(name);
}

QVariant reduced(const QList<QVariant> &cells, const QString &reducer)
{
    if (reducer == "count"_L1)
        return static_cast<double>(cells.size());
    if (reducer == "last"_L1)
        return cells.isEmpty() ? QVariant() : cells.last();
    if (reducer == "first"_L1)
        return cells.isEmpty() ? QVariant() : cells.first();
    if (reducer == "lastNotNull"_L1 || reducer == "firstNotNull"_L1) {
        for (qsizetype i = 0; i < cells.size(); ++i)
            if (const QVariant &cell = cells[reducer == "firstNotNull"_L1 ? i : cells.size() - 1 - i]; !isNothing(cell))
                return cell;
        return {};
    }
    if (reducer == "distinctCount"_L1) {
        QSet<QString> seen;
        for (const QVariant &cell : cells)
            seen.insert(cell.toString());
        return static_cast<double>(seen.size());
    }
    double sum = 0;
    double low = qInf();
    double high = -qInf();
    double count = 0;
    double rises = 0; // a counter's: falls are restarts
    std::optional<double> first;
    double last = 0;
    for (const QVariant &cell : cells) {
        bool ok = false;
        const double number = cell.toDouble(&ok);
        if (isNothing(cell) || !ok)
            continue;
        if (first)
            rises += number >= last ? number - last : number;
        first = first.value_or(number);
        last = number;
        sum += number;
        low = std::min(low, number);
        high = std::max(high, number);
        ++count;
    }
    if (!first)
        return {};
    if (reducer == "min"_L1)
        return low;
    if (reducer == "max"_L1)
        return high;
    if (reducer == "mean"_L1)
        return sum / count;
    if (reducer == "sum"_L1)
        return sum;
    if (reducer == "range"_L1)
        return high - low;
    if (reducer == "delta"_L1)
        return rises;
    if (reducer == "diff"_L1)
        return last - *first;
    if (reducer == "allIsZero"_L1)
        return low == 0 && high == 0 ? 1.0 : 0.0;
    return {};
}

Frames reduce(const Frames &all, const QJsonObject &options)
{
    QStringList reducers;
    for (const QJsonArray list = options.value("reducers"_L1).toArray(); const QJsonValue &each : list)
        if (isReducer(each.toString()))
            reducers.append(each.toString());
    if (reducers.isEmpty())
        reducers.append(u"max"_s); // Grafana's default
    if (options.value("mode"_L1).toString() == "reduceFields"_L1) {
        Frames out = all;
        for (Frame &frame : out) {
            erase_if(frame.columns, [](const TableColumn &column) { return column.type == TableColumn::Type::Time; });
            for (TableColumn &column : frame.columns)
                column.cells = {reduced(column.cells, reducers.first())};
        }
        return out;
    }
    const bool labels = options.value("labelsToFields"_L1).toBool();
    Frames rows;
    for (const Frame &frame : all) {
        for (const TableColumn &column : frame.columns) {
            if (column.type != TableColumn::Type::Number)
                continue;
            Frame row{.refId = frame.refId, .columns = {{.name = u"Field"_s, .cells = {column.name}}}};
            if (labels)
                for (auto it = column.labels.begin(); it != column.labels.end(); ++it)
                    row.columns.append({.name = it.key(), .cells = {it.value()}});
            for (const QString &reducer : std::as_const(reducers))
                row.columns.append({.name = reducerNames().value(reducer),
                    .type = TableColumn::Type::Number,
                    .cells = {reduced(column.cells, reducer)}});
            rows.append(row);
        }
    }
    return {appended(rows)};
}

bool calculate(Frame &frame, const QJsonObject &options)
{
    const QString mode = options.value("mode"_L1).toString(u"reduceRow"_s);
    TableColumn out;
    if (mode == "binary"_L1) {
        const QJsonObject binary = options.value("binary"_L1).toObject();
        const Operand left(frame, binary.value("left"_L1));
        const Operand right(frame, binary.value("right"_L1));
        const QString op = binary.value("operator"_L1).toString(u"+"_s);
        if (!left.isKnown() || !right.isKnown() || !u"+-*/"_s.contains(op) || op.size() != 1)
            return false;
        for (qsizetype row = 0; row < frame.rows(); ++row) {
            const double a = left.at(frame, row);
            const double b = right.at(frame, row);
            out.cells.append(op == "+"_L1 ? a + b : op == "-"_L1 ? a - b : op == "*"_L1 ? a * b : a / b);
        }
        const auto nameOf = [&](QLatin1StringView key) {
            const QJsonValue side = binary.value(key);
            return side.isObject() ? side.toObject().contains("fixed"_L1)
                    ? side.toObject().value("fixed"_L1).toVariant().toString()
                    : textOf(side.toObject().value("matcher"_L1), "options"_L1)
                                   : side.toVariant().toString();
        };
        addColumn(frame, out, options, nameOf("left"_L1) + u' ' + op + u' ' + nameOf("right"_L1));
        return true;
    }
    if (mode != "reduceRow"_L1)
        return false;
    const QJsonObject reduceOptions = options.value("reduce"_L1).toObject();
    const QString reducer = reduceOptions.value("reducer"_L1).toString(u"sum"_s);
    if (!isReducer(reducer))
        return false;
    QSet<QString> included;
    for (const QJsonArray names = reduceOptions.value("include"_L1).toArray(); const QJsonValue &each : names)
        included.insert(each.toString());
    for (qsizetype row = 0; row < frame.rows(); ++row) {
        QList<QVariant> cells;
        for (const TableColumn &column : std::as_const(frame.columns))
            if (column.type == TableColumn::Type::Number && (included.isEmpty() || included.contains(column.name)))
                cells.append(column.cells[row]);
        out.cells.append(reduced(cells, reducer));
    }
    addColumn(frame, out, options, reducerNames().value(reducer));
    return true;
}

Frame groupedBy(const Frame &frame, const QJsonObject &options)
{
    const QJsonObject fields = options.value("fields"_L1).toObject();
    QList<qsizetype> keys;
    for (qsizetype i = 0; i < frame.columns.size(); ++i)
        if (textOf(fields.value(frame.columns[i].name), "operation"_L1) == "groupby"_L1)
            keys.append(i);
    if (keys.isEmpty())
        return frame;
    QHash<QString, qsizetype> known;
    QList<QList<qsizetype>> groups;
    for (qsizetype row = 0; row < frame.rows(); ++row) {
        const QString key = keyOf(frame, keys, row);
        if (!known.contains(key)) {
            known.insert(key, groups.size());
            groups.append(QList<qsizetype>());
        }
        groups[known.value(key)].append(row);
    }
    Frame out{.refId = frame.refId, .instant = frame.instant};
    for (const qsizetype key : std::as_const(keys)) {
        TableColumn column = frame.columns[key];
        column.cells.clear();
        for (const QList<qsizetype> &group : std::as_const(groups))
            column.cells.append(frame.columns[key].cells[group.first()]);
        out.columns.append(column);
    }
    for (const TableColumn &from : frame.columns) {
        const QJsonObject field = fields.value(from.name).toObject();
        if (field.value("operation"_L1).toString() != "aggregate"_L1)
            continue;
        for (const QJsonArray all = field.value("aggregations"_L1).toArray(); const QJsonValue &each : all) {
            const QString reducer = each.toString();
            if (!isReducer(reducer))
                continue;
            TableColumn column = from;
            column.name = u"%1 (%2)"_s.arg(from.name, reducer);
            column.cells.clear();
            for (const QList<qsizetype> &group : std::as_const(groups)) {
                QList<QVariant> cells;
                for (const qsizetype row : group)
                    cells.append(from.cells[row]);
                column.cells.append(reduced(cells, reducer));
            }
            if (!column.cells.isEmpty() && column.cells.first().typeId() == QMetaType::Double)
                column.type = TableColumn::Type::Number;
            out.columns.append(column);
        }
    }
    return out;
}

} // namespace kdra::metrics::frames
