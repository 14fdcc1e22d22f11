// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/tableframes.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QTimeZone>

#include <cmath>

namespace kdra::metrics::frames {

using namespace Qt::StringLiterals;

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::metrics::Table)
};

QVariant timeOf(qint64 milliseconds)
{
    return QDateTime::fromMSecsSinceEpoch(milliseconds, QTimeZone::UTC);
}

// One row a sample: the time, a column for each label, the value.
Frame tableOf(const Query &query, const Answer &answer, const QString &value, QStringList &notes)
{
    Frame out{.refId = query.refId, .instant = answer.type != Answer::Type::Matrix};
    QMap<QString, TableColumn> labels;
    for (const Series &series : *answer.series)
        for (auto it = series.labels.begin(); it != series.labels.end(); ++it)
            if (labels.size() < mostTableColumns)
                labels[it.key()].name = it.key();
    TableColumn times{.name = timeName, .type = TableColumn::Type::Time, .refId = query.refId};
    TableColumn values{.name = value, .type = TableColumn::Type::Number, .refId = query.refId};
    const auto add = [&](const Series &series) {
        for (std::size_t i = 0; i < series.values.size(); ++i) {
            if (times.cells.size() == mostTableRows)
                return false;
            times.cells.append(timeOf(series.times[i]));
            values.cells.append(series.values[i]);
            for (TableColumn &label : labels) {
                const auto found = series.labels.constFind(label.name);
                label.cells.append(found == series.labels.constEnd() ? QVariant() : QVariant(*found));
            }
        }
        return true;
    };
    if (!std::ranges::all_of(*answer.series, add))
        notes.append(
            Text::tr("Query %1 gave more than %2 rows; the others are left out.").arg(query.refId).arg(mostTableRows));
    out.columns.append(times);
    for (TableColumn &label : labels)
        out.columns.append(std::move(label));
    out.columns.append(values);
    return out;
}

// One frame a series: the time and the value, which has the series' name.
void addSeries(const Query &query, const Answer &answer, Frames &into, QStringList &notes)
{
    for (const Series &series : *answer.series) {
        if (into.size() == mostTableRows) {
            notes.append(Text::tr("Query %1 gave more than %2 series; the others are left out.")
                    .arg(query.refId)
                    .arg(mostTableRows));
            return;
        }
        Frame frame{.refId = query.refId, .instant = answer.type != Answer::Type::Matrix};
        TableColumn times{.name = timeName, .type = TableColumn::Type::Time, .refId = query.refId};
        TableColumn values{.name = legendOf(series.labels, query.legend),
            .type = TableColumn::Type::Number,
            .refId = query.refId,
            .labels = series.labels};
        const std::size_t rows = std::min<std::size_t>(series.values.size(), mostTableRows);
        for (std::size_t i = series.values.size() - rows; i < series.values.size(); ++i) {
            times.cells.append(timeOf(series.times[i]));
            values.cells.append(series.values[i]);
        }
        frame.columns = {times, values};
        into.append(frame);
    }
}

// Numbers, times and texts, in this order; nothing is first.
int rankOf(const QVariant &value)
{
    if (!value.isValid())
        return 0;
    if (value.typeId() == QMetaType::Double)
        return 1;
    return value.typeId() == QMetaType::QDateTime ? 2 : 3;
}

}

qsizetype Frame::indexOf(const QString &name) const
{
    for (qsizetype i = 0; i < columns.size(); ++i)
        if (columns[i].name == name)
            return i;
    return -1;
}

Frames framesOf(const Panel &panel, const QList<Answer> &answers, QStringList &notes)
{
    qsizetype asked = 0;
    for (const Query &query : panel.queries)
        asked += query.hidden ? 0 : 1;
    Frames out;
    for (qsizetype i = 0; i < panel.queries.size() && i < answers.size(); ++i) {
        const Query &query = panel.queries[i];
        if (query.hidden)
            continue;
        if (answers[i].type == Answer::Type::String) {
            out.append(Frame{.refId = query.refId,
                .columns = {{.name = valueName, .refId = query.refId, .cells = {answers[i].string}}},
                .instant = true});
        } else if (query.format == "table"_L1) {
            const QString value = asked > 1 ? valueName + u" #"_s + query.refId : QString(valueName);
            out.append(tableOf(query, answers[i], value, notes));
        } else {
            addSeries(query, answers[i], out, notes);
        }
    }
    return out;
}

void numberDuplicates(Frame &frame)
{
    QHash<QString, int> counts;
    for (const TableColumn &column : std::as_const(frame.columns))
        ++counts[column.name];
    QHash<QString, int> seen;
    for (TableColumn &column : frame.columns)
        if (counts.value(column.name) > 1)
            column.name += u' ' + QString::number(++seen[column.name]);
}

bool isLess(const QVariant &a, const QVariant &b)
{
    const int rank = rankOf(a);
    if (rank != rankOf(b))
        return rank < rankOf(b);
    switch (rank) {
    case 1: {
        // NaN is less than every number, so that this stays an order.
        const double x = a.toDouble();
        const double y = b.toDouble();
        return std::isnan(x) ? !std::isnan(y) : x < y;
    }
    case 2:
        return a.toDateTime() < b.toDateTime();
    case 3:
        return a.toString().compare(b.toString(), Qt::CaseInsensitive) < 0;
    default:
        return false;
    }
}

QString keyOf(const Frame &frame, const QList<qsizetype> &columns, qsizetype row)
{
    QString out;
    for (const qsizetype column : columns) {
        const QVariant &cell = frame.columns[column].cells[row];
        out += QChar(u'0' + rankOf(cell)) + QString(u'\x1f')
            + (cell.typeId() == QMetaType::QDateTime ? QString::number(cell.toDateTime().toMSecsSinceEpoch())
                                                     : cell.toString())
            + u'\x1e';
    }
    return out;
}

} // namespace kdra::metrics::frames
