// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/metrics/panelcontents.h"

#include "metrics/tableranks.h"

namespace kdra::ui {

using metrics::PanelAnswer;
using metrics::PanelKind;

PanelContents contentsOf(const metrics::Panel &panel, const QList<PanelAnswer> &answers)
{
    PanelContents contents;
    if (panel.kind != PanelKind::Table) {
        contents.data = metrics::panelDataOf(panel, answers);
        return contents;
    }
    // One answer for each query, in their order.
    QList<metrics::Answer> inOrder;
    for (const metrics::Query &query : panel.queries) {
        const auto answer = std::ranges::find(answers, query.refId, &PanelAnswer::refId);
        inOrder.append(answer == answers.end() ? metrics::Answer() : answer->answer);
    }
    contents.table = metrics::panelTable(panel, inOrder);
    for (const metrics::TableColumn &column : std::as_const(contents.table.columns))
        contents.ranks.push_back(metrics::ranksOf(column));
    return contents;
}

qint64 costOfContents(const metrics::Panel &panel, const QList<PanelAnswer> &answers)
{
    // As measured: a pass over values, a name and its rules, a cell.
    constexpr qint64 valuesPerMicrosecond = 400;
    constexpr qint64 ofName = 3;
    constexpr qint64 cellsPerMicrosecond = 2;
    qint64 values = 0;
    qint64 series = 0;
    qint64 cells = 0;
    for (const PanelAnswer &answer : answers) {
        series += qint64(answer.answer.series->size());
        for (const metrics::Series &one : *answer.answer.series) {
            values += qint64(one.values.size());
            cells += qint64(one.values.size()) * (one.labels.size() + 2);
        }
    }
    if (panel.kind == PanelKind::Table)
        return cells * (1 + panel.transformations.size()) / cellsPerMicrosecond;
    return values / valuesPerMicrosecond + series * (ofName + panel.overrides.size());
}

} // namespace kdra::ui
