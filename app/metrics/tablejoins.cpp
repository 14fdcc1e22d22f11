// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/tableframes.h"

namespace kdra::metrics::frames {

using namespace Qt::StringLiterals;

namespace {

// The columns of all frames by their names, without cells.
Frame unionOf(const Frames &all)
{
    Frame out{.instant = std::ranges::all_of(all, &Frame::instant)};
    QHash<QString, qsizetype> known;
    for (const Frame &frame : all) {
        for (const TableColumn &column : frame.columns) {
            const auto found = known.constFind(column.name);
            if (found != known.constEnd()) {
                if (out.columns[*found].refId != column.refId)
                    out.columns[*found].refId.clear();
                continue;
            }
            if (out.columns.size() == mostTableColumns)
                continue;
            known.insert(column.name, out.columns.size());
            TableColumn empty = column;
            empty.cells.clear();
            out.columns.append(empty);
        }
    }
    return out;
}

}

Frame merged(const Frames &all)
{
    if (all.size() < 2)
        return all.value(0);
    Frame out = unionOf(all);
    // Rows belong together that have the same values in what all frames have. The moment of an instant query is not
    // part of that: two of them never ask at quite the same time.
    QStringList shared;
    for (const TableColumn &column : std::as_const(out.columns))
        if (std::ranges::all_of(all, [&](const Frame &frame) { return frame.indexOf(column.name) >= 0; })
            && !(out.instant && column.type == TableColumn::Type::Time) && !column.name.startsWith(valueName))
            shared.append(column.name);
    QMultiHash<QString, qsizetype> rows;
    for (const Frame &frame : all) {
        QList<qsizetype> keys;
        for (const QString &name : std::as_const(shared))
            keys.append(frame.indexOf(name));
        QList<qsizetype> targets;
        for (const TableColumn &column : frame.columns)
            targets.append(out.indexOf(column.name));
        for (qsizetype row = 0; row < frame.rows(); ++row) {
            const QString key = keyOf(frame, keys, row);
            qsizetype into = -1;
            const auto fits = [&](qsizetype candidate) {
                for (qsizetype i = 0; i < targets.size(); ++i) {
                    if (targets[i] < 0 || (out.instant && out.columns[targets[i]].type == TableColumn::Type::Time))
                        continue;
                    const QVariant &there = out.columns[targets[i]].cells[candidate];
                    if (there.isValid() && frame.columns[i].cells[row].isValid()
                        && there != frame.columns[i].cells[row])
                        return false;
                }
                return true;
            };
            for (auto [it, end] = rows.equal_range(key); it != end; ++it) {
                if (fits(*it)) {
                    into = *it;
                    break;
                }
            }
            if (into < 0) {
                into = out.rows();
                if (into == mostTableRows)
                    return out;
                for (TableColumn &column : out.columns)
                    column.cells.append(QVariant());
                rows.insert(key, into);
            }
            for (qsizetype i = 0; i < targets.size(); ++i)
                if (targets[i] >= 0 && !out.columns[targets[i]].cells[into].isValid())
                    out.columns[targets[i]].cells[into] = frame.columns[i].cells[row];
        }
    }
    return out;
}

Frame joined(const Frames &all, const QString &field, bool inner)
{
    Frames with;
    QString by = field;
    for (const Frame &frame : all) {
        if (by.isEmpty()) // by the time, whatever it is called
            for (const TableColumn &column : frame.columns)
                if (column.type == TableColumn::Type::Time && by.isEmpty())
                    by = column.name;
        if (frame.indexOf(by) >= 0)
            with.append(frame);
    }
    if (with.isEmpty())
        return appended(all);
    // The keys in the order in which they come.
    QHash<QString, qsizetype> rows;
    QHash<QString, qsizetype> counts;
    TableColumn keys = with.first().columns[with.first().indexOf(by)];
    keys.cells.clear();
    for (const Frame &frame : std::as_const(with)) {
        const qsizetype column = frame.indexOf(by);
        QSet<QString> own;
        for (qsizetype row = 0; row < frame.rows(); ++row) {
            const QString key = keyOf(frame, {column}, row);
            if (!own.contains(key))
                ++counts[key];
            own.insert(key);
            if (!rows.contains(key) && keys.cells.size() < mostTableRows) {
                rows.insert(key, keys.cells.size());
                keys.cells.append(frame.columns[column].cells[row]);
            }
        }
    }
    Frame out{.columns = {keys}, .instant = std::ranges::all_of(with, &Frame::instant)};
    for (const Frame &frame : std::as_const(with)) {
        const qsizetype by0 = frame.indexOf(by);
        for (qsizetype i = 0; i < frame.columns.size() && out.columns.size() < mostTableColumns; ++i) {
            if (i == by0)
                continue;
            TableColumn column = frame.columns[i];
            column.cells = QList<QVariant>(keys.cells.size());
            for (qsizetype row = 0; row < frame.rows(); ++row)
                if (const auto into = rows.constFind(keyOf(frame, {by0}, row)); into != rows.constEnd())
                    column.cells[*into] = frame.columns[i].cells[row];
            out.columns.append(column);
        }
    }
    if (inner) {
        QList<qsizetype> kept;
        for (qsizetype row = 0; row < out.rows(); ++row)
            if (counts.value(keyOf(out, {0}, row)) == with.size())
                kept.append(row);
        keepRows(out, kept);
    }
    numberDuplicates(out);
    return out;
}

Frame seriesToRows(const Frames &all)
{
    TableColumn times{.name = timeName, .type = TableColumn::Type::Time};
    TableColumn names{.name = u"Metric"_s};
    TableColumn values{.name = valueName, .type = TableColumn::Type::Number};
    for (const Frame &frame : all) {
        qsizetype time = -1;
        for (qsizetype i = 0; i < frame.columns.size(); ++i)
            if (frame.columns[i].type == TableColumn::Type::Time && time < 0)
                time = i;
        for (const TableColumn &column : frame.columns) {
            if (column.type != TableColumn::Type::Number)
                continue;
            for (qsizetype row = 0; row < column.cells.size() && times.cells.size() < mostTableRows; ++row) {
                times.cells.append(time < 0 ? QVariant() : frame.columns[time].cells[row]);
                names.cells.append(column.name);
                values.cells.append(column.cells[row]);
            }
        }
    }
    return {.columns = {times, names, values}, .instant = std::ranges::all_of(all, &Frame::instant)};
}

Frame appended(const Frames &all)
{
    Frame out = unionOf(all);
    for (const Frame &frame : all) {
        const qsizetype rows = std::min(frame.rows(), mostTableRows - out.rows());
        for (TableColumn &column : out.columns) {
            const qsizetype from = frame.indexOf(column.name);
            column.cells += from < 0 ? QList<QVariant>(rows) : frame.columns[from].cells.first(rows);
        }
    }
    return out;
}

} // namespace kdra::metrics::frames
