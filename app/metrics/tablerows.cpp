// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/patterns.h"
#include "metrics/tableframes.h"

#include <QJsonArray>

#include <numeric>

namespace kdra::metrics::frames {

using namespace Qt::StringLiterals;

namespace {

// One condition of filterByValue.
class Condition {
public:
    Condition(const Frame &frame, const QJsonObject &filter)
        : m_column(frame.indexOf(filter.value("fieldName"_L1).toString()))
    {
        const QJsonObject config = filter.value("config"_L1).toObject();
        const QJsonObject options = config.value("options"_L1).toObject();
        m_id = config.value("id"_L1).toString();
        m_value = options.value("value"_L1).toVariant();
        m_from = options.value("from"_L1).toVariant().toDouble();
        m_to = options.value("to"_L1).toVariant().toDouble();
        if (m_id == "regex"_L1)
            m_pattern = harmlessPatternOf(m_value.toString());
    }
    bool isKnown() const
    {
        static const QSet<QString> known = {u"isNull"_s, u"isNotNull"_s, u"regex"_s, u"equal"_s, u"notEqual"_s,
            u"greater"_s, u"greaterOrEqual"_s, u"lower"_s, u"lowerOrEqual"_s, u"range"_s};
        return m_column >= 0 && known.contains(m_id);
    }
    bool holds(const Frame &frame, qsizetype row) const
    {
        const QVariant &cell = frame.columns[m_column].cells[row];
        const bool isNumber = cell.typeId() == QMetaType::Double;
        const bool isNull = !cell.isValid() || (isNumber && std::isnan(cell.toDouble()));
        if (m_id == "isNull"_L1 || m_id == "isNotNull"_L1)
            return isNull == (m_id == "isNull"_L1);
        if (m_id == "regex"_L1)
            return m_pattern.match(cell.toString()).hasMatch();
        if (m_id == "equal"_L1 || m_id == "notEqual"_L1) {
            const bool same = isNumber ? cell.toDouble() == m_value.toDouble() : cell.toString() == m_value.toString();
            return same == (m_id == "equal"_L1);
        }
        const double number = cell.toDouble();
        const double limit = m_value.toDouble();
        if (!isNumber)
            return false;
        return m_id == "greater"_L1       ? number > limit
            : m_id == "greaterOrEqual"_L1 ? number >= limit
            : m_id == "lower"_L1          ? number < limit
            : m_id == "lowerOrEqual"_L1   ? number <= limit
                                          : number >= m_from && number <= m_to;
    }

private:
    qsizetype m_column;
    QString m_id;
    QVariant m_value;
    double m_from = 0;
    double m_to = 0;
    QRegularExpression m_pattern;
};

}

void keepRows(Frame &frame, const QList<qsizetype> &rows)
{
    for (TableColumn &column : frame.columns) {
        QList<QVariant> cells;
        cells.reserve(rows.size());
        for (const qsizetype row : rows)
            cells.append(column.cells[row]);
        column.cells = std::move(cells);
    }
}

void sortRows(Frame &frame, const QJsonObject &options)
{
    QList<qsizetype> order(frame.rows());
    std::iota(order.begin(), order.end(), 0);
    const QJsonArray keys = options.value("sort"_L1).toArray();
    // The last key first: each sort keeps what the ones before it have done.
    for (qsizetype i = keys.size() - 1; i >= 0; --i) {
        const QJsonObject key = keys.at(i).toObject();
        const qsizetype column = frame.indexOf(key.value("field"_L1).toString());
        if (column < 0)
            continue;
        const QList<QVariant> &cells = frame.columns[column].cells;
        const bool falling = key.value("desc"_L1).toBool();
        std::ranges::stable_sort(order, [&](qsizetype a, qsizetype b) {
            return falling ? isLess(cells[b], cells[a]) : isLess(cells[a], cells[b]);
        });
    }
    keepRows(frame, order);
}

void limitRows(Frame &frame, qsizetype rows)
{
    for (TableColumn &column : frame.columns)
        if (column.cells.size() > rows)
            column.cells.resize(std::max<qsizetype>(0, rows));
}

void filterRows(Frame &frame, const QJsonObject &options)
{
    QList<Condition> conditions;
    for (const QJsonArray all = options.value("filters"_L1).toArray(); const QJsonValue &each : all)
        if (const Condition condition(frame, each.toObject()); condition.isKnown())
            conditions.append(condition);
    if (conditions.isEmpty())
        return;
    const bool include = options.value("type"_L1).toString() != "exclude"_L1;
    const bool every = options.value("match"_L1).toString() == "all"_L1;
    QList<qsizetype> kept;
    for (qsizetype row = 0; row < frame.rows(); ++row) {
        const auto holds = [&](const Condition &condition) { return condition.holds(frame, row); };
        const bool found = every ? std::ranges::all_of(conditions, holds) : std::ranges::any_of(conditions, holds);
        if (found == include)
            kept.append(row);
    }
    keepRows(frame, kept);
}

} // namespace kdra::metrics::frames
