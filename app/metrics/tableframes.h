// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "metrics/table.h"

// The steps from answers to a table, as Grafana's data frames have them. Shared by the table*.cpp files.
namespace kdra::metrics::frames {

// A small table of its own: what one query, or one series of it, gave.
struct Frame {
    QString refId = {};
    QList<TableColumn> columns = {}; // all as long as each other
    bool instant = false; // of an instant query: its time says nothing
    qsizetype rows() const { return columns.isEmpty() ? 0 : columns.first().cells.size(); }
    qsizetype indexOf(const QString &name) const;
};
using Frames = QList<Frame>;

inline constexpr QLatin1StringView timeName{"Time"};
inline constexpr QLatin1StringView valueName{"Value"};

// tableframes.cpp
Frames framesOf(const Panel &panel, const QList<Answer> &answers, QStringList &notes);
// Columns with the same name become "name 1", "name 2", …, as Grafana calls them.
void numberDuplicates(Frame &frame);
// Less: numbers, then times, then texts in their natural order; nothing comes first.
bool isLess(const QVariant &a, const QVariant &b);
// Cells as one text that is the same for the same cells.
QString keyOf(const Frame &frame, const QList<qsizetype> &columns, qsizetype row);

// tablejoins.cpp
Frame merged(const Frames &all);
Frame joined(const Frames &all, const QString &field, bool inner);
Frame seriesToRows(const Frames &all);
// All rows below each other; columns that a frame does not have are empty in its rows.
Frame appended(const Frames &all);

// tablecolumns.cpp
void organize(Frame &frame, const QJsonObject &options);
void filterColumns(Frame &frame, const QJsonObject &options);
void renameByRegex(Frame &frame, const QJsonObject &options);
Frame labelsToFields(const Frame &frame, const QJsonObject &options);

// tablecalculations.cpp
// A number out of numbers, by Grafana's name for it ("lastNotNull", "mean"); nothing for unknown names.
QVariant reduced(const QList<QVariant> &cells, const QString &reducer);
bool isReducer(const QString &name);
Frames reduce(const Frames &all, const QJsonObject &options);
// False when it is a calculation that is not known.
bool calculate(Frame &frame, const QJsonObject &options);
Frame groupedBy(const Frame &frame, const QJsonObject &options);

// tablerows.cpp
void sortRows(Frame &frame, const QJsonObject &options);
void limitRows(Frame &frame, qsizetype rows);
void filterRows(Frame &frame, const QJsonObject &options);
void keepRows(Frame &frame, const QList<qsizetype> &rows);

} // namespace kdra::metrics::frames
