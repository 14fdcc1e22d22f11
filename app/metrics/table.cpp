// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/table.h"

#include "metrics/grafanacontext.h"
#include "metrics/patterns.h"
#include "metrics/tableframes.h"

#include <QCoreApplication>

namespace kdra::metrics {

using namespace Qt::StringLiterals;
using frames::Frame;
using frames::Frames;

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::metrics::Table)
};

// Does `work` to each frame.
void each(Frames &all, auto work)
{
    for (Frame &frame : all)
        work(frame);
}

void apply(const Transformation &step, Frames &all, QStringList &notes)
{
    const QString &id = step.id;
    const QJsonObject &options = step.options;
    if (id == "merge"_L1) {
        all = {frames::merged(all)};
    } else if (id == "organize"_L1) {
        each(all, [&](Frame &frame) { frames::organize(frame, options); });
    } else if (id == "filterFieldsByName"_L1) {
        each(all, [&](Frame &frame) { frames::filterColumns(frame, options); });
    } else if (id == "filterByRefId"_L1) {
        const QRegularExpression wanted =
            harmlessPatternOf(QRegularExpression::anchoredPattern(options.value("include"_L1).toString()));
        erase_if(all, [&](const Frame &frame) { return !wanted.match(frame.refId).hasMatch(); });
    } else if (id == "reduce"_L1) {
        all = frames::reduce(all, options);
    } else if (id == "calculateField"_L1) {
        // Series of a graph are put beside each other first, as Grafana does.
        if (all.size() > 1)
            all = {frames::joined(all, {}, false)};
        bool known = true;
        each(all, [&](Frame &frame) { known = frames::calculate(frame, options) && known; });
        if (!known)
            notes.append(Text::tr("A calculation could not be carried out: it is not known here, or its columns are "
                                  "not there."));
    } else if (id == "groupBy"_L1) {
        each(all, [&](Frame &frame) { frame = frames::groupedBy(frame, options); });
    } else if (id == "joinByField"_L1 || id == "seriesToColumns"_L1) {
        all = {frames::joined(
            all, options.value("byField"_L1).toString(), options.value("mode"_L1).toString() == "inner"_L1)};
    } else if (id == "labelsToFields"_L1) {
        each(all, [&](Frame &frame) { frame = frames::labelsToFields(frame, options); });
    } else if (id == "sortBy"_L1) {
        if (all.size() > 1) // what is one table in the end is sorted as one
            all = {frames::appended(all)};
        each(all, [&](Frame &frame) { frames::sortRows(frame, options); });
    } else if (id == "limit"_L1) {
        const qsizetype rows = grafana::integer(options.value("limitField"_L1), 10, 0, int(mostTableRows));
        each(all, [&](Frame &frame) { frames::limitRows(frame, rows); });
    } else if (id == "seriesToRows"_L1) {
        all = {frames::seriesToRows(all)};
    } else if (id == "renameByRegex"_L1) {
        each(all, [&](Frame &frame) { frames::renameByRegex(frame, options); });
    } else if (id == "filterByValue"_L1) {
        each(all, [&](Frame &frame) { frames::filterRows(frame, options); });
    } else {
        notes.append(Text::tr("The step “%1” is not carried out.").arg(id));
    }
}

bool isMeant(const FieldOverride &override, const TableColumn &column)
{
    if (override.matcher == "byName"_L1)
        return override.argument == column.name;
    if (override.matcher == "byRegexp"_L1)
        return harmlessPatternOf(override.argument).match(column.name).hasMatch();
    if (override.matcher == "byFrameRefID"_L1)
        return override.argument == column.refId;
    if (override.matcher == "byType"_L1)
        return (override.argument == "number"_L1) == (column.type == TableColumn::Type::Number)
            && (override.argument == "time"_L1) == (column.type == TableColumn::Type::Time);
    return false;
}

// The options of the panel with those of its overrides; true when the column is hidden by one of them.
bool overridden(const Panel &panel, TableColumn &column)
{
    column.field = panel.field;
    QString name;
    bool hidden = false;
    for (const FieldOverride &override : panel.overrides) {
        if (!isMeant(override, column))
            continue;
        const QJsonObject properties = override.properties;
        grafana::applyProperties(properties, column.field);
        name = properties.value("displayName"_L1).toString(name);
        hidden = properties.value("custom.hidden"_L1).toBool(hidden);
        if (properties.value("custom.hideFrom"_L1).toObject().value("viz"_L1).toBool())
            hidden = true;
    }
    if (!name.isEmpty())
        column.name = name;
    return hidden;
}

}

Table panelTable(const Panel &panel, const QList<Answer> &answers)
{
    Table out;
    Frames all = frames::framesOf(panel, answers, out.notes);
    for (const Transformation &step : panel.transformations)
        apply(step, all, out.notes);
    Frame frame;
    if (all.size() == 1)
        frame = std::move(all.first());
    else if (panel.transformations.isEmpty()
        && std::ranges::none_of(panel.queries, [](const Query &query) { return query.format == "table"_L1; }))
        frame = frames::seriesToRows(all); // series as they are: one line for each value
    else
        frame = frames::appended(all);
    frames::limitRows(frame, mostTableRows);
    if (frame.columns.size() > mostTableColumns) {
        out.notes.append(
            Text::tr("The table has more than %n columns; the others are left out.", nullptr, int(mostTableColumns)));
        frame.columns.resize(mostTableColumns);
    }
    out.rows = frame.rows();
    for (TableColumn &column : frame.columns)
        if (!overridden(panel, column))
            out.columns.append(std::move(column));
    return out;
}

} // namespace kdra::metrics
